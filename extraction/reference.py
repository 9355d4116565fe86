"""What words stand for: names, pronouns, definite descriptions ("the Strategy", "the two sides"), a document's own voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc, Token

from extraction import arguments
from extraction.parsing import Surface

KNOWLEDGE = Path(__file__).parent / "knowledge"
DEFINITE = frozenset("the this that these those both said such its their same his her our".split())
UNLIKE = frozenset("other another first second third new next previous earlier separate similar such different several own draft future".split())
FIRST_PERSON = frozenset(("we", "our", "us"))
PERSONAL = frozenset(("he", "she", "his", "her", "him"))
NEUTER = frozenset(("it", "its"))
PLURAL = frozenset(("they", "their", "them", "both", "all"))
ACTORS = frozenset(("Country", "GovernmentBody", "InternationalOrganization", "Organization", "Person"))
NEUTRAL = frozenset(("Country", "GovernmentBody", "InternationalOrganization", "Organization", "Law", "Agreement", "Initiative", "Forum"))
INSTRUMENTS = frozenset(("Law", "Agreement", "Initiative"))
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
COLLECTIVE = ACTORS - {"Person"}
REACH = 6


@dataclass(frozen=True, slots=True)
class Referent:
    """A thing meant: its entity, its type, the token that means it, and how sure the reference is (1 for a name)."""

    entity: str
    type: str
    token: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The content of references.yaml: noun -> types."""

    descriptions: dict[str, frozenset[str]]
    transparent: dict[str, frozenset[str]]
    carriers: tuple[str, ...]
    naming: frozenset[str]
    examples: frozenset[str]
    pairs: frozenset[str]
    quantities: frozenset[str]


@cache
def lexicon(path: Path = KNOWLEDGE / "references.yaml") -> Lexicon:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Lexicon(
        descriptions=_inverted(data["descriptions"]),
        transparent=_inverted(data["transparent"]),
        carriers=tuple(data["carriers"]),
        naming=frozenset(data["naming"]),
        examples=frozenset(data["examples"]),
        pairs=frozenset(data["pairs"]),
        quantities=frozenset(data["quantities"]),
    )


def _inverted(nouns: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in nouns.items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


class Discourse:
    """What a parsed surrogate Doc has named so far, and what its words refer to."""

    def __init__(self, doc: Doc, names: dict[str, str]) -> None:
        """`names` maps entity ids to their preferred names."""
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]
        self.names = names
        self.words = lexicon()
        self.sentence_of = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        self.order = sorted(self.surface.named)
        self.voice = self._voice()
        self.counts = Counter(entity for entity, _ in self.surface.named.values())
        self.here = next((i for i in self.order if self._in_dateline(i)), None)
        self._held: dict[int, list[Referent]] = {}

    def referents(self, token: Token, types: Collection[str]) -> list[Referent]:
        """Things of the given types that a noun phrase means, its coordinates included."""
        found: list[Referent] = []
        for part in (token, *arguments.conjuncts(token)):
            found += self.single(part, types)
        return list(dict.fromkeys(found))

    def single(self, token: Token, types: Collection[str], depth: int = 0) -> list[Referent]:
        """The same without coordinates."""
        if token.i in self.surface.named:
            entity, kind = self.surface.named[token.i]
            return [Referent(entity, kind, token.i, 1.0)] if kind in types else []
        if depth > 4:
            return []
        if token.pos_ == "PRON" or token.lower_ in PLURAL or token.lower_ in PERSONAL or token.lower_ in NEUTER:
            return self._pronoun(token, types)
        if token.pos_ in ("VERB", "AUX") and token.dep_ in ("pcomp", "xcomp", "ccomp", "advcl"):
            return []
        return self._noun(token, types, depth)

    # Nouns -------------------------------------------------------------------------------------------------------

    def _noun(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        for within in (self._named_after, self._examples, self._through, self._among, self._listed):
            if found := within(noun, types, depth):
                return found
        lemma = singular(noun)
        if lemma in self.words.quantities:
            return [ref for token in arguments.prepositional(noun, "of") for ref in self._many(token, types, depth)]
        if lemma in self.words.pairs and self._is_plural(noun):
            if pair := self._group(noun, types):
                return pair
        if noun.dep_ == "appos" and noun.head.i in self.surface.named:
            return self._weaker(self.single(noun.head, types, depth + 1), noun, 0.95)
        if noun.dep_ in ("appos", "conj", "dobj", "npadvmod") and (near := arguments.name_before(noun.left_edge)) is not None:
            if noun.i != near.i and self.doc[noun.left_edge.i - 1].text == ",":
                return self._weaker(self.single(near, types, depth + 1), noun, 0.9)
        described = self.words.descriptions.get(lemma, frozenset())
        kinds = described & frozenset(types)
        if not described or not (kinds or described & INSTRUMENTS and INSTRUMENTS & frozenset(types)):
            return []
        if noun.dep_ == "attr" and noun.head.lemma_ == "be":
            return [ref for up in arguments.subjects(noun.head) for ref in self.single(up, kinds, depth + 1)]
        return self._description(noun, lemma, kinds, frozenset(types))

    def _named_after(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "the regulator, X", "a law called X", "the X summit"."""
        tokens = arguments.children(noun, "appos")
        for child in noun.children:
            if child.dep_ in ("acl", "relcl") and child.lemma_ in self.words.naming:
                tokens += [*arguments.children(child, "oprd", "dobj", "attr"), *arguments.prepositional(child, "as")]
        found = [ref for token in tokens if token.i in self.surface.named for ref in self.referents(token, types)]
        if found:
            return found
        kinds = self.words.descriptions.get(singular(noun), frozenset())
        mods = [child for child in arguments.modifiers(noun) if child.i in self.surface.named]
        return [ref for child in mods for ref in self.single(child, kinds & frozenset(types))]

    def _examples(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "several states, including X and Y"."""
        found: list[Referent] = []
        for child in noun.subtree if self._is_plural(noun) else noun.children:
            such = any(inner.lower_ == "such" for inner in child.children)
            if child.dep_ in ("prep", "acl") and (child.lower_ in self.words.examples or (child.lower_ == "as" and such)):
                tokens = arguments.children(child, "pobj", "dobj")
                tokens += [inner for sub in arguments.children(child, "prep") for inner in arguments.children(sub, "pobj")]
                found += [ref for token in tokens for ref in self.referents(token, types)]
        return found

    def examples(self, noun: Token, types: Collection[str]) -> list[Referent]:
        """The names that a plural noun is said to include."""
        return self._examples(noun, types, 0) or self._among(noun, types, 0)

    def _among(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "ten firms, among them X and Y, ...", "ten firms, X and Y included, ..."."""
        at = noun.i + 1
        if not self._is_plural(noun) or at + 2 >= len(self.doc) or self.doc[at].text != ",":
            return []
        at += 1
        opened = self.doc[at].lower_ == "among" and self.doc[at + 1].lower_ in ("them", "which")
        at += 2 if opened else 0
        run: list[int] = []
        while at < len(self.doc) and (at in self.surface.named or self.doc[at].lower_ in (",", "and", "the", "or", "both")):
            if at in self.surface.named:
                run.append(at)
            at += 1
        closed = at < len(self.doc) and self.doc[at].lower_ in ("included", "among")
        if not (opened or closed):
            return []
        return [Referent(*self.surface.named[i], i, 0.95) for i in run if self.surface.named[i][1] in types]

    def _listed(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "four bills: X, Y and Z", the list in the sentence or in the items below it."""
        if not (self._is_plural(noun) or noun.lower_ == "following"):
            return []
        sentence = noun.sent
        colon = next((token.i for token in sentence if token.text.endswith(":") and token.i > noun.i), None)
        if colon is None:
            return []
        kinds = self.words.descriptions.get(singular(noun), frozenset(types)) & frozenset(types)
        if colon + 1 < sentence.end:
            return self._heads(range(colon + 1, sentence.end), kinds)
        number = self.surface.line_of[noun.i]
        found: list[Referent] = []
        for index in self._items(number):
            heads = self._heads(index, kinds)
            found += [head for head in heads if head.type == heads[0].type]
        return found

    def content(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The names that a labelled line lists; in an item, those of the kind of the first."""
        sentence = token.sent
        colon = next((t.i for t in sentence[:8] if t.text == ":"), sentence.start - 1)
        heads = self._heads(range(colon + 1, sentence.end), types)
        return [head for head in heads if head.type == heads[0].type] if self._is_item(sentence.start) else heads

    def _is_item(self, index: int) -> bool:
        return self.surface.lines[self.surface.line_of[index]].item

    def _items(self, number: int) -> list[range]:
        """Token ranges of the lines that the line introduces."""
        lines = self.surface.lines
        wanted = [i for i, line in enumerate(lines) if line.intro == number]
        ranges = []
        for i in wanted:
            inside = [t for t in range(len(self.surface.line_of)) if self.surface.line_of[t] == i]
            if inside:
                ranges.append(range(inside[0], inside[-1] + 1))
        return ranges

    def _heads(self, indices: range, kinds: Collection[str]) -> list[Referent]:
        """Names of the types in a stretch that are not modifiers or complements of another name."""
        found = []
        for index in indices:
            if index not in self.surface.named or self.surface.named[index][1] not in kinds:
                continue
            token = self.doc[index]
            if token.dep_ in ("poss", "compound", "pobj") and token.head.i in indices and token.dep_ != "pobj":
                continue
            if token.dep_ == "pobj" and token.head.head.i in self.surface.named:
                continue
            found.append(Referent(*self.surface.named[index], index, 0.95))
        return found

    def understood(self, token: Token, types: Collection[str]) -> list[Referent]:
        """What a clause leaves out ("Austria has not signed."): the likeliest thing of the types in the sentences before."""
        return self._last(token, frozenset(types), 5, 0.75, said=False)

    def _through(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "the government of X", "X's delegation"."""
        kinds = self.words.transparent.get(singular(noun), frozenset()) & frozenset(types)
        if not kinds:
            return []
        for word in self.words.carriers:
            found = [ref for token in arguments.prepositional(noun, word) for ref in self._many(token, kinds, depth)]
            if found:
                return self._weaker(found, noun, 0.97)
        holders = [*arguments.possessor(noun), *arguments.modifiers(noun)]
        return [ref for token in holders for ref in self._many(token, kinds, depth)]

    def _many(self, token: Token, types: Collection[str], depth: int) -> list[Referent]:
        parts = (token, *arguments.conjuncts(token))
        return [ref for part in parts for ref in self.single(part, types, depth + 1)]

    @staticmethod
    def _weaker(found: list[Referent], token: Token, factor: float) -> list[Referent]:
        return [Referent(ref.entity, ref.type, ref.token, ref.certainty * factor) for ref in found]

    def _description(self, noun: Token, lemma: str, kinds: frozenset[str], types: frozenset[str]) -> list[Referent]:
        """The last thing named that a definite description fits; one whose name has the noun is the better guess."""
        determiner = next((child.lower_ for child in noun.children if child.dep_ in ("det", "poss")), "")
        if determiner not in DEFINITE and not (noun.text[0].isupper() and not noun.is_sent_start):
            return []
        if self._is_plural(noun) and lemma not in ("rule", "measure", "provision", "guideline", "talk"):
            return []
        extra = [child for child in noun.children if child.dep_ in ("compound", "amod", "nmod")]
        if any(child.lower_ in UNLIKE or child.i in self.surface.named for child in extra):
            return []
        if any(child.dep_ == "prep" and child.lower_ in ("of", "on", "for", "between") for child in noun.children):
            return []
        wanted = [child.lower_ for child in extra if child.dep_ == "compound"]
        best: tuple[float, int] | None = None
        here = self.sentence_of[noun.i]
        seen: Counter[str] = Counter()
        for index in self.order:
            if index >= noun.i:
                break
            entity, kind = self.surface.named[index]
            seen[entity] += 1
            if kind not in types:
                continue
            words = set(f"{self.names.get(entity, '')} {self.written(index)}".lower().replace("-", " ").split())
            if not all(word in words for word in wanted):
                continue
            matching = lemma in words or noun.lower_ in words
            heading = {self.names.get(entity, "").lower().split(" ")[-1], self.written(index).lower().split(" ")[-1]} & {lemma, noun.lower_}
            distance = here - self.sentence_of[index]
            if not matching and (wanted or distance > REACH):
                continue
            if kind not in kinds and not heading:
                continue
            value = (4.0 if matching else 0.0) + (2.0 if heading else 0.0) + self._prominence(self.doc[index]) - 0.6 * distance + min(seen[entity], 4)
            if best is None or value >= best[0]:
                best = (value, index)
        if best is None:
            return []
        entity, kind = self.surface.named[best[1]]
        return [Referent(entity, kind, noun.i, 0.92 if best[0] >= 4.0 else 0.75)]

    def _in_dateline(self, index: int) -> bool:
        line = self.surface.lines[self.surface.line_of[index]]
        start = self.surface.offsets[index][0]
        return line.dated is not None and line.dated[0] <= start < line.dated[1] and self.surface.named[index][1] == "Place"

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
        return [Referent(entity, kinds[entity], token.i, 0.8)] if self.counts[entity] > others else []

    def written(self, index: int) -> str:
        """The original words of a token."""
        start, end = self.surface.offsets[index]
        return self.surface.text[start:end]

    @staticmethod
    def _is_plural(noun: Token) -> bool:
        return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("two", "both", "three")

    # Pronouns ----------------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token, types: Collection[str]) -> list[Referent]:
        word = token.lower_
        if word in FIRST_PERSON:
            return [Referent(self.voice[0], self.voice[1], token.i, 0.85)] if self.voice and self.voice[1] in types else []
        if word in PERSONAL:
            return self._last(token, frozenset(("Person",)) & frozenset(types), 3, 0.9)
        if word in NEUTER:
            found = self._last(token, frozenset(types) - {"Person"}, 1, 0.8)
            # Where something of another type is the likelier antecedent, the fitting one is only a guess.
            return found if found == self._last(token, NEUTRAL, 1, 0.8) else self._weaker(found, token, 0.8)
        if word in PLURAL:
            return self._group(token, types)
        if word in ARGUMENT_RELATIVES:
            return [ref for up in arguments._antecedent(token, token.head) if up != token for ref in self.referents(up, types)]
        return []

    def _last(self, token: Token, types: frozenset[str], reach: int, certainty: float, said: bool = True) -> list[Referent]:
        """The likeliest antecedent not further back than `reach` sentences: near ones first, subjects before others.

        `said` is False where no word stands for it, so that the antecedent itself is the evidence.
        """
        best: tuple[float, int] | None = None
        here = self.sentence_of[token.i]
        for index in reversed(self.order):
            if index >= token.i:
                continue
            distance = here - self.sentence_of[index]
            if distance > reach:
                break
            if self.surface.named[index][1] not in types or self._same_phrase(index, token):
                continue
            value = self._prominence(self.doc[index]) - 2.0 * distance + index / (token.i + 1)
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
            return self.surface.named[index][1] == self.surface.named.get(token.head.i, ("", ""))[1]
        other = self.doc[index]
        while other.dep_ == "conj":
            other = other.head
        return token.dep_ in ("dobj", "pobj") and other.dep_ in arguments.SUBJECT and token.head in (other.head, *other.head.subtree)

    @staticmethod
    def _prominence(token: Token) -> float:
        while token.dep_ == "conj":
            token = token.head
        return {"nsubj": 3.0, "nsubjpass": 3.0, "dobj": 1.5, "attr": 1.0, "ROOT": 2.0, "poss": 0.8}.get(token.dep_, 0.3)

    def _group(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The coordinated parties named last: of "the two countries" two, of "they" as many as stood together."""
        noun = singular(token)
        kinds = frozenset(types) & ACTORS
        described = self.words.descriptions.get(noun)
        if token.pos_ != "PRON" and noun not in ("two", "both", "all", "minister", "leader", "president", "partner"):
            kinds -= {"Person"}
        if described and noun not in ("party", "side", "signatory", "partner"):
            kinds &= described | (frozenset(("Country",)) if noun in ("government", "minister", "leader", "president") else frozenset())
        count = next((COUNTS[child.lower_] for child in (token, *token.children) if child.lower_ in COUNTS), 0)
        here = self.sentence_of[token.i]
        for sentence in range(here, max(-1, here - 4), -1):
            inside = [i for i in self.order if self.sentence_of[i] == sentence and i < token.i and self.surface.named[i][1] in kinds]
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
            others = [other.i for other in arguments.conjuncts(self.doc[index]) if other.i in indices]
            if others:
                return [index, *others]
        return []

    # Voice -------------------------------------------------------------------------------------------------------

    def _voice(self) -> tuple[str, str] | None:
        """The country that a paper in the first person, or a white paper, speaks for."""
        first = sum(token.lower_ in FIRST_PERSON for token in self.doc)
        paper = "white paper" in self.surface.text[:3000].lower()
        if first < 2 and not paper:
            return None
        opening = [self.surface.named[i] for i in self.order if self.doc[i].head.lower_ == "we" and self.doc[i].dep_ == "appos"]
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

    def state(self, token: Token, types: Collection[str]) -> list[Referent]:
        """Who acts where an agentless passive names nobody: the state whose paper or affairs the document is."""
        if arguments.by(token) or any(child.lower_ == "by" for child in token.subtree):
            return []
        if self.voice and self.voice[1] == "Country":
            return [Referent(*self.voice, token.i, 0.9)] if "Country" in types else []
        countries = {entity for entity, kind in self.surface.named.values() if kind == "Country"}
        if len(countries) == 1 and "Country" in types:
            entity = next(iter(countries))
            return [Referent(entity, "Country", token.i, 0.8)]
        return []

    def opener(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The party that the line above an item speaks of ("The Council, / Recalling ..., / 1. Decides to ...")."""
        line = self.surface.lines[self.surface.line_of[token.i]]
        if line.intro is None:
            return []
        inside = [i for i in self.order if self.surface.line_of[i] == line.intro and self.surface.named[i][1] in types]
        inside = [i for i in inside if self.doc[i].dep_ not in ("pobj", "poss", "compound")] or inside[:1]
        if not inside:
            return []
        return self._weaker(self.referents(self.doc[inside[0]], types), token, 0.9)


def singular(noun: Token) -> str:
    """Lemma of a noun, of a capitalised plural ("Delegations") too."""
    lemma = noun.lemma_.lower()
    if noun.tag_ in ("NNPS", "NNP") and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma


ARGUMENT_RELATIVES = frozenset(("which", "who", "that", "whom", "whose"))
