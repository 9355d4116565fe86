"""Domain packs: one to begin with, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.domain import pack
from extraction.domain.lexicon import KNOWLEDGE
from extraction.errors import MissingPath, NotEmpty
from graph.vocabulary import ontology

PREDICATES = ontology().properties

FAULTY = {
    "pack.yaml": (
        "titel: Ports\nextends: some\nwithout: [Laws]\ntypes: {Treaty: Agrement}\n",
        ['1: "titel"', '2: "extends" is either', '3: "Laws" is no class; perhaps "Law"', '4: "Agrement" is no class'],
    ),
    "ports.yaml": (
        "entities:\n  - {id: law/x, type: Law, name: Port Act}\n  - id: law/x\n    type: Lwa\n    nmae: Other\n"
        "  - {id: law/z, type: Law, name: Quay Act, year: soon}\n",
        ['3: this entry lacks the field "name"', '3: "Lwa" is none of', '5: "nmae"', '6: "soon" cannot be'],
    ),
    "heads.yaml": (
        "heads:\n  Lawe: {words: [Tariff]}\n  Law: {wrods: [Tariff], words: Tariff}\ntitle: [harbour master]\n",
        ['2: "Lawe"', '3: "wrods" is neither', "3: a list is expected", '4: "title" is no list'],
    ),
    "frames.yaml": (
        "frames:\n  - name: dredge\n    predicate: dredged\n    verb: dredge\n    subject: {role: agent, type: State}\n"
        "    object: {role: patient}\n  - name: dredge\n    predicate: supports\n    status: maybe\n    confidence: 2\n"
        "    subject: {role: agent, type: Country}\n    verb: $all\n    colour: red\n",
        ['3: "dredged"', '5: "State"', "6: the object of a frame", '7: another frame is called "dredge"',
         '7: this frame lacks', '9: "maybe" is no status', '10: "2" is no number', '12: "$all"', '13: "colour"'],
    ),
    "notes.yaml": ("a: b\n", ['1: it is none of']),
    "torn.yaml": ("entities: [\n", ["2: "]),
}  # fmt: skip


def test_the_starting_pack_has_no_mistake(tmp_path: Path) -> None:
    written = pack.start(tmp_path / "mine")
    assert [path.name for path in written] == ["entities.yaml", "frames.yaml", "heads.yaml", "pack.yaml"]
    assert all(path.read_text(encoding="utf-8").startswith("#") for path in written)
    assert pack.check(tmp_path / "mine", PREDICATES).mistakes == []
    with pytest.raises(NotEmpty, match="mine"):
        pack.start(tmp_path / "mine")


def test_the_built_in_pack_has_no_mistake(tmp_path: Path) -> None:
    for name in ("pack.yaml", "heads.yaml", "frames.yaml"):
        if (KNOWLEDGE / name).exists():
            (tmp_path / name).write_bytes((KNOWLEDGE / name).read_bytes())
    assert [str(mistake) for mistake in pack.check(tmp_path, PREDICATES).mistakes] == []


@pytest.mark.parametrize("name", FAULTY)
def test_every_mistake_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    content, expected = FAULTY[name]
    (tmp_path / name).write_text(content, encoding="utf-8")
    told = [str(mistake) for mistake in pack.check(tmp_path, PREDICATES).mistakes]
    assert all(sentence.startswith(f"{tmp_path / name}, line ") and sentence.endswith(".") for sentence in told)
    missing = [start for start in expected if not any(f"line {start}" in sentence for sentence in told)]
    assert missing == [], told
    assert len(told) >= len(expected)


def test_entries_are_held_against_one_another(tmp_path: Path) -> None:
    text = "entities:\n  - {id: law/x, type: Law, name: Port Act}\n  - {id: law/y, type: Law, name: Port Act}\n"
    (tmp_path / "ports.yaml").write_text(text, encoding="utf-8")
    (told,) = pack.check(tmp_path, PREDICATES).mistakes
    assert told.line == 3 and "also a name of law/x" in told.reason
    text = "entities:\n  - {id: law/x, type: Law, name: Port Act, part_of: law/none}\n"
    (tmp_path / "ports.yaml").write_text(text, encoding="utf-8")
    (told,) = pack.check(tmp_path, PREDICATES).mistakes
    assert told.line == 2 and '"law/none" is the id of no entry' in told.reason


def test_a_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        pack.check(tmp_path / "nowhere", PREDICATES)
    (told,) = pack.check(tmp_path, PREDICATES).mistakes
    assert "domain new" in told.reason
