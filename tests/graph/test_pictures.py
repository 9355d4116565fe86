"""Pictures of a build: what they show, in both dresses, the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extraction.facts import CorpusFacts
from graph import drawing, pictures, writing
from graph.material import Material
from graph.pages.rendering import asset
from graph.pages.report_page import markdown

TEXT = f"{{{drawing.SVG}}}text"


@pytest.fixture(scope="module")
def drawn(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn") / "pictures"
    assert [path.name for path in pictures.write(Material.read(out), folder)] == [
        "kinds.svg", "matrix.svg", "timeline.svg",
    ]  # fmt: skip
    return folder


def words(path: Path) -> set[str]:
    return {element.text or "" for element in ElementTree.parse(path).iter(TEXT)}


def test_pictures_show_what_is_there(drawn: Path, out: Path) -> None:
    assert {"Countries", "Laws", "signed", "participated in", "3"} <= words(drawn / "kinds.svg")
    assert {"Estonia", "Ghana", "Norway"} <= words(drawn / "matrix.svg")
    assert {"Dated facts per year", "Ghana", "Storting", "2020"} <= words(drawn / "timeline.svg")
    m = Material.read(out)
    assert "most: participated in, 5" in pictures.alt(m, "kinds")
    assert "(most: Estonia and Ghana, weight 2.0)" in pictures.alt(m, "matrix")
    assert pictures.alt(m, "timeline").startswith(
        "Dated facts surely read, per year from 2018 to 2021 (most: 4 facts in 2020)"
    )


def test_pictures_are_the_same_each_time(drawn: Path, out: Path, tmp_path: Path) -> None:
    for path in pictures.write(Material.read(out), tmp_path):
        assert path.read_bytes() == (drawn / path.name).read_bytes()


def test_a_picture_says_what_it_shows_and_has_two_dresses(drawn: Path) -> None:
    for path in drawn.iterdir():
        text = path.read_text()
        root = ElementTree.fromstring(text)
        assert root.get("role") == "img" and len(root.get("aria-label", "")) > 40
        assert "style=" not in text and "<metadata" not in text and not re.search(r'="#a0b0\w\w"', text)
        dark = set(re.findall(r"\.((?:fill|stroke)-[\w-]+)\{", text))
        assert {name for names in re.findall(r'class="([^"]+)"', text) for name in names.split()} - {"ground"} == dark


def test_colours_that_are_drawn_have_a_class(drawn: Path) -> None:
    for path in drawn.iterdir():
        for element in ElementTree.parse(path).iter():
            for part in ("fill", "stroke"):
                if (element.get(part) or "none") not in ("none", "#000000"):
                    assert f"{part}-" in element.get("class", ""), ElementTree.tostring(element)
            assert element.tag != TEXT or "fill-" in element.get("class", ""), element.text


def test_the_report_page_holds_its_pictures_and_no_others(drawn: Path) -> None:
    html = markdown("![A *b*](pictures/kinds.svg) ![C](pictures/../x.svg) ![<i>](data/y.png)", drawn.parent)
    assert html.count("<svg") == 1 and html.endswith(" C &lt;i&gt;</p>\n")
    assert not any(f"<{name}" in html for name in ("img", "style", "metadata", "i>")) and "data/y.png" not in html
    assert markdown("[d](site/document/d.html#p1)") == '<p><a href="document/d.html#p1">d</a></p>\n'


def test_nothing_to_show(tmp_path: Path) -> None:
    writing.write(CorpusFacts(), tmp_path / "out")
    m = Material.read(tmp_path / "out")
    assert pictures.write(m, tmp_path / "pictures") == [] and not any(
        pictures.alt(m, name) for name in pictures.PICTURES
    )


def test_pages_have_a_rule_for_every_class(drawn: Path) -> None:
    rules = asset("assets/pictures.css")
    for path in drawn.iterdir():
        for name in re.findall(r"\b(?:fill|stroke)-[a-zA-Z-]+", drawing.inline(path.read_text())):
            part, colour = name.split("-", 1)
            assert name in ("stroke-linejoin", "stroke-linecap", "stroke-width", "stroke-miterlimit", "fill-opacity",
                            "stroke-opacity", "stroke-dasharray", "stroke-dashoffset") \
                or f".{name} {{ {part}: var(--{colour}); }}" in rules  # fmt: skip


def test_a_note_has_one_number_and_one_way_back() -> None:
    html = markdown("A[^1] and B[^1].\n\n[^1]: S.\n")
    assert html.count(">[1]</a>") == 2 and html.count("footnote-backref") == 1
    assert re.findall(r'id="(fnref1[^"]*)"', html)[0] == "fnref1" and 'href="#fnref1"' in html
