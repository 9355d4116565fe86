"""What is looked up once in a document before its candidate names are described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon
from extraction.names.candidates import Witnesses
from extraction.names.clusters import Classes


class Context:
    """What is looked up once per document: words, their lower forms, which spans witnesses marked where, counts."""

    def __init__(
        self, words: Sequence[str], kinds: Sequence[str], seen: Witnesses, lexicon: Lexicon, classes: Classes
    ) -> None:
        self.words, self.kinds, self.lexicon, self.classes = words, kinds, lexicon, classes
        self.lower = ["_" if word.isspace() else word.lower() for word in words]
        self.counts = Counter(words)
        self.lower_counts = Counter(word for word in words if word.islower())
        self.cover = {name: _cover(len(words), spans) for name, spans in (("s", seen.stock), ("l", seen.learned))}
        self.known = _cover(len(words), {span: kinds[0] for span, kinds in seen.registry.items() if kinds})
        self.heading = _headings(words, kinds)
        self.starts = [
            i == 0 or kinds[i - 1] == "B" or words[i - 1] in {".", "?", "!", ":", "•", "–", "—"}
            for i in range(len(words))
        ]


def _headings(words: Sequence[str], kinds: Sequence[str]) -> list[bool]:
    """For each token whether its line reads like a heading in title case: capitals throughout, no full stop."""
    out = [False] * len(words)
    start = 0
    for i in range(len(words) + 1):
        if i < len(words) and kinds[i] != "B":
            continue
        line = [j for j in range(start, i) if words[j][0].isalpha()]
        capital = sum(kinds[j] == "C" for j in line)
        plain = sum(kinds[j] == "X" for j in line)
        if 2 <= len(line) <= 16 and plain <= 1 and capital >= 2 and words[i - 1] not in {".", ";", ",", "?"}:
            out[start:i] = [True] * (i - start)
        start = i + 1
    return out


def _cover(length: int, spans: dict[tuple[int, int], str]) -> list[tuple[int, int, str]]:
    """For each token the longest marked span it lies in, (0, 0, "") for none."""
    cover = [(0, 0, "")] * length
    for (start, end), label in sorted(spans.items(), key=lambda item: item[0][1] - item[0][0]):
        for i in range(start, end):
            cover[i] = (start, end, label)
    return cover
