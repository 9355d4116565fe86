"""Facts to RDF: N-Quads, sorted and byte-identical for the same facts, and an Oxigraph store loaded from them.

One named graph per document holds what it says and names; one holds the entities, one the ontology, one the record
of the build (PROV-O), which has no clock in it: when a build ran is the business of build.json.
Passages and mentions are text fragments of their document (RFC 5147): `<doc>#char=START,END`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Statement
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
    ontology,
    ontology_path,
    passage_iri,
)

SOFTWARE = ROOT + "software"


def write(facts: CorpusFacts, out: Path, version: str = "") -> None:
    """Write OUT/graph.nq and OUT/store/, in place of any that are there.

    version   of the software that made the facts; part of the build's identity
    """
    out.mkdir(parents=True, exist_ok=True)
    write_quads(facts, out / "graph.nq", version)
    load(out / "graph.nq", out / "store")


def write_quads(facts: CorpusFacts, path: Path, version: str = "") -> None:
    """Write the graph as sorted N-Quads."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(sorted(set(quads(facts, version))))


def load(path: Path, target: Path) -> None:
    """Load N-Quads into a new Oxigraph store, in place of any that is there."""
    import pyoxigraph as ox

    shutil.rmtree(target, ignore_errors=True)
    store = ox.Store(str(target))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    store.flush()


def quads(facts: CorpusFacts, version: str = "") -> Iterator[str]:
    """Every quad of the graph as a line of N-Quads, in no order, some perhaps twice."""
    build = build_iri(facts, version)
    yield from _graph(ENTITIES_GRAPH, (triple for entity in facts.entities for triple in _entity(entity)))
    for document in facts.documents:
        yield from _graph(document_iri(document.document.id), _document(document, build))
    yield from _graph(BUILD_GRAPH, _build(facts, build, version))
    yield from _graph(ONTOLOGY_GRAPH, _ontology())


def build_iri(facts: CorpusFacts, version: str) -> str:
    """IRI of the activity that made this graph: the same for the same documents and software."""
    seen = hashlib.sha256(version.encode())
    for each in facts.documents:
        seen.update(f"\0{each.document.id}\0{_digest(each.document)}".encode(errors="replace"))
    return f"{ROOT}build/{seen.hexdigest()[:16]}"


def statement_iri(document: str, statement: Statement) -> str:
    """IRI of a statement: its document and a hash of what is said where."""
    said = (
        str(statement.start),
        str(statement.end),
        statement.subject,
        statement.predicate,
        statement.object,
        statement.status,
        statement.date,
    )
    digest = hashlib.sha256("\0".join(said).encode(errors="replace")).hexdigest()[:16]
    return f"{document_iri(document)}#statement={digest}"


Triple = tuple[str, str, str]


def _graph(name: str, triples: Iterable[Triple]) -> Iterator[str]:
    tail = f" <{name}> .\n"
    for subject, predicate, object in triples:
        yield f"{subject} {predicate} {object}{tail}"


def _entity(entity: Entity) -> Iterator[Triple]:
    node = iri(entity_iri(entity.id))
    for name in ontology().lineage(entity.type):
        yield node, A, iri(POL(name))
    yield node, PREF_LABEL, text(entity.name, "en")
    yield node, LABEL, text(entity.name)
    for alias in entity.aliases:
        yield node, ALT_LABEL, text(alias, "en")
    for language, name in entity.labels:
        yield node, ALT_LABEL, text(name, language)
    for scheme, value in entity.identifiers:
        yield node, *_identifier(scheme, value)
    if entity.jurisdiction:
        yield node, iri(POL("jurisdiction")), text(entity.jurisdiction)
    yield node, iri(POL("known")), typed("true" if entity.known else "false", XSD("boolean"))


def _identifier(scheme: str, value: str) -> tuple[str, str]:
    if scheme == "wikidata" and re.fullmatch(r"Q\d+", value):
        return iri(OWL("sameAs")), iri(WIKIDATA + value)
    if scheme == "iso3166":
        return iri(POL("iso3166")), text(value)
    return iri(DCTERMS("identifier")), text(f"{scheme}:{value}")


def _document(facts: DocumentFacts, build: str) -> Iterator[Triple]:
    document = facts.document
    home = document_iri(document.id)
    yield from _metadata(document)
    for entity in {mention.entity for mention in facts.mentions}:
        yield iri(entity_iri(entity)), iri(POL("mentionedIn")), iri(home)
    for mention in facts.mentions:
        yield from _mention(mention, document, home)
    for start, end in {(statement.start, statement.end) for statement in facts.statements}:
        passage = iri(passage_iri(document.id, start, end))
        yield passage, A, iri(POL("Passage"))
        yield from _fragment(passage, start, end, document, home)
    for statement in _surest(document.id, facts.statements):
        yield from _statement(statement, document, build)


def _metadata(document: Document) -> Iterator[Triple]:
    node = iri(document_iri(document.id))
    yield node, A, iri(POL("Document"))
    yield node, iri(DCTERMS("identifier")), text(document.id)
    yield node, iri(DCTERMS("source")), text(document.source)
    yield node, iri(DCTERMS("language")), text(document.language)
    yield node, iri(POL("digest")), text(_digest(document))
    if document.title:
        yield node, iri(DCTERMS("title")), text(document.title)
    if when := dated(document.date):
        yield node, iri(DCTERMS("date")), when
    if document.publisher:
        yield node, iri(DCTERMS("publisher")), text(document.publisher)


def _mention(mention: Mention, document: Document, home: str) -> Iterator[Triple]:
    node = iri(f"{home}#mention={mention.start},{mention.end}")
    yield node, A, iri(POL("Mention"))
    yield node, iri(POL("refersTo")), iri(entity_iri(mention.entity))
    yield node, iri(POL("witness")), text(mention.witness)
    yield node, CONFIDENCE, decimal(mention.confidence)
    yield from _fragment(node, mention.start, mention.end, document, home)


def _fragment(node: str, start: int, end: int, document: Document, home: str) -> Iterator[Triple]:
    yield node, TEXT, text(document.text[start:end])
    yield node, START, typed(str(start), XSD("integer"))
    yield node, END, typed(str(end), XSD("integer"))
    yield node, IS_PART_OF, iri(home)


def _surest(document: str, statements: Iterable[Statement]) -> Iterable[Statement]:
    """Each statement once: of two that differ only in how they were read, the surer."""
    found: dict[str, Statement] = {}
    for statement in statements:
        key = statement_iri(document, statement)
        if key not in found or (statement.confidence, statement.frame) > (found[key].confidence, found[key].frame):
            found[key] = statement
    return found.values()


def _statement(statement: Statement, document: Document, build: str) -> Iterator[Triple]:
    node = iri(statement_iri(document.id, statement))
    subject, object = iri(entity_iri(statement.subject)), iri(entity_iri(statement.object))
    predicate, *above = ontology().lineage(statement.predicate)
    if statement.status == "asserted":
        for name in (predicate, *(name for name in above if name != "relatesTo")):
            yield subject, iri(POL(name)), object
    yield node, A, iri(POL("Statement"))
    yield node, A, iri(RDF("Statement"))
    yield node, iri(RDF("subject")), subject
    yield node, iri(RDF("predicate")), iri(POL(predicate))
    yield node, iri(RDF("object")), object
    yield node, iri(POL("status")), iri(POL(statement.status.capitalize()))
    yield node, CONFIDENCE, decimal(statement.confidence)
    yield node, iri(POL("evidence")), iri(passage_iri(document.id, statement.start, statement.end))
    yield node, iri(POL("frame")), text(statement.frame)
    yield node, iri(POL("subjectText")), text(document.text[slice(*statement.subject_span)])
    yield node, iri(POL("objectText")), text(document.text[slice(*statement.object_span)])
    yield node, iri(PROV("wasGeneratedBy")), iri(build)
    if when := dated(statement.date):
        yield node, iri(POL("date")), when
    if statement.attributed_to:
        yield node, iri(POL("attributedTo")), iri(entity_iri(statement.attributed_to))


def _build(facts: CorpusFacts, build: str, version: str) -> Iterator[Triple]:
    yield iri(build), A, iri(PROV("Activity"))
    yield iri(build), iri(PROV("wasAssociatedWith")), iri(SOFTWARE)
    for each in facts.documents:
        yield iri(build), iri(PROV("used")), iri(document_iri(each.document.id))
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
CONFIDENCE = iri(POL("confidence"))
TEXT = iri(POL("text"))
START = iri(POL("start"))
END = iri(POL("end"))
