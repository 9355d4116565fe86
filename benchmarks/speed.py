"""What extraction costs beside the bare spaCy pipeline, on the same text in the same run.

    python benchmarks/speed.py [PATH ...]        (without PATH: the sample corpus)

Both start from documents that are read and models that are loaded; runs alternate, and the best of each counts. The
last line is a whole build, from files to pages, model loading included.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import spacy

import policygraph
from extraction import pipeline
from extraction.reading import read

ROUNDS = 3
SAMPLE = Path(__file__).parent.parent / "examples" / "corpus"


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(paths: list[Path]) -> None:
    """Print words per second of the bare pipeline, of extraction, and of a whole build."""
    documents, _ = read(paths)
    words = sum(len(document.text.split()) for document in documents)
    bare = spacy.load(pipeline.DEFAULT_MODEL)
    ours = pipeline.load()
    texts = [document.text for document in documents]
    works: dict[str, Callable[[], object]] = {
        "bare spaCy pipeline": lambda: list(bare.pipe(texts)),
        "extraction": lambda: list(pipeline.extract(documents, ours)),
    }
    rounds = [{name: seconds(work) for name, work in works.items()} for _ in range(ROUNDS)]
    best = {name: min(taken[name] for taken in rounds) for name in works}
    with tempfile.TemporaryDirectory() as folder:
        best["whole build"] = seconds(lambda: policygraph.build(paths, Path(folder) / "out"))
    print(f"{len(documents)} documents, {words} words")
    for name, taken in best.items():
        print(f"{name:<20} {taken:8.2f} s {words / taken:10.0f} words/s {taken / best['bare spaCy pipeline']:8.2f} x")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or [SAMPLE])
