"""Each control of the network view by hand, and what it does to the drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extraction.facts import CorpusFacts
from graph import pages

Open = Callable[..., Page]
Where = Callable[[Page, str], tuple[float, float]]

KENYA = "country/kenya"

DRAWN_SIZE = """(key) => {
    const nodes = JSON.parse(document.getElementById("data-nodes").textContent);
    const { network } = document.getElementById("canvas");
    network.redraw();
    return network.body.nodes[nodes.find((node) => node.key === key).id].shape.width;
}"""


@pytest.fixture
def page(look: Open, site: Path) -> Page:
    return look(site / "index.html")


def shown(page: Page) -> str:
    return page.locator("#status").inner_text()


@pytest.mark.parametrize(
    ("fieldset", "label", "without"),
    [
        ("#filter-kinds", "Countries", "2 entities, 1 link"),
        ("#filter-predicates", "signed", "8 entities, 7 links"),
        ("#filter-statuses", "Planned", "8 entities, 10 links"),
        ("#filter-documents", "A law for the harbours", "7 entities, 7 links"),
    ],
)
def test_every_group_of_boxes_filters_and_comes_back(page: Page, fieldset: str, label: str, without: str) -> None:
    box = page.locator(f"{fieldset} .check", has_text=label).locator("input")
    box.click()
    assert without in shown(page)
    assert "without-" in page.evaluate("location.hash")
    box.click()
    assert "9 entities, 11 links" in shown(page)
    assert page.evaluate("location.hash") == ""


def test_a_community_alone(page: Page) -> None:
    members = page.locator("#community option").nth(1).inner_text()
    page.select_option("#community", index=1)
    assert shown(page).split()[0] == members.rpartition("(")[2].rstrip(")")


def test_nodes_grow_with_the_chosen_measure(page: Page) -> None:
    page.select_option("#measure", "same")
    same = page.evaluate(DRAWN_SIZE, KENYA), page.evaluate(DRAWN_SIZE, "country/singapore")
    page.select_option("#measure", "degree")
    by_degree = page.evaluate(DRAWN_SIZE, KENYA), page.evaluate(DRAWN_SIZE, "country/singapore")
    assert same[0] == same[1]
    assert by_degree[0] > by_degree[1]


def test_every_kind_has_a_shape_of_its_own_in_legend_and_drawing(page: Page) -> None:
    outlines = page.locator("#filter-kinds svg").evaluate_all("(all) => all.map((one) => one.innerHTML)")
    assert len(set(outlines)) == len(outlines) == 8


def test_names_of_relations_on_all_edges(page: Page) -> None:
    def picture() -> str:
        page.evaluate("document.getElementById('canvas').network.redraw()")
        return str(page.evaluate("document.querySelector('#canvas canvas').toDataURL()"))

    plain = picture()
    page.locator("#edge-labels").check()
    assert picture() != plain
    page.locator("#edge-labels").uncheck()
    assert picture() == plain


def test_dragging_pans_and_the_wheel_zooms(page: Page, where: Where) -> None:
    x, y = where(page, KENYA)
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 50, steps=3)
    page.mouse.up()
    moved = where(page, KENYA)
    assert (round(moved[0] - x), round(moved[1] - y)) == (60, 30)
    scale = "document.getElementById('canvas').network.getScale()"
    before = page.evaluate(scale)
    page.mouse.wheel(0, -300)
    assert page.evaluate(scale) > before
    page.locator("#fit").click()
    assert page.evaluate(scale) == pytest.approx(before)


def test_nodes_are_painted_wherever_one_looks(page: Page) -> None:
    painted = page.evaluate(
        """async () => {
            const { network } = document.getElementById("canvas");
            const nodes = JSON.parse(document.getElementById("data-nodes").textContent);
            const { x, y } = nodes.find((node) => node.key === "governmentbody/parliament-of-kenya");
            network.moveTo({ position: { x: x + 20, y: y + 20 }, scale: 4, animation: false });
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const canvas = document.querySelector("#canvas canvas");
            const at = network.canvasToDOM({ x, y });
            const ratio = canvas.width / canvas.clientWidth;
            return [...canvas.getContext("2d").getImageData(at.x * ratio, at.y * ratio, 1, 1).data];
        }"""
    )
    assert painted == [0x56, 0xB4, 0xE9, 255]  # the blue of a government body


def test_moving_about_without_dragging(page: Page, where: Where) -> None:
    x, y = where(page, KENYA)
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+ArrowLeft")
    moved = where(page, KENYA)
    assert moved[0] > x + 50 and round(moved[1] - y) == 0
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + 20, box["y"] + 20)
    after = where(page, KENYA)
    assert after[0] - moved[0] == pytest.approx(box["width"] / 2 - 20, abs=2)
    assert shown(page).startswith("9 entities")


def test_the_form_for_a_path_offers_names_and_refuses_one_name_twice(page: Page) -> None:
    page.locator("#open-path").click()
    page.keyboard.type("kenya")
    expect(page.locator("#path-from-list [role=option]").first).to_contain_text("Kenya")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("#path-to").fill("kenya")
    page.keyboard.press("Enter")
    page.locator("#path-box button[type=submit]").click()
    assert shown(page) == "Choose two different names."


def test_a_view_with_a_path_is_shared_by_its_address(look: Open, site: Path, page: Page) -> None:
    page.locator("#open-path").click()
    page.keyboard.type("parliament")
    page.keyboard.press("Enter")
    page.locator("#path-to").fill("singapore")
    page.keyboard.press("Enter")
    page.locator("#path-box button[type=submit]").click()
    again = look(site / "index.html", page.evaluate("location.hash"))
    assert shown(again) == shown(page)
    expect(again.locator("#details h2")).to_have_text("Parliament of Kenya to Singapore")


def test_an_edge_is_shared_by_its_address(look: Open, site: Path) -> None:
    edge = "country/singapore signed agreement/digital-ports-charter negated"
    page = look(site / "index.html", f"#edge={edge.replace(' ', '+')}")
    expect(page.locator("#details h2")).to_have_text("Singapore signed Digital Ports Charter")


def test_focus_moves_in_the_order_of_the_page(page: Page) -> None:
    page.locator(".brand").focus()
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.closest('nav, .filters, .toolbar, #canvas, .zoom, .details, #theme')?.id"
                " || document.activeElement.closest('nav, .filters, .toolbar, .zoom, .details')?.className"
            )
        )
        if seen[-1] == "details":
            break
    parts = [part for at, part in enumerate(seen) if at == 0 or part != seen[at - 1]]
    assert parts == ["pages", "theme", "filters", "toolbar", "canvas", "zoom", "details"]


def test_no_motion_for_those_who_ask_for_none(browser: Browser, site: Path) -> None:
    found = []
    for wish in ("reduce", "no-preference"):
        page = browser.new_page(viewport={"width": 900, "height": 800}, reduced_motion=wish)  # type: ignore[arg-type]
        page.goto((site / "index.html").as_uri())
        found.append(page.locator("#filters").evaluate("(one) => getComputedStyle(one).transitionDuration"))
        page.close()
    assert found == ["0s", "0.18s"]


def test_print_keeps_drawing_legend_and_facts(page: Page) -> None:
    page.emulate_media(media="print")
    for hidden in (".top", ".toolbar", ".zoom", "#filter-years", "#filter-kinds input >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    for visible in ("#canvas canvas", "#filter-kinds", "#filter-statuses", "#details h2"):
        expect(page.locator(visible)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_group_is_turned_off_to_keep_one_of_it(look: Open, site: Path, page: Page) -> None:
    page.get_by_role("button", name="None of Documents").click()
    assert "0 facts" in shown(page)
    page.locator("#filter-documents .check", has_text="ports-charter").locator("input").check()
    assert "7 facts" in shown(page)
    page.get_by_role("button", name="None of Kinds").click()
    page.locator("#filter-kinds .check", has_text="Countries").locator("input").check()
    page.locator("#filter-kinds .check", has_text="Agreements").locator("input").check()
    assert "5 entities, 5 links" in shown(page)
    fragment = page.evaluate("location.hash")
    assert fragment.startswith("#only-kinds=Agreement+Country")
    assert shown(look(site / "index.html", fragment)) == shown(page)
    page.get_by_role("button", name="All of Kinds").click()
    page.get_by_role("button", name="All of Documents").click()
    assert "9 entities, 11 links" in shown(page)


def test_documents_are_found_among_many(look: Open, corpus: CorpusFacts, tmp_path: Path) -> None:
    one = corpus.documents[0]
    copies = [replace(one, document=replace(one.document, id=f"copy-{at:03}", title=f"Copy {at}")) for at in range(80)]
    page = look(pages.write(CorpusFacts(corpus.entities, tuple(copies)), tmp_path))
    boxes = page.locator("#filter-documents .check")
    expect(boxes).to_have_count(60)
    expect(page.locator("#filter-documents")).to_contain_text("and 20 more")
    page.fill("#find-document", "copy 79")
    expect(boxes).to_have_count(1)
    page.get_by_role("button", name="None of Documents").click()
    boxes.locator("input").check()
    assert "4 facts" in shown(page)
    assert page.evaluate("location.hash") == "#only-documents=copy-079"
