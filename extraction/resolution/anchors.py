"""The entities of the registry as things that names in documents may mean, though not spelt as it has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from extraction.domain import compiled, registry
from extraction.facts import Entity
from extraction.resolution import canonical, likeness
from extraction.resolution.blocking import Feature, Vocabulary, by_deletion, features, most
from extraction.resolution.canonical import Canon, Form
from extraction.resolution.partition import Anchor, Local


class Anchors:
    """Finds the registry's entities that any of some names may mean.

    sharing     feature -> positions of the anchors that have it
    vocabulary  of the words of all their names
    """

    def __init__(
        self, anchors: Sequence[Anchor], sharing: Mapping[Feature, Sequence[int]], vocabulary: Vocabulary
    ) -> None:
        self._anchors = anchors
        self._places = {anchor.entity.id: place for place, anchor in enumerate(anchors)}
        self._sharing = sharing
        self._vocabulary = vocabulary

    def near(self, locals_: Iterable[Local]) -> list[Anchor]:
        """The anchors that share a feature with a document-level entity, or are what the registry found it to be."""
        found: set[int] = set()
        names: set[tuple[Form, str]] = set()
        for local in locals_:
            if not local.entity.known:
                names.update((form, local.kind) for form in local.forms if not form.bare)
            elif (place := self._places.get(local.entity.id)) is not None:
                found.add(place)
        for form, kind in names:
            for feature in features(form, kind, self._vocabulary):
                block = self._sharing.get(feature, ())
                if len(block) <= most(feature):
                    found.update(block)
        return [self._anchors[place] for place in sorted(found)]


@lru_cache(maxsize=4)
def load(domain: Path | None = None) -> Anchors:
    """The anchors of a domain pack; states are left out, for their names are all known."""
    listed, sharing, deletions = _read(domain) if domain else compiled.kept("anchors", lambda: _read(None))
    entries = registry.load(domain).entities
    anchors = [
        Anchor(entry.entity, kind, tuple(map(Form._make, sure)), tuple(map(Form._make, doubtful)), entry.year)
        for place, kind, sure, doubtful in listed
        for entry in [entries[place]]
    ]
    return Anchors(anchors, sharing, Vocabulary(deletions, likeness.weights(domain)))


def _read(domain: Path | None) -> tuple[list[Any], dict[Feature, list[int]], dict[str, list[str]]]:
    """Of each anchor its position in the registry, its class, and its sure and doubtful forms, as plain tuples; which
    anchors have a feature; and the words of all by what is left of them without one letter."""
    known, canon = registry.load(domain), canonical.load(domain)
    listed, named = [], []
    for place, entry in enumerate(known):
        kind = known.types[entry.entity.type]
        if kind != "Country":
            names = {name: name in entry.ambiguous for name in (*entry.names, *_said(entry.entity, canon))}
            sure, doubtful = (
                tuple(dict.fromkeys(canon.form(name, kind) for name, doubt in names.items() if doubt is wanted))
                for wanted in (False, True)
            )
            listed.append((place, kind, tuple(map(tuple, sure)), tuple(map(tuple, doubtful))))
            named.append((kind, (*sure, *doubtful)))
    deletions = by_deletion({word for _, forms in named for form in forms for word in form.words})
    vocabulary = Vocabulary(deletions, likeness.weights(domain))
    sharing: dict[Feature, dict[int, None]] = defaultdict(dict)
    for place, (kind, forms) in enumerate(named):
        for form in forms:
            for feature in features(form, kind, vocabulary):
                sharing[feature][place] = None
    return listed, {feature: list(places) for feature, places in sharing.items()}, deletions


def _said(place: Entity, canon: Canon) -> Iterator[str]:
    """What a place is called when what it is stands behind its name: "Guangdong Province"."""
    if place.type == "Place":
        territory = "iso3166-2" in dict(place.identifiers)
        yield from (f"{place.name} {word}" for word in canon.words["territories" if territory else "cities"])
