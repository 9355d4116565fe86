"""No page has an accessibility violation that axe-core can find, on a desk or a phone, in light or dark.

axe.min.js is axe-core 4.14.1 as npm gives it (Mozilla Public License 2.0).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Open = Callable[..., Page]

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "index.html",
    "index.html#focus=country/kenya",
    "index.html#table=yes",
    "index.html#path=country/brazil+country/japan",
    "entities.html",
    "documents.html",
    "communities.html",
    "timeline.html",
    "report.html",
    "compare.html",
    "entity/country-kenya.html",
    "document/harbour-law.html",
]


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing(look: Open, site: Path, width: int) -> None:
    found = [item for name in PAGES for item in violations(opened(look, site, name, width=width), RULES)]
    assert not found


def test_dark_pages_keep_contrast(look: Open, site: Path) -> None:
    found = [item for name in PAGES for item in violations(opened(look, site, name, dark=True), ["color-contrast"])]
    assert not found


def test_axe_finds_nothing_in_what_opens(look: Open, site: Path) -> None:
    page = look(site / "index.html", width=375)
    page.get_by_role("button", name="Menu").click()
    assert not violations(page, RULES, close=False)
    page.keyboard.press("Escape")
    page.locator("#open-path").click()
    page.fill("#path-from", "kenya")
    assert not violations(page, RULES, close=False)
    page.locator("#open-filters").click()
    assert not violations(page, RULES, close=False)
    page.locator("#close-filters").click()
    page.locator("#open-help").click()
    assert not violations(page, RULES)


def opened(look: Open, site: Path, name: str, width: int = 1440, dark: bool = False) -> Page:
    path, _, fragment = name.partition("#")
    return look(site / path, f"#{fragment}" if fragment else "", width=width, dark=dark)


def violations(page: Page, tags: list[str], close: bool = True) -> list[tuple[str, str, str]]:
    """What axe-core finds wrong: page, rule, and the first element that breaks it."""
    page.evaluate(AXE)
    result = page.evaluate("(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", tags)
    found = [(page.url, entry["id"], entry["nodes"][0]["html"][:120]) for entry in result["violations"]]
    if close:
        page.close()
    return found
