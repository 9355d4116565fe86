"""Extraction on several processor cores: documents in, facts out, in the same order and the same to the byte.

Every worker process loads the pipelines once and takes one document at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .facts import Document, DocumentFacts
from .pipeline import DEFAULT_MODEL, Pipeline, extract, load

# Below this number of documents a second process takes longer to start than it saves.
WORTHWHILE = 100
_pipeline: Pipeline | None = None


def extract_all(
    documents: Sequence[Document], model: str = DEFAULT_MODEL, domain: Path | None = None, jobs: int | None = None
) -> Iterator[DocumentFacts]:
    """The facts of each document, in the order of the documents, by `jobs` worker processes.

    Without a number of jobs, all cores are used for a hundred documents and more, else only this process. Raises
    UnknownModel and BadDomain.
    """
    pipeline = load(model, domain)
    jobs = min(jobs or (cores() if len(documents) >= WORTHWHILE else 1), len(documents))
    if jobs < 2:
        yield from extract(documents, pipeline)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (model, domain)) as pool:
        yield from pool.map(_extract_one, documents)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(model: str, domain: Path | None) -> None:
    global _pipeline
    _pipeline = load(model, domain)


def _extract_one(document: Document) -> DocumentFacts:
    assert _pipeline is not None
    return next(extract([document], _pipeline))
