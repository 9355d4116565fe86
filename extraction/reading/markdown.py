"""Markdown as plain lines: one for each heading, paragraph, list item and table row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
# What converters leave of a footnote's mark: "[^1]", and a link to an anchor whose text is a number or an arrow.
_NOTE = re.compile(r"\[\^\w+\]:?")
_MARK = re.compile(r"[\d*†‡↩↑^\[\]\ufe0e]+")


def front_matter(text: str) -> tuple[str, str]:
    """The YAML between two lines of dashes at the head of a text, "" where there is none, and what follows it."""
    match = _FRONT_MATTER.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def plain(text: str) -> str:
    """The words of a Markdown text, blocks apart by an empty line, the cells of a table by bars."""
    from markdown_it import MarkdownIt

    lines: list[str] = []
    cells: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(_NOTE.sub("", text)):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            lines.append(" | ".join(cells))
            cells = None
        elif token.type == "table_close":
            lines.append("")
        elif token.type == "inline":
            words = "".join(_words(token.children or ()))
            if cells is None:
                lines.extend([words, ""])
            else:
                cells.append(words)
        elif token.type in {"fence", "code_block"}:
            lines.extend([token.content, ""])
    return "\n".join(lines)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    anchored: list[str] | None = None
    for token in tokens:
        if token.type == "link_open" and str(token.attrGet("href") or "").startswith("#"):
            anchored = []
        elif token.type == "link_close" and anchored is not None:
            text, anchored = "".join(anchored), None
            if not _MARK.fullmatch(text):
                yield text
        elif token.type not in {"image", "html_inline"}:
            words = " " if token.type in {"softbreak", "hardbreak"} else token.content
            if anchored is None:
                yield words
            else:
                anchored.append(words)
