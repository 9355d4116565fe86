"""What is looked up once in a document before its candidate names are described."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon
from extraction.names.candidates import Witnesses
from extraction.names.clusters import Classes
from extraction.names.deeds import Deeds
from extraction.names.shapes import lines


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
        self.deeds = Deeds(self.lower, kinds, self.known, lexicon)
        self._prose = " ".join(word for word, heads in zip(words, self.heading, strict=True) if not heads)
        self._marked = _marked(words, seen)
        self.starts = [
            i == 0 or kinds[i - 1] == "B" or words[i - 1] in {".", "?", "!", ":", "•", "–", "—"}
            for i in range(len(words))
        ]

    def stands_in_prose(self, start: int, end: int) -> bool:
        """Whether the words of a heading stand elsewhere in a sentence, in the same capitals."""
        return " ".join(self.words[start:end]) in self._prose

    def elsewhere(self, start: int, end: int, own: str) -> str:
        """What our recogniser calls the same words elsewhere in the document: the surest class, "" for none.

        `own` is what it calls this stretch. (Chieu and Ng, 2002; Krishnan and Manning, 2006.)
        """
        found = self._marked.get(tuple(self.words[start:end]))
        if not found:
            return ""
        others = found - Counter({own: 1}) if own else found
        return max(sorted(others), key=others.__getitem__, default="")


def _marked(words: Sequence[str], seen: Witnesses) -> dict[tuple[str, ...], Counter[str]]:
    """How often our recogniser marks the same words as what."""
    marked: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for (start, end), label in seen.learned.items():
        marked[tuple(words[start:end])][label] += 1
    return marked


def _headings(words: Sequence[str], kinds: Sequence[str]) -> list[bool]:
    """For each token whether its line reads like a heading in title case: capitals throughout, no full stop."""
    out = [False] * len(words)
    for start, end in lines(kinds):
        line = [j for j in range(start, end) if words[j][0].isalpha()]
        capital = sum(kinds[j] == "C" for j in line)
        plain = sum(kinds[j] == "X" for j in line)
        if 2 <= len(line) <= 16 and plain <= 1 and capital >= 2 and words[end - 1] not in {".", ";", ",", "?"}:
            out[start:end] = [True] * (end - start)
    return out


def _cover(length: int, spans: dict[tuple[int, int], str]) -> list[tuple[int, int, str]]:
    """For each token the longest marked span it lies in, (0, 0, "") for none."""
    cover = [(0, 0, "")] * length
    for (start, end), label in sorted(spans.items(), key=lambda item: item[0][1] - item[0][0]):
        for i in range(start, end):
            cover[i] = (start, end, label)
    return cover
