"""What a store holds, read back as plain records: entities, documents, facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.facts import FURTHER
from graph.vocabulary import ENTITY, PREFIXES, WIKIDATA, document_id, entity_id, entity_iri, ontology, passage_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph.remote import RemoteStore


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as the graph has it.

    id            "<type>/<slug>", the tail of its IRI
    type, kind    its finest class, and the one of the ten coarse classes above that
    name          preferred label
    aliases       other English names, sorted
    labels        names in other languages: (tag, name), sorted
    identifiers   (scheme, value), sorted
    documents     ids of the documents that name it, sorted
    """

    id: str
    type: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    identifiers: tuple[tuple[str, str], ...]
    jurisdiction: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the graph has it: everything but its text."""

    id: str
    title: str
    source: str
    date: str
    publisher: str
    language: str

    @property
    def name(self) -> str:
        """What to call it in prose."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its evidence.

    id                          IRI of the statement
    subject, predicate, object  entity ids and a property without prefix
    status                      "asserted", "planned" or "negated"
    date                        ISO, as exact as the text; "" where it gives none
    document, start, end        where the passage stands
    sentence                    the passage itself
    subject_text, object_text   its words for subject and object
    """

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    date: str
    confidence: float
    frame: str
    attributed_to: str
    document: str
    start: int
    end: int
    sentence: str
    subject_text: str
    object_text: str

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document's text that names an entity; offsets are characters."""

    entity: str
    document: str
    start: int
    end: int
    text: str
    witness: str
    confidence: float


_NEEDED = {"s": "rdf:subject", "o": "rdf:object", "p": "rdf:predicate", "passage": "pol:evidence"}
# Of these only the last two may be missing; but of what must be there Virtuoso weighs every order of the joins, which
# takes it seconds for so many.
_FURTHER = {
    "status": "pol:status", "confidence": "pol:confidence", "frame": "pol:frame", "subjectText": "pol:subjectText",
    "objectText": "pol:objectText", "date": "pol:date", "speaker": "pol:attributedTo",
}  # fmt: skip


def facts(store: ox.Store, entity: str | None = None) -> list[Fact]:
    """Every statement, or those about one entity, in the order of document and position."""
    if entity is None:
        return _facts(store, "")
    return _facts(
        store, f"VALUES ?it {{ <{entity_iri(entity)}> }} {{ ?st rdf:subject ?it }} UNION {{ ?st rdf:object ?it }}"
    )


def facts_between(store: ox.Store, one: str, other: str) -> list[Fact]:
    """Statements that tie two entities, in either direction, in the order of document and position."""
    ends = f"(<{entity_iri(one)}> <{entity_iri(other)}>) (<{entity_iri(other)}> <{entity_iri(one)}>)"
    return _facts(store, f"VALUES (?s ?o) {{ {ends} }}")


def _facts(store: ox.Store, scope: str) -> list[Fact]:
    pattern = str if scope else _whole
    needed = [pattern(f"?st {name} ?{what} .") for what, name in _NEEDED.items()]
    further = [f"OPTIONAL {{ {pattern(f'?st {name} ?{what} .')} }}" for what, name in _FURTHER.items()]
    head = f"?st ?text {' '.join(f'?{what}' for what in (*_NEEDED, *_FURTHER))}"
    query = " ".join([f"SELECT {head} {{", scope, *needed, pattern("?passage pol:text ?text ."), *further, "}"])
    found: dict[str, Fact] = {}
    for row in rows(store, query):
        document, start, end = passage_of(row["passage"])
        found[row["st"]] = Fact(
            id=row["st"],
            subject=entity_id(row["s"]),
            predicate=_local(row["p"]),
            object=entity_id(row["o"]),
            status=_local(row["status"]).lower(),
            date=row["date"],
            confidence=float(row["confidence"]),
            frame=row["frame"],
            attributed_to=entity_id(row["speaker"]),
            document=document,
            start=start,
            end=end,
            sentence=row["text"],
            subject_text=row["subjectText"],
            object_text=row["objectText"],
        )
    return sorted(found.values(), key=lambda fact: (fact.document, fact.start, fact.end, fact.id))


def entities(store: ox.Store) -> dict[str, Node]:
    """Every entity by id, sorted."""
    return _nodes(store, "")


def describe(store: ox.Store, ids: Iterable[str]) -> dict[str, Node]:
    """The entities with these ids, by id, sorted."""
    return _nodes(store, f"VALUES ?e {{ {' '.join(f'<{entity_iri(entity)}>' for entity in sorted(ids))} }}")


def _nodes(store: ox.Store, scope: str) -> dict[str, Node]:
    def values(pattern: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows(store, f"SELECT DISTINCT ?e ?v {{ {scope} {pattern} }}"):
            found[row["e"]].append(row["v"])
        return found

    names = values("?e skos:prefLabel ?v")
    types = values("?e skos:prefLabel ?name ; a ?v")
    aliases = values('?e skos:altLabel ?v FILTER(LANG(?v) = "en")')
    labels = values('?e skos:altLabel ?n FILTER(LANG(?n) != "en") BIND(CONCAT(LANG(?n), " ", ?n) AS ?v)')
    known_by = values("?e owl:sameAs|pol:iso3166|dcterms:identifier ?v . ?e skos:prefLabel ?name")
    mentioned = values("?e pol:mentionedIn ?v")
    places = values("?e pol:jurisdiction ?v")
    found: list[Node] = []
    for iri in names:
        finest = _finest({_local(name) for name in types[iri]})
        found.append(
            Node(
                id=entity_id(iri),
                type=finest,
                kind=ontology().kind(finest),
                name=names[iri][0],
                aliases=tuple(sorted(aliases[iri])),
                labels=tuple(sorted(_split(label, " ") for label in labels[iri])),
                identifiers=tuple(sorted(_identifier(value) for value in known_by[iri])),
                jurisdiction=(places[iri] or [""])[0],
                documents=tuple(sorted(document_id(document) for document in mentioned[iri])),
            )
        )
    return {node.id: node for node in sorted(found, key=lambda node: node.id)}


def documents(store: ox.Store) -> dict[str, Source]:
    """Every document by id, sorted."""
    query = """
        SELECT ?id ?title ?source ?date ?publisher ?language {
          ?d a pol:Document ; dcterms:identifier ?id ; dcterms:source ?source ; dcterms:language ?language .
          OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:date ?date }
          OPTIONAL { ?d dcterms:publisher ?publisher } }"""
    found = [Source(**{key: row[key] for key in Source.__slots__}) for row in rows(store, query)]
    return {source.id: source for source in sorted(found, key=lambda source: source.id)}


def mentions(store: ox.Store) -> list[Mention]:
    """Every mention, in the order of document and position."""
    told = {
        "e": "pol:refersTo", "d": "dcterms:isPartOf", "start": "pol:start", "end": "pol:end", "text": "pol:text",
        "witness": "pol:witness", "confidence": "pol:confidence",
    }  # fmt: skip
    patterns = [_whole(f"?m {name} ?{what} .") for what, name in told.items()]
    query = f"SELECT {' '.join(f'?{what}' for what in told)} {{ {' '.join(patterns)} }}"
    found = (
        Mention(
            entity_id(row["e"]), document_id(row["d"]), int(row["start"]), int(row["end"]),
            row["text"], row["witness"], float(row["confidence"]),
        )
        for row in rows(store, query)
    )  # fmt: skip
    return sorted(set(found), key=lambda m: (m.document, m.start, m.end, m.entity, m.witness, m.confidence))


def _whole(pattern: str) -> str:
    """A pattern that Oxigraph reads whole and joins by hash: for all of a graph that is sooner than look-ups."""
    return f"{{ SELECT * {{ {pattern} }} }}"


def rows(store: ox.Store | RemoteStore, query: str) -> Iterator[dict[str, str]]:
    """Solutions of a SELECT over all graphs, each variable's value as text, "" where unbound."""
    import pyoxigraph as ox

    solutions = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: "" if term is None else term.value for name, term in zip(names, solution, strict=True)}


def _identifier(value: str) -> tuple[str, str]:
    """The (scheme, value) pair that `writing` wrote as an IRI, a bare ISO 3166 code or "scheme:value"."""
    if value.startswith(WIKIDATA):
        return "wikidata", value.removeprefix(WIKIDATA)
    if value.startswith(ENTITY.iri):
        return FURTHER, entity_id(value)
    return _split(value, ":") if ":" in value else ("iso3166", value)


def _split(text: str, at: str) -> tuple[str, str]:
    head, _, tail = text.partition(at)
    return head, tail


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _finest(names: set[str]) -> str:
    """The class that is below all the others."""
    return max(sorted(names), key=lambda name: len(ontology().lineage(name)))
