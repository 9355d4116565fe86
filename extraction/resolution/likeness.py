"""How alike two names are: SoftTFIDF (Cohen, Ravikumar & Fienberg 2003) on their canonical forms.

Words weigh by how few names of the registry have them, which no corpus changes: a score is the same whatever else is
read. Two words are one where one is a misspelling of the other; two words that are both well known never are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from extraction.domain import registry
from extraction.resolution.canonical import Form, load

SHORTEST_MISSPELT = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two names: `score` 0..1, how many words were matched as misspellings, and words of each without a match."""

    score: float
    misspelt: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    same: int


@dataclass(frozen=True)
class Weights:
    """Inverse document frequency, in nats, of the words of the registry's names."""

    idf: dict[str, float]
    unseen: float

    def of(self, word: str) -> float:
        return self.idf.get(word, self.unseen)

    def attests(self, word: str) -> bool:
        """Whether a word is known to be spelt so."""
        return word in self.idf


@lru_cache(maxsize=4)
def weights(domain: Path | None = None) -> Weights:
    """The weights of words for a domain pack."""
    known, canon = registry.load(domain), load(domain)
    counts: Counter[str] = Counter()
    for entry in known:
        kind = known.types[entry.entity.type]
        counts.update({word for name in entry.names for word in canon.form(name, kind).words})
    total = len(known) + 1
    return Weights({word: math.log(total / count) for word, count in counts.items()}, math.log(total))


def compare(one: Form, other: Form, weights: Weights) -> Likeness:
    """The likeness of two forms of one class; marks and states are not looked at."""
    a, b = set(one.words), set(other.words)
    both = a & b
    same = _weigh(sorted(both), weights)
    left, right = sorted(a - both), sorted(b - both)
    matched, misspelt = same, 0
    total = 2 * same
    for word in list(left):
        found = max(((resemblance(word, o, weights), o) for o in right), default=(0.0, ""))
        if found[0]:
            weight = min(weights.of(word), weights.of(found[1]))
            matched, total, misspelt = matched + weight * found[0], total + 2 * weight, misspelt + 1
            left.remove(word)
            right.remove(found[1])
    # Two single words have been compared already.
    several = len(left) + len(right) > 2 or len(a) < len(one.words) or len(b) < len(other.words)
    if left and right and several and (alike := _together(one, left, other, right, weights)):
        weight = min(_weigh(left, weights), _weigh(right, weights))
        matched, total, misspelt = matched + weight * alike, total + 2 * weight, misspelt + (alike < 1)
        left, right = [], []
    total += _weigh(left, weights) + _weigh(right, weights)
    return Likeness(2 * matched / total if total else 0.0, misspelt, tuple(left), tuple(right), len(both))


def _together(one: Form, left: list[str], other: Form, right: list[str], weights: Weights) -> float:
    """The resemblance of what is left of two names, written as one word: "tele communication", "telecommunication"."""
    a, b = ("".join(word for word in form.words if word in of) for form, of in ((one, left), (other, right)))
    return 1.0 if a == b else resemblance(a, b, weights)


def resemblance(one: str, other: str, weights: Weights) -> float:
    """How likely one word is a misspelling of the other: 0, or from 0.8 up."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and longer.startswith(shorter):
        return 0.8
    if len(shorter) < SHORTEST_MISSPELT or (weights.attests(one) and weights.attests(other)):
        return 0.0
    allowed = 2 if len(longer) > 8 else 1
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if distance > allowed or (any(c.isdigit() for c in one + other) and not _read_badly(one, other)):
        return 0.0
    return max(0.8, 1 - distance / len(longer))


def _read_badly(one: str, other: str) -> bool:
    """Whether digits stand where a scanner took a letter for one: "c0mmission"."""
    letters = str.maketrans("015", "ols")
    return one.translate(letters) == other.translate(letters)


def _weigh(words: Iterable[str], weights: Weights) -> float:
    return sum(map(weights.of, words))
