"""The command line: `policygraph build`, `query`, `find`, ...; slow modules are imported where they are needed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import building
import policygraph
from building import Tick
from extraction.errors import PolicygraphError
from graph.commands import commands
from graph.errors import BadFormat, BadParameter

app = typer.Typer(
    help="Policy documents in, an auditable knowledge graph out.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run() -> None:
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
    finally:
        # Else Python looks for cycles in all that a build leaves behind before it ends, for as long as a step takes.
        gc.freeze()


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
        record = policygraph.build(
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
    from extraction.domain import pack

    for file in pack.start(folder):
        print(file)


@packs.command("check")
def _check_pack(folder: Pack) -> None:
    """Name every mistake in a pack, with its line."""
    from extraction.domain import pack
    from graph.vocabulary import ontology

    found = pack.check(folder, ontology().properties)
    for mistake in found.mistakes:
        print(mistake)
    if found.mistakes:
        raise typer.Exit(1)
    print(f"{folder}: no mistake; {', '.join(f'{count} {what}' for what, count in found.counts.items())}.")


app.add_typer(commands)
app.add_typer(packs, name="domain")
