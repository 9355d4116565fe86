"""The network view in a real browser: every behaviour by clicking, typing and reading."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extraction.facts import CorpusFacts
from graph import pages
from graph.pages import network_page

Open = Callable[..., Page]
Where = Callable[[Page, str], tuple[float, float]]

KENYA = "country/kenya"
CHARTER = "agreement/digital-ports-charter"
FORUM = "forum/nairobi-digital-ports-forum"


@pytest.fixture
def index(site: Path) -> Path:
    return site / "index.html"


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_opens_with_the_whole_corpus(look: Open, index: Path) -> None:
    page = look(index)
    expect(page.locator("#details h2")).to_have_text("Ports of the world")
    assert "9 entities, 11 links, 11 facts in view" in status(page)
    expect(page.locator("#filter-kinds .check")).to_have_count(8)
    assert page.locator("#filter-kinds svg").count() == 8


def test_nothing_moves_once_drawn(look: Open, index: Path, where: Where) -> None:
    page = look(index)
    before = where(page, KENYA)
    page.wait_for_timeout(600)
    assert where(page, KENYA) == before


def test_clicking_a_node_shows_its_facts_with_their_sentences(look: Open, index: Path, where: Where) -> None:
    page = look(index)
    page.mouse.click(*where(page, FORUM))
    expect(page.locator("#details h2")).to_have_text("Nairobi Digital Ports Forum")
    expect(page.locator("#details .fact")).to_have_count(3)
    first = page.locator("#details .fact").first
    expect(first.locator("blockquote")).to_have_text(
        "Kenya hosted the Nairobi Digital Ports Forum in June 2022, and Brazil and Japan took part in it."
    )
    assert {mark.inner_text() for mark in first.locator("mark").all()} <= {
        "Kenya",
        "Brazil",
        "Japan",
        "Nairobi Digital Ports Forum",
    }
    assert first.locator("a").get_attribute("href").startswith("document/harbour-law.html#p")  # type: ignore[union-attr]


def test_clicking_an_edge_shows_what_it_stands_on(look: Open, index: Path, where: Where) -> None:
    page = look(index)
    (x1, y1), (x2, y2) = where(page, "country/singapore"), where(page, CHARTER)
    page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    expect(page.locator("#details h2")).to_have_text("Singapore signed Digital Ports Charter")
    expect(page.locator("#details .kind-line")).to_have_text("Denied")
    expect(page.locator("#details blockquote")).to_have_text("Singapore did not sign the Digital Ports Charter.")


def test_planned_edges_are_dashed_and_denied_ones_barred(look: Open, index: Path) -> None:
    page = look(index)
    looks = page.evaluate(
        """() => {
            const edges = JSON.parse(document.getElementById("data-edges").textContent);
            const drawn = document.getElementById("canvas").network.body.data.edges;
            const look = (id) => ({ dashes: drawn.get(id).dashes, bar: drawn.get(id).arrows?.middle?.enabled });
            return edges.map(({ id, status }) => ({ status, ...look(id) }));
        }"""
    )
    assert {(entry["status"], bool(entry["dashes"]), bool(entry.get("bar"))) for entry in looks} == {
        ("asserted", False, False),
        ("planned", True, False),
        ("negated", True, True),
    }


def test_search_finds_by_alias_and_by_foreign_name(look: Open, index: Path) -> None:
    page = look(index)
    page.keyboard.press("/")
    page.keyboard.type("hdp")
    option = page.locator("#suggestions [role=option]")
    expect(option).to_have_count(1)
    expect(option).to_contain_text("HDPA")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Harbour Data Protection Act")
    page.fill("#search", "日本")
    expect(option.first).to_contain_text("Japan")
    option.first.click()
    expect(page.locator("#details h2")).to_have_text("Japan")
    page.fill("#search", "zzz")
    expect(page.locator("#suggestions")).to_contain_text("No such name")


def test_search_reaches_names_that_are_not_drawn(look: Open, index: Path) -> None:
    page = look(index)
    page.fill("#search", "otieno")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Amina Otieno")
    expect(page.locator("#details")).to_contain_text("No fact in this view")


def test_the_legend_filters_by_kind(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#filter-kinds .check", has_text="Forums").locator("input").uncheck()
    assert "8 entities, 8 links, 8 facts" in status(page)
    page.locator("#reset").click()
    assert "9 entities, 11 links, 11 facts" in status(page)


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("#without-predicates=signed", "8 entities, 7 links, 7 facts"),
        ("#without-statuses=planned+negated", "7 entities, 9 links, 9 facts"),
        ("#without-documents=ports-charter", "6 entities, 4 links, 4 facts"),
        ("#from=2022&to=2022&undated=no", "4 entities, 3 links, 3 facts"),
        ("#from=2022&to=2022", "7 entities, 6 links, 6 facts"),
        ("#confidence=0.75", "7 entities, 7 links, 7 facts"),
        ("#unlinked=yes", "11 entities, 11 links, 11 facts"),
    ],
)
def test_filters(look: Open, index: Path, fragment: str, shown: str) -> None:
    page = look(index, fragment)
    assert shown in status(page)


def test_year_sliders_and_confidence_by_hand(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#year-from").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#years-text").inner_text() == "2022 to 2025"
    assert "10 facts" in status(page)
    page.locator("#undated").uncheck()
    assert "7 facts" in status(page)
    page.locator("#confidence").focus()
    page.keyboard.press("End")
    assert "0 facts" in status(page)


def test_double_click_focuses_and_the_trail_leads_back(look: Open, index: Path, where: Where) -> None:
    page = look(index)
    page.mouse.dblclick(*where(page, FORUM))
    expect(page.locator("#trail li")).to_have_text(["Whole network", "Nairobi Digital Ports Forum"])
    assert "4 entities" in status(page)
    assert page.evaluate("location.hash").startswith("#focus=forum/nairobi-digital-ports-forum")
    page.select_option("#depth", "2")
    assert "7 entities" in status(page)
    page.mouse.dblclick(*where(page, KENYA))
    expect(page.locator("#trail li")).to_have_count(3)
    page.locator("#trail button", has_text="Nairobi").click()
    expect(page.locator("#trail li")).to_have_count(2)
    page.locator("#back").click()
    expect(page.locator("#trail-bar")).to_be_hidden()
    assert "9 entities" in status(page)
    page.go_back()
    expect(page.locator("#trail li")).to_have_count(2)


def test_shortest_path_between_two_names(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#open-path").click()
    page.keyboard.type("parliament")
    page.keyboard.press("Enter")
    page.locator("#path-to").fill("clean cables")
    page.keyboard.press("Enter")
    page.locator("#path-box button[type=submit]").click()
    expect(page.locator("#details .kind-line")).to_contain_text("steps apart")
    sentences = page.locator("#details blockquote").all_inner_texts()
    assert any("passed the Harbour Data Protection Act" in text for text in sentences)
    assert any("Clean Cables Initiative" in text for text in sentences)
    page.get_by_role("button", name="Close the path").click()
    assert "9 entities" in status(page)


def test_no_path_is_said_plainly(look: Open, index: Path) -> None:
    page = look(index, f"#path={KENYA}+place/mombasa")
    expect(page.locator("#details")).to_contain_text("Nothing in this view connects the two")


def test_the_address_restores_the_view(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#filter-kinds .check", has_text="Forums").locator("input").uncheck()
    page.select_option("#measure", "degree")
    page.fill("#search", "kenya")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Focus").click()
    page.select_option("#depth", "3")
    fragment = page.evaluate("location.hash")
    again = look(index, fragment)
    assert status(again) == status(page)
    expect(again.locator("#details h2")).to_have_text("Kenya")
    expect(again.locator("#trail li")).to_have_text(["Whole network", "Kenya"])
    assert again.locator("#measure").input_value() == "degree"
    assert not again.locator("#filter-kinds .check", has_text="Forums").locator("input").is_checked()


@pytest.mark.parametrize(
    "fragment", ["#focus=%E0%A4%A&depth=99&from=x", "#community=-3&measure=constructor&path=a", "#edge=__proto__"]
)
def test_a_broken_address_shows_the_whole(look: Open, index: Path, fragment: str) -> None:
    page = look(index, fragment)
    assert "9 entities, 11 links, 11 facts" in status(page)


def test_keys_walk_from_node_to_node(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#details h2").inner_text()
    seen = {first}
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        seen.add(page.locator("#details h2").inner_text())
    assert len(seen) > 1
    page.keyboard.press("Enter")
    expect(page.locator("#trail li")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#trail-bar")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_csv_of_the_view(look: Open, index: Path) -> None:
    page = look(index, "#without-documents=ports-charter")
    with page.expect_download() as started:
        page.locator("#export-csv").click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 4
    assert {row["document"] for row in rows} == {"harbour-law"}
    assert rows[0]["sentence"].startswith(("The Parliament", "Kenya hosted"))


def test_png_of_the_view(look: Open, index: Path) -> None:
    page = look(index)
    with page.expect_download() as started:
        page.locator("#export-png").click()
    data = Path(started.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) > 10_000


def test_the_table_says_what_the_drawing_says(look: Open, index: Path) -> None:
    page = look(index)
    page.locator("#as-table").click()
    expect(page.locator("#canvas")).to_be_hidden()
    expect(page.locator("#table tbody tr")).to_have_count(11)
    page.locator("#table thead button", has_text="Date").click()
    page.locator("#table thead button", has_text="Date").click()
    expect(page.locator("#table th[aria-sort=descending]")).to_contain_text("Date")
    expect(page.locator("#table tbody tr").first).to_contain_text("2025")
    page.locator("#table tbody tr").first.locator("button").first.click()
    expect(page.locator("#details h2")).to_have_text("Japan")


def test_light_and_dark(look: Open, index: Path) -> None:
    page = look(index, dark=True)
    dark = page.evaluate("getComputedStyle(document.body).color")
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).color") != dark
    assert page.locator("#theme").get_attribute("aria-pressed") == "false"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_phone(look: Open, index: Path) -> None:
    page = look(index, width=375, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.locator("#open-filters").click()
    expect(page.locator("#filter-kinds .check").first).to_be_visible()
    page.locator("#filter-kinds .check", has_text="Forums").locator("input").uncheck()
    page.locator("#close-filters").click()
    assert "8 entities" in status(page)
    page.fill("#search", "brazil")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_be_in_viewport()


def test_panel_links_lead_to_dossier_and_document(look: Open, index: Path) -> None:
    page = look(index, f"#node={KENYA}")
    page.get_by_role("link", name="Open the dossier").click()
    expect(page.locator("h1")).to_have_text("Kenya")
    page.get_by_role("link", name="See it in the network").click()
    expect(page.locator("#trail li")).to_have_text(["Whole network", "Kenya"])
    page.locator("#details .fact a").first.click()
    expect(page.locator("#facts .group:not([hidden]) .fact").first).to_be_visible()


def test_page_data_holds_each_fact_once(index: Path) -> None:
    html = index.read_text(encoding="utf-8")
    facts = json.loads(html.split('id="data-facts">')[1].split("</script>")[0])
    assert len(facts) == 11


def test_a_large_graph_opens_in_parts(
    look: Open, corpus: CorpusFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_page, "LARGE", 5)
    monkeypatch.setattr(network_page, "PRINCIPAL", 4)
    index = pages.write(corpus, tmp_path)
    page = look(index)
    assert status(page).startswith("4 entities")
    expect(page.locator("#notice")).to_contain_text("4 of 9 entities are drawn")
    page.fill("#search", "singapore")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Singapore")
    assert status(page).startswith("2 entities")
    page.locator("#back").click()
    page.locator("#draw-all").click()
    assert status(page).startswith("9 entities")
    expect(page.locator("#notice")).to_be_hidden()


def test_a_community_of_a_large_graph_opens_by_click_and_by_key(
    look: Open, corpus: CorpusFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_page, "LARGE", 5)
    monkeypatch.setattr(network_page, "PRINCIPAL", 2)
    page = look(pages.write(corpus, tmp_path))
    closed = status(page)
    page.locator("#communities button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details .kind-line")).to_have_text("Community 1")
    opened = status(page)
    assert int(opened.split()[0]) > int(closed.split()[0])
    assert page.evaluate("location.hash") == "#open=1&group=1"
    again = look(tmp_path / "site" / "index.html", "#open=1&group=1")
    assert status(again) == opened
    expect(again.locator("#details .kind-line")).to_have_text("Community 1")
    page.locator("#close-community").click()
    assert status(page) == closed
    # Somewhere on the canvas there is a circle and no node.
    box = page.locator("#canvas").bounding_box()
    assert box
    for at in range(40):
        page.mouse.click(box["x"] + box["width"] * (0.1 + 0.02 * at), box["y"] + box["height"] * 0.5 + 3 * (at % 7))
        if "open=" in page.evaluate("location.hash"):
            break
    expect(page.locator("#details .kind-line")).to_contain_text("Community")
    assert int(status(page).split()[0]) > int(closed.split()[0])
