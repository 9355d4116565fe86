"""The shapes of tokens, by which the grammar of names reads them: capitals, numbers, linkers, joining marks, breaks."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extraction.domain.lexicon import Lexicon

JOINERS = frozenset({"-", "–", "/", "&", "+", "'", "’", "'s", "’s", ",", "(", ")", ":", ".", "‑"})
HYPHENS = frozenset({"-", "–", "‑"})
OPENING = frozenset({"“", '"', "‘", "«", "「"})
CLOSING = frozenset({"”", '"', "’", "»", "」"})
MONTHS = frozenset(calendar.month_name[1:])
ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|[a-z]+ieth|inaugural)$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d$")


def shapes(doc: Doc, lexicon: Lexicon) -> list[str]:
    """One letter a token: C capitalised, N number, L linker, P joining mark, B break of line or clause, X other."""
    kinds = [_shape(token.text, lexicon) for token in doc]
    for token in doc:
        if (
            token.text in {"-", "–", "—", "/", "‑"}
            and token.whitespace_
            and (token.i == 0 or doc[token.i - 1].whitespace_)
        ):
            kinds[token.i] = "X"
        if token.i > 1 and kinds[token.i] == "X" and kinds[token.i - 1] == "P" and _is_compound(doc, token.i, lexicon):
            kinds[token.i] = "C"
    return kinds


def lines(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines and clauses that a break parts begin and end, in tokens."""
    start = 0
    for end in range(len(kinds) + 1):
        if end == len(kinds) or kinds[end] == "B":
            yield start, end
            start = end + 1


def run_before(kinds: Sequence[str], end: int, most: int) -> int:
    """Where the run of capitalised words and numbers begins that ends at `end`, `most` tokens before it at the most."""
    first = end
    while first and end - first < most and kinds[first - 1] in "CN":
        first -= 1
    return first


def _is_compound(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    """Whether a token ends a compound whose capital stands in front: "Anti-MONOPOLY", "High-LEVEL"."""
    prefix, hyphen, rest = (doc[i] for i in range(at - 2, at + 1))
    return prefix.text in lexicon.prefixes and hyphen.text in HYPHENS and not hyphen.whitespace_ and rest.is_alpha


def _shape(word: str, lexicon: Lexicon) -> str:
    if word.isspace():
        return "B" if "\n" in word else "L"
    if word[0].isdigit():
        return "N" if any(c.isdigit() for c in word) else "X"
    if any(c.isupper() for c in word):
        return "C"
    if word in lexicon.linkers:
        return "L"
    return "P" if word in JOINERS else "X"
