"""The registry: what is known beforehand of countries, places, bodies, people, instruments and forums.

It is data: the YAML files of a domain pack that have a top-level key `entities` (form: `knowledge/README.md`).
The built-in pack is `extraction/knowledge`; a user's pack extends it, unless its `pack.yaml` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from extraction.domain import compiled
from extraction.domain.entries import KnownEntity, compose, fields, read_entries
from extraction.domain.lexicon import KNOWLEDGE
from extraction.errors import BadDomain, MissingPath
from extraction.facts import Entity, fields_of

__all__ = ["CLASSES", "KNOWLEDGE", "KnownEntity", "Registry", "load"]


CLASSES = (
    "Agreement", "Country", "Forum", "GovernmentBody", "Initiative", "InternationalOrganization", "Law",
    "Organization", "Person", "Place",
)  # fmt: skip

PACK = ("pack.yaml", "heads.yaml", "frames.yaml")
_ENTITIES = re.compile(r"^entities:", re.MULTILINE)
_Index = dict[str, list[KnownEntity]]


@dataclass(frozen=True)
class Registry:
    """All known entities, sorted by id, and the classes they may have.

    types  class -> which of `CLASSES` it belongs to ("Company" -> "Organization", "Law" -> "Law")
    """

    entities: tuple[KnownEntity, ...]
    types: Mapping[str, str]
    _ids: dict[str, KnownEntity] = field(init=False, repr=False, compare=False)
    _names: _Index = field(init=False, repr=False, compare=False)
    _adjectives: _Index = field(init=False, repr=False, compare=False)
    _capitals: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", {known.entity.id: known for known in self.entities})
        object.__setattr__(self, "_names", _index(self.entities, lambda known: known.names))
        object.__setattr__(self, "_adjectives", _index(self.entities, lambda known: known.adjectives))
        object.__setattr__(self, "_capitals", _index(self.entities, lambda known: (known.capital,)))

    def __iter__(self) -> Iterator[KnownEntity]:
        return iter(self.entities)

    def __len__(self) -> int:
        return len(self.entities)

    def by_id(self, id: str) -> KnownEntity | None:
        """The entity of that id."""
        return self._ids.get(id)

    def by_name(self, text: str) -> list[KnownEntity]:
        """The entities that have exactly this name or alias, case included; [] where none has."""
        return list(self._names.get(text, ()))

    def by_adjective(self, text: str) -> list[KnownEntity]:
        """The entities that this adjective or combining form names: "Chinese", "Sino"."""
        return list(self._adjectives.get(text, ()))

    def by_capital(self, text: str) -> list[KnownEntity]:
        """The states and blocs for which the name of this city may stand: "Beijing"."""
        return list(self._capitals.get(text, ()))

    def names(self) -> Iterator[tuple[str, list[KnownEntity]]]:
        """Every name and alias with the entities that have it, sorted by name."""
        for name, bearers in sorted(self._names.items()):
            yield name, list(bearers)


def load(domain: Path | None = None) -> Registry:
    """The registry of the built-in pack, or of the pack in the folder `domain`.

    `pack.yaml` in the folder may say `extends: none` (this pack alone), `without: [Law, ...]` (built-in entities of
    these classes are left out) and `types: {Treaty: Agreement}` (finer classes). An entry that has the id of a
    built-in one replaces it. Raises MissingPath and BadDomain.
    """
    return _load(domain.resolve() if domain else KNOWLEDGE)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Registry:
    if not folder.is_dir():
        raise MissingPath(folder)
    if not any((folder / name).is_file() for name in PACK) and not _holds_entities(folder):
        raise BadDomain(folder, "it holds none of the files of a pack: pack.yaml, heads.yaml, frames.yaml, a registry")
    settings = _settings(folder)
    alone = folder == KNOWLEDGE or settings.get("extends") == "none"
    inherited = () if alone else _load(KNOWLEDGE).entities
    types = {name: name for name in CLASSES}
    types |= _settings(KNOWLEDGE).get("types", {}) | settings.get("types", {})
    without = set(settings.get("without", ()))
    kept = {
        known.entity.id: known
        for known in inherited
        if known.entity.type not in without and types[known.entity.type] not in without
    }
    kept |= _read_built_in(types) if folder == KNOWLEDGE else _read_pack(folder, types)
    return Registry(tuple(kept[id] for id in sorted(kept)), types)


def _settings(folder: Path) -> dict[str, Any]:
    path = folder / "pack.yaml"
    settings = fields(path, compose(path)) if path.is_file() else {}
    forms = {"title": str, "extends": str, "without": list, "types": dict}
    for name, value in settings.items():
        if name not in forms or not isinstance(value, forms[name]):
            raise BadDomain(path, f'"{name}" is not a setting, or its value is not of the right form')
    if settings.get("extends", "built-in") not in ("built-in", "none"):
        raise BadDomain(path, '"extends" is either "built-in" or "none"')
    return settings


def _holds_entities(folder: Path) -> bool:
    return any(_ENTITIES.search(path.read_text(encoding="utf-8")) for path in folder.glob("*.yaml"))


def _read_built_in(types: Mapping[str, str]) -> dict[str, KnownEntity]:
    def read() -> tuple[tuple[Any, ...], ...]:
        return tuple((_values(known.entity), *_values(known)[1:]) for known in _read_pack(KNOWLEDGE, types).values())

    found = (KnownEntity(Entity(*entity), *rest) for entity, *rest in compiled.kept("registry", read))
    return {known.entity.id: known for known in found}


def _values(record: Entity | KnownEntity) -> tuple[Any, ...]:
    return tuple(fields_of(record).values())


def _read_pack(folder: Path, types: Mapping[str, str]) -> dict[str, KnownEntity]:
    found: dict[str, KnownEntity] = {}
    bearers: _Index = {}
    owners: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.yaml")):
        # Other files of a pack (frames, head words) need not be parsed to be passed over.
        if not _ENTITIES.search(path.read_text(encoding="utf-8")):
            continue
        for line, known in read_entries(path, types):
            fault = _clash(known, found, bearers, owners)
            if fault:
                raise BadDomain(path, fault, line)
            found[known.entity.id] = known
    return found


def _clash(
    known: KnownEntity, found: Mapping[str, KnownEntity], bearers: _Index, owners: dict[tuple[str, str], str]
) -> str:
    """What an entry has that another entry of the pack has already; "" where nothing."""
    id = known.entity.id
    if id in found:
        return f"there is another entry with the id {id}"
    for scheme, value in known.entity.identifiers:
        owner = owners.setdefault((scheme, value), id)
        if owner != id:
            return f"{scheme} {value} is already that of {owner}"
    for name in known.names:
        sharers = bearers.setdefault(name, [])
        sharers.append(known)
        if len(sharers) > 1 and not all(name in sharer.ambiguous for sharer in sharers):
            return f'"{name}" is also a name of {sharers[0].entity.id}; mark it ambiguous in both, or drop it from one'
    return ""


def _index(entities: Iterable[KnownEntity], keys: Callable[[KnownEntity], Iterable[str]]) -> _Index:
    index: _Index = {}
    for known in entities:
        for key in keys(known):
            if key:
                index.setdefault(key, []).append(known)
    return index
