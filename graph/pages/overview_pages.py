"""The pages about the whole corpus: entities, documents, communities, timeline and report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from graph.analysis import Community, Measures
from graph.pages import theme
from graph.pages.catalogue import Catalogue
from graph.pages.entity_pages import by_year
from graph.pages.rendering import inline, visible

CHART_WIDTH, CHART_HEIGHT = 1080, 190


def overview_pages(
    catalogue: Catalogue,
    standings: Mapping[str, Measures],
    communities: list[Community],
    report: Path,
    env: Environment,
) -> Iterator[tuple[str, str]]:
    """(page, HTML) of each."""
    shared = inline(["site.css", "dossier.css", "listing.css"]) | {"root": "", "site": catalogue}
    listing = shared | inline(["site.css", "listing.css"], ["listing.js"])
    yield (
        "entities.html",
        env.get_template("entities.html").render(listing, here="entities", **_entities(catalogue, standings)),
    )
    yield (
        "documents.html",
        env.get_template("documents.html").render(shared, here="documents", rows=_documents(catalogue)),
    )
    yield (
        "communities.html",
        env.get_template("communities.html").render(shared, here="communities", **_communities(catalogue, communities)),
    )
    yield (
        "timeline.html",
        env.get_template("timeline.html").render(shared, here="timeline", **_timeline(catalogue, env)),
    )
    text = report.read_text(encoding="utf-8") if report.is_file() else "# Report\n\nThis build wrote no report.\n"
    yield "report.html", env.get_template("report.html").render(shared, here="report", report=markdown(text))


def markdown(text: str) -> Markup:
    """Markdown as HTML; HTML in it is shown as text, and only links within the site are links."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image").use(footnote_plugin)
    outside = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
    setattr(reader, "validateLink", lambda url: not outside.match(url))  # noqa: B010
    tokens = reader.parse(visible(text))
    for token in tokens:
        # A column aligned to the right gets a style attribute, which the page's policy forbids.
        if token.attrs.pop("style", "") == "text-align:right":
            token.attrs["class"] = "number"
        if token.type == "table_open":
            token.attrs["tabindex"] = "0"
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _entities(catalogue: Catalogue, standings: Mapping[str, Measures]) -> dict[str, object]:
    ordered = sorted(
        catalogue.entities,
        key=lambda key: (-standings[key].pagerank, catalogue.entities[key].name.casefold(), key),
    )
    counts = Counter(catalogue.kinds.values())
    return {
        "rows": [
            (key, standings[key], len(catalogue.facts_of.get(key, [])), len(catalogue.mentioned_in.get(key, {})))
            for key in ordered
        ],
        "kinds": [(kind, counts[kind]) for kind in theme.theme()["kinds"] if counts[kind]],
    }


def _documents(catalogue: Catalogue) -> list[tuple[object, int, int, int]]:
    return [
        (
            part.document,
            len(part.document.text.split()),
            len({mention.entity for mention in part.mentions if mention.entity in catalogue.entities}),
            len(catalogue.facts_in.get(key, [])),
        )
        for key, part in catalogue.documents.items()
    ]


def _communities(catalogue: Catalogue, communities: list[Community]) -> dict[str, object]:
    home = {key: item.number for item in communities for key in item.members}
    inside = Counter(
        home[fact.subject]
        for fact in catalogue.facts
        if home.get(fact.subject) == home.get(fact.object) and fact.subject in home
    )
    grouped = [item for item in communities if len(item.members) > 2]
    return {
        "communities": [(item, inside[item.number]) for item in grouped],
        "pairs": [item for item in communities if len(item.members) <= 2],
    }


def _timeline(catalogue: Catalogue, env: Environment) -> dict[str, object]:
    years, undated = by_year(catalogue.facts)
    return {
        "years": years,
        "dated": len(catalogue.facts) - len(undated),
        "undated": len(undated),
        "drawing": _bars({year: len(items) for year, items in years}, env) if len(years) > 1 else None,
    }


def _bars(counts: Mapping[int, int], env: Environment) -> Markup:
    """Facts per year as an SVG bar chart whose bars lead to the year; years without any keep their place."""
    first, last = min(counts), max(counts)
    # One stray early year must not squeeze the rest into a corner.
    if last - first > 60:
        first = sorted(counts)[len(counts) // 20]
    step = CHART_WIDTH / (last - first + 1)
    most = max(counts.values())
    bars = [
        {
            "year": year,
            "count": count,
            "x": round((year - first) * step + step * 0.1, 1),
            "width": round(step * 0.8, 1),
            "height": round(max(2, (CHART_HEIGHT - 50) * count / most), 1),
            "labelled": step > 30 or year % 5 == 0,
        }
        for year, count in counts.items()
        if year >= first
    ]
    return Markup(
        env.get_template("bars.svg").render(bars=bars, width=CHART_WIDTH, height=CHART_HEIGHT, base=CHART_HEIGHT - 24)
    )
