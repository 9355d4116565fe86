"""The line structure of a plain text: headings, list items, labels, datelines, and what introduces what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
BULLET = re.compile(r"\s*(?:[-–—•*·▪●○]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)](?=\s+[A-Z“\"])|\(?[ivxIVX]{1,5}[.)]|#+)\s+")
DATED = re.compile(
    rf"(?:(?:On |In )?(?:\d{{1,2}}(?:[-–]\d{{1,2}})? )?(?:{MONTH} )?(?:\d{{1,2}}(?:[-–]\d{{1,2}})?,? )?(?:1[89]|20)\d\d"
    rf"(?:-\d\d(?:-\d\d)?)?|{MONTH}(?: \d{{1,2}}(?:[-–]\d{{1,2}})?)?|\d{{1,2}} {MONTH})\s*(?:[–—|:.]|--?)\s+"
)
DATELINE = re.compile(
    rf"[A-Z][A-ZÀ-Ž .'’/-]{{2,30}}(?:,? \(?[A-Z][\w .]*\)?)?"
    rf"(?:,? (?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?)?"
    r"(?: \([\w ./-]+\))?\s*(?:[–—:]|--?)\s+"
)
LABEL = re.compile(r"([A-Z][^\s.:;|!?]*(?: [^\s.:;|!?]+){0,4})\s*(?::|\s\|)\s+(?=\S)")
# After these a date is part of the sentence that was wrapped before it.
OPEN_ENDED = re.compile(
    r"\b(?:in|on|of|since|by|to|and|or|from|until|till|before|after|during|the|early|late|" + MONTH + r"|\d+)$", re.I
)
CLOSED = re.compile(r"[.!?;:,|…]['\"”’)\]]*$")
# Lines of running text that was wrapped by hand are about this long; longer ones are paragraphs.
WRAPPED, WIDEST = 55, 110


@dataclass(slots=True)
class Line:
    """One logical line (hard-wrapped lines are one).

    bullet        character offset of the whole line, its bullet or number included
    start, end    character offsets of the content, after bullet, date and label
    item          whether a bullet or a number opens it
    label         character offsets of the label before the content ("Host: ..."), or None
    dated         character offsets of the date before the content ("2016 – ..."), or None
    heading       a short line without closing punctuation
    intro         index of the line that introduces it (ends in a colon or comma), or None
    """

    start: int
    end: int
    bullet: int = 0
    item: bool = False
    label: tuple[int, int] | None = None
    dated: tuple[int, int] | None = None
    heading: bool = False
    intro: int | None = None


def lines(text: str) -> list[Line]:
    """Read the logical lines of `text`, in order."""
    found = [_line(text, start, end) for start, end in _joined(text)]
    _introduce(text, found)
    return found


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of `text`, a hard-wrapped paragraph counting as one line."""
    held: tuple[int, int] | None = None
    at = 0
    for raw in text.splitlines(keepends=True):
        start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        at += len(raw)
        if start >= end:
            if held:
                yield held
            held = None
        elif held and _continues(text[held[0] : held[1]], text[start:end]):
            held = (held[0], end)
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def _continues(before: str, after: str) -> bool:
    last = before.rsplit("\n", 1)[-1]
    if BULLET.match(after) or len(last) > WIDEST:
        return False
    if DATED.match(after) and not OPEN_ENDED.search(last):
        return False
    if CLOSED.search(last):
        return len(last) >= WRAPPED and after[0].islower() and last[-1] in ",;"
    return after[0].islower() or (len(last) >= WRAPPED and not LABEL.match(after))


def _line(text: str, start: int, end: int) -> Line:
    line = Line(start, end, bullet=start)
    if bullet := BULLET.match(text, start, end):
        line.item, line.start = True, bullet.end()
    if dated := DATED.match(text, line.start, end):
        line.dated, line.start = (line.start, dated.end()), dated.end()
    elif dateline := DATELINE.match(text, line.start, end):
        line.dated, line.start = (line.start, dateline.end()), dateline.end()
    if label := LABEL.match(text, line.start, end):
        line.label, line.start = label.span(1), label.end()
    line.heading = not CLOSED.search(text[line.start : end]) and line.end - line.start < 110 and not line.label
    return line


def _introduce(text: str, found: list[Line]) -> None:
    """Give list items the line that introduces them: the nearest that ends in a colon or comma."""
    intro: int | None = None
    for index, line in enumerate(found):
        if intro is not None and (line.item or _follows(text, found[index - 1], line)):
            line.intro = intro
        else:
            intro = None
        closing = text[line.end - 1]
        if closing == ":" or (closing == "," and line.intro is None and not line.item):
            intro = index


def _follows(text: str, before: Line, line: Line) -> bool:
    """Whether `line` stands directly below `before`, so that an introduction carries on."""
    return "\n\n" not in text[before.end : line.start] or text[before.end - 1] in ":,;"
