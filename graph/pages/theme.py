"""How kinds, relations and statuses look: read from theme.yaml, handed on as CSS variables, SVG symbols and JSON."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from markupsafe import Markup

from graph.vocabulary import ontology

Shape = Literal["circle", "ring"] | list[list[float]]
OTHER_KIND = "Other"
OTHER_FAMILY = "other"


@cache
def theme() -> dict[str, Any]:
    """The whole of theme.yaml: kinds, families, statuses, palette."""
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("theme.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def kind(type_name: str) -> str:
    """The coarse class that a class of the ontology is or is below; "Other" where theme.yaml has no look for it."""
    found = ontology().kind(type_name) if type_name in ontology().classes else type_name
    return found if found in theme()["kinds"] else OTHER_KIND


def kind_label(kind: str, plural: bool = False) -> str:
    """The name of a kind as a reader sees it: "Government body", "Government bodies"."""
    return str(theme()["kinds"][kind]["plural" if plural else "label"])


@cache
def type_label(type_name: str) -> str:
    """The name of a class, however fine: "Policy document"."""
    known = theme()["kinds"].get(type_name)
    return str(known["label"] if known else ontology().labels.get(type_name, type_name)).capitalize()


def status_label(status: str) -> str:
    """The name of a status: "Planned"."""
    return str(theme()["statuses"][status]["label"])


@cache
def predicate_label(predicate: str) -> str:
    """The name of a property: "participated in"."""
    return ontology().phrase(predicate)


@cache
def family(predicate: str) -> str:
    """The family of relations that a predicate, or the nearest one above it, belongs to; else "other"."""
    lineage = ontology().lineage(predicate) if predicate in ontology().properties else (predicate,)
    for name in lineage:
        for title, entry in theme()["families"].items():
            if name in entry["predicates"]:
                return str(title)
    return OTHER_FAMILY


def symbol(kind: str) -> Markup:
    """The kind's shape as a small inline SVG, coloured by the style sheet's `--kind-…` variable."""
    inner = outline(theme()["kinds"][kind]["shape"], 0, 0, 1)
    return Markup(
        f'<svg class="symbol kind-{kind}" viewBox="-1.4 -1.4 2.8 2.8" width="16" height="16" aria-hidden="true">'
        f"{inner}</svg>"
    )


def outline(shape: Shape, x: float, y: float, radius: float) -> str:
    """SVG markup of a shape centred at (x, y)."""
    if shape == "circle":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
    if shape == "ring":
        return f'<circle class="ring" cx="{x:g}" cy="{y:g}" r="{radius * 0.75:g}" stroke-width="{radius * 0.5:g}"/>'
    points = " ".join(f"{x + radius * float(px):.3g},{y + radius * float(py):.3g}" for px, py in shape)
    return f'<polygon points="{points}"/>'


def variables() -> str:
    """The style sheet's custom properties, light and dark: `--ink`, `--kind-Law`, `--family-structure` ..."""
    light, dark = _declarations("light"), _declarations("dark")
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
        + "".join(f".kind-{kind}{{--kind:var(--kind-{kind})}}\n" for kind in theme()["kinds"])
        + "".join(f".family-{name}{{--family:var(--family-{name})}}\n" for name in theme()["families"])
    )


def _declarations(mode: str) -> str:
    parts = [f"--{name}:{value}" for name, value in theme()["palette"][mode].items()]
    parts += [f"--kind-{name}:{entry[mode]}" for name, entry in theme()["kinds"].items()]
    parts += [f"--family-{name}:{entry[mode]}" for name, entry in theme()["families"].items()]
    return ";".join(parts)
