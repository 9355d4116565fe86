"""Which clusters of names may be one thing though their names differ: blocking, then scored comparison.

A pair that scores MERGE or more is joined, one between DOUBT and MERGE is a candidate for a person to decide.
What is certain is never weighed: class, registry, state and the numbers in a name keep two things apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from extraction.resolution.blocking import Feature, Ints, Vocabulary, by_deletion, features, most, pairs_of
from extraction.resolution.canonical import Canon, Form
from extraction.resolution.likeness import Likeness, Weighed, Weights, compare
from extraction.resolution.partition import Clusters
from extraction.resolution.screening import Screen

MERGE, DOUBT = 0.92, 0.78
# What is added to or taken from the likeness of two names.
SAME_STATE = 0.03
SHARED_NEIGHBOUR = 0.1
MISSPELT_PERSON = -0.08
LITTLE_AGREES = -0.1
OTHER_ORDER = -0.1
AGREE = "agree"
STATELESS = "the state of one or both is not told"
MOST_CHOICES = 2
MARKED = "Forum"  # the class whose names are of two things where one has a number and one none
NUMBERLESS = "one name gives no number"
YEARLESS = "one name gives no year"
INCOMPLETE = 0.9  # the most that names score of which one has a word more, or that do not tell of one thing


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, by position, whose clusters may be one thing: how likely, and why in words."""

    score: float
    one: int
    other: int
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """A cluster as it is compared to others.

    place   position of the item that stands for it
    known   whether it is the registry's; `years` when the registry says that it was adopted or founded
    forms   of its full names, weighed; `national` whether one may be several states'
    ties    what statements tie it to
    """

    place: int
    kind: str
    state: str
    known: bool
    years: set[str]
    forms: list[Weighed]
    national: bool
    ties: frozenset[tuple[str, str, str]]


def scored(clusters: Clusters, canon: Canon, weights: Weights) -> list[Pair]:
    """The pairs of clusters worth a look, scored; those that are certainly two things left out; the likeliest first."""
    sides = {place: _side(clusters, place, canon, weights) for place in clusters.roots()}
    one, other = _blocked(sides, weights)
    free = [place for place, side in sides.items() if side.kind != MARKED]
    bounds = Screen({place: side.forms for place, side in sides.items()}, free, weights).bounds(one, other, DOUBT)
    likely = bounds >= DOUBT - SAME_STATE - SHARED_NEIGHBOUR
    pairs = [
        pair
        for a, b, bound in zip(*(array[likely].tolist() for array in (one, other, bounds)), strict=True)
        if (pair := _score(sides[a], sides[b], bound, clusters, canon, weights))
    ]
    pairs = [*_dated_once(_of_few_states(pairs)), *_of_two_classes(sides)]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def _side(clusters: Clusters, place: int, canon: Canon, weights: Weights) -> Side:
    kind, forms = clusters.kind(place), [form for form in clusters.forms(place) if not form.bare]
    return Side(
        place=place,
        kind=kind,
        state=clusters.state(place),
        known=bool(clusters.known(place)),
        years=clusters.years(place),
        forms=[Weighed.of(form, weights) for form in forms],
        national=any(canon.is_national(form, kind) for form in forms),
        ties=frozenset(tie for local in clusters.locals(place) for tie in local.neighbours),
    )


def _of_two_classes(sides: Mapping[int, Side]) -> Iterator[Pair]:
    """Pairs of clusters that have one name but not one class: no reason to join them, but to ask."""
    bearers: dict[object, set[int]] = defaultdict(set)
    for place, side in sides.items():
        for each in side.forms:
            if len(each.form.words) > 1:
                bearers[each.form.key].add(place)
    pairs = {
        pair for block in bearers.values() if len(block) <= MOST_CHOICES for pair in combinations(sorted(block), 2)
    }
    for one, other in ((sides[one], sides[other]) for one, other in sorted(pairs)):
        kinds = sorted((one.kind, other.kind))
        if kinds[0] != kinds[1] and len({one.state, other.state} - {""}) < 2 and not (one.known and other.known):
            reason = f"the names {AGREE}, but one is of the class {kinds[0]}, one {kinds[1]}"
            yield Pair(INCOMPLETE, one.place, other.place, reason)


def _of_few_states(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs without those of a name of no known state that has so many others that nobody could choose."""
    choices = Counter(place for pair in pairs if pair.reason.endswith(STATELESS) for place in (pair.one, pair.other))
    return [
        pair
        for pair in pairs
        if not pair.reason.endswith(STATELESS) or max(choices[pair.one], choices[pair.other]) <= MOST_CHOICES
    ]


def _dated_once(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, a law without a year and the only law of that name and state that has one being one thing."""
    partners = Counter(place for pair in pairs if YEARLESS in pair.reason for place in (pair.one, pair.other))
    for pair in pairs:
        alone = (
            YEARLESS in pair.reason and STATELESS not in pair.reason and partners[pair.one] == partners[pair.other] == 1
        )
        yield replace(pair, score=max(pair.score, MERGE)) if alone else pair


def _blocked(sides: Mapping[int, Side], weights: Weights) -> tuple[Ints, Ints]:
    """Pairs of clusters of one class, not both the registry's, that share a feature; in order, as memory has them."""
    words = {word for side in sides.values() for each in side.forms for word in each.form.words}
    vocabulary = Vocabulary(by_deletion(words), weights)
    blocks: dict[Feature, set[int]] = defaultdict(set)
    for place, side in sides.items():
        for each in side.forms:
            for feature in features(each.form, side.kind, vocabulary):
                blocks[feature].add(place)
    told = [sorted(block) for feature, block in blocks.items() if 1 < len(block) <= most(feature)]
    one, other = pairs_of(told)
    known = np.zeros(max(sides, default=0) + 1, np.bool_)
    known[[place for place, side in sides.items() if side.known]] = True
    new = ~(known[one] & known[other])
    return one[new], other[new]


def _score(one: Side, other: Side, bound: float, clusters: Clusters, canon: Canon, weights: Weights) -> Pair | None:
    """The pair, unless it is certainly two things; `bound` is the most that the likeness of the names can be."""
    shared = not one.ties.isdisjoint(other.ties)
    # What the names have to reach by themselves.
    least = DOUBT - SAME_STATE * (one.state == other.state != "") - SHARED_NEIGHBOUR * shared
    if bound < least or not clusters.may_join(one.place, other.place):
        return None
    years, best = one.years | other.years, (0.0, "")
    for a in one.forms:
        for b in other.forms:
            if a.form.marks == b.form.marks or (one.kind != MARKED and _adds_marks(a.form, b.form, years)):
                likeness = compare(a, b, weights)
                if likeness.score >= least and not _differ(likeness, canon):
                    score, reason = _weigh(a.form, b.form, one.kind, likeness)
                    if not (_identifies(a, one, canon) and _identifies(b, other, canon)):
                        score, reason = min(score, INCOMPLETE), f"{reason}; the name alone does not tell of one thing"
                    best = max(best, (score, reason))
    score, reason = best
    if not score:
        return None
    if not years and (one.known or other.known):
        reason = reason.replace(YEARLESS, NUMBERLESS)
    if one.state and one.state == other.state:
        score += SAME_STATE
    elif one.national or other.national:
        score, reason = min(score, INCOMPLETE), f"{reason}; {STATELESS}"
    if shared:
        predicate, side, neighbour = min(one.ties & other.ties)
        score, reason = score + SHARED_NEIGHBOUR, f"both have {neighbour} as {side} of {predicate}; {reason}"
    if AGREE not in best[1]:
        score = min(score, INCOMPLETE)
    return Pair(round(min(score, 1.0), 3), one.place, other.place, reason) if score >= DOUBT else None


def _identifies(name: Weighed, side: Side, canon: Canon) -> bool:
    return canon.identifies(name.form, side.kind, side.state)


def _adds_marks(a: Form, b: Form, years: set[str]) -> bool:
    """Whether one name only adds numbers to the other, and none that the registry's year denies."""
    return not (a.marks and b.marks) and (not years or years.issuperset(a.marks + b.marks))


def _differ(likeness: Likeness, canon: Canon) -> bool:
    """Whether each name has a word of its own, one of them a place's, a state's or an organisation's name."""
    return bool(likeness.left and likeness.right) and any(map(canon.is_proper, likeness.left | likeness.right))


def _weigh(a: Form, b: Form, kind: str, likeness: Likeness) -> tuple[float, str]:
    """The likeness of two names and what to say of it."""
    score = likeness.score
    if likeness.left or likeness.right:
        lacking = (likeness.right, likeness.left)
        return min(score, INCOMPLETE), " and ".join(
            f"one lacks “{', '.join(sorted(words))}”" for words in lacking if words
        )
    if a.marks != b.marks:
        years = all(len(mark) == 4 for mark in (*a.marks, *b.marks))
        return min(score, INCOMPLETE), YEARLESS if kind == "Law" and years else NUMBERLESS
    if likeness.misspelt:
        if kind == "Person":
            score += MISSPELT_PERSON
        if not likeness.same:
            score += LITTLE_AGREES
        return score, f"the names differ in spelling, else they {AGREE}"
    if kind == "Person" and a.words != b.words:
        return score + OTHER_ORDER, f"in another order the names {AGREE}"
    return score, f"the names {AGREE}"
