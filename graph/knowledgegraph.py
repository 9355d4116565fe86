"""A built graph in Python: data frames for tables, networkx for networks, rdflib for the RDF itself."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph import folder
from graph.errors import NotABuild

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyoxigraph
    import rdflib

    from graph.compare import Comparison
    from graph.dossier import Dossier
    from graph.find import Hit
    from graph.network import Filter
    from graph.path import Route


class KnowledgeGraph:
    """What `policygraph build` left in a folder, to be asked.

    Entities may be given by id ("law/cybersecurity-law"), by IRI, or by any of their names; a name that fits none or
    several raises UnknownEntity, whose sentence lists the candidates.
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

    def entities(self) -> pd.DataFrame:
        """One row per entity, indexed by id: name, type, kind, jurisdiction, aliases, documents."""
        import pandas as pd

        from graph import records

        rows = [
            {
                "id": node.id,
                "name": node.name,
                "type": node.type,
                "kind": node.kind,
                "jurisdiction": node.jurisdiction,
                "aliases": "; ".join(node.aliases),
                "documents": len(node.documents),
            }
            for node in records.entities(self.store).values()
        ]
        columns = ["id", "name", "type", "kind", "jurisdiction", "aliases", "documents"]
        return pd.DataFrame(rows, columns=columns).set_index("id")

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        since: str | None = None,
        document: str | None = None,
    ) -> pd.DataFrame:
        """One row per statement: subject, predicate, object, date, status, confidence, document, sentence.

        `since` is an ISO date of any precision; with it, statements without a date are left out.
        """
        import pandas as pd

        from graph import records

        about = self._id(subject)
        of = self._id(object)
        nodes = records.entities(self.store)
        rows = [
            {
                "subject": nodes[fact.subject].name,
                "predicate": fact.predicate,
                "object": nodes[fact.object].name,
                "date": fact.date,
                "status": fact.status,
                "confidence": fact.confidence,
                "document": fact.document,
                "sentence": fact.sentence,
            }
            for fact in records.facts(self.store, about or of)
            if (about is None or fact.subject == about)
            and (of is None or fact.object == of)
            and (predicate is None or fact.predicate == predicate)
            and (since is None or fact.date >= since)
            and (document is None or fact.document == document)
        ]
        columns = ["subject", "predicate", "object", "date", "status", "confidence", "document", "sentence"]
        return pd.DataFrame(rows, columns=columns)

    def documents(self) -> pd.DataFrame:
        """One row per document, indexed by id: title, date, publisher, language, source."""
        import pandas as pd

        from graph import records

        columns = ["id", "title", "date", "publisher", "language", "source"]
        rows = [[getattr(source, column) for column in columns] for source in records.documents(self.store).values()]
        return pd.DataFrame(rows, columns=columns).set_index("id")

    def query(self, query: str, **parameters: str) -> pd.DataFrame:
        """The rows of a stored query (by name), of a .rq file, or of SPARQL text, all as strings."""
        import io

        import pandas as pd

        from graph.query import run

        answer = run(self.out, query, format="csv", parameters=parameters)
        return pd.read_csv(io.StringIO(answer), dtype=str, keep_default_na=False)

    def find(self, text: str, limit: int = 10) -> list[Hit]:
        """Entities that bear a name like `text`, best first."""
        from graph.find import find

        return find(self.out, text, limit)

    def entity(self, name: str) -> Dossier:
        """An entity's dossier: its names and every fact about it, with date, status and sentence."""
        from graph.dossier import show

        return show(self.out, name)

    def path(self, a: str, b: str, limit: int = 3) -> list[Route]:
        """The shortest ways in which two entities are connected, statement by statement."""
        from graph.path import paths

        return paths(self.out, a, b, limit)

    def compare(self, a: str, b: str) -> Comparison:
        """What two documents or publishers share and where they differ."""
        from graph.compare import compare

        return compare(self.out, a, b)

    def network(self, filter: Filter | None = None) -> nx.MultiDiGraph:
        """Entities and statements as a networkx multigraph; an edge is a statement, its key the statement's IRI.

        Without a filter, what is asserted: planned and negated statements are no ties.
        """
        from graph import network, records

        return network.multigraph(records.entities(self.store), records.facts(self.store), filter or network.Filter())

    def _id(self, name: str | None) -> str | None:
        from graph.find import resolve

        return None if name is None else resolve(self.out, name)
