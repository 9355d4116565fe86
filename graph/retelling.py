"""The records of a resolved corpus, straight from its facts: what `records` and `curation` read from the store made of
them, in a tenth of the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from extraction.facts import CorpusFacts, Decided, DocumentFacts, Entity
from graph import curation
from graph.curation import Doubt
from graph.records import Fact, Mention, Node, Source
from graph.terms import exact, rounded
from graph.vocabulary import ontology, statement_iri
from graph.writing import surest


def entities(facts: CorpusFacts) -> dict[str, Node]:
    """Every entity by id, sorted."""
    named: dict[str, set[str]] = defaultdict(set)
    for each in facts.documents:
        for mention in each.mentions:
            named[mention.entity].add(written(each.document.id))
    return {
        entity.id: _node(entity, named[entity.id]) for entity in sorted(facts.entities, key=lambda entity: entity.id)
    }


def documents(facts: CorpusFacts) -> dict[str, Source]:
    """Every document by id, sorted."""
    found = [
        Source(
            id=written(it.id),
            title=written(it.title),
            source=written(it.source),
            date=exact(it.date),
            publisher=written(it.publisher),
            language=it.language,
        )
        for it in (each.document for each in facts.documents)
    ]
    return {source.id: source for source in sorted(found, key=lambda source: source.id)}


def statements(facts: CorpusFacts) -> list[Fact]:
    """Every statement between listed entities, in the order of document and position."""
    listed = {entity.id for entity in facts.entities}
    found = [fact for each in facts.documents for fact in _facts(each) if {fact.subject, fact.object} <= listed]
    return sorted(found, key=lambda fact: (fact.document, fact.start, fact.end, fact.id))


def mentions(facts: CorpusFacts) -> list[Mention]:
    """Every mention of a listed entity, in the order of document and position."""
    listed = {entity.id for entity in facts.entities}
    found = [mention for each in facts.documents for mention in _mentions(each) if mention.entity in listed]
    return sorted(found, key=lambda m: (m.document, m.start, m.end, m.entity, m.witness, m.confidence))


def doubts(facts: CorpusFacts) -> list[Doubt]:
    """The doubtful merges, the likeliest first."""
    found = [
        Doubt(
            candidate.first, candidate.second, rounded(candidate.score), candidate.reason,
            *(part for side in sides for part in (side.context, written(side.document))),
        )
        for candidate, sides in curation.contexts(facts)
    ]  # fmt: skip
    return sorted(found, key=lambda doubt: (-doubt.score, doubt.first, doubt.second))


def decisions(facts: CorpusFacts) -> list[Decided]:
    """The decisions, by date; what could not be applied says why in its comment."""
    found = {
        Decided(it.id, it.action, it.words, it.date, it.by or curation.ANALYST, remark, remark if it.fault else "")
        for it in facts.decisions
        for remark in [curation.remark(it)]
    }
    return sorted(found, key=lambda decided: (decided.date, decided.words, decided.id))


def written(text: str) -> str:
    """The text as UTF-8 can hold it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _node(entity: Entity, documents: Iterable[str]) -> Node:
    tagged = {(tag.lower(), name) for tag, name in entity.labels}
    return Node(
        id=entity.id,
        type=entity.type,
        kind=ontology().kind(entity.type),
        name=entity.name,
        aliases=tuple(sorted({*entity.aliases, *(name for tag, name in tagged if tag == "en")})),
        labels=tuple(sorted((tag, name) for tag, name in tagged if tag != "en")),
        identifiers=tuple(sorted(set(entity.identifiers))),
        jurisdiction=entity.jurisdiction,
        documents=tuple(sorted(documents)),
    )


def _facts(each: DocumentFacts) -> Iterator[Fact]:
    document, text = written(each.document.id), each.document.text
    for it in surest(each.document.id, each.statements):
        yield Fact(
            id=statement_iri(each.document.id, it),
            subject=it.subject,
            predicate=it.predicate,
            object=it.object,
            status=it.status,
            date=exact(it.date),
            confidence=rounded(it.confidence),
            frame=it.frame,
            attributed_to=it.attributed_to,
            document=document,
            start=it.start,
            end=it.end,
            sentence=text[it.start : it.end],
            subject_text=text[slice(*it.subject_span)],
            object_text=text[slice(*it.object_span)],
        )


def _mentions(each: DocumentFacts) -> Iterator[Mention]:
    """What RDF says of mentions: of two in one place, that either names what either names."""
    document, text = written(each.document.id), each.document.text
    places: dict[tuple[int, int], tuple[set[str], set[str], set[float]]] = {}
    for it in each.mentions:
        named, witnesses, sure = places.setdefault((it.start, it.end), (set(), set(), set()))
        named.add(it.entity)
        witnesses.add(it.witness)
        sure.add(rounded(it.confidence))
    for (start, end), said in places.items():
        for entity, witness, confidence in product(*said):
            yield Mention(entity, document, start, end, text[start:end], witness, confidence)
