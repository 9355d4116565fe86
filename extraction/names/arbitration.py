"""Which candidates are names, and of which class: a learned weighing of what the witnesses say of them.

Each candidate gets a score for each class from weights over its features (`evidence`); a document's names are the set
of typed candidates that do not overlap and have the highest total: semi-Markov segmentation without transitions
(Sarawagi & Cohen 2004), with weights by the averaged structured perceptron (Collins 2002) that
`python -m extraction.training.arbitration` trains.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extraction.names.candidates import Candidate

CLASSES = (
    "Country",
    "Place",
    "GovernmentBody",
    "InternationalOrganization",
    "Organization",
    "Person",
    "Law",
    "Agreement",
    "Initiative",
    "Forum",
)
# The passages that the weights are learned from name something to every seventh word, real papers to every thirtieth:
# the score of a name of which neither registry nor recogniser is sure must be that much above nothing.
CAUTION = 10.0
UNSURE = "unsure"
# A word wrongly taken for a person is worse than a person missed: that much more for a person ...
CAUTION_OF_PERSONS = 15.0
PERSON = CLASSES.index("Person")
# ... and that much more for words without a capital, which are nearly all of a paper.
CAUTION_OF_LOWER_CASE = 25.0
LOWER_CASE = "lower-case"
WEIGHTS = Path(__file__).parents[1] / "models" / "arbitration.npz"


class Arbiter:
    """Weights over features; `choose` gives the names of a document."""

    def __init__(self, index: dict[str, int], weights: NDArray[np.float32]) -> None:
        self.index, self.weights = index, weights

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Arbiter:
        with np.load(path) as stored:
            names = bytes(stored["names"]).decode("utf-8").split("\n")
            return cls({name: i for i, name in enumerate(names)}, stored["weights"].astype(np.float32))

    def save(self, path: Path) -> None:
        names = "\n".join(sorted(self.index, key=self.index.__getitem__)).encode("utf-8")
        np.savez_compressed(path, names=np.frombuffer(names, dtype=np.uint8), weights=self.weights.astype(np.float16))

    def scores(self, described: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """A row of scores over CLASSES for each candidate."""
        if not described:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        ids = [[i for name in names if (i := self.index.get(name)) is not None] for names in described]
        flat = np.fromiter((i for row in ids for i in row), dtype=np.int64)
        offsets = np.cumsum([0, *(len(row) for row in ids)])[:-1]
        found = np.add.reduceat(self.weights[flat], offsets, axis=0)
        found[[UNSURE in names for names in described]] -= CAUTION
        found[:, PERSON] -= CAUTION_OF_PERSONS
        found[[LOWER_CASE in names for names in described]] -= CAUTION_OF_LOWER_CASE
        return found


def best_set(spans: Sequence[Candidate], scores: NDArray[np.floating]) -> list[tuple[int, int, float]]:
    """The non-overlapping candidates with the highest total score: (candidate, class, score) triples, in text order.

    Weighted interval scheduling; a candidate whose best class scores below zero is not a name.
    """
    if not len(spans):
        return []
    order = sorted(range(len(spans)), key=lambda i: (spans[i].end, spans[i].start))
    ends = [spans[i].end for i in order]
    kinds = scores.argmax(axis=1)
    total = [0.0]
    take: list[bool] = []
    before: list[int] = []
    for rank, i in enumerate(order):
        gain = float(scores[i, kinds[i]])
        low, high = 0, rank
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if ends[middle] <= spans[i].start else (low, middle)
        before.append(low)
        take.append(gain > 0 and total[low] + gain > total[-1])
        total.append(max(total[-1], total[low] + gain if gain > 0 else total[-1]))
    chosen: list[tuple[int, int, float]] = []
    rank = len(order)
    while rank:
        if take[rank - 1]:
            i = order[rank - 1]
            chosen.append((i, int(kinds[i]), float(scores[i, kinds[i]])))
            rank = before[rank - 1]
        else:
            rank -= 1
    return chosen[::-1]
