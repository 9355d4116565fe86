"""The whole site: OUT/site/, static pages linked to one another.

To add a page: write a function that takes a `Site` and yields what `Site.render` gives, with a template that extends
templates/base.html, and put it into SECTIONS, in the order of the navigation. Its style sheets and scripts lie in
assets/ and are named to `Site.render`, which carries them inline under a policy that lets nothing else run: a template
holds no style attribute, no handler and no script of its own, and hands data to scripts as
`<script type="application/json">{{ value|embedded }}</script>`. Where a build may lack what the page needs, `made` says
so.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from extraction.facts import CorpusFacts
from graph.material import Material
from graph.pages.catalogue import catalogue
from graph.pages.community_pages import communities_pages
from graph.pages.compare_page import compare_page, several_documents
from graph.pages.document_pages import document_pages
from graph.pages.entity_pages import entity_pages
from graph.pages.folder import PagesFolder
from graph.pages.layout import positions
from graph.pages.listing_pages import documents_page, entities_page
from graph.pages.network_page import network_html
from graph.pages.ontology_page import ontology_page
from graph.pages.query_pages import has_store, queries_page
from graph.pages.rendering import environment
from graph.pages.report_page import report_page
from graph.pages.section import Rendered, Section, Site
from graph.pages.standing import drawn_graph
from graph.pages.timeline_pages import timeline_pages


def write(
    facts: CorpusFacts,
    out: Path,
    title: str = "Policy network",
    material: Material | None = None,
    earlier: Path | None = None,
) -> Path:
    """Write OUT/site/ and return its index.html; the same facts, and the same OUT/report.md, give the same bytes.

    material  of these facts, where it is there already
    earlier   folder of another build, whose pages are kept where nothing that they show has changed
    """
    m = material or Material.of(facts)
    folder = PagesFolder(out, earlier)
    site = Site(out, title, catalogue(facts), m.measures, m.communities, environment(), folder)
    sections = [section for section in SECTIONS if section.made(site)]
    site.env.globals["navigation"] = [(section.name, section.label) for section in sections]
    with ThreadPoolExecutor(1) as thread:
        waiting = [thread.submit(list, section.pages(site)) for section in sections if section.aside]
        for section in sections:
            for page, html in () if section.aside else section.pages(site):
                folder.write(page, html)
        for found in waiting:
            for page, html in found.result():
                folder.write(page, html)
    folder.close()
    return out / "site" / "index.html"


def network_page(site: Site) -> Iterator[Rendered]:
    """index.html: the network and all that can be done with it."""
    homes = {key: item.community for key, item in site.standings.items()}
    tied = drawn_graph(site.catalogue)
    places = positions(tied, homes, sorted(set(site.catalogue.entities) - set(tied)))
    yield "index.html", network_html(site.catalogue, site.standings, site.communities, places, site.title, site.env)


def _entities(site: Site) -> Iterator[Rendered]:
    yield from entities_page(site)
    yield from entity_pages(site)


def _documents(site: Site) -> Iterator[Rendered]:
    yield from documents_page(site)
    yield from document_pages(site)


SECTIONS = (
    Section("index", "Network", network_page),
    Section("entities", "Entities", _entities),
    Section("documents", "Documents", _documents),
    Section("communities", "Communities", communities_pages),
    Section("timeline", "Timeline", timeline_pages),
    Section("report", "Report", report_page),
    Section("compare", "Compare", compare_page, made=several_documents),
    Section("queries", "Queries", queries_page, made=has_store, aside=True),
    Section("ontology", "Vocabulary", ontology_page),
)
"""The site, in the order of its navigation."""
