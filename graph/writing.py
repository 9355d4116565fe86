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
from datetime import date
from pathlib import Path

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Statement
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

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ESCAPES = {ord(c): f"\\u{ord(c):04X}" for c in map(chr, [*range(0x20), 0x7F])} | str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_DATE_TYPES = {4: XSD("gYear"), 7: XSD("gYearMonth"), 10: XSD("date")}


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
    iri = _iri(entity_iri(entity.id))
    for name in ontology().lineage(entity.type):
        yield iri, A, _iri(POL(name))
    yield iri, PREF_LABEL, _text(entity.name, "en")
    yield iri, LABEL, _text(entity.name)
    for alias in entity.aliases:
        yield iri, ALT_LABEL, _text(alias, "en")
    for language, name in entity.labels:
        yield iri, ALT_LABEL, _text(name, language)
    for scheme, value in entity.identifiers:
        yield iri, *_identifier(scheme, value)
    if entity.jurisdiction:
        yield iri, _iri(POL("jurisdiction")), _text(entity.jurisdiction)
    yield iri, _iri(POL("known")), _typed("true" if entity.known else "false", XSD("boolean"))


def _identifier(scheme: str, value: str) -> tuple[str, str]:
    if scheme == "wikidata" and re.fullmatch(r"Q\d+", value):
        return _iri(OWL("sameAs")), _iri(WIKIDATA + value)
    if scheme == "iso3166":
        return _iri(POL("iso3166")), _text(value)
    return _iri(DCTERMS("identifier")), _text(f"{scheme}:{value}")


def _document(facts: DocumentFacts, build: str) -> Iterator[Triple]:
    document = facts.document
    iri = document_iri(document.id)
    yield from _metadata(document)
    for entity in {mention.entity for mention in facts.mentions}:
        yield _iri(entity_iri(entity)), _iri(POL("mentionedIn")), _iri(iri)
    for mention in facts.mentions:
        yield from _mention(mention, document, iri)
    for start, end in {(statement.start, statement.end) for statement in facts.statements}:
        passage = _iri(passage_iri(document.id, start, end))
        yield passage, A, _iri(POL("Passage"))
        yield from _fragment(passage, start, end, document, iri)
    for statement in _surest(document.id, facts.statements):
        yield from _statement(statement, document, build)


def _metadata(document: Document) -> Iterator[Triple]:
    iri = _iri(document_iri(document.id))
    yield iri, A, _iri(POL("Document"))
    yield iri, _iri(DCTERMS("identifier")), _text(document.id)
    yield iri, _iri(DCTERMS("source")), _text(document.source)
    yield iri, _iri(DCTERMS("language")), _text(document.language)
    yield iri, _iri(POL("digest")), _text(_digest(document))
    if document.title:
        yield iri, _iri(DCTERMS("title")), _text(document.title)
    if when := dated(document.date):
        yield iri, _iri(DCTERMS("date")), when
    if document.publisher:
        yield iri, _iri(DCTERMS("publisher")), _text(document.publisher)


def _mention(mention: Mention, document: Document, iri: str) -> Iterator[Triple]:
    node = _iri(f"{iri}#mention={mention.start},{mention.end}")
    yield node, A, _iri(POL("Mention"))
    yield node, _iri(POL("refersTo")), _iri(entity_iri(mention.entity))
    yield node, _iri(POL("witness")), _text(mention.witness)
    yield node, CONFIDENCE, _decimal(mention.confidence)
    yield from _fragment(node, mention.start, mention.end, document, iri)


def _fragment(node: str, start: int, end: int, document: Document, iri: str) -> Iterator[Triple]:
    yield node, TEXT, _text(document.text[start:end])
    yield node, START, _typed(str(start), XSD("integer"))
    yield node, END, _typed(str(end), XSD("integer"))
    yield node, IS_PART_OF, _iri(iri)


def _surest(document: str, statements: Iterable[Statement]) -> Iterable[Statement]:
    """Each statement once: of two that differ only in how they were read, the surer."""
    found: dict[str, Statement] = {}
    for statement in statements:
        key = statement_iri(document, statement)
        if key not in found or (statement.confidence, statement.frame) > (found[key].confidence, found[key].frame):
            found[key] = statement
    return found.values()


def _statement(statement: Statement, document: Document, build: str) -> Iterator[Triple]:
    node = _iri(statement_iri(document.id, statement))
    subject, object = _iri(entity_iri(statement.subject)), _iri(entity_iri(statement.object))
    predicates = [_iri(POL(name)) for name in ontology().lineage(statement.predicate) if name != "relatesTo"]
    if statement.status == "asserted":
        for predicate in predicates:
            yield subject, predicate, object
    yield node, A, _iri(POL("Statement"))
    yield node, A, _iri(RDF("Statement"))
    yield node, _iri(RDF("subject")), subject
    yield node, _iri(RDF("predicate")), predicates[0]
    yield node, _iri(RDF("object")), object
    yield node, _iri(POL("status")), _iri(POL(statement.status.capitalize()))
    yield node, CONFIDENCE, _decimal(statement.confidence)
    yield node, _iri(POL("evidence")), _iri(passage_iri(document.id, statement.start, statement.end))
    yield node, _iri(POL("frame")), _text(statement.frame)
    yield node, _iri(POL("subjectText")), _text(document.text[slice(*statement.subject_span)])
    yield node, _iri(POL("objectText")), _text(document.text[slice(*statement.object_span)])
    yield node, _iri(PROV("wasGeneratedBy")), _iri(build)
    if when := dated(statement.date):
        yield node, _iri(POL("date")), when
    if statement.attributed_to:
        yield node, _iri(POL("attributedTo")), _iri(entity_iri(statement.attributed_to))


def _build(facts: CorpusFacts, build: str, version: str) -> Iterator[Triple]:
    yield _iri(build), A, _iri(PROV("Activity"))
    yield _iri(build), _iri(PROV("wasAssociatedWith")), _iri(SOFTWARE)
    for each in facts.documents:
        yield _iri(build), _iri(PROV("used")), _iri(document_iri(each.document.id))
    yield _iri(SOFTWARE), A, _iri(PROV("SoftwareAgent"))
    yield _iri(SOFTWARE), LABEL, _text("policygraph")
    if version:
        yield _iri(SOFTWARE), _iri(SCHEMA("softwareVersion")), _text(version)


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


def dated(value: str) -> str:
    """An ISO date as a literal of the type that its precision calls for; "" for what is no date."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return ""
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return dated(value.rpartition("-")[0])
    return _typed(value, _DATE_TYPES[len(value)])


def _digest(document: Document) -> str:
    return document.digest or hashlib.sha256(document.text.encode(errors="replace")).hexdigest()


def _iri(value: str) -> str:
    return f"<{value}>"


def _text(value: str, language: str = "") -> str:
    tag = f"@{language}" if _LANGUAGE_TAG.fullmatch(language) else ""
    return f'"{value.translate(_ESCAPES)}"{tag}'


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{datatype}>'


def _decimal(value: float) -> str:
    return _typed(f"{value:.4f}".rstrip("0").rstrip("."), XSD("decimal"))


A = _iri(RDF("type"))
LABEL = _iri(RDFS("label"))
PREF_LABEL = _iri(SKOS("prefLabel"))
ALT_LABEL = _iri(SKOS("altLabel"))
IS_PART_OF = _iri(DCTERMS("isPartOf"))
CONFIDENCE = _iri(POL("confidence"))
TEXT = _iri(POL("text"))
START = _iri(POL("start"))
END = _iri(POL("end"))
