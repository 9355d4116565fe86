"""What a reader of an HTML page sees as its text: menus, hidden parts, comments, alternative texts are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 256
"""Levels of nested elements above which libxml2, and with it this reader, gives up."""

# What is not shown, and what stands beside the text.
_NO_TEXT = frozenset(
    [
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas"),
        *("nav", "aside", "footer", "button", "select", "option", "label", "textarea"),
    ]
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:^|[;\s])opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:\.0*)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|[;\s])(background(?:-color)?|color)\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = re.compile(r"white|#fff|#ffffff|rgba?\(\s*255\s*,\s*255\s*,\s*255\b.*\)|transparent", re.IGNORECASE)
_CONDITIONAL_RULES = re.compile(r"@[^@{};]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


class TooDeep(ValueError):
    """A page whose elements are nested more than DEEPEST levels."""


def visible(page: bytes) -> bytes:
    """The page without what a browser would not show, and without what stands beside the text; UTF-8.

    Raises TooDeep. Rules of style sheets that are files of their own are not known here.
    """
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding=_encoding(page))
    try:
        root = html.document_fromstring(page, parser)
    except etree.ParserError:
        return b""
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooDeep
    hidden = [element for element in root.iter() if _is_hidden(element)]
    for element in [*hidden, *_hidden_by_sheet(root)]:
        if element.getparent() is not None:
            element.drop_tree()
    for declared in root.xpath("//meta[@charset or @http-equiv]"):
        declared.drop_tree()
    for picture in root.iter("img", "input", "area"):
        picture.attrib.pop("alt", None)
    return bytes(etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>"))


def _encoding(page: bytes) -> str | None:
    """UTF-8 where the page is that, whatever it declares; None leaves the question to the page's own declaration."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag in _NO_TEXT
        or "hidden" in element.attrib
        or element.get("aria-hidden", "").lower() == "true"
        or _hides(element.get("style", ""))
    )


def _hides(declarations: str) -> bool:
    """Whether a style makes its element invisible: not shown, without size, off the page, or white on white."""
    if not declarations:
        return False
    if _HIDING.search(declarations):
        return True
    colours = {name.lower(): value.strip() for name, value in _COLOUR.findall(declarations)}
    ground = colours.get("background", colours.get("background-color", "white"))
    ink = colours.get("color", "")
    return bool(ink) and (ink.lower() == ground.lower() or bool(_WHITE.fullmatch(ink) and _WHITE.fullmatch(ground)))


def _hidden_by_sheet(root: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that the page's own style elements hide, conditional rules ("@media print") left aside."""
    from lxml.cssselect import CSSSelector, SelectorError

    for sheet in root.iter("style"):
        for rule in _CONDITIONAL_RULES.sub("", _without_comments(sheet.text or "")).split("}"):
            selector, _, declarations = rule.rpartition("{")
            if not _hides(declarations):
                continue
            try:
                yield from CSSSelector(selector.strip(), translator="html")(root)
            except SelectorError:
                continue


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(part.partition("*/")[2] for part in others)
