"""queries.html: the stored queries with their parameters and text, and what each finds in this graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from graph import query
from graph.pages.section import Rendered, Site
from graph.store import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Answer:
    """The head and first rows of an answer, and how many rows it has in all."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int


def queries_page(site: Site) -> Iterator[Rendered]:
    """The page; a query that needs a parameter has no answer of its own."""
    store = open_store(site.out)
    asked = [
        (each, None if any(parameter.required for parameter in each.parameters) else _answer(store, each.text))
        for each in query.stored()
    ]
    yield site.render("queries.html", "queries.html", "queries", ("reference.css",), asked=asked, shown=SHOWN)


def has_store(site: Site) -> bool:
    """Whether there is a store to ask."""
    return (site.out / "store" / "CURRENT").is_file()


def _answer(store: ox.Store, text: str) -> Answer:
    import pyoxigraph as ox

    found = query.answer(store, text)
    assert isinstance(found, ox.QuerySolutions)
    head = tuple(variable.value for variable in found.variables)
    rows = tuple(
        tuple("" if term is None else str(getattr(term, "value", term)) for term in solution)
        for solution in islice(found, SHOWN)
    )
    return Answer(head, rows, len(rows) + sum(1 for _ in found))
