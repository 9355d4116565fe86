"""The other pages, the links between all of them, and the promise of the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extraction.facts import CorpusFacts
from graph import pages
from graph.pages import community_pages, document_pages, entity_pages, paging, timeline_pages
from graph.pages.paging import chunks

Open = Callable[..., Page]


def test_same_facts_same_bytes(corpus: CorpusFacts, tmp_path: Path) -> None:
    once, twice = (pages.write(corpus, tmp_path / name).parent for name in ("once", "twice"))
    first = {path.relative_to(once): path.read_bytes() for path in sorted(once.rglob("*.html"))}
    assert first == {path.relative_to(twice): path.read_bytes() for path in sorted(twice.rglob("*.html"))}
    assert len(first) == 8 + 2 + 11


def test_every_link_leads_somewhere(site: Path) -> None:
    ids = {path: set(re.findall(r'id="([^"]+)"', path.read_text(encoding="utf-8"))) for path in site.rglob("*.html")}
    for path in ids:
        body = re.sub(r"<script.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.S)
        for link in map(unescape, re.findall(r'href="([^"]+)"', body)):
            if link.startswith("https://www.wikidata.org/"):
                continue
            page, _, fragment = link.partition("#")
            target = (path.parent / page).resolve() if page else path
            assert target in ids, (path.name, link)
            if fragment and "=" not in fragment:
                assert fragment in ids[target], (path.name, link)


def test_every_page_has_a_policy_and_no_handler(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert 'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;' in html
        body = re.sub(r"<script.*?</script>", "", html, flags=re.S)
        assert not re.search(r"\s(on[a-z]+|style)=", body)
        assert not re.search(r"(src|action)=", body)


def test_dossier(look: Open, site: Path) -> None:
    page = look(site / "entity" / "country-kenya.html")
    expect(page.locator("h1")).to_have_text("Kenya")
    expect(page.locator(".lead")).to_contain_text("Republic of Kenya")
    assert page.locator(".year > h2").all_inner_texts() == ["2022", "2023", "Without a date"]
    expect(page.locator(".fact")).to_have_count(4)
    expect(page.locator(".ego a")).to_have_count(3)
    assert page.get_by_role("link", name="Q114").get_attribute("href") == "https://www.wikidata.org/wiki/Q114"
    page.locator(".ego a").first.click()
    expect(page.locator("h1")).not_to_have_text("Kenya")


def test_dossier_of_an_entity_without_facts(look: Open, site: Path) -> None:
    page = look(site / "entity" / "person-amina-otieno.html")
    expect(page.locator("main")).to_contain_text("state no relation of it")
    expect(page.get_by_role("link", name="A law for the harbours")).to_be_visible()


def test_document_marks_names_and_sentences(look: Open, site: Path) -> None:
    page = look(site / "document" / "harbour-law.html")
    expect(page.locator(".text a.mention")).to_have_count(9)
    page.locator(".text .stated").nth(1).click(position={"x": 75, "y": 10})
    expect(page.locator("#facts .fact:visible")).to_have_count(3)
    page.locator(".facts-button").first.click()
    expect(page.locator("#facts .fact:visible")).to_have_count(1)
    expect(page.locator("#facts .fact:visible")).to_contain_text("Parliament of Kenya")
    page.locator(".text a.mention", has_text="Mombasa").click()
    expect(page.locator("h1")).to_have_text("Mombasa")


def test_document_loses_no_text(corpus: CorpusFacts, site: Path, look: Open) -> None:
    for part in corpus.documents:
        page = look(site / "document" / f"{part.document.id}.html")
        page.evaluate("document.querySelectorAll('.facts-button').forEach((button) => button.remove())")
        shown = " ".join(page.locator(".text p").all_inner_texts())
        assert shown.split() == part.document.text.split()


def test_document_address_opens_the_passage(look: Open, site: Path) -> None:
    page = look(site / "entity" / "country-singapore.html")
    page.locator(".fact .source a").click()
    expect(page.locator("#facts .fact:visible")).to_have_count(1)
    expect(page.locator("#facts .badge.negated")).to_be_visible()


def test_entities_narrow_by_name_and_kind(look: Open, site: Path) -> None:
    page = look(site / "entities.html")
    rows = page.locator("#listing tbody tr")
    expect(rows).to_have_count(11)
    page.fill("#find", "hdpa")
    expect(rows).to_have_count(1)
    page.fill("#find", "日本")
    expect(rows).to_contain_text("Japan")
    page.fill("#find", "")
    page.select_option("#kind", "Country")
    expect(rows).to_have_count(4)
    expect(page.locator("#found")).to_have_text("4 of 11")
    page.locator("#listing thead button", has_text="Name").click()
    assert [row.split()[0] for row in rows.all_inner_texts()] == ["Brazil", "Japan", "Kenya", "Singapore"]
    page.locator("#listing thead button", has_text="Facts").click()
    expect(page.locator("#listing th[aria-sort=descending]")).to_contain_text("Facts")
    rows.first.locator("a").click()
    expect(page.locator("h1")).to_have_text("Kenya")


def test_documents_are_found_by_title_and_by_file(look: Open, site: Path) -> None:
    page = look(site / "documents.html")
    rows = page.locator("#listing tbody tr")
    expect(rows).to_have_count(2)
    page.fill("#find", "harbour-law")
    expect(rows).to_have_count(1)
    rows.locator("a").click()
    expect(page.locator("h1")).to_have_text("A law for the harbours")


def test_timeline_in_order_of_years(look: Open, site: Path) -> None:
    page = look(site / "timeline.html")
    assert page.locator(".year > h2").all_inner_texts() == ["2021", "2022", "2023", "2025"]
    page.locator(".bars a").last.click()
    assert page.evaluate("location.hash") == "#y2025"


def test_communities_lead_into_the_network(look: Open, site: Path) -> None:
    page = look(site / "communities.html")
    expect(page.locator(".groups .card").first).to_be_visible()
    page.locator(".groups .card").first.get_by_role("link", name="See it in the network").click()
    assert page.locator("#community").input_value() == "1"


def test_report_is_the_one_of_the_build(look: Open, site: Path) -> None:
    page = look(site / "report.html")
    expect(page.locator("h1")).to_have_text("What stands out")
    expect(page.locator(".prose tbody td.number")).to_have_text("4")


def test_an_empty_corpus_still_has_pages(look: Open, tmp_path: Path) -> None:
    index = pages.write(CorpusFacts(), tmp_path)
    page = look(index)
    assert "0 entities, 0 links, 0 facts" in page.locator("#status").inner_text()
    for name in ("entities", "documents", "communities", "timeline", "report"):
        expect(look(index.parent / f"{name}.html").locator("h1")).to_be_visible()


@pytest.mark.parametrize("name", ["index", "entities", "documents", "communities", "timeline", "report"])
@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_is_wider_than_the_screen(look: Open, site: Path, name: str, width: int) -> None:
    page = look(site / f"{name}.html", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_lists_go_on_on_further_pages(
    look: Open, corpus: CorpusFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_pages, "FACTS_A_PAGE", 2)
    monkeypatch.setattr(entity_pages, "FACTS_A_PAGE", 2)
    monkeypatch.setattr(community_pages, "COMMUNITIES_A_PAGE", 1)
    root = pages.write(corpus, tmp_path).parent
    test_every_link_leads_somewhere(root)
    page = look(root / "timeline.html")
    page.locator(".bars a").last.click()
    expect(page.locator("#y2025")).to_be_in_viewport()
    expect(page.locator(".pager .count")).to_have_text("Page 5 of 5")
    page.get_by_role("link", name="First").click()
    years = [page.locator(".year > h2").all_inner_texts()]
    while page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").click()
        years.append(page.locator(".year > h2").all_inner_texts())
    # A year that does not fit onto a page begins one of its own.
    assert years == [["2021"], ["2022"], ["2022"], ["2023"], ["2023", "2025"]]
    page = look(root / "entity" / "country-kenya.html")
    sentences = page.locator("blockquote").all_inner_texts()
    page.get_by_role("link", name="Next").click()
    assert len(sentences + page.locator("blockquote").all_inner_texts()) == 4
    page.locator(".pairs a[href*=index]").click()
    page.locator(".figures a[href*=communities]").click()
    expect(page.locator("h1")).to_have_text("Communities")


@pytest.mark.parametrize("written", ["in lines", "in one line"])
def test_a_long_document_goes_on_on_further_pages(
    corpus: CorpusFacts, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "CHARACTERS_A_PAGE", 200)
    monkeypatch.setattr(document_pages, "LONGEST_LINE", 20)
    if written == "in one line":
        parts = (
            replace(each, document=replace(each.document, text=each.document.text.replace("\n", " ")))
            for each in corpus.documents
        )
        corpus = replace(corpus, documents=tuple(parts))
    root = pages.write(corpus, tmp_path).parent
    test_every_link_leads_somewhere(root)
    for key, part in ((each.document.id, each) for each in corpus.documents):
        shown = [path.read_text(encoding="utf-8") for path in root.glob(f"document/{key}*.html")]
        assert len(shown) == 1 + len(part.document.text) // 200 > 1
        # Every sentence leads to its facts, on one page.
        buttons = [button for html in shown for button in re.findall(r'class="facts-button"', html)]
        assert len(buttons) == len({(statement.start, statement.end) for statement in part.statements})
        texts = " ".join(unescape(re.sub(r"<[^>]*>", "", html.partition("<article")[2])) for html in shown)
        assert set(part.document.text.split()) <= set(re.sub(r"(?<=\.)\d+", "", texts).split())


def test_a_page_is_made_anew_only_where_what_it_shows_has_changed(corpus: CorpusFacts, tmp_path: Path) -> None:
    *others, last = corpus.documents
    few = CorpusFacts(corpus.entities, (*others, replace(last, statements=last.statements[1:])))
    pages.write(few, tmp_path / "before")
    pages.write(corpus, tmp_path / "after", earlier=tmp_path / "before")
    pages.write(corpus, tmp_path / "fresh")
    before, after, fresh = (
        {path.relative_to(tmp_path / name): path for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("before", "after", "fresh")
    )
    assert {name: path.read_bytes() for name, path in after.items()} == {
        name: path.read_bytes() for name, path in fresh.items()
    }
    kept = {name for name in before if before[name].samefile(after[name])}
    same = {name for name in before if before[name].read_bytes() == after[name].read_bytes()}
    folders = {"entity", "document"}
    assert kept == {name for name in same if name.parent.name in folders}
    assert kept and {name for name in after if name.parent.name in folders} - kept


def test_a_menu_holds_the_pages_on_a_phone(look: Open, site: Path) -> None:
    page = look(site / "timeline.html", width=375)
    expect(page.get_by_role("link", name="Report")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    boxes = [link.bounding_box() for link in page.locator("#pages a").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 375 and box["height"] >= 44 for box in boxes)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Report")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "menu"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Report").click()
    expect(page.locator("h1")).to_have_text("What stands out")


def test_chunks_keep_order_and_size() -> None:
    groups = [("a", [1, 2, 3]), ("b", []), ("c", [4]), ("d", [5, 6])]
    assert chunks(groups, 2) == [[("a", [1, 2])], [("a", [3]), ("c", [4])], [("d", [5, 6])]]
    assert chunks([], 2) == [[]]


def test_a_further_page_of_the_timeline_is_kept_where_its_years_are_the_same(
    corpus: CorpusFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_pages, "FACTS_A_PAGE", 2)
    pages.write(corpus, tmp_path / "before")
    names = {path.name for path in (tmp_path / "before" / "site").glob("timeline--*.html")}
    pages.write(corpus, tmp_path / "after", earlier=tmp_path / "before")
    same = [
        name for name in names if (tmp_path / "after" / "site" / name).samefile(tmp_path / "before" / "site" / name)
    ]
    assert len(names) == 4 and set(same) == names
    assert not (tmp_path / "after/site/timeline.html").samefile(tmp_path / "before/site/timeline.html")
