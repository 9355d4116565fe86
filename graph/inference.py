"""What follows from a graph by its ontology: on demand, in a store beside the one that holds what texts state.

OUT/inferred/ is made on first use from graph.nq: the same graphs, and one more, named INFERENCE_GRAPH, with the closure
under transitivity, symmetry, inverses, subproperties and subclasses (OWL 2 RL rules prp-trp, prp-symp, prp-inv1/2,
prp-spo1, cax-sco). Nothing inferred ever enters OUT/store or graph.nq.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from graph.remote import Endpoint
from graph.store import copied, open_store
from graph.vocabulary import INFERENCE_GRAPH, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

# Only relations between entities can be transitive, symmetric or inverse here, so each rule needs to run only once in
# this order: what a later rule adds gives an earlier one nothing new to work on.
RULES = (
    "?p a owl:TransitiveProperty . ?s ?p ?between . ?between ?p ?o . FILTER(?s != ?o)",
    "?p a owl:SymmetricProperty . ?o ?p ?s",
    "{ ?q owl:inverseOf ?p } UNION { ?p owl:inverseOf ?q } ?o ?q ?s",
    "?q rdfs:subPropertyOf+ ?p . ?s ?q ?o",
    "?class rdfs:subClassOf+ ?o . ?s a ?class BIND(rdf:type AS ?p)",
)
"""Bodies of rules that conclude ?s ?p ?o; each is repeated until it adds nothing."""


def open_inferred(out: Path | Endpoint) -> ox.Store:
    """The build's triples and all that follows from them, read-only; of an endpoint, in memory."""
    import pyoxigraph as ox

    if isinstance(out, Endpoint):
        store = copied(out)
        close(store)
        return store
    source, target = out / "graph.nq", out / "inferred"
    open_store(out)
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        _make(source, target)
    return ox.Store.read_only(str(target))


def close(store: ox.Store) -> None:
    """Add to a store, in INFERENCE_GRAPH, what follows from all its graphs and is stated in none of them."""
    for rule in RULES:
        while found := _conclusions(store, rule):
            store.bulk_extend(found)


def _conclusions(store: ox.Store, rule: str) -> list[ox.Quad]:
    import pyoxigraph as ox

    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {rule} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"
    triples = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)
    graph = ox.NamedNode(INFERENCE_GRAPH)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def _make(source: Path, target: Path) -> None:
    import pyoxigraph as ox

    making = target.with_name(f".{target.name}.making")
    for left in (making, target):
        shutil.rmtree(left, ignore_errors=True)
    store = ox.Store(str(making))
    store.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS)
    close(store)
    store.flush()
    del store
    making.rename(target)
