"""PDF to text, a line a line of the page: without running heads and feet, with broken words marked.

pdfium says where a hyphen only breaks a word (U+0002 or U+FFFE), which no reader of plain lines can know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extraction.errors import UnreadableFile

_BREAK = re.compile("-?[\x02\ufffe]\\s*")
_NOTE_MARK = re.compile(r"(?<=[a-z]{4})[1-9]\d?(?=[\s.,;:)]|$)|(?<=[a-z][.,;])[1-9]\d?(?=\s[A-Z]|$)", re.MULTILINE)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
EDGE = 2
"""Lines at the head and at the foot of a page that may be running ones."""


def read(path: Path) -> tuple[str, dict[str, str]]:
    """A PDF's text, and the title and date that it declares; raises UnreadableFile where it is damaged or locked."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
            declared = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(path, "it is locked by a password" if locked else "it is damaged or no PDF") from error
    running = _running(pages)
    text = _flowing([line for page in pages for line in _body(page, running)])
    text = _NOTE_MARK.sub("", _BREAK.sub("", text))
    if pages and not text.strip():
        raise UnreadableFile(path, "it holds pictures of pages and no text; run it through OCR first")
    found = {"title": declared.get("Title", "")}
    if date := _DATE.match(declared.get("CreationDate", "")):
        found["created"] = "-".join(date.groups())
    return text, found


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the edge of most pages, page numbers aside."""
    edges = Counter(key for page in pages for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])})
    return {key for key, count in edges.items() if count > 1 and count * 2 > len(pages)}


def _body(page: Sequence[str], running: set[str]) -> list[str]:
    last = len(page) - EDGE
    return [line for at, line in enumerate(page) if EDGE <= at < last or _key(line) not in running]


def _flowing(lines: Sequence[str]) -> str:
    """The lines as one text, joined where a space at the end says that the line goes on.

    Many programs keep the space at which they broke a line; where all lines end in one, it says nothing.
    """
    spaced = sum(line.endswith(" ") for line in lines)
    telling = spaced * 5 < len(lines) * 4
    return "".join(line if telling and line.endswith(" ") else line.rstrip() + "\n" for line in lines)


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line).strip()
