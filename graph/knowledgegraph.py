"""A built graph in Python: data frames for tables, networkx for networks, rdflib for the RDF itself."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import folder
from graph.errors import BadFormat, BadParameter, NotABuild

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyoxigraph
    import rdflib

    from graph.cells import Picture
    from graph.compare import Comparison
    from graph.dossier import Dossier
    from graph.path import Routes
    from graph.records import Fact, Node

Names = str | Collection[str] | None
"""One name, several of which any will do, or None for all."""


class KnowledgeGraph:
    """What `policygraph build` left in a folder, to be asked.

    Entities may be given by id ("law/cybersecurity-law"), by IRI, or by any of their names, misspelt or cut short where
    no other comes as near; a name that fits none or several raises UnknownEntity, whose sentence lists the candidates.
    """

    def __init__(self, out: str | Path) -> None:
        """Raises NotABuild where `out` holds no finished build."""
        self.out = Path(out)
        found = folder.record(self.out)
        if found is None:
            raise NotABuild(self.out, "it has no build.json")
        self.record = found

    def __repr__(self) -> str:
        return f"KnowledgeGraph({str(self.out)!r})"

    def _repr_html_(self) -> str:
        from graph import cells

        return cells.graph(self)

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The Oxigraph store, read-only."""
        from graph.store import open_store

        return open_store(self.out)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """The RDF dataset through rdflib, over the same store: one named graph per document."""
        from graph.store import dataset

        return dataset(self.out)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every entity as a plain record, by id, sorted."""
        from graph import records

        return records.entities(self.store)

    @cached_property
    def facts(self) -> list[Fact]:
        """Every statement as a plain record, in the order of document and position."""
        from graph import records

        return records.facts(self.store)

    def entities(self, type: Names = None) -> pd.DataFrame:
        """One row per entity, indexed by id: name, type, kind, jurisdiction, aliases, documents (how many name it).

        `type` is a class of the ontology, fine or coarse: "Law", "Regulation".
        """
        from graph import dataframes

        wanted = _set(type)
        return dataframes.entities(
            node for node in self.nodes.values() if not wanted or wanted & {node.type, node.kind}
        )

    def statements(
        self,
        subject: Names = None,
        predicate: Names = None,
        object: Names = None,
        *,
        about: Names = None,
        since: str | int | None = None,
        until: str | int | None = None,
        document: Names = None,
        status: Names = None,
        confidence: float = 0.0,
    ) -> pd.DataFrame:
        """One row per statement: subject, predicate, object, date, year, status, confidence, document, sentence, ids.

        `about` is subject or object. `since` and `until` are ISO dates of any precision, inclusive; with either,
        statements without a date are left out. `status` is "asserted", "planned" or "negated"; `confidence` the least.
        Raises UnknownEntity, and BadParameter for a predicate or status that is not there.
        """
        from graph import dataframes
        from graph.vocabulary import ontology

        subjects, objects, abouts = self._ids(subject), self._ids(object), self._ids(about)
        predicates = _known(predicate, ontology().properties, "predicate")
        statuses = _known(status, ("asserted", "planned", "negated"), "status")
        wanted, first, last = _set(document), str(since or ""), str(until or "")
        return dataframes.statements(
            (
                fact
                for fact in self.facts
                if (not subjects or fact.subject in subjects)
                and (not objects or fact.object in objects)
                and (not abouts or abouts & {fact.subject, fact.object})
                and (not predicates or fact.predicate in predicates)
                and (not statuses or fact.status in statuses)
                and (not wanted or fact.document in wanted)
                and (not first or fact.date >= first)
                and (not last or "" < fact.date[: len(last)] <= last)
                and fact.confidence >= confidence
            ),
            self.nodes,
        )

    def documents(self) -> pd.DataFrame:
        """One row per document, indexed by id: title, date, year, publisher, language, source, statements."""
        from graph import dataframes, records

        return dataframes.documents(records.documents(self.store).values(), self.facts)

    def query(self, query: str, *, inferred: bool = False, **parameters: object) -> pd.DataFrame:
        """The answer to a stored query (by name), a .rq file, or SPARQL text, with a column a variable.

        Numbers and truth values are typed, IRIs short, missing values missing. `inferred` asks also what follows from
        the graph by its ontology. CONSTRUCT and DESCRIBE give triples. Raises BadQuery, UnknownQuery, BadParameter.
        """
        from graph import dataframes
        from graph.query import run

        given = {name: str(value) for name, value in parameters.items()}
        try:
            return dataframes.solutions(run(self.out, query, "json", given, inferred))
        except BadFormat:
            return dataframes.triples(run(self.out, query, "ntriples", given, inferred))

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables of the build by name: "measures", "bridges" ...; docs/tables.md tells of each."""
        import pandas as pd

        return pd.read_csv(self._file("tables", name, ".csv"))

    def picture(self, name: str) -> Picture:
        """One of the pictures of the build by name: "timeline", "matrix" ..."""
        from graph.cells import Picture

        return Picture(self._file("pictures", name, ".svg").read_text(encoding="utf-8"), name)

    def find(self, text: str, limit: int = 10) -> pd.DataFrame:
        """Entities that bear a name like `text`, best first: name, type, the name that fits, score, documents."""
        from graph import dataframes
        from graph.find import search

        return dataframes.hits(search(self.store, text, limit))

    def entity(self, name: str) -> Dossier:
        """An entity's dossier: its names and every fact about it, with date, status and sentence."""
        from graph.dossier import show

        return show(self.out, name)

    def path(self, a: str, b: str, limit: int = 3) -> Routes:
        """The shortest ways in which two entities are connected, statement by statement; raises NoRoute."""
        from graph.path import Routes, paths

        return Routes(paths(self.out, a, b, limit))

    def compare(self, a: str, b: str) -> Comparison:
        """What two documents or publishers share and where they differ; raises UnknownDocument."""
        from graph.compare import compare

        return compare(self.out, a, b)

    def network(
        self, view: str = "network", *, entity: str | None = None, depth: int = 1, **filters: Any
    ) -> nx.MultiDiGraph | nx.DiGraph | nx.Graph:
        """Entities and what ties them as a networkx graph; nodes are ids with `name`, `type` and `kind`.

        view      "network": a multigraph, an edge a statement, its key the statement's IRI; "ties": who is tied to
                  whom, weighted by passages; "actors": by what they share and do together; "instruments": which rests
                  on which; "forums", "agreements", "initiatives": actors on one side, what they take part in on the
                  other
        entity    only what is within `depth` steps of it
        filters   fields of `graph.network.Filter`, a value or several each: kinds, predicates, documents, since, until
                  (years), statuses (asserted ones unless told otherwise), confidence

        Raises BadParameter for a view or filter that is not there.
        """
        from graph import network

        if view not in network.VIEWS:
            raise BadParameter(f"There is no view {view!r}; choose one of {', '.join(network.VIEWS)}.")
        whole = network.multigraph(self.nodes, self.facts, network.Filter.of(**filters))
        part = whole if entity is None else network.ego(whole, self._id(entity), depth)
        return network.VIEWS[view](part)

    def show(
        self,
        view: str = "network",
        *,
        entity: str | None = None,
        depth: int = 1,
        title: str = "",
        height: int = 640,
        **filters: Any,
    ) -> Picture:
        """An interactive picture for a notebook cell: filters, search, and the sentence behind every tie.

        view is "network", "actors" or "instruments"; the rest is as for `network`, `height` in pixels.
        """
        from graph.cells import Picture
        from graph.pages import inline

        return Picture(
            inline.view(self, view, title=title, entity=entity, depth=depth, height=height, **filters), title or view
        )

    def _file(self, folder: str, name: str, ending: str) -> Path:
        path = self.out / folder / f"{name}{ending}"
        known = sorted(file.stem for file in (self.out / folder).glob(f"*{ending}"))
        if name not in known:
            raise BadParameter(f"The build has no {name!r} among its {folder}; choose from {', '.join(known)}.")
        return path

    def _id(self, name: str) -> str:
        from graph.find import resolve_in

        return resolve_in(self.store, name)

    def _ids(self, names: Names) -> set[str]:
        return {self._id(name) for name in _set(names)}


def _set(names: Names) -> set[str]:
    return {names} if isinstance(names, str) else set(names or ())


def _known(names: Names, known: Collection[str], what: str) -> set[str]:
    wanted = _set(names)
    if strangers := sorted(wanted - set(known)):
        raise BadParameter(f"There is no {what} {strangers[0]!r}; choose from {', '.join(sorted(known))}.")
    return wanted
