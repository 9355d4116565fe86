"""Records and tables that came through as lines: what a row is about, and which names fill a cell of their own."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Doc, Token

from extraction.statements.parsing import Surface

BARS = frozenset(("|", "·", "•", "▪", "/"))
DASHES = frozenset(("–", "—", "--"))
JOINED = frozenset((",", ";", "and", "&", "the", "by", "of", "(", ")", "“", "”", '"'))
# A row has two bars, or so many dashes that they are no punctuation of a sentence.
FEWEST = 2


class Rows:
    """The rows of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]

    @cached_property
    def _bounds(self) -> dict[int, list[int]]:
        """Line -> the tokens that part its cells, for the lines that are rows."""
        marks: dict[int, list[int]] = {}
        for token in self.doc:
            if token.text in BARS or token.text in DASHES:
                marks.setdefault(self.surface.line_of[token.i], []).append(token.i)
        return {line: found for line, found in marks.items() if self._is_row(line, found)}

    def _is_row(self, line: int, marks: list[int]) -> bool:
        texts = [self.doc[i].text for i in marks]
        alike = max(texts.count(text) for text in set(texts))
        here = self.surface.lines[line]
        closed = self.surface.text[here.end - 1] in ".!?"
        return alike >= FEWEST and (not closed or any(text in BARS for text in texts))

    def about(self, token: Token) -> Token | None:
        """The first name of the row that the token stands in, where it fills a cell."""
        line = self.surface.line_of[token.i]
        marks = self._bounds.get(line)
        if marks is None:
            return None
        at = marks[0]
        while at > 0 and self.surface.line_of[at - 1] == line:
            at -= 1
        first = next((i for i in range(at, token.i) if i in self.surface.named), None)
        if first is None or self._cell(first) == self._cell(token.i):
            return None
        opening = range(self._cell(first)[0], first)
        return self.doc[first] if all(self.doc[i].lower_ in JOINED for i in opening) else None

    def fills(self, name: Token) -> bool:
        """Whether a cell of a row holds the name, or a list that it opens, and nothing else."""
        line = self.surface.line_of[name.i]
        if line not in self._bounds:
            return False
        start, end = self._cell(name.i)
        return all(i in self.surface.named or self.doc[i].lower_ in JOINED for i in range(start, end))

    def _cell(self, index: int) -> tuple[int, int]:
        line = self.surface.line_of[index]
        marks = self._bounds[line]
        start, end = index, index + 1
        while start > 0 and start - 1 not in marks and self.surface.line_of[start - 1] == line:
            start -= 1
        while end < len(self.doc) and end not in marks and self.surface.line_of[end] == line:
            end += 1
        return start, end
