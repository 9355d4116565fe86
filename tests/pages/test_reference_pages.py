"""The pages that explain: the vocabulary and the stored queries, in step with ontology.ttl and graph/queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extraction.facts import CorpusFacts
from graph import pages, query, writing
from graph.pages import ontology_page
from graph.vocabulary import ontology

Open = Callable[..., Page]
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(corpus: CorpusFacts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference")
    writing.write(corpus, out)
    return pages.write(corpus, out).parent


def test_every_term_has_its_place() -> None:
    names = [term.name for _, terms in ontology_page.parts() for term in terms]
    assert sorted(names) == sorted({*ontology().classes, *ontology().properties, "Asserted", "Planned", "Negated"})


def test_a_term_says_what_the_ontology_says() -> None:
    terms = {term.name: term for _, terms in ontology_page.parts() for term in terms}
    joined = terms["participatedIn"]
    assert (joined.domain, joined.range) == (["Actor"], ["Forum", "Initiative"])
    assert (joined.inverse, terms["hasParticipant"].inverse) == ("hasParticipant", "participatedIn")
    assert terms["cooperatesWith"].symmetric and not joined.symmetric
    assert "schema:Legislation" in terms["Law"].alignments and "eli:LegalResource" in terms["Law"].alignments
    assert terms["Summit"].depth == 2 and terms["Summit"].above == ["Forum"]
    assert terms["Law"].labels["zh"] == "法律法规"


def test_the_vocabulary_counts_what_is_here(look: Open, site: Path) -> None:
    page = look(site / "ontology.html", "#Country")
    expect(page.locator("#Country dd").last).to_have_text("4")
    expect(page.locator("#signed")).to_contain_text("signedBy")
    page.locator("#Country").get_by_role("link", name="Actor").click()
    assert page.url.endswith("#Actor")


def test_the_queries_and_their_answers(look: Open, site: Path) -> None:
    page = look(site / "queries.html")
    expect(page.locator(".stored")).to_have_count(len(query.stored()))
    expect(page.locator("#laws-by-year tbody")).to_contain_text("Harbour Data Protection Act")
    expect(page.locator("#evidence")).to_contain_text("It needs a parameter")
    page.locator("#laws-by-year summary").click()
    expect(page.locator("#laws-by-year pre")).to_contain_text("pol:enacted")


def test_no_store_no_page_of_queries(corpus: CorpusFacts, tmp_path: Path) -> None:
    site = pages.write(corpus, tmp_path).parent
    assert not (site / "queries.html").exists()
    assert "queries.html" not in (site / "ontology.html").read_text(encoding="utf-8")
    shutil.rmtree(site)


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (375, True)])
@pytest.mark.parametrize("name", ["ontology", "queries"])
def test_axe_finds_nothing(look: Open, site: Path, name: str, width: int, dark: bool) -> None:
    page = look(site / f"{name}.html", width=width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
    assert [(entry["id"], entry["nodes"][0]["html"][:120]) for entry in found["violations"]] == []
