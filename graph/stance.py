"""Agreement and disagreement: of actors about instruments, and of documents about facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from graph.records import Fact

Key = tuple[str, str, str]

FOR, AGAINST = "supports", "opposes"
ONCE = frozenset({"enacted", "initiated", "signed", "established", "adoptedAt"})
"""Relations that come about on one day; others last, or happen again, and may well be dated twice."""


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


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two actors, sorted, the issues on which both take a stance, sorted, and how far they agree on them, -1 to 1."""

    first: str
    second: str
    score: float
    issues: tuple[str, ...]


def agreement(facts: Iterable[Fact], count: int | None = None) -> list[Agreement]:
    """Pairs of actors that take a stance on the same issues: most issues first, the most opposed of those first.

    A stance is +1 (supports), -1 (opposes) or the mean of what is stated; the score is the mean, over the issues of
    both, of the products of their stances: 1 = agree on all, -1 = opposed on all. `count` = how many pairs to give.
    """
    import numpy as np
    from scipy import sparse

    stances = {
        who: sum(1 if fact.predicate == FOR else -1 for fact in found) / len(found)
        for who, found in table(facts).items()
    }
    actors, subjects = (sorted({pair[side] for pair in stances}) for side in (0, 1))
    rows, columns = _places(actors, stances, 0), _places(subjects, stances, 1)
    shape = len(actors), len(subjects)
    values = sparse.csr_array((np.array(list(stances.values()), dtype=float), (rows, columns)), shape=shape)
    taken = sparse.csr_array((np.ones(len(stances)), (rows, columns)), shape=shape)
    common = sparse.coo_array(sparse.triu(taken @ taken.T, k=1))
    if not common.nnz:
        return []
    products = np.asarray(sparse.csr_array(values @ values.T)[common.row, common.col]).ravel()
    scores = np.round(products / common.data, 9)
    order = np.lexsort((common.col, common.row, scores, -common.data))[:count]
    issues_of: dict[str, set[str]] = defaultdict(set)
    for actor, issue in stances:
        issues_of[actor].add(issue)
    found = [(actors[common.row[at]], actors[common.col[at]], float(scores[at])) for at in order]
    return [Agreement(a, b, score, tuple(sorted(issues_of[a] & issues_of[b]))) for a, b, score in found]


def _places(names: list[str], pairs: Iterable[tuple[str, str]], side: int) -> list[int]:
    place = {name: number for number, name in enumerate(names)}
    return [place[pair[side]] for pair in pairs]


def by_fact(facts: Iterable[Fact]) -> Mapping[Key, list[Fact]]:
    """Statements of the same subject, predicate and object, together."""
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.subject, fact.predicate, fact.object].append(fact)
    return dict(sorted(found.items()))


def disagreements(facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Pairs of statements of one fact in two documents that cannot both be so.

    One negates what the other does not; or they agree on the status of what happens only once, and neither's date
    refines the other's.
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
    return one.status == other.status and one.predicate in ONCE and not refined
