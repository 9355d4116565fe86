"""Facts are kept where nothing changed that they depend on, and never believed where anything is odd about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extraction.cache import FactsFolder
from extraction.facts import Document, DocumentFacts, Entity, Mention, Span, Statement, read_jsonl
from extraction.reading import Skipped, formats, stream

DOCUMENT = Document("ports", "ports.txt", "Kenya signed the Harbour Charter.", "Ports", "2021-04-02", "Test Desk")
FACTS = DocumentFacts(
    DOCUMENT,
    (Entity("agreement/harbour-charter", "Agreement", "Harbour Charter"), Entity("country/kenya", "Country", "Kenya")),
    (Mention(0, 5, "country/kenya", "Country", "name"),),
    (
        Statement(
            "country/kenya", "signed", "agreement/harbour-charter", "asserted", "", 0.9, 0, 33, Span(0, 5),
            Span(17, 32), "sign",
        ),
    ),
)  # fmt: skip


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The folder of facts that an earlier build left."""
    FactsFolder(tmp_path / "earlier", "reader", tmp_path / "none").add(FACTS)
    return tmp_path / "earlier"


def kept(earlier: Path, document: Document, made_by: str = "reader") -> DocumentFacts | None:
    folder = FactsFolder(earlier.with_name("later"), made_by, earlier)
    return read_jsonl(folder.path(document)) if folder.keep(document) else None


def test_facts_come_back_as_they_were(earlier: Path) -> None:
    assert kept(earlier, DOCUMENT) == FACTS
    assert (earlier.with_name("later") / "ports.jsonl").read_bytes() == (earlier / "ports.jsonl").read_bytes()


def test_what_extraction_does_not_look_at_may_change(earlier: Path) -> None:
    renamed = replace(DOCUMENT, id="harbours", source="new/harbours.md", title="Harbours", publisher="Other Desk")
    assert kept(earlier, renamed) == replace(FACTS, document=renamed)
    fresh = FactsFolder(earlier.with_name("fresh"), "reader", earlier.with_name("none"))
    fresh.add(replace(FACTS, document=renamed))
    assert fresh.path(renamed).read_bytes() == (earlier.with_name("later") / "harbours.jsonl").read_bytes()


@pytest.mark.parametrize("change", [{"text": DOCUMENT.text + " "}, {"date": "2021-04-03"}])
def test_what_extraction_looks_at_may_not(earlier: Path, change: dict[str, str]) -> None:
    assert kept(earlier, replace(DOCUMENT, **change)) is None  # type: ignore[arg-type]


def test_another_reader_finds_other_facts(earlier: Path) -> None:
    assert kept(earlier, DOCUMENT, "newer reader") is None


def resealed(text: str) -> str:
    """A statement changed by hand, under the old seal."""
    return text.replace('"asserted"', '"negated"')


def without_seal(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if '"seal"' not in line)


def foreign_seal(text: str) -> str:
    *lines, seal = text.splitlines()
    return "\n".join([*lines, json.dumps(json.loads(seal) | {"digest": "0" * 64}), ""])


@pytest.mark.parametrize(
    "damage",
    [resealed, without_seal, foreign_seal, lambda text: text[:-40], lambda text: "", lambda text: "[]\n7\n" + text],
)
def test_a_damaged_file_is_not_believed(earlier: Path, damage: Callable[[str], str]) -> None:
    path = earlier / "ports.jsonl"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert kept(earlier, DOCUMENT) is None


def test_a_file_that_is_no_text_is_not_believed(earlier: Path) -> None:
    (earlier / "ports.jsonl").write_bytes(bytes(range(256)) * 9)
    (earlier / "folder.jsonl").mkdir()
    assert kept(earlier, DOCUMENT) is None


def test_a_path_that_is_no_unicode_is_kept(earlier: Path) -> None:
    odd = replace(DOCUMENT, source="caf\udce9.txt")
    assert kept(earlier, odd) == replace(FACTS, document=odd)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of two texts that an earlier build read, with an entry on one of them."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "ports.txt").write_text(DOCUMENT.text + "\n", encoding="utf-8")
    (folder / "cables.txt").write_text("Japan opposed the Harbour Charter.\n", encoding="utf-8")
    (folder / "metadata.yaml").write_text("cables: {date: 2021-04-02}\n", encoding="utf-8")
    kept = FactsFolder(tmp_path / "earlier", "reader", tmp_path / "none")
    for document in stream([folder], []):
        kept.add(DocumentFacts(document))
    return folder


def reread(texts: Path, monkeypatch: pytest.MonkeyPatch, made_by: str = "reader") -> set[str]:
    """The files that are taken apart in the next build; what comes of all is what comes of them without an earlier."""
    taken: set[str] = set()
    content = formats.content
    monkeypatch.setattr(formats, "content", lambda path: taken.add(path.name) or content(path))
    folder = FactsFolder(texts.with_name("later"), made_by, texts.with_name("earlier"))
    found = list(stream([texts], [], folder.read))
    again = set(taken)
    assert found == list(stream([texts], []))
    return again


def test_a_file_that_is_the_same_is_not_taken_apart_again(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reread(texts, monkeypatch) == set()


def test_a_file_is_taken_apart_again_when_it_or_its_metadata_changed(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (texts / "ports.txt").write_text("Kenya left the Harbour Charter.\n", encoding="utf-8")
    assert reread(texts, monkeypatch) == {"ports.txt"}
    (texts / "metadata.yaml").write_text("cables: {date: 2021-04-03}\n", encoding="utf-8")
    assert reread(texts, monkeypatch) == {"ports.txt", "cables.txt"}


def test_all_files_are_taken_apart_again_by_another_reader(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reread(texts, monkeypatch, "newer reader") == {"ports.txt", "cables.txt"}


def test_a_file_is_taken_apart_again_when_what_was_read_of_it_was_changed_by_hand(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = texts.with_name("earlier") / "ports.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("signed", "shunned"), encoding="utf-8")
    assert reread(texts, monkeypatch) == {"ports.txt"}


def test_a_file_of_the_same_name_in_another_folder_is_another(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (texts / "a").mkdir()
    (texts / "a" / "ports.txt").write_bytes((texts / "ports.txt").read_bytes())
    assert reread(texts, monkeypatch) == {"ports.txt"}


def test_what_was_left_out_of_a_file_is_said_again(tmp_path: Path) -> None:
    german = "Die Regierung hat im vergangenen Jahr ein neues Gesetz über die Häfen beschlossen, das nun gilt."
    (tmp_path / "ports.txt").write_text(f"{(DOCUMENT.text + ' ') * 9}\n\n{german}\n", encoding="utf-8")
    earlier = FactsFolder(tmp_path / "earlier", "reader", tmp_path / "none")
    said: list[list[Skipped]] = []
    for folder in (earlier, FactsFolder(tmp_path / "later", "reader", tmp_path / "earlier")):
        said.append([])
        for document in stream([tmp_path / "ports.txt"], said[-1], folder.read):
            folder.add(DocumentFacts(document))
    assert said[0] == said[1] and "German" in said[0][0].reason
