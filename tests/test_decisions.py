"""Decisions from end to end: build, review by keys, build again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import policygraph
from extraction.errors import BadDecisions, MissingPath, SeveralDecisions

FRONT_DOOR = Path(policygraph.__file__)
ONE = "The Harbour Safety League, led by Amina Okoro, launched the Safe Cables Initiative in Accra in May 2021.\n"
OTHER = "Amina Okore of the Cable Users Union opposes the Safe Cables Initiative.\n"


def run(*arguments: str | Path, keys: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, FRONT_DOOR, *map(str, arguments)], input=keys, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions") / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE)
    (folder / "other.txt").write_text(OTHER)
    return folder


def test_what_is_reviewed_is_honoured_by_the_next_build(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = policygraph.build(texts, out)
    assert {"Amina Okoro", "Amina Okore"} <= set(first.entities()["name"])
    done = run("review", out, "--by", "A. Reader", keys="y")
    assert done.returncode == 0, done.stderr
    assert "1 decision in" in done.stdout and (texts / "decisions.yaml").is_file()
    second = policygraph.build(texts, out)
    assert {"Amina Okoro", "Amina Okore"} & set(second.entities()["name"]) in ({"Amina Okoro"}, {"Amina Okore"})
    assert second.record["counts"]["decisions applied"] == second.record["counts"]["decisions"] == 1
    assert second.record["decisions"] == str(texts / "decisions.yaml")
    again = run("review", out, keys="")
    assert "Are these two one thing?" not in again.stdout
    (texts / "decisions.yaml").unlink()
    elsewhere = tmp_path / "ours.yaml"
    elsewhere.write_text("decisions:\n- {rename: Nobody at all, to: X, date: 2024-05-01}\n")
    told = run("build", texts, "-o", out, "--decisions", elsewhere)
    assert told.returncode == 0 and "1 of 1 decisions" in told.stderr and str(elsewhere) in told.stderr


def test_mistakes_stop_the_build_before_it_begins(texts: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("decisions:\n- merge: [A]\n  date: 2024-05-01\n")
    with pytest.raises(BadDecisions, match="line 2"):
        policygraph.build(texts, tmp_path / "out", decisions=bad)
    with pytest.raises(MissingPath):
        policygraph.build(texts, tmp_path / "out", decisions=tmp_path / "none.yaml")
    folders = []
    for name in ("a", "b"):
        folders.append(tmp_path / name)
        folders[-1].mkdir()
        (folders[-1] / "text.txt").write_text(ONE)
        (folders[-1] / "decisions.yaml").write_text("decisions:\n")
    with pytest.raises(SeveralDecisions, match="--decisions"):
        policygraph.build(folders, tmp_path / "out")
    assert not (tmp_path / "out").exists()
