"""Facts to RDF: N-Quads, sorted and byte-identical for the same facts, and an Oxigraph store loaded from them.

One named graph per document holds what it says and names; one holds the entities, one the ontology, one the record
of the build (PROV-O), which has no clock in it: when a build ran is the business of build.json.
Passages and mentions are text fragments of their document (RFC 5147): `<doc>#char=START,END`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from operator import attrgetter
from pathlib import Path

from extraction.facts import FURTHER, CorpusFacts, Document, DocumentFacts, Entity, Mention, Statement
from graph import curation, nquads
from graph.folder import digest
from graph.terms import dated, decimal, iri, text, typed
from graph.vocabulary import (
    BUILD_GRAPH,
    DCTERMS,
    ENTITIES_GRAPH,
    ONTOLOGY_GRAPH,
    OWL,
    POL,
    PROV,
    RDF,
    RDFS,
    ROOT,
    SCHEMA,
    SKOS,
    WIKIDATA,
    XSD,
    document_iri,
    entity_iri,
    mention_iri,
    ontology,
    ontology_path,
    passage_iri,
    statement_iri,
)

SOFTWARE = ROOT + "software"


def write(facts: CorpusFacts, out: Path, version: str = "", earlier: Path | None = None) -> None:
    """Write OUT/graph.nq, OUT/graph.json and OUT/store/, in place of any that are there.

    version   of the software that made the facts; part of the build's identity
    earlier   folder of another build, whose graphs are taken over where they are the same
    """
    out.mkdir(parents=True, exist_ok=True)
    difference = nquads.write(graphs(facts, version), out, earlier)
    nquads.load(out / "graph.nq", out / "store", earlier, difference)


def quads(facts: CorpusFacts, version: str = "") -> Iterator[str]:
    """Every quad of the graph as a line of N-Quads, in no order, some perhaps twice."""
    return (line for graph in graphs(facts, version) for line in graph.lines())


def graphs(facts: CorpusFacts, version: str = "") -> Iterator[nquads.Graph]:
    """The named graphs: one a document, and those of the entities, the build and the ontology."""
    build, code = build_iri(facts, version), _code()
    for document in facts.documents:
        name, seen = document_iri(document.document.id), digest(version, code, *_content(document))
        yield nquads.Graph(name, seen, partial(_lines, name, partial(_document, document, version)))
    for name, listed in (
        (ENTITIES_GRAPH, [triple for entity in facts.entities for triple in _entity(entity)]),
        (BUILD_GRAPH, [*_build(facts, build, version), *curation.triples(facts, build)]),
        (ONTOLOGY_GRAPH, list(_ontology())),
    ):
        lines = sorted(set(_lines(name, lambda triples=listed: triples)))  # type: ignore[misc]
        yield nquads.Graph(name, digest(*lines), partial(iter, lines))


@cache
def _code() -> str:
    """Digest of all that decides what is written of the same facts."""
    files = (*sorted(Path(__file__).parent.glob("*.py")), ontology_path())
    return digest(*(path.read_text(encoding="utf-8") for path in files))


def _content(facts: DocumentFacts) -> Iterator[str]:
    """A document and what was found in it, as text; records would take ten times as long to write themselves."""
    yield repr(facts.document)
    for records in (facts.mentions, facts.statements):
        if records:
            yield repr(list(map(attrgetter(*type(records[0]).__slots__), records)))


def build_iri(facts: CorpusFacts, version: str) -> str:
    """IRI of the activity that made this graph: the same for the same documents, decisions and software."""
    seen = hashlib.sha256(version.encode())
    for each in facts.documents:
        seen.update(f"\0{each.document.id}\0{_digest(each.document)}".encode(errors="replace"))
    for decided in facts.decisions:
        seen.update(f"\0\0{decided.id}".encode())
    return f"{ROOT}build/{seen.hexdigest()[:16]}"


def reading_iri(document: Document, version: str) -> str:
    """IRI of the part of the build in which one document was read: the same wherever the same software reads it."""
    return f"{ROOT}reading/{digest(version, document.id, _digest(document))[:16]}"


Triple = tuple[str, str, str]


@cache
def _pol(name: str) -> str:
    return iri(POL(name))


@cache
def _rdf(name: str) -> str:
    return iri(RDF(name))


def _lines(name: str, triples: Callable[[], Iterable[Triple]]) -> Iterator[str]:
    tail = f" <{name}> .\n"
    for subject, predicate, object in triples():
        yield f"{subject} {predicate} {object}{tail}"


def _entity(entity: Entity) -> Iterator[Triple]:
    node = iri(entity_iri(entity.id))
    for name in ontology().lineage(entity.type):
        yield node, A, _pol(name)
    yield node, PREF_LABEL, text(entity.name, "en")
    yield node, LABEL, text(entity.name)
    for alias in entity.aliases:
        yield node, ALT_LABEL, text(alias, "en")
    for language, name in entity.labels:
        yield node, ALT_LABEL, text(name, language)
    for scheme, value in entity.identifiers:
        yield node, *_identifier(scheme, value)
    if entity.jurisdiction:
        yield node, _pol("jurisdiction"), text(entity.jurisdiction)
    yield node, _pol("known"), typed("true" if entity.known else "false", XSD("boolean"))


def _identifier(scheme: str, value: str) -> tuple[str, str]:
    if scheme == "wikidata" and re.fullmatch(r"Q\d+", value):
        return iri(OWL("sameAs")), iri(WIKIDATA + value)
    if scheme == FURTHER:
        return iri(OWL("sameAs")), iri(entity_iri(value))
    if scheme == "iso3166":
        return _pol("iso3166"), text(value)
    return iri(DCTERMS("identifier")), text(f"{scheme}:{value}")


def _document(facts: DocumentFacts, version: str) -> Iterator[Triple]:
    document = facts.document
    reading = reading_iri(document, version)
    home = document_iri(document.id)
    yield from _metadata(document)
    for entity in {mention.entity for mention in facts.mentions}:
        yield iri(entity_iri(entity)), _pol("mentionedIn"), iri(home)
    for mention in facts.mentions:
        yield from _mention(mention, document, home)
    for start, end in {(statement.start, statement.end) for statement in facts.statements}:
        passage = iri(passage_iri(document.id, start, end))
        yield passage, A, _pol("Passage")
        yield from _fragment(passage, start, end, document, home)
    for statement in surest(document.id, facts.statements):
        yield from _statement(statement, document, reading)


def _metadata(document: Document) -> Iterator[Triple]:
    node = iri(document_iri(document.id))
    yield node, A, _pol("Document")
    yield node, iri(DCTERMS("identifier")), text(document.id)
    yield node, iri(DCTERMS("source")), text(document.source)
    yield node, iri(DCTERMS("language")), text(document.language)
    yield node, _pol("digest"), text(_digest(document))
    if document.title:
        yield node, iri(DCTERMS("title")), text(document.title)
    if when := dated(document.date):
        yield node, iri(DCTERMS("date")), when
    if document.publisher:
        yield node, iri(DCTERMS("publisher")), text(document.publisher)


def _mention(mention: Mention, document: Document, home: str) -> Iterator[Triple]:
    node = iri(mention_iri(document.id, mention.start, mention.end))
    yield node, A, _pol("Mention")
    yield node, _pol("refersTo"), iri(entity_iri(mention.entity))
    yield node, _pol("witness"), text(mention.witness)
    yield node, _pol("confidence"), decimal(mention.confidence)
    yield from _fragment(node, mention.start, mention.end, document, home)


def _fragment(node: str, start: int, end: int, document: Document, home: str) -> Iterator[Triple]:
    yield node, _pol("text"), text(document.text[start:end])
    yield node, _pol("start"), typed(str(start), XSD("integer"))
    yield node, _pol("end"), typed(str(end), XSD("integer"))
    yield node, IS_PART_OF, iri(home)


def surest(document: str, statements: Iterable[Statement]) -> Iterable[Statement]:
    """Each statement once: of two that differ only in how they were read, the surer."""
    found: dict[str, Statement] = {}
    for statement in statements:
        key = statement_iri(document, statement)
        if key not in found or (statement.confidence, statement.frame) > (found[key].confidence, found[key].frame):
            found[key] = statement
    return found.values()


def _statement(statement: Statement, document: Document, reading: str) -> Iterator[Triple]:
    node = iri(statement_iri(document.id, statement))
    subject, object = iri(entity_iri(statement.subject)), iri(entity_iri(statement.object))
    predicate, *above = ontology().lineage(statement.predicate)
    if statement.status == "asserted":
        for name in (predicate, *(name for name in above if name != "relatesTo")):
            yield subject, _pol(name), object
    yield node, A, _pol("Statement")
    yield node, A, _rdf("Statement")
    yield node, _rdf("subject"), subject
    yield node, _rdf("predicate"), _pol(predicate)
    yield node, _rdf("object"), object
    yield node, _pol("status"), _pol(statement.status.capitalize())
    yield node, _pol("confidence"), decimal(statement.confidence)
    yield node, _pol("evidence"), iri(passage_iri(document.id, statement.start, statement.end))
    yield node, _pol("frame"), text(statement.frame)
    yield node, _pol("subjectText"), text(document.text[slice(*statement.subject_span)])
    yield node, _pol("objectText"), text(document.text[slice(*statement.object_span)])
    yield node, iri(PROV("wasGeneratedBy")), iri(reading)
    if when := dated(statement.date):
        yield node, _pol("date"), when
    if statement.attributed_to:
        yield node, _pol("attributedTo"), iri(entity_iri(statement.attributed_to))


def _build(facts: CorpusFacts, build: str, version: str) -> Iterator[Triple]:
    yield iri(build), A, iri(PROV("Activity"))
    yield iri(build), iri(PROV("wasAssociatedWith")), iri(SOFTWARE)
    for each in facts.documents:
        home, reading = iri(document_iri(each.document.id)), iri(reading_iri(each.document, version))
        yield iri(build), iri(PROV("used")), home
        yield reading, A, iri(PROV("Activity"))
        yield reading, IS_PART_OF, iri(build)
        yield reading, iri(PROV("used")), home
        yield reading, iri(PROV("wasAssociatedWith")), iri(SOFTWARE)
    yield iri(SOFTWARE), A, iri(PROV("SoftwareAgent"))
    yield iri(SOFTWARE), LABEL, text("policygraph")
    if version:
        yield iri(SOFTWARE), iri(SCHEMA("softwareVersion")), text(version)


def _ontology() -> Iterator[Triple]:
    import pyoxigraph as ox

    blank: dict[str, str] = {}

    def term(value: object) -> str:
        # The parser invents blank node names; number them by order of appearance, which the file fixes.
        if isinstance(value, ox.BlankNode):
            return blank.setdefault(value.value, f"_:ontology{len(blank)}")
        return str(value)

    for triple in ox.parse(path=ontology_path(), format=ox.RdfFormat.TURTLE):
        yield term(triple.subject), term(triple.predicate), term(triple.object)


def _digest(document: Document) -> str:
    return document.digest or hashlib.sha256(document.text.encode(errors="replace")).hexdigest()


A = iri(RDF("type"))
LABEL = iri(RDFS("label"))
PREF_LABEL = iri(SKOS("prefLabel"))
ALT_LABEL = iri(SKOS("altLabel"))
IS_PART_OF = iri(DCTERMS("isPartOf"))
