"""The id, the names and the class of an entity that several documents name.

An id is a function of one document-level entity alone: its class, its name, its state where names recur from state to
state, and its document where the name by itself tells of no one thing (a surname, "the Data Protection Act" of a state
that is not told). The entity has the id that its earliest document gives it (by date, then by name of the file), or the
registry's; those that the other documents give it lead to it as further ids. So an id, once given, never comes to mean
another thing, and documents that are added rename nothing unless they are older.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, count

from extraction.facts import FURTHER, Entity
from extraction.names.spelling import key_of, slug
from extraction.resolution.canonical import Canon
from extraction.resolution.partition import Local


def id_of(local: Local, canon: Canon) -> str:
    """The id that a document by itself gives an entity."""
    name = local.entity.name
    parts = [slug(key_of(name)) or slug(name)]
    if local.state and canon.is_national(canon.form(name, local.kind), local.kind):
        parts.append(local.state.lower())
    if not _tells(local, canon):
        parts.append(slug(local.document))
    return f"{local.kind.lower()}/{'-'.join(parts)}"


def _tells(local: Local, canon: Canon) -> bool:
    """Whether the name that a document gives an entity tells of one thing by itself."""
    form = canon.form(local.entity.name, local.kind)
    return canon.identifies(form, local.kind, local.state if canon.is_national(form, local.kind) else "")


def entity_of(members: Sequence[Local], known: Entity | None, coarse: Callable[[str], str], canon: Canon) -> Entity:
    """One entity out of a cluster: the registry's, or the names that the documents give it."""
    names = Counter(name for local in members for name in local.names())
    first = sorted(members, key=lambda local: (not _tells(local, canon), local.since, local.key))
    ids = [id_of(local, canon) for local in first if not (known and local.entity.known)]
    if known:
        entity = replace(known, aliases=tuple(sorted({*known.aliases, *names} - {known.name})), known=True)
        return with_ids(entity, ids)
    preferred = min({local.entity.name for local in members}, key=lambda name: (-names[name], -len(name), name))
    types = Counter(local.entity.type for local in members)
    finest = max(sorted(types), key=lambda kind: (types[kind], kind != coarse(kind)))
    states = {local.state for local in members if local.state}
    entity = Entity(
        id=ids[0],
        type=finest,
        name=preferred,
        aliases=tuple(sorted(set(names) - {preferred})),
        jurisdiction=states.pop() if len(states) == 1 and members[0].kind in _OF_A_STATE else "",
    )
    return with_ids(entity, ids)


def with_ids(entity: Entity, ids: Sequence[str]) -> Entity:
    """The entity with further ids that lead to it."""
    further = {(FURTHER, id) for id in ids if id != entity.id}
    return replace(entity, identifiers=tuple(sorted({*entity.identifiers, *further})))


def apart(entities: Sequence[tuple[Entity, Sequence[Local]]]) -> list[Entity]:
    """The entities, in their order, with no id that belongs to two: its first owner in time keeps it.

    The others have the name of their document behind it. A further id that is another's own is dropped.
    """
    order = sorted(
        range(len(entities)), key=lambda place: (not entities[place][0].known, _earliest(entities[place][1]))
    )
    own: dict[int, str] = {}
    taken: set[str] = set()
    for place in order:
        entity, members = entities[place]
        own[place] = _free(entity.id, slug(_earliest(members)[1]), taken)
        taken.add(own[place])
    found: dict[int, Entity] = {}
    for place in order:
        entity = entities[place][0]
        kept = [pair for pair in entity.identifiers if pair[0] != FURTHER or pair[1] not in taken]
        taken |= {value for scheme, value in kept if scheme == FURTHER}
        found[place] = replace(entity, id=own[place], identifiers=tuple(kept))
    return [found[place] for place in sorted(found)]


def _free(id: str, document: str, taken: set[str]) -> str:
    numbered = (f"{id}-{document}-{number}" for number in count(2))
    return next(each for each in chain((id, f"{id}-{document}"), numbered) if each not in taken)


def _earliest(members: Sequence[Local]) -> tuple[str, str, str]:
    """Date, document and id of the first of the document-level entities."""
    return min((local.since, *local.key) for local in members)


_OF_A_STATE = frozenset({"Law", "GovernmentBody", "Organization", "Initiative"})
