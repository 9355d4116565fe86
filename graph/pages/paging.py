"""Long lists cut into pages of their own, so that no page grows with the corpus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

# Of a text, about 15,000 words.
CHARACTERS_A_PAGE = 100_000

K = TypeVar("K")
T = TypeVar("T")

Groups = list[tuple[K, list[T]]]


def chunks(groups: Iterable[tuple[K, Sequence[T]]], size: int) -> list[Groups[K, T]]:
    """The groups' items in order, `size` to a page; a group that does not fit goes on under its key on the next.

    There is one page, of no group, where there is nothing.
    """
    pages: list[Groups[K, T]] = [[]]
    room = size
    for key, items in groups:
        at = 0
        while at < len(items):
            if not room:
                pages.append([])
                room = size
            taken = list(items[at : at + room])
            pages[-1].append((key, taken))
            at += len(taken)
            room -= len(taken)
    return pages


def count_of(items: int, size: int) -> int:
    """How many pages so many items take, `size` to a page; one where there is none."""
    return max(1, math.ceil(items / size))


def numbered(page: str, number: int) -> str:
    """The path of a list's page, counted from 1: "timeline.html", "timeline--2.html" ..."""
    return page if number == 1 else f"{page.removesuffix('.html')}--{number}.html"


def place(page: str, start: int) -> str:
    """Where a document's pages, of which `page` is the first, show the passage that begins at `start`."""
    return f"{numbered(page, 1 + start // CHARACTERS_A_PAGE)}#p{start}"


def pager(page: str, number: int, count: int) -> dict[str, object] | None:
    """What parts.html needs to lead from one page of a list to the others; None where there is but one."""
    if count == 1:
        return None
    name = page.rpartition("/")[2]
    places = {"first": 1, "previous": number - 1, "next": number + 1, "last": count}
    links = {label: numbered(name, place) for label, place in places.items() if 1 <= place <= count and place != number}
    return {"number": number, "count": count, "links": links}
