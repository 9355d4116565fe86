"""A build onto an earlier one gives what a build from nothing gives, whatever came, went or changed in between."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extraction.workers
import policygraph

TEXTS = (
    "In 2021 Kenya signed the Harbour Charter. Japan did not sign the Harbour Charter.\n",
    "Japan opposed the Harbour Charter. Brazil hosted the Clean Cables Forum in Recife in June 2022.\n",
    "The Parliament of Kenya passed the Cable Security Act on 12 March 2021. Brazil supports the Harbour Charter.\n",
    "Japan launched the Clean Cables Initiative in 2023, and Kenya and Brazil took part in the Clean Cables Forum.\n",
    "Nothing is named here.\n",
)
NAMES = ("cables.txt", "harbours.txt", "ports.txt")
corpora = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS), min_size=1)


def write(folder: Path, corpus: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
    for name, text in corpus.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    """Every file that a build wrote, and its store's quads; build.json says when it was made."""
    files = (path for path in out.rglob("*") if path.is_file() and path.relative_to(out).parts[0] != "store")
    found = {str(path.relative_to(out)): path.read_bytes() for path in files if path.name != "build.json"}
    quads = pyoxigraph.Store.read_only(str(out / "store"))
    # Blank nodes have other names in every store.
    return found | {"store": "\n".join(sorted(quad for quad in map(str, quads) if "_:" not in quad)).encode()}


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(corpora, min_size=2, max_size=4))
def test_any_sequence_of_changes_ends_where_a_build_from_nothing_does(sequence: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for corpus in sequence:
            policygraph.build(write(folder / "texts", corpus), folder / "out", jobs=1)
        policygraph.build(folder / "texts", folder / "fresh", jobs=1)
        assert contents(folder / "out") == contents(folder / "fresh")


def test_only_what_changed_is_extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    work = extraction.workers._extract

    def watched(*arguments: object) -> object:
        read.extend(part.text for part in arguments[-1])  # type: ignore[attr-defined]
        return work(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction.workers, "_extract", watched)
    corpus = dict(zip(NAMES, TEXTS, strict=False))
    policygraph.build(write(tmp_path / "texts", corpus), tmp_path / "out", jobs=1)
    assert len(read) == len(NAMES)
    read.clear()
    policygraph.build(write(tmp_path / "texts", corpus | {NAMES[1]: TEXTS[3]}), tmp_path / "out", jobs=1)
    assert read == [TEXTS[3].strip()] or read == [TEXTS[3]]


@pytest.mark.parametrize(
    "damaged",
    [
        "facts/ports.jsonl",
        "graph.nq",
        "store/CURRENT",
        "site/index.html",
        "site/entity/country-kenya.html",
        "site.json",
    ],
)
def test_a_damaged_earlier_build_is_not_believed(damaged: str, tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", dict(zip(NAMES, TEXTS, strict=False)))
    policygraph.build(texts, tmp_path / "out", jobs=1)
    whole = contents(tmp_path / "out")
    path = tmp_path / "out" / damaged
    path.write_bytes(path.read_bytes()[:-30])
    policygraph.build(texts, tmp_path / "out", jobs=1)
    assert contents(tmp_path / "out") == whole
