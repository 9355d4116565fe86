"""Doing as an analyst decided: first entities are merged, kept apart, renamed and retyped, then statements judged.

Decisions are taken in the order of their file, each on what the earlier ones left. An entity is found by its id, its
IRI, an id that it had, or any of its names; a decision that fits nothing, or several things, is reported and passed by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extraction.facts import CONFIRMED, FURTHER, Decided, DocumentFacts, Entity, Statement
from extraction.names.spelling import key_of, slug
from extraction.resolution.decisions import ON_STATEMENT, Decision
from extraction.resolution.identity import with_ids
from extraction.resolution.partition import Local

IRI = "https://w3id.org/policygraph/id/"


@dataclass
class Resolved:
    """An entity of the corpus and the document-level ones that it is made of.

    words  where only some of a document-level entity's names are meant: its key -> the folded names
    """

    entity: Entity
    members: list[Local]
    words: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def bears(self, reference: str) -> int:
        """How surely a reference means this: 3 by id, 2 by preferred name, 1 by another name, 0 not."""
        id = reference.removeprefix(IRI)
        if id == self.entity.id or (FURTHER, id) in self.entity.identifiers:
            return 3
        key = key_of(reference)
        if key == key_of(self.entity.name):
            return 2
        return int(any(key == key_of(name) for name in self.entity.aliases))


class _Fault(Exception):
    """Why a decision cannot be applied."""


def decide_entities(
    found: list[Resolved], decisions: Iterable[Decision], coarse: Callable[[str], str], id_of: Callable[[Local], str]
) -> list[tuple[Decided, list[Resolved]]]:
    """Change the entities in `found` as decided; what became of each decision, with the entities it bears on."""
    outcomes = []
    for decision in decisions:
        if decision.action in ON_STATEMENT:
            continue
        try:
            touched, fault = _act(found, decision, coarse, id_of), ""
        except _Fault as error:
            touched, fault = [], str(error)
        outcomes.append((_decided(decision, fault), touched))
    return outcomes


def _act(
    found: list[Resolved], decision: Decision, coarse: Callable[[str], str], id_of: Callable[[Local], str]
) -> list[Resolved]:
    if decision.action == "keep apart":
        return _keep_apart(found, decision.entities, id_of)
    meant = [_find(found, reference) for reference in decision.entities]
    if decision.action == "merge":
        return [_merge(found, list({id(one): one for one in meant}.values()))]
    (one,) = meant
    entity = one.entity
    if decision.action == "rename":
        names = {*entity.aliases, entity.name} - {decision.to}
        one.entity = replace(entity, name=decision.to, aliases=tuple(sorted(names)))
    else:
        kind, old = coarse(decision.to).lower(), entity.id.split("/")[0]
        tail = entity.id.removeprefix(f"{old}/")
        one.entity = replace(entity, type=decision.to, id=f"{kind}/{tail}", known=entity.known and kind == old)
        one.entity = with_ids(one.entity, [entity.id])
    return meant


def _find(found: Iterable[Resolved], reference: str) -> Resolved:
    ranked = sorted(((one.bears(reference), one) for one in found), key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0
    meant = [one for rank, one in ranked if rank == best]
    if not best:
        raise _Fault(f"no entity is called “{reference}”")
    if len(meant) > 1:
        ids = ", ".join(sorted(one.entity.id for one in meant)[:3])
        raise _Fault(f"several entities are called “{reference}”, such as {ids}")
    return meant[0]


def _merge(found: list[Resolved], meant: Sequence[Resolved]) -> Resolved:
    """Unite entities under the id, the name and the class of the first."""
    first, *others = meant
    for other in others:
        entity = first.entity
        names = {*entity.aliases, other.entity.name, *other.entity.aliases} - {entity.name}
        schemes = {scheme for scheme, _ in entity.identifiers}
        more = [pair for pair in other.entity.identifiers if pair[0] == FURTHER or pair[0] not in schemes]
        entity = replace(
            entity,
            aliases=tuple(sorted(names)),
            labels=tuple(sorted({*entity.labels, *other.entity.labels})),
            identifiers=tuple(sorted({*entity.identifiers, *more} - {(FURTHER, entity.id)})),
            jurisdiction=entity.jurisdiction or other.entity.jurisdiction,
        )
        first.entity = with_ids(entity, [other.entity.id])
        _take_in(first, other)
        found[:] = [one for one in found if one is not other]
    return first


def _take_in(one: Resolved, other: Resolved) -> None:
    """Add the members of another; a document-level entity that was split between the two is whole again."""
    split = {local.key for local in one.members} & {local.key for local in other.members}
    one.members += [local for local in other.members if local.key not in split]
    one.words = {key: words for key, words in {**one.words, **other.words}.items() if key not in split}


def _keep_apart(found: list[Resolved], references: Sequence[str], id_of: Callable[[Local], str]) -> list[Resolved]:
    """See to it that no two of the references mean one entity."""
    parts = [_find(found, references[0])]
    for reference in references[1:]:
        other = _find(found, reference)
        if any(other is one for one in parts):
            other = _split(found, other, references[0], reference, id_of)
        parts.append(other)
    return parts


def _split(found: list[Resolved], one: Resolved, staying: str, leaving: str, id_of: Callable[[Local], str]) -> Resolved:
    """Take what a reference means out of an entity that also bears the other's name."""
    stay, leave = key_of(staying.removeprefix(IRI)), key_of(leaving.removeprefix(IRI))
    if stay == leave:
        raise _Fault(f"“{staying}” and “{leaving}” are one name")
    taken: list[Local] = []
    left: list[Local] = []
    words: dict[tuple[str, str], frozenset[str]] = {}
    for local in one.members:
        keys = {key_of(name) for name in local.names()} | {id_of(local), key_of(id_of(local))}
        if leave in keys and stay in keys:
            nearer = frozenset(key for key in map(key_of, local.names()) if _nearer(key, leave, stay))
            words[local.key] = nearer
            taken.append(local)
            left.append(local)
        elif leave in keys or (stay not in keys and _nearer(key_of(local.entity.name), leave, stay)):
            taken.append(local)
        else:
            left.append(local)
    if not taken or not left:
        raise _Fault(f"no document names “{staying if taken else leaving}” apart from the other")
    names = sorted({name for local in taken for name in local.names() if _nearer(key_of(name), leave, stay)})
    names = names or sorted({local.entity.name for local in taken})
    preferred = next((name for name in names if key_of(name) == leave), max(names, key=len))
    kind = one.entity.id.split("/")[0]
    kept = {(FURTHER, id_of(local)) for local in left}
    one.entity = replace(
        one.entity,
        aliases=tuple(name for name in one.entity.aliases if name not in names),
        identifiers=tuple(pair for pair in one.entity.identifiers if pair[0] != FURTHER or pair in kept),
    )
    one.members = left
    new = Resolved(
        Entity(
            id=min(
                (id_of(local) for local in taken if id_of(local) != one.entity.id), default=f"{kind}/{slug(preferred)}"
            ),
            type=one.entity.type,
            name=preferred,
            aliases=tuple(name for name in names if name != preferred),
            jurisdiction=one.entity.jurisdiction,
        ),
        taken,
        words,
    )
    found.append(new)
    return new


def _nearer(name: str, one: str, other: str) -> bool:
    return fuzz.ratio(name, one) > fuzz.ratio(name, other)


def decide_statements(
    documents: Sequence[DocumentFacts], entities: Sequence[Entity], decisions: Iterable[Decision]
) -> tuple[list[DocumentFacts], list[Decided]]:
    """The documents without statements that were rejected, the confirmed ones sure; what became of each decision."""
    judged = [decision for decision in decisions if decision.action in ON_STATEMENT]
    if not judged:
        return list(documents), []
    bearers = {entity.id: Resolved(entity, []) for entity in entities}
    hits: dict[str, set[str]] = {decision.id: set() for decision in judged}
    found = []
    for document in documents:
        kept: list[Statement] = []
        for statement in document.statements:
            ruling = None
            for decision in judged:
                if _means(decision, statement, document, bearers):
                    hits[decision.id] |= {statement.subject, statement.object}
                    ruling = decision
            if ruling is None:
                kept.append(statement)
            elif ruling.action == "confirm":
                kept.append(replace(statement, confidence=CONFIRMED, decision=ruling.id))
        found.append(replace(document, statements=tuple(kept)))
    fault = "no statement is made of these in that document, or its sentence has changed"
    return found, [
        replace(_decided(decision, "" if hits[decision.id] else fault), entities=tuple(sorted(hits[decision.id])))
        for decision in judged
    ]


def _means(decision: Decision, statement: Statement, document: DocumentFacts, bearers: Mapping[str, Resolved]) -> bool:
    said = dict(decision.statement)
    if said["predicate"] != statement.predicate or said.get("document", document.document.id) != document.document.id:
        return False
    if not bearers[statement.subject].bears(said["subject"]) or not bearers[statement.object].bears(said["object"]):
        return False
    passage = " ".join(document.document.text[statement.start : statement.end].split())
    return said.get("sentence", "") in passage


def _decided(decision: Decision, fault: str) -> Decided:
    return Decided(decision.id, decision.action, decision.words, decision.date, decision.by, decision.comment, fault)
