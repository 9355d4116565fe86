"""What a document has named so far, and which of it is meant where words only stand for it or leave it out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.statements import phrases, syntax
from extraction.statements.anaphora import anaphora, singular
from extraction.statements.parsing import Surface, sentence_numbers

FIRST_PERSON = frozenset(("we", "our", "us"))
FIRST_PERSON_WORD = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
ACTORS = frozenset(("Country", "GovernmentBody", "InternationalOrganization", "Organization", "Person"))
COLLECTIVE = ACTORS - {"Person"}
NEUTRAL = frozenset(
    (
        "Country",
        "GovernmentBody",
        "InternationalOrganization",
        "Organization",
        "Law",
        "Agreement",
        "Initiative",
        "Forum",
    )
)
# Sentences back to what a clause leaves out.
UNSAID = 5
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


@dataclass(frozen=True, slots=True)
class Referent:
    """A thing meant: its entity, its type, the token that means it, and how sure the reference is (1 for a name)."""

    entity: str
    type: str
    token: int
    certainty: float


class Discourse:
    """What a parsed surrogate Doc has named, sentence by sentence."""

    def __init__(self, doc: Doc, names: dict[str, str]) -> None:
        """`names` maps entity ids to their preferred names."""
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]
        self.names = names
        self.words = anaphora()
        self.sentence_of = sentence_numbers(doc)
        self.order = sorted(self.surface.named)
        self.named_in: dict[int, list[int]] = {}
        for index in self.order:
            self.named_in.setdefault(self.sentence_of[index], []).append(index)
        self.voice = self._voice()
        self.counts = Counter(entity for entity, _ in self.surface.named.values())
        self.here = next((i for i in self.order if self._in_dateline(i)), None)
        self._held: dict[int, list[Referent]] = {}

    def written(self, index: int) -> str:
        """The original words of a token."""
        start, end = self.surface.offsets[index]
        return self.surface.text[start:end]

    def _in_dateline(self, index: int) -> bool:
        line = self.surface.lines[self.surface.line_of[index]]
        start = self.surface.offsets[index][0]
        return (
            line.dated is not None
            and line.dated[0] <= start < line.dated[1]
            and self.surface.named[index][1] == "Place"
        )

    def topic(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The first thing of the types that the document's first line names."""
        for index in self.order:
            if self.surface.line_of[index] > 0 or index >= token.i:
                break
            if self.surface.named[index][1] in types:
                return [Referent(*self.surface.named[index], index, 0.85)]
        return []

    def salient(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The thing of the types that the document speaks of most."""
        kinds = {entity: kind for entity, kind in self.surface.named.values() if kind in types}
        if not kinds:
            return []
        entity = max(kinds, key=lambda key: (self.counts[key], -self.order[0]))
        others = sum(self.counts[key] for key in kinds) - self.counts[entity]
        return [Referent(entity, kinds[entity], token.i, 0.8)] if self.counts[entity] > max(1, others) else []

    def state(self, token: Token, types: Collection[str]) -> list[Referent]:
        """Who acts where an agentless passive names nobody: the state whose paper or affairs the document is."""
        if phrases.by(token) or any(child.lower_ == "by" for child in token.subtree):
            return []
        if self.voice and self.voice[1] == "Country":
            return [Referent(*self.voice, token.i, 0.9)] if "Country" in types else []
        countries = {entity for entity, kind in self.surface.named.values() if kind == "Country"}
        if len(countries) == 1 and "Country" in types:
            entity = next(iter(countries))
            return [Referent(entity, "Country", token.i, 0.8)]
        return []

    def home(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The state of which somebody is president or minister: the one just named, or the one the text is about."""
        here = self.sentence_of[token.i]
        named = [self.surface.named[i] for i in self.order if i < token.i]
        countries = {entity for entity, kind in named if kind == "Country"}
        if not countries or "Country" not in types:
            return []
        top, *others = sorted(countries, key=lambda key: (-self.counts[key], key))
        if self.counts[top] >= 2 * sum(self.counts[other] for other in others):
            return [Referent(top, "Country", token.i, 0.85)]
        before = [i for i in self.named_in.get(here, ()) if i < token.i and self.surface.named[i][1] == "Country"]
        return [Referent(*self.surface.named[before[-1]], token.i, 0.8)] if before else []

    def understood(self, token: Token, types: Collection[str]) -> list[Referent]:
        """What a clause leaves out ("Austria has not signed."): the likeliest thing of the types before it."""
        return self.last(token, frozenset(types), UNSAID, 0.75, said=False)

    def last(
        self, token: Token, types: frozenset[str], reach: int, certainty: float, said: bool = True
    ) -> list[Referent]:
        """The likeliest antecedent not further back than `reach` sentences: near ones first, subjects before others.

        `said` is False where no word stands for it, so that the antecedent itself is the evidence.
        """
        best: tuple[float, int] | None = None
        here = self.sentence_of[token.i]
        for place in range(bisect_left(self.order, token.i) - 1, -1, -1):
            index = self.order[place]
            distance = here - self.sentence_of[index]
            if distance > reach:
                break
            if self.surface.named[index][1] not in types or self._same_phrase(index, token):
                continue
            value = self.prominence(self.doc[index]) - 2.0 * distance + index / (token.i + 1)
            if best is None or value > best[0]:
                best = (value, index)
        if best is None:
            return []
        entity, kind = self.surface.named[best[1]]
        return [Referent(entity, kind, token.i if said else best[1], certainty)]

    def _same_phrase(self, index: int, token: Token) -> bool:
        """Whether the pronoun and the name are arguments of one verb ("X praised it"), so cannot be the same."""
        if token.dep_ == "poss" and self.doc[index] in token.head.conjuncts:
            # "the Ministry and its Bureau" says whose the Bureau is, "A, B and its C" does not
            return self.surface.named[index][1] == syntax.type_of(token.head)
        other = self.doc[index]
        while other.dep_ == "conj":
            other = other.head
        return (
            token.dep_ in ("dobj", "pobj")
            and other.dep_ in syntax.SUBJECT
            and token.head in (other.head, *other.head.subtree)
        )

    @staticmethod
    def prominence(token: Token) -> float:
        while token.dep_ == "conj":
            token = token.head
        return {"nsubj": 3.0, "nsubjpass": 3.0, "dobj": 1.5, "attr": 1.0, "ROOT": 2.0, "poss": 0.8}.get(token.dep_, 0.3)

    def group(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The coordinated parties named last: of "the two countries" two, of "they" as many as stood together."""
        noun = singular(token)
        kinds = frozenset(types) & ACTORS
        described = self.words.descriptions.get(noun)
        if token.pos_ != "PRON" and noun not in ("two", "both", "all", "minister", "leader", "president", "partner"):
            kinds -= {"Person"}
        if described and noun not in ("party", "side", "signatory", "partner"):
            kinds &= described | (
                frozenset(("Country",)) if noun in ("government", "minister", "leader", "president") else frozenset()
            )
        count = next((COUNTS[child.lower_] for child in (token, *token.children) if child.lower_ in COUNTS), 0)
        here = self.sentence_of[token.i]
        for sentence in range(here, max(-1, here - 4), -1):
            inside = [i for i in self.named_in.get(sentence, ()) if i < token.i and self.surface.named[i][1] in kinds]
            group = self._coordinated(inside) if not count else inside
            unique = list(dict.fromkeys(self.surface.named[i] for i in group))
            if len(unique) >= 2 and (not count or len(unique) == count):
                return [Referent(entity, kind, token.i, 0.8) for entity, kind in unique]
            if count and len(unique) > count:
                return []
        if count == 2:
            return self._two(token, kinds)
        return []

    def _two(self, token: Token, kinds: frozenset[str]) -> list[Referent]:
        before = [self.surface.named[i] for i in self.order if i < token.i and self.surface.named[i][1] in kinds]
        unique = list(dict.fromkeys(reversed(before)))
        return [Referent(entity, kind, token.i, 0.7) for entity, kind in unique] if len(unique) == 2 else []

    def _coordinated(self, indices: list[int]) -> list[int]:
        for index in indices:
            others = [other.i for other in syntax.conjuncts(self.doc[index]) if other.i in indices]
            if others:
                return [index, *others]
        return []

    def _voice(self) -> tuple[str, str] | None:
        """The country that a paper in the first person, or a white paper, speaks for."""
        first = len(FIRST_PERSON_WORD.findall(self.surface.text))
        paper = "white paper" in self.surface.text[:3000].lower()
        if first < 2 and not paper:
            return None
        opening = [
            self.surface.named[i] for i in self.order if self.doc[i].head.lower_ == "we" and self.doc[i].dep_ == "appos"
        ]
        if len(set(opening)) == 1:
            return opening[0]
        named = Counter(named for named in self.surface.named.values() if named[1] in COLLECTIVE)
        countries = Counter({key: count for key, count in named.items() if key[1] == "Country"})
        for counts in (countries, named):
            if counts:
                top, count = counts.most_common(1)[0]
                if count > 1 and count * 2 > sum(counts.values()):
                    return top
        return None

    @staticmethod
    def weaker(found: list[Referent], token: Token, factor: float) -> list[Referent]:
        return [Referent(ref.entity, ref.type, ref.token, ref.certainty * factor) for ref in found]
