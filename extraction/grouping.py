"""Which names of one document name the same thing: registry, acronyms in brackets and by initials, short forms, surnames.

A wrong merge is worse than a missed one: names of different classes stay apart unless a bracket equates them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .arbitration import initials_of
from .entries import KnownEntity
from .facts import Entity
from .spelling import key_of, slug

if TYPE_CHECKING:
    from .names import NameFinder

_ACRONYM = re.compile(r"[A-Za-z]*[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9+/-]*$")
_WORDS = re.compile(r"[\w'’+]+(?:[-/.][\w+]+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a document.

    start, end          in tokens
    first, last         in characters
    text, kind, score   the words, the class chosen for them, and its score
    known               the registry's entities of that name and class
    also                other wordings of a descriptive name
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    kind: str
    score: float
    known: tuple[KnownEntity, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped:
    """Entities of a document, and each of its names with the id of its entity."""

    entities: tuple[Entity, ...]
    mentions: tuple[tuple[Name, str], ...]


def entities_of(names: Sequence[Name], text: str, finder: NameFinder) -> Grouped:
    """Group a document's names into entities."""
    names = _without_bare(names, finder)
    names = _same_class_for_same_words(_bracketed(names, text), text)
    groups = _Groups(names)
    groups.join_known()
    groups.join_by_key()
    groups.join_brackets(text)
    groups.join_acronyms()
    groups.join_short_forms()
    return _build(names, groups, finder)


def _without_bare(names: Sequence[Name], finder: NameFinder) -> list[Name]:
    """A head alone ("the Commission") only refers to a name: `reference` reads it, it is none itself."""
    return [name for name in names if name.text not in finder.lexicon.definites]


def _bracketed(names: Sequence[Name], text: str) -> list[Name]:
    """A short name in brackets right after a full one takes the full one's class."""
    out = list(names)
    for i in range(1, len(out)):
        full, short = out[i - 1], out[i]
        if full.kind != short.kind and equates(full, short, text):
            out[i] = replace(short, kind=full.kind, known=())
    return out


def equates(full: Name, short: Name, text: str) -> bool:
    """Whether `short` stands in brackets behind `full`: "World Trade Organization (WTO)", "... Act (the "Act")"."""
    between = text[full.last : short.first]
    return bool(re.fullmatch(r"\s?\((?:the |hereinafter |hereafter |or |“|\"|‘|')*", between)) and text[short.last : short.last + 2].lstrip("”\"’'").startswith((")", ",", ";", " ", "-")) and (
        len(short.text) < len(full.text)
    ) and (initials_of(full.text.split(), short.text) or text[short.last : short.last + 2].lstrip("”\"’'").startswith(")"))


def _same_class_for_same_words(names: Sequence[Name], text: str) -> list[Name]:
    """One spelling, one class within a document: the class with the highest total score."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[name.text][name.kind] += max(name.score, 0.1)
    best = {words: max(sorted(kinds), key=lambda kind: kinds[kind]) for words, kinds in votes.items()}
    for i in range(1, len(names)):
        if equates(names[i - 1], names[i], text):
            best[names[i].text] = best[names[i - 1].text]
    return [name if name.kind == best[name.text] else replace(name, kind=best[name.text], known=()) for name in names]


class _Groups:
    """Disjoint sets of the distinct (spelling, class) pairs of a document."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.first: dict[tuple[str, str], Name] = {}
        for name in names:
            self.first.setdefault((name.text, name.kind), name)
        self.parent = {pair: pair for pair in self.first}
        self.known: dict[tuple[str, str], KnownEntity] = {}

    def root(self, pair: tuple[str, str]) -> tuple[str, str]:
        while self.parent[pair] != pair:
            pair = self.parent[pair]
        return pair

    def join(self, a: tuple[str, str], b: tuple[str, str]) -> None:
        """Unite two groups, unless the registry knows them as two things."""
        a, b = self.root(a), self.root(b)
        known = self.known.get(a), self.known.get(b)
        if a == b or (known[0] and known[1] and known[0].entity.id != known[1].entity.id):
            return
        self.parent[b] = a
        if known[1] and not known[0]:
            self.known[a] = known[1]

    def roots(self) -> list[tuple[str, str]]:
        return [pair for pair in self.parent if self.parent[pair] == pair]

    def members(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        out: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pair in self.parent:
            out[self.root(pair)].append(pair)
        return out

    def join_known(self) -> None:
        """Names of one entity of the registry; a name of several is left to the other rules."""
        by_id: dict[str, tuple[str, str]] = {}
        for pair, name in self.first.items():
            if len({k.entity.id for k in name.known}) == 1:
                self.known[pair] = name.known[0]
                self.join(by_id.setdefault(name.known[0].entity.id, pair), pair)

    def join_by_key(self) -> None:
        """Spellings that differ in case, hyphens, article, accents or "cyber security" only."""
        by_key: dict[tuple[str, str], tuple[str, str]] = {}
        for pair in self.first:
            self.join(by_key.setdefault((key_of(pair[0]), pair[1]), pair), pair)

    def join_brackets(self, text: str) -> None:
        """ "World Trade Organization (WTO)"; "..., better known as the Cyber Resilience Act"."""
        for full, short in zip(self.names, self.names[1:], strict=False):
            between = text[full.last : short.first]
            if full.kind == short.kind and (
                equates(full, short, text) or re.fullmatch(r",? (?:\(|–\s)?(?:also |better |commonly |generally |formerly )?(?:known as|referred to as|called|or) (?:the )?[“\"‘]?", between)
            ):
                self.join((full.text, full.kind), (short.text, short.kind))

    def join_acronyms(self) -> None:
        """An acronym and the one name of its class whose initials it has."""
        for pair in self.first:
            words, kind = pair
            if len(words) < 2 or not _ACRONYM.fullmatch(words):
                continue
            full = {self.root(o) for o in self.first if o[1] == kind and " " in o[0] and initials_of(_WORDS.findall(o[0]), words)}
            if len(full) == 1 and self.root(pair) not in full:
                self.join(full.pop(), pair)

    def join_short_forms(self) -> None:
        """A shorter name and the one longer name of its class that it shortens: a surname, a law without year or state."""
        for pair in sorted(self.first, key=lambda p: -len(p[0])):
            words, kind = pair
            longer = [o for o in self.first if o[1] == kind and len(o[0]) > len(words) and shortens(words, o[0], kind)]
            full = {self.root(o) for o in longer if self.first[o].first <= self.first[pair].last or kind != "Person"}
            if len(full) == 1 and self.root(pair) not in full:
                self.join(full.pop(), pair)


def shortens(short: str, full: str, kind: str) -> bool:
    """Whether one name may stand for another, longer one."""
    a, b = _WORDS.findall(short), _WORDS.findall(full)
    if kind in {"Country", "Place"}:
        return kind == "Place" and b[0 : len(a)] == a and len(b) == len(a) + 1 and b[-1] in {"Province", "City", "State"}
    if kind == "Person":
        return len(a) < len(b) and (a == b[-len(a) :] or (len(a) == 1 and a[0] == b[0] and len(a[0]) <= 5 and len(b) == 2)) or (len(a) > 1 and a[0] == b[0] and a[-1] == b[-1])
    tail = " ".join(b[len(a) :])
    if a == b[: len(a)] and len(a) > 1:
        if kind in {"Law", "Agreement", "Initiative"}:
            return bool(re.match(r"(of|,|\d|No|on|to|for|\(|between)\b", tail)) or tail.isdigit()
        return bool(re.match(r"of (?:the )?[A-Z]", tail)) and kind != "Forum"
    if a == b[-len(a) :] and (len(a) > 1 or kind == "Company"):
        lead = b[: len(b) - len(a)]
        if kind == "Forum" and lead[-1][0].islower() | lead[-1][0].isdigit() or re.fullmatch(r"(?i)\d+(?:st|nd|rd|th)|[a-z]+(?:th|st|ond|ird)|\d{4}", lead[-1]):
            return False
        return len(lead) <= 2 and all(word[0].isupper() for word in lead)
    if kind == "Organization" and len(a) == 1 and b[0] == a[0]:
        return bool(re.fullmatch(r"(?i)(group|inc|ltd|corp|corporation|company|platforms|technologies|holdings|co|lab|labs|university|college|llc|limited|association| )+", tail.replace(".", "")))
    return False


def _build(names: Sequence[Name], groups: _Groups, finder: NameFinder) -> Grouped:
    entities: dict[tuple[str, str], Entity] = {}
    taken: set[str] = set()
    for root, members in sorted(groups.members().items(), key=lambda item: min(groups.first[p].first for p in item[1])):
        known = groups.known.get(root)
        spellings = sorted({words for words, _ in members} | {also for pair in members for also in groups.first[pair].also}, key=lambda words: (-_fullness(words), words))
        kind = root[1]
        words = spellings[0].split()
        finer = finder.lexicon.finer_class(kind, _head_of(words, finder))
        if known:
            entity = known.entity
            extra = [words for words in spellings if words != entity.name]
            entity = replace(entity, type=kind if finder.registry.types[entity.type] != kind else entity.type, aliases=tuple(sorted({*extra})))
        else:
            entity = Entity(f"{kind.lower()}/{slug(spellings[0])}", finer, spellings[0], tuple(sorted(spellings[1:])))
        while entity.id in taken:
            entity = replace(entity, id=entity.id + "-2")
        taken.add(entity.id)
        entities[root] = entity
    mentions = tuple((name, entities[groups.root((name.text, name.kind))].id) for name in names)
    return Grouped(tuple(entities.values()), mentions)


def _head_of(words: Sequence[str], finder: NameFinder) -> tuple[str, ...]:
    end = next((i for i, word in enumerate(words) if i and word in finder.lexicon.linkers), len(words))
    return finder.lexicon.head_at(words[:end], end)[0] or finder.lexicon.head_at(words, len(words))[0]


def _fullness(words: str) -> int:
    """Full names before acronyms and numbers; of two full ones, the longer."""
    return len(words) if " " in words and not re.search(r"\d{3}", words) else len(words) // 4
