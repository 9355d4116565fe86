"""Which clusters of names are one thing: exact agreement first, then blocking and scored comparison.

A pair that scores MERGE or more is joined, one between DOUBT and MERGE is a candidate for a person to decide.
What is certain is never weighed: class, registry, state and the numbers in a name keep two things apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from extraction.resolution.blocking import Feature, Vocabulary, features, most
from extraction.resolution.canonical import NATIONAL, Canon, Form
from extraction.resolution.likeness import Likeness, Weights, compare
from extraction.resolution.partition import Anchor, Clusters, Local, join_all

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


def join_exact(clusters: Clusters) -> None:
    """Unite what the registry names alike, then what agrees in class, form and state, then acronyms."""
    known: dict[str, list[int]] = defaultdict(list)
    named: dict[tuple[str, object], list[int]] = defaultdict(list)
    bare: dict[tuple[str, object], list[int]] = defaultdict(list)
    for place, item in enumerate(clusters.items):
        if isinstance(item, Anchor) or item.entity.known:
            known[item.entity.id].append(place)
        if isinstance(item, Local):
            for form in dict.fromkeys(item.forms[: item.telling]):
                if not form.bare:
                    named[item.kind, form.key].append(place)
            for form in {form for form in item.forms if form.bare}:
                bare[item.kind, form.key].append(place)
    for _, block in sorted(known.items()):
        join_all(clusters, block)
    for _, block in sorted(named.items(), key=lambda pair: repr(pair[0])):
        _join_by_state(clusters, [place for place in block if not clusters.known(place)])
    _join_anchors(clusters)
    for _, block in sorted(bare.items(), key=lambda pair: repr(pair[0])):
        _join_acronym(clusters, block)


def _join_by_state(clusters: Clusters, block: Sequence[int]) -> None:
    """Unite a block state by state; those of no known state with the only one there is, where there is one."""
    states: dict[str, list[int]] = defaultdict(list)
    for place in block:
        states[clusters.state(place)].append(place)
    unknown = states.pop("", [])
    for places in [*states.values(), unknown]:
        if places:
            join_all(clusters, places)
    if unknown and len(states) == 1:
        join_all(clusters, [*next(iter(states.values())), *unknown])


def _join_anchors(clusters: Clusters) -> None:
    """Unite a cluster that the text's names did not lead to the registry with the one entry that has its form."""
    entries: dict[tuple[str, object], list[tuple[int, bool]]] = defaultdict(list)
    for place, item in enumerate(clusters.items):
        if isinstance(item, Anchor):
            for forms, sure in ((item.sure, True), (item.doubtful, False)):
                for form in forms:
                    if not form.bare:
                        entries[item.kind, form.key].append((place, sure))
    for place in list(clusters.roots()):
        if clusters.known(place):
            continue
        keys = {(clusters.kind(place), form.key) for local in clusters.locals(place) for form in local.forms}
        state = clusters.state(place)
        fits = {
            clusters.root(entry)
            for key in sorted(keys, key=repr)
            for entry, sure in entries.get(key, ())
            if (clusters.state(entry) == state and (sure or state))
        }
        if len(fits) == 1:
            clusters.join(fits.pop(), place)


def _join_acronym(clusters: Clusters, block: Sequence[int]) -> None:
    """Unite lone acronyms with the one thing that is introduced by it in their state, or else with each other.

    What the registry knows is left out: had the acronym meant it there, it would have been found.
    """
    spelt: dict[int, int] = {}
    alone: list[int] = []
    for place in block:
        local = clusters.items[place]
        if clusters.known(place) or (isinstance(local, Local) and any(not form.bare for form in local.forms)):
            spelt[clusters.root(place)] = place
        else:
            alone.append(place)
    for place in alone:
        state = clusters.state(place)
        meant = [other for other in spelt.values() if clusters.state(other) == state]
        if (state or clusters.kind(place) not in NATIONAL) and len(meant) == 1 and not clusters.known(meant[0]):
            clusters.join(meant[0], place)
    telling = [place for place in alone if isinstance(local := clusters.items[place], Local) and local.telling]
    if telling and not spelt:
        _join_by_state(clusters, telling)


def scored(clusters: Clusters, canon: Canon, weights: Weights) -> list[Pair]:
    """The pairs of clusters worth a look, scored; those that are certainly two things left out; the likeliest first."""
    forms = {root: sorted(_full(clusters, root), key=repr) for root in clusters.roots()}
    years = {root: clusters.years(root) for root in forms}
    pairs = [
        pair
        for one, other in _blocked(clusters, forms, weights)
        if (pair := _score(clusters, one, other, forms, years[one] | years[other], canon, weights))
    ]
    pairs = [*_dated_once(_of_few_states(pairs)), *_of_two_classes(clusters, forms)]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def _of_two_classes(clusters: Clusters, forms: Mapping[int, Sequence[Form]]) -> Iterator[Pair]:
    """Pairs of clusters that have one name but not one class: no reason to join them, but to ask."""
    bearers: dict[object, set[int]] = defaultdict(set)
    for root, found in forms.items():
        for form in found:
            if len(form.words) > 1:
                bearers[form.key].add(root)
    pairs = {
        pair for block in bearers.values() if len(block) <= MOST_CHOICES for pair in combinations(sorted(block), 2)
    }
    for one, other in sorted(pairs):
        kinds = sorted((clusters.kind(one), clusters.kind(other)))
        states = {clusters.state(one), clusters.state(other)} - {""}
        if kinds[0] != kinds[1] and len(states) < 2 and not (clusters.known(one) and clusters.known(other)):
            yield Pair(INCOMPLETE, one, other, f"the names {AGREE}, but one is of the class {kinds[0]}, one {kinds[1]}")


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


def _full(clusters: Clusters, root: int) -> set[Form]:
    return {form for form in clusters.forms(root) if not form.bare}


def _blocked(clusters: Clusters, forms: Mapping[int, Sequence[Form]], weights: Weights) -> Iterator[tuple[int, int]]:
    """Pairs of clusters of one class, not both the registry's, that share a feature."""
    vocabulary = Vocabulary({word for found in forms.values() for form in found for word in form.words}, weights)
    blocks: dict[Feature, set[int]] = defaultdict(set)
    for root, found in forms.items():
        for form in found:
            for feature in features(form, clusters.kind(root), vocabulary):
                blocks[feature].add(root)
    seen: set[tuple[int, int]] = set()
    for feature, block in sorted(blocks.items()):
        if 1 < len(block) <= most(feature):
            for pair in combinations(sorted(block), 2):
                if pair not in seen and not all(clusters.known(root) for root in pair):
                    seen.add(pair)
                    yield pair


def _score(
    clusters: Clusters,
    one: int,
    other: int,
    forms: Mapping[int, Sequence[Form]],
    years: set[str],
    canon: Canon,
    weights: Weights,
) -> Pair | None:
    if not clusters.may_join(one, other):
        return None
    kind, states = clusters.kind(one), (clusters.state(one), clusters.state(other))
    best: tuple[float, str] = (0.0, "")
    for a in forms[one]:
        for b in forms[other]:
            if a.marks == b.marks or (kind != "Forum" and _adds_marks(a, b, years)):
                likeness = compare(a, b, weights)
                if likeness.score < DOUBT - SAME_STATE - SHARED_NEIGHBOUR or _differ(likeness, canon):
                    continue
                score, reason = _weigh(a, b, kind, likeness)
                if not (canon.identifies(a, kind, states[0]) and canon.identifies(b, kind, states[1])):
                    score, reason = min(score, INCOMPLETE), f"{reason}; the name alone does not tell of one thing"
                best = max(best, (score, reason))
    score, reason = best
    if not score:
        return None
    if not years and (clusters.known(one) or clusters.known(other)):
        reason = reason.replace(YEARLESS, NUMBERLESS)
    if states[0] and states[0] == states[1]:
        score += SAME_STATE
    elif any(canon.is_national(form, kind) for form in (*forms[one], *forms[other])):
        score, reason = min(score, INCOMPLETE), f"{reason}; {STATELESS}"
    if score + SHARED_NEIGHBOUR < DOUBT:
        return None
    if shared := _shared(clusters, one, other):
        score, reason = score + SHARED_NEIGHBOUR, f"both {shared}; {reason}"
    if AGREE not in best[1]:
        score = min(score, INCOMPLETE)
    return Pair(round(min(score, 1.0), 3), one, other, reason) if score >= DOUBT else None


def _adds_marks(a: Form, b: Form, years: set[str]) -> bool:
    """Whether one name only adds numbers to the other, and none that the registry's year denies."""
    return not (a.marks and b.marks) and (not years or years.issuperset(a.marks + b.marks))


def _differ(likeness: Likeness, canon: Canon) -> bool:
    """Whether each name has a word of its own, one of them a place's, a state's or an organisation's name."""
    return bool(likeness.left and likeness.right) and any(map(canon.is_proper, (*likeness.left, *likeness.right)))


def _weigh(a: Form, b: Form, kind: str, likeness: Likeness) -> tuple[float, str]:
    """The likeness of two names and what to say of it."""
    score = likeness.score
    if likeness.left or likeness.right:
        lacking = (likeness.right, likeness.left)
        return min(score, INCOMPLETE), " and ".join(f"one lacks “{', '.join(words)}”" for words in lacking if words)
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


def _shared(clusters: Clusters, one: int, other: int) -> str:
    """A statement that is made of both, in words; "" where none is."""
    ties = [{tie for local in clusters.locals(place) for tie in local.neighbours} for place in (one, other)]
    common = min(ties[0] & ties[1], default=None)
    if not common:
        return ""
    predicate, side, neighbour = common
    return f"have {neighbour} as {side} of {predicate}"
