"""Group words by the company they keep: python -m extraction.training.clusters GLOVE.txt

GLOVE.txt holds word vectors, a word and its numbers on each line, the frequent words first, such as the file of 50
dimensions of GloVe 6B (Pennington, Socher and Manning, 2014; public domain). Its frequent words are grouped by
spherical k-means, and the groups again, twice: three grains of classes for the learned names to look at (Miller,
Guinness and Zamanian, 2004). Writes `clusters.txt` of the model: on each line a coarse class, a middle one, and the
words of a fine one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extraction.names.learned import CLUSTERS, MODEL

WORDS, FINE, MIDDLE, COARSE = 100_000, 1000, 200, 50
LONGEST, TURNS, SEED, BATCH = 24, 25, 1, 8192
Vectors = NDArray[np.float32]
Groups = NDArray[np.int64]


def main() -> None:
    """Read the vectors, group the words and write the file."""
    parser = argparse.ArgumentParser(description="Group words by the company they keep.")
    parser.add_argument("vectors", type=Path, help="a word and its numbers on each line")
    parser.add_argument("--out", type=Path, default=MODEL / CLUSTERS)
    arguments = parser.parse_args()
    words, vectors = read(arguments.vectors)
    fine, centres = grouped(vectors, FINE)
    middle, centres = grouped(centres, MIDDLE)
    coarse, _ = grouped(centres, COARSE)
    lines = [
        f"{coarse[middle[at]]} {middle[at]} " + " ".join(words[i] for i in np.flatnonzero(fine == at))
        for at in range(FINE)
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[list[str], Vectors]:
    """The WORDS first words that are words, and their vectors, of length 1."""
    with path.open(encoding="utf-8") as file:
        rows = list(_rows(file))
    vectors = np.array([row for _, row in rows], dtype=np.float32)
    return [word for word, _ in rows], _directions(vectors)


def _rows(lines: Iterator[str]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for at, line in enumerate(lines):
        word, _, numbers = line.partition(" ")
        if at >= WORDS:
            return
        if len(word) <= LONGEST and word.replace("-", "").replace(".", "").isalpha():
            yield word, np.array(numbers.split(), dtype=np.float32)


def grouped(vectors: Vectors, count: int) -> tuple[Groups, Vectors]:
    """The group of each vector, by direction, and the groups' centres."""
    chosen = np.random.default_rng(SEED).choice(len(vectors), count, replace=False)
    centres = vectors[np.sort(chosen)]
    for _ in range(TURNS):
        groups = _nearest(vectors, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, groups, vectors)
        filled = np.bincount(groups, minlength=count) > 0
        centres = np.where(filled[:, None], _directions(sums), centres)
    return _nearest(vectors, centres), centres


def _nearest(vectors: Vectors, centres: Vectors) -> Groups:
    parts = (vectors[at : at + BATCH] @ centres.T for at in range(0, len(vectors), BATCH))
    return np.concatenate([part.argmax(axis=1) for part in parts])


def _directions(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / (lengths + np.float32(1e-9)), dtype=np.float32)


if __name__ == "__main__":
    main()
