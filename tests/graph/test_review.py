"""Doubts and decisions in the graph, and the walk through them by keys."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from extraction.errors import BadDecisions
from extraction.facts import CorpusFacts, Decided
from graph import curation, find, ledger, report, review, tables, validation, writing
from graph.errors import NotABuild
from graph.keyboard import Keyboard
from graph.store import open_store


@pytest.fixture
def build(out: Path, tmp_path: Path) -> Path:
    """A build whose decisions file is not there yet."""
    folder = shutil.copytree(out, tmp_path / "out")
    record = {"policygraph": "1.0", "decisions": str(tmp_path / "decisions.yaml")}
    (folder / "build.json").write_text(json.dumps(record))
    return folder


def walk(build: Path, keys: str, monkeypatch: pytest.MonkeyPatch, by: str = "", below: float = 0.5) -> tuple[int, str]:
    """How many decisions these keys make, and what was shown."""
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    shown: list[str] = []
    path, count = review.review(build, None, by, Keyboard(), shown.append, below)
    assert path == build.parent / "decisions.yaml"
    return count, "\n".join(shown)


def decisions(build: Path) -> list[tuple[str, ...]]:
    return [(each.action, *each.entities) for each in curation.read_decisions(build.parent / "decisions.yaml")]


def test_a_doubt_stands_in_the_table_with_both_sentences(out: Path) -> None:
    (row,) = pd.read_csv(out / "tables/merge_candidates.csv").itertuples()
    assert (row.first, row.second, row.score) == ("law/cable-ordinance", "law/sea-cable-act", 0.81)
    assert row.first_context.startswith("The Cable Ordinance implements") and row.first_document == "act"
    assert "Sea Cable Act" in row.second_context and row.reason == "one lacks “sea”"


def test_yes_merges_and_keeps_the_better_known(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, shown = walk(build, "y", monkeypatch, by="A. Reader")
    assert count == 1 and "Are these two one thing?" in shown
    assert decisions(build) == [("merge", "law/sea-cable-act", "law/cable-ordinance")]
    assert curation.read_decisions(build.parent / "decisions.yaml")[0].by == "A. Reader"


def test_what_was_decided_is_not_asked_again_and_what_was_skipped_is(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert walk(build, "sq", monkeypatch)[0] == 0
    assert walk(build, "n", monkeypatch)[0] == 1
    assert decisions(build) == [("keep apart", "law/sea-cable-act", "law/cable-ordinance")]
    assert walk(build, "", monkeypatch, below=0)[1] == "There is nothing left to decide."


def test_statements_are_confirmed_and_rejected(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, shown = walk(build, "syn\ncnot what it says\nn", monkeypatch, below=1.01)
    found = curation.read_decisions(build.parent / "decisions.yaml")
    assert [each.action for each in found] == ["confirm", "reject", "reject"] and count == 3
    assert dict(found[0].statement)["sentence"] in shown.replace("\n     ", " ")
    assert [each.comment for each in found] == ["", "", "not what it says"]


def test_back_undoes_and_asks_again(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert walk(build, "ybq", monkeypatch, below=1.01)[0] == 0
    assert not (build.parent / "decisions.yaml").exists()
    assert walk(build, "b?xq", monkeypatch)[0] == 0


def test_rename_and_retype_stay_on_the_question(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "r1Act on Sea Cables\nt2Nonsense\nt2Law\ny"
    count, shown = walk(build, keys, monkeypatch)
    assert count == 3 and "Nonsense is no class" in shown
    assert [action for action, *_ in decisions(build)] == ["rename", "retype", "merge"]


def test_a_file_written_by_hand_keeps_its_comments_and_its_form(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build.parent / "decisions.yaml"
    by_hand = "# ours\ndecisions:\n    - rename: Ghana   # short\n      to: Republic of Ghana\n      date: 2024-05-01\n"
    path.write_text(by_hand)
    walk(build, "y", monkeypatch)
    assert path.read_text().startswith(by_hand)
    assert [action for action, *_ in decisions(build)] == ["rename", "merge"]


@pytest.mark.parametrize("text", ["# only a remark\n", "decisions:\n", "\n"])
def test_an_empty_file_is_begun(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text)
    before = ledger.append(path, {"rename": "A", "to": "B", "date": "2024-05-01"})
    assert before == text and len(curation.read_decisions(path)) == 1


def test_nothing_is_written_where_the_file_would_be_spoilt(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    for text in ("decisions: [{rename: A, to: B, date: 2024-05-01}]\n", "decisions:\n- rename: A\n"):
        path.write_text(text)
        with pytest.raises(BadDecisions):
            ledger.append(path, {"rename": "A", "to": "B", "date": "2024-05-01"})
        assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_build_cannot_be_reviewed(tmp_path: Path) -> None:
    with pytest.raises(NotABuild):
        review.review(tmp_path, None, "", Keyboard(), print)


def test_decisions_stand_in_the_graph_with_their_authors_and_in_the_report(facts: CorpusFacts, tmp_path: Path) -> None:
    act = next(each for each in facts.documents if each.document.id == "act")
    sure = replace(act, statements=(replace(act.statements[0], decision="d2"), *act.statements[1:]))
    given = (
        Decided("d1", "rename", "rename: A -> B", "2024-05-01", "A. Reader", "", "", ("law/sea-cable-act",)),
        Decided("d2", "confirm", "confirm: it", "2024-05-02", "", "read twice"),
        Decided("d3", "merge", "merge: C | D", "2024-05-03", "", "", "no entity is called “C”"),
    )
    documents = tuple(sure if each is act else each for each in facts.documents)
    writing.write(replace(facts, documents=documents, decisions=given), tmp_path / "out", "1.0")
    store = open_store(tmp_path / "out")
    assert [(each.words, each.by, bool(each.fault)) for each in curation.decisions(store)] == [
        ("rename: A -> B", "A. Reader", False),
        ("confirm: it", "analyst", False),
        ("merge: C | D", "analyst", True),
    ]
    attributed = "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?it { ?it prov:wasAttributedTo ?who }"
    subjects = {str(row["it"]) for row in store.query(attributed, use_default_graph_as_union=True)}
    assert "<https://w3id.org/policygraph/id/law/sea-cable-act>" in subjects
    assert any("#statement=" in subject for subject in subjects) and len(subjects) == 5
    tables.write(tmp_path / "out")
    text = report.write(tmp_path / "out").read_text()
    assert "3 decisions were given;\n2 were applied." in text and "no entity is called “C”" in text
    assert validation.validate(tmp_path / "out") == []


def test_a_further_id_leads_to_the_entity(facts: CorpusFacts, tmp_path: Path) -> None:
    entities = tuple(
        replace(each, identifiers=(("policygraph", "law/act-on-sea-cables"),))
        if each.id == "law/sea-cable-act"
        else each
        for each in facts.entities
    )
    writing.write(replace(facts, entities=entities), tmp_path / "out", "1.0")
    assert find.resolve(tmp_path / "out", "law/act-on-sea-cables") == "law/sea-cable-act"
