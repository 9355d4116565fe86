"""What was read surely enough to be told as a fact, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from extraction.facts import CONFIRMED, LEARNED
from extraction.statements.dates import MONTHS, find
from graph.records import Fact, Source

SURE = 0.85
"""The least confidence of what is told as a fact.

Of what the frames read in annotated texts, about nine in ten or more were right in each twentieth of confidence from
here upwards, and fewer in each below.
"""


def sure(facts: Iterable[Fact], sources: Mapping[str, Source]) -> list[Fact]:
    """The statements that may be told as facts, in order, without dates that their passages do not show.

    A frame must have read them, or somebody have confirmed them: how often those are right that were only learned to
    look likely is not known apart from the texts that they were learned from.
    """
    return [
        fact if not fact.date or _shown(fact, sources[fact.document].date) else replace(fact, date="")
        for fact in facts
        if fact.confidence >= (CONFIRMED if fact.frame == LEARNED else SURE)
    ]


def _shown(fact: Fact, published: str) -> bool:
    """Whether the passage itself gives the date, or words that mean it on the day of publication."""
    year, *rest = fact.date.split("-")
    if year in fact.sentence and (not rest or _spelt(fact.sentence.lower(), *map(int, rest))):
        return True
    return any(date.startswith(fact.date) for date in _dates(fact.sentence, published))


def _spelt(sentence: str, month: int, day: int = 0) -> bool:
    return any(number == month and name in sentence for name, number in MONTHS.items()) and str(day or "") in sentence


@lru_cache(maxsize=1000)
def _dates(sentence: str, published: str) -> tuple[str, ...]:
    return tuple(mention.iso for mention in find(sentence, published))
