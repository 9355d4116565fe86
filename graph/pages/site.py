"""The whole site: OUT/site/, static pages linked to one another."""

from __future__ import annotations

from pathlib import Path

from extraction.facts import CorpusFacts
from graph.pages import theme
from graph.pages.catalogue import catalogue
from graph.pages.document_pages import document_pages
from graph.pages.entity_pages import entity_pages
from graph.pages.layout import positions
from graph.pages.network_page import network_html
from graph.pages.overview_pages import overview_pages
from graph.pages.rendering import environment
from graph.pages.standing import drawn_graph, standings


def write(facts: CorpusFacts, out: Path, title: str = "Policy network") -> Path:
    """Write OUT/site/ and return its index.html; the same facts, and the same OUT/report.md, give the same bytes.

    OUT/report.md, where it is there, becomes report.html.
    """
    site = catalogue(facts)
    graph = drawn_graph(site)
    measured, communities = standings(site)
    homes = {key: item.community for key, item in measured.items()}
    places = positions(graph, homes, sorted(set(site.entities) - set(graph)))
    env = environment()
    env.globals["status_label"] = lambda status: theme.theme()["statuses"][status]["label"]

    root = out / "site"
    for folder in (root, root / "entity", root / "document"):
        folder.mkdir(parents=True, exist_ok=True)
    index = root / "index.html"
    _save(index, network_html(site, measured, communities, places, title))
    for page, html in (
        *overview_pages(site, measured, communities, out / "report.md", env),
        *document_pages(site, env),
        *entity_pages(site, measured, env),
    ):
        _save(root / page, html)
    return index


def _save(path: Path, html: str) -> None:
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")
