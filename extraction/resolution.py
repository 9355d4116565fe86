"""One thing, one node: the entities of all documents brought together.

An entity of the registry keeps the registry's id. Others are one where class, name and jurisdiction agree, or where a
scored comparison leaves no doubt; a doubtful pair stays apart and is listed. What an analyst decided goes before all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import canonical, lexicon, likeness, registry
from .canonical import Canon
from .clusters import Anchor, Clusters, Item, Local
from .facts import Candidate, CorpusFacts, DocumentFacts, Entity
from .identity import apart, entity_of
from .jurisdiction import states
from .matching import MERGE, Pair, join_exact, scored

UNDATED = "9999"


def resolve(facts: Iterable[DocumentFacts], domain: Path | None = None) -> CorpusFacts:
    """Bring the entities of documents together; mentions and statements then speak of the corpus's entities.

    The result does not depend on the order of the documents.
    """
    documents = sorted(facts, key=lambda found: found.document.id)
    known, canon, weights = registry.load(domain), canonical.load(domain), likeness.weights(domain)
    classes = _classes(known, domain)
    locals_ = [local for found in documents for local in _locals(found, known, canon, classes)]
    clusters = Clusters([*locals_, *anchors(known, canon)], canon)
    join_exact(clusters)
    doubts = []
    for pair in scored(clusters, canon, weights):
        if pair.score < MERGE or not clusters.join(pair.one, pair.other):
            doubts.append(pair)
    return _corpus(documents, clusters, doubts, known, canon, classes)


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


def anchors(known: registry.Registry, canon: Canon) -> list[Item]:
    """The registry's entities with the forms of their names."""
    found: list[Item] = []
    for entry in known:
        kind = known.types[entry.entity.type]
        if kind != "Country":
            names = {name: name in entry.ambiguous for name in (*entry.names, *_said(entry.entity, canon))}
            sure, doubtful = (
                tuple(dict.fromkeys(canon.form(name, kind) for name, doubt in names.items() if doubt is wanted))
                for wanted in (False, True)
            )
            found.append(Anchor(entry.entity, kind, sure, doubtful, entry.year))
    return found


def _said(place: Entity, canon: Canon) -> Iterator[str]:
    """What a place is called when what it is stands behind its name: "Guangdong Province"."""
    if place.type == "Place":
        territory = "iso3166-2" in dict(place.identifiers)
        yield from (f"{place.name} {word}" for word in canon.words["territories" if territory else "cities"])


def _corpus(
    documents: Sequence[DocumentFacts],
    clusters: Clusters,
    doubts: Iterable[Pair],
    known: registry.Registry,
    canon: Canon,
    classes: _Coarse,
) -> CorpusFacts:
    by_id = {entry.entity.id: entry.entity for entry in known}
    found = []
    for root in clusters.roots():
        if members := clusters.locals(root):
            found.append(
                (entity_of(members, by_id.get(clusters.known(root)), classes.__getitem__, canon), members, root)
            )
    entities = apart([(entity, members) for entity, members, _ in found])
    by_root = {root: entity.id for (_, _, root), entity in zip(found, entities, strict=True)}
    renamed = {
        local.key: entity.id for (_, members, _), entity in zip(found, entities, strict=True) for local in members
    }
    return CorpusFacts(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        documents=tuple(_renamed(each, renamed) for each in documents),
        candidates=tuple(_candidates(clusters, doubts, by_root)),
    )


def _candidates(clusters: Clusters, doubts: Iterable[Pair], by_root: Mapping[int, str]) -> list[Candidate]:
    """Doubtful pairs of entities that the corpus names, each entity with its likeliest other, the likeliest first."""
    seen: set[str] = set()
    found = []
    for pair in doubts:
        first, second = sorted(by_root.get(clusters.root(place), "") for place in (pair.one, pair.other))
        if first and first != second and not {first, second} <= seen:
            seen |= {first, second}
            found.append(Candidate(first, second, pair.score, pair.reason))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.first, candidate.second))


def _renamed(found: DocumentFacts, renamed: Mapping[tuple[str, str], str]) -> DocumentFacts:
    """A document's facts in terms of the corpus's entities."""
    new = {entity.id: renamed[found.document.id, entity.id] for entity in found.entities}
    return replace(
        found,
        entities=(),
        mentions=tuple(replace(mention, entity=new[mention.entity]) for mention in found.mentions),
        statements=tuple(
            replace(
                statement,
                subject=new[statement.subject],
                object=new[statement.object],
                attributed_to=new.get(statement.attributed_to, ""),
            )
            for statement in found.statements
            if new[statement.subject] != new[statement.object]
        ),
    )
