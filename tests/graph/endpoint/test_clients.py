"""What the clients of others make of the endpoint: the same answers as in this process, in every form and format."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import rdflib
import SPARQLWrapper
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from graph import query
from graph.store import open_store
from graph.vocabulary import PREFIXES, document_iri

DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
ROWS = {
    "names": "SELECT ?e ?name { ?e skos:prefLabel ?name } ORDER BY ?e",
    "unbound": "SELECT ?e ?date { ?e a pol:Statement OPTIONAL { ?e pol:date ?date } } ORDER BY ?e",
    "literals": "SELECT ?p ?v { ?s ?p ?v FILTER(ISLITERAL(?v)) } ORDER BY ?p STR(?v) LANG(?v) LIMIT 300",
    "counts": "SELECT ?p (COUNT(*) AS ?n) (AVG(?c) AS ?mean) { ?st rdf:predicate ?p ; pol:confidence ?c }"
    " GROUP BY ?p ORDER BY ?p",
    "nothing": "SELECT ?x { ?x pol:signed ?x }",
    "awkward": "SELECT ?x (1 AS ?y) { VALUES ?x { 'a,b' '\"c\"' 'd\\te' 'f\\ng' '<&>' '加纳'@zh '' } }",
}
TRUTHS = {"yes": "ASK { ?who pol:signed ?what }", "no": "ASK { ?it pol:signed ?it }"}
GRAPHS = {
    "construct": "CONSTRUCT { ?s pol:signed ?o . ?s skos:prefLabel ?n } WHERE { ?s pol:signed ?o ; skos:prefLabel ?n }",
    "blank": "CONSTRUCT { [] rdf:subject ?s ; rdf:object ?o } WHERE { ?s pol:hosted ?o }",
    "describe": "DESCRIBE ?law { ?law a pol:Law }",
    "empty": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?o pol:signed ?s }",
}
ROW_TYPES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def fetch(served: str, text: str, accept: str, how: str = "get") -> tuple[str, bytes]:
    """Content type and body; `how` is one of the three ways of the protocol."""
    address, headers = f"{served}/sparql", {"Accept": accept}
    if how == "get":
        request = Request(f"{address}?{urlencode({'query': text})}", headers=headers)
    elif how == "form":
        request = Request(address, urlencode({"query": text}).encode(), headers)
    else:
        request = Request(address, text.encode(), headers | {"Content-Type": "application/sparql-query"})
    with urlopen(request) as response:
        return response.headers["Content-Type"], response.read()


def here(out: Path, text: str) -> list[tuple[str | None, ...]]:
    """The rows in this process, as N3."""
    found = query.answer(open_store(out), text)
    return [tuple(None if term is None else rdflib.util.from_n3(str(term)) for term in row) for row in found]


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize("accept", ROW_TYPES)
@pytest.mark.parametrize("name", ROWS)
def test_rdflib_reads_the_same_rows(out: Path, served: str, name: str, accept: str, how: str) -> None:
    media, body = fetch(served, ROWS[name], accept, how)
    assert media.partition(";")[0] == accept
    result = Result.parse(io.BytesIO(body), format=ROW_TYPES[accept])
    ours = here(out, ROWS[name])
    if accept == "text/csv":  # has the words of terms only
        assert [[str(v or "") for v in row] for row in result] == [[str(v or "") for v in row] for row in ours]
    else:
        assert [tuple(row) for row in result] == ours


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
@pytest.mark.parametrize("name", TRUTHS)
def test_rdflib_reads_the_same_truth(served: str, name: str, accept: str) -> None:
    _, body = fetch(served, TRUTHS[name], accept)
    assert Result.parse(io.BytesIO(body), format=ROW_TYPES[accept]).askAnswer is (name == "yes")


@pytest.mark.parametrize("how", ["get", "direct"])
@pytest.mark.parametrize("accept", GRAPH_TYPES)
@pytest.mark.parametrize("name", GRAPHS)
def test_rdflib_reads_the_same_graph(out: Path, served: str, name: str, accept: str, how: str) -> None:
    media, body = fetch(served, GRAPHS[name], accept, how)
    assert media.partition(";")[0] == accept
    ours = rdflib.Graph().parse(data=query.run(out, GRAPHS[name], "ntriples"), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=body, format=GRAPH_TYPES[accept]), ours)


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("format", [SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_asks_select(out: Path, served: str, method: str, format: str) -> None:
    found = wrapped(served, ROWS["names"], method, format)
    names = [str(row[1]) for row in here(out, ROWS["names"])]
    if format == SPARQLWrapper.JSON:
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
    elif format == SPARQLWrapper.XML:
        assert [node.firstChild.data for node in found.getElementsByTagName("literal")] == names
    else:
        assert all(name in found.decode() for name in names)


@pytest.mark.parametrize("format", [SPARQLWrapper.TURTLE, SPARQLWrapper.JSONLD, SPARQLWrapper.RDFXML, SPARQLWrapper.N3])
def test_sparqlwrapper_asks_construct(out: Path, served: str, format: str) -> None:
    ours = rdflib.Graph().parse(data=query.run(out, GRAPHS["construct"], "ntriples"), format="nt")
    found = wrapped(served, GRAPHS["construct"], SPARQLWrapper.GET, format)
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert isomorphic(graph, ours)


def wrapped(served: str, text: str, method: str, format: str):  # type: ignore[no-untyped-def]
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{served}/sparql")
    wrapper.setQuery(DECLARED + text)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format)
    return wrapper.query().convert()


def test_rdflib_as_a_remote_graph(out: Path, served: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{served}/sparql"))
    found = [tuple(row) for row in graph.query(DECLARED + ROWS["names"])]
    assert found == here(out, ROWS["names"])


def test_graphs_are_chosen_by_the_request(served: str) -> None:
    def count(pattern: str, **graphs: str) -> int:
        text = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        with urlopen(f"{served}/sparql?{urlencode({'query': text} | graphs)}") as response:
            return int(Result.parse(io.BytesIO(response.read()), format="json").bindings[0][rdflib.Variable("n")])

    def parameter(name: str, value: str) -> dict[str, str]:
        return {name: value}

    act = document_iri("act")
    default, named = parameter("default-graph-uri", act), parameter("named-graph-uri", act)
    every, inside = count("?s ?p ?o"), count("GRAPH ?g { ?s ?p ?o }")
    assert 0 < count("?s ?p ?o", **default) < every
    assert count("?s ?p ?o", **default) == count("GRAPH ?g { ?s ?p ?o }", **named) < inside
    assert count("GRAPH ?g { ?s ?p ?o }", **default) == count("?s ?p ?o", **named) == 0


def test_a_query_can_choose_its_graphs(out: Path) -> None:
    act = document_iri("act")
    whole = query.run(out, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv")
    part = query.run(out, f"SELECT (COUNT(*) AS ?n) FROM <{act}> {{ ?s ?p ?o }}", "csv")
    assert part == query.run(out, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{act}> {{ ?s ?p ?o }} }}", "csv") != whole


@pytest.mark.parametrize("accept", GRAPH_TYPES)
def test_the_endpoint_describes_itself(served: str, accept: str) -> None:
    with urlopen(Request(f"{served}/sparql", headers={"Accept": accept})) as response:
        described = rdflib.Graph().parse(data=response.read(), format=GRAPH_TYPES[accept])
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{served}/sparql")
    assert (service, sd.endpoint, service) in described
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in described
    assert len(set(described.objects(service, sd.resultFormat))) == 8
    assert (None, sd.name, rdflib.URIRef(document_iri("act"))) in described
