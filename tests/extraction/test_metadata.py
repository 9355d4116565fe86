"""Title, date, publisher and language of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.reading.documents import read
from extraction.reading.metadata import date_of, iso, publisher_of

TEXT = "Rules of the harbour\n\nThe ministers of the region met in Lomé and agreed on the rules for the year."


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Updated: Dec 27,2016 9:12 PM", "2016-12-27"),
        ("Published 3 March 2021", "2021-03-03"),
        ("The convention of 3 March 2021 was adopted by the ministers of the region in their annual meeting.", ""),
    ],
)
def test_dates_of_publication(line: str, date: str) -> None:
    assert date_of(f"Title\n{line}\nText follows here.") == date


def test_publisher_stands_in_the_first_lines() -> None:
    assert publisher_of("Rules of the harbour\nPublished by Port Desk, Lomé Office, 3 May 2024\nText.") == (
        "Port Desk, Lomé Office"
    )
    assert publisher_of("Source: The Harbour Times\nText.") == "The Harbour Times"
    assert publisher_of("The rules were published by the ministry.\nText.") == ""


def test_stamps_become_iso_dates() -> None:
    assert [iso(stamp) for stamp in ("2024-05-01T10:00:00Z", "2024/05/01", "May 2024", "soon", "")] == [
        "2024-05-01", "2024-05-01", "2024-05", "", "",
    ]  # fmt: skip


def test_the_table_beside_the_files_overrides_all_fields(tmp_path: Path) -> None:
    front = "---\ntitle: Mine\ndate: 2019-01-01\n---\n"
    write(tmp_path, "h.md", front + TEXT)
    fields = "title: Other, date: 2020-01, publisher: Desk, jurisdiction: KE, source: https://example.org/h"
    write(tmp_path, "metadata.yaml", f"h.md: {{{fields}}}")
    (document,), skipped = read([tmp_path])
    assert skipped == []
    assert (document.title, document.date, document.publisher) == ("Other", "2020-01", "Desk")
    assert (document.jurisdiction, document.source) == ("KE", "https://example.org/h")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("h.txt:\n  titel: Other\n", 'line 2: "titel" is none of title, date'),
        ("h.txt:\n  title: A\n  date: yesterday\n", 'line 3: "yesterday" is no date'),
        ("h.txt:\n  title: [A]\n", 'line 2: "title" should be a text'),
        ("h.txt: {jurisdiction: Kenya}\n", 'line 1: "Kenya" is no ISO 3166 code'),
        ("- h.txt\n", "line 1: file names"),
        ("h.txt: {title: A\n", "line"),
    ],
)
def test_a_mistake_in_the_table_is_told_with_its_line(tmp_path: Path, table: str, said: str) -> None:
    write(tmp_path, "h.txt", TEXT)
    write(tmp_path, "metadata.yaml", table)
    (document,), (skip,) = read([tmp_path])
    assert document.title == "Rules of the harbour"
    assert "metadata.yaml cannot be read" in skip.reason and said in skip.reason


def test_the_table_decides_about_the_language(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", "Le ministre a signé la convention avec les pays de la région, " * 5)
    write(tmp_path, "metadata.yaml", "a.txt: {language: fr}\nb.txt: {language: en}\n")
    (document,), (skip,) = read([tmp_path])
    assert document.id == "b" and "'fr'" in skip.reason


def test_the_state_that_a_document_is_from_places_what_every_state_has(tmp_path: Path) -> None:
    from extraction.domain import registry
    from extraction.facts import Document, DocumentFacts
    from extraction.resolution.jurisdiction import _home

    for code in ("KE", ""):
        found = DocumentFacts(Document("h", "h", TEXT, jurisdiction=code))
        assert _home(found, {}, registry.load()) == code
