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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing(look: Open, site: Path, width: int, dark: bool) -> None:
    found = []
    for name in PAGES:
        path, _, fragment = name.partition("#")
        page = look(site / path, f"#{fragment}" if fragment else "", width=width, dark=dark)
        page.evaluate(AXE)
        result = page.evaluate("(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
        found += [(name, entry["id"], entry["nodes"][0]["html"][:120]) for entry in result["violations"]]
    assert not found
