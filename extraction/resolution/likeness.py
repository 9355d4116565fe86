"""How alike two names are: SoftTFIDF (Cohen, Ravikumar & Fienberg 2003) on their canonical forms.

Words weigh by how few names of the registry have them, which no corpus changes: a score is the same whatever else is
read. Two words are one where one is a misspelling of the other; two words that are both well known never are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from extraction.domain import compiled, registry
from extraction.resolution.canonical import Form, load

SHORTEST_MISSPELT = 5


class Likeness(NamedTuple):
    """Of two names: `score` 0..1, how many words were matched as misspellings, words of each without a match.

    same  how many words are the same
    """

    score: float
    misspelt: int
    left: frozenset[str]
    right: frozenset[str]
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """A form with what comparing it to many others takes.

    words  its words, each once; `odd` those that may be another word badly spelt, or its first letter
    each   what each word weighs, and `total` all of them
    twice  whether it has a word more than once
    """

    form: Form
    words: frozenset[str]
    odd: frozenset[str]
    each: dict[str, float]
    total: float
    twice: bool

    @classmethod
    def of(cls, form: Form, weights: Weights) -> Weighed:
        words = frozenset(form.words)
        odd = frozenset(word for word in words if len(word) == 1 or not weights.attests(word))
        each = {word: weights.of(word) for word in words}
        return cls(form, words, odd, each, math.fsum(each.values()), len(words) < len(form.words))


@lru_cache(maxsize=4)
def weights(domain: Path | None = None) -> Weights:
    """The weights of words for a domain pack."""
    return Weights(*(_weights(domain) if domain else compiled.kept("weights", lambda: _weights(None))))


def _weights(domain: Path | None) -> tuple[dict[str, float], float]:
    known, canon = registry.load(domain), load(domain)
    counts: Counter[str] = Counter()
    for entry in known:
        kind = known.types[entry.entity.type]
        counts.update({word for name in entry.names for word in canon.form(name, kind).words})
    total = len(known) + 1
    return {word: math.log(total / count) for word, count in counts.items()}, math.log(total)


def compare(one: Weighed, other: Weighed, weights: Weights) -> Likeness:
    """The likeness of two forms of one class; marks and states are not looked at."""
    both = one.words & other.words
    left, right = one.words - both, other.words - both
    matched, total = math.fsum(map(one.each.__getitem__, both)), one.total + other.total
    # Words that are well known, each in its own way, need not be compared.
    found = [] if one.odd <= both and other.odd <= both else list(_misspelt(left, right, weights))
    for a, b, alike in found:
        of_both = (weights.of(a), weights.of(b))
        matched, total = matched + min(of_both) * alike, total + 2 * min(of_both) - sum(of_both)
    misspelt = len(found)
    if found:
        left, right = left - {a for a, _, _ in found}, right - {b for _, b, _ in found}
    # Two single words have been compared already.
    several = len(left) + len(right) > 2 or one.twice or other.twice
    if left and right and several and (alike := _together(one.form, left, other.form, right, weights)):
        of_both = (_weigh(left, weights), _weigh(right, weights))
        matched, total = matched + min(of_both) * alike, total + 2 * min(of_both) - sum(of_both)
        left, right, misspelt = frozenset(), frozenset(), misspelt + (alike < 1)
    return Likeness(2 * matched / total if total else 0.0, misspelt, left, right, len(both))


def _misspelt(left: Iterable[str], right: Iterable[str], weights: Weights) -> Iterator[tuple[str, str, float]]:
    """Words of the one name with the likeliest of the other that each may be, badly spelt, and how alike they are."""
    rest = set(right)
    for word in sorted(left):
        alike, other = max(((resemblance(word, o, weights), o) for o in rest), default=(0.0, ""))
        if alike:
            rest.remove(other)
            yield word, other, alike


def _together(one: Form, left: Collection[str], other: Form, right: Collection[str], weights: Weights) -> float:
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
    """What words weigh together, in whatever order they come."""
    return math.fsum(map(weights.of, words))
