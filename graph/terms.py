"""RDF terms as N-Quads writes them (W3C RDF 1.1 N-Quads, section 4; canonical escapes)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from graph.vocabulary import XSD

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ESCAPES = {ord(c): f"\\u{ord(c):04X}" for c in map(chr, [*range(0x20), 0x7F])} | str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_DATE_TYPES = {4: XSD("gYear"), 7: XSD("gYearMonth"), 10: XSD("date")}


def iri(value: str) -> str:
    """An IRI that is valid already."""
    return f"<{value}>"


def text(value: str, language: str = "") -> str:
    """A string, with a language tag where `language` is a well-formed one."""
    tag = f"@{language}" if language and _LANGUAGE_TAG.fullmatch(language) else ""
    return f'"{value.translate(_ESCAPES)}"{tag}'


@lru_cache(1 << 12)
def typed(value: str, datatype: str) -> str:
    """A literal of a datatype whose lexical forms need no escapes."""
    return f'"{value}"^^<{datatype}>'


@lru_cache(1 << 12)
def decimal(value: float) -> str:
    """An xsd:decimal of at most four places."""
    return typed(f"{value:.4f}".rstrip("0").rstrip("."), XSD("decimal"))


def rounded(value: float) -> float:
    """What is left of a number that was written as a `decimal`."""
    return float(f"{value:.4f}")


@lru_cache(1 << 12)
def dated(value: str) -> str:
    """An ISO date as a literal of the type that its precision calls for; "" for what is no date."""
    found = exact(value)
    return typed(found, _DATE_TYPES[len(found)]) if found else ""


def exact(value: str) -> str:
    """An ISO date as far as it is one: without a day or month that no calendar has; "" for what is no date."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return ""
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return exact(value.rpartition("-")[0])
    return value
