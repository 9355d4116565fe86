"""Annotated passages as typed character spans."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from extraction.training.gold import occurrences


class Labelled(NamedTuple):
    """A stretch of text that names something; `optional` where the annotator might as well have left it out."""

    start: int
    end: int
    label: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the names in it, sorted and free of overlaps."""

    id: str
    text: str
    spans: tuple[Labelled, ...]


def read(folder: Path) -> list[Example]:
    """The passages of a folder with `text/ID.txt` and `gold/ID.json`, sorted by id; names in capitals count too."""
    examples = []
    for path in sorted((folder / "gold").glob("*.json")):
        text = (folder / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
        for entity in entities:
            names = [entity["name"], *entity.get("aliases", [])]
            entity["aliases"] = sorted({*names, *(name.upper() for name in names if len(name) > 4)})
        optional = {entity["id"] for entity in entities if entity.get("optional")}
        spans = (Labelled(start, end, label, key in optional) for start, end, label, key in occurrences(text, entities))
        examples.append(Example(path.stem, text, tuple(spans)))
    return examples


MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z][A-Za-z]+)(\?)?\]")


def marked(path: Path) -> list[Example]:
    """Passages with inline marks, `the [Harbour Act|Law] of [Lomé|Place?]` (? for optional), parted by `---` lines."""
    blocks = path.read_text(encoding="utf-8").split("\n---\n")
    return [_unmark(f"{path.stem}-{at:03}", block.strip("\n")) for at, block in enumerate(blocks) if block.strip()]


def _unmark(identifier: str, block: str) -> Example:
    pieces: list[str] = []
    spans = []
    at = length = 0
    for mark in MARK.finditer(block):
        before, name = block[at : mark.start()], mark.group(1)
        start = length + len(before)
        spans.append(Labelled(start, start + len(name), mark.group(2), bool(mark.group(3))))
        pieces += [before, name]
        length, at = start + len(name), mark.end()
    return Example(identifier, "".join(pieces) + block[at:], tuple(spans))


def own_passages() -> list[Example]:
    """The passages of our own that stand beside this module, passages*.txt."""
    return [example for path in sorted(Path(__file__).parent.glob("passages*.txt")) for example in marked(path)]
