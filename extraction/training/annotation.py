"""Annotated passages: typed character spans, and the relations that a passage states.

python -m extraction.training.annotation FILE...      checks files of marked passages
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from extraction.domain.frames import load
from extraction.domain.registry import CLASSES
from extraction.training.gold import annotated, occurrences


class Related(NamedTuple):
    """A relation that a passage states between two of its names, each as it stands there."""

    subject: str
    predicate: str
    object: str
    date: str = ""
    status: str = "asserted"
    optional: bool = False


class Labelled(NamedTuple):
    """A stretch of text that names something; `optional` where the annotator might as well have left it out."""

    start: int
    end: int
    label: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the names in it, sorted and free of overlaps.

    same       names of one thing, a tuple for each thing that has several
    relations  what it states, or None where that was not annotated
    """

    id: str
    text: str
    spans: tuple[Labelled, ...]
    same: tuple[tuple[str, ...], ...] = ()
    relations: tuple[Related, ...] | None = None


def read(folder: Path) -> list[Example]:
    """The passages of a folder with `text/ID.txt` and `gold/ID.json`, sorted by id; names in capitals count too."""
    examples = []
    for text, gold in annotated(folder):
        entities = gold["entities"]
        optional = {entity["id"] for entity in entities if entity.get("optional")}
        spans = (Labelled(start, end, label, key in optional) for start, end, label, key in occurrences(text, entities))
        examples.append(Example(gold["doc"], text, tuple(spans)))
    return examples


TYPES = frozenset(CLASSES)
CAPITAL = {"Country", "Place"}
MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z][A-Za-z]+)(\?)?\]")


def marked(path: Path) -> list[Example]:
    """Passages with inline marks, `the [Harbour Act|Law] of [Lomé|Place?]` (? for optional), parted by `---` lines.

    Lines at the end of a passage may say which of its names are one thing's, `~ Harbour Act = HA`, and what it states,
    `= Togo ; enacted ; Harbour Act ; 2024-05 ; planned` (date and status may be left out, ? at the end for optional);
    a lone `=` says that it states nothing.
    """
    blocks = path.read_text(encoding="utf-8").split("\n---\n")
    return [_unmark(f"{path.stem}-{at:03}", block.strip("\n")) for at, block in enumerate(blocks) if block.strip()]


def _unmark(identifier: str, block: str) -> Example:
    lines = block.split("\n")
    said = [line for line in lines if line[:2] in {"~ ", "= ", "="}]
    body = "\n".join(line for line in lines if line not in said)
    pieces: list[str] = []
    spans = []
    at = length = 0
    for mark in MARK.finditer(body):
        before, name = body[at : mark.start()], mark.group(1)
        start = length + len(before)
        spans.append(Labelled(start, start + len(name), mark.group(2), bool(mark.group(3))))
        pieces += [before, name]
        length, at = start + len(name), mark.end()
    return Example(
        identifier,
        "".join(pieces) + body[at:],
        tuple(spans),
        tuple(tuple(_fields(line[2:], "=")) for line in said if line.startswith("~ ")),
        tuple(_related(line[2:]) for line in said if line.startswith("= ")) if any(x[0] == "=" for x in said) else None,
    )


def _fields(line: str, mark: str) -> list[str]:
    return [field.strip() for field in line.split(mark)]


def _related(line: str) -> Related:
    fields = _fields(line.removesuffix("?"), ";")
    subject, predicate, target, date, status = [*fields, *[""] * 5][:5]
    return Related(subject, predicate, target, date, status or "asserted", line.endswith("?"))


def own_passages() -> list[Example]:
    """The passages of our own that stand beside this module, passages*.txt."""
    return [example for path in sorted(Path(__file__).parent.glob("passages*.txt")) for example in marked(path)]


def mistakes(example: Example, signatures: Mapping[tuple[str, str], Collection[str]]) -> Iterator[str]:
    """What is wrong with the annotation of a passage; `signatures`: types of a subject and object -> predicates."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for span in example.spans:
        kinds[example.text[span.start : span.end]].add(span.label)
    for name, labels in sorted(kinds.items()):
        if unknown := labels - TYPES:
            yield f"{name}: no type {', '.join(unknown)}"
        if len(labels) > 1 and labels != CAPITAL:
            yield f"{name}: {' and '.join(sorted(labels))}"
    if rest := re.search(r"\[[^\]\n]*\|[^\n]{0,20}", example.text):
        yield f"a mark that is none: {rest[0]}"
    for group in example.same:
        missing = [name for name in group if name not in kinds]
        if missing or len(group) < 2:
            yield f"~ {' = '.join(group)}: no such names {missing}"
        elif not set.intersection(*(kinds[name] for name in group)):
            yield f"~ {' = '.join(group)}: of different types"
    for relation in example.relations or ():
        missing = [name for name in (relation.subject, relation.object) if name not in kinds]
        if missing:
            yield f"{relation}: no such names {missing}"
        elif not any(
            relation.predicate in signatures.get(pair, ())
            for pair in product(kinds[relation.subject], kinds[relation.object])
        ):
            yield f"{relation}: things of these types cannot be so related"
        if not re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", relation.date):
            yield f"{relation}: no date {relation.date}"
        if relation.status not in {"asserted", "planned", "negated"}:
            yield f"{relation}: no status {relation.status}"


def main() -> None:
    """Print what is wrong with the annotation of a file of passages."""
    parser = argparse.ArgumentParser(description="Check annotated passages.")
    parser.add_argument("files", nargs="+", type=Path)
    signatures = load().signatures
    for path in parser.parse_args().files:
        examples = marked(path)
        for example in examples:
            for mistake in mistakes(example, signatures):
                print(f"{example.id}: {mistake}")
        words = sum(len(example.text.split()) for example in examples)
        names = sum(len(example.spans) for example in examples)
        print(f"{path}: {len(examples)} passages, {words} words, {names} names,", end=" ")
        print(sum(len(example.relations or ()) for example in examples), "relations")


if __name__ == "__main__":
    main()
