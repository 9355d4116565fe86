"""The page of comparisons says what `policygraph compare` says, and follows what is chosen."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extraction.facts import CorpusFacts
from graph import compare, pages, writing
from graph.errors import UnwritableFolder
from graph.pages import compare_page
from graph.pages.rendering import asset

Open = Callable[..., Page]

FOUND = """(sides) => {
  const found = compared(...sides.map(sideOf));
  const said = (key) => key.split(" ").map((part, at) => at === 1 ? part : corpus.entities[part].name);
  const plain = ({ scores }, name) => Object.fromEntries([...scores].map(([feature, z]) => [name(feature), z]));
  return {
    facts: found.facts.map((keys) => keys.map(said)),
    entities: found.entities.map((list) => list.map((at) => corpus.entities[at].name)),
    differing: found.differing.map((pair) => pair.map((fact) => [fact.status, fact.date])),
    types: plain(found.emphasis.types, (kind) => kind), relations: plain(found.emphasis.relations, (name) => name),
    entityScores: plain(found.emphasis.entities, (at) => corpus.entities[at].name),
  };
}"""


@pytest.fixture(scope="module")
def built(corpus: CorpusFacts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("compared") / "out"
    writing.write(corpus, out, "1.0")
    return out


@pytest.mark.parametrize(
    ("a", "b", "choices"),
    [
        ("harbour-law", "ports-charter", ["document:harbour-law", "document:ports-charter"]),
        ("2021-2022", "2023-2025", ["period:2021-2022", "period:2023-2025"]),
        ("Test Desk", "harbour-law", ["publisher:Test Desk", "document:harbour-law"]),
    ],
)
def test_the_page_says_what_the_command_says(
    look: Open, site: Path, built: Path, a: str, b: str, choices: list[str]
) -> None:
    page = look(site / "compare.html")
    # The scripts of a page keep to themselves; the two files are run again where a test can call them.
    scope = "\n".join(asset(f"assets/{name}") for name in ("dom.js", "sides.js"))
    found = page.evaluate(f"(sides) => {{ {scope}\nreturn ({FOUND})(sides); }}", choices)
    wanted = compare.compare(built, a, b)
    name = {key: node.name for key, node in wanted.nodes.items()}

    def said(keys: tuple[compare.Key, ...]) -> list[list[str]]:
        return sorted([name[subject], predicate, name[object]] for subject, predicate, object in keys)

    assert [sorted(keys) for keys in found["facts"]] == [said(wanted.shared_facts), *map(said, wanted.only_facts)]
    entities = [[name[key] for key in keys] for keys in (wanted.shared, *wanted.only)]
    assert [sorted(keys) for keys in found["entities"]] == [sorted(keys) for keys in entities]
    pairs = [[[fact.status, fact.date] for fact in pair] for pair in wanted.differing]
    assert sorted(found["differing"]) == sorted(pairs)
    scores = {name[key]: z for key, z in wanted.emphasis["entities"].items()}
    for got, expected in (
        (found["types"], wanted.emphasis["types"]),
        (found["relations"], wanted.emphasis["relations"]),
        (found["entityScores"], scores),
    ):
        assert got.keys() == expected.keys()
        assert all(math.isclose(got[key], z, abs_tol=1e-9) for key, z in expected.items())


def test_choices_are_followed_and_kept_in_the_address(look: Open, site: Path) -> None:
    page = look(site / "compare.html")
    page.locator("#first").select_option("document:ports-charter")
    page.locator("#second").select_option("document:harbour-law")
    expect(page.locator("#comparison")).to_contain_text("Facts that only")
    assert "a=document%3Aports-charter&b=document%3Aharbour-law" in page.url
    row = page.locator("#comparison tr", has_text="Facts stated")
    assert row.locator("td").all_inner_texts() == ["0", "5", "4"]
    page.locator("#first").select_option("period")
    expect(page.locator("#second-years")).to_be_visible()
    page.locator("#first-until").fill("2022")
    page.locator("#first-until").dispatch_event("change")
    page.locator("#second-since").fill("2023")
    page.locator("#second-since").dispatch_event("change")
    expect(row.locator("td").first).to_have_text("0")
    fact = page.locator(".fact", has_text="Harbour Data Protection Act").first
    expect(fact.locator("blockquote")).to_contain_text("passed the Harbour Data Protection Act")
    fact.locator(".source a").click()
    expect(page).to_have_url((site / "document/harbour-law.html").as_uri() + "#p0")


def test_a_page_of_its_own(look: Open, built: Path, corpus: CorpusFacts, tmp_path: Path) -> None:
    compare_page.write(built, "harbour-law", "ports-charter", tmp_path / "page.html")
    page = look(tmp_path / "page.html")
    assert page.locator("#first").input_value() == "document:harbour-law"
    expect(page.locator("#comparison .fact").first).to_be_visible()
    assert not page.locator("#comparison .fact .source a").count()
    pages.write(corpus, built)
    compare_page.write(built, "harbour-law", "ports-charter", tmp_path / "linked.html")
    page = look(tmp_path / "linked.html")
    href = page.locator("#comparison .fact .source a").first.get_attribute("href")
    assert href and href.endswith("out/site/document/harbour-law.html#p0")


def test_a_file_that_cannot_be_written(built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableFolder, match=r"page\.html cannot be written"):
        compare_page.write(built, "harbour-law", "ports-charter", tmp_path / "file" / "page.html")
