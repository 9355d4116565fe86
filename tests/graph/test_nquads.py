"""A graph file and its store follow what changed, and end as if made from nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import nquads
from graph.nquads import Graph

numbers = st.frozensets(st.integers(0, 8), max_size=6)
states = st.lists(st.dictionaries(st.sampled_from("abcdef"), numbers, min_size=1), min_size=1, max_size=4)


def graphs(state: dict[str, frozenset[int]]) -> list[Graph]:
    def lines(name: str, values: frozenset[int]) -> list[str]:
        quads = [
            f'<http://e/{value}> <http://e/says> "größer < than > {value} <x> ." <http://e/{name}> .\n'
            for value in values
        ]
        return [*quads, *quads[:1]]

    return [
        Graph(f"http://e/{name}", str(sorted(values)), lambda n=name, v=values: lines(n, v))  # type: ignore[misc]
        for name, values in state.items()
    ]


def build(state: dict[str, frozenset[int]], out: Path, earlier: Path) -> None:
    out.mkdir()
    nquads.load(out / "graph.nq", out / "store", earlier, nquads.write(graphs(state), out, earlier))


def contents(out: Path) -> tuple[bytes, str, set[str]]:
    quads = set(map(str, ox.Store.read_only(str(out / "store"))))
    return (out / "graph.nq").read_bytes(), (out / "graph.json").read_text(), quads


@settings(max_examples=10, deadline=None, derandomize=True)
@given(states, st.sampled_from([2, 500]))
def test_any_sequence_of_changes_ends_as_if_from_nothing(sequence: list[dict[str, frozenset[int]]], run: int) -> None:
    with TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patch:
        folder = Path(temporary)
        patch.setattr(nquads, "RUN", run)
        patch.setattr(nquads, "FEW", 100.0)
        for number, state in enumerate(sequence, 1):
            build(state, folder / str(number), folder / str(number - 1))
        build(sequence[-1], folder / "fresh", folder / "nowhere")
        assert contents(folder / str(len(sequence))) == contents(folder / "fresh")
        lines = (folder / "fresh" / "graph.nq").read_bytes().splitlines()
        assert lines == sorted(set(lines))


STATE = {name: frozenset({ord(name) % 9}) for name in "abcdef"}


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    build(STATE, tmp_path / "earlier", tmp_path / "nowhere")
    return tmp_path / "earlier"


def test_unchanged_graphs_are_not_written_anew(earlier: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    unasked = [Graph(graph.name, graph.digest, lambda: pytest.fail("asked for")) for graph in graphs(STATE)]
    changed = graphs({"a": frozenset({1, 2})})
    difference = nquads.write([*changed, *unasked[1:]], out, earlier)
    assert difference and (len(difference.added), len(difference.removed)) == (2, 1)


@pytest.mark.parametrize("name", ["graph.nq", "graph.json", "store/CURRENT"])
def test_a_damaged_earlier_build_is_not_believed(name: str, earlier: Path, tmp_path: Path) -> None:
    path = earlier / name
    path.write_bytes(path.read_bytes()[:-9])
    changed = STATE | {"a": frozenset({1, 2})}
    build(changed, tmp_path / "out", earlier)
    build(changed, tmp_path / "fresh", tmp_path / "nowhere")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_store_that_does_not_fit_its_file_is_made_anew(
    earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nquads, "FEW", 100.0)
    store = ox.Store(str(earlier / "store"))
    store.remove(next(quad for quad in store if quad.graph_name.value == "http://e/f"))
    store.flush()
    del store
    build(STATE | {"a": frozenset({1, 2})}, tmp_path / "out", earlier)
    assert len(contents(tmp_path / "out")[2]) == 7
