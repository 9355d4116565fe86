"""Dates in running text, as ISO 8601 at the precision that the text gives; relative ones against an anchor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            ("a", "one"), ("two",), ("three",), ("four",), ("five",), ("six",), ("seven",), ("eight",), ("nine",),
            ("ten",), ("eleven",), ("twelve",),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_RANGE = r"(?:\s?(?:[-–—]|to|and|or)\s?[0-3]?\d(?:st|nd|rd|th)?)?"
_WEEKDAY = r"(?:(?:" + "|".join(WEEKDAYS) + r"),? )?"


class DateMention(NamedTuple):
    """A date expression: character offsets, and its ISO form ("" where it needs an anchor that is not there)."""

    start: int
    end: int
    iso: str


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """ISO form of the parts that are given; "" for a day that no calendar has."""
    if not month:
        return f"{year:04d}"
    if not day:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"


def _full(match: re.Match[str], anchor: str) -> str:
    parts = match.groupdict()
    month = parts["month"] or ""
    number = int(month) if month.isdigit() else MONTHS.get(month.lower().rstrip("."), 0)
    if number > 12:
        return ""
    if parts.get("year"):
        return _iso(int(parts["year"]), number, int(parts.get("day") or 0))
    if not anchor:
        return ""
    return _iso(_year_near(anchor, number), number, int(parts.get("day") or 0))


def _year_near(anchor: str, month: int) -> int:
    """The year that puts a bare month nearest to the anchor; without an anchored month, the anchor's year."""
    year = int(anchor[:4])
    if len(anchor) < 7:
        return year
    distance = month - int(anchor[5:7])
    return year - 1 if distance > 6 else year + 1 if distance < -8 else year


def _year(match: re.Match[str], anchor: str) -> str:
    return match["year"]


def _weekday(match: re.Match[str], anchor: str) -> str:
    if len(anchor) < 10:
        return anchor
    day = date.fromisoformat(anchor)
    wanted = WEEKDAYS.index(match["weekday"].lower())
    if (match["which"] or "").strip().lower() == "next":
        return (day + timedelta((wanted - day.weekday() - 1) % 7 + 1)).isoformat()
    return (day - timedelta((day.weekday() - wanted) % 7)).isoformat()


def _day(match: re.Match[str], anchor: str) -> str:
    if len(anchor) < 10:
        return anchor
    shift = {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0)
    return (date.fromisoformat(anchor) + timedelta(shift)).isoformat()


def _shifted(match: re.Match[str], anchor: str) -> str:
    if not anchor:
        return ""
    shift = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    unit = match["unit"].lower()
    year, month = int(anchor[:4]), int(anchor[5:7] or 0)
    if unit in ("year", "spring", "summer", "autumn", "winter"):
        return _iso(year + shift)
    if unit == "month":
        return _month(year * 12 + month - 1 + shift) if month else ""
    if unit == "week":
        return _iso(year, month)
    number = MONTHS[unit]
    if shift and month:
        same = year if (number - month) * shift > 0 else year + shift
        return _iso(same, number)
    return _iso(year, number)


def _month(count: int) -> str:
    year, month = divmod(count, 12)
    return _iso(year, month + 1)


def _ago(match: re.Match[str], anchor: str) -> str:
    count = match["count"].lower()
    number = int(count) if count.isdigit() else NUMBERS.get(count, 0)
    if not anchor or not number:
        return ""
    sign = -1 if match["way"].lower() in ("ago", "earlier", "before") else 1
    unit = match["unit"].lower()
    if unit == "year":
        return _iso(int(anchor[:4]) + sign * number)
    if unit == "month" and len(anchor) >= 7:
        return _month(int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + sign * number)
    if unit in ("day", "week") and len(anchor) >= 10:
        days = number * (7 if unit == "week" else 1)
        return (date.fromisoformat(anchor) + timedelta(sign * days)).isoformat()
    return anchor[:4]


def _again(match: re.Match[str], recent: str) -> str:
    """ "the same year", "the following year": against the date named last."""
    if not recent:
        return ""
    which, unit = match["again"].lower(), match["unit"].lower()
    if which in ("same", "that"):
        return recent[: {"year": 4, "month": 7, "day": 10}[unit]]
    shift = -1 if which == "previous" else 1
    if unit == "year":
        return _iso(int(recent[:4]) + shift)
    if unit == "month" and len(recent) >= 7:
        return _month(int(recent[:4]) * 12 + int(recent[5:7]) - 1 + shift)
    if unit == "day" and len(recent) == 10:
        return (date.fromisoformat(recent) + timedelta(shift)).isoformat()
    return ""


def _month_of_that_year(match: re.Match[str], recent: str) -> str:
    """ "in November of that year": against the date named last."""
    return _iso(int(recent[:4]), MONTHS[match["month"].lower().rstrip(".")]) if recent else ""


Reader = Callable[[re.Match[str], str], str]

# Tried together, the earliest and then the first listed winning: exact dates before bare years.
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (r"\b" + _YEAR + r"[-/.](?P<month>[01]\d)(?:[-/.](?P<day>[0-3]\d))?\b", _full),
        (_WEEKDAY + r"\b" + _DAY + _RANGE + r"(?: of)? " + _MONTH + r"(?:,? " + _YEAR + r"\b)?", _full),
        (_WEEKDAY + r"\b" + _MONTH + r" (?:the )?" + _DAY + r"\b" + _RANGE + r"(?:,? ?" + _YEAR + r"\b)?", _full),
        (r"\b" + _MONTH + r"(?:,| of)? " + _YEAR + r"\b", _full),
        (r"\b" + _MONTH + r" of (?:that|the same) year\b", _month_of_that_year),
        (r"\b(?P<which>last|this|next) (?P<unit>year|month|week|spring|summer|autumn|winter|"
         + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b", _shifted),
        (r"\b(?:the )?(?P<again>same|following|previous|that) (?P<unit>year|month|day)\b", _again),
        (r"\b(?P<count>\d{1,2}|" + "|".join(NUMBERS)
         + r") (?P<unit>year|month|week|day)s? (?P<way>ago|earlier|later)\b", _ago),
        (r"\b(?P<which>last |next )?(?P<weekday>" + "|".join(WEEKDAYS) + r")\b", _weekday),
        (r"\b(?:today|yesterday|tomorrow)\b", _day),
        (r"(?<=\bin )" + _MONTH + r"(?! \d)", _full),
        (r"(?<![\w/.,-])" + _YEAR + r"(?![\w/]|-\d|,\d|\.\d)", _year),
    )
)  # fmt: skip


def _bare(match: re.Match[str], reader: Reader) -> bool:
    """Whether it is a month, with or without a day, to which only the year is missing."""
    return reader is _full and not match.groupdict().get("year")


def _refers_back(match: re.Match[str], reader: Reader) -> bool:
    """Whether an expression is meant against the date named last: "that year", "two years later"."""
    return reader in (_again, _month_of_that_year) or (reader is _ago and match["way"].lower() != "ago")


def find(text: str, anchor: str = "", recent: str = "") -> list[DateMention]:
    """Date expressions in `text`, in order and without overlaps.

    `anchor` is the ISO date against which "on Wednesday" or "last year" is meant; "" where none is known.
    `recent` is the date named last before the text, for "the same year" or "two years later", and for a bare month
    where there is no anchor.
    """
    taken: list[tuple[re.Match[str], Reader]] = []
    for pattern, reader in PATTERNS if text else ():
        for match in pattern.finditer(text):
            if all(match.end() <= other.start() or match.start() >= other.end() for other, _ in taken):
                taken.append((match, reader))
    found: list[DateMention] = []
    for match, reader in sorted(taken, key=lambda pair: pair[0].start()):
        base = recent if _refers_back(match, reader) or (not anchor and _bare(match, reader)) else anchor
        found.append(DateMention(match.start(), match.end(), reader(match, base)))
        recent = found[-1].iso or recent
    return _exact(found, text)


def _exact(found: list[DateMention], text: str) -> list[DateMention]:
    """The dates without those that the next one states exactly: "six years later, in August 2023"."""
    following = [*found[1:], DateMention(len(text) + 10, 0, "")]
    return [
        mention
        for mention, other in zip(found, following, strict=False)
        if not (text[mention.start : mention.end].endswith(("later", "earlier")) and other.start - mention.end <= 6)
    ]
