"""Names, titles and sentences that try to be code: they are shown, and nothing of them runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import pages

Open = Callable[..., Page]

SCRIPT = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>"
QUOTES = "\"'><svg onload=window.hit=1>\u2028</textarea></style>{{7*7}}<!--"
FORMULA = '=HYPERLINK("http://evil.example","click")'
BIDI = "Safe \u202egnp.exe\u202c \u2066Law\u2069"
LINK = "javascript:window.hit=1"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [SCRIPT, QUOTES, FORMULA, BIDI, LINK, "@SUM(A1)", "constructor", "__proto__"]
    text = " said to ".join(names) + "."
    entities, mentions, statements = [], [], []
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    for number, name in enumerate(names):
        entity = Entity(
            id=f"law/{name}",
            type="Law",
            name=name,
            aliases=(SCRIPT + str(number), "-1+1"),
            labels=(('x" onclick="window.hit=1', QUOTES),),
            identifiers=(("wikidata", LINK), (SCRIPT, SCRIPT)),
            jurisdiction=QUOTES,
        )
        entities.append(entity)
        mentions.append(Mention(*spans[number], entity=entity.id, type="Law", witness="model"))
    for number in range(len(names) - 1):
        statements.append(
            Statement(
                entities[number].id, "amends", entities[number + 1].id, "asserted", "2020<b>", 0.9, 0, len(text),
                spans[number], spans[number + 1], SCRIPT, attributed_to=entities[0].id,
            )
        )  # fmt: skip
    document = Document("../../" + SCRIPT, SCRIPT, text, title=SCRIPT, date=QUOTES, publisher=QUOTES, language=QUOTES)
    part = DocumentFacts(document, (), tuple(sorted(mentions, key=lambda m: m.start)), tuple(statements))
    out = tmp_path_factory.mktemp("hostile")
    (out / "report.md").write_text(
        f"# {SCRIPT}\n\n[a]({LINK}) <b onclick=x>\n\n![i](http://evil.example/x.png)\n", encoding="utf-8"
    )
    return pages.write(CorpusFacts(tuple(sorted(entities, key=lambda e: e.id)), (part,)), out, SCRIPT).parent


def test_no_file_leaves_the_site(hostile: Path) -> None:
    assert all(path.parent.name in ("site", "entity", "document") for path in hostile.rglob("*.html"))
    assert len(list((hostile / "entity").iterdir())) == 8
    assert len(list((hostile / "document").iterdir())) == 1
    assert not list(hostile.parent.glob("*.html"))


def test_nothing_runs_on_any_page(look: Open, hostile: Path) -> None:
    page = look(hostile / "index.html")
    for path in sorted(hostile.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("window.hit") is None, path.name
        assert page.locator("img, iframe, object, embed, [onclick], [onload], [onerror]").count() == 0, path.name
        assert page.locator('a[href^="javascript:" i], a[href^="http" i]').count() == 0, path.name


def test_names_are_shown_as_text(look: Open, hostile: Path) -> None:
    page = look(hostile / "index.html")
    for wanted in ("onerror", "onload", "HYPERLINK", "javascript:", "@SUM", "__proto__"):
        page.fill("#search", wanted)
        page.keyboard.press("Enter")
        expect(page.locator("#details .fact").first).to_be_visible()
        page.locator("#as-table").click()
        page.locator("#as-table").click()
    assert page.evaluate("window.hit") is None
    assert page.locator("#details img, #details script").count() == 0


def test_bidirectional_controls_are_gone(hostile: Path) -> None:
    for path in hostile.rglob("*.html"):
        body = path.read_text(encoding="utf-8")
        assert not set(body) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_formulas_stay_text_in_csv(look: Open, hostile: Path) -> None:
    page = look(hostile / "index.html")
    with page.expect_download() as started:
        page.locator("#export-csv").click()
    rows = list(csv.reader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert any(cell.startswith("'@SUM") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_an_injected_handler_would_not_run(browser: Browser, hostile: Path) -> None:
    page = browser.new_page()
    page.goto((hostile / "timeline.html").as_uri())
    blocked = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
            const image = document.createElement("div");
            image.setAttribute("onclick", "window.hit = 1");
            document.body.append(image);
            image.click();
            setTimeout(() => done(window.hit === undefined ? "unheard" : "ran"), 1500);
        })"""
    )
    page.close()
    assert blocked.startswith("script-src")
