"""What words refer to: names, definite descriptions ("the Strategy", "the two sides"), pronouns."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from extraction.statements import phrases, syntax
from extraction.statements.anaphora import singular
from extraction.statements.descriptions import Descriptions
from extraction.statements.discourse import FIRST_PERSON, NEUTRAL, Referent
from extraction.statements.subjects import subjects

PERSONAL = frozenset(("he", "she", "his", "her", "him"))
NEUTER = frozenset(("it", "its"))
PLURAL = frozenset(("they", "their", "them", "both", "all"))
INSTRUMENTS = frozenset(("Law", "Agreement", "Initiative"))
RELATIVES = frozenset(("which", "who", "that", "whom", "whose"))


class Reference(Descriptions):
    """What the noun phrases and pronouns of a parsed surrogate Doc refer to."""

    def __init__(self, doc: Doc, names: dict[str, str]) -> None:
        super().__init__(doc, names)
        self._subjects: dict[tuple[int, frozenset[str]], list[Referent]] = {}

    def referents(self, token: Token, types: Collection[str]) -> list[Referent]:
        """Things of the given types that a noun phrase means, its coordinates included."""
        found: list[Referent] = []
        for part in (token, *syntax.conjuncts(token)):
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

    def _noun(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        for within in (self._named_after, self._examples, self._through, self._among, self._listed):
            if found := within(noun, types, depth):
                return found
        lemma = singular(noun)
        if lemma in self.words.quantities:
            return [ref for token in phrases.prepositional(noun, "of") for ref in self._many(token, types, depth)]
        if lemma in self.words.pairs and self.points_back(noun) and (pair := self.group(noun, types)):
            return pair
        if noun.dep_ == "appos" and noun.head.i in self.surface.named:
            return self.weaker(self.single(noun.head, types, depth + 1), noun, 0.95)
        if noun.dep_ in ("appos", "conj", "dobj", "npadvmod") and self.doc[noun.left_edge.i - 1].text == ",":
            near = syntax.name_before(noun.left_edge)
            if near is not None and noun.i != near.i:
                return self.weaker(self.single(near, types, depth + 1), noun, 0.9)
        described = self.words.descriptions.get(lemma, frozenset())
        kinds = described & frozenset(types)
        if not described or not (kinds or (described & INSTRUMENTS and INSTRUMENTS & frozenset(types))):
            return []
        if noun.dep_ == "attr" and noun.head.lemma_ == "be":
            return [ref for up in subjects(noun.head) for ref in self.single(up, kinds, depth + 1)]
        return self.described(noun, lemma, kinds, frozenset(types))

    def _named_after(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "the regulator, X", "a law called X", "the X summit"."""
        tokens = syntax.children(noun, "appos")
        for child in noun.children:
            if child.dep_ in ("acl", "relcl") and child.lemma_ in self.words.naming:
                tokens += [*syntax.children(child, "oprd", "dobj", "attr"), *phrases.prepositional(child, "as")]
        found = [ref for token in tokens if token.i in self.surface.named for ref in self.referents(token, types)]
        if found:
            return found
        kinds = self.words.descriptions.get(singular(noun), frozenset())
        mods = [child for child in syntax.modifiers(noun) if child.i in self.surface.named]
        return [ref for child in mods for ref in self.single(child, kinds & frozenset(types))]

    def _examples(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "several states, including X and Y"."""
        found: list[Referent] = []
        for child in noun.subtree if self.is_plural(noun) else noun.children:
            such = any(inner.lower_ == "such" for inner in child.children)
            if child.dep_ in ("prep", "acl") and (
                child.lower_ in self.words.examples or (child.lower_ == "as" and such)
            ):
                tokens = syntax.children(child, "pobj", "dobj")
                tokens += [inner for sub in syntax.children(child, "prep") for inner in syntax.children(sub, "pobj")]
                found += [ref for token in tokens for ref in self.referents(token, types)]
            elif self.is_plural(noun) and (start := _opens_range(child, noun)) is not None:
                ends = [start, *syntax.children(start, "prep"), *syntax.children(start.head, "prep")]
                tokens = [name for end in ends for name in syntax.children(end, "pobj") if end.lower_ in ("from", "to")]
                found += [ref for token in tokens for ref in self.referents(token, types)]
        return list(dict.fromkeys(found))

    def examples(self, noun: Token, types: Collection[str]) -> list[Referent]:
        """The names that a plural noun is said to include."""
        return self._examples(noun, types, 0) or self._among(noun, types, 0)

    def _among(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "ten firms, among them X and Y, ...", "ten firms, X and Y included, ..."."""
        at = noun.i + 1
        if not self.is_plural(noun) or at + 2 >= len(self.doc) or self.doc[at].text != ",":
            return []
        at += 1
        opened = self.doc[at].lower_ == "among" and self.doc[at + 1].lower_ in ("them", "which")
        at += 2 if opened else 0
        run: list[int] = []
        while at < len(self.doc) and (
            at in self.surface.named or self.doc[at].lower_ in (",", "and", "the", "or", "both")
        ):
            if at in self.surface.named:
                run.append(at)
            at += 1
        closed = at < len(self.doc) and self.doc[at].lower_ in ("included", "among")
        if not (opened or closed):
            return []
        return [Referent(*self.surface.named[i], i, 0.95) for i in run if self.surface.named[i][1] in types]

    def _listed(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "four bills: X, Y and Z", the list in the sentence or in the items below it."""
        if not (self.is_plural(noun) or noun.lower_ == "following"):
            return []
        sentence = noun.sent
        colon = next((token.i for token in sentence if token.i > noun.i and self.opens_list(token)), None)
        if colon is None:
            return []
        kinds = self.words.descriptions.get(singular(noun), frozenset(types)) & frozenset(types)
        if colon + 1 < sentence.end:
            return self.heads(range(colon + 1, sentence.end), kinds)
        number = self.surface.line_of[noun.i]
        found: list[Referent] = []
        for index in self.items(number):
            heads = self.heads(index, kinds)
            found += [head for head in heads if head.type == heads[0].type]
        return found

    def _through(self, noun: Token, types: Collection[str], depth: int) -> list[Referent]:
        """ "the government of X", "X's delegation"."""
        kinds = self.words.transparent.get(singular(noun), frozenset()) & frozenset(types)
        if not kinds:
            return []
        for word in self.words.carriers:
            found = [ref for token in phrases.prepositional(noun, word) for ref in self._many(token, kinds, depth)]
            if found:
                return self.weaker(found, noun, 0.97)
        holders = [*syntax.possessor(noun), *syntax.modifiers(noun)]
        return [ref for token in holders for ref in self._many(token, kinds, depth)]

    def _many(self, token: Token, types: Collection[str], depth: int) -> list[Referent]:
        parts = (token, *syntax.conjuncts(token))
        return [ref for part in parts for ref in self.single(part, types, depth + 1)]

    def _pronoun(self, token: Token, types: Collection[str]) -> list[Referent]:
        word = token.lower_
        if word in FIRST_PERSON:
            return (
                [Referent(self.voice[0], self.voice[1], token.i, 0.85)] if self.voice and self.voice[1] in types else []
            )
        if word in PERSONAL:
            return self.last(token, frozenset(("Person",)) & frozenset(types), 6, 0.9)
        if word in NEUTER:
            kinds = frozenset(types) - {"Person"}
            found = self.last(token, kinds, 1 + self._left_out(token), 0.8)
            if carried := self._carried(token, kinds, found):
                return carried
            # Where something of another type is the likelier antecedent, the fitting one is only a guess.
            return (
                found
                if found == self.last(token, NEUTRAL, 1 + self._left_out(token), 0.8)
                else self.weaker(found, token, 0.8)
            )
        if word in PLURAL:
            return self.group(token, types)
        if word in RELATIVES:
            return [
                ref for up in phrases.antecedent(token, token.head) if up != token for ref in self.referents(up, types)
            ]
        return []

    def _left_out(self, token: Token) -> int:
        """Whether the sentence before the token's was left out of the parse: it named nothing that could be meant."""
        start = token.sent.start
        return self.surface.gaps[start] - self.surface.gaps[start - 1] if start else 0

    def _carried(self, token: Token, types: frozenset[str], found: list[Referent]) -> list[Referent]:
        """What the sentence before speaks of, where its subject only refers to it and nothing nearer is as likely."""
        here = self.sentence_of[token.i]
        if here == 0 or token.sent.start == 0:
            return []
        before = self.doc[token.sent.start - 1].sent
        if here - self.sentence_of[before.start] > 1:
            return []
        subject = next((child for child in before.root.children if child.dep_ in syntax.SUBJECT), None)
        if subject is None or subject.i in self.surface.named or subject.lower_ in RELATIVES:
            return []
        if found and self._is_subject_of(found[0].entity, token):
            return []
        at = (subject.i, types)
        if at not in self._subjects:
            self._subjects[at] = []
            self._subjects[at] = self.single(subject, types)
        meant = self._subjects[at]
        if len(meant) != 1 or meant[0].entity == (found[0].entity if found else ""):
            return []
        return [Referent(meant[0].entity, meant[0].type, token.i, 0.75)]

    def _is_subject_of(self, entity: str, token: Token) -> bool:
        """Whether an entity is named as a subject in the token's sentence before it, or in the one before."""
        near = (self.sentence_of[token.i], self.sentence_of[token.i] - 1)
        return any(
            self.surface.named[i][0] == entity and self.prominence(self.doc[i]) >= 3 and i < token.i
            for sentence in near
            for i in self.named_in.get(sentence, ())
        )

    def opener(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The party that the line above an item speaks of ("The Council, / Recalling ..., / 1. Decides to ...")."""
        line = self.surface.lines[self.surface.line_of[token.i]]
        if line.intro is None:
            return []
        inside = [i for i in self.order if self.surface.line_of[i] == line.intro and self.surface.named[i][1] in types]
        inside = [i for i in inside if not any(up.dep_ == "relcl" for up in (self.doc[i], *self.doc[i].ancestors))]
        if not inside:
            return []
        return self.weaker(self.referents(self.doc[inside[0]], types), token, 0.9)


def _opens_range(child: Token, noun: Token) -> Token | None:
    """The "from" of "firms ranging from X to Y", "firms, from X to Y"."""
    if child.lemma_ == "range":
        return next((prep for prep in syntax.children(child, "prep") if prep.lower_ == "from"), None)
    ranged = child.lower_ == "from" and child.head == noun and noun.doc[child.i - 1].text == ","
    return child if ranged and any(prep.lower_ == "to" for prep in child.children) else None
