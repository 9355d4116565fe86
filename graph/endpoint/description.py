"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.vocabulary import PREFIXES, RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
FEATURES = ("UnionDefaultGraph",)
RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def describe(address: str, graphs: Iterable[str], format: str) -> bytes:
    """The description of the endpoint at `address`, in one of RDF_FORMATS.

    graphs   IRIs of the named graphs that it holds
    """
    prefixes = {"sd": SD.iri, "formats": FORMATS.iri, "rdf": RDF.iri, "doc": PREFIXES["doc"]}
    data = ox.serialize(_triples(address, graphs), format=RDF_FORMATS[format], prefixes=prefixes)
    assert data is not None
    return data


def _triples(address: str, graphs: Iterable[str]) -> Iterator[ox.Triple]:
    service, dataset, default = ox.NamedNode(address), ox.BlankNode("dataset"), ox.BlankNode("default")
    a = ox.NamedNode(RDF("type"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD(name))

    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), service)
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for feature in FEATURES:
        yield ox.Triple(service, sd("feature"), sd(feature))
    for format in RESULT_FORMATS:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(FORMATS(format)))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    for place, graph in enumerate(sorted(graphs)):
        node = ox.BlankNode(f"graph{place}")
        yield ox.Triple(dataset, sd("namedGraph"), node)
        yield ox.Triple(node, a, sd("NamedGraph"))
        yield ox.Triple(node, sd("name"), ox.NamedNode(graph))
