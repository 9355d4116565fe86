"""What a graph holds as pandas data frames: one row an entity, a statement, a document, or an answer to a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from graph.find import Hit
from graph.records import Fact, Node, Source
from graph.results import short
from graph.vocabulary import XSD

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionDtype

_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "gYear"), "Int64"),
    **dict.fromkeys(("decimal", "double", "float"), "Float64"),
    "boolean": "boolean",
}


def entities(nodes: Iterable[Node]) -> pd.DataFrame:
    """Indexed by id: name, type (finest class), kind (one of the ten), jurisdiction, aliases, documents (how many)."""
    rows = [
        (node.id, node.name, node.type, node.kind, node.jurisdiction, "; ".join(node.aliases), len(node.documents))
        for node in nodes
    ]
    columns = ["id", "name", "type", "kind", "jurisdiction", "aliases", "documents"]
    return _typed(rows, columns, categories=("type", "kind", "jurisdiction"), numbers=("documents",)).set_index("id")


def statements(facts: Iterable[Fact], nodes: Mapping[str, Node]) -> pd.DataFrame:
    """Names of subject and object, predicate, date, year, status, confidence, document, sentence; then their ids.

    `date` is ISO, as exact as the text, missing where it gives none; `year` is its year. `according_to` names the
    speaker of reported speech.
    """
    rows = [
        (
            nodes[fact.subject].name, fact.predicate, nodes[fact.object].name, fact.date, fact.year, fact.status,
            fact.confidence, fact.document, " ".join(fact.sentence.split()),
            nodes[fact.attributed_to].name if fact.attributed_to else "", fact.subject, fact.object,
        )
        for fact in facts
    ]  # fmt: skip
    columns = [
        "subject", "predicate", "object", "date", "year", "status", "confidence", "document", "sentence",
        "according_to", "subject_id", "object_id",
    ]  # fmt: skip
    return _typed(rows, columns, categories=("predicate", "status", "document"), numbers=("year",), gaps=("date",))


def documents(sources: Iterable[Source], facts: Iterable[Fact]) -> pd.DataFrame:
    """Indexed by id: title, date, year, publisher, language, source, statements (how many it makes)."""
    made: dict[str, int] = {}
    for fact in facts:
        made[fact.document] = made.get(fact.document, 0) + 1
    rows = [
        (
            source.id, source.title, source.date, int(source.date[:4]) if source.date else None, source.publisher,
            source.language, source.source, made.get(source.id, 0),
        )
        for source in sources
    ]  # fmt: skip
    columns = ["id", "title", "date", "year", "publisher", "language", "source", "statements"]
    categories, numbers = ("publisher", "language"), ("year", "statements")
    return _typed(rows, columns, categories, numbers, gaps=("date",)).set_index("id")


def hits(found: Iterable[Hit]) -> pd.DataFrame:
    """Indexed by id, best first: name, type, matched (the name that fits), score (0..100), documents."""
    rows = [(hit.id, hit.name, hit.type, hit.matched, hit.score, hit.documents) for hit in found]
    columns = ["id", "name", "type", "matched", "score", "documents"]
    return _typed(rows, columns, categories=("type",), numbers=("documents",)).set_index("id")


def solutions(answer: str) -> pd.DataFrame:
    """The rows of SPARQL 1.1 Query Results JSON: numbers and truth values typed, IRIs short, the rest as text.

    Unbound cells are missing. The answer to ASK is one cell called `answer`.
    """
    data = json.loads(answer)
    if "boolean" in data:
        return pd.DataFrame({"answer": pd.Series([data["boolean"]], dtype="boolean")})
    bound: list[dict[str, dict[str, str]]] = data["results"]["bindings"]
    return pd.DataFrame({name: _column([row.get(name) for row in bound]) for name in data["head"]["vars"]})


def triples(answer: str) -> pd.DataFrame:
    """The triples of N-Triples text: subject, predicate, object."""
    import pyoxigraph as ox

    parsed = ox.parse(answer.encode(), format=ox.RdfFormat.N_TRIPLES)
    rows = [tuple(short(getattr(term, "value", str(term))) for term in quad.triple) for quad in parsed]
    return pd.DataFrame(sorted(rows), columns=["subject", "predicate", "object"], dtype="string")


def _column(terms: Sequence[dict[str, str] | None]) -> pd.Series[Any]:
    kinds = {term.get("datatype", "") for term in terms if term}
    wanted = {_TYPES.get(kind.removeprefix(XSD.iri), "string") for kind in kinds}
    type = wanted.pop() if len(wanted) == 1 else "string"
    values = [
        None if term is None else short(term["value"]) if term["type"] == "uri" else term["value"] for term in terms
    ]
    if type == "boolean":
        return pd.Series([None if value is None else value == "true" for value in values], dtype="boolean")
    if type in ("Int64", "Float64"):
        return pd.to_numeric(pd.Series(values, dtype="object")).astype(type)  # type: ignore[call-overload,no-any-return]
    return pd.Series(values, dtype="string")


def _typed(
    rows: Sequence[tuple[object, ...]],
    columns: Sequence[str],
    categories: Sequence[str] = (),
    numbers: Sequence[str] = (),
    gaps: Sequence[str] = (),
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    texts = [name for name in columns if name not in (*categories, *numbers, "confidence", "score")]
    types: dict[str, str | ExtensionDtype] = dict.fromkeys(texts, "string")
    types |= dict.fromkeys(categories, "category") | dict.fromkeys(numbers, "Int64")
    typed = frame.astype(types)
    for name in gaps:
        typed[name] = typed[name].replace("", pd.NA)
    return typed
