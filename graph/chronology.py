"""Facts in time: the timeline, each actor's first and last activity, bursts, and change from one period to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from graph.network import Multigraph
from graph.records import Fact


@dataclass(frozen=True, slots=True)
class Activity:
    """When an entity was active, as far as dated statements tell; `first` and `last` are ISO dates."""

    first: str
    last: str
    per_year: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What a period has that the one before had not.

    entered, left   entities with ties in one of the periods only, sorted
    new_ties        pairs tied in the second only, sorted
    rose            degree in the second less that in the first, for entities in both, greatest rise first
    """

    entered: tuple[str, ...]
    left: tuple[str, ...]
    new_ties: tuple[tuple[str, str], ...]
    rose: Mapping[str, int]


def timeline(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    """Dated facts by year, earliest first, each fact once: as the surest statement with that date has it."""
    best: dict[tuple[str, str, str, str], Fact] = {}
    for fact in facts:
        key = (fact.subject, fact.predicate, fact.object, fact.date)
        if fact.date and (key not in best or fact.confidence > best[key].confidence):
            best[key] = fact
    found: dict[int, list[Fact]] = {}
    for fact in sorted(best.values(), key=lambda fact: (fact.date, fact.subject, fact.predicate, fact.object)):
        found.setdefault(int(fact.date[:4]), []).append(fact)
    return found


STATES = frozenset({"partOf", "locatedIn", "memberOf", "holdsPositionIn", "concerns"})
"""Relations that say how things stand, not what somebody does."""


def activity(facts: Iterable[Fact]) -> dict[str, Activity]:
    """First and last dated act of each entity that is the subject of one, and its acts per year; STATES are no acts."""
    dates: dict[str, list[str]] = {}
    for fact in facts:
        if fact.date and fact.predicate not in STATES:
            dates.setdefault(fact.subject, []).append(fact.date)
    return {
        entity: Activity(min(found), max(found), dict(sorted(Counter(int(date[:4]) for date in found).items())))
        for entity, found in sorted(dates.items())
    }


def scores(facts: Iterable[Fact]) -> dict[int, float]:
    """How far each year's number of dated facts is above the mean year's, in standard deviations.

    z = (n - mean) / standard deviation over all years from the first to the last, those without facts included; 0 where
    all years are alike.
    """
    counts = Counter(int(fact.date[:4]) for fact in facts if fact.date)
    if not counts:
        return {}
    span = range(min(counts), max(counts) + 1)
    mean = sum(counts.values()) / len(span)
    deviation = (sum((counts[year] - mean) ** 2 for year in span) / len(span)) ** 0.5
    return {year: (counts[year] - mean) / deviation if deviation else 0.0 for year in span}


def bursts(facts: Sequence[Fact], threshold: float = 2.0, least: int = 3) -> dict[int, float]:
    """Years with unusually many dated facts, at least `least`: those whose score is `threshold` or more."""
    counts = Counter(int(fact.date[:4]) for fact in facts if fact.date)
    return {year: z for year, z in scores(facts).items() if z >= threshold and counts[year] >= least}


def change(before: nx.Graph, after: nx.Graph) -> Change:
    """What happened between two undirected networks of the same kind."""
    tied = [{node for node in graph if graph.degree(node)} for graph in (before, after)]
    ties = [{(min(tie), max(tie)) for tie in graph.edges()} for graph in (before, after)]
    rose = {node: after.degree(node) - before.degree(node) for node in tied[0] & tied[1]}
    return Change(
        entered=tuple(sorted(tied[1] - tied[0])),
        left=tuple(sorted(tied[0] - tied[1])),
        new_ties=tuple(sorted(ties[1] - ties[0])),
        rose=dict(sorted(rose.items(), key=lambda item: (-item[1], item[0]))),
    )


def changes(graph: Multigraph) -> dict[int, Change]:
    """Change from each year that has dated facts to the next such year, by the later year."""
    slices: dict[int, nx.Graph] = {}
    for one, other, date in graph.edges(data="date"):
        if date:
            view = slices.setdefault(int(date[:4]), nx.Graph())
            if one != other:
                view.add_edge(one, other)
    return {year: change(slices[last], slices[year]) for last, year in pairwise(sorted(slices))}
