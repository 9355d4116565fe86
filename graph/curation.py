"""What people decide and have still to decide: doubtful merges and the decisions taken, in the graph and read back.

Both stand in the graph of the build: a pol:MergeCandidate with a sentence for either entity, and a pol:Decision that is
attributed to its author (PROV-O, prov:wasAttributedTo), as is every entity and statement that it bears on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.facts import Candidate, CorpusFacts, Decided
from extraction.resolution.decisions import Decision, read
from graph.records import rows
from graph.terms import decimal, iri, text, typed
from graph.vocabulary import (
    DCTERMS,
    KINDS,
    POL,
    PROV,
    RDF,
    RDFS,
    ROOT,
    XSD,
    document_id,
    entity_id,
    entity_iri,
    mention_iri,
    ontology,
    statement_iri,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

ANALYST = "analyst"  # who decided, where the decision does not say
LONGEST_CONTEXT = 400
BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n\s*\n")
Triple = tuple[str, str, str]
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one, as a graph has them, each with a sentence that names it.

    context, document   the sentence of the first and the document it stands in; likewise for the second
    """

    first: str
    second: str
    score: float
    reason: str
    first_context: str
    first_document: str
    second_context: str
    second_document: str


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file, which may speak of the classes and relations of the ontology.

    Raises MissingPath and BadDecisions.
    """
    terms = ontology()
    classes = frozenset(name for name in terms.classes if terms.kind(name) in KINDS)
    relations = frozenset(name for name in terms.relations if "relatesTo" in terms.lineage(name))
    return read(path, classes, relations)


def decision_iri(id: str) -> str:
    """IRI of a decision."""
    return f"{ROOT}decision/{id}"


def agent_iri(name: str) -> str:
    """IRI of whoever decided: a hash of the name, for names need not be fit for IRIs."""
    return f"{ROOT}agent/{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:16]}"


def triples(facts: CorpusFacts, build: str) -> Iterator[Triple]:
    """Candidates and decisions in RDF, some triples perhaps twice."""
    yield from _decisions(facts, build)
    for candidate, sides in contexts(facts):
        yield from _candidate(candidate, sides)


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the two entities of a candidate is named most fully, and the sentence."""

    document: str
    start: int
    end: int
    context: str


def contexts(facts: CorpusFacts) -> Iterator[tuple[Candidate, tuple[Side, Side]]]:
    """Every candidate, with its two sides."""
    places = _places(facts)
    texts = {each.document.id: each.document.text for each in facts.documents}

    def side(id: str) -> Side:
        document, start, end = places[id]
        return Side(document, start, end, _sentence(texts[document], start, end))

    return ((candidate, (side(candidate.first), side(candidate.second))) for candidate in facts.candidates)


def _candidate(candidate: Candidate, sides: tuple[Side, Side]) -> Iterator[Triple]:
    pair = hashlib.sha256(f"{candidate.first}\0{candidate.second}".encode(errors="replace")).hexdigest()[:16]
    node = iri(f"{ROOT}merge/{pair}")
    yield node, iri(RDF("type")), iri(POL("MergeCandidate"))
    yield node, iri(POL("confidence")), decimal(candidate.score)
    yield node, iri(RDFS("comment")), text(candidate.reason, "en")
    for id, name, side in ((candidate.first, "first", sides[0]), (candidate.second, "second", sides[1])):
        yield node, iri(POL(f"{name}Candidate")), iri(entity_iri(id))
        yield node, iri(POL(f"{name}Mention")), iri(mention_iri(side.document, side.start, side.end))
        yield node, iri(POL(f"{name}Context")), text(side.context)


def _places(facts: CorpusFacts) -> dict[str, Place]:
    """For each entity of a candidate where the fullest of its mentions stands, the first of those."""
    entities = {id for candidate in facts.candidates for id in (candidate.first, candidate.second)}
    best: dict[str, tuple[int, str, int, int]] = {}
    for each in facts.documents:
        for mention in each.mentions:
            if mention.entity in entities:
                rank = (mention.start - mention.end, each.document.id, mention.start, mention.end)
                best[mention.entity] = min(best.get(mention.entity, rank), rank)
    return {entity: (document, start, end) for entity, (_, document, start, end) in best.items()}


def _sentence(words: str, start: int, end: int) -> str:
    """The sentence about a stretch of text, as far as full stops and blank lines tell, in one line."""
    before, after = words[max(0, start - LONGEST_CONTEXT) : start], words[end : end + LONGEST_CONTEXT]
    first = max((found.end() for found in BREAK.finditer(before)), default=0)
    last = found.start() if (found := BREAK.search(after)) else len(after)
    return " ".join((before[first:] + words[start:end] + after[:last]).split())


def _decisions(facts: CorpusFacts, build: str) -> Iterator[Triple]:
    agents = {}
    for decided in facts.decisions:
        agents[decided.id] = agent = iri(agent_iri(decided.by or ANALYST))
        yield agent, iri(RDF("type")), iri(PROV("Agent"))
        yield agent, iri(RDFS("label")), text(decided.by or ANALYST)
        yield from _decision(decided, agent, build)
    for each in facts.documents:
        for statement in each.statements:
            if statement.decision in agents:
                node = iri(statement_iri(each.document.id, statement))
                yield iri(decision_iri(statement.decision)), iri(POL("decides")), node
                yield node, iri(PROV("wasAttributedTo")), agents[statement.decision]


def remark(decided: Decided) -> str:
    """What the analyst remarked, and why the decision could not be applied; "" where there is neither."""
    return "; ".join(part for part in (decided.comment, decided.fault) if part)


def _decision(decided: Decided, agent: str, build: str) -> Iterator[Triple]:
    node = iri(decision_iri(decided.id))
    yield node, iri(RDF("type")), iri(POL("Decision"))
    yield node, iri(RDFS("label")), text(decided.words)
    yield node, iri(POL("action")), text(decided.action)
    yield node, iri(POL("applied")), typed("false" if decided.fault else "true", XSD("boolean"))
    yield node, iri(DCTERMS("date")), typed(decided.date, XSD("date"))
    yield node, iri(PROV("wasAttributedTo")), agent
    yield iri(build), iri(PROV("used")), node
    if said := remark(decided):
        yield node, iri(RDFS("comment")), text(said)
    for entity in decided.entities:
        yield node, iri(POL("decides")), iri(entity_iri(entity))
        if decided.action not in {"reject", "confirm"}:
            yield iri(entity_iri(entity)), iri(PROV("wasAttributedTo")), agent


def doubts(store: ox.Store) -> list[Doubt]:
    """The doubtful merges of a graph, the likeliest first."""
    query = """
        SELECT ?first ?second ?score ?reason ?one ?oneText ?other ?otherText {
          ?it a pol:MergeCandidate ; pol:firstCandidate ?first ; pol:secondCandidate ?second ;
              pol:confidence ?score ; rdfs:comment ?reason ;
              pol:firstMention ?one ; pol:secondMention ?other ;
              pol:firstContext ?oneText ; pol:secondContext ?otherText }"""
    found = {
        Doubt(
            entity_id(row["first"]), entity_id(row["second"]), float(row["score"]), row["reason"],
            row["oneText"], document_id(row["one"].rpartition("#")[0]),
            row["otherText"], document_id(row["other"].rpartition("#")[0]),
        )
        for row in rows(store, query)
    }  # fmt: skip
    return sorted(found, key=lambda doubt: (-doubt.score, doubt.first, doubt.second))


def decisions(store: ox.Store) -> list[Decided]:
    """The decisions that a graph was built with, by date; what could not be applied says why in its comment."""
    query = """
        SELECT ?it ?action ?words ?date ?by ?comment ?applied {
          ?it a pol:Decision ; pol:action ?action ; rdfs:label ?words ; dcterms:date ?date ; pol:applied ?applied ;
              prov:wasAttributedTo ?agent . ?agent rdfs:label ?by
          OPTIONAL { ?it rdfs:comment ?comment } }"""
    found = {
        Decided(
            row["it"].rpartition("/")[2], row["action"], row["words"], row["date"], row["by"], row["comment"],
            "" if row["applied"] == "true" else row["comment"],
        )
        for row in rows(store, query)
    }  # fmt: skip
    return sorted(found, key=lambda decided: (decided.date, decided.words, decided.id))
