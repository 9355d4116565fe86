"""The query page that the endpoint serves: it asks, shows, saves, and says where a query is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extraction.facts import CorpusFacts
from graph import writing

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def served(
    serving: Callable[..., AbstractContextManager[str]],
    corpus: CorpusFacts,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    out = tmp_path_factory.mktemp("served") / "out"
    writing.write(corpus, out)
    with serving(out, "--workers", 1) as address:
        yield address


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """The page, which may err in nothing and fetch nothing but answers."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith((served, "blob:")) or wrong.append(request.url))
    page.goto(f"{served}/sparql")
    yield page
    context.close()
    assert not wrong


def write(page: Page, text: str) -> None:
    page.get_by_label("Query", exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_the_first_query_has_an_answer(page: Page) -> None:
    page.click("#run")
    expect(page.locator("#answer tbody tr")).to_have_count(3)
    expect(page.locator("#state")).to_contain_text("3 rows")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    lines = saved.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "who,signed,document,sentence" and len(lines) == 4


def test_a_stored_query_is_an_example(page: Page) -> None:
    page.select_option("#example", "laws-by-year")
    expect(page.locator("#about")).to_contain_text("Which laws were enacted")
    page.get_by_label("Query", exact=True).press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("Harbour Data Protection Act")


def test_graphs_and_truths_are_shown_too(page: Page) -> None:
    write(page, "ASK { ?who pol:signed ?what }")
    page.click("#run")
    expect(page.locator("#answer")).to_have_text("yes")
    write(page, "CONSTRUCT WHERE { ?who pol:signed ?what }")
    page.click("#run")
    expect(page.locator("#answer")).to_contain_text("pol:signed")


def test_a_mistake_is_pointed_at(page: Page) -> None:
    write(page, "SELECT * { ?s ?p }")
    page.click("#run")
    expect(page.locator("#wrong")).to_contain_text("at line 1, column")


def test_markup_in_an_answer_stays_text(page: Page) -> None:
    write(page, "SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}")
    page.click("#run")
    expect(page.locator("#answer td")).to_have_text("<img src=x onerror=alert(1)>")


def test_a_query_can_be_stopped(page: Page) -> None:
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.click("#run")
    page.click("#stop")
    expect(page.locator("#state")).to_have_text("Stopped.")


def test_the_keyboard_is_not_held(page: Page) -> None:
    page.get_by_label("Query", exact=True).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


@pytest.mark.parametrize("width", [1300, 375])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.click("#run")
    expect(page.locator("#answer tbody tr")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
    assert [entry["id"] for entry in found["violations"]] == []
