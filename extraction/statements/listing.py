"""Lists: the names that a labelled line, a colon or the items below a line hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from spacy.tokens import Token

from extraction.statements.discourse import Discourse, Referent


class Listing(Discourse):
    """What the lists of a parsed surrogate Doc name."""

    def content(self, token: Token, types: Collection[str]) -> list[Referent]:
        """The names that a labelled line lists; in an item, those of the kind of the first."""
        sentence = token.sent
        colon = next((t.i for t in sentence[:8] if t.text == ":"), sentence.start - 1)
        # "Party: A. Contact: B": the next label ends what the first one lists.
        end = next((t.i - 1 for t in sentence if t.i > colon + 1 and t.text == ":"), sentence.end)
        heads = self.heads(range(colon + 1, end), types)
        return [head for head in heads if head.type == heads[0].type] if self._is_item(sentence.start) else heads

    def _is_item(self, index: int) -> bool:
        return self.surface.lines[self.surface.line_of[index]].item

    def opens_list(self, token: Token) -> bool:
        """Whether a list follows: a colon, or a dash with a name behind it."""
        if token.text.endswith(":"):
            return True
        return token.text in ("–", "—") and any(i in self.surface.named for i in (token.i + 1, token.i + 2))

    def items(self, number: int) -> list[range]:
        """Token ranges of the lines that the line introduces."""
        line_of = self.surface.line_of
        wanted = [i for i, line in enumerate(self.surface.lines) if line.intro == number]
        ranges = [range(bisect_left(line_of, i), bisect_right(line_of, i)) for i in wanted]
        return [inside for inside in ranges if inside]

    def heads(self, indices: range, kinds: Collection[str]) -> list[Referent]:
        """Names of the types in a stretch that are not modifiers or complements of another name."""
        found = []
        for index in indices:
            if index not in self.surface.named or self.surface.named[index][1] not in kinds:
                continue
            token = self.doc[index]
            if token.dep_ in ("poss", "compound") and token.head.i in indices:
                continue
            if token.dep_ == "pobj" and token.head.head.i in self.surface.named:
                continue
            found.append(Referent(*self.surface.named[index], index, 0.95))
        return found
