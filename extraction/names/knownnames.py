"""The registry as a witness: where a document uses names that it knows, and which bearer an ambiguous one means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from spacy.tokens import Doc

from extraction.domain import registry
from extraction.domain.lexicon import Lexicon
from extraction.domain.registry import KnownEntity, Registry
from extraction.names.gazetteer import Gazetteer
from extraction.names.shortforms import surname

GOVERNMENT = frozenset({"government", "side", "authorities", "delegation", "Government", "Side"})
NEAR = 8
T = TypeVar("T")
Found = dict[tuple[int, int], list[KnownEntity]]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Known names of a document by (start, end) in tokens.

    named        names and aliases
    adjectives   "Chinese", "Sino": the states they belong to
    governments  "the Chinese government", "the Indonesian side": the states they stand for
    """

    named: Found
    adjectives: Found
    governments: Found


class NameRegister:
    """Finds the registry's names in documents."""

    def __init__(self, words: Lexicon, domain: Path | None = None) -> None:
        self.registry: Registry = registry.load(domain)
        self._names = Gazetteer((name, known) for name, bearers in self.registry.names() for known in bearers)
        self._people: dict[str, list[KnownEntity]] = {}
        for known in self.registry:
            if known.entity.type == "Person":
                self._people.setdefault(surname(known.entity.name, words), []).append(known)
        self._adjectives = Gazetteer((word, known) for known in self.registry for word in known.adjectives)

    def __call__(self, doc: Doc) -> KnownNames:
        """All known names in a document, the longer and the shorter."""
        adjectives = aligned(doc, self._adjectives)
        governments = {
            (s, e + 1): found for (s, e), found in adjectives.items() if e < len(doc) and doc[e].text in GOVERNMENT
        }
        return KnownNames(aligned(doc, self._names), adjectives, governments)

    def people(self, family: str) -> list[KnownEntity]:
        """The known people of a family name."""
        return self._people.get(family, [])

    def kind(self, known: KnownEntity) -> str:
        """Its class among the ten."""
        return self.registry.types[known.entity.type]

    def classes(self, text: str, bearers: list[KnownEntity]) -> tuple[str, ...]:
        """Classes of what bears a name; with a question mark where other things bear it too."""
        return tuple(sorted({self.kind(k) + ("?" if text in k.ambiguous else "") for k in bearers}))

    def witness(self, doc: Doc, known: KnownNames) -> dict[tuple[int, int], tuple[str, ...]]:
        """What the registry says of the spans of a document, as arbitration hears it."""
        said = {span: self.classes(doc[slice(*span)].text, found) for span, found in known.named.items()}
        for span in known.adjectives:
            said.setdefault(span, ("Adjective",))
        for span in known.governments:
            said[span] = ("Government",)
        return said


def aligned(doc: Doc, gazetteer: Gazetteer[T]) -> dict[tuple[int, int], list[T]]:
    """What a gazetteer finds in a document where tokens begin and end: (start, end) in tokens -> payloads."""
    lengths, spaces = doc.to_array(["LENGTH", "SPACY"]).astype(int).T.tolist() if len(doc) else ([], [])
    starts, ends, at = {}, {}, 0
    for i, (length, space) in enumerate(zip(lengths, spaces, strict=True)):
        starts[at], ends[at + length] = i, i + 1
        at += length + space
    return {(starts[s], ends[e]): found for s, e, found in gazetteer.find(doc.text) if s in starts and e in ends}


class Bearers:
    """Which bearer of a name a document means: the only one, or the one of which it also speaks otherwise."""

    def __init__(self, doc: Doc, known: KnownNames, register: NameRegister, lexicon: Lexicon) -> None:
        self._doc, self._known, self._register, self._lexicon = doc, known, register, lexicon
        self._places: dict[str, list[int]] = {}
        states: Counter[str] = Counter()
        for (start, end), found in known.named.items():
            for k in found:
                if doc[start:end].text not in k.ambiguous:
                    self._places.setdefault(k.entity.id, []).append(start)
                    if k.entity.type == "Country":
                        states[k.entity.jurisdiction] += 1
                        self._places.setdefault(k.entity.jurisdiction, []).append(start)
        ranked = states.most_common(2)
        self._state = ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else ""

    def of(self, span: tuple[int, int], kind: str) -> tuple[KnownEntity, ...]:
        """The registry's entities of that class that the name at a span may mean; () where it cannot be told."""
        if found := self._known.governments.get(span):
            return tuple(found)
        text = self._doc[slice(*span)].text
        fitting = [k for k in self._known.named.get(span, ()) if self._register.kind(k) == kind]
        if not fitting and kind == "Country":
            return tuple(self._register.registry.by_capital(text))
        if not fitting and kind == "Person" and (person := self._official(text, span[0])):
            return (person,)
        sure = [k for k in fitting if text not in k.ambiguous]
        if sure or not fitting:
            return tuple(sure)
        spoken = [k for k in fitting if self._speaks_of(k, span[0])]
        return tuple(spoken) if len({k.entity.id for k in spoken}) == 1 else ()

    def _official(self, family: str, at: int) -> KnownEntity | None:
        """ "President Xi": the one known person of that family name in the state of which the document speaks."""
        if at == 0 or (self._doc[at - 1].text,) not in self._lexicon.titles:
            return None
        namesakes = [k for k in self._register.people(family) if k.entity.jurisdiction == self._state]
        return namesakes[0] if len(namesakes) == 1 and self._state else None

    def _speaks_of(self, k: KnownEntity, at: int) -> bool:
        """Whether the document names it otherwise, or what it is part of, or its state (mostly, or just before)."""
        state = k.entity.jurisdiction
        nearby = any(0 < at - place <= NEAR for place in self._places.get(state, ()))
        return (
            k.entity.id in self._places
            or (k.part_of != "" and k.part_of in self._places)
            or (state != "" and (state == self._state or nearby))
        )
