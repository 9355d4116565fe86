"""The rows of the tables on time: the timeline, years, who was active when, and what changed between years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph import chronology
from graph.material import Material

Row = Sequence[object]


def contents(m: Material) -> dict[str, list[Row]]:
    """Rows by table."""
    return {
        "timeline": list(_timeline(m)),
        "years": list(_years(m)),
        "activity": list(_activity(m)),
        "changes": list(_changes(m)),
        "new_ties": list(_new_ties(m)),
    }


def _timeline(m: Material) -> Iterator[Row]:
    for fact in m.dated:
        what = m.nodes[fact.subject].name, fact.predicate, m.nodes[fact.object].name
        yield (
            fact.date,
            fact.date[:4],
            fact.subject,
            what[0],
            what[1],
            fact.object,
            what[2],
            fact.document,
            fact.sentence,
        )


def _years(m: Material) -> Iterator[Row]:
    scores = chronology.scores(m.dated)
    standing_out = chronology.bursts(m.dated)
    for year, score in scores.items():
        it = m.changes.get(year)
        moved = (len(it.entered), len(it.left), len(it.new_ties)) if it else (None, None, None)
        yield year, len(m.timeline.get(year, ())), round(score, 6), "yes" if year in standing_out else "no", *moved


def _activity(m: Material) -> Iterator[Row]:
    for key, it in chronology.activity(m.dated).items():
        busiest = max(it.per_year, key=lambda year: (it.per_year[year], -year))
        counts = sum(it.per_year.values()), len(it.per_year), busiest
        yield key, m.nodes[key].name, m.nodes[key].kind, it.first, it.last, *counts


def _changes(m: Material) -> Iterator[Row]:
    for before, year in pairwise(m.timeline):
        if year in m.changes:
            it = m.changes[year]
            crossed = [(key, "entered", None) for key in it.entered] + [(key, "left", None) for key in it.left]
            moved = [(key, "rose" if by > 0 else "fell", by) for key, by in it.rose.items() if by]
            for key, how, by in (*crossed, *moved):
                yield year, before, key, m.nodes[key].name, m.nodes[key].kind, how, by


def _new_ties(m: Material) -> Iterator[Row]:
    for year, it in m.changes.items():
        first_said = {frozenset((fact.subject, fact.object)): fact for fact in reversed(m.timeline[year])}
        for pair in it.new_ties:
            fact = first_said[frozenset(pair)]
            ends = fact.subject, m.nodes[fact.subject].name, fact.predicate, fact.object, m.nodes[fact.object].name
            yield year, *ends, fact.date, fact.document, fact.sentence
