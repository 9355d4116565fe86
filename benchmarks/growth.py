"""How the time of every step of a build grows with the number of documents.

    python benchmarks/growth.py [COUNT ...]        (100, 1,000 and 10,000, which take a quarter of an hour)

The exponent is the slope of log time over log number, fitted by least squares: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import documents
import numpy as np
from figures import Figure, peak, printed

import policygraph

COUNTS = (100, 1_000, 10_000)
PARAGRAPHS = 1
# A step that takes less time than this is all start-up, and no exponent can be told from it.
SHORTEST = 0.05


def measure(counts: Sequence[int] = COUNTS) -> list[Figure]:
    """Seconds of every step for every number of documents, and the exponent that fits them."""
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        # A first build pays for what is loaded only once.
        for number, count in enumerate((10, *counts)):
            texts = Path(folder) / f"texts{number}"
            documents.write(count, texts, PARAGRAPHS, prose=0)
            record = policygraph.build(texts, Path(folder) / f"out{number}", jobs=1).record
            if number:
                for step, seconds in record["seconds"].items():
                    taken.setdefault(step, []).append(seconds)
    figures = []
    for step, times in taken.items():
        for count, seconds in zip(counts, times, strict=True):
            figures.append(Figure(f"{step}, {count:,} documents", seconds, "s"))
        if times[0] >= SHORTEST:
            figures.append(Figure(f"{step}: exponent", _exponent(counts, times), "", most=1.15))
    return [*figures, Figure(f"peak memory of a build, {counts[-1]:,} documents", peak(), "MB")]


def _exponent(counts: Sequence[int], times: Sequence[float]) -> float:
    return float(np.polyfit([math.log(count) for count in counts], [math.log(time) for time in times], 1)[0])


if __name__ == "__main__":
    printed(measure(tuple(map(int, sys.argv[1:])) or COUNTS))
