"""The small drawing of an entity and its nearest neighbours on its own page."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jinja2 import Environment
from markupsafe import Markup

from graph.pages import theme
from graph.pages.catalogue import Catalogue, Link
from graph.pages.standing import Standing

MOST = 10
WIDTH, HEIGHT = 340, 330
CENTRE = (WIDTH / 2, HEIGHT / 2 - 8)


def ego_drawing(
    catalogue: Catalogue, standings: Mapping[str, Standing], key: str, env: Environment
) -> tuple[Markup | None, int]:
    """SVG of the entity amid its ten weightiest neighbours, and how many more there are; None where it has none."""
    ties = _ties(catalogue, key)
    if not ties:
        return None, 0
    none = Standing()
    nearest = sorted(ties, key=lambda other: (-standings.get(other, none).pagerank, other))[:MOST]
    spokes = []
    for number, other in enumerate(nearest):
        angle = 2 * math.pi * number / len(nearest) - math.pi / 2
        x = round(CENTRE[0] + math.cos(angle) * 118, 1)
        y = round(CENTRE[1] + math.sin(angle) * 122, 1)
        spokes.append({"id": other, "x": x, "y": y, "links": ties[other], "outline": _outline(catalogue, other, x, y, 9)})
    drawing = env.get_template("ego.svg").render(
        site=catalogue,
        id=key,
        centre=CENTRE,
        size=(WIDTH, HEIGHT),
        spokes=spokes,
        outline=_outline(catalogue, key, *CENTRE, 14),
        short=short,
    )
    return Markup(drawing), len(ties) - len(nearest)


def short(name: str, most: int = 22) -> str:
    """A name cut at a word, with an ellipsis."""
    if len(name) <= most:
        return name
    return name[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


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
