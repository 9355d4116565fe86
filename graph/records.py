"""What a store holds, read back as plain records: entities, documents, facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.vocabulary import OWL, POL, PREFIXES, document_id, entity_id, entity_iri, ontology

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as the graph has it.

    id            "<type>/<slug>", the tail of its IRI
    type, kind    its finest class, and the one of the ten coarse classes above that
    name          preferred label
    aliases       other English names, sorted
    labels        names in other languages: (tag, name), sorted
    identifiers   (scheme, value), sorted
    documents     ids of the documents that name it, sorted
    """

    id: str
    type: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    identifiers: tuple[tuple[str, str], ...]
    jurisdiction: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the graph has it: everything but its text."""

    id: str
    title: str
    source: str
    date: str
    publisher: str
    language: str

    @property
    def name(self) -> str:
        """What to call it in prose."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its evidence.

    id                          IRI of the statement
    subject, predicate, object  entity ids and a property without prefix
    status                      "asserted", "planned" or "negated"
    date                        ISO, as exact as the text; "" where it gives none
    document, start, end        where the passage stands
    sentence                    the passage itself
    subject_text, object_text   its words for subject and object
    """

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    date: str
    confidence: float
    frame: str
    attributed_to: str
    document: str
    start: int
    end: int
    sentence: str
    subject_text: str
    object_text: str

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None


_FACTS = """
SELECT ?st ?s ?p ?o ?status ?date ?confidence ?frame ?speaker ?d ?start ?end ?text ?subjectText ?objectText {
  %s
  ?st a pol:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:status ?status ;
      pol:confidence ?confidence ; pol:frame ?frame ; pol:evidence ?passage ;
      pol:subjectText ?subjectText ; pol:objectText ?objectText .
  ?passage pol:start ?start ; pol:end ?end ; pol:text ?text ; dcterms:isPartOf ?d .
  OPTIONAL { ?st pol:date ?date }
  OPTIONAL { ?st pol:attributedTo ?speaker }
}
"""


def facts(store: ox.Store, entity: str | None = None) -> list[Fact]:
    """Every statement, or those about one entity, in the order of document and position."""
    scope = ""
    if entity is not None:
        scope = f"VALUES ?it {{ <{entity_iri(entity)}> }} {{ ?st rdf:subject ?it }} UNION {{ ?st rdf:object ?it }}"
    found = {
        row["st"]: Fact(
            id=row["st"],
            subject=entity_id(row["s"]),
            predicate=_local(row["p"]),
            object=entity_id(row["o"]),
            status=_local(row["status"]).lower(),
            date=row["date"],
            confidence=float(row["confidence"]),
            frame=row["frame"],
            attributed_to=entity_id(row["speaker"]),
            document=document_id(row["d"]),
            start=int(row["start"]),
            end=int(row["end"]),
            sentence=row["text"],
            subject_text=row["subjectText"],
            object_text=row["objectText"],
        )
        for row in rows(store, _FACTS % scope)
    }
    return sorted(found.values(), key=lambda fact: (fact.document, fact.start, fact.end, fact.id))


def entities(store: ox.Store) -> dict[str, Node]:
    """Every entity by id, sorted."""
    types: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "SELECT DISTINCT ?e ?t { ?e a ?t ; skos:prefLabel ?name }"):
        types[row["e"]].add(_local(row["t"]))
    names = {row["e"]: row["n"] for row in rows(store, "SELECT ?e ?n { ?e skos:prefLabel ?n }")}
    aliases: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(store, "SELECT DISTINCT ?e ?n (LANG(?n) AS ?tag) { ?e skos:altLabel ?n }"):
        if row["tag"] == "en":
            aliases[row["e"]].append(row["n"])
        else:
            labels[row["e"]].append((row["tag"], row["n"]))
    identifiers = _identifiers(store)
    mentioned = _grouped(store, "SELECT DISTINCT ?e ?v { ?e pol:mentionedIn ?v }")
    places = _grouped(store, "SELECT DISTINCT ?e ?v { ?e pol:jurisdiction ?v }")
    found = [
        Node(
            id=entity_id(iri),
            type=(finest := _finest(types[iri])),
            kind=ontology().kind(finest),
            name=names[iri],
            aliases=tuple(sorted(aliases[iri])),
            labels=tuple(sorted(labels[iri])),
            identifiers=tuple(sorted(identifiers[iri])),
            jurisdiction=next(iter(places.get(iri, ())), ""),
            documents=tuple(sorted(document_id(d) for d in mentioned.get(iri, ()))),
        )
        for iri in names
    ]
    return {node.id: node for node in sorted(found, key=lambda node: node.id)}


def documents(store: ox.Store) -> dict[str, Source]:
    """Every document by id, sorted."""
    query = """
        SELECT ?id ?title ?source ?date ?publisher ?language {
          ?d a pol:Document ; dcterms:identifier ?id ; dcterms:source ?source ; dcterms:language ?language .
          OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:date ?date }
          OPTIONAL { ?d dcterms:publisher ?publisher } }"""
    found = [Source(**{key: row[key] for key in Source.__slots__}) for row in rows(store, query)]
    return {source.id: source for source in sorted(found, key=lambda source: source.id)}


def rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """Solutions of a SELECT over all graphs, each variable's value as text, "" where unbound."""
    import pyoxigraph as ox

    solutions = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: "" if (term := solution[name]) is None else term.value for name in names}  # type: ignore[union-attr]


def _identifiers(store: ox.Store) -> Mapping[str, list[tuple[str, str]]]:
    query = "SELECT DISTINCT ?e ?p ?v { ?e skos:prefLabel ?n ; ?p ?v FILTER(?p IN (owl:sameAs, pol:iso3166, dcterms:identifier)) }"
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(store, query):
        if row["p"] == OWL("sameAs"):
            found[row["e"]].append(("wikidata", row["v"].rpartition("/")[2]))
        elif row["p"] == POL("iso3166"):
            found[row["e"]].append(("iso3166", row["v"]))
        else:
            scheme, _, value = row["v"].partition(":")
            found[row["e"]].append((scheme, value))
    return found


def _grouped(store: ox.Store, query: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, query):
        found[row["e"]].append(row["v"])
    return found


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _finest(names: set[str]) -> str:
    """The class that is below all the others."""
    return max(sorted(names), key=lambda name: len(ontology().lineage(name)))
