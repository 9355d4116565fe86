"""A small corpus, its pages, a large one, a hostile one, and a browser that notices every error and every request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement, Status
from graph import pages

PATIENCE = 60_000  # milliseconds until what a page should show counts as missing: a busy machine is not a broken page
expect.set_options(timeout=PATIENCE)

Said = tuple[str, str, str, Status, str, float]
Open = Callable[..., Page]

ENTITIES = (
    Entity("agreement/digital-ports-charter", "Agreement", "Digital Ports Charter", ("Ports Charter",)),
    Entity("country/brazil", "Country", "Brazil", identifiers=(("iso3166", "BR"),)),
    Entity("country/japan", "Country", "Japan", labels=(("ja", "日本"),)),
    Entity(
        "country/kenya",
        "Country",
        "Kenya",
        ("Republic of Kenya",),
        identifiers=(("iso3166", "KE"), ("wikidata", "Q114")),
        known=True,
    ),
    Entity("country/singapore", "Country", "Singapore"),
    Entity("forum/nairobi-digital-ports-forum", "Forum", "Nairobi Digital Ports Forum"),
    Entity("governmentbody/parliament-of-kenya", "GovernmentBody", "Parliament of Kenya", jurisdiction="KE"),
    Entity("initiative/clean-cables-initiative", "Initiative", "Clean Cables Initiative"),
    Entity("law/harbour-data-protection-act", "Law", "Harbour Data Protection Act", ("HDPA",), jurisdiction="KE"),
    Entity("person/amina-otieno", "Person", "Amina Otieno"),
    Entity("place/mombasa", "Place", "Mombasa"),
)

LAW: Sequence[tuple[str, Sequence[Said]]] = (
    (
        "The Parliament of Kenya passed the Harbour Data Protection Act (HDPA) on 12 March 2021.",
        [("Parliament of Kenya", "enacted", "Harbour Data Protection Act", "asserted", "2021-03-12", 0.95)],
    ),
    (
        "Kenya hosted the Nairobi Digital Ports Forum in June 2022, and Brazil and Japan took part in it.",
        [
            ("Kenya", "hosted", "Nairobi Digital Ports Forum", "asserted", "2022-06", 0.9),
            ("Brazil", "participatedIn", "Nairobi Digital Ports Forum", "asserted", "2022-06", 0.85),
            ("Japan", "participatedIn", "Nairobi Digital Ports Forum", "asserted", "2022-06", 0.85),
        ],
    ),
    ("Amina Otieno wrote the first draft in Mombasa.", []),
)
CHARTER: Sequence[tuple[str, Sequence[Said]]] = (
    (
        "Kenya, Brazil and Japan signed the Digital Ports Charter in 2023.",
        [
            ("Kenya", "signed", "Digital Ports Charter", "asserted", "2023", 0.8),
            ("Brazil", "signed", "Digital Ports Charter", "asserted", "2023", 0.8),
            ("Japan", "signed", "Digital Ports Charter", "asserted", "2023", 0.8),
        ],
    ),
    (
        "Singapore did not sign the Digital Ports Charter.",
        [("Singapore", "signed", "Digital Ports Charter", "negated", "", 0.7)],
    ),
    (
        "Japan will launch the Clean Cables Initiative in 2025.",
        [("Japan", "initiated", "Clean Cables Initiative", "planned", "2025", 0.4)],
    ),
    (
        "Kenya welcomed the Harbour Data Protection Act, and the Digital Ports Charter too.",
        [
            ("Kenya", "supports", "Harbour Data Protection Act", "asserted", "", 0.6),
            ("Kenya", "supports", "Digital Ports Charter", "asserted", "", 0.6),
        ],
    ),
)


def part(
    identifier: str, title: str, sentences: Sequence[tuple[str, Sequence[Said]]], entities: Sequence[Entity]
) -> DocumentFacts:
    """A document whose names are found by their spelling and whose facts stand in the sentence they are given with."""
    ids = {name: entity.id for entity in entities for name in (entity.name, *entity.aliases)}
    types = {entity.id: entity.type for entity in entities}
    text, statements = "", []
    for sentence, said in sentences:
        start = len(text)
        text += sentence
        for subject, predicate, thing, status, date, confidence in said:
            spans = [_span(text, name, start) for name in (subject, thing)]
            statements.append(
                Statement(
                    ids[subject],
                    predicate,
                    ids[thing],
                    status,
                    date,
                    confidence,
                    start,
                    len(text),
                    *spans,
                    frame="test",
                )
            )
        text += "\n\n"
    mentions = [
        Mention(*_span(text, name, at), entity=ids[name], type=types[ids[name]], witness="registry")
        for name in sorted(ids)
        for at in _places(text, name)
    ]
    document = Document(identifier, f"{identifier}.txt", text, title, date="2024-02-01", publisher="Test Desk")
    return DocumentFacts(document, (), tuple(sorted(mentions, key=lambda m: (m.start, m.end))), tuple(statements))


def _span(text: str, name: str, start: int) -> Span:
    at = text.index(name, start)
    return Span(at, at + len(name))


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


@pytest.fixture(scope="session")
def corpus() -> CorpusFacts:
    """Two documents, eleven entities, eleven facts: some planned, one denied, some without a date."""
    return CorpusFacts(
        ENTITIES,
        (part("harbour-law", "A law for the harbours", LAW, ENTITIES), part("ports-charter", "", CHARTER, ENTITIES)),
    )


@pytest.fixture(scope="session")
def site(corpus: CorpusFacts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder site/ of the small corpus."""
    out = tmp_path_factory.mktemp("small")
    (out / "report.md").write_text(
        "# What stands out\n\n| Entity | Facts |\n|---|---:|\n| Kenya | 4 |\n", encoding="utf-8"
    )
    return pages.write(corpus, out, "Ports of the world").parent


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system; none is downloaded."""
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def look(browser: Browser) -> Iterator[Open]:
    """look(address, width=…, dark=…) opens a page; at the end no page may have erred or asked for anything outside."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            wrong.append(f"request: {request.url}")

    def open_page(path: Path, fragment: str = "", width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", asked)
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="session")
def where() -> Callable[[Page, str], tuple[float, float]]:
    """Where on the screen the node of an entity is drawn."""

    def find(page: Page, key: str) -> tuple[float, float]:
        x, y = page.evaluate(
            """(key) => {
                const canvas = document.getElementById("canvas");
                const nodes = JSON.parse(document.getElementById("data-nodes").textContent);
                const id = nodes.find((node) => node.key === key).id;
                const { x, y } = canvas.network.canvasToDOM(canvas.network.getPosition(id));
                const box = canvas.getBoundingClientRect();
                return [box.x + x, box.y + y];
            }""",
            key,
        )
        return float(x), float(y)

    return find
