"""One thing, one node: the entities of all documents brought together.

An entity of the registry keeps the registry's id. Others are one where class, name and jurisdiction agree, or where a
scored comparison leaves no doubt; a doubtful pair stays apart and is listed. What an analyst decided goes before all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extraction.domain import lexicon, registry
from extraction.facts import Candidate, CorpusFacts, Decided, DocumentFacts
from extraction.names.spelling import key_of
from extraction.resolution import anchors, canonical, likeness
from extraction.resolution.canonical import Canon
from extraction.resolution.deciding import Resolved, decide_entities, decide_statements
from extraction.resolution.decisions import Decision
from extraction.resolution.identity import apart, entity_of, id_of
from extraction.resolution.jurisdiction import states
from extraction.resolution.matching import join_exact
from extraction.resolution.partition import Clusters, Local
from extraction.resolution.scoring import MERGE, Pair, scored

UNDATED = "9999"
Key = tuple[str, str]  # document and id of a document-level entity


def resolve(
    facts: Iterable[DocumentFacts], domain: Path | None = None, decisions: Sequence[Decision] = ()
) -> CorpusFacts:
    """Bring the entities of documents together; mentions and statements then speak of the corpus's entities.

    The result does not depend on the order of the documents.
    """
    documents = sorted(facts, key=lambda found: found.document.id)
    known, canon = registry.load(domain), canonical.load(domain)
    classes = _classes(known, domain)
    locals_ = [local for found in documents for local in _locals(found, known, canon, classes)]
    near = anchors.load(domain).near(locals_)
    clusters = Clusters([*locals_, *near], canon)
    join_exact(clusters)
    pairs = scored(clusters, canon, likeness.weights(domain))
    doubts = [pair for pair in pairs if pair.score < MERGE or not clusters.join(pair.one, pair.other)]
    found = _resolved(clusters, known, canon, classes)
    outcomes = decide_entities(found, decisions, classes.__getitem__, lambda local: id_of(local, canon))
    return _corpus(documents, found, _by_member(clusters, doubts), outcomes, decisions)


class _Coarse(dict[str, str]):
    """Finer class -> one of the ten; a class of the ten is its own."""

    def __missing__(self, name: str) -> str:
        return name


def _classes(known: registry.Registry, domain: Path | None) -> _Coarse:
    finer = {finer: kind for (kind, _), finer in lexicon.load(domain).finer.items()}
    return _Coarse({**finer, **known.types})


def _locals(found: DocumentFacts, known: registry.Registry, canon: Canon, classes: _Coarse) -> Iterator[Local]:
    codes = states(found, known, canon, classes.__getitem__)
    ties = _neighbours(found)
    for entity in found.entities:
        kind, state = classes[entity.type], codes.get(entity.id, "")
        forms = {canon.form(name, kind): None for name in (entity.name, *entity.aliases)}
        telling = [form for form in forms if canon.identifies(form, kind, state)]
        yield Local(
            document=found.document.id,
            since=found.document.date or UNDATED,
            entity=entity,
            kind=kind,
            state=state,
            forms=(*telling, *(form for form in forms if form not in telling)),
            telling=len(telling),
            neighbours=frozenset(ties.get(entity.id, ())),
        )


def _neighbours(found: DocumentFacts) -> Mapping[str, set[tuple[str, str, str]]]:
    """What statements tie each entity of a document to; states, which many share, are no evidence."""
    by_id = {entity.id: entity for entity in found.entities}
    ties: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for statement in found.statements:
        for one, other, side in (
            (statement.subject, statement.object, "object"),
            (statement.object, statement.subject, "subject"),
        ):
            if by_id[other].type not in {"Country", "Place"}:
                ties[one].add((statement.predicate, side, by_id[other].name))
    return ties


def _resolved(clusters: Clusters, known: registry.Registry, canon: Canon, classes: _Coarse) -> list[Resolved]:
    by_id = {entry.entity.id: entry.entity for entry in known}
    found = []
    for root in clusters.roots():
        if members := clusters.locals(root):
            entity = entity_of(members, by_id.get(clusters.known(root)), classes.__getitem__, canon)
            found.append(Resolved(entity, members))
    return found


def _by_member(clusters: Clusters, doubts: Iterable[Pair]) -> Iterator[tuple[Pair, Key, Key]]:
    """Doubtful pairs with one document-level entity of either side; those of the registry alone left out."""
    for pair in doubts:
        one, other = clusters.locals(pair.one), clusters.locals(pair.other)
        if one and other:
            yield pair, one[0].key, other[0].key


def _corpus(
    documents: Sequence[DocumentFacts],
    found: Sequence[Resolved],
    doubts: Iterable[tuple[Pair, Key, Key]],
    outcomes: Sequence[tuple[Decided, list[Resolved]]],
    decisions: Sequence[Decision],
) -> CorpusFacts:
    entities = apart([(one.entity, one.members) for one in found])
    ids = {id(one): entity.id for one, entity in zip(found, entities, strict=True)}
    renamed: dict[Key, str] = {}
    parts: dict[Key, dict[str, str]] = defaultdict(dict)
    for one in found:
        for local in one.members:
            if names := one.words.get(local.key):
                parts[local.key] |= dict.fromkeys(names, ids[id(one)])
            else:
                renamed[local.key] = ids[id(one)]
    decided = [
        (replace(outcome, entities=tuple(sorted({ids[id(one)] for one in touched if id(one) in ids}))), outcome.id)
        for outcome, touched in outcomes
    ]
    judged, verdicts = decide_statements([_renamed(each, renamed, parts) for each in documents], entities, decisions)
    by_decision = {id: outcome for outcome, id in decided} | {verdict.id: verdict for verdict in verdicts}
    kept = {frozenset(outcome.entities) for outcome, _ in decided if outcome.action == "keep apart"}
    return CorpusFacts(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        documents=tuple(judged),
        candidates=tuple(_candidates(doubts, renamed, kept)),
        decisions=tuple(by_decision[decision.id] for decision in decisions),
    )


def _candidates(
    doubts: Iterable[tuple[Pair, Key, Key]], renamed: Mapping[Key, str], kept: Collection[frozenset[str]]
) -> list[Candidate]:
    """Doubtful pairs that nobody decided on, each entity with its likeliest other, the likeliest first."""
    seen: set[str] = set()
    found = []
    for pair, one, other in doubts:
        first, second = sorted((renamed[one], renamed[other]))
        if first != second and not {first, second} <= seen and not any({first, second} <= pairs for pairs in kept):
            seen |= {first, second}
            found.append(Candidate(first, second, pair.score, pair.reason))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.first, candidate.second))


def _renamed(found: DocumentFacts, renamed: Mapping[Key, str], parts: Mapping[Key, Mapping[str, str]]) -> DocumentFacts:
    """A document's facts in terms of the corpus's entities.

    parts  of a document-level entity that was split: folded names -> the entity that they name
    """
    name, text = found.document.id, found.document.text

    def new(entity: str, span: tuple[int, int] | None = None) -> str:
        named = parts.get((name, entity))
        words = key_of(text[slice(*span)]) if span and named else ""
        return (named or {}).get(words) or renamed.get((name, entity), "")

    statements = (
        replace(
            statement,
            subject=new(statement.subject, statement.subject_span),
            object=new(statement.object, statement.object_span),
            attributed_to=new(statement.attributed_to),
        )
        for statement in found.statements
    )
    return replace(
        found,
        entities=(),
        mentions=tuple(
            mention if id == mention.entity else replace(mention, entity=id)
            for mention in found.mentions
            for id in [new(mention.entity, (mention.start, mention.end))]
        ),
        statements=tuple(statement for statement in statements if statement.subject != statement.object),
    )
