"""Attribute lists of docstrings ("name    what it is") as lists of the documentation's pages."""

from __future__ import annotations

import re
from typing import Any

import griffe

_ITEM = re.compile(r"([a-z_]\w*(?:, \w+)*) {2,}(\S.*)")


class Lists(griffe.Extension):
    """Rewrites docstrings as they are read."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Turn the aligned lists of one docstring into Markdown."""
        if obj.docstring:
            obj.docstring.value = listed(obj.docstring.value)


def listed(text: str) -> str:
    """The text with every aligned list as a Markdown list."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        if found := _ITEM.fullmatch(line):
            lines += ([] if inside else [""]) + [f"- `{found[1]}`: {found[2]}"]
            inside = True
        elif inside and line.startswith("  "):
            lines[-1] += f" {line.strip()}"
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines)
