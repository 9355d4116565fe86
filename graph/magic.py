"""The `%%sparql` cell magic of IPython and Jupyter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import BadParameter
from graph.knowledgegraph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas as pd

SENTENCE_WIDTH = 160
"""Characters of a cell that pandas shows after the extension is loaded; its own 50 cut most sentences."""


def load(shell: Any) -> None:
    """Register `%%sparql` with IPython's `shell`, and let data frames show whole sentences."""
    import pandas as pd

    def sparql(line: str, cell: str) -> pd.DataFrame | None:
        """%%sparql [GRAPH] [>> NAME] [--inferred]: ask a graph in SPARQL, and keep the answer under a name."""
        return _answer(shell, line, cell)

    shell.register_magic_function(sparql, "cell", "sparql")
    pd.set_option("display.max_colwidth", SENTENCE_WIDTH)


def _answer(shell: Any, line: str, cell: str) -> pd.DataFrame | None:
    before, arrow, name = line.partition(">>")
    words = before.split()
    inferred = "--inferred" in words
    named = [word for word in words if word != "--inferred"]
    if len(named) > 1 or (arrow and not name.strip().isidentifier()):
        raise BadParameter("The line of a cell is  %%sparql GRAPH >> NAME  with both optional, and --inferred.")
    answer = _graph(shell.user_ns, named[0] if named else "").query(cell, inferred=inferred)
    if arrow:
        shell.user_ns[name.strip()] = answer
        return None
    return answer


def _graph(names: dict[str, Any], wanted: str) -> KnowledgeGraph:
    """The graph of that name, or the only one there is."""
    graphs = {
        name: value for name, value in names.items() if isinstance(value, KnowledgeGraph) and not name.startswith("_")
    }
    if wanted in graphs:
        return graphs[wanted]
    if not wanted and len({value.out.resolve() for value in graphs.values()}) == 1:
        return next(iter(graphs.values()))
    offer = f"; there are {', '.join(sorted(graphs))}" if graphs else "; make one with  graph = policygraph.load(OUT)"
    raise BadParameter(f"Say which graph to ask: %%sparql NAME{offer}.")
