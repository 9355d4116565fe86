"""A corpus's facts, indexed the way the pages ask for them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from extraction.facts import CorpusFacts, DocumentFacts, Entity, Mention, Status
from graph.folder import digest
from graph.pages import theme
from graph.pages.paging import place

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement in its document.

    number       position in `Catalogue.facts`
    parts        the sentence cut into (text, role) pieces; role is "subject", "object" or ""
    anchor       page of the document and the passage's place on it, relative to the site's root
    """

    number: int
    subject: str
    predicate: str
    object: str
    status: Status
    date: str
    confidence: float
    attributed_to: str
    document: str
    start: int
    end: int
    parts: tuple[tuple[str, str], ...]
    anchor: str

    @property
    def year(self) -> int | None:
        year = self.date[:4]
        return int(year) if len(year) == 4 and year.isdecimal() else None

    @property
    def sentence(self) -> str:
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Link:
    """All facts with the same subject, predicate, object and status: what one edge of the network shows."""

    subject: str
    predicate: str
    object: str
    status: Status
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Catalogue:
    """Entities and documents by id, with their facts and pages.

    pages           entity id -> page, relative to the site's root ("entity/law-cybersecurity-law.html")
    document_pages  document id -> page; where there is no site, pages are ""
    kinds           entity id -> coarse class, one of the keys of theme.yaml
    """

    entities: dict[str, Entity]
    documents: dict[str, DocumentFacts]
    facts: list[Fact]
    links: list[Link]
    kinds: dict[str, str]
    pages: dict[str, str]
    document_pages: dict[str, str]
    facts_of: dict[str, list[Fact]]
    facts_in: dict[str, list[Fact]]
    mentioned_in: dict[str, dict[str, int]] = field(default_factory=dict)

    def title(self, document: str) -> str:
        """A document's title, with its id where others have the same title; its id where it has none."""
        title = self.documents[document].document.title
        if not title:
            return document
        return f"{title} ({document})" if self.titles[title] > 1 else title

    @cached_property
    def told(self) -> list[str]:
        """For each fact a digest of all that a page shows of it."""
        return [
            digest(
                *(f"{self.pages[key]}\0{self.entities[key].name}" for key in (fact.subject, fact.object)),
                self.pages[fact.attributed_to] + self.entities[fact.attributed_to].name if fact.attributed_to else "",
                self.title(fact.document),
                repr(fact.parts),
                f"{fact.predicate} {fact.status} {fact.date} {fact.confidence} {fact.anchor}",
            )
            for fact in self.facts
        ]

    @cached_property
    def titles(self) -> Counter[str]:
        """How many documents bear each title."""
        return Counter(part.document.title for part in self.documents.values())


def catalogue(facts: CorpusFacts) -> Catalogue:
    """Index a resolved corpus; facts whose subject or object the corpus does not list are left out."""
    entities = {entity.id: entity for entity in sorted(facts.entities, key=lambda entity: entity.id)}
    documents = {part.document.id: part for part in sorted(facts.documents, key=lambda part: part.document.id)}
    document_pages = page_names("document", documents)
    listed = list(_facts(documents.values(), entities, document_pages))
    facts_of: dict[str, list[Fact]] = defaultdict(list)
    facts_in: dict[str, list[Fact]] = defaultdict(list)
    for fact in listed:
        for entity in sorted({fact.subject, fact.object}):
            facts_of[entity].append(fact)
        facts_in[fact.document].append(fact)
    return Catalogue(
        entities=entities,
        documents=documents,
        facts=listed,
        links=links_of(listed),
        kinds={key: theme.kind(entity.type) for key, entity in entities.items()},
        pages=page_names("entity", entities),
        document_pages=document_pages,
        facts_of=dict(facts_of),
        facts_in=dict(facts_in),
        mentioned_in=_mentioned_in(documents.values(), entities),
    )


def _facts(parts: Iterable[DocumentFacts], entities: dict[str, Entity], pages: dict[str, str]) -> Iterable[Fact]:
    number = 0
    for part in parts:
        document = part.document
        ordered = sorted(
            part.statements,
            key=lambda item: (item.start, item.end, item.subject, item.predicate, item.object, item.status),
        )
        for item in ordered:
            if item.subject not in entities or item.object not in entities:
                continue
            yield Fact(
                number=number,
                subject=item.subject,
                predicate=item.predicate,
                object=item.object,
                status=item.status,
                date=item.date,
                confidence=round(item.confidence, 3),
                attributed_to=item.attributed_to if item.attributed_to in entities else "",
                document=document.id,
                start=item.start,
                end=item.end,
                parts=cut(
                    document.text,
                    item.start,
                    item.end,
                    (("subject", *item.subject_span), ("object", *item.object_span)),
                ),
                anchor=place(pages[document.id], item.start),
            )
            number += 1


def cut(text: str, start: int, end: int, spans: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, str], ...]:
    """`text[start:end]` cut at the spans (role, start, end), as `Fact.parts` has it; spans outside it are left out."""
    pieces: list[tuple[str, str]] = []
    at = start
    for role, low, high in sorted(spans, key=lambda span: (span[1], span[2])):
        if at <= low < high <= end:
            pieces += [(text[at:low], ""), (text[low:high], role)]
            at = high
    pieces.append((text[at:end], ""))
    return tuple((_SPACE.sub(" ", piece), role) for piece, role in pieces if piece)


def links_of(facts: Iterable[Fact]) -> list[Link]:
    """Facts grouped by what one edge shows; those of an entity with itself left out."""
    grouped: dict[tuple[str, str, str, Status], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.subject != fact.object:
            grouped[fact.subject, fact.predicate, fact.object, fact.status].append(fact)
    return [Link(*key, facts=tuple(grouped[key])) for key in sorted(grouped)]


def _mentioned_in(parts: Iterable[DocumentFacts], entities: dict[str, Entity]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for part in parts:
        for mention in part.mentions:
            if mention.entity in entities:
                found = counts[mention.entity]
                found[part.document.id] = found.get(part.document.id, 0) + 1
    return dict(counts)


def page_names(folder: str, ids: Iterable[str]) -> dict[str, str]:
    """File names that every file system accepts; ids that would share one are told apart by a digest."""
    pages: dict[str, str] = {}
    taken: set[str] = set()
    for key in ids:
        name = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:90]
        if not name or name in taken or re.sub(r"[^a-z0-9]+", "", key.lower()) != name.replace("-", ""):
            name = f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}".strip("-")
        taken.add(name)
        pages[key] = f"{folder}/{name}.html"
    return pages


def visible_mentions(part: DocumentFacts, entities: dict[str, Entity]) -> list[Mention]:
    """Mentions that a page can colour: of listed entities, in order, longest first where two overlap."""
    chosen: list[Mention] = []
    for mention in sorted(part.mentions, key=lambda item: (item.start, -item.end, item.entity)):
        inside = 0 <= mention.start < mention.end <= len(part.document.text)
        if inside and mention.entity in entities and (not chosen or mention.start >= chosen[-1].end):
            chosen.append(mention)
    return chosen
