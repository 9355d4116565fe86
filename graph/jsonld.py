"""The graph as JSON-LD that reads well: short names from a context, made from the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import POL, PREFIXES, ontology


def context() -> dict[str, Any]:
    """Prefixes, and a short name for every term of the ontology; object properties take ids."""
    terms: dict[str, Any] = {name: f"pol:{name}" for name in sorted(ontology().classes | ontology().properties)}
    for name in ontology().relations:
        terms[name] = {"@id": f"pol:{name}", "@type": "@id"}
    return {**PREFIXES, **terms}


def compact(expanded: list[Any]) -> dict[str, Any]:
    """Expanded JSON-LD with our context applied (JSON-LD 1.1 API, section 5.4, for what a serializer writes)."""
    names = {POL(name): name for name in ontology().classes | ontology().properties}
    return {"@context": context(), "@graph": [_node(node, names) for node in expanded]}


def _node(node: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.items():
        if key == "@id":
            found[key] = _short(value)
        elif key == "@type":
            found[key] = _one([names.get(name, _short(name)) for name in value])
        elif key == "@graph":
            found[key] = [_node(inner, names) for inner in value]
        else:
            name = names.get(key, _short(key))
            found[name] = _one([_value(each, name in ontology().relations) for each in value])
    return found


def _value(value: Mapping[str, Any], reference: bool) -> Any:
    if "@id" in value:
        return _short(value["@id"]) if reference else {"@id": _short(value["@id"])}
    if set(value) == {"@value"} and isinstance(value["@value"], str) and not reference:
        return value["@value"]
    return {**value, "@type": _short(value["@type"])} if "@type" in value else dict(value)


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            tail = iri.removeprefix(namespace)
            # "//" after a prefix would read as a scheme's.
            return iri if tail.startswith("//") else f"{prefix}:{tail}"
    return iri


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
