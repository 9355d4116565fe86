"""Texts whose names and relations are annotated, as Docs for the grammar and as facts to compare its findings with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction.facts import Document, Entity
from extraction.statements.parsing import coarse, surrogate
from extraction.training.annotation import Example, Related
from extraction.training.gold import annotated, occurrences

Fact = tuple[str, str, str]
Signatures = Mapping[tuple[str, str], frozenset[str]]


@dataclass(slots=True)
class Annotation:
    """What a text states.

    facts   fact -> whether it counts (False where optional)
    places  fact -> where the text says so, as far as the annotation tells
    """

    facts: dict[Fact, bool] = field(default_factory=dict)
    places: dict[Fact, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fact: Fact, firm: bool, place: tuple[int, int] | None = None) -> None:
        self.facts[fact] = self.facts.get(fact, False) or firm
        if place is not None:
            self.places[fact].append(place)


def fact_of(subject: str, predicate: str, target: str) -> Fact:
    """Subject, predicate and object; in order of the alphabet for the one relation that has no direction."""
    if predicate == "cooperatesWith" and target < subject:
        subject, target = target, subject
    return subject, predicate, target


def of_folder(folder: Path, nlp: Language) -> Iterator[tuple[Doc, Annotation]]:
    """The passages of a folder with `text/ID.txt` and `gold/ID.json`, sorted by id, parsed."""
    passages = list(annotated(folder))
    docs = nlp.pipe(surrogate(_found(nlp, text, gold["entities"])) for text, gold in passages)
    for doc, (text, gold) in zip(docs, passages, strict=True):
        optional = {entity["id"] for entity in gold["entities"] if entity.get("optional")}
        annotation = Annotation()
        for relation in gold["relations"]:
            firm = not (relation.get("optional") or {relation["s"], relation["o"]} & optional)
            fact = fact_of(relation["s"], relation["p"], relation["o"])
            annotation.add(fact, firm, _place(text, relation.get("evidence", "")))
        yield doc, annotation


def _found(nlp: Language, text: str, entities: list[dict[str, object]]) -> Doc:
    """A Doc whose mentions are the occurrences of the annotated names."""
    known = [
        Entity(str(e["id"]), str(e["type"]), str(e["name"]), tuple(e["aliases"]))  # type: ignore[arg-type]
        for e in entities
    ]
    return _doc(nlp, text, occurrences(text, entities), known)


def _place(text: str, evidence: str) -> tuple[int, int] | None:
    """Where the evidence stands in the text, however it is wrapped there."""
    match = re.search(r"\s+".join(map(re.escape, evidence.split())), text) if evidence else None
    return match.span() if match else None


def _doc(nlp: Language, text: str, spans: Iterable[tuple[int, int, str, str]], entities: Iterable[Entity]) -> Doc:
    """A Doc with mentions, each given by its start, end, type and entity."""
    doc = nlp.make_doc(text)
    mentions = []
    for start, end, kind, key in spans:
        if (span := doc.char_span(start, end, alignment_mode="expand")) is not None:
            mentions.append(Span(doc, span.start, span.end, label=kind, span_id=key))
    doc.spans["mentions"] = mentions
    doc.user_data["document"] = Document("passage", "passage", text)
    doc.user_data["entities"] = {entity.id: entity for entity in entities}
    return doc


def of_examples(examples: Iterable[Example], nlp: Language, signatures: Signatures) -> Iterator[tuple[Doc, Annotation]]:
    """Passages of which it is annotated what they state, parsed; others are left out."""
    related = [example for example in examples if example.relations is not None]
    known = [_entities(example) for example in related]
    docs = nlp.pipe(surrogate(_given(nlp, *each)) for each in zip(related, known, strict=True))
    for doc, example, keys in zip(docs, related, known, strict=True):
        optional = {keys[_named(example, span.start, span.end), span.label] for span in example.spans if span.optional}
        annotation = Annotation()
        for relation in example.relations or ():
            for subject, target in _ends(relation, keys, signatures):
                firm = not (relation.optional or {subject, target} & optional)
                annotation.add(fact_of(subject, relation.predicate, target), firm)
        yield doc, annotation


def _named(example: Example, start: int, end: int) -> str:
    return example.text[start:end]


def _entities(example: Example) -> dict[tuple[str, str], str]:
    """(name, type) -> entity, one for all names of a thing."""
    names = {(_named(example, span.start, span.end), span.label) for span in example.spans}
    first = {name: group[0] for group in example.same for name in group}
    # A capital before its state: what lies in "Nairobi" lies in the city.
    return {(name, label): f"{first.get(name, name)}|{label}" for name, label in sorted(names, reverse=True)}


def _given(nlp: Language, example: Example, keys: dict[tuple[str, str], str]) -> Doc:
    forms: dict[str, list[str]] = defaultdict(list)
    for (name, _), key in keys.items():
        forms[key].append(name)
    entities = [Entity(key, key.split("|")[1], key.split("|")[0], tuple(names)) for key, names in forms.items()]
    spans = [
        (span.start, span.end, span.label, keys[_named(example, span.start, span.end), span.label])
        for span in example.spans
    ]
    return _doc(nlp, example.text, spans, entities)


def _ends(relation: Related, keys: dict[tuple[str, str], str], signatures: Signatures) -> Iterator[tuple[str, str]]:
    """The things that a relation joins, those of fitting types where a name is of two ("Nairobi")."""
    subjects = [(key, coarse(label)) for (name, label), key in keys.items() if name == relation.subject]
    targets = [(key, coarse(label)) for (name, label), key in keys.items() if name == relation.object]
    for (subject, kind), (target, other) in product(subjects, targets):
        if relation.predicate in signatures.get((kind, other), ()):
            yield subject, target
            return
