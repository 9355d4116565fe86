"""The front door: the command line, and the Python API `build` and `load`.

import policygraph
graph = policygraph.build(["briefs/"], out="build/briefs")
graph.statements(predicate="signed")
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

TYPE_CHECKING = False  # as typing.TYPE_CHECKING, whose module takes longer to import than all else here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from building import Tick
    from commandline import app
    from extraction.errors import PolicygraphError
    from graph.knowledgegraph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "PolicygraphError", "app", "build", "load", "load_ipython_extension", "main"]

HELP = "commands.txt"
_ELSEWHERE = {
    "KnowledgeGraph": "graph.knowledgegraph", "PolicygraphError": "extraction.errors", "app": "commandline",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE[name]), name)


def load(out: str | Path) -> KnowledgeGraph:
    """The graph that a build left in `out`. Raises NotABuild where there is none."""
    from graph.knowledgegraph import KnowledgeGraph

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
    from pathlib import Path

    import building
    from graph import folder
    from graph.errors import NotReplaceable

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


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext policygraph` does: the cell magic `%%sparql`, and data frames that show whole sentences."""
    from graph import magic

    magic.load(shell)


def main() -> None:
    """Run the command line; exits 0, 1 (failed) or 2 (wrong use)."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        # Kept as text, since to import the command line takes ten times as long as to start Python.
        path = os.path.join(os.path.dirname(__file__), "graph", HELP)  # noqa: PTH118, PTH120
        with open(path, encoding="utf-8") as text:  # noqa: PTH123
            print(text.read(), end="")
        return
    from commandline import run

    run()


if __name__ == "__main__":
    main()
