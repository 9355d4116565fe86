"""A build into a SPARQL 1.1 store elsewhere, graph by graph; what is there already is not sent again.

The store keeps a digest of each graph in PUSHED_GRAPH. It is taken away before a graph is changed and written when the
graph is whole, so that a push that was cut short goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import RemoteFailed
from graph.records import rows
from graph.remote import PUSHED_GRAPH, Endpoint, RemoteStore, named
from graph.store import open_store
from graph.vocabulary import SCHEMA

BATCH = 500
"""Triples in a request; Virtuoso compiles each update and takes no more than a few thousand."""
DIGEST = f"<{SCHEMA('sha256')}>"


@dataclass(frozen=True, slots=True)
class Pushed:
    """Graphs that were sent, that were there already, and that were removed because the build lacks them."""

    sent: int
    kept: int
    removed: int


def push(
    out: Path, endpoint: Endpoint, update: str = "", progress: Callable[[int, int], None] = lambda done, total: None
) -> Pushed:
    """Make the store hold every graph of the build as it is, and none that an earlier push left there.

    update     where updates are sent, if not to the endpoint itself
    progress   is called with the number of graphs that are done, and of all
    """
    open_store(out)
    remote = RemoteStore(endpoint)
    there = {row["g"]: row["digest"] for row in rows(remote, f"SELECT ?g ?digest {{ {_record('?g', '?digest')} }}")}
    graphs = _graphs(out / "graph.nq")
    sent = 0
    for done, (graph, lines) in enumerate(sorted(graphs.items()), start=1):
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        if there.get(graph) != digest:
            _replace(remote, update, graph, lines, digest)
            sent += 1
        progress(done, len(graphs))
    gone = sorted(there.keys() - graphs.keys())
    for graph in gone:
        _remove(remote, update, graph)
    return Pushed(sent, len(graphs) - sent, len(gone))


def _graphs(path: Path) -> dict[str, list[str]]:
    """The triples of each named graph, in the order of the file, as N-Triples without blank nodes."""
    import pyoxigraph as ox

    found: dict[str, list[str]] = defaultdict(list)
    for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad) and isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value].append(f"{named(quad.subject)} {quad.predicate} {named(quad.object)} .")
    return found


def _replace(remote: RemoteStore, update: str, graph: str, lines: list[str], digest: str) -> None:
    _remove(remote, update, graph)
    for start in range(0, len(lines), BATCH):
        batch = "\n".join(lines[start : start + BATCH])
        remote.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{batch}\n}} }}", update)
    (row,) = rows(remote, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    if int(row["n"]) != len(lines):
        raise RemoteFailed(
            remote.endpoint.url, f"it holds {row['n']} of the {len(lines)} triples that were sent for {graph}"
        )
    remote.update(f"INSERT DATA {{ {_record(f'<{graph}>', chr(34) + digest + chr(34))} }}", update)


def _remove(remote: RemoteStore, update: str, graph: str) -> None:
    remote.update(f"DELETE WHERE {{ {_record(f'<{graph}>', '?digest')} }}", update)
    remote.update(f"DROP SILENT GRAPH <{graph}>", update)


def _record(graph: str, digest: str) -> str:
    return f"GRAPH <{PUSHED_GRAPH}> {{ {graph} {DIGEST} {digest} }}"
