"""Templates to pages: escaping, the content security policy, and what every page carries inline.

Pages must work from a disk without any server. There 'self' means different things to different browsers, so each page
holds its style and scripts inline and its policy names them by their SHA-256; nothing else may run or be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from graph.pages import theme

SCRIPT_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# Bidirectional controls could make a name read as another, or hide where it ends.
BIDI_CONTROLS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def environment() -> Environment:
    """A Jinja environment over templates/ that escapes everything that is not marked as markup."""
    env = Environment(
        loader=FunctionLoader(lambda name: asset(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    env.filters["embedded"] = embedded
    env.globals.update(
        symbol=theme.symbol,
        kind_label=theme.kind_label,
        type_label=theme.type_label,
        predicate_label=theme.predicate_label,
        family=theme.family,
        status_label=theme.status_label,
        navigation=(),
    )
    return env


def inline(styles: Sequence[str], scripts: Sequence[str] = ()) -> dict[str, Any]:
    """What base.html needs to carry these assets: their text, and the policy that allows exactly them.

    The scripts share one scope.
    """
    return dict(_carried(tuple(styles), tuple(scripts)))


@lru_cache(maxsize=64)
def _carried(styles: tuple[str, ...], scripts: tuple[str, ...]) -> Mapping[str, Any]:
    style = theme.variables() + "\n".join(asset(f"assets/{name}") for name in styles)
    texts = [asset("assets/frame.js"), *([bundle(scripts)] if scripts else [])]
    return {"style": Markup(style), "scripts": [Markup(text) for text in texts], "policy": policy([style], texts)}


def bundle(names: Sequence[str]) -> str:
    """Scripts of assets/ as one, in a scope of their own."""
    return '(() => {\n"use strict";\n' + "\n".join(asset(f"assets/{name}") for name in names) + "\n})();\n"


def policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """A Content-Security-Policy that runs these inline texts and nothing else."""
    allowed = {kind: " ".join(map(_source, texts)) for kind, texts in (("script", scripts), ("style", styles))}
    return (
        f"default-src 'none'; script-src {allowed['script']}; style-src {allowed['style']}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def embedded(value: object) -> Markup:
    """JSON that can stand inside a script element, whatever strings it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, written in (SCRIPT_UNSAFE | {chr(code): "" for code in BIDI_CONTROLS}).items():
        text = text.replace(character, written)
    return Markup(text)


def visible(value: Any) -> Any:
    """The value with bidirectional control characters taken out of its strings."""
    if isinstance(value, str):
        return value if value.isascii() else value.translate(BIDI_CONTROLS)
    if isinstance(value, dict):
        return {visible(key): visible(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [visible(item) for item in value]
    return value


@cache
def asset(name: str) -> str:
    """A file of this package, as text."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _plain(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(value)


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
