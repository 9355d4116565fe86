"""Which media type an answer is sent in (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""What SELECT and ASK can be answered in -> the format of `graph.results`; the first is sent where any will do."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/x-turtle": "turtle",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
}
"""The same for CONSTRUCT and DESCRIBE."""


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that an Accept header likes best, the earlier of equals; None where it takes none of them."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    liked = [(_quality(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, media = max(liked)
    return media if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return media.lower(), quality


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    # The most specific range that fits a type decides, not the most generous one.
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        fitting = [quality for range, quality in ranges if range == pattern]
        if fitting:
            return max(fitting)
    return 0.0
