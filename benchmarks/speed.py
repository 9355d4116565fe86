"""What extraction costs beside the bare spaCy pipeline, on the same text in the same run, in one process.

    python benchmarks/speed.py [PATH ...]        (without PATH: the sample briefs, and composed ones as one long text)

Both start from documents that are read and models that are loaded; runs alternate, and the best of each counts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import documents
import spacy
from figures import Figure, fastest, printed

from extraction import pipeline
from extraction.facts import Document
from extraction.reading.documents import read

LONG = 60


def measure() -> list[Figure]:
    """Words per second of extraction, as a share of the bare pipeline's."""
    sample, _ = read([documents.SAMPLE])
    long = Document("long", "", "\n\n".join(text for _, text in documents.texts(LONG, prose=0)))
    return [
        *_figures(f"{len(sample)} sample briefs", sample),
        *_figures(f"one text of {len(long.text.split()):,} words", [long]),
    ]


def _figures(what: str, texts: Sequence[Document]) -> list[Figure]:
    words = sum(len(document.text.split()) for document in texts)
    bare, ours = spacy.load(pipeline.DEFAULT_MODEL), pipeline.load()
    taken = fastest(
        {
            "bare": lambda: list(bare.pipe(document.text for document in texts)),
            "ours": lambda: list(pipeline.extract(texts, ours)),
        }
    )
    return [
        Figure(f"extraction, {what}", words / taken["ours"], "words/s"),
        Figure(f"bare spaCy pipeline, {what}", words / taken["bare"], "words/s"),
        Figure(f"extraction beside the bare pipeline, {what}", taken["bare"] / taken["ours"], least=0.7),
    ]


if __name__ == "__main__":
    given = [Path(path) for path in sys.argv[1:]]
    printed(_figures(", ".join(sys.argv[1:]), read(given)[0]) if given else measure())
