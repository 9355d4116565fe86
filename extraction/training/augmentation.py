"""More training text out of the same passages: names are exchanged, headings change case, dashes change form."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from extraction.training.annotation import Example, Labelled

INVENTIONS = Path(__file__).with_name("inventions.yaml")
SLOT = re.compile(r"\{(\w+)\}")


class Inventor:
    """Composes invented names from the patterns of `inventions.yaml`."""

    def __init__(self, countries: Sequence[str], places: Sequence[str], path: Path = INVENTIONS) -> None:
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.names: Mapping[str, Sequence[str]] = data["names"]
        self.parts: Mapping[str, Sequence[str]] = {**data["parts"], "Country": countries, "Place": places}

    def invent(self, label: str, choose: random.Random) -> str:
        """A new name of that type."""
        return self._fill(choose.choice(self.names[label]), choose)

    def _fill(self, pattern: str, choose: random.Random) -> str:
        return SLOT.sub(lambda slot: self._part(slot.group(1), choose), pattern)

    def _part(self, kind: str, choose: random.Random) -> str:
        if kind == "acronym":
            return "".join(choose.choices(string.ascii_uppercase, k=choose.choice((3, 3, 4, 4, 5))))
        return self._fill(choose.choice(self.parts[kind]), choose)


def exchange(
    example: Example,
    pool: Mapping[str, Sequence[str]],
    inventor: Inventor,
    choose: random.Random,
    share: float = 0.7,
    invented: float = 0.5,
) -> Example:
    """The passage with a `share` of its names exchanged, the same name for the same name all through.

    pool maps a type to names of other passages; `invented` is the share of the exchanges that invent a name instead.
    A name of one word is exchanged for one of one word, so that acronyms and short forms keep their places.
    """
    exchanged: dict[tuple[str, str], str] = {}
    pieces: list[str] = []
    spans: list[Labelled] = []
    at = length = 0
    for span in example.spans:
        name = example.text[span.start : span.end]
        key = (name, span.label)
        if key not in exchanged:
            exchanged[key] = (
                _another(name, span.label, pool, inventor, choose, invented) if choose.random() < share else name
            )
        new = exchanged[key]
        pieces += [example.text[at : span.start], new]
        start = length + span.start - at
        spans.append(Labelled(start, start + len(new), span.label, span.optional))
        length, at = start + len(new), span.end
    return Example(example.id, "".join(pieces) + example.text[at:], tuple(spans))


def _another(
    name: str, label: str, pool: Mapping[str, Sequence[str]], inventor: Inventor, choose: random.Random, invented: float
) -> str:
    for _ in range(20):
        new = inventor.invent(label, choose) if choose.random() < invented else choose.choice(pool[label])
        if (" " in new) == (" " in name) and "\n" not in new and name.isupper() == new.isupper():
            return new
    return name


def recased(example: Example, choose: random.Random, share: float = 0.5) -> Example:
    """The passage with a `share` of its heading-like lines in capitals, and its dashes and quotes in another form."""
    text = list(example.text)
    for match in re.finditer(r"^[^\n]{4,90}[^\n.!?:;,]$", example.text, re.MULTILINE):
        if choose.random() < share:
            upper = match.group().upper()
            if len(upper) == len(match.group()):
                text[match.start() : match.end()] = upper
    swaps = choose.choice(({"-": "‑"}, {"–": "-"}, {"’": "'", "“": '"', "”": '"'}, {"'": "’"}, {}))
    return Example(example.id, "".join(swaps.get(c, c) for c in text), example.spans)
