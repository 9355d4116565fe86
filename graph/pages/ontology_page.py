"""ontology.html: the reference of the vocabulary, made from ontology.ttl, with what each term is used for here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.pages.section import Rendered, Site
from graph.vocabulary import DCTERMS, OWL, POL, PREFIXES, RDF, RDFS, SKOS, ontology, ontology_path

if TYPE_CHECKING:
    import pyoxigraph as ox

FOREIGN = dict(PREFIXES) | {"eli": "http://data.europa.eu/eli/ontology#", "org": "http://www.w3.org/ns/org#"}


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual of the vocabulary; names of our own terms are without prefix.

    labels, definitions   by language
    depth                 how many classes of the page stand above it
    above, below          terms directly above and below it
    domain, range         any of these classes or datatypes
    inverse               the property that reads the other way round, "" for none
    alignments            terms of other vocabularies that it is below or like
    """

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    depth: int
    above: Sequence[str]
    below: Sequence[str]
    domain: Sequence[str]
    range: Sequence[str]
    inverse: str
    symmetric: bool
    alignments: Sequence[str]


def ontology_page(site: Site) -> Iterator[Rendered]:
    """The page: classes as they stand below each other, relations, other properties, statuses."""
    used = Counter(line for key in site.catalogue.entities for line in _lineage(site.catalogue.entities[key].type))
    used += Counter(line for fact in site.catalogue.facts for line in _lineage(fact.predicate))
    about = _read()[ontology_iri()]
    yield site.render(
        "ontology.html", "ontology.html", "ontology", ("reference.css",),
        about={tag: _by_language(about, DCTERMS("description"))[tag] for tag in ("en", "zh")},
        iri=POL.iri, version=ontology().version, license=_values(about, DCTERMS("license"))[0],
        parts=parts(), own=frozenset(_read()), used=used,
    )  # fmt: skip


def parts() -> list[tuple[str, list[Term]]]:
    """The headings of the page and the terms under them."""
    relations = [name for name in ontology().order if name in ontology().relations]
    values = [name for name in ontology().order if name not in ontology().relations]
    statuses = _members("Status")
    tops = [name for name in _read() if name in ontology().classes and not ontology().parents.get(name)]
    classes = [term for top in tops for term in _tree(top, 0)]
    return [
        ("Classes", classes),
        ("Relations and links", [_term(name) for name in relations]),
        ("Properties with plain values", [_term(name) for name in values]),
        ("Statuses of a statement", [_term(name) for name in statuses]),
    ]


def _tree(name: str, depth: int) -> Iterator[Term]:
    yield _term(name, depth)
    for below in _below(name):
        yield from _tree(below, depth + 1)


def _term(name: str, depth: int = 0) -> Term:
    said = _read()[name]
    above = [*_values(said, RDFS("subClassOf")), *_values(said, RDFS("subPropertyOf"))]
    alike = [*_values(said, SKOS("closeMatch")), *_values(said, OWL("equivalentClass"))]
    return Term(
        name=name,
        labels=_by_language(said, RDFS("label")),
        definitions=_by_language(said, SKOS("definition")),
        depth=depth,
        above=[each for each in above if each in _read()],
        below=_below(name),
        domain=_classes(said, RDFS("domain")),
        range=_classes(said, RDFS("range")),
        inverse=next(iter(_values(said, OWL("inverseOf"))), ""),
        symmetric=name in ontology().symmetric,
        alignments=[each for each in (*above, *alike) if each not in _read()],
    )


Said = Mapping[str, "list[ox.NamedNode | ox.BlankNode | ox.Literal]"]


@cache
def _read() -> dict[str, Said]:
    """What ontology.ttl says of each term, by predicate, in the order of the file."""
    import pyoxigraph as ox

    found: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(path=ontology_path(), format=ox.RdfFormat.TURTLE):
        assert not isinstance(triple.object, ox.Triple)
        found[_short(triple.subject)][triple.predicate.value].append(triple.object)
    # The second reading of an inverse: it is written at one of the two.
    for name, other in ontology().inverses.items():
        found[other][OWL("inverseOf")] = [ox.NamedNode(POL(name))]
    return dict(found)


def ontology_iri() -> str:
    """The IRI of the vocabulary itself."""
    return POL.iri.removesuffix("#")


def _members(name: str) -> list[str]:
    return [each for each, said in _read().items() if name in _values(said, RDF("type"))]


def _below(name: str) -> list[str]:
    return [each for each, said in _read().items() if name in _values(said, RDFS("subClassOf")) and each != name] + [
        each for each, said in _read().items() if name in _values(said, RDFS("subPropertyOf"))
    ]


def _values(said: Said, predicate: str) -> list[str]:
    return [_short(value) for value in said.get(predicate, [])]


def _by_language(said: Said, predicate: str) -> dict[str, str]:
    return {str(getattr(value, "language", "")): value.value for value in said.get(predicate, [])}


def _classes(said: Said, predicate: str) -> list[str]:
    """The classes of a domain or range, those of a union one by one."""
    found: list[str] = []
    for value in _values(said, predicate):
        union = _values(_read().get(value, {}), OWL("unionOf"))
        found += _list(union[0]) if union else [value]
    return found


def _list(node: str) -> Iterator[str]:
    while node in _read():
        yield from _values(_read()[node], RDF("first"))
        node = _values(_read()[node], RDF("rest"))[0]


@cache
def _short(term: object) -> str:
    """Our own terms without prefix, those of others with theirs, the rest as it is."""
    value = str(getattr(term, "value", term))
    if value.startswith(POL.iri):
        return value.removeprefix(POL.iri)
    return next((f"{prefix}:{value[len(iri) :]}" for prefix, iri in FOREIGN.items() if value.startswith(iri)), value)


def _lineage(name: str) -> tuple[str, ...]:
    known = name in ontology().classes or name in ontology().properties
    return ontology().lineage(name) if known else ()
