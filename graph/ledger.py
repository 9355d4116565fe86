"""The decisions file as a text that grows: entries are added behind what stands there, comments and all."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml

from extraction.domain.entries import compose, line_of
from extraction.errors import BadDecisions
from graph import curation, folder

HEADER = "# What was decided on the graph; see docs/decisions.md. It may be edited by hand.\ndecisions:\n"


def append(path: Path, entry: dict[str, Any]) -> str | None:
    """Add an entry to a decisions file, whole or not at all; the text that stood there before, None where no file did.

    Raises BadDecisions where the file would not be one any more, and UnwritableFolder.
    """
    before = path.read_text(encoding="utf-8") if path.is_file() else None
    root = compose(path) if before else None
    text = before if root and before else (before or "") + HEADER
    added = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=4096)
    _write(path, text.rstrip() + "\n" + textwrap.indent(added, " " * _column(path, root)))
    try:
        curation.read_decisions(path)
    except BadDecisions:
        restore(path, before)
        raise
    return before


def restore(path: Path, text: str | None) -> None:
    """Put back what `append` gave."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, text)


def _column(path: Path, root: yaml.Node | None) -> int:
    """How far the entries of a file are indented."""
    entries = root.value[0][1] if isinstance(root, yaml.MappingNode) and root.value else None
    if not isinstance(entries, yaml.SequenceNode):
        return 0
    if entries.flow_style:
        reason = "its list stands in square brackets; write each decision on lines of its own, behind a -"
        raise BadDecisions(path, reason, line_of(entries))
    return int(entries.start_mark.column)


def _write(path: Path, text: str) -> None:
    with folder.written(path) as fresh:
        fresh.write_text(text, encoding="utf-8")
