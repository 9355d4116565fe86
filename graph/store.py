"""A finished build's triple store: Oxigraph on disk, opened read-only, also as an rdflib Dataset; or one elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from graph.errors import NotABuild, RemoteFailed
from graph.records import rows
from graph.remote import Endpoint, RemoteStore
from graph.vocabulary import ONTOLOGY_GRAPH, OWL, ontology

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib


def open_store(out: Path | Endpoint) -> ox.Store:
    """The store of a build, read-only; any number of processes may have it open.

    Of an endpoint, what takes the same questions: `query`, and iteration over all quads.
    """
    import pyoxigraph as ox

    if isinstance(out, Endpoint):
        return cast(ox.Store, _open_remote(out))
    # Oxigraph makes an empty store where there is none; a build has RocksDB's CURRENT file.
    if not (out / "store" / "CURRENT").exists():
        raise NotABuild(out)
    try:
        store = ox.Store.read_only(str(out / "store"))
        made = _version(store)
    except (OSError, RuntimeError) as error:
        raise NotABuild(out, f"its store cannot be opened ({error})") from error
    wanted = ontology().version
    if made != wanted:
        raise NotABuild(out, f"it was made with version {made} of the vocabulary, and this program reads {wanted}")
    return store


def copied(endpoint: Endpoint) -> ox.Store:
    """All that an endpoint holds of ours, in a store in memory."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(open_store(endpoint))
    return store


def _open_remote(endpoint: Endpoint) -> RemoteStore:
    store = RemoteStore(endpoint)
    pattern = f"<{ONTOLOGY_GRAPH}> owl:versionInfo ?version"
    for place in (pattern, f"GRAPH ?g {{ {pattern} }}"):
        found = [row["version"] for row in rows(store, f"SELECT ?version {{ {place} }}")]
        if found and place != pattern:
            raise RemoteFailed(endpoint.url, "its default graph has to be the union of all graphs, which is a setting")
        if found == [ontology().version]:
            return store
        if found:
            reason = f"it holds version {found[0]} of the vocabulary, and this program reads {ontology().version}"
            raise RemoteFailed(endpoint.url, reason)
    raise RemoteFailed(
        endpoint.url, f"it holds no graph of ours; `policygraph push OUT {endpoint.url}` brings one there"
    )


def _version(store: ox.Store) -> str:
    import pyoxigraph as ox

    found = store.quads_for_pattern(ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(OWL("versionInfo")), None)
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "unknown")


def dataset(out: Path) -> rdflib.Dataset:
    """The same store behind rdflib's API: SPARQL runs in Oxigraph, and the default graph is the union of all."""
    import rdflib
    from oxrdflib.store import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=open_store(out)), default_union=True)
