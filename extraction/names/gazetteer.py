"""Known names in running text: a trie over words, longest and shorter matches alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

WORD = re.compile(r"\w+|[^\w\s]")
FOLD = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "—": "-"})
_END = ""


class Gazetteer(Generic[T]):
    """Names with a payload each; `find` gives every occurrence of every name in a text.

    A name does not go over the end of a line. Matching is case-sensitive, but a word in capitals of four letters and
    more ("CHINA") also matches its usual spelling.
    """

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for name, payload in names:
            node = self._root
            for word in WORD.findall(name.translate(FOLD)):
                node = node.setdefault(word, {})
            node.setdefault(_END, []).append(payload)

    def find(self, text: str) -> Iterator[tuple[int, int, list[T]]]:
        """(start, end, payloads) in characters, by start, then length."""
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text.translate(FOLD))]
        for i, (_, start, _) in enumerate(words):
            node: dict[str, Any] | None = self._root
            j = i
            while j < len(words) and node and (node := self._step(node, words[j][0])):
                if j > i and "\n" in text[words[j - 1][2] : words[j][1]]:
                    break
                j += 1
                if _END in node:
                    yield start, words[j - 1][2], node[_END]

    @staticmethod
    def _step(node: dict[str, Any], word: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = node.get(word)
        if found is None and len(word) >= 4 and word.isupper():
            found = node.get(word.capitalize())
        if found is None and word in {"OF", "AND", "THE", "FOR", "ON"}:
            found = node.get(word.lower())
        return found
