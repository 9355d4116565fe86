"""Entities by any of their names, spelled as the user happens to spell them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import UnknownEntity
from graph.records import rows
from graph.store import open_store
from graph.vocabulary import ENTITY, KINDS, POL, entity_id, entity_iri

if TYPE_CHECKING:
    import pyoxigraph as ox

GOOD = 75.0
"""Similarity, of 100, from which a name counts as found."""
MISSPELT = 90.0
"""Likeness of two whole names, of 100, from which one is the other misspelt; Austria and Australia lie below."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that bears the name asked for, or one like it.

    matched     the name of it that fits best
    score       0..100; 100 = the same but for case and punctuation
    documents   how many documents name it
    """

    id: str
    type: str
    name: str
    matched: str
    score: float
    documents: int


def find(out: Path, text: str, limit: int = 10) -> list[Hit]:
    """Entities whose name, alias or foreign label is like `text`, best first; empty where none comes near."""
    return search(open_store(out), text, limit)


def search(store: ox.Store, text: str, limit: int = 10) -> list[Hit]:
    """As `find`, over a store that is open."""
    from rapidfuzz import fuzz, process, utils

    names = _names(store)
    # Words in another order and parts of a long name count, but below the whole name.
    found = process.extract(
        text,
        [name for _, name in names],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit * 8,
        score_cutoff=GOOD,
    )
    best: dict[str, tuple[float, float, str]] = {}
    for name, score, index in found:
        entity = names[index][0]
        key = (score, fuzz.ratio(text, name, processor=utils.default_process), name)
        best[entity] = max(best.get(entity, (0.0, 0.0, "")), key)
    return sorted(_described(store, best), key=lambda hit: (-hit.score, -best[hit.id][1], -hit.documents, hit.id))[
        :limit
    ]


def resolve(out: Path, text: str) -> str:
    """The one entity that an id, an IRI or a name stands for, misspelt or cut short where no other comes as near.

    Raises UnknownEntity, which lists the candidates.
    """
    return resolve_in(open_store(out), text)


def resolve_in(store: ox.Store, text: str) -> str:
    """As `resolve`, over a store that is open."""
    entity = entity_id(text) if text.startswith(ENTITY.iri) else text
    if any(rows(store, f"SELECT ?n {{ <{entity_iri(entity)}> skos:prefLabel ?n }} LIMIT 1")):
        return entity
    # An id that it has had, or would have had in another corpus, leads to it too.
    if led := list(rows(store, f"SELECT ?e {{ ?e owl:sameAs <{entity_iri(entity)}> ; skos:prefLabel ?n }} LIMIT 1")):
        return entity_id(led[0]["e"])
    hits = search(store, text)
    same = [hit for hit in hits if _folded(hit.matched) == _folded(text)]
    preferred = [hit for hit in same if _folded(hit.name) == _folded(text)] or same
    if len(preferred) == 1:
        return preferred[0].id
    if preferred:
        raise UnknownEntity(text, [hit.id for hit in preferred], several=True)
    meant = [hit for hit in hits if _misspells(hit, text)] or [hit for hit in hits if _shortens(hit, text)]
    if len(meant) == 1:
        return meant[0].id
    offer = meant or hits[:3]
    distinct = len({hit.name for hit in offer}) == len(offer)
    raise UnknownEntity(text, [hit.name if distinct else hit.id for hit in offer[:6]], several=bool(meant))


def render(hits: list[Hit], text: str) -> str:
    """The hits as lines for a terminal."""
    if not hits:
        return f"No entity is called anything like {text!r}."
    lines = []
    for hit in hits:
        alias = "" if _folded(hit.matched) == _folded(hit.name) else f" (as {hit.matched!r})"
        documents = f"{hit.documents} document{'' if hit.documents == 1 else 's'}"
        lines.append(f"{hit.name}{alias}  {hit.type}, {documents}  {hit.id}")
    return "\n".join(lines)


def _misspells(hit: Hit, text: str) -> bool:
    from rapidfuzz import fuzz

    one, other = _folded(text), _folded(hit.matched)
    same_figures = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return same_figures and one[:1] == other[:1] and fuzz.ratio(one, other) >= MISSPELT


def _shortens(hit: Hit, text: str) -> bool:
    """Whether the words are some of those of the entity's name; part of a state's name may name another state."""
    words = set(_folded(text).split())
    return len(words) > 1 and hit.type not in ("Country", "Person") and words <= set(_folded(hit.matched).split())


def _names(store: ox.Store) -> list[tuple[str, str]]:
    query = "SELECT DISTINCT ?e ?n { ?e skos:prefLabel|skos:altLabel ?n }"
    return sorted((entity_id(row["e"]), row["n"]) for row in rows(store, query))


def _described(store: ox.Store, best: dict[str, tuple[float, float, str]]) -> list[Hit]:
    values = " ".join(f"<{entity_iri(entity)}>" for entity in best)
    kinds = " ".join(f"<{POL(kind)}>" for kind in KINDS)
    query = f"""
        SELECT ?e ?t ?n (COUNT(DISTINCT ?d) AS ?documents) {{
          VALUES ?e {{ {values} }} VALUES ?t {{ {kinds} }}
          ?e a ?t ; skos:prefLabel ?n . OPTIONAL {{ ?e pol:mentionedIn ?d }}
        }} GROUP BY ?e ?t ?n"""
    return [
        Hit(
            id=(entity := entity_id(row["e"])),
            type=row["t"].removeprefix(POL.iri),
            name=row["n"],
            matched=best[entity][2],
            score=best[entity][0],
            documents=int(row["documents"]),
        )
        for row in rows(store, query)
    ]


def _folded(name: str) -> str:
    from rapidfuzz import utils

    return " ".join(utils.default_process(name).split()).removeprefix("the ")
