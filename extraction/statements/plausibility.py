"""How plausible it is that a sentence states a relation between two things: what writing frames did not reach.

One logistic regression for each predicate over the features of an ordered pair (`pairs`), the frames that met it
among them, in the manner of feature-based relation extraction (Zhou et al., ACL 2005; Mintz et al., ACL 2009). The
weights are trained by `python -m extraction.training.relations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parents[1] / "models" / "plausibility.npz"


class Plausibility:
    """Weights over features, a column for each predicate."""

    def __init__(self, index: dict[str, int], predicates: tuple[str, ...], weights: NDArray[np.float32]) -> None:
        self.index, self.predicates, self.weights = index, predicates, weights

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Plausibility:
        with np.load(path) as stored:
            names = bytes(stored["names"]).decode("utf-8").split("\n")
            predicates = tuple(bytes(stored["predicates"]).decode("utf-8").split("\n"))
            return cls({name: i for i, name in enumerate(names)}, predicates, stored["weights"].astype(np.float32))

    def save(self, path: Path) -> None:
        names = "\n".join(sorted(self.index, key=self.index.__getitem__)).encode("utf-8")
        np.savez_compressed(
            path,
            names=np.frombuffer(names, dtype=np.uint8),
            predicates=np.frombuffer("\n".join(self.predicates).encode("utf-8"), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
        )

    def scores(self, described: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Probability (0..1) of each predicate, a row for each pair; every pair has a known feature ("bias")."""
        if not described:
            return np.zeros((0, len(self.predicates)), dtype=np.float32)
        rows = [sorted({i for name in names if (i := self.index.get(name)) is not None}) for names in described]
        flat = np.fromiter((i for row in rows for i in row), dtype=np.int64)
        offsets = np.cumsum([0, *(len(row) for row in rows)])[:-1]
        total = np.add.reduceat(self.weights[flat], offsets, axis=0)
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))), dtype=np.float32)


@cache
def plausibility(path: Path = WEIGHTS) -> Plausibility:
    return Plausibility.load(path)
