"""Title, date, publisher and language of a document: from `metadata.yaml` beside it, itself, or its first lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from extraction.domain.entries import compose, fields
from extraction.errors import BadDomain, UnreadableFile
from extraction.reading import linebreaks
from extraction.statements.dates import find

TABLE = "metadata.yaml"
FIELDS = ("title", "date", "publisher", "language", "jurisdiction", "source")
_DATING = re.compile(
    r"(?i:\b(?:updated?|published|posted|date|dated|source|released)\b)|^[A-Z ]+,? .{0,30}[–—-]|^\W*[\w ,/-]{4,30}$"
)
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_PUBLISHER = re.compile(r"(?:published by|publisher:|issued by|source:)\s+([^|]{3,100})", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,;|–—-]*(?:\b(?:updated|posted|on)\b.*|\d{4}-\d\d-\d\d.*|\d{1,2}\s\w+\s\d{4}.*|\w+\s\d{1,2},\s?\d{4}.*)?[\s.,;]*$"
)


@dataclass(frozen=True)
class Table:
    """What one `metadata.yaml` says: file name (or its stem) -> field -> value."""

    path: Path
    entries: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, path: Path) -> dict[str, str]:
        """What it says of a file."""
        return self.entries.get(path.name) or self.entries.get(path.stem) or {}


def table(folder: Path) -> Table:
    """The table in a folder, empty where there is none; raises UnreadableFile naming the line of a mistake."""
    path = folder / TABLE
    if not path.is_file():
        return Table(path)
    try:
        return Table(path, _entries(path))
    except BadDomain as error:
        where = f"line {error.line}: " if error.line else ""
        raise UnreadableFile(path, f"{where}{error.reason}") from error


def _entries(path: Path) -> dict[str, dict[str, str]]:
    root = compose(path)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise BadDomain(path, "file names, each with its fields, are expected here", root.start_mark.line + 1)
    entries: dict[str, dict[str, str]] = {}
    for name, node in root.value:
        entry = fields(path, node)
        for key_node, value_node in node.value:
            key, value = key_node.value, value_node.value
            line = key_node.start_mark.line + 1
            if key not in FIELDS:
                raise BadDomain(path, f'"{key}" is none of {", ".join(FIELDS)}', line)
            if not isinstance(value, str):
                raise BadDomain(path, f'"{key}" should be a text', line)
            if key == "date" and not _ISO_DATE.fullmatch(value):
                raise BadDomain(path, f'"{value}" is no date such as 2024, 2024-05 or 2024-05-01', line)
            if key == "jurisdiction" and not re.fullmatch(r"[A-Z]{2}", value):
                raise BadDomain(path, f'"{value}" is no ISO 3166 code of two capitals, such as KE', line)
        entries[name.value] = {key: value.strip() for key, value in entry.items() if value.strip()}
    return entries


def completed(declared: dict[str, str], text: str, stem: str) -> dict[str, str]:
    """All fields: what the file declares, else what its first or last lines say, else what its name or making does."""
    date = iso(declared.get("date", "")) or date_of(text) or iso(declared.get("created", ""))
    return {
        "title": declared.get("title") or title_of(linebreaks.mended(text), stem),
        "date": date,
        "publisher": declared.get("publisher") or publisher_of(text),
        "language": declared.get("language", "")[:2].lower(),
        "jurisdiction": declared.get("jurisdiction", ""),
        "source": declared.get("source", ""),
    }


def iso(date: str) -> str:
    """The ISO date at the head of a stamp ("2024-05-01T10:00:00Z", "2024/05/01"), or that of words; "" for neither."""
    stamp = date.strip().replace("/", "-")
    if match := _ISO_DATE.match(stamp):
        return match[0]
    return next((found.iso for found in find(date)), "")


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
    return next((date for line in _edges(text) if (date := _published(line))), "")


def publisher_of(text: str) -> str:
    """The publisher that the first or last lines name ("Published by Port Desk, 3 May 2024"); "" where none does."""
    for line in _edges(text):
        if len(line) <= 160 and (match := _PUBLISHER.match(line)):
            return _TAIL.sub("", match[1])
    return ""


def _edges(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[:6] + lines[6:][-4:]


def _published(line: str) -> str:
    if len(line) > 200 or not _DATING.search(line):
        return ""
    line = re.sub(r"\b(\d{1,2})([A-Z][a-z]{2})(\d{2})\b", r"\1 \2 20\3", line)
    return next((found.iso for found in find(line) if len(found.iso) == 10), "")
