"""What can be seen of a pair of things in a sentence: the features that `plausibility` weighs."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extraction.domain.frames import Frames
from extraction.statements import syntax
from extraction.statements.anaphora import singular
from extraction.statements.pairs import Pair, Path, above, leading, path
from extraction.statements.parsing import Surface
from extraction.statements.reference import Reference

BESIDE = frozenset(("prt", "dobj", "attr", "acomp", "neg", "xcomp", "oprd", "agent"))
Met = dict[tuple[str, str], list[tuple[str, str]]]


class Describer:
    """Lists the features of the pairs of one document."""

    def __init__(self, reference: Reference, frames: Frames) -> None:
        self.reference = reference
        self.surface: Surface = reference.surface
        self.frames = frames
        self._words: dict[int, str] = {}
        self._rank: dict[str, tuple[int, bool]] = {}
        # The pairs of a sentence have most of what is seen of them in common.
        self._cues, self._alone, self._line = cache(self._cues_of), cache(self._seen_alone), cache(self._seen_of_line)

    def features(self, pair: Pair, sentence: TokenSpan, met: Met) -> list[str]:
        """What is seen of a pair; `met` holds (frame, predicate) by subject and object, for the sentence."""
        doc = sentence.doc
        first, second = doc[pair.subject.token], doc[pair.object.token]
        kinds = f"{pair.subject.type}>{pair.object.type}"
        found = ["bias", f"types={kinds}", *self._line(sentence.start, sentence.end)]
        if first.i < sentence.start or second.i < sentence.start:
            side, said, left = ("o", second, first) if first.i < sentence.start else ("s", first, second)
            found += self._alone(side, said, kinds)
            found += self._antecedent(side, left, sentence, kinds)
        else:
            found += self._path(path(first, second), kinds)
            found += self._between(first, second, kinds)
        for side, ref in (("s", pair.subject), ("o", pair.object)):
            if ref.certainty < 1 and ref.token >= sentence.start:
                found += [f"{side} meant={self.word(doc[ref.token])}", f"{side} meant {ref.certainty >= 0.8} {kinds}"]
        for name, predicate in met.get((pair.subject.entity, pair.object.entity), ()):
            found += [f"frame={name}", f"met={predicate}", f"met={predicate} {kinds}"]
        for _, predicate in met.get((pair.object.entity, pair.subject.entity), ()):
            found += [f"inverse={predicate}"]
        return found

    def word(self, token: Token) -> str:
        """A token's lemma, or its type where it stands for a name."""
        known = self._words.get(token.i)
        if known is None:
            named = self.surface.named.get(token.i)
            known = named[1].upper() if named else token.lemma_.lower()
            self._words[token.i] = known
        return known

    def _path(self, way: Path, kinds: str) -> list[str]:
        up = [token.dep_ for token in way.up]
        down = [token.dep_ for token in reversed(way.down)]
        shape = "<".join(up) + "^" + ">".join(down)
        top = self.word(way.top)
        found = [f"path={shape}", f"path={shape} {kinds}", f"top={top}", f"path={shape} {top}", f"top={top} {kinds}"]
        found.append(f"length={min(8, len(up) + len(down))}")
        inside = [*way.up[1:], *way.down[1:]]
        if way.up and way.down:
            found += [f"voice={syntax.is_passive(way.top)}" if syntax.is_verbal(way.top) else "top is no verb"]
            found += [
                f"ends={way.up[-1].dep_} {way.down[-1].dep_} {top}",
                f"ends={way.up[-1].dep_} {way.down[-1].dep_}",
            ]
        for side, tokens in (("s", way.up), ("o", way.down)):
            if any(syntax.is_verbal(token) and _has_subject(token, tokens) for token in tokens):
                found += [f"{side} in other clause", f"{side} in other clause {top}"]
            if tokens:
                found += [f"{side} is {tokens[0].dep_}", f"{side} is {tokens[0].dep_} of {self.word(tokens[0].head)}"]
            for token in tokens[1:]:
                word = self.word(token)
                found += [f"on={word}", f"{side}on={word} {token.dep_}", f"{side}on={word}"]
        for where, token in (("top", way.top), *(("in", token) for token in inside)):
            for predicate in self._cues(token):
                found += [f"{where} cue={predicate}", f"{where} cue={predicate} {kinds}"]
        for child in way.top.children:
            if child.dep_ in BESIDE:
                found.append(f"beside {child.dep_}={self.word(child)}")
        return found

    def _cues_of(self, token: Token) -> list[str]:
        if token.i in self.surface.named:
            return []
        kind = {"VERB": "verb", "AUX": "verb"}.get(token.pos_, "noun")
        lemma = token.lemma_.lower() if kind == "verb" else singular(token)
        return sorted({frame.predicate for frame in self.frames.index.get((kind, lemma), ())})

    def _seen_alone(self, side: str, token: Token, kinds: str) -> list[str]:
        """What is seen of a thing whose fellow is left out, or stands in an earlier sentence."""
        ups = above(leading(token))
        shape = "<".join(up.dep_ for up in ups)
        found = [f"{side} alone", f"{side} alone {kinds}", f"{side} alone={shape}", f"{side} alone={shape} {kinds}"]
        for up in ups[1:]:
            word = self.word(up)
            found += [f"{side} alone on={word}", f"{side} alone on={word} {kinds}"]
            found += [f"{side} alone cue={predicate} {kinds}" for predicate in self._cues(up)]
            found += [f"{side} alone beside={child.dep_}" for child in up.children if child.dep_ in BESIDE]
        found += [f"{side} alone at={token.dep_} {self.word(token.head)}"]
        if token.i + 1 < len(token.doc):
            found.append(f"{side} alone after={self.word(token.doc[token.i + 1])}")
        if token.i > token.sent.start:
            found.append(f"{side} alone before={self.word(token.doc[token.i - 1])}")
        return found

    def _antecedent(self, side: str, token: Token, sentence: TokenSpan, kinds: str) -> list[str]:
        """What is seen of the thing that is left out, where it was named last."""
        entity, kind = self.surface.named[token.i]
        distance = min(4, self.reference.sentence_of[sentence.start] - self.reference.sentence_of[token.i])
        rivals, foremost = self._standing(entity, kind)
        found = [f"{side} left {distance}", f"{side} left {distance} {kinds}", f"{side} left {token.dep_}"]
        found += [f"{side} left foremost={foremost} {kinds}", f"{side} left rivals={min(3, rivals)} {kinds}"]
        found.append(f"{side} left in first line={self.surface.line_of[token.i] == 0}")
        found.append(f"{side} left introduces={self._introduces(token, sentence)} {kinds}")
        return found

    def _standing(self, entity: str, kind: str) -> tuple[int, bool]:
        """How many others of its type there are, and whether the document names it more often than any of them."""
        known = self._rank.get(entity)
        if known is None:
            rivals = {other for other, type_ in self.surface.named.values() if type_ == kind and other != entity}
            counts = self.reference.counts
            known = self._rank[entity] = (len(rivals), all(counts[entity] > counts[other] for other in rivals))
        return known

    def _introduces(self, token: Token, sentence: TokenSpan) -> bool:
        """Whether the token's line introduces that of the sentence."""
        return self.surface.lines[self.surface.line_of[sentence.start]].intro == self.surface.line_of[token.i]

    def _seen_of_line(self, start: int, end: int) -> list[str]:
        line = self.surface.lines[self.surface.line_of[start]]
        found = [name for name in ("item", "heading") if getattr(line, name)]
        if line.label:
            found.append("label=" + self.surface.text[slice(*line.label)].lower()[:30])
        if not any(syntax.is_verbal(token) for token in self.reference.doc[start:end]):
            found.append("no verb")
        return found

    def _between(self, first: Token, second: Token, kinds: str) -> list[str]:
        doc = first.doc
        ahead = first.i < second.i
        low, high = sorted((first.i, second.i))
        inner = doc[low + 1 : high]
        side = "so" if ahead else "os"
        found = [f"order={side}", f"order={side} {kinds}", f"{side} apart={min(6, (high - low).bit_length())}"]
        words = [self.word(token) for token in inner]
        if len(words) <= 5:
            found += [f"{side} between={' '.join(words)}", f"{side} between={' '.join(words)} {kinds}"]
        if len(words) <= 12:
            found += [f"{side} holds={word}" for word in set(words)]
            found += [f"{side} holds={a} {b}" for a, b in pairwise(words)]
        found.append(f"names between={min(4, sum(token.i in self.surface.named for token in inner))}")
        if low > first.sent.start:
            found.append(f"{side} before={self.word(doc[low - 1])}")
        if high + 1 < len(doc):
            found.append(f"{side} after={self.word(doc[high + 1])}")
        return found


def _has_subject(verb: Token, way: tuple[Token, ...]) -> bool:
    """Whether a verb on a way has a subject beside it."""
    return any(child.dep_ in syntax.SUBJECT and child not in way for child in verb.children)
