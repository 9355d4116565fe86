"""The word lists behind the grammar of names: heads, titles, linkers, openers (knowledge/heads.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


def read(path: Path) -> Any:
    """The content of a file of word lists."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def word_sets(path: Path) -> dict[str, frozenset[str]]:
    """The lists of a file of word lists, by name, as sets."""
    return {name: frozenset(words) for name, words in read(path).items()}


@dataclass(frozen=True)
class Lexicon:
    """heads      words of a head -> classes of the ontology whose names it may head
    finer      (class, words of a head) -> subclass
    titles     words of a title ("prime minister"), lower case
    roles      words for those who speak or lead ("spokesperson"), lower case
    tail_breaks  words and marks at which a name that goes on in lower case ends at the latest
    linkers    lower-case words that may join the parts of a name
    definites  heads that, alone with an article, only refer back to a name
    openers    capitalised words that begin a sentence without being part of a name
    family_first  family names that stand before the given name
    unnamed    what agreements without a name are called, in words, the longest first
    modifiers  words that may qualify these
    concluding  verbs by which parties conclude them
    deeds      words for what is done with a named thing -> what that is ("signed" -> "conclude")
    prefixes   capitalised first parts of a compound that goes on in lower case ("Anti-monopoly")
    common     capitalised words and acronyms that name no entity of ours: technologies, days, roles, currencies
    """

    heads: dict[tuple[str, ...], frozenset[str]]
    finer: dict[tuple[str, tuple[str, ...]], str]
    titles: frozenset[tuple[str, ...]]
    roles: frozenset[str]
    tail_breaks: frozenset[str]
    linkers: frozenset[str]
    definites: frozenset[str]
    openers: frozenset[str]
    prefixes: frozenset[str]
    common: frozenset[str]
    family_first: frozenset[str]
    unnamed: tuple[tuple[str, ...], ...]
    modifiers: frozenset[str]
    concluding: frozenset[str]
    deeds: dict[str, str]
    longest_head: int = field(default=1)
    longest_title: int = field(default=1)

    def head_at(self, words: Sequence[str], end: int) -> tuple[tuple[str, ...], frozenset[str]]:
        """The longest head ending before position `end` of `words`: its words and its classes, both empty if none."""
        for length in range(min(self.longest_head, end), 0, -1):
            head = tuple(words[end - length : end])
            if found := self.heads.get(head):
                return head, found
        return (), frozenset()

    def finer_class(self, coarse: str, head: tuple[str, ...]) -> str:
        """The subclass that a head tells of, or the class itself."""
        return self.finer.get((coarse, head), coarse)


def load(pack: Path | None = None) -> Lexicon:
    """Read heads.yaml of a domain pack on top of the built-in one."""
    packs = [KNOWLEDGE, *([pack] if pack and pack != KNOWLEDGE and (pack / "heads.yaml").exists() else [])]
    sources = [read(folder / "heads.yaml") for folder in packs]
    heads: dict[tuple[str, ...], set[str]] = {}
    finer: dict[tuple[str, tuple[str, ...]], str] = {}
    for source in sources:
        for kind, entry in source.get("heads", {}).items():
            for word in entry.get("words", ()):
                for form in _forms(str(word)):
                    heads.setdefault(form, set()).add(kind)
            for subclass, words in entry.get("finer", {}).items():
                for word in words:
                    for form in _forms(str(word)):
                        finer[kind, form] = subclass
    titles = frozenset(tuple(title.split()) for source in sources for title in source.get("titles", ()))
    lists = ("roles", "tail_breaks", "linkers", "definites", "openers", "prefixes", "common", "family_first")
    words = {key: _words(source.get(key, ()) for source in sources) for key in lists}
    unnamed = [source.get("unnamed", {}) for source in sources]
    words |= {key: _words(source.get(key, ()) for source in unnamed) for key in ("modifiers", "concluding")}
    kinds_of_agreement = {tuple(head.split()) for source in unnamed for head in source.get("heads", ())}
    return Lexicon(
        heads={form: frozenset(kinds) for form, kinds in heads.items()},
        finer=finer,
        titles=titles,
        deeds={str(w): deed for source in sources for deed, ws in source.get("deeds", {}).items() for w in ws},
        unnamed=tuple(sorted(kinds_of_agreement, key=lambda head: (-len(head), head))),
        longest_head=max(map(len, heads), default=1),
        longest_title=max(map(len, titles), default=1),
        **words,
    )


def _words(lists: Iterable[Iterable[object]]) -> frozenset[str]:
    return frozenset(str(word) for words in lists for word in words)


def _forms(head: str) -> list[tuple[str, ...]]:
    """A head, its plural and its lower-case form, as words; hyphens are words of their own, as for the tokenizer."""
    parts = head.replace("-", " - ").replace("'s", " 's").replace("’s", " ’s").split()
    plural = [*parts[:-1], parts[-1][:-1] + "ies" if parts[-1].endswith("y") else parts[-1] + "s"]
    return [
        tuple(form) for form in (parts, plural, [part.lower() for part in parts], [part.lower() for part in plural])
    ]
