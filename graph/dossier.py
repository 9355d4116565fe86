"""An entity's dossier: its names, where it is named, and every fact about it with date, status and sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.facts import FURTHER
from graph.find import resolve_in
from graph.records import Fact, Node, Source, describe, documents, facts, rows
from graph.store import open_store
from graph.vocabulary import entity_iri, ontology

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a graph knows of one entity.

    facts      statements that it is subject or object of, by relation, date, document and position
    others     the entities at the other ends, by id
    mentions   how often each document names it, by document id, most often first
    sources    the documents, by id
    """

    entity: Node
    facts: tuple[Fact, ...]
    others: Mapping[str, Node]
    mentions: Mapping[str, int]
    sources: Mapping[str, Source]

    def _repr_html_(self) -> str:
        from graph import cells

        return cells.dossier(self)


def show(out: Path, entity: str) -> Dossier:
    """The dossier of the entity with this id, IRI or name."""
    store = open_store(out)
    key = resolve_in(store, entity)
    found = facts(store, key)
    about = describe(
        store, {key, *(end for fact in found for end in (fact.subject, fact.object, fact.attributed_to) if end)}
    )
    return Dossier(
        entity=about[key],
        facts=tuple(sorted(found, key=lambda fact: _place(fact, key))),
        others=about,
        mentions=_mentions(store, key),
        sources=documents(store),
    )


def render(dossier: Dossier) -> str:
    """The dossier in Markdown."""
    node = dossier.entity
    also = [*node.aliases, *(f"{name} ({tag})" for tag, name in node.labels)]
    lines = [f"# {node.name}", "", f"{ontology().labels[node.type].capitalize()}. Id: {node.id}"]
    if also:
        lines.append(f"Also called: {', '.join(also)}")
    outside = [(scheme, value) for scheme, value in node.identifiers if scheme != FURTHER]
    if outside:
        lines.append("Known as: " + ", ".join(f"{scheme} {value}" for scheme, value in outside))
    counts = ", ".join(f"{document} ({count})" for document, count in dossier.mentions.items())
    lines.append(f"Named in: {counts or 'no document'}")
    if not dossier.facts:
        lines += ["", "No document states a fact about it."]
    for relation, group in groupby(dossier.facts, key=lambda fact: _relation(fact, node.id)):
        lines += ["", f"## {relation}", ""]
        for fact in group:
            lines += _item(fact, dossier)
    return "\n".join(lines)


def _item(fact: Fact, dossier: Dossier) -> list[str]:
    other = fact.object if fact.subject == dossier.entity.id else fact.subject
    marks = [mark for mark in (fact.date, "" if fact.status == "asserted" else fact.status) if mark]
    if fact.attributed_to:
        marks.append(f"according to {dossier.others[fact.attributed_to].name}")
    marks.append(f"confidence {fact.confidence:.2f}")
    sentence = " ".join(fact.sentence.split())
    where = f"{fact.document}, characters {fact.start}-{fact.end}"
    return [f"- {dossier.others[other].name} ({'; '.join(marks)})", f"  > {sentence}", f"  > ({where})"]


def _relation(fact: Fact, entity: str) -> str:
    inverse = fact.subject != entity and fact.predicate not in ontology().symmetric
    return ontology().phrase(fact.predicate, inverse)


def _place(fact: Fact, entity: str) -> tuple[object, ...]:
    # The order of the ontology's properties is that of weight: what an actor did before where it is.
    inverse = fact.subject != entity and fact.predicate not in ontology().symmetric
    return inverse, ontology().rank(fact.predicate), fact.date or "9999", fact.document, fact.start, fact.id


def _mentions(store: ox.Store, entity: str) -> dict[str, int]:
    query = f"""
        SELECT ?d (COUNT(?m) AS ?n) {{
          ?m pol:refersTo <{entity_iri(entity)}> ; dcterms:isPartOf/dcterms:identifier ?d }} GROUP BY ?d"""
    counts = {row["d"]: int(row["n"]) for row in rows(store, query) if row["d"]}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
