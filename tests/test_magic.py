"""The cell magic %%sparql, and errors in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import policygraph

ASK = "SELECT ?name WHERE { ?who pol:signed ?what . ?who skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture
def shell(built: Path) -> Iterator[InteractiveShell]:
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "policygraph")
    shell.user_ns["ports"] = policygraph.load(built)
    yield shell
    InteractiveShell.clear_instance()


def test_a_cell_asks_the_only_graph_there_is(shell: InteractiveShell) -> None:
    assert "Japan" in set(shell.run_cell_magic("sparql", "", ASK)["name"])


def test_a_cell_names_its_graph_and_keeps_its_answer(shell: InteractiveShell, built: Path) -> None:
    shell.user_ns["again"] = policygraph.load(built)
    assert shell.run_cell_magic("sparql", "ports --inferred >> who", ASK) is None
    assert "Brazil" in set(shell.user_ns["who"]["name"])


@pytest.mark.parametrize(
    ("line", "cell", "said"), [("harbours", ASK, "ports"), ("", "SELECT ?x {", "not valid SPARQL")]
)
def test_a_mistake_is_one_sentence_without_a_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], line: str, cell: str, said: str
) -> None:
    result = shell.run_cell(f"%%sparql {line}\n{cell}")
    assert not result.success
    shown = capsys.readouterr()
    assert said in shown.out + shown.err and "Traceback" not in shown.out + shown.err
