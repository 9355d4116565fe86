"""What happened when: every dated fact under its year, and a chart of the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import Environment
from markupsafe import Markup

from graph.pages.catalogue import Fact
from graph.pages.paging import Groups, chunks, numbered, pager
from graph.pages.section import Rendered, Site

CHART_WIDTH, CHART_HEIGHT, CHART_MARGIN = 1080, 190, 12
FACTS_A_PAGE = 200


def timeline_pages(site: Site) -> Iterator[Rendered]:
    """timeline.html, the oldest first, with the chart, and its continuations.

    A continuation shows nothing that hangs on facts of other pages, so that it can be kept.
    """
    years, undated = by_year(site.catalogue.facts)
    pages = _pages(years)
    begins: dict[int, str] = {}
    for number, groups in enumerate(pages, 1):
        for year, _ in groups:
            begins.setdefault(year, f"{numbered('timeline.html', number)}#y{year}")
    drawing = _bars({year: len(items) for year, items in years}, begins, site.env) if len(years) > 1 else None
    for number, groups in enumerate(pages, 1):
        page = numbered("timeline.html", number)
        told = [(year, [site.catalogue.told[fact.number] for fact in listed]) for year, listed in groups]
        if number > 1 and site.folder.keep(page, number, len(pages), told, site.env.globals["navigation"]):
            continue
        yield site.render(
            "timeline.html",
            page,
            "timeline",
            ("dossier.css", "listing.css"),
            years=groups,
            dated=len(site.catalogue.facts) - len(undated),
            undated=len(undated),
            drawing=drawing,
            first=number == 1,
            pager=pager("timeline.html", number, len(pages)),
        )


def _pages(years: list[tuple[int, list[Fact]]]) -> list[Groups[int, Fact]]:
    """Whole years to a page as far as there is room, so that a fact more changes few pages; a long year has its own."""
    pages: list[Groups[int, Fact]] = []
    for year, facts in years:
        if pages and sum(len(listed) for _, listed in pages[-1]) + len(facts) <= FACTS_A_PAGE:
            pages[-1].append((year, facts))
        else:
            pages += chunks([(year, facts)], FACTS_A_PAGE)
    return pages or [[]]


def by_year(facts: list[Fact]) -> tuple[list[tuple[int, list[Fact]]], list[Fact]]:
    """Facts in order of time under their years, and those without a date in the order of their documents."""
    years: dict[int, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.date, fact.number)):
        if fact.year is not None:
            years.setdefault(fact.year, []).append(fact)
    return sorted(years.items()), [fact for fact in facts if fact.year is None]


def _bars(counts: Mapping[int, int], addresses: Mapping[int, str], env: Environment) -> Markup:
    """Facts per year as an SVG bar chart whose bars lead to the year; years without any keep their place."""
    first, last = min(counts), max(counts)
    # One stray early year must not squeeze the rest into a corner.
    if last - first > 60:
        first = sorted(counts)[len(counts) // 20]
    step = (CHART_WIDTH - 2 * CHART_MARGIN) / (last - first + 1)
    most = max(counts.values())
    bars = [
        {
            "year": year,
            "address": addresses[year],
            "count": count,
            "x": round(CHART_MARGIN + (year - first) * step + step * 0.1, 1),
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
