"""Which stretches of a text may state something: the others need not be parsed.

What states something names a thing or speaks of one by a definite description ("the Act"); dates and what ends in a
colon bear on the sentences after them. A quarter of the words of a white paper stand elsewhere.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise

from extraction.statements.anaphora import anaphora

ENDS = frozenset((".", "!", "?", "…", "...", ".”", '."'))
CLOSING = frozenset(('"', "”", "’", "'", ")", "]"))
POINTING = frozenset(("the", "this", "that", "these", "those", "said", "both"))
# Words from a determiner to its noun, itself included: "the said draft", "the two neighbouring countries".
PHRASE = 4
DATE = re.compile(r"(?:1[89]|20)\d\d|" + "|".join(calendar.month_name[1:]))
# A shorter word before a full stop may be an abbreviation.
SHORT = 3


def surely_ended(words: Sequence[str], at: int) -> bool:
    """Whether a sentence ends before the word `at`, whatever a parser says."""
    last = at - 1
    if last > 0 and words[last] in CLOSING:
        last -= 1
    return last > 0 and words[last] in ENDS and len(words[last - 1]) > SHORT and words[at][:1].isupper()


def telling(words: Sequence[str], starts: Sequence[bool | int | None], named: Collection[int]) -> list[int]:
    """The indices of the words in stretches, from one sure sentence start to the next, that may state something."""
    bounds = sorted({0, len(words), *(i for i, start in enumerate(starts) if start)})
    return [i for start, end in pairwise(bounds) if _tells(words, range(start, end), named) for i in range(start, end)]


def _tells(words: Sequence[str], stretch: range, named: Collection[int]) -> bool:
    return (
        words[stretch[-1]] in (":", ",")
        or any(i in named or DATE.fullmatch(words[i]) for i in stretch)
        or any(words[i].lower() in POINTING and _meant(words[i + 1 : min(i + PHRASE, stretch.stop)]) for i in stretch)
    )


def _meant(phrase: Sequence[str]) -> bool:
    return any(word.lower() in _nouns() for word in phrase)


@cache
def _nouns() -> frozenset[str]:
    """The nouns of definite descriptions, singular and plural."""
    words = anaphora()
    nouns = {*words.descriptions, *words.pairs}
    return frozenset(form for noun in nouns for form in (noun, noun + "s", noun + "es", noun[:-1] + "ies"))
