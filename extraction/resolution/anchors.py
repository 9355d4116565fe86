"""The entities of the registry as things that names in documents may mean, though not spelt as it has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from extraction.domain import registry
from extraction.facts import Entity
from extraction.resolution import canonical, likeness
from extraction.resolution.blocking import Feature, Vocabulary, features, most
from extraction.resolution.canonical import Canon, Form
from extraction.resolution.partition import Anchor, Local


class Anchors:
    """Finds the registry's entities that any of some names may mean."""

    def __init__(self, anchors: list[Anchor], weights: likeness.Weights) -> None:
        self._anchors = anchors
        self._places = {anchor.entity.id: place for place, anchor in enumerate(anchors)}
        words = {word for anchor in anchors for form in (*anchor.sure, *anchor.doubtful) for word in form.words}
        self._vocabulary = Vocabulary(words, weights)
        self._by_feature: dict[Feature, set[int]] = defaultdict(set)
        for place, anchor in enumerate(anchors):
            for form in (*anchor.sure, *anchor.doubtful):
                for feature in features(form, anchor.kind, self._vocabulary):
                    self._by_feature[feature].add(place)

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
                block = self._by_feature.get(feature, set())
                if len(block) <= most(feature):
                    found |= block
        return [self._anchors[place] for place in sorted(found)]


@lru_cache(maxsize=4)
def load(domain: Path | None = None) -> Anchors:
    """The anchors of a domain pack; states are left out, for their names are all known."""
    known, canon = registry.load(domain), canonical.load(domain)
    found = []
    for entry in known:
        kind = known.types[entry.entity.type]
        if kind != "Country":
            names = {name: name in entry.ambiguous for name in (*entry.names, *_said(entry.entity, canon))}
            sure, doubtful = (
                tuple(dict.fromkeys(canon.form(name, kind) for name, doubt in names.items() if doubt is wanted))
                for wanted in (False, True)
            )
            found.append(Anchor(entry.entity, kind, sure, doubtful, entry.year))
    return Anchors(found, likeness.weights(domain))


def _said(place: Entity, canon: Canon) -> Iterator[str]:
    """What a place is called when what it is stands behind its name: "Guangdong Province"."""
    if place.type == "Place":
        territory = "iso3166-2" in dict(place.identifiers)
        yield from (f"{place.name} {word}" for word in canon.words["territories" if territory else "cities"])
