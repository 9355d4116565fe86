"""Which pairs of names need no closer look: all at once, from the words they share and bounds on all else.

The likeness of two names is known from their common words alone, where none of the others may be another badly spelt.
Where one may, or where what is left of both may be one word written apart, the pair is compared in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from extraction.resolution.blocking import Ints
from extraction.resolution.likeness import Weighed, Weights, resemblance

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
WIDTHS = (4, 6, 9, 14, 24)
CELLS = 4_000_000  # word by word, how much is compared at a time
FURTHEST = 2  # how much longer a word may be than what it is a misspelling of
ROUNDING = 1e-9


class Screen:
    """Tells the pairs of names that may be as alike as is asked; made once for all names.

    owners  by place: the names of each
    free    places whose names may differ in that one has no number
    """

    def __init__(self, owners: Mapping[int, Sequence[Weighed]], free: Sequence[int], weights: Weights) -> None:
        names = [name for each in owners.values() for name in each]
        words = {word: place for place, word in enumerate(sorted({word for name in names for word in name.words}))}
        marks: dict[tuple[str, ...], int] = {(): 0}
        size = max(owners, default=0) + 1
        self._count: Ints = np.zeros(size, np.int64)
        self._count[list(owners)] = [len(each) for each in owners.values()]
        self._first: Ints = np.zeros(size, np.int64)
        self._first[list(owners)] = np.cumsum([0, *map(len, owners.values())])[:-1]
        self._free: Bools = np.zeros(size, np.bool_)
        self._free[list(free)] = True
        self._names = [sorted(map(words.__getitem__, name.words)) for name in names]
        self._length: Ints = np.array(list(map(len, self._names)), np.int64)
        self._total = np.array([name.total for name in names])
        self._twice: Bools = np.array([name.twice for name in names], np.bool_)
        self._marks: Ints = np.array([marks.setdefault(name.form.marks, len(marks)) for name in names], np.int64)
        self._words, self._weights = list(words), weights
        # The last word is none: it fills the rows of shorter names.
        self._weight = np.array([*map(weights.of, words), 0.0])
        self._odd: Bools = np.array([*(len(word) == 1 or not weights.attests(word) for word in words), False])
        self._letters: Ints = np.array([*map(len, words), 0], np.int64)
        self._alphabet: Ints = np.array([*(sum({1 << ord(c) % 32 for c in word}) for word in words), 0], np.int64)

    def bounds(self, one: Ints, other: Ints, enough: float) -> Floats:
        """Of pairs of places, 0..1: the most that a name of the one and one of the other may be alike.

        From `enough` up it may be less than they are alike: such pairs are to be compared in any case.
        """
        sizes = self._count[one] * self._count[other]
        pair = np.repeat(np.arange(len(one)), sizes)
        nth = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        a = self._first[one][pair] + nth // self._count[other][pair]
        b = self._first[other][pair] + nth % self._count[other][pair]
        x, y = self._marks[a], self._marks[b]
        wanted = np.flatnonzero((x == y) | (self._free[one][pair] & ((x == 0) | (y == 0))))
        a, b, pair = a[wanted], b[wanted], pair[wanted]
        widest, before = np.maximum(self._length[a], self._length[b]), -1
        found: Floats = np.zeros(len(one))
        for width in (*WIDTHS, max(map(len, self._names), default=0)):
            of_width = np.flatnonzero((widest > before) & (widest <= width))
            if len(of_width):
                rows = self._rows(width)
                for some in np.array_split(of_width, len(of_width) * width * width // CELLS + 1):
                    np.maximum.at(found, pair[some], self._likeness(rows, a[some], b[some], enough))
            before = max(before, width)
        return found

    def _rows(self, width: int) -> Ints:
        none = len(self._words)
        rows = [
            [*words, *[none] * (width - len(words))] if len(words) <= width else [none] * width for words in self._names
        ]
        return np.array(rows, np.int64).reshape(len(rows), width)

    def _likeness(self, rows: Ints, a: Ints, b: Ints, enough: float) -> Floats:
        left, right, none = rows[a], rows[b], len(self._words)
        same = (left[:, :, None] == right[:, None, :]) & (left != none)[:, :, None]
        shared = same.any(2)
        matched, total = (self._weight[left] * shared).sum(1), self._total[a] + self._total[b]
        found: Floats = np.divide(2 * matched, total, out=np.zeros(len(a)), where=total > 0) + ROUNDING
        found[self._twice[a] | self._twice[b]] = 1.0
        rest = np.flatnonzero(found < enough)
        left = np.where(shared[rest], none, left[rest])
        right = np.where(same[rest].any(1), none, right[rest])
        found[rest[self._apart(left, right) | self._misspelt(left, right)]] = 1.0
        return found

    def _apart(self, left: Ints, right: Ints) -> Bools:
        """Whether words may be the same letters, written as more words in one of two names."""
        none = len(self._words)
        several = (left != none).sum(1) + (right != none).sum(1) > 2
        x, y = self._letters[left].sum(1), self._letters[right].sum(1)
        differing = np.bitwise_or.reduce(self._alphabet[left], 1) ^ np.bitwise_or.reduce(self._alphabet[right], 1)
        # A letter for another takes one from the letters of a word and adds one.
        near = (abs(x - y) <= FURTHEST) & (_bits(differing) <= 2 * FURTHEST)
        found: Bools = several & (x > 0) & (y > 0) & (near | (np.minimum(x, y) == 1))
        return found

    def _misspelt(self, left: Ints, right: Ints) -> Bools:
        """Whether any word of one name is like one of the other."""
        x, y = self._letters[left][:, :, None], self._letters[right][:, None, :]
        shortest = np.minimum(x, y)
        odd = self._odd[left][:, :, None] | self._odd[right][:, None, :]
        row, i, j = np.nonzero(odd & (shortest > 0) & ((abs(x - y) <= FURTHEST) | (shortest == 1)))
        codes, place = np.unique(left[row, i] * len(self._words) + right[row, j], return_inverse=True)
        alike = np.array([self._resemble(*divmod(code, len(self._words))) for code in codes.tolist()], np.bool_)
        found: Bools = np.zeros(len(left), np.bool_)
        found[row[alike[place]]] = True
        return found

    def _resemble(self, one: int, other: int) -> bool:
        return resemblance(self._words[one], self._words[other], self._weights) > 0


def _bits(numbers: Ints) -> Ints:
    """How many bits of each of some numbers of 32 are set."""
    found: Ints = _BITS[numbers & 0xFFFF] + _BITS[numbers >> 16]
    return found


_BITS: Ints = np.array([number.bit_count() for number in range(1 << 16)], np.int64)
