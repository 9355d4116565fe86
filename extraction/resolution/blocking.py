"""Which names are worth comparing: those that share a feature, misspelt words read as what they may be.

A feature is a class and either all of a name's words and marks, or one or two of its rarest words. A feature that many
have tells nothing and is passed over, which keeps the number of comparisons in proportion to that of names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from extraction.resolution.canonical import Form
from extraction.resolution.likeness import Weights

Feature = tuple[str, int, tuple[str, ...]]  # class; 0 for all words, else the number of words; the words
Ints = NDArray[np.int64]
MOST = {0: 60, 1: 12, 2: 60}


def most(feature: Feature) -> int:
    """How many may share a feature that still tells something."""
    return MOST[feature[1]]


def features(form: Form, kind: str, vocabulary: Vocabulary) -> Iterator[Feature]:
    """The features of a name, some perhaps twice."""
    for words in vocabulary.readings(form.words):
        yield kind, 0, (*sorted(words), *form.marks)
        rarest = sorted(set(words), key=lambda word: (-vocabulary.weights.of(word), word))[:4]
        yield from ((kind, 1, (word,)) for word in rarest[:2])
        yield from ((kind, 2, (min(pair), max(pair))) for pair in combinations(rarest, 2))


def pairs_of(blocks: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """All pairs out of any of some ascending blocks, each once and in order: the lesser of each, and the greater."""
    by_size: dict[int, list[Sequence[int]]] = defaultdict(list)
    for block in blocks:
        by_size[len(block)].append(block)
    span = max((block[-1] for alike in by_size.values() for block in alike), default=0) + 1
    found: list[Ints] = [np.zeros(0, np.int64)]
    for size, alike in by_size.items():
        places, (first, second) = np.array(alike, np.int64), np.triu_indices(size, 1)
        found.append((places[:, first] * span + places[:, second]).ravel())
    codes = np.sort(np.concatenate(found))
    # Sorting is faster than the table that numpy's own way of finding each once takes.
    one, other = np.divmod(codes[np.diff(codes, prepend=-1) > 0], span)
    return one, other


class Vocabulary:
    """Finds the words that a rare word may be a misspelling of, by deletions (Garbe's symmetric delete).

    by_deletion  what is left of words without one letter, and these words: as `by_deletion` gives it
    """

    def __init__(self, by_deletion: Mapping[str, Sequence[str]], weights: Weights) -> None:
        self.weights = weights
        self._by_deletion = by_deletion

    def readings(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The words as they stand, and with one of those that nothing attests read as one that is near."""
        yield words
        for place, word in enumerate(words):
            if not self.weights.attests(word):
                found = {other for form in _deletions(word) for other in self._by_deletion.get(form, ())}
                for other in sorted(found - {word})[:3]:
                    yield (*words[:place], other, *words[place + 1 :])


def by_deletion(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by what is left of each without one letter."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for form in _deletions(word):
            found[form].append(word)
    return dict(found)


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))} if len(word) > 3 else {word}
