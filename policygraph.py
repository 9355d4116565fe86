"""The front door: the command line, and the Python API `build` and `load`.

import policygraph
graph = policygraph.build(["briefs/"], out="build/briefs")
graph.statements(predicate="signed")
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import building
from building import Tick
from extraction.errors import PolicygraphError
from graph import folder
from graph.commands import commands
from graph.errors import BadFormat, BadParameter, NotReplaceable
from graph.knowledgegraph import KnowledgeGraph

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["KnowledgeGraph", "PolicygraphError", "build", "load", "load_ipython_extension", "main"]


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
    scheduler: str | None = None,
    decisions: str | Path | None = None,
    progress: Tick | None = None,
) -> KnowledgeGraph:
    """Read files and folders, extract and resolve their facts, and write graph, tables, report and pages to `out`.

    An earlier build in `out` is replaced as a whole at the end, and stays as it was if anything fails. A file that
    cannot be read is set aside and named in `build.json`. What an earlier build in `out` found is taken over where
    neither the text nor what reads it has changed. `jobs` worker processes extract, by default as many as there are
    cores where the text is long, or the workers of the Dask cluster whose scheduler has the address `scheduler`; the
    result is the same. An analyst's `decisions` are honoured, by default those in the `decisions.yaml` that stands with
    the documents. Raises PolicygraphError (see `extraction.errors` and `graph.errors`), whose text is one sentence
    for the user.
    """
    sources = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    out = Path(out)
    if any(out.resolve().is_relative_to(source.resolve()) and source.is_dir() for source in sources):
        raise NotReplaceable(out)
    with folder.replacing(out) as target:
        settings = building.Settings(
            model, Path(domain) if domain else None, jobs, scheduler, Path(decisions) if decisions else None
        )
        building.fill(target, out, sources, settings, progress or (lambda step, done, total: None))
    return load(out)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext policygraph` does: the cell magic `%%sparql`, and data frames that show whole sentences."""
    from graph import magic

    magic.load(shell)


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
        print(f"policygraph {building.version()}")
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
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers extract: tcp://HOST:PORT.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="File of decisions; by default decisions.yaml beside the documents.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what was read and how long it took.")] = False,
) -> None:
    """Build a graph from documents, with tables, report and pages."""
    with _shown(quiet) as progress:
        record = build(
            paths,
            out,
            model=model,
            domain=domain,
            jobs=jobs,
            scheduler=scheduler,
            decisions=decisions,
            progress=progress,
        ).record
    if verbose:
        for document in record["read"]:
            print(f"read {document['source']} as {document['id']}", file=sys.stderr)
        for step, seconds in record["seconds"].items():
            print(f"{step}: {seconds:.1f} s", file=sys.stderr)
    for skip in record["skipped"]:
        print(f"policygraph: {skip['reason']}", file=sys.stderr)
    counts = record["counts"]
    if idle := counts["decisions"] - counts["decisions applied"]:
        print(
            f"policygraph: {idle} of {counts['decisions']} decisions in {record['decisions']} no longer match; "
            f"{out / 'report.md'} lists them",
            file=sys.stderr,
        )
    if not quiet:
        seconds = sum(record["seconds"].values())
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
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bars:
        task, current = bars.add_task("Starting", total=None), ""

        def show(step: str, done: int, total: int) -> None:
            nonlocal current
            if step != current:
                current = step
                bars.reset(task, description=step)
            bars.update(task, completed=done, total=total or None)

        yield show


packs = typer.Typer(help="Make and look over domain packs: what is known of a policy field.", no_args_is_help=True)
Pack = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the pack.")]


@packs.command("new")
def _new_pack(folder: Pack) -> None:
    """Write a commented pack to begin with."""
    from extraction import pack

    for file in pack.start(folder):
        print(file)


@packs.command("check")
def _check_pack(folder: Pack) -> None:
    """Name every mistake in a pack, with its line."""
    from extraction import pack
    from graph.vocabulary import ontology

    found = pack.check(folder, ontology().properties)
    for mistake in found.mistakes:
        print(mistake)
    if found.mistakes:
        raise typer.Exit(1)
    print(f"{folder}: no mistake; {', '.join(f'{count} {what}' for what, count in found.counts.items())}.")


app.add_typer(commands)
app.add_typer(packs, name="domain")

if __name__ == "__main__":
    main()
