"""The small drawing of an entity and its nearest neighbours on its own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jinja2 import Environment
from markupsafe import Markup

from graph.pages import theme
from graph.pages.catalogue import Catalogue, Fact, Link

MOST = 10
WIDTH, ROW = 340, 60


def ego_drawing(catalogue: Catalogue, key: str, ties: Mapping[str, list[Fact]], env: Environment) -> Markup | None:
    """SVG of the entity amid its nearest neighbours, as `neighbours` gives them; None where it has none."""
    if not ties:
        return None
    nearest = list(ties)[:MOST]
    rows = (len(nearest) + 1) // 2
    centre = (WIDTH / 2, max(1, rows) * ROW / 2 + 4)
    spokes = []
    for number, other in enumerate(nearest):
        column = nearest[number % 2 :: 2]
        x = 68.0 if number % 2 == 0 else WIDTH - 68.0
        y = centre[1] + (number // 2 - (len(column) - 1) / 2) * ROW - 6
        spokes.append(
            {"id": other, "x": x, "y": y, "links": _links(ties[other]), "outline": _outline(catalogue, other, x, y, 9)}
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
    return Markup(drawing)


def neighbours(catalogue: Catalogue, key: str) -> dict[str, list[Fact]]:
    """The facts that tie an entity to each other one; first who shares most with it, or of whom most is said."""
    ties: dict[str, list[Fact]] = {}
    for fact in catalogue.facts_of.get(key, []):
        other = fact.object if fact.subject == key else fact.subject
        if other != key:
            ties.setdefault(other, []).append(fact)
    return dict(sorted(ties.items(), key=lambda tie: (-len(tie[1]), -len(catalogue.facts_of[tie[0]]), tie[0])))


def short(name: str, most: int = 19) -> str:
    """A name cut to `most` characters, with an ellipsis."""
    return name if len(name) <= most else name[: most - 1].rstrip(" ,;:-") + "…"


def _links(facts: Iterable[Fact]) -> list[Link]:
    """What the facts say, each relation once."""
    found: dict[tuple[str, str, str], Link] = {}
    for fact in facts:
        signature = (fact.subject, fact.predicate, fact.status)
        found.setdefault(signature, Link(fact.subject, fact.predicate, fact.object, fact.status, (fact,)))
    return list(found.values())


def _outline(catalogue: Catalogue, key: str, x: float, y: float, radius: float) -> Markup:
    return Markup(theme.outline(theme.theme()["kinds"][catalogue.kinds[key]]["shape"], x, y, radius))
