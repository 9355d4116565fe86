"""Agreement and disagreement: of actors about instruments, and of documents about facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from graph.records import Fact

Key = tuple[str, str, str]

FOR, AGAINST = "supports", "opposes"


def table(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    """Supports and opposes by (actor, issue), sorted; negated ones left out."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.predicate in (FOR, AGAINST) and fact.status != "negated":
            found[fact.subject, fact.object].append(fact)
    return dict(sorted(found.items()))


def divided(facts: Iterable[Fact]) -> dict[str, tuple[list[Fact], list[Fact]]]:
    """Issues that some support and some oppose: both sides' facts, by issue."""
    sides: dict[str, tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for found in table(facts).values():
        for fact in found:
            sides[fact.object][fact.predicate == AGAINST].append(fact)
    return {issue: both for issue, both in sorted(sides.items()) if both[0] and both[1]}


def agreement(facts: Iterable[Fact]) -> dict[tuple[str, str], float]:
    """How far pairs of actors agree on the issues on which both take a stance: mean of the products of their stances.

    A stance is +1 (supports), -1 (opposes) or the mean of what is stated; 1 = agree on all, -1 = opposed on all.
    """
    stances: dict[str, dict[str, float]] = defaultdict(dict)
    for (actor, issue), found in table(facts).items():
        stances[actor][issue] = sum(1 if fact.predicate == FOR else -1 for fact in found) / len(found)
    scores: dict[tuple[str, str], float] = {}
    for one, other in combinations(sorted(stances), 2):
        common = sorted(stances[one].keys() & stances[other].keys())
        if common:
            scores[one, other] = sum(stances[one][issue] * stances[other][issue] for issue in common) / len(common)
    return scores


def by_fact(facts: Iterable[Fact]) -> Mapping[Key, list[Fact]]:
    """Statements of the same subject, predicate and object, together."""
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.subject, fact.predicate, fact.object].append(fact)
    return dict(sorted(found.items()))


def single_source(facts: Iterable[Fact]) -> list[Key]:
    """Facts that one document alone states."""
    return [key for key, found in by_fact(facts).items() if len({fact.document for fact in found}) == 1]


def disagreements(facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Pairs of statements of one fact in two documents that cannot both be so.

    One negates what the other does not, or they agree on the status and neither's date refines the other's.
    """
    found: list[tuple[Fact, Fact]] = []
    for same in by_fact(facts).values():
        for one, other in combinations(same, 2):
            if one.document != other.document and _clash(one, other):
                found.append((one, other))
    return found


def _clash(one: Fact, other: Fact) -> bool:
    if (one.status == "negated") != (other.status == "negated"):
        return True
    refined = one.date.startswith(other.date) or other.date.startswith(one.date)
    return one.status == other.status and not refined
