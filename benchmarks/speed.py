"""What extraction costs beside the bare spaCy pipeline, on the same text in the same run, in one process.

    python benchmarks/speed.py [PATH ...]        (without PATH: composed papers as one long text, and the sample briefs)

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

PAPERS = 10


def measure() -> list[Figure]:
    """Words per second of extraction, as a share of the bare pipeline's."""
    sample, _ = read([documents.SAMPLE])
    long = Document("long", "", "\n\n".join(text for _, text in documents.texts(PAPERS)))
    return [
        *_figures(f"one text of {len(long.text.split()):,} words", [long], least=0.7),
        *_figures(f"{len(sample)} sample briefs, thrice as dense", sample),
    ]


def _figures(what: str, texts: Sequence[Document], least: float | None = None) -> list[Figure]:
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
        Figure(f"extraction beside the bare pipeline, {what}", taken["bare"] / taken["ours"], least=least),
    ]


if __name__ == "__main__":
    given = [Path(path) for path in sys.argv[1:]]
    printed(_figures(", ".join(sys.argv[1:]), read(given)[0], least=0.7) if given else measure())
