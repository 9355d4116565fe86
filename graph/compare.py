"""What two documents, publishers or periods share and where they differ: entities, statements, emphasis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

from graph import records, stance
from graph.errors import BadParameter
from graph.records import Fact, Node
from graph.sides import Side, side
from graph.store import open_store

DISTINCT = 1.96
"""z-score from which a difference in emphasis is taken to be more than chance (95 %)."""

Key = tuple[str, str, str]
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, each a document, all documents of a publisher, or a period.

    sides        their names
    documents    the ids of the documents on each side
    nodes        the entities of either side, by id
    shared, only             entity ids named on both sides, on one side only; sorted by mentions
    shared_facts, only_facts (subject, predicate, object) stated as so on both sides, on one only
    differing    statements of one fact that differ in status or, but for periods, date; one of each side
    facts        every statement of either side, by fact
    stated       what each side states as so, by fact, the surest statement first
    counts       how often each side has each feature, by kind of feature: "entities", "types", "relations"
    emphasis     z-scores of the log-odds ratio, by kind of feature and feature; positive = more on the first side,
                 |z| >= 1.96 = more than chance
    """

    sides: tuple[str, str]
    documents: tuple[tuple[str, ...], tuple[str, ...]]
    nodes: Mapping[str, Node]
    shared: tuple[str, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    shared_facts: tuple[Key, ...]
    only_facts: tuple[tuple[Key, ...], tuple[Key, ...]]
    differing: tuple[tuple[Fact, Fact], ...]
    facts: Mapping[Key, tuple[Fact, ...]]
    stated: tuple[Mapping[Key, Sequence[Fact]], Mapping[Key, Sequence[Fact]]]
    counts: Mapping[str, tuple[Counts, Counts]]
    emphasis: Mapping[str, Mapping[str, float]]

    def _repr_html_(self) -> str:
        from graph import cells

        return cells.comparison(self)


def compare(out: Path, a: str, b: str) -> Comparison:
    """Compare what `sides.side` knows: two documents or publishers by their documents, two periods by dated statements.

    Raises UnknownDocument, EmptyPeriod, and BadParameter for a period beside a document.
    """
    store = open_store(out)
    sources = records.documents(store)
    nodes, facts, mentions = records.entities(store), records.facts(store), records.mentions(store)
    one, other = (side(name, sources, facts, mentions) for name in (a, b))
    if (one.period is None) != (other.period is None):
        raise BadParameter("A period is compared with a period, and a document or publisher with another.")
    stated = tuple(
        stance.by_fact(sorted((fact for fact in it.facts if fact.status == "asserted"), key=_sureness))
        for it in (one, other)
    )
    features = {
        "entities": (one.named, other.named),
        "types": (_kinds(one, nodes), _kinds(other, nodes)),
        "relations": (_relations(one), _relations(other)),
    }

    def ranked(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(entities, key=lambda key: (-one.named.get(key, 0) - other.named.get(key, 0), key)))

    return Comparison(
        sides=(a, b),
        documents=(one.documents, other.documents),
        nodes=nodes,
        shared=ranked(one.named.keys() & other.named.keys()),
        only=(ranked(one.named.keys() - other.named.keys()), ranked(other.named.keys() - one.named.keys())),
        shared_facts=tuple(sorted(stated[0].keys() & stated[1].keys())),
        only_facts=(
            tuple(sorted(stated[0].keys() - stated[1].keys())),
            tuple(sorted(stated[1].keys() - stated[0].keys())),
        ),
        differing=tuple(_differing(one, other)),
        facts={key: tuple(found) for key, found in stance.by_fact([*one.facts, *other.facts]).items()},
        stated=(stated[0], stated[1]),
        counts=features,
        emphasis={kind: log_odds(*counts) for kind, counts in features.items()},
    )


def log_odds(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, float]:
    """z-score of each feature's log-odds ratio between two sides, with both sides together as an informative prior.

    With y the counts of a side, n their sum, a the prior's counts (here y of both sides) and a0 their sum,
    delta_w = log((y1_w + a_w) / (n1 + a0 - y1_w - a_w)) - log((y2_w + a_w) / (n2 + a0 - y2_w - a_w)),
    z_w = delta_w / sqrt(1 / (y1_w + a_w) + 1 / (y2_w + a_w)). Sorted, the most typical of the first side first.

    B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' words", Political Analysis 16 (2008), eqs. 16, 20 and 22.
    """
    prior = Counter(first) + Counter(second)
    whole = sum(prior.values())
    sizes = sum(first.values()), sum(second.values())
    scores: dict[str, float] = {}
    for feature, a in prior.items():
        one, other = first.get(feature, 0) + a, second.get(feature, 0) + a
        rest = sizes[0] + whole - one, sizes[1] + whole - other
        if min(rest) > 0:
            scores[feature] = (log(one / rest[0]) - log(other / rest[1])) / sqrt(1 / one + 1 / other)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def shares(counts: tuple[Counts, Counts], feature: str) -> tuple[float, float]:
    """The feature's part in all that each side counts, 0..1."""
    one, other = (side.get(feature, 0) / max(sum(side.values()), 1) for side in counts)
    return one, other


def _kinds(side: Side, nodes: Mapping[str, Node]) -> Counts:
    found: Counter[str] = Counter()
    for entity, number in side.named.items():
        found[nodes[entity].kind] += number
    return found


def _relations(side: Side) -> Counts:
    return Counter(fact.predicate for fact in side.facts)


def _differing(one: Side, other: Side) -> Iterable[tuple[Fact, Fact]]:
    """A pair for every way in which the sides' statements of one fact differ: the surest statements that do."""
    theirs = stance.by_fact(other.facts)
    for key, mine in stance.by_fact(one.facts).items():
        seen = set()
        for first in sorted(mine, key=_sureness):
            for second in sorted(theirs.get(key, ()), key=_sureness):
                way = first.status, first.date, second.status, second.date
                if way not in seen and _differ(first, second, dates=one.period is None):
                    seen.add(way)
                    yield first, second


def _differ(one: Fact, other: Fact, dates: bool) -> bool:
    """Whether two statements of one fact differ; a date that refines the other, or is not given, is no difference."""
    refined = one.date.startswith(other.date) or other.date.startswith(one.date)
    return one.status != other.status or (dates and not refined)


def _sureness(fact: Fact) -> tuple[float, str, int]:
    return -fact.confidence, fact.document, fact.start
