"""The hand-over between extraction and graph: a few frozen records and their JSON Lines form.

Text offsets are character offsets into `Document.text`, half-open: `text[start:end]`.
Dates are ISO 8601 at the precision the text gives: "2016", "2016-12" or "2016-12-27"; "" where it gives none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

FURTHER = "policygraph"  # scheme, among an entity's identifiers, of ids that other documents give it
LEARNED = "learned"  # frame of statements that no construction states but that look like those that are stated
CONFIRMED = 1.0  # confidence of a statement that somebody confirmed; no reading is that sure
Status = Literal["asserted", "planned", "negated"]


class Span(NamedTuple):
    """Character offsets into a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text that was read.

    id         file name without its ending; unique within a corpus
    source     the path or address it was read from, as the user gave it
    text       what the offsets of everything else point into
    title      from the file's metadata or first lines; "" where there is none
    date       ISO date of publication, "" where unknown
    publisher  who issued it, "" where unknown
    language   ISO 639-1 code
    jurisdiction  ISO 3166-1 code of the state that it is from, or EU; "" where it is not given
    digest     SHA-256 of the text, hexadecimal
    file       SHA-256 of all that it was read from; "" where that may give more than the document
    """

    id: str
    source: str
    text: str
    title: str = ""
    date: str = ""
    publisher: str = ""
    language: str = "en"
    digest: str = ""
    jurisdiction: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document's text that names an entity.

    entity      the entity it names: a key of `DocumentFacts.entities`, or of `CorpusFacts.entities` once resolved
    type        class of the ontology, without prefix ("Law")
    witness     what found it: "registry", "grammar", "model", "alias" ...
    confidence  0..1
    """

    start: int
    end: int
    entity: str
    type: str
    witness: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing.

    id            "<type>/<slug>", lower case: the tail of its IRI
    type          the most specific class of the ontology that is known, without prefix ("Law", "Regulation")
    name          preferred label
    aliases       other names, sorted, the preferred one not among them
    labels        names in other languages: (language tag, name) pairs, sorted
    identifiers   (scheme, value) pairs, sorted: ("wikidata", "Q148"), ("iso3166", "CN")
    jurisdiction  ISO 3166-1 alpha-2 code of the state it belongs to, "" where unknown or none
    known         whether the registry holds it
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    jurisdiction: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What a passage says: subject, predicate, object, when, and whether it is so.

    subject, object  entity ids
    predicate        property of the ontology, without prefix ("signed")
    status           "asserted", "planned" or "negated"
    date             ISO date of the fact, "" where the text gives none
    confidence       0..1
    start, end       the passage (a sentence, or two) that states it
    subject_span, object_span   where subject and object (or the words that stand for them) are; inside the passage
    frame            the construction that stated it: name of the frame that matched
    attributed_to    entity id of the speaker, for reported speech; "" otherwise
    decision         id of the decision of a person that confirmed it; "" otherwise
    """

    subject: str
    predicate: str
    object: str
    status: Status
    date: str
    confidence: float
    start: int
    end: int
    subject_span: Span
    object_span: Span
    frame: str
    attributed_to: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Everything one document says; entity ids are local to it until `resolution` has run."""

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one thing.

    first, second  entity ids, in order
    score          0..1; what scores higher was joined
    reason         what speaks for it and what leaves the doubt, in words
    """

    first: str
    second: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a person's decision.

    id        the same for the same decision
    action    "merge", "keep apart", "rename", "retype", "reject" or "confirm"
    words     the decision in words
    date, by, comment   when (ISO), by whom and why; by and comment "" where not said
    fault     why it could not be applied; "" where it was
    entities  ids of the entities that it bears on, sorted
    """

    id: str
    action: str
    words: str
    date: str
    by: str
    comment: str
    fault: str = ""
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """A whole corpus, resolved: one entity, one id.

    entities    sorted by id
    documents   sorted by document id; their mentions and statements speak of `entities`
    candidates  pairs of `entities` that a person may judge to be one, the likeliest first
    decisions   what became of each decision that was given, in the order of their file
    """

    entities: tuple[Entity, ...] = ()
    documents: tuple[DocumentFacts, ...] = field(default=())
    candidates: tuple[Candidate, ...] = ()
    decisions: tuple[Decided, ...] = ()


def line(kind: str, fields: Mapping[str, object]) -> bytes:
    """One record as a line of JSON, in UTF-8."""
    text = json.dumps({"kind": kind, **fields}, ensure_ascii=False) + "\n"
    # A path may hold a lone surrogate, which only JSON's own escape can say.
    return text.encode("utf-8", "backslashreplace")


def to_jsonl(facts: DocumentFacts) -> bytes:
    """One document's facts as JSON Lines: a line each for the document, entities, mentions, statements."""
    records: Iterable[tuple[str, object]] = [
        ("document", facts.document),
        *(("entity", entity) for entity in facts.entities),
        *(("mention", mention) for mention in facts.mentions),
        *(("statement", statement) for statement in facts.statements),
    ]
    return b"".join(line(kind, fields_of(record)) for kind, record in records)


def fields_of(record: object) -> dict[str, object]:
    """A record's fields by name; `dataclasses.asdict` copies deeply, at thirty times the cost."""
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]


def read_jsonl(path: Path) -> DocumentFacts:
    """Read what `to_jsonl` gave; lines of other kinds are passed over."""
    found: dict[str, list[dict[str, object]]] = {"document": [], "entity": [], "mention": [], "statement": []}
    for record in _records(path):
        found.setdefault(str(record.pop("kind")), []).append(record)
    return DocumentFacts(
        document=Document(**found["document"][0]),  # type: ignore[arg-type]
        entities=tuple(_entity(record) for record in found["entity"]),
        mentions=tuple(Mention(**record) for record in found["mention"]),  # type: ignore[arg-type]
        statements=tuple(_statement(record) for record in found["statement"]),
    )


def _records(path: Path) -> Iterator[dict[str, object]]:
    lines = path.read_text(encoding="utf-8").strip().replace("\n", ",")
    # All lines at once take half the time of one after the other.
    yield from json.loads(f"[{lines}]")


def _entity(record: dict[str, object]) -> Entity:
    pairs = {key: tuple(tuple(pair) for pair in record[key]) for key in ("labels", "identifiers")}  # type: ignore[attr-defined]
    return Entity(**{**record, **pairs, "aliases": tuple(record["aliases"])})  # type: ignore[arg-type]


def _statement(record: dict[str, object]) -> Statement:
    spans = {key: Span(*record[key]) for key in ("subject_span", "object_span")}  # type: ignore[misc]
    return Statement(**{**record, **spans})  # type: ignore[arg-type]
