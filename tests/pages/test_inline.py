"""The network view in notebooks: several on one page, offline, and closed off from the notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from extraction.facts import CorpusFacts, DocumentFacts, Span
from graph import folder, writing
from graph.errors import BadParameter, UnknownEntity
from graph.knowledgegraph import KnowledgeGraph
from graph.pages.inline import view

Notebook = Callable[..., list[FrameLocator]]


def built(corpus: CorpusFacts, out: Path) -> Path:
    writing.write(corpus, out)
    (out / folder.RECORD).write_text(json.dumps({"policygraph": "test"}), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def out(corpus: CorpusFacts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(corpus, tmp_path_factory.mktemp("inline"))


@pytest.fixture
def notebook(browser: Browser, tmp_path: Path) -> Callable[[str], list[FrameLocator]]:
    """The frames of a page, once each has drawn its network."""
    opened = []

    def open_page(html: str) -> list[FrameLocator]:
        path = tmp_path / "notebook.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1100, "height": 2000}, accept_downloads=True)
        opened.append((page, []))
        page.on("pageerror", lambda error: opened[-1][1].append(str(error)))
        page.on("request", lambda request: opened[-1][1].append(request.url) if request.frame.parent_frame else None)
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        frames = [page.frame_locator("iframe").nth(at) for at in range(page.locator("iframe").count())]
        for frame in frames:
            expect(frame.locator("#status")).to_contain_text("in view")
        return frames

    yield open_page
    for page, wrong in opened:
        page.close()
        assert not wrong


def test_two_views_of_an_executed_notebook(out: Path, notebook: Notebook) -> None:
    nbformat = pytest.importorskip("nbformat")
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    shown = "from IPython.display import HTML; from graph.pages.inline import view; HTML(view({!r}, {}))"
    cells = [
        nbformat.v4.new_code_cell(shown.format(str(out), "title='All of it'")),
        nbformat.v4.new_code_cell(shown.format(str(out), "entity='kenya', height=500")),
    ]
    executed = nbformat.v4.new_notebook(cells=cells)
    repository = Path(__file__).parents[2]
    NotebookClient(executed, kernel_name="python3", resources={"metadata": {"path": str(repository)}}).execute()
    html, _ = HTMLExporter().from_notebook_node(executed)
    whole, around = notebook(re.sub(r'<script src="https:[^>]*></script>', "", html))
    expect(whole.locator("#details h2")).to_have_text("All of it")
    expect(whole.locator("#status")).to_contain_text("9 entities, 11 links, 11 facts")
    expect(around.locator("#details h2")).to_have_text("Kenya")
    expect(around.locator("#status")).to_contain_text("4 entities, 4 links, 4 facts")
    assert "Warning" not in html

    whole.locator("#search").fill("hdpa")
    whole.locator("#search").press("Enter")
    expect(whole.locator("#details h2")).to_have_text("Harbour Data Protection Act")
    expect(around.locator("#details h2")).to_have_text("Kenya")


def test_sentences_are_there_and_no_link_leads_out(out: Path, notebook: Notebook) -> None:
    (frame,) = notebook(view(out, title="Ports", entity="Nairobi Digital Ports Forum"))
    expect(frame.locator("#details .fact")).to_have_count(3)
    assert frame.locator("#details .fact").first.locator("mark").all_inner_texts() == [
        "Kenya",
        "Nairobi Digital Ports Forum",
    ]
    expect(frame.locator("#details .source").first).to_contain_text("A law for the harbours")
    expect(frame.locator("a")).to_have_count(0)
    frame.locator("#focus-node").click()
    expect(frame.locator("#trail li")).to_have_count(2)
    frame.locator("#theme").click()
    expect(frame.locator("#theme")).to_have_attribute("aria-pressed", "true")
    with frame.owner.page.expect_download() as started:
        frame.locator("#export-csv").click()
    assert "Nairobi Digital Ports Forum" in Path(started.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "shift_jis"])
def test_a_view_works_in_a_page_of_any_encoding(out: Path, notebook: Notebook, encoding: str) -> None:
    (frame,) = notebook(f'<meta charset="{encoding}">{view(out, title="Häfen – 港")}')
    expect(frame.locator("body")).to_contain_text("Häfen – 港")


def test_views_and_filters(out: Path, notebook: Notebook) -> None:
    graph = KnowledgeGraph(out)
    wanted: list[tuple[dict[str, Any], str]] = [
        ({"predicates": "signed"}, "5 entities, 4 links"),
        ({"statuses": ["planned", "negated"]}, "4 entities, 2 links"),
        ({"since": 2022, "until": 2023}, "5 entities, 6 links"),
        ({"documents": ["harbour-law"]}, "6 entities, 4 links"),
        ({"view": "actors"}, "7 entities, 8 links"),
        ({"view": "instruments"}, "0 entities, 0 links"),
        ({"entity": "Kenya", "depth": 2}, "8 entities, 10 links"),
        ({"entity": "Mombasa"}, "1 entity, 0 links"),
    ]
    frames = notebook("".join(view(graph, **chosen, height=200) for chosen, _ in wanted))
    for frame, (_, counts) in zip(frames, wanted, strict=True):
        expect(frame.locator("#status")).to_contain_text(counts)


def test_hostile_strings_stay_text(corpus: CorpusFacts, tmp_path: Path, notebook: Notebook) -> None:
    evil = "\"'></iframe></script><script>parent.hit=1;window.hit=1</script><img src=x onerror=parent.hit=1>"
    part = corpus.documents[1]
    text = f"Singapore {evil} did not sign the Digital Ports Charter."
    denied = next(item for item in part.statements if item.status == "negated")
    ends = {"subject_span": Span(0, 9), "object_span": Span(len(text) - 22, len(text) - 1)}
    moved = replace(denied, start=0, end=len(text), **ends)
    document = replace(part.document, id="x", text=text, title=evil)
    entities = tuple(replace(item, name=evil if item.name == "Singapore" else item.name) for item in corpus.entities)
    out = built(CorpusFacts(entities, (DocumentFacts(document, statements=(moved,)),)), tmp_path / "hostile")
    html = view(out, title=evil)
    assert html.count("<") == 4 and html.count('"') == 12
    assert evil in unescape(html) or "\\u003c/script" in unescape(html)
    (frame,) = notebook(html)
    frame.locator("#search").fill("iframe")
    frame.locator("#search").press("Enter")
    expect(frame.locator("#details blockquote")).to_contain_text("onerror")
    assert frame.owner.page.evaluate("window.hit") is None
    assert frame.locator("body").evaluate("window.hit") is None


def test_what_cannot_be_shown_is_said_in_a_sentence(out: Path) -> None:
    with pytest.raises(BadParameter, match="no view 'map'"):
        view(out, "map")
    with pytest.raises(BadParameter, match="no filter 'colour'"):
        view(out, colour="red")
    with pytest.raises(UnknownEntity):
        view(out, entity="Atlantis")
