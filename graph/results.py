"""Answers to queries as text: aligned columns for people, the W3C's formats for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from graph.errors import BadFormat
from graph.vocabulary import PREFIXES, document_id, entity_id

if TYPE_CHECKING:
    import pyoxigraph as ox

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")
GRAPH_FORMATS = ("table", "turtle", "ntriples", "jsonld", "rdfxml")
CELL_WIDTH = 80


def render(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format: str) -> str:
    """A result in one of the formats, as text; "table" is for people: Turtle where the result is a graph."""
    import pyoxigraph as ox

    if format == "table" and not isinstance(result, ox.QueryTriples):
        return table(result)
    data = serialize(result, "turtle" if format == "table" else format)
    return data.decode().rstrip("\r\n") if data else ""


def serialize(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format: str, output: IO[bytes] | None = None
) -> bytes | None:
    """A result in one of the W3C's formats, returned, or written to `output` as it is found."""
    import pyoxigraph as ox

    if isinstance(result, ox.QueryTriples):
        graph_formats = {
            "turtle": ox.RdfFormat.TURTLE,
            "ntriples": ox.RdfFormat.N_TRIPLES,
            "jsonld": ox.RdfFormat.JSON_LD,
            "rdfxml": ox.RdfFormat.RDF_XML,
        }
        if format not in graph_formats:
            raise BadFormat(format, GRAPH_FORMATS)
        return ox.serialize(result, output, graph_formats[format], prefixes=dict(PREFIXES))
    row_formats = {
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
    }
    if format not in row_formats:
        raise BadFormat(format, ROW_FORMATS)
    return result.serialize(output, row_formats[format])


def table(result: ox.QuerySolutions | ox.QueryBoolean) -> str:
    """Aligned columns for a terminal; long cells are cut."""
    import pyoxigraph as ox

    if isinstance(result, ox.QueryBoolean):
        return "yes" if result else "no"
    head = [variable.value for variable in result.variables]
    body = [[_cell(solution[name]) for name in head] for solution in result]
    widths = [max(len(row[i]) for row in [head, *body]) for i in range(len(head))]

    def line(cells: Iterable[str]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    count = f"({len(body)} row{'' if len(body) == 1 else 's'})"
    return "\n".join([line(head), line("-" * width for width in widths), *map(line, body), count])


def short(value: str) -> str:
    """An IRI as people read it: "country/kenya", "pol:signed"; any other text as it is."""
    if value.startswith(PREFIXES["id"]):
        return entity_id(value)
    if value.startswith(PREFIXES["doc"]):
        return document_id(value)
    return next((f"{p}:{value[len(i) :]}" for p, i in PREFIXES.items() if value.startswith(i)), value)


def _cell(term: object) -> str:
    value = " ".join(short("" if term is None else str(getattr(term, "value", term))).split())
    return value if len(value) <= CELL_WIDTH else value[: CELL_WIDTH - 1] + "…"
