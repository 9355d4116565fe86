"""What can be compared: a document, all documents of a publisher, or a period; each with what it says and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import EmptyPeriod, UnknownDocument
from graph.records import Fact, Mention, Source


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    name        as it was asked for
    period      first and last year, where it is one
    documents   ids of the documents that it takes in, or that its facts come from
    facts       its statements: those of its documents, or those dated in its period
    named       how often it names each entity: mentions in its documents, or ends of the facts of its period
    """

    name: str
    period: tuple[int, int] | None
    documents: tuple[str, ...]
    facts: tuple[Fact, ...]
    named: Mapping[str, int]


def side(name: str, sources: Mapping[str, Source], facts: Sequence[Fact], mentions: Sequence[Mention]) -> Side:
    """The side that a name stands for: a document's id, the first words of it, its title, a publisher, or years.

    Years are "2015" or "2015-2019". Raises UnknownDocument, or EmptyPeriod where no statement is dated in the years.
    """
    years = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", name.strip())
    if years and name not in sources:
        return _period(name, int(years[1]), int(years[2] or years[1]), facts)
    documents = _documents(sources, name)
    return Side(
        name=name,
        period=None,
        documents=documents,
        facts=tuple(fact for fact in facts if fact.document in documents),
        named=Counter(mention.entity for mention in mentions if mention.document in documents),
    )


def _period(name: str, first: int, last: int, facts: Sequence[Fact]) -> Side:
    said = tuple(fact for fact in facts if fact.year is not None and first <= fact.year <= last)
    if not said:
        raise EmptyPeriod(name, [fact.year for fact in facts if fact.year is not None])
    return Side(
        name=name,
        period=(first, last),
        documents=tuple(sorted({fact.document for fact in said})),
        facts=said,
        named=Counter(end for fact in said for end in (fact.subject, fact.object)),
    )


def _documents(sources: Mapping[str, Source], name: str) -> tuple[str, ...]:
    from rapidfuzz import process

    if name in sources:
        return (name,)
    wanted = name.casefold()
    found = tuple(key for key, it in sources.items() if wanted in (it.publisher.casefold(), it.title.casefold()))
    if found:
        return found
    begun = tuple(key for key in sources if re.match(rf"{re.escape(name)}(?![0-9A-Za-z])", key))
    if len(begun) == 1:
        return begun
    offer = sorted({*sources, *(it.publisher for it in sources.values() if it.publisher)})
    raise UnknownDocument(name, [near for near, *_ in process.extract(name, offer, limit=3, score_cutoff=55)])
