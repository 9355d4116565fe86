"""How soon the network page answers, beside a stock pyvis page of the same graph in the same browser and run.

    python benchmarks/pages.py

Needs Chromium and playwright. Chromium draws in software here, without a graphics card: with one, all is faster. A page
counts as interactive when it is drawn and the browser has come to rest after it; a stock pyvis page, with its default
physics, when it hides its loading bar. Frames are counted while the mouse drags the whole network about.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.figures import Figure
from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph.material import Material
from graph.pages.catalogue import Catalogue, catalogue
from graph.pages.layout import positions
from graph.pages.network_page import network_html
from graph.pages.rendering import environment
from graph.pages.standing import drawn_graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[[Path], Page]

KINDS = ("Country", "GovernmentBody", "Organization", "Person", "Forum", "Agreement", "Law", "Initiative")
RELATIONS = ("participatedIn", "signed", "enacted", "cooperatesWith", "supports", "initiated", "memberOf")
SENTENCE = "On that day the one of them did to the other what such a sentence of usual length would go on to say. "
PATIENCE = 90.0
"""Seconds after which waiting for the stock page ends: it then counts as ready, so that the ratio is a lower bound."""
ROUNDS = 3


def network(nodes: int, ties: int) -> CorpusFacts:
    """Entities in groups of about sixty, four ties of five within a group, some entities tied far more than others."""
    chance = random.Random(1)
    kinds = [KINDS[place % len(KINDS)] for place in range(nodes)]
    ids = [f"{kind.lower()}/e{place:05}" for place, kind in enumerate(kinds)]
    entities = [
        Entity(key, kind, f"{kind} of the name {place}", (f"E{place}",))
        for place, (key, kind) in enumerate(zip(ids, kinds, strict=True))
    ]
    groups = max(1, nodes // 60)
    pairs = [(place, chance.randrange(place) // groups * groups + place % groups) for place in range(groups, nodes)]
    while len(pairs) < ties:
        one = int(nodes * chance.random() ** 3)
        other = (
            chance.randrange(nodes // groups) * groups + one % groups
            if chance.random() < 0.8
            else chance.randrange(nodes)
        )
        pairs.append((one, other % nodes))
    statements = [
        Statement(
            ids[one], RELATIONS[place % len(RELATIONS)], ids[other], "asserted",
            str(1990 + place % 35) if place % 3 else "", 0.9,
            place % 100 * len(SENTENCE), (place % 100 + 1) * len(SENTENCE) - 1,
            Span(place % 100 * len(SENTENCE) + 12, place % 100 * len(SENTENCE) + 24), Span(0, 0), "f",
        )
        for place, (one, other) in enumerate(pairs[:ties])
    ]  # fmt: skip
    documents = tuple(
        DocumentFacts(
            Document(f"d{at:06}", f"d{at}.txt", SENTENCE * 100, f"Document {at}"),
            (),
            tuple(
                Mention(item.start, item.start + 8, item.subject, "Actor", "w") for item in statements[at : at + 100]
            ),
            tuple(statements[at : at + 100]),
        )
        for at in range(0, ties, 100)
    )
    return CorpusFacts(tuple(sorted(entities, key=lambda entity: entity.id)), documents)


def ours(facts: CorpusFacts) -> str:
    """The network page as a build writes it."""
    m, corpus = Material.of(facts), catalogue(facts)
    homes = {key: item.community for key, item in m.measures.items()}
    tied = drawn_graph(corpus)
    places = positions(tied, homes, sorted(set(corpus.entities) - set(tied)))
    return network_html(corpus, m.measures, m.communities, places, "Benchmark", environment())


def stock(corpus: Catalogue) -> str:
    """What pyvis makes of the same nodes and edges when left to itself, its scripts inline."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    for key, entity in corpus.entities.items():
        drawing.add_node(key, label=entity.name)
    for link in corpus.links:
        drawing.add_edge(link.subject, link.object, title=link.predicate)
    return str(drawing.generate_html())


@contextmanager
def browser() -> Iterator[Open]:
    """Opens pages in one Chromium, each in a context of its own; what a page asks of the network fails at once."""
    from playwright.sync_api import sync_playwright

    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])

        def open_page(file: Path) -> Page:
            page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.set_default_timeout(PATIENCE * 1000)
            page.route("http*://**", lambda route: route.abort())
            page.goto(file.as_uri(), wait_until="commit")
            return page

        yield open_page
        chromium.close()


def interactive(page: Page) -> float:
    """Seconds from the start of loading until our page is drawn and the browser at rest."""
    page.wait_for_selector("html[data-ready]", state="attached")
    resting = "new Promise((done) => requestAnimationFrame(() => requestIdleCallback(() => done(performance.now()))))"
    return float(page.evaluate(resting)) / 1000


def stabilised(page: Page) -> float:
    """Seconds from the start of loading until the stock page hides its loading bar; PATIENCE where it never does."""
    hidden = "document.getElementById('loadingBar')?.style.display === 'none' && performance.now() / 1000"
    try:
        return float(page.wait_for_function(hidden, polling=100).json_value())
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return PATIENCE


def frames(page: Page, seconds: float = 3.0) -> float:
    """Frames per second while the mouse drags the network to and fro, button held."""
    box = page.locator("#canvas").bounding_box()
    assert box
    x, y = box["x"] + 40, box["y"] + 40
    page.evaluate(
        """() => {
            window.stamps = [];
            const stamp = (now) => { window.stamps.push(now); requestAnimationFrame(stamp); };
            requestAnimationFrame(stamp);
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 20)
    start = page.evaluate("performance.now()")
    step = 0
    while (now := page.evaluate("performance.now()")) < start + seconds * 1000:
        step += 1
        page.mouse.move(x + 150 + 130 * (step % 40 - 20) / 20, y + 150 + 7 * (step % 31))
    page.mouse.up()
    count = page.evaluate("([from, to]) => window.stamps.filter((at) => at >= from && at <= to).length", [start, now])
    return float(count) / ((now - start) / 1000)


def measure() -> list[Figure]:
    """Time to interactive at 1,500 and 20,000 nodes, the former beside a stock page; frames per second at 5,000."""
    with tempfile.TemporaryDirectory() as folder, browser() as opened:

        def saved(name: str, html: str) -> Path:
            file = Path(folder) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            return file

        def soonest(file: Path) -> float:
            return min(interactive(opened(file)) for _ in range(ROUNDS))

        small = network(1_500, 1_500)
        own = soonest(saved("own", ours(small)))
        other = stabilised(opened(saved("stock", stock(catalogue(small)))))
        large = soonest(saved("large", ours(network(20_000, 60_000))))
        middle = opened(saved("middle", ours(network(5_000, 15_000))))
        interactive(middle)
        middle.locator("#draw-all").click()
        return [
            Figure("network page interactive, 1,500 nodes and ties", own, "s", most=1.5),
            Figure("the same beside a stock pyvis page, times sooner", other / own, "x", least=20),
            Figure("network page interactive, 20,000 nodes, 60,000 ties", large, "s", most=5),
            Figure("panning, 5,000 nodes and 15,000 ties all drawn", frames(middle), "frames/s", least=30),
        ]


if __name__ == "__main__":
    for figure in measure():
        missed = "" if figure.holds else "  MISSED"
        print(f"{figure.name:60}{figure.value:10.2f} {figure.unit:10}{figure.limit:15}{missed}")
