"""The small drawing of an entity and its nearest neighbours on its own page."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment
from markupsafe import Markup

from graph.analysis import Measures
from graph.pages import theme
from graph.pages.catalogue import Catalogue, Link

MOST = 10
WIDTH, ROW = 340, 60


def ego_drawing(
    catalogue: Catalogue, standings: Mapping[str, Measures], key: str, env: Environment
) -> tuple[Markup | None, int]:
    """SVG of the entity amid its ten weightiest neighbours, and how many more there are; None where it has none."""
    ties = _ties(catalogue, key)
    if not ties:
        return None, 0
    nearest = sorted(ties, key=lambda other: (-standings[other].pagerank, other))[:MOST]
    rows = (len(nearest) + 1) // 2
    centre = (WIDTH / 2, max(1, rows) * ROW / 2 + 4)
    spokes = []
    for number, other in enumerate(nearest):
        column = nearest[number % 2 :: 2]
        x = 68.0 if number % 2 == 0 else WIDTH - 68.0
        y = centre[1] + (number // 2 - (len(column) - 1) / 2) * ROW - 6
        spokes.append(
            {"id": other, "x": x, "y": y, "links": ties[other], "outline": _outline(catalogue, other, x, y, 9)}
        )
    drawing = env.get_template("ego.svg").render(
        site=catalogue,
        id=key,
        centre=centre,
        size=(WIDTH, max(1, rows) * ROW + 20),
        spokes=spokes,
        outline=_outline(catalogue, key, *centre, 14),
        short=short,
    )
    return Markup(drawing), len(ties) - len(nearest)


def short(name: str, most: int = 19) -> str:
    """A name cut to `most` characters, with an ellipsis."""
    return name if len(name) <= most else name[: most - 1].rstrip(" ,;:-") + "…"


def _ties(catalogue: Catalogue, key: str) -> dict[str, list[Link]]:
    ties: dict[str, dict[tuple[str, str, str], Link]] = {}
    for fact in catalogue.facts_of.get(key, []):
        other = fact.object if fact.subject == key else fact.subject
        if other != key:
            found = ties.setdefault(other, {})
            signature = (fact.subject, fact.predicate, fact.status)
            found.setdefault(signature, Link(fact.subject, fact.predicate, fact.object, fact.status, (fact,)))
    return {other: list(found.values()) for other, found in ties.items()}


def _outline(catalogue: Catalogue, key: str, x: float, y: float, radius: float) -> Markup:
    return Markup(theme.outline(theme.theme()["kinds"][catalogue.kinds[key]]["shape"], x, y, radius))
