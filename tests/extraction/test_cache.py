"""Facts are kept where nothing changed that they depend on, and never believed where anything is odd about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extraction.cache import FactsFolder
from extraction.facts import Document, DocumentFacts, Entity, Mention, Span, Statement, read_jsonl

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
