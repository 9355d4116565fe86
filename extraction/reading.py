"""Files to documents: text with stable offsets, title, date and publisher.

Plain text and Markdown are read here; PDF, DOCX, HTML, ODT, RTF and EPUB through kreuzberg. A `metadata.yaml` beside
the files ({file name: {title, date, publisher, language}}) overrides what the files say of themselves.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from .dates import find
from .errors import MissingPath, NothingToRead, PolicygraphError, UnreadableFile
from .facts import Document
from .furniture import without_furniture

PLAIN = {".txt", ".text"}
MARKDOWN = {".md", ".markdown"}
OFFICE = {".pdf", ".docx", ".html", ".htm", ".xhtml", ".odt", ".rtf", ".epub"}
METADATA = "metadata.yaml"
FIELDS = ("title", "date", "publisher", "language")
LARGEST = 200_000_000
WIDEST = 130
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "on",
        "with",
        "as",
        "by",
        "are",
        "was",
        "be",
        "it",
        "this",
        "from",
        "at",
        "an",
        "which",
        "or",
        "has",
        "have",
        "will",
        "not",
        "its",
        "their",
    ]
)
_DATING = re.compile(
    r"(?i:\b(?:updated?|published|posted|date|dated|source|released)\b)|^[A-Z ]+,? .{0,30}[–—-]|^\W*[\w ,]{4,30}$"
)
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was set aside, and why, as one sentence."""

    path: str
    reason: str


def read(paths: Sequence[Path]) -> tuple[list[Document], list[Skipped]]:
    """Read files and the files below folders, sorted by path; ids are file names without ending, made unique by -2 ...

    Raises MissingPath for a path that is not there, NothingToRead where no file could be read at all.
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    taken: set[str] = set()
    for path in _files(paths, skipped):
        try:
            document = _read_file(path)
        except PolicygraphError as error:
            skipped.append(Skipped(str(path), str(error)))
            continue
        unique, number = document.id, 1
        while unique in taken:
            number += 1
            unique = f"{document.id}-{number}"
        taken.add(unique)
        documents.append(replace(document, id=unique))
    if not documents:
        first = (
            skipped[0].reason
            if len(skipped) == 1
            else f"none of its {len(skipped)} files could be read"
            if skipped
            else "it holds no file that can be read"
        )
        if len(skipped) == 1 and len(paths) == 1 and Path(skipped[0].path) == paths[0]:
            raise UnreadableFile(paths[0], _after_colon(first))
        raise NothingToRead(paths[0], _after_colon(first))
    return documents, skipped


def _after_colon(sentence: str) -> str:
    return sentence.rsplit(": ", 1)[-1].rstrip(".")


def _files(paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise MissingPath(path)
        if path.is_file():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if name.startswith(".") or name == METADATA:
                    continue
                if file.suffix.lower() in PLAIN | MARKDOWN | OFFICE:
                    yield file
                else:
                    skipped.append(
                        Skipped(str(file), f"{file} cannot be read: its ending is none that policygraph knows.")
                    )


def _read_file(path: Path) -> Document:
    if not path.is_file():
        raise UnreadableFile(path, "it is not a regular file")
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFile(path, "it is empty")
        if size > LARGEST:
            raise UnreadableFile(path, f"it is larger than {LARGEST // 1_000_000} MB")
        text, found = _content(path)
        found |= {key: value for key, value in _beside(path).items() if key in FIELDS and value}
    except OSError as error:
        raise UnreadableFile(path, (error.strerror or "the system refused").lower()) from error
    text = tidy(text)
    if not text.strip():
        raise UnreadableFile(path, "it holds no text")
    if not found.get("language") and not is_english(text):
        raise UnreadableFile(path, "its text does not seem to be English")
    return Document(
        id=path.stem,
        source=str(path),
        text=text,
        title=found.get("title") or title_of(text, path.stem),
        date=found.get("date") or date_of(text),
        publisher=found.get("publisher", ""),
        language=found.get("language", "en"),
        digest=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _content(path: Path) -> tuple[str, dict[str, str]]:
    """A file's text, and what it says of itself."""
    suffix = path.suffix.lower()
    if suffix in OFFICE:
        return _office(path)
    text = _decode(path)
    return _markdown(text) if suffix in MARKDOWN else (text, {})


def _decode(path: Path) -> str:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, "it is not UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise UnreadableFile(path, "it holds binary data, not text")
    return text


def _markdown(text: str) -> tuple[str, dict[str, str]]:
    """Markdown as plain lines: a line a heading, paragraph, list item or table row."""
    from markdown_it import MarkdownIt

    front: dict[str, str] = {}
    if match := re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL):
        front = _fields(_yaml(match.group(1)))
        text = text[match.end() :]
    lines: list[str] = []
    cells: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            lines.append(" | ".join(cells))
            cells = None
        elif token.type == "inline":
            words = "".join(
                " " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or ()
            )
            if cells is None:
                lines.extend([words, ""])
            else:
                cells.append(words)
        elif token.type in {"fence", "code_block"}:
            lines.extend([token.content, ""])
    return "\n".join(lines), front


def _office(path: Path) -> tuple[str, dict[str, str]]:
    import kreuzberg

    try:
        result = kreuzberg.extract_file_sync(str(path))
    except (kreuzberg.KreuzbergError, RuntimeError, ValueError) as error:
        raise UnreadableFile(path, "its format is damaged, encrypted or not what its ending says") from error
    metadata: dict[str, Any] = dict(result.metadata or {})
    found = {
        "title": str(metadata.get("title") or ""),
        "date": str(metadata.get("created_at") or metadata.get("date") or "")[:10],
    }
    return result.content, {
        key: value for key, value in found.items() if value and (key != "date" or _ISO_DATE.match(value))
    }


def _beside(path: Path) -> dict[str, str]:
    """What `metadata.yaml` in the file's folder says of it."""
    table = path.parent / METADATA
    if not table.is_file():
        return {}
    entries = _yaml(table.read_text(encoding="utf-8"))
    return _fields(entries.get(path.name) or entries.get(path.stem) or {}) if isinstance(entries, dict) else {}


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, yaml.CSafeLoader) or {}
    except yaml.YAMLError:
        return {}


def _fields(entry: Any) -> dict[str, str]:
    return {key: str(entry[key]).strip() for key in FIELDS if isinstance(entry, dict) and entry.get(key)}


def tidy(text: str) -> str:
    """The text that offsets will point into: NFC, one kind of line end, no control characters, wrapped lines mended."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]",
        "",
        text,
    )
    text = re.sub(r"[\u00a0\u2007\u202f]", " ", text)
    text = re.sub(r"(?<=[a-z])-[ \t]*\n(?=[a-z])", "", text)
    return unwrap(without_furniture(text))


def unwrap(text: str) -> str:
    """Join lines that a page's width broke, with one space between them.

    In a text set to a width (most lines nearly as long as the long ones), a line is joined to the next where the next
    one's first word would not have fitted; in any text, where the next one goes on in lower case.
    """
    lines = text.split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    full = sum(length > 0.8 * width for length in lengths)
    wrapped = 40 <= width <= WIDEST and 2 * full > len(lengths)
    out = [lines[0]]
    for line, following in pairwise(lines):
        end, word = line.rstrip(), following.split(" ", 1)[0]
        broken = wrapped and following[:1].strip() and end and len(end) + 1 + len(word) > width - 2
        goes_on = end and end[-1] not in ".:;!?•|" and re.match(r"\s*(?:[a-z]|\([A-Za-z])", following)
        if broken or goes_on:
            out[-1] = out[-1].rstrip()
            out.append(" " + following.lstrip())
        else:
            out.append("\n" + following)
    return "".join(out)


def title_of(text: str, stem: str = "") -> str:
    """The first line that reads like a title (three words to 160 characters, no full stop); else the file's name."""
    for line in [line.strip() for line in text.splitlines() if line.strip()][:6]:
        if len(line) > 160:
            break
        if len(line.split()) >= 3 and not line.endswith((".", ":", ";", ",")) and "|" not in line:
            return line
    words = re.sub(r"^\d+[-_ ]+", "", stem).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def date_of(text: str) -> str:
    """The date of publication that the first or last lines give ("Updated: Dec 27, 2016"), ISO; "" where none does."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((date for line in (*lines[:6], *lines[-4:]) if (date := _published(line))), "")


def _published(line: str) -> str:
    if len(line) > 200 or not _DATING.search(line):
        return ""
    line = re.sub(r"\b(\d{1,2})([A-Z][a-z]{2})(\d{2})\b", r"\1 \2 20\3", line)
    return next((found.iso for found in find(line) if len(found.iso) == 10), "")


def is_english(text: str) -> bool:
    """Whether English function words make up the share of the first words that they do in English prose."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    return len(words) < 20 or sum(word in _ENGLISH for word in words) / len(words) > 0.12
