"""Which frames the words of a sentence open: triggers met with the parse, the names and the lines."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extraction.domain.frames import Frame, Frames
from extraction.statements import syntax
from extraction.statements.anaphora import singular
from extraction.statements.parsing import Surface
from extraction.statements.rows import Rows

SHORT = 6
KIND_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "noun"}


class Triggers:
    """Opens frames in one document; `named_in` and `groups` as for `slots.Slots`."""

    def __init__(
        self,
        surface: Surface,
        frames: Frames,
        named_in: dict[int, list[tuple[str, str]]],
        groups: dict[int, tuple[str, str]],
        rows: Rows,
    ) -> None:
        self.surface = surface
        self.rows = rows
        self.index, self.phrasal = frames.index, frames.phrasal
        self.named_in = named_in
        self.groups = groups

    def of_label(self, sentence: TokenSpan) -> Iterator[tuple[Frame, Token]]:
        """Frames that a label before the line opens ("Participants: X, Y and Z")."""
        for label in self._labels(sentence):
            opened = next((found for word in label.lower().split() if (found := self.index.get(("label", word)))), ())
            colon = next((token for token in sentence[: SHORT + 1] if token.text == ":"), sentence[0])
            yield from ((frame, colon) for frame in opened)
            if opened:
                return

    def of(self, token: Token) -> Iterator[tuple[Frame, Token]]:
        """Frames whose trigger the token is."""
        index = self.index
        if token.i in self.surface.named:
            if syntax.possessor(token) or any(
                child.i in self.surface.named or child.lower_ == "led" for child in syntax.modifiers(token)
            ):
                yield from ((frame, token) for frame in index.get(("construction", "possessive"), ()))
            if token.i in self.named_in:
                yield from ((frame, token) for frame in index.get(("construction", "name"), ()))
            if token.i in self.groups:
                yield from ((frame, token) for frame in index.get(("construction", "group"), ()))
            if token.dep_ in ("appos", "npadvmod") and token.head.i in self.surface.named:
                yield from ((frame, token) for frame in index.get(("construction", "comma"), ()))
            if self.rows.fills(token):
                yield from ((frame, token) for frame in index.get(("construction", "cell"), ()))
            elif syntax.beside(token) is not None:
                yield from ((frame, token) for frame in index.get(("construction", "beside"), ()))
                if self.surface.text[self.surface.offsets[token.i][0] - 1] == "(":
                    yield from ((frame, token) for frame in index.get(("construction", "bracket"), ()))
            return
        if token.dep_ in ("prep", "agent"):
            yield from ((frame, token) for frame in index.get(("preposition", token.lower_), ()))
            return
        kind = KIND_OF.get(token.pos_)
        if kind is None:
            return
        lemma = token.lemma_.lower() if kind == "verb" else singular(token)
        keys = [lemma]
        if kind == "verb" and lemma in self.phrasal:
            keys += [f"{lemma} {words}" for words in _beside(token)]
            if any((kind, f"{lemma} {child.lower_}") in index for child in syntax.children(token, "prt")):
                # "carry out" is not "carry"
                keys.remove(lemma)
        for key in keys:
            yield from ((frame, token) for frame in index.get((kind, key), ()))

    def _labels(self, sentence: TokenSpan) -> Iterator[str]:
        """What may be the sentence's label: before its colon, before its line, or the short line above a list."""
        for token in sentence[: SHORT + 1]:
            if token.text == ":":
                yield self.surface.text[self.surface.offsets[sentence.start][0] : self.surface.offsets[token.i][0]]
                break
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        if self.surface.offsets[sentence.start][0] < line.start:
            return
        if line.label:
            yield self.surface.text[slice(*line.label)]
        if line.intro is not None and line.item:
            intro = self.surface.lines[line.intro]
            words = self.surface.text[intro.start : intro.end]
            if len(words.split()) < SHORT and words.endswith(":"):
                yield words[:-1]


def _beside(verb: Token) -> Iterator[str]:
    """The words that may make up a trigger with a verb: "up", "place", "public", "against", "into practice"."""
    for child in verb.children:
        if child.dep_ in ("prt", "advmod", "prep", "agent"):
            yield child.lower_
        if child.dep_ in ("dobj", "acomp", "oprd", "attr"):
            yield child.lemma_.lower()
        for phrase in (child, *child.children) if child.dep_ == "dobj" else (child,):
            if phrase.dep_ == "prep":
                yield from (
                    f"{phrase.lower_} {noun.lemma_.lower() if noun.pos_ == 'NOUN' else noun.lower_}"
                    for noun in syntax.children(phrase, "pobj")
                )
