"""Is a build what it should be: SHACL (graph/shapes.ttl), and rules that need named graphs or paths of any length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.records import rows
from graph.remote import Endpoint
from graph.store import copied, open_store
from graph.vocabulary import KINDS, ONTOLOGY_GRAPH, document_id, entity_id

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a node breaks.

    node      id of the entity or document, else IRI
    message   the rule, in words
    value     what breaks it, "" where something is missing
    """

    node: str
    message: str
    value: str


CHECKS = {
    "An asserted statement must have its plain triple in its document's graph.": """
        SELECT ?node ?value {
          GRAPH ?g { ?node pol:status pol:Asserted ; rdf:subject ?s ; rdf:predicate ?value ; rdf:object ?o }
          FILTER NOT EXISTS { GRAPH ?g { ?s ?value ?o } } }""",
    "A plain triple must have an asserted statement in the same graph.": """
        SELECT ?node ?value {
          ?value rdfs:subPropertyOf pol:relatesTo .
          GRAPH ?g { ?node ?value ?o }
          FILTER NOT EXISTS {
            GRAPH ?g { ?st rdf:object ?o ; rdf:subject ?node ; rdf:predicate ?p ; pol:status pol:Asserted }
            ?p rdfs:subPropertyOf* ?value } }""",
    "The subject of a statement must be in the domain of its predicate.": """
        SELECT DISTINCT ?node ?value {
          ?node a pol:Statement ; rdf:subject ?value
          MINUS {
            { SELECT DISTINCT ?p ?class { ?p rdfs:domain/(owl:unionOf/rdf:rest*/rdf:first)? ?class } }
            ?node rdf:predicate ?p ; rdf:subject ?value . ?value a ?class } }""",
    "The object of a statement must be in the range of its predicate.": """
        SELECT DISTINCT ?node ?value {
          ?node a pol:Statement ; rdf:object ?value
          MINUS {
            { SELECT DISTINCT ?p ?class { ?p rdfs:range/(owl:unionOf/rdf:rest*/rdf:first)? ?class } }
            ?node rdf:predicate ?p ; rdf:object ?value . ?value a ?class } }""",
    "The predicate of a statement must be a relation of the ontology.": """
        SELECT ?node ?value {
          ?node a pol:Statement ; rdf:predicate ?value .
          FILTER NOT EXISTS { ?value rdfs:subPropertyOf+ pol:relatesTo } }""",
    "An entity must be of exactly one of the ten coarse classes.": f"""
        SELECT ?node (GROUP_CONCAT(?class; separator=" ") AS ?value) {{
          {{ SELECT DISTINCT ?node ?class {{
            ?node skos:prefLabel ?name
            OPTIONAL {{ VALUES ?class {{ {" ".join(f"pol:{kind}" for kind in KINDS)} }} ?node a ?class }} }} }} }}
        GROUP BY ?node HAVING (COUNT(?class) != 1)""",
    "Nothing may be part of itself, directly or through its parts.": """
        SELECT DISTINCT ?node ?value { ?node pol:partOf+ ?node BIND("" AS ?value) }""",
    "A text must be as long as its offsets say.": """
        SELECT ?node ?value {
          ?node pol:text ?value ; pol:start ?start ; pol:end ?end
          FILTER(STRLEN(?value) != ?end - ?start) }""",
    "The evidence of a statement must be in the document that states it.": """
        SELECT ?node ?value {
          GRAPH ?g { ?node a pol:Statement ; pol:evidence ?value }
          FILTER NOT EXISTS { ?value dcterms:isPartOf ?g } }""",
}
"""What SHACL Core cannot say, or not in good time: rule -> query for `?node` and `?value` that break it."""


def validate(out: Path | Endpoint) -> list[Violation]:
    """Every rule that the build breaks, sorted; none when it conforms."""
    # Not every store elsewhere takes the paths that the checks need.
    store = copied(out) if isinstance(out, Endpoint) else open_store(out)
    found = {*_queried(store), *_shaped(store)}
    return sorted(found, key=lambda violation: (violation.message, violation.node, violation.value))


def render(violations: list[Violation]) -> str:
    """The violations in words, at most SHOWN of each rule."""
    if not violations:
        return "The graph conforms to the ontology and the shapes."
    lines: list[str] = []
    for message in dict.fromkeys(violation.message for violation in violations):
        same = [violation for violation in violations if violation.message == message]
        lines.append(f"{message} Broken by {len(same)}:")
        for violation in same[:SHOWN]:
            lines.append(f"  {violation.node}{f': {violation.value}' if violation.value else ''}")
        if len(same) > SHOWN:
            lines.append(f"  and {len(same) - SHOWN} more")
    return "\n".join(lines)


def _queried(store: ox.Store) -> Iterator[Violation]:
    for message, query in CHECKS.items():
        for row in rows(store, query):
            yield Violation(_named(row["node"]), message, _named(row["value"]))


def _shaped(store: ox.Store) -> Iterator[Violation]:
    import pyshacl
    import rdflib

    _, results, _ = pyshacl.validate(
        _union(store),
        shacl_graph=rdflib.Graph().parse(Path(__file__).parent / "shapes.ttl"),
        inference="none",
        advanced=False,
        meta_shacl=False,
    )
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        message = results.value(result, sh.resultMessage)
        value = results.value(result, sh.value)
        shown = "" if value is None or value == results.value(result, sh.focusNode) else _named(str(value))
        yield Violation(_named(str(results.value(result, sh.focusNode))), str(message), shown)


def _union(store: ox.Store) -> rdflib.Graph:
    """All that shapes look at, in rdflib's memory: pySHACL walks a graph node by node, which is slow over a store."""
    import pyoxigraph as ox
    import rdflib

    def term(value: object) -> rdflib.term.Node:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.Literal):
            datatype = None if value.language else rdflib.URIRef(value.datatype.value)
            return rdflib.Literal(value.value, lang=value.language, datatype=datatype)
        return rdflib.BNode(str(value))

    graph = rdflib.Graph()
    for quad in store:
        if getattr(quad.graph_name, "value", "") != ONTOLOGY_GRAPH:
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _named(iri: str) -> str:
    return document_id(iri) if "#" not in iri and document_id(iri) != iri else entity_id(iri)
