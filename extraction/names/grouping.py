"""Which names of one document name the same thing: registry, acronyms in brackets and by initials, short forms.

A wrong merge is worse than a missed one: names of different classes stay apart unless a bracket equates them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.domain.entries import KnownEntity
from extraction.domain.lexicon import Lexicon
from extraction.facts import Entity
from extraction.names.shortforms import introduces, names_the_tail, renames, shortens, stands_for
from extraction.names.spelling import key_of, slug

GEOGRAPHIC = frozenset({"Country", "Place"})
_OF = re.compile(r" of (?:the )?")
_ACRONYM = re.compile(r"[A-Za-z]*[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9+/-]*$")
Spelling = tuple[str, str]  # words and class


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a document.

    text, kind, score   the words, the class chosen for them, and its score
    start, end          in tokens
    first, last         in characters
    known               the registry's entities of that name and class
    also                other wordings of a descriptive name
    """

    text: str
    kind: str
    score: float
    start: int = 0
    end: int = 0
    first: int = 0
    last: int = 0
    known: tuple[KnownEntity, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped:
    """Entities of a document, and each of its names with the id of its entity."""

    entities: tuple[Entity, ...]
    mentions: tuple[tuple[Name, str], ...]


def entities_of(names: Sequence[Name], text: str, lexicon: Lexicon, types: Mapping[str, str]) -> Grouped:
    """Group a document's names into entities; `types` maps classes of the registry to one of the ten."""
    names = _without_bare(names, lexicon)
    names = _one_class_a_spelling(names, text)
    groups = _Groups(names)
    groups.join_known()
    groups.join_by_key()
    groups.join_introduced(text)
    groups.join_acronyms()
    groups.join_short_forms()
    entities = _entities(groups, lexicon, types)
    return Grouped(
        tuple(entities.values()),
        tuple((name, entities[groups.root((name.text, name.kind))].id) for name in names),
    )


def _without_bare(names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """The names without lone heads ("the Commission"), which only refer to a name and are read by `reference`.

    A lone head is a name where the registry knows it in this context and no longer name of the document ends with it.
    """
    heads = {name.text.split()[-1] for name in names if " " in name.text}
    return [
        name
        for name in names
        if name.text not in lexicon.definites or (name.known and name.text.split()[-1] not in heads)
    ]


def _one_class_a_spelling(names: Sequence[Name], text: str) -> list[Name]:
    """One spelling, one class within a document: the full name's for an acronym behind it, else the best scored."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[key_of(name.text)][name.kind] += max(name.score, 0.1)
    best = {key: max(sorted(kinds), key=lambda kind: kinds[kind]) for key, kinds in votes.items()}
    for full, short in _introductions(names, text):
        best[key_of(short.text)] = best[key_of(full.text)]
    chosen = ((name, best[key_of(name.text)]) for name in names)
    return [name if name.kind == kind else replace(name, kind=kind, known=()) for name, kind in chosen]


def _introductions(names: Sequence[Name], text: str) -> Iterator[tuple[Name, Name]]:
    """Names with the short ones that brackets give them; that behind "Ministry of Trade of Japan (MT)" is no Japan."""
    for at in range(1, len(names)):
        full, short = names[at - 1], names[at]
        if not introduces(text[full.last : short.first], text[short.last : short.last + 2], full.text, short.text):
            continue
        if names_the_tail(short.text, full.text):
            continue
        code = any(short.text == value for known in full.known for _, value in known.entity.identifiers)
        if full.kind not in GEOGRAPHIC or code or stands_for(short.text, full.text):
            yield full, short
        elif at > 1 and _OF.fullmatch(text[names[at - 2].last : full.first]):
            yield names[at - 2], short


class _Groups:
    """Disjoint sets of the spellings of a document."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.first: dict[Spelling, Name] = {}
        for name in names:
            self.first.setdefault((name.text, name.kind), name)
        self.known: dict[Spelling, KnownEntity] = {}
        self._parent = {spelling: spelling for spelling in self.first}

    def root(self, spelling: Spelling) -> Spelling:
        """The spelling that stands for the group."""
        while self._parent[spelling] != spelling:
            spelling = self._parent[spelling]
        return spelling

    def join(self, a: Spelling, b: Spelling) -> None:
        """Unite two groups, unless the registry knows them as two things."""
        a, b = self.root(a), self.root(b)
        known = self.known.get(a), self.known.get(b)
        if a == b or (known[0] and known[1] and known[0].entity.id != known[1].entity.id):
            return
        self._parent[b] = a
        if known[1] and not known[0]:
            self.known[a] = known[1]

    def members(self) -> list[list[Spelling]]:
        """The groups in text order."""
        groups: dict[Spelling, list[Spelling]] = defaultdict(list)
        for spelling in self._parent:
            groups[self.root(spelling)].append(spelling)
        return sorted(groups.values(), key=lambda group: min(self.first[spelling].first for spelling in group))

    def join_known(self) -> None:
        """Names of one entity of the registry; a name of several is left to the other rules."""
        by_id: dict[str, Spelling] = {}
        for spelling, name in self.first.items():
            if len({k.entity.id for k in name.known}) == 1:
                self.known[spelling] = name.known[0]
                self.join(by_id.setdefault(name.known[0].entity.id, spelling), spelling)

    def join_by_key(self) -> None:
        """Spellings that differ in case, hyphens, article, accents or "cyber security" only."""
        by_key: dict[Spelling, Spelling] = {}
        for spelling in self.first:
            self.join(by_key.setdefault((key_of(spelling[0]), spelling[1]), spelling), spelling)

    def join_introduced(self, text: str) -> None:
        """ "World Trade Organization (WTO)"; "..., better known as the Cyber Resilience Act"."""
        renamed = ((one, other) for one, other in pairwise(self.names) if renames(text[one.last : other.first]))
        for full, short in (*_introductions(self.names, text), *renamed):
            if full.kind == short.kind:
                self.join((full.text, full.kind), (short.text, short.kind))

    def join_acronyms(self) -> None:
        """An acronym that no bracket explains, and the one name of its class whose initials it has."""
        full = _by(self.first, lambda words: {words[0][0].upper()})
        explained = {self.root(spelling) for spelling in self.first if " " in spelling[0]}
        for short in self.first:
            if len(short[0]) > 1 and _ACRONYM.fullmatch(short[0]) and self.root(short) not in explained:
                near = full[short[1], short[0][0].upper()]
                self._join_if_one(short, [o for o in near if stands_for(short[0], o[0])])

    def join_short_forms(self) -> None:
        """A shorter name and the one longer name of its class that it shortens; a surname only after the full name."""
        fuller = _by(self.first, _parts)
        for short in sorted(self.first, key=lambda spelling: -len(spelling[0])):
            words = short[0].split()
            near = dict.fromkeys([*fuller[short[1], short[0]], *fuller[short[1], _ends(words)]])
            longer = [o for o in near if o != short and shortens(short[0], o[0], short[1])]
            if short[1] == "Person":
                longer = [o for o in longer if self.first[o].first <= self.first[short].first]
            self._join_if_one(short, longer)

    def _join_if_one(self, short: Spelling, longer: Sequence[Spelling]) -> None:
        full = {self.root(spelling) for spelling in longer}
        if len(full) == 1:
            self.join(full.pop(), short)


def _parts(words: list[str]) -> set[str]:
    """What a name of these words may be shortened to: its first words, its last words, its first and its last word."""
    words = [word.strip(",;:()") for word in words]
    cuts = range(1, len(words))
    return {*(" ".join(words[:at]) for at in cuts), *(" ".join(words[at:]) for at in cuts), _ends(words)}


def _ends(words: list[str]) -> str:
    return f"{words[0]} ... {words[-1]}"


def _by(spellings: Iterable[Spelling], keys: Callable[[list[str]], set[str]]) -> dict[tuple[str, str], list[Spelling]]:
    """Spellings by class and by keys taken from their words."""
    index: dict[tuple[str, str], list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        for key in keys(spelling[0].split()):
            index[spelling[1], key].append(spelling)
    return index


def _entities(groups: _Groups, lexicon: Lexicon, types: Mapping[str, str]) -> dict[Spelling, Entity]:
    """The entity of each group, by the group's root, in text order."""
    entities: dict[Spelling, Entity] = {}
    taken: set[str] = set()
    for group in groups.members():
        root = groups.root(group[0])
        entity = _entity(root, group, groups, lexicon, types)
        while entity.id in taken:
            entity = replace(entity, id=entity.id + "-2")
        taken.add(entity.id)
        entities[root] = entity
    return entities


def _entity(
    root: Spelling, group: Sequence[Spelling], groups: _Groups, lexicon: Lexicon, types: Mapping[str, str]
) -> Entity:
    words = {spelling[0] for spelling in group} | {also for spelling in group for also in groups.first[spelling].also}
    names = {" ".join(name.split()) for name in words}
    if known := groups.known.get(root):
        entity, kind = known.entity, root[1]
        return replace(
            entity,
            type=entity.type if types[entity.type] == kind else kind,
            aliases=tuple(sorted(names - {entity.name})),
        )
    ordered = sorted(names, key=lambda name: (-_fullness(name), name))
    finest = lexicon.finer_class(root[1], _head(ordered[0].split(), lexicon))
    return Entity(f"{root[1].lower()}/{slug(ordered[0])}", finest, ordered[0], tuple(sorted(ordered[1:])))


def _head(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    end = next((i for i, word in enumerate(words) if i and word in lexicon.linkers), len(words))
    return lexicon.head_at(words[:end], end)[0] or lexicon.head_at(words, len(words))[0]


def _fullness(name: str) -> int:
    """Full names before acronyms and numbers; of two full ones, the longer."""
    return len(name) if " " in name and not re.search(r"\d{3}", name) else len(name) // 4
