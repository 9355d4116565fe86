"""How registry files are written: one entry a block, inner lists on one line, empty fields left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

FIELDS = (
    "id", "type", "name", "aliases", "adjectives", "capital", "labels", "identifiers",
    "jurisdiction", "part_of", "year", "ambiguous",
)  # fmt: skip


def entity_id(type_: str, name: str) -> str:
    """The id of an entity: "<type>/<slug of the name>", ASCII, lower case."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("'", "").replace("’", ""))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{type_.lower()}/{slug}"


def write_entities(path: Path, title: str, entries: Iterable[dict[str, Any]]) -> None:
    """Write a registry file with a title comment; fields in the order of `FIELDS`."""
    blocks = (_block(entry) for entry in entries)
    path.write_text(f"# {title} Fields: see README.md\nentities:\n" + "".join(blocks), encoding="utf-8")


def _block(entry: dict[str, Any]) -> str:
    lines = [f"{field}: {_flow(entry[field])}" for field in FIELDS if entry.get(field)]
    return "  - " + "\n    ".join(lines) + "\n"


def _flow(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=True)
    return text.removesuffix("\n").removesuffix("\n...")
