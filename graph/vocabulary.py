"""The terms that graphs are written in: namespaces, IRIs of our own, and what ontology.ttl says of its terms."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from graph.errors import UnknownTerm

if TYPE_CHECKING:
    from extraction.facts import Statement


@dataclass(frozen=True, slots=True)
class Namespace:
    """A prefix of IRIs: `POL("signed")` is the whole IRI."""

    iri: str

    def __call__(self, name: str) -> str:
        return self.iri + name


POL = Namespace("https://w3id.org/policygraph/ontology#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("https://schema.org/")

WIKIDATA = "http://www.wikidata.org/entity/"
ROOT = "https://w3id.org/policygraph/"
ENTITY = Namespace(ROOT + "id/")
DOCUMENT = Namespace(ROOT + "doc/")
ENTITIES_GRAPH = ROOT + "entities"
BUILD_GRAPH = ROOT + "build"
ONTOLOGY_GRAPH = ROOT + "ontology"
INFERENCE_GRAPH = ROOT + "inferred"

PREFIXES: Mapping[str, str] = {
    "pol": POL.iri,
    "id": ENTITY.iri,
    "doc": DOCUMENT.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "prov": PROV.iri,
    "schema": SCHEMA.iri,
}

KINDS = (
    "Country",
    "GovernmentBody",
    "InternationalOrganization",
    "Organization",
    "Person",
    "Law",
    "Agreement",
    "Initiative",
    "Forum",
    "Place",
)
"""The ten coarse classes; every entity is of exactly one."""

ACTORS = frozenset(KINDS[:5])
INSTRUMENTS = frozenset(KINDS[5:8])


@lru_cache(1 << 16)
def entity_iri(entity: str) -> str:
    """IRI of the entity with this id ("law/cybersecurity-law")."""
    return ENTITY(quote(entity, safe="/", errors="replace"))


def entity_id(iri: str) -> str:
    """Id of the entity with this IRI: the inverse of `entity_iri`."""
    return unquote(iri.removeprefix(ENTITY.iri))


@lru_cache(1 << 10)
def document_iri(document: str) -> str:
    """IRI of a document, which is also the name of the graph that holds what it says."""
    return DOCUMENT(quote(document, safe="", errors="replace"))


def document_id(iri: str) -> str:
    """Id of the document with this IRI: the inverse of `document_iri`."""
    return unquote(iri.removeprefix(DOCUMENT.iri))


def passage_iri(document: str, start: int, end: int) -> str:
    """IRI of a passage: a text fragment of its document (RFC 5147), offsets in characters."""
    return f"{document_iri(document)}#char={start},{end}"


def mention_iri(document: str, start: int, end: int) -> str:
    """IRI of a mention, after the example of passages."""
    return f"{document_iri(document)}#mention={start},{end}"


def passage_of(iri: str) -> tuple[str, int, int]:
    """Document id, start and end of the passage with this IRI: the inverse of `passage_iri`."""
    document, _, fragment = iri.rpartition("#char=")
    start, _, end = fragment.partition(",")
    return document_id(document), int(start), int(end)


def statement_iri(document: str, statement: Statement) -> str:
    """IRI of a statement: its document and a hash of what is said where."""
    said = (
        str(statement.start),
        str(statement.end),
        statement.subject,
        statement.predicate,
        statement.object,
        statement.status,
        statement.date,
    )
    digest = hashlib.sha256("\0".join(said).encode(errors="replace")).hexdigest()[:16]
    return f"{document_iri(document)}#statement={digest}"


def ontology_path() -> Path:
    """ontology.ttl, which stands beside the packages, in the repository as once installed."""
    return Path(__file__).resolve().parent.parent / "ontology.ttl"


@dataclass(frozen=True, slots=True)
class Ontology:
    """What ontology.ttl says of the terms of its own namespace; names are without prefix.

    parents     classes and properties directly above each term
    labels      English labels
    definitions what the terms mean, in English
    inverses    property -> the property that reads the other way round
    symmetric   properties that are their own inverse
    relations   properties whose values are resources
    classes, properties   all terms of that sort
    order       place of each property in the file
    version     of the vocabulary; a build of another cannot be read
    """

    parents: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    inverses: Mapping[str, str]
    symmetric: frozenset[str]
    relations: frozenset[str]
    classes: frozenset[str]
    properties: frozenset[str]
    order: Mapping[str, int]
    version: str
    _lineage: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def lineage(self, term: str) -> tuple[str, ...]:
        """The term and every term above it, nearest first."""
        if term not in self.classes and term not in self.properties:
            raise UnknownTerm("class" if term[:1].isupper() else "property", term)
        if term not in self._lineage:
            above = [self.lineage(parent) for parent in self.parents.get(term, ())]
            self._lineage[term] = tuple(dict.fromkeys([term, *(name for line in above for name in line)]))
        return self._lineage[term]

    def kind(self, name: str) -> str:
        """The one of `KINDS` that a class is, or is below."""
        return next((line for line in self.lineage(name) if line in KINDS), name)

    def rank(self, predicate: str) -> int:
        """Place of a property in the file, which puts what an actor does before where it is."""
        return self.order.get(predicate, len(self.order))

    def phrase(self, predicate: str, inverse: bool = False) -> str:
        """The predicate in words, read from the object's side when `inverse`: "was hosted by"."""
        name = self.inverses.get(predicate, predicate) if inverse else predicate
        return self.labels.get(name, name)


@cache
def ontology() -> Ontology:
    """Read ontology.ttl, once."""
    import pyoxigraph as ox

    triples = list(ox.parse(path=ontology_path(), format=ox.RdfFormat.TURTLE))

    def pairs(predicate: str) -> list[tuple[str, str]]:
        found = [(t.subject.value, t.object.value) for t in triples if t.predicate.value == predicate]
        ours = POL.iri
        return [(s.removeprefix(ours), o.removeprefix(ours)) for s, o in found if s.startswith(ours)]

    own = {name for above in ("subClassOf", "subPropertyOf") for name in pairs(RDFS(above))}
    kinds = pairs(RDF("type"))
    properties = frozenset(s for s, o in kinds if o in (OWL("ObjectProperty"), OWL("DatatypeProperty")))
    classes = frozenset(s for s, o in kinds if o == OWL("Class"))
    parents: dict[str, tuple[str, ...]] = {}
    for child, parent in sorted(own):
        if parent in classes or parent in properties:
            parents[child] = (*parents.get(child, ()), parent)
    inverses = dict(pairs(OWL("inverseOf")))

    def english(predicate: str) -> dict[str, str]:
        return {
            t.subject.value.removeprefix(POL.iri): t.object.value
            for t in triples
            if t.predicate.value == predicate and getattr(t.object, "language", None) == "en"
        }

    return Ontology(
        parents=parents,
        labels=english(RDFS("label")),
        definitions=english(SKOS("definition")),
        inverses=inverses,
        symmetric=frozenset(s for s, o in kinds if o == OWL("SymmetricProperty")),
        relations=frozenset(s for s, o in kinds if o == OWL("ObjectProperty")),
        classes=classes,
        properties=properties,
        version=next(t.object.value for t in triples if t.predicate.value == OWL("versionInfo")),
        order={name: place for place, name in enumerate(s for s, _ in kinds if s in properties)},
    )
