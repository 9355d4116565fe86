"""report.html: OUT/report.md with its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from graph import drawing
from graph.pages.rendering import visible
from graph.pages.section import Rendered, Site

if TYPE_CHECKING:
    from markdown_it.token import Token


def report_page(site: Site) -> Iterator[Rendered]:
    """The page; it says so where this build wrote no report."""
    report = site.out / "report.md"
    text = report.read_text(encoding="utf-8") if report.is_file() else "# Report\n\nThis build wrote no report.\n"
    assets = ("listing.css", "pictures.css")
    yield site.render("report.html", "report.html", "report", assets, report=markdown(text, site.out))


def markdown(text: str, out: Path | None = None) -> Markup:
    """Markdown as HTML; HTML in it is shown as text, and only links within the site are links.

    Links into OUT/site/ lead on from there, and pictures of OUT/pictures/ stand in the text; other images are their alt
    text.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    def picture(renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
        source = re.fullmatch(r"pictures/([a-z]+)\.svg", str(tokens[at].attrs["src"]))
        found = out / "pictures" / f"{source[1]}.svg" if out and source else None
        if found and found.is_file():
            return f'<span class="picture" tabindex="0">{drawing.inline(found.read_text(encoding="utf-8"))}</span>'
        return str(escape(tokens[at].content))

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    reader.add_render_rule("image", picture)
    reader.add_render_rule("footnote_caption", _caption)
    reader.add_render_rule("footnote_anchor", _way_back)
    outside = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
    setattr(reader, "validateLink", lambda url: not outside.match(url))  # noqa: B010
    tokens = reader.parse(visible(text).replace("](site/", "]("))
    for token in tokens:
        # A column aligned to the right gets a style attribute, which the page's policy forbids.
        if token.attrs.pop("style", "") == "text-align:right":
            token.attrs["class"] = "number"
        if token.type == "table_open":
            token.attrs["tabindex"] = "0"
    for cell, content in pairwise(tokens):
        if cell.type == "td_open" and re.fullmatch(r"\d{4}(-\d\d){1,2}", content.content):
            cell.attrs["class"] = "date"
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _caption(renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    """The mark of a note is its number, the same wherever it is cited."""
    return f"[{tokens[at].meta['id'] + 1}]"


def _way_back(renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    """A note leads back to the first place that cites it."""
    number = tokens[at].meta["id"] + 1
    if tokens[at].meta["subId"]:
        return ""
    return f' <a href="#fnref{number}" class="footnote-backref" aria-label="Back to note {number}">↩︎</a>'
