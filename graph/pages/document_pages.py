"""A page per document, several for a long one: its text, with names coloured by kind and sentences that state marked.

Each page of a long document shows a stretch of `paging.CHARACTERS_A_PAGE`, and the whole of the lines at its ends: a
line across two pages stands on both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extraction.facts import Document, Mention
from graph.pages import paging, theme
from graph.pages.catalogue import Fact, visible_mentions
from graph.pages.paging import numbered, pager
from graph.pages.section import Rendered, Site

LONGEST_WRAPPED_LINE, LONGEST_HEADING = 110, 80
# Longer lines are cut where a page of a long document ends.
LONGEST_LINE = 5_000


@dataclass(slots=True)
class Piece:
    """Text that is of one entity, or of none; `anchor` where a passage begins."""

    text: str
    entity: str = ""
    anchor: str = ""


@dataclass(slots=True)
class Run:
    """Pieces inside one marked stretch, or outside all (group None); `last` where the stretch ends."""

    group: int | None
    pieces: list[Piece] = field(default_factory=list)
    last: bool = False
    count: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph; `blank` when an empty line goes before it, `heading` when it looks like one."""

    runs: list[Run]
    blank: bool
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that overlapping passages cover together, with their facts."""

    start: int
    end: int
    facts: tuple[Fact, ...]


def document_pages(site: Site) -> Iterator[Rendered]:
    """The pages of every document."""
    catalogue = site.catalogue
    for key, part in catalogue.documents.items():
        facts, mentions = catalogue.facts_in.get(key, []), visible_mentions(part, catalogue.entities)
        about = {
            "document": replace(part.document, text=""),
            "title": catalogue.title(key),
            "stated": len(facts),
            "named": len({mention.entity for mention in mentions}),
        }
        count = paging.count_of(len(part.document.text), paging.CHARACTERS_A_PAGE)
        for number in range(1, count + 1):
            here = slice(
                *(bisect_left(facts, at * paging.CHARACTERS_A_PAGE, key=_start) for at in (number - 1, number))
            )
            yield from _page(site, part.document, (number, count), facts[here], mentions, about)


def _page(
    site: Site,
    document: Document,
    place: tuple[int, int],
    facts: list[Fact],
    mentions: list[Mention],
    about: Mapping[str, object],
) -> Iterator[Rendered]:
    """One of so many pages, with the facts that begin there; nothing where it could be kept."""
    catalogue, text, (number, count) = site.catalogue, document.text, place
    first = catalogue.document_pages[document.id]
    page = numbered(first, number)
    low, high = _shown(text, number)
    high = max([high, *(fact.end for fact in facts)])
    names = [mentions[at] for at in _touched(mentions, low, high)]
    kinds = {catalogue.kinds[mention.entity] for mention in names}
    if site.folder.keep(
        page,
        about,
        place,
        text[low:high],
        [catalogue.told[fact.number] for fact in facts],
        [(each.start, each.end, catalogue.pages[each.entity], catalogue.kinds[each.entity]) for each in names],
        site.env.globals["navigation"],
    ):
        return
    marked = stretches(facts)
    yield site.render(
        "document.html",
        page,
        "documents",
        ("document.css", "document.js"),
        **about,
        kinds=[kind for kind in theme.theme()["kinds"] if kind in kinds],
        paragraphs=paragraphs(text, low, high, mentions, marked),
        groups=[(group, stretch.facts) for group, stretch in enumerate(marked)],
        pager=pager(first, number, count),
    )


def _start(fact: Fact) -> int:
    return fact.start


def _shown(text: str, number: int) -> tuple[int, int]:
    """What a page shows of the text: whole lines or, of very long ones, whole words."""
    low, high = (number - 1) * paging.CHARACTERS_A_PAGE, number * paging.CHARACTERS_A_PAGE
    low = next((at for mark in ("\n", " ") if (at := text.rfind(mark, max(0, low - LONGEST_LINE), low) + 1)), low)
    ends = (text.find(mark, high, high + LONGEST_LINE) for mark in ("\n", " "))
    return low, next((end for end in ends if end >= 0), high)


def stretches(facts: list[Fact]) -> list[Stretch]:
    """Passages that overlap, taken together."""
    found: list[Stretch] = []
    for fact in sorted(facts, key=lambda fact: (fact.start, fact.end, fact.number)):
        if found and fact.start < found[-1].end:
            last = found[-1]
            found[-1] = Stretch(last.start, max(last.end, fact.end), (*last.facts, fact))
        else:
            found.append(Stretch(fact.start, fact.end, (fact,)))
    return found


def paragraphs(text: str, low: int, high: int, mentions: list[Mention], marked: list[Stretch]) -> list[Paragraph]:
    """`text[low:high]`, cut at paragraphs, at marked stretches, and at names; nothing is lost but white space."""
    return [
        Paragraph(
            _runs(text, low + start, low + end, mentions, marked), blank, _is_heading(text[low + start : low + end])
        )
        for start, end, blank in blocks(text[low:high])
    ]


def blocks(text: str) -> list[tuple[int, int, bool]]:
    """Paragraphs as (start, end, whether an empty line goes before); lines of a hard-wrapped text are joined."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line.rstrip())))
        at += len(line)
    lengths = sorted(end - start for start, end in lines if end > start)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    found: list[tuple[int, int, bool]] = []
    blank = open_line = False
    for start, end in lines:
        if end <= start:
            blank, open_line = True, False
            continue
        if open_line and found:
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, blank))
        blank = False
        line = text[start:end]
        full = end - start >= usual * (0.7 if line[-1] in '.:;!?”"' else 0.4)
        open_line = 40 < usual <= LONGEST_WRAPPED_LINE and full
    return found


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and line[0].isalnum() and line[-1].isalnum() and not line[0].islower()


def _runs(text: str, start: int, end: int, mentions: list[Mention], marked: list[Stretch]) -> list[Run]:
    inside = [(number, marked[number]) for number in _touched(marked, start, end)]
    names = [mentions[number] for number in _touched(mentions, start, end)]
    runs: list[Run] = []
    at = start
    for number, stretch in inside:
        low, high = max(stretch.start, start), min(stretch.end, end)
        if at < low:
            runs.append(Run(None, _pieces(text, at, low, names, {})))
        # A passage may begin in the white space before a paragraph; its anchor then goes to the first letter.
        anchors = {max(fact.start, low): f"p{fact.start}" for fact in stretch.facts}
        anchors = {at: name for at, name in anchors.items() if at < high and not text[int(name[1:]) : at].strip()}
        pieces = _pieces(text, low, high, names, anchors)
        rest = text[high : stretch.end].strip()
        runs.append(Run(number, pieces, last=not rest, count=len(stretch.facts)))
        at = high
    if at < end:
        runs.append(Run(None, _pieces(text, at, end, names, {})))
    return runs


def _touched(parts: Sequence[Mention] | Sequence[Stretch], start: int, end: int) -> range:
    """Numbers of those parts of a text, in its order and apart from each other, that a stretch touches."""
    low = bisect_right(parts, start, key=lambda part: part.end)
    return range(low, bisect_left(parts, end, key=lambda part: part.start))


def _pieces(text: str, start: int, end: int, names: list[Mention], anchors: dict[int, str]) -> list[Piece]:
    cuts = sorted({start, end, *anchors, *(at for name in names for at in (name.start, name.end))})
    cuts = [at for at in cuts if start <= at <= end]
    pieces: list[Piece] = []
    for low, high in pairwise(cuts):
        entity = next((name.entity for name in names if name.start <= low < name.end), "")
        pieces.append(Piece(text[low:high], entity, anchors.get(low, "")))
    return pieces
