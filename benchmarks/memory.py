"""What memory extraction takes, and that it does not grow with the corpus: a process for each size.

python benchmarks/memory.py [COUNT]        (with COUNT: this process extracts as many documents)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import documents
from figures import Figure, peak, printed

from extraction.cache import FactsFolder
from extraction.facts import Document
from extraction.workers import extract_all

FEW, MANY = 200, 2000
PARAGRAPHS = 2


def measure() -> list[Figure]:
    """Peak memory for many documents beside that for few."""
    few, many = (_peak(count) for count in (FEW, MANY))
    return [
        Figure(f"peak memory of a worker, {MANY:,} documents", many, "MB"),
        Figure(f"peak memory of a worker, {MANY:,} documents beside {FEW}", many / few, most=1.3),
    ]


def _peak(count: int) -> float:
    done = subprocess.run([sys.executable, __file__, str(count)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _extract(count: int) -> None:
    def texts() -> Iterator[Document]:
        for name, text in documents.texts(count, PARAGRAPHS, prose=0):
            yield Document(name, "", text)

    with tempfile.TemporaryDirectory() as folder:
        kept = FactsFolder(Path(folder) / "facts", "", Path(folder) / "none")
        for facts in extract_all(texts(), jobs=1):
            kept.add(facts)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _extract(int(sys.argv[1]))
        print(peak())
    else:
        printed(measure())
