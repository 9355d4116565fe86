"""What a sentence does with the things it names: the word for a deed that stands nearest before or behind a name.

"Agreed on the Roadmap" makes it an agreement, "released the Roadmap" an initiative. No parse: names come before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon

ENDS = frozenset({".", ";", "?", "!", "•"})
AUXILIARIES = frozenset({"was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "will", "would"})
PARTIES = frozenset({"Country", "InternationalOrganization"})
ARTICLES = frozenset({"a", "an", "its", "their", "the", "his", "her"})
COPULAS = frozenset({",", "–", "—", "(", "is", "was", "are", "were", "-"})
STOPS = frozenset(
    [
        "of",
        "for",
        "that",
        "which",
        "who",
        "to",
        "in",
        "by",
        "on",
        "with",
        "where",
        "whose",
        "from",
        "and",
        "at",
        ",",
        ".",
        ";",
        ")",
        "(",
        "–",
        "—",
    ]
)
AHEAD, BEHIND, DESCRIBED = 24, 8, 8


class Deeds:
    """The deeds of a text by token: `lower` its words, `kinds` their shapes, `known` the registry's spans."""

    def __init__(
        self, lower: Sequence[str], kinds: Sequence[str], known: Sequence[tuple[int, int, str]], lexicon: Lexicon
    ) -> None:
        self.lower, self.kinds = lower, kinds
        self._before: list[tuple[int, str]] = []
        self._parties: list[int] = []
        at, deed, parties = -1, "", 0
        found = [lexicon.deeds.get(word, "") if kind == "X" else "" for word, kind in zip(lower, kinds, strict=True)]
        for i, word in enumerate(lower):
            self._before.append((at, deed))
            self._parties.append(parties)
            if kinds[i] == "B" or word in ENDS:
                at, deed, parties = -1, "", 0
            elif found[i]:
                at, deed = i, found[i]
            elif known[i][0] == i and known[i][2] in PARTIES:
                parties += 1
        self._found = found

    def features(self, s: int, e: int, heads: str) -> list[str]:
        """What is done with the name from `s` to `e`, whose head is of the classes `heads`."""
        out = []
        at, deed = self._before[s]
        if deed and s - at <= AHEAD:
            near = "near" if s - at <= 3 else "mid" if s - at <= 9 else "far"
            joint = f"parties{min(self._parties[at], 2)}"
            out += [f"deed={deed}", f"deed={deed}&{near}", f"deed={deed}&{heads}", f"deed={deed}&{heads}&{near}"]
            out += [f"deed={deed}&{joint}", f"deed={deed}&{joint}&{heads}", "deedword=" + self.lower[at]]
            out += [f"deedword={self.lower[at]}&{heads}"]
        out.append(f"parties{min(self._parties[s], 2)}&{heads}")
        passive = ""
        for i in range(e, min(e + BEHIND, len(self.lower))):
            if self.kinds[i] == "B" or self.lower[i] in ENDS:
                break
            if self.lower[i] in AUXILIARIES:
                passive = "passive"
            if self._found[i]:
                after = f"after={self._found[i]}{passive}"
                out += [after, f"{after}&{heads}"]
                break
        if noun := self._described(e):
            out += ["isa=" + noun, f"isa={noun}&{heads}"]
        return out

    def _described(self, e: int) -> str:
        """The noun by which an apposition or copula behind a name says what it is ("X, an online PLATFORM for")."""
        if e + 2 >= len(self.lower) or self.lower[e] not in COPULAS or self.lower[e + 1] not in ARTICLES:
            return ""
        noun = ""
        for i in range(e + 2, min(e + 2 + DESCRIBED, len(self.lower))):
            if self.lower[i] in STOPS or self.kinds[i] == "B" or self.lower[i] in AUXILIARIES:
                break
            if self.kinds[i] == "X":
                noun = self.lower[i]
        return noun
