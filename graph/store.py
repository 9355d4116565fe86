"""A finished build's triple store: Oxigraph on disk, opened read-only, also as an rdflib Dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import NotABuild
from graph.vocabulary import ONTOLOGY_GRAPH, OWL, ontology

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib


def open_store(out: Path) -> ox.Store:
    """The store of a build, read-only; any number of processes may have it open."""
    import pyoxigraph as ox

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


def _version(store: ox.Store) -> str:
    import pyoxigraph as ox

    found = store.quads_for_pattern(ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(OWL("versionInfo")), None)
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "unknown")


def dataset(out: Path) -> rdflib.Dataset:
    """The same store behind rdflib's API: SPARQL runs in Oxigraph, and the default graph is the union of all."""
    import rdflib
    from oxrdflib.store import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=open_store(out)), default_union=True)
