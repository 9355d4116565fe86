"""Screening drops no pair that comparing in full would have kept; pairs out of blocks come once, in order."""

import random
from itertools import combinations

import numpy as np
import pytest

from extraction.resolution.blocking import pairs_of
from extraction.resolution.canonical import Form
from extraction.resolution.likeness import Weighed, Weights, compare
from extraction.resolution.screening import Screen

WEIGHTS = Weights({"data": 2.0, "protection": 3.0, "act": 1.5, "telecommunication": 5.0, "port": 4.0}, 9.0)
WORDS = (
    "data", "protection", "protecton", "act", "acts", "telecommunication", "tele", "communication", "port", "airport",
    "air", "harbour", "harbor", "quay", "q", "c0mmunication", "fishery", "fisheries", "data2", "communicationtele",
)  # fmt: skip
MARKS = ((), (), ("2019",), ("2020",), ("2", "2019"))
ENOUGH = 0.78


def _names(draw: random.Random) -> list[Weighed]:
    several = range(draw.choice((1, 1, 1, 2, 3)))
    # A few names are so long that they are compared in another width, a few have a word twice or none at all.
    lengths = [draw.choice((0, 1, 2, 3, 4, 4, 5, 7, 12, 30)) for _ in several]
    return [Weighed.of(Form(tuple(draw.choices(WORDS, k=k)), draw.choice(MARKS)), WEIGHTS) for k in lengths]


def _likest(one: list[Weighed], other: list[Weighed], free: bool) -> float:
    scores = [
        compare(a, b, WEIGHTS).score
        for a in one
        for b in other
        if a.form.marks == b.form.marks or (free and not (a.form.marks and b.form.marks))
    ]
    return max(scores, default=0.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_is_never_less_than_the_likeness(seed: int) -> None:
    draw = random.Random(seed)
    owners = {place: _names(draw) for place in draw.sample(range(300), 100)}
    free = [place for place in owners if draw.random() < 0.7]
    pairs = list(combinations(sorted(owners), 2))
    one, other = np.array(pairs, np.int64).T
    bounds = Screen(owners, free, WEIGHTS).bounds(one, other, ENOUGH)
    kept = 0
    for (a, b), bound in zip(pairs, bounds.tolist(), strict=True):
        likest = _likest(owners[a], owners[b], a in free)
        assert bound >= min(likest, ENOUGH), (owners[a], owners[b])
        kept += bound >= ENOUGH
    assert 0 < kept < 0.8 * len(pairs)


def test_names_whose_words_are_known_are_as_alike_as_the_bound_says() -> None:
    names = [Weighed.of(Form(words, ()), WEIGHTS) for words in (("data", "protection", "act"), ("data", "port", "act"))]
    (bound,) = Screen({0: names[:1], 7: names[1:]}, [], WEIGHTS).bounds(np.array([0]), np.array([7]), ENOUGH)
    assert bound == pytest.approx(compare(names[0], names[1], WEIGHTS).score)


def test_nothing_is_screened_where_there_is_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert Screen({}, [], WEIGHTS).bounds(none, none, ENOUGH).tolist() == []


def test_pairs_out_of_blocks_come_once_and_in_order() -> None:
    one, other = pairs_of([[2, 5], [1, 2, 9], [2, 9], [0, 3]])
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 3), (1, 2), (1, 9), (2, 5), (2, 9)]
    assert [array.tolist() for array in pairs_of([])] == [[], []]
