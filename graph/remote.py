"""A SPARQL 1.1 store elsewhere, asked and written to over HTTP as the store of a build is over files.

Blank nodes travel as IRIs (RDF 1.1 Concepts, section 3.5): a store may rename them, and requests that insert parts of
one graph could not speak of the same node.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from graph.errors import BadParameter, RemoteFailed
from graph.records import rows
from graph.vocabulary import ROOT

if TYPE_CHECKING:
    import urllib.error
    import urllib.request

    import pyoxigraph as ox

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SECONDS = 600
GENID = ROOT + ".well-known/genid/"
PUSHED_GRAPH = ROOT + "pushed"
USER, PASSWORD = "POLICYGRAPH_USER", "POLICYGRAPH_PASSWORD"
ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.5"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a store is asked; a user and password are given to it only if it wants them."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self.url


def place(text: str) -> Path | Endpoint:
    """What OUT stands for on the command line: a folder, or the address of an endpoint."""
    if not re.match(r"https?://", text):
        return Path(text)
    if "@" in text.partition("://")[2].partition("/")[0]:
        raise BadParameter(f"An address holds no password; set {USER} and {PASSWORD} in the environment.")
    return Endpoint(text, os.environ.get(USER, ""), os.environ.get(PASSWORD, ""))


class RemoteStore:
    """What the commands ask of a store, answered by an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Sequence[ox.NamedNode] = (),
        named_graphs: Sequence[ox.NamedNode] = (),
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """As of an Oxigraph store; the endpoint's default graph has to be the union of all graphs."""
        import pyoxigraph as ox

        # An empty store of our own tells the form of the query, and where it is malformed.
        form = type(ox.Store().query(query, prefixes=prefixes))
        declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in (prefixes or {}).items())
        fields = [("query", declared + query)]
        fields += [("default-graph-uri", graph.value) for graph in default_graph]
        fields += [("named-graph-uri", graph.value) for graph in named_graphs]
        if form is not ox.QueryTriples:
            body, _ = self._sent(self.endpoint.url, fields, ROWS)
            found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if form is ox.QueryBoolean and isinstance(found, ox.QuerySolutions):
                # Virtuoso answers ASK with one row or none.
                truth = b"false" if next(found, None) is None else b"true"
                return ox.parse_query_results(b'{"head":{},"boolean":' + truth + b"}", ox.QueryResultsFormat.JSON)
            return found
        body, media = self._sent(self.endpoint.url, fields, TRIPLES)
        received = ox.Store()
        received.bulk_load(body, ox.RdfFormat.from_media_type(media) or ox.RdfFormat.TURTLE)
        triples = received.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(triples, ox.QueryTriples)
        return triples

    def update(self, text: str, url: str = "") -> None:
        """Run a SPARQL 1.1 update, at `url` where that is another than the one that is asked."""
        self._sent(url or self.endpoint.url, [("update", text)], "*/*")

    def __iter__(self) -> Iterator[ox.Quad]:
        """Every quad that was pushed, blank nodes as they were before."""
        import pyoxigraph as ox

        for listed in rows(self, f"SELECT ?g {{ GRAPH <{PUSHED_GRAPH}> {{ ?g ?p ?digest }} }} ORDER BY ?g"):
            graph = ox.NamedNode(listed["g"])
            inside = f"WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            found = self.query(f"CONSTRUCT {{ ?s ?p ?o }} {inside}")
            assert isinstance(found, ox.QueryTriples)
            triples = list(found)
            (row,) = rows(self, f"SELECT (COUNT(*) AS ?n) {inside}")
            # Of a CONSTRUCT that it cuts off, Virtuoso says nothing.
            if len(triples) != int(row["n"]):
                reason = f"it gives {len(triples)} of the {row['n']} triples of {graph.value}; raise ResultSetMaxRows"
                raise RemoteFailed(self.endpoint.url, f"{reason} in its settings")
            for triple in triples:
                subject, object = _blank(triple.subject), _blank(triple.object)
                yield ox.Quad(subject, triple.predicate, object, graph)  # type: ignore[arg-type]

    def _sent(self, url: str, fields: Sequence[tuple[str, str]], accept: str) -> tuple[bytes, str]:
        """The body of the answer and its media type."""
        import urllib.error
        import urllib.request

        request = urllib.request.Request(url, urlencode(fields).encode(), {"Accept": accept})
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                body, headers = response.read(), response.headers
        except urllib.error.HTTPError as error:
            raise RemoteFailed(url, _reason(error)) from error
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise RemoteFailed(url, f"it cannot be reached ({reason})") from error
        if accept == ROWS and (most := headers.get("X-SPARQL-MaxRows")):
            raise RemoteFailed(url, f"it cuts answers off at {most} rows; raise ResultSetMaxRows in its settings")
        return body, headers.get_content_type()

    @cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        import urllib.request

        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, self.endpoint.url, self.endpoint.user, self.endpoint.password)
        return urllib.request.build_opener(
            urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)
        )


def named(term: Term) -> str:
    """A term as N-Triples writes it, a blank node as an IRI."""
    import pyoxigraph as ox

    return f"<{GENID}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)


def _blank(term: Term) -> Term:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode) and term.value.startswith(GENID):
        return ox.BlankNode(term.value.removeprefix(GENID))
    return term


def _reason(error: urllib.error.HTTPError) -> str:
    if error.code in (401, 403):
        return f"it wants a user who may do this ({error.code}); give --user, or {USER}, and {PASSWORD}"
    said = error.read(2000).decode(errors="replace")
    text = " ".join((re.sub(r"<[^>]*>", " ", said) if said.lstrip().startswith("<") else said).split())
    return f"it answers {error.code} {error.reason}: {text[:300] or 'nothing more'}".rstrip(".")
