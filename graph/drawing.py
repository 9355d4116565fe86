"""matplotlib figures as SVG that is the same each time, keeps text as text, and has a light and a dark dress.

Figures are drawn in stand-in colours, one for each name of the pages' palette. `svg` puts the light colour in their
place and a class beside it, `fill-NAME` or `stroke-NAME`, by which a style sheet can change to the dark one.
"""

from __future__ import annotations

import io
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
FONTS = "Inter, 'Segoe UI', system-ui, Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
SETTINGS: Any = {
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "text.parse_math": False,
    "axes.unicode_minus": False,
}


def figure(width: float, height: float) -> Figure:
    """An empty figure without ground, in inches; what is drawn on it is laid out to fit."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(SETTINGS):
        return Figure(figsize=(width, height), layout="constrained", facecolor="none", edgecolor="none")


def colour(name: str) -> str:
    """The stand-in for a colour of the palette: "ink", "kind-Law", "family-structure"."""
    return f"#{0xA0B000 + list(_palette('light')).index(name):06x}"


def svg(figure: Figure, name: str, alt: str) -> str:
    """The figure as an SVG document with `alt` as its text for those who do not see it."""
    import matplotlib

    written = io.BytesIO()
    with matplotlib.rc_context(SETTINGS | {"svg.hashsalt": name}), warnings.catch_warnings():
        # A reader's fonts have the letters that the one used for measuring lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ElementTree.fromstring(written.getvalue())
    used = _dress(root)
    root.attrib.pop("version", None)
    root.attrib |= {"role": "img", "aria-label": alt, "font-family": FONTS}
    style = ElementTree.Element(f"{{{SVG}}}style")
    style.text = _standalone(used)
    root.insert(0, style)
    ground = ElementTree.Element(f"{{{SVG}}}rect", width="100%", height="100%", fill=_palette("light")["surface"])
    ground.set("class", "fill-surface ground")
    root.insert(1, ground)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def inline(svg: str) -> str:
    """The SVG for a page that carries assets/pictures.css: without a style and a ground of its own."""
    root = ElementTree.fromstring(svg)
    for child in [child for child in root if child.tag == f"{{{SVG}}}style" or "ground" in child.get("class", "")]:
        root.remove(child)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _dress(root: ElementTree.Element) -> list[str]:
    """Turn style attributes, which a page's policy may forbid, into plain ones, and stand-ins into colours."""
    names = {colour(name): name for name in _palette("light")}
    used: set[str] = set()
    for parent in root.iter():
        for child in [child for child in parent if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}]:
            parent.remove(child)
    for defs in list(root.findall(f".//{{{SVG}}}defs")):
        defs.attrib.pop("id", None)
    for element in root.iter():
        if element.tag == f"{{{SVG}}}g":
            element.attrib.pop("id", None)
        declared = [part.partition(":") for part in element.attrib.pop("style", "").split(";") if ":" in part]
        given = {key.strip(): value.strip() for key, _, value in declared}
        if "font" in given:
            given["font-size"] = next(word for word in given.pop("font").split() if word.endswith("px"))
        given.pop("font-family", None)
        classes = []
        for key, value in given.items():
            name = names.get(value.lower())
            if name and key in ("fill", "stroke"):
                classes.append(f"{key}-{name}")
                used.add(f"{key}-{name}")
                value = _palette("light")[name]
            element.set(key, value)
        if classes:
            element.set("class", " ".join(classes))
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    return sorted({*used, "fill-surface"})


def _standalone(classes: list[str]) -> str:
    rules = (
        f".{name}{{{part}:{_palette('dark')[rest]}}}" for name in classes for part, _, rest in [name.partition("-")]
    )
    return "@media (prefers-color-scheme:dark){" + "".join(rules) + "}"


@cache
def _palette(mode: str) -> dict[str, str]:
    from graph.pages.theme import theme

    found = dict(theme()["palette"][mode])
    found |= {f"kind-{name}": entry[mode] for name, entry in theme()["kinds"].items()}
    return found | {f"family-{name}": entry[mode] for name, entry in theme()["families"].items()}
