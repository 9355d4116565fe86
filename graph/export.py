"""The graph in other formats: RDF for other stores, GraphML and GEXF for Gephi and its kin, tables for the rest."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph import folder, jsonld, network, records, tables
from graph.columns import COLUMNS
from graph.errors import BadFormat
from graph.material import Material
from graph.remote import Endpoint
from graph.store import open_store
from graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMATS = ("ttl", "trig", "nq", "jsonld", "graphml", "gexf", "csv", "parquet")


def export(out: Path, format: str, target: Path) -> None:
    """Write the graph to `target`: one file, or a folder of tables for csv and parquet.

    Turtle has no named graphs, so ttl holds the union of all; the other RDF formats keep one graph per document.
    """
    writers: dict[str, Callable[[Path, Path], None]] = {
        "ttl": _turtle,
        "trig": _trig,
        "nq": _copy,
        "jsonld": _jsonld,
        "graphml": _graphml,
        "gexf": _gexf,
        "csv": _csv,
        "parquet": _parquet,
    }
    if format not in writers:
        raise BadFormat(format, FORMATS)
    with folder.written(target) as fresh:
        target.parent.mkdir(parents=True, exist_ok=True)
        writers[format](out, fresh)


def _copy(out: Path, target: Path) -> None:
    if isinstance(out, Endpoint):
        target.write_text("".join(sorted(f"{quad} .\n" for quad in open_store(out))), encoding="utf-8")
    else:
        open_store(out)
        shutil.copyfile(out / "graph.nq", target)


def _turtle(out: Path, target: Path) -> None:
    import pyoxigraph as ox

    triples = {quad.triple for quad in _quads(out)}
    ordered = sorted(triples, key=str)
    ox.serialize(ordered, output=str(target), format=ox.RdfFormat.TURTLE, prefixes=_prefixes())


def _trig(out: Path, target: Path) -> None:
    import pyoxigraph as ox

    ox.serialize(_ordered(out), output=str(target), format=ox.RdfFormat.TRIG, prefixes=_prefixes())


def _jsonld(out: Path, target: Path) -> None:
    import pyoxigraph as ox

    expanded = ox.serialize(_ordered(out), format=ox.RdfFormat.JSON_LD)
    data = json.dumps(jsonld.compact(json.loads(expanded or b"[]")), ensure_ascii=False, indent=1)
    target.write_text(data + "\n", encoding="utf-8")


def _ordered(out: Path) -> list[ox.Quad]:
    """All quads by graph and subject: serializers nest best when what belongs together stands together."""
    return sorted(
        _quads(out), key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object))
    )


def _quads(out: Path) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    if isinstance(out, Endpoint):
        yield from open_store(out)
        return
    open_store(out)
    for quad in ox.parse(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad)
        yield quad


def _prefixes() -> dict[str, str]:
    # Entity and document ids hold slashes and '#', which a prefixed name would have to escape.
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in ("id", "doc")}


def _flat(out: Path) -> network.Multigraph:
    """The multigraph with plain attributes only, as the XML formats want them."""
    store = open_store(out)
    graph = network.multigraph(records.entities(store), records.facts(store))
    weights = network.simple(graph)
    flat = network.Multigraph()
    for node, data in graph.nodes(data=True):
        flat.add_node(node, label=_xml(data["name"]), type=data["type"], kind=data["kind"])
    for one, other, key, data in graph.edges(keys=True, data=True):
        weight = float(weights[one][other]["weight"]) if one != other else 1.0
        shown = {name: data[name] for name in ("date", "confidence", "document")}
        flat.add_edge(
            one, other, key=key, label=data["predicate"], weight=weight, sentence=_xml(data["sentence"]), **shown
        )
    return flat


def _graphml(out: Path, target: Path) -> None:
    import networkx as nx

    nx.write_graphml(_flat(out), target)


def _gexf(out: Path, target: Path) -> None:
    import networkx as nx

    graph = _flat(out)
    for *_, data in graph.edges(data=True):
        if data["date"]:
            # Timelines want whole dates: a year starts on its first day; `date` keeps what the text gives.
            data["start"] = data["date"] + "-01-01"[len(data["date"]) - 4 :] if len(data["date"]) < 10 else data["date"]
    text = "\n".join(nx.generate_gexf(graph))
    # The writer stamps the day of writing; the same graph shall give the same bytes.
    target.write_text(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1) + "\n", encoding="utf-8")


def _csv(out: Path, target: Path) -> None:
    tables.write_to(out, target)


def _parquet(out: Path, target: Path) -> None:
    import pandas as pd

    target.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.contents(Material.read(out)).items():
        frame = pd.DataFrame(list(rows), columns=list(COLUMNS[name]))
        frame.to_parquet(target / f"{name}.parquet", index=False)


def _xml(text: str) -> str:
    """Text without the control characters that XML 1.0 forbids."""
    return "".join(c if c >= " " or c in "\t\n\r" else " " for c in text)
