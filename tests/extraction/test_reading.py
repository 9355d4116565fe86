"""Files to documents."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.errors import MissingPath, NothingToRead, UnreadableFile
from extraction.reading.documents import read, tidy
from extraction.reading.linebreaks import unwrap

TEXT = "Rules of the harbour\n\nThe ministers of the region met in Lomé and agreed on the rules for the year."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_plain_text_keeps_its_lines_and_gets_a_title(tmp_path: Path) -> None:
    (document,), skipped = read([write(tmp_path, "harbour.txt", TEXT)])
    assert (document.id, document.title, document.text, skipped) == ("harbour", "Rules of the harbour", TEXT, [])


def test_a_text_without_a_title_is_called_by_its_file_name(tmp_path: Path) -> None:
    (document,), _ = read([write(tmp_path, "07-harbour-rules.txt", TEXT.replace("Rules of the harbour", "Preface"))])
    assert document.title == "Harbour rules"


def test_markdown_loses_its_marks_and_gives_its_front_matter(tmp_path: Path) -> None:
    front = "---\ntitle: The harbour\ndate: 2024-05-01\npublisher: Port Desk\n---\n"
    body = "# Rules\n\nThe **ministers** of the [region](http://x.y) met\nin the town.\n\n- one port\n- two\n"
    (document,), _ = read([write(tmp_path, "h.md", front + body)])
    assert (document.title, document.date, document.publisher) == ("The harbour", "2024-05-01", "Port Desk")
    assert document.text.split("\n\n") == [
        "Rules",
        "The ministers of the region met in the town.",
        "one port",
        "two\n",
    ]


def test_a_table_of_metadata_overrides_the_file(tmp_path: Path) -> None:
    write(tmp_path, "metadata.yaml", "h.txt: {title: Other, date: 2020-01-02, publisher: Desk}")
    (document,), _ = read([write(tmp_path, "h.txt", TEXT)])
    assert (document.title, document.date, document.publisher) == ("Other", "2020-01-02", "Desk")


def test_html_is_read_without_its_markup(tmp_path: Path) -> None:
    page = f"<html><head><title>Harbour</title></head><body><p>{TEXT}</p><script>alert(1)</script></body></html>"
    (document,), _ = read([write(tmp_path, "h.html", page)])
    assert "Lomé" in document.text and "<p>" not in document.text and "alert" not in document.text


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", b"\xff\xfa\x00binary")
    write(tmp_path, "c.txt", "")
    write(tmp_path, "d.xyz", TEXT)
    write(tmp_path, "e.txt", "Le ministre a signé la convention avec les pays de la région, " * 5)
    documents, skipped = read([tmp_path])
    assert [document.id for document in documents] == ["a"]
    assert [Path(skip.path).name for skip in skipped] == ["b.txt", "c.txt", "d.xyz", "e.txt"]
    assert all(Path(skip.path).name in skip.reason and skip.reason.endswith(".") for skip in skipped)


def test_two_files_of_one_name_get_two_ids(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    paths = [write(tmp_path, "a.txt", TEXT), write(tmp_path / "x", "a.txt", TEXT)]
    documents, _ = read(paths)
    assert [document.id for document in documents] == ["a", "a-2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"\xff\xfa\x00", "UTF-8"), (b"a\x00b", "binary"), (b" \n ", "no text")],
)
def test_a_single_bad_file_is_named_with_its_reason(tmp_path: Path, content: bytes, words: str) -> None:
    path = write(tmp_path, "bad.txt", content)
    with pytest.raises(UnreadableFile, match=words) as error:
        read([path])
    assert "bad.txt" in str(error.value)


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="nowhere"):
        read([tmp_path / "nowhere"])
    with pytest.raises(NothingToRead):
        read([tmp_path])


def test_wrapped_lines_and_hyphenation_are_mended() -> None:
    assert tidy("the pro-\ntection of\nthe harbour.\nNext line") == "the protection of the harbour.\nNext line"
    assert tidy("a long-\nterm plan; long-term plans") == "a long-term plan; long-term plans"
    assert tidy("the Asia-\nPacific ports\u00ad") == "the Asia-\nPacific ports"


def test_text_set_to_a_width_is_one_line_a_paragraph() -> None:
    words = (
        "The Regulations on the Keeping of Registers of Ships and the Law on Harbours apply to all vessels of the port."
    )
    paragraph = textwrap.fill(f"{words} {words} {words}", 60)
    text = f"A Heading of the Text\n\n{paragraph}\n\n{paragraph}\n\nHosts: Kenya\nPlace: Lomé"
    joined = f"{words} {words} {words}"
    assert unwrap(text) == f"A Heading of the Text\n\n{joined}\n\n{joined}\n\nHosts: Kenya\nPlace: Lomé"


def test_a_line_that_goes_on_in_lower_case_is_joined_whatever_its_indent() -> None:
    assert unwrap("The harbour has made rules\n an essential part of its work.") == (
        "The harbour has made rules an essential part of its work."
    )
    assert unwrap("Three steps\n(1) the first\n(2) the second") == "Three steps\n(1) the first\n(2) the second"


def test_a_heading_does_not_end_with_a_preposition() -> None:
    assert unwrap("Box 2 Charter on the Keeping of\nHarbour Registers\n\nIt is new.") == (
        "Box 2 Charter on the Keeping of Harbour Registers\n\nIt is new."
    )


def test_short_lines_stay_lines() -> None:
    lines = "Hosts: Kenya and Ghana\nPlace: Lomé\nParties: Benin, Togo\nDate: 3 May 2024"
    assert unwrap(lines) == lines


@pytest.mark.parametrize(
    "line",
    ["Source: The Ministry of Harbours of Kenya", "Published by Port Desk, 3 May 2024", "Last updated on 3 May 2024",
     "Read more: Kenya signs the Digital Ports Charter", "Tags: Kenya, harbours", "Skip to main content"],
)  # fmt: skip
def test_a_line_that_says_whence_a_text_comes_is_no_prose(line: str) -> None:
    assert tidy(f"{line}\nThe harbour.").strip() == "The harbour."


@pytest.mark.parametrize(
    "line", ["Sources in Lomé said that the port was closed.", "The source of the river lies in Kenya.", "2024"]
)
def test_prose_about_sources_stays(line: str) -> None:
    assert tidy(line) == line


def test_furniture_is_dropped() -> None:
    assert tidy("Home | Contact | Login\nThe harbour.\nPage 3 of 9\n© 2024 The Port").strip() == "The harbour."


@given(st.text(max_size=300))
def test_tidy_text_is_stable(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once or "-\n" in text or "\n" in text
    assert "\x00" not in once and "\u202e" not in once
