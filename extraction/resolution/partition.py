"""Sets of document-level entities that are one thing, joined under constraints that no chain of likenesses breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extraction.facts import Entity
from extraction.resolution.canonical import Canon, Form


@dataclass(frozen=True, slots=True)
class Local:
    """An entity as one document has it.

    document    id of the document; `since` its date, for which the undated count as late
    kind        class among the ten
    state       ISO code of its jurisdiction, "" where unknown
    forms       canonical forms of its names, those first that tell of one thing by themselves
    telling     how many of them do
    neighbours  what statements tie it to: (predicate, side, entity of the registry or name)
    """

    document: str
    since: str
    entity: Entity
    kind: str
    state: str
    forms: tuple[Form, ...]
    telling: int
    neighbours: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.entity.id

    def names(self) -> tuple[str, ...]:
        return (self.entity.name, *self.entity.aliases)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entity of the registry that clusters may turn out to be.

    sure  forms of its names; `doubtful` of those that other things have too
    year  of adoption or foundation, "" where not recorded
    """

    entity: Entity
    kind: str
    sure: tuple[Form, ...]
    doubtful: tuple[Form, ...]
    year: str = ""


Item = Local | Anchor


class Clusters:
    """Disjoint sets of items, by position; a join that would unite two states' or two known things is refused."""

    def __init__(self, items: Sequence[Item], canon: Canon) -> None:
        self.items = items
        self._parent = list(range(len(items)))
        self._members = [[place] for place in range(len(items))]
        self._known = [_known(item) for item in items]
        self._states = [_states(item, canon) for item in items]

    def root(self, place: int) -> int:
        """The item that stands for the cluster of an item."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def may_join(self, one: int, other: int) -> bool:
        """Whether nothing that is certain keeps two clusters apart: class, registry, state."""
        a, b = self.root(one), self.root(other)
        known = {self._known[a], self._known[b]} - {""}
        if a == b or (len(known) == 1 and self._known[a] == self._known[b]):
            return True
        if self.kind(a) != self.kind(b) or len(known) > 1:
            return False
        return len(self._states[a] | self._states[b]) < 2

    def join(self, one: int, other: int) -> bool:
        """Unite the clusters of two items where they may be; whether they are one now."""
        if not self.may_join(one, other):
            return False
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self._parent[b] = a
            self._members[a] += self._members[b]
            self._states[a] |= self._states[b]
            self._known[a] = self._known[a] or self._known[b]
        return True

    def kind(self, place: int) -> str:
        return self.items[place].kind

    def known(self, place: int) -> str:
        """Id of the registry's entity that the cluster is, "" where none."""
        return self._known[self.root(place)]

    def state(self, place: int) -> str:
        """The one state that the cluster belongs to, "" where unknown or told apart by no state."""
        states = self._states[self.root(place)]
        return next(iter(states)) if len(states) == 1 else ""

    def locals(self, place: int) -> list[Local]:
        """The document-level entities of a cluster, in order of document."""
        members = sorted(self._members[self.root(place)])
        return [item for item in (self.items[place] for place in members) if isinstance(item, Local)]

    def forms(self, place: int) -> set[Form]:
        """The forms of all names in a cluster, but those that the registry says other things have too."""
        members = [self.items[member] for member in self._members[self.root(place)]]
        doubtful = {form for item in members if isinstance(item, Anchor) for form in item.doubtful}
        found = {form for item in members for form in (item.forms if isinstance(item, Local) else item.sure)}
        return found - doubtful

    def years(self, place: int) -> set[str]:
        """When the registry says that what a cluster is was adopted or founded."""
        members = (self.items[member] for member in self._members[self.root(place)])
        return {item.year for item in members if isinstance(item, Anchor) and item.year}

    def roots(self) -> Iterator[int]:
        """One item of each cluster."""
        return (place for place, parent in enumerate(self._parent) if place == parent)


def join_all(clusters: Clusters, places: Iterable[int]) -> None:
    """Unite the clusters of all these items, as far as they may be."""
    first, *others = places
    for other in others:
        clusters.join(first, other)


def _known(item: Item) -> str:
    return item.entity.id if isinstance(item, Anchor) or item.entity.known else ""


def _states(item: Item, canon: Canon) -> set[str]:
    """The states of an item whose name may be several states'."""
    forms = item.forms if isinstance(item, Local) else item.sure
    if not any(canon.is_national(form, item.kind) for form in forms):
        return set()
    state = item.state if isinstance(item, Local) else item.entity.jurisdiction
    return {state} if state else set()
