"""One thing, one node: the entities of all documents brought together.

An entity of the registry keeps the registry's id. Any other is one with an entity of another document where class, a
full name and jurisdiction agree; where they share only a short name, or the jurisdiction is in doubt for a name that
many states use, they stay apart: a wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import registry
from .facts import CorpusFacts, DocumentFacts, Entity
from .spelling import key_of, slug

# Classes whose names recur from state to state ("Data Protection Act", "Ministry of Justice").
NATIONAL = frozenset({"Law", "GovernmentBody"})
_OWNERS = {
    "enacted": ("subject", "object"),
    "partOf": ("object", "subject"),
    "established": ("subject", "object"),
    "initiated": ("subject", "object"),
}


@dataclass(frozen=True, slots=True)
class _Local:
    """An entity as one document has it; `kind` is its class among the ten, `state` its jurisdiction."""

    document: str
    entity: Entity
    kind: str
    state: str

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.entity.id

    def names(self) -> tuple[str, ...]:
        return (self.entity.name, *self.entity.aliases)


def resolve(facts: Iterable[DocumentFacts], domain: Path | None = None) -> CorpusFacts:
    """Bring the entities of documents together; mentions and statements then speak of the corpus's entities.

    The result does not depend on the order of the documents.
    """
    documents = sorted(facts, key=lambda found: found.document.id)
    known = registry.load(domain)
    locals_ = [local for found in documents for local in _locals(found, known)]
    groups = _grouped(locals_)
    merged, renamed = _merged(groups, {k.entity.id: k.entity for k in known})
    return CorpusFacts(
        entities=tuple(sorted(merged, key=lambda entity: entity.id)),
        documents=tuple(_renamed(found, renamed) for found in documents),
    )


def _locals(found: DocumentFacts, known: registry.Registry) -> list[_Local]:
    states = _jurisdictions(found, known)
    return [
        _Local(found.document.id, entity, known.types.get(entity.type, entity.type), states.get(entity.id, ""))
        for entity in found.entities
    ]


def _jurisdictions(found: DocumentFacts, known: registry.Registry) -> dict[str, str]:
    """ISO codes of the states that laws and bodies belong to: by the registry, their names, what is said of them."""
    by_id = {entity.id: entity for entity in found.entities}
    codes = {entity.id: entity.jurisdiction for entity in found.entities if entity.jurisdiction}
    for entity in found.entities:
        if entity.id not in codes and (code := _named_state(entity, known)):
            codes[entity.id] = code
    for _ in range(2):
        for statement in found.statements:
            owner, owned = _OWNERS.get(statement.predicate, ("", ""))
            if owner and statement.status != "negated":
                of, what = getattr(statement, owner), getattr(statement, owned)
                if (
                    what not in codes
                    and codes.get(of)
                    and by_id[what].type not in {"InternationalOrganization", "Agreement", "Forum"}
                ):
                    codes[what] = codes[of]
    own = _home(found, codes)
    for entity in found.entities:
        national = known.types.get(entity.type, entity.type) in NATIONAL and not _named_organisation(entity, known)
        if entity.id not in codes and national and own:
            codes[entity.id] = own
    return codes


def _named_state(entity: Entity, known: registry.Registry) -> str:
    for name in (entity.name, *entity.aliases):
        for words in re.findall(r"[A-Z][\w'’.-]*(?:(?: of| and| the)* [A-Z][\w'’.-]*)*", name):
            for bearer in (
                *known.by_name(words),
                *known.by_name(re.sub(r"^.* of (?:the )?", "", words)),
                *known.by_adjective(words.split()[0]),
            ):
                if bearer.entity.type in {"Country", "Place"} and bearer.entity.jurisdiction:
                    return bearer.entity.jurisdiction
    return ""


def _named_organisation(entity: Entity, known: registry.Registry) -> bool:
    """Whether a name tells that the body is one of an international organisation ("UN Board of Auditors")."""
    first = re.split(r"['’]s |\s", entity.name, maxsplit=1)[0]
    return any(bearer.entity.type == "InternationalOrganization" for bearer in known.by_name(first))


def _home(found: DocumentFacts, codes: Mapping[str, str]) -> str:
    """The state a document is about, where one is named far more often than any other."""
    counts: Counter[str] = Counter()
    for mention in found.mentions:
        if mention.type == "Country" and (code := codes.get(mention.entity)):
            counts[code] += 1
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]) else ""


def _grouped(locals_: Sequence[_Local]) -> list[list[_Local]]:
    """Sets of document-level entities that are one thing."""
    parent: dict[tuple[str, str], tuple[str, str]] = {local.key: local.key for local in locals_}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    blocks: dict[tuple[str, ...], list[_Local]] = defaultdict(list)
    for local in locals_:
        if local.entity.known:
            blocks["known", local.entity.id].append(local)
        else:
            for name in {key_of(name) for name in local.names() if is_full(name, local.kind)}:
                blocks["name", local.kind, name].append(local)
    for block in blocks.values():
        for same in _by_state(block):
            for other in same[1:]:
                a, b = sorted((root(same[0].key), root(other.key)))
                parent[b] = a
    groups: dict[tuple[str, str], list[_Local]] = defaultdict(list)
    for local in locals_:
        groups[root(local.key)].append(local)
    return list(groups.values())


def _by_state(block: Sequence[_Local]) -> list[list[_Local]]:
    """The members of a block, apart where their jurisdictions are; those without one join where there is no choice."""
    if block[0].entity.known or block[0].kind not in NATIONAL:
        return [list(block)]
    states: dict[str, list[_Local]] = defaultdict(list)
    for local in block:
        states[local.state].append(local)
    unknown = states.pop("", [])
    if not states:
        return [[local] for local in unknown] if _is_generic(block[0]) else [unknown]
    if len(states) == 1 and not _is_generic(block[0]):
        return [[*next(iter(states.values())), *unknown]]
    return [*states.values(), *([local] for local in unknown)]


def _is_generic(local: _Local) -> bool:
    """Whether a law's or a body's name could be any state's: few words, no number."""
    return not re.search(r"\d", local.entity.name) and len(local.entity.name.split()) <= 6


def is_full(name: str, kind: str) -> bool:
    """Whether a name tells of one thing by itself: no bare acronym, surname or lone common word."""
    if kind in {"Country", "Place", "Organization", "InternationalOrganization"}:
        return True
    return " " in name or bool(re.search(r"\d", name)) or kind in {"Initiative", "Forum"}


def _merged(
    groups: Sequence[Sequence[_Local]], known: Mapping[str, Entity]
) -> tuple[list[Entity], dict[tuple[str, str], str]]:
    """The corpus's entities, and which each document-level one became."""
    drafts = []
    for group in groups:
        entity = _draft(group, known)
        drafts.append((entity, sorted(local.key for local in group), group))
    bearers = Counter(entity.id for entity, _, _ in drafts)
    entities, renamed = [], {}
    seen: Counter[str] = Counter()
    for entity, keys, group in sorted(drafts, key=lambda draft: (draft[0].id, draft[1])):
        if bearers[entity.id] > 1 and not entity.known:
            entity = replace(entity, id=f"{entity.id}-{slug(keys[0][0])}")
        seen[entity.id] += 1
        if seen[entity.id] > 1:
            entity = replace(entity, id=f"{entity.id}-{seen[entity.id]}")
        entities.append(entity)
        renamed.update({local.key: entity.id for local in group})
    return entities, renamed


def _draft(group: Sequence[_Local], known: Mapping[str, Entity]) -> Entity:
    """One entity out of a group: the registry's, or the fullest and most frequent of the names."""
    first = group[0]
    names = Counter(name for local in group for name in local.names())
    if entity := known.get(next((local.entity.id for local in group if local.entity.known), "")):
        return replace(entity, aliases=tuple(sorted({*entity.aliases, *names} - {entity.name})), known=True)
    preferred = min({local.entity.name for local in group}, key=lambda name: (-names[name], -len(name), name))
    types = Counter(local.entity.type for local in group)
    finest = max(sorted(types), key=lambda kind: (types[kind], kind != first.kind))
    states = sorted({local.state for local in group if local.state})
    state = states[0] if len(states) == 1 and first.kind in NATIONAL | {"Organization", "Initiative"} else ""
    tail = f"-{state.lower()}" if state and first.kind in NATIONAL else ""
    return Entity(
        id=f"{first.kind.lower()}/{slug(preferred)}{tail}",
        type=finest,
        name=preferred,
        aliases=tuple(sorted(set(names) - {preferred})),
        jurisdiction=state,
    )


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
