"""Definite descriptions: which thing named before "the Strategy", "the two countries" or "the agency" means."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import log2

from spacy.tokens import Token

from extraction.statements.discourse import COUNTS, Referent
from extraction.statements.listing import Listing

DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "both", "said", "such", "its", "their", "same", "his", "her", "our"]
)
UNLIKE = frozenset(
    [
        "other",
        "another",
        "first",
        "second",
        "third",
        "next",
        "previous",
        "earlier",
        "separate",
        "similar",
        "such",
        "different",
        "several",
        "future",
    ]
)
# Without an article these mean no particular one ("Minister of State").
ABSTRACT = frozenset(("state", "nation", "government"))
PLAIN = re.compile(r" (?:of|on|for|to|concerning|regarding|in|against|between|with|no\.?|n[°º]\.?|\() ?")
REACH = 6


class Descriptions(Listing):
    """What the definite descriptions of a parsed surrogate Doc mean."""

    def described(self, noun: Token, lemma: str, kinds: frozenset[str], types: frozenset[str]) -> list[Referent]:
        """The last thing named that a definite description fits; one whose name has the noun is the better guess."""
        determiner = next((child.lower_ for child in noun.children if child.dep_ in ("det", "poss")), "")
        capital = noun.text[0].isupper() and not noun.is_sent_start and lemma not in ABSTRACT
        if determiner not in DEFINITE and not capital:
            return []
        if self.is_plural(noun) and lemma not in ("rule", "measure", "provision", "guideline", "talk"):
            return []
        extra = [child for child in noun.children if child.dep_ in ("compound", "amod", "nmod")]
        if any(child.lower_ in UNLIKE or child.i in self.surface.named for child in extra):
            return []
        if any(child.dep_ == "prep" and child.lower_ in ("of", "on", "for", "between") for child in noun.children):
            return []
        wanted = [child.lower_ for child in extra if child.dep_ == "compound"]
        best: tuple[float, int] | None = None
        here = self.sentence_of[noun.i]
        seen: Counter[str] = Counter()
        first = next((self.surface.named[i][0] for i in self.order if self.surface.named[i][1] in kinds), "")
        for index in self.order:
            if index >= noun.i:
                break
            entity, kind = self.surface.named[index]
            seen[entity] += 1
            if kind not in types:
                continue
            words = _words(f"{self.names.get(entity, '')} {self.written(index)}")
            if not all(word in words for word in wanted):
                continue
            matching = lemma in words or noun.lower_ in words
            heading = bool({_head(self.names.get(entity, "")), _head(self.written(index))} & {lemma, noun.lower_})
            distance = here - self.sentence_of[index]
            if not matching and (wanted or distance > REACH):
                continue
            if kind not in kinds and not heading:
                continue
            value = (
                2.0 * matching
                + 4.0 * heading
                + self.prominence(self.doc[index])
                - 0.5 * min(distance, 10)
                + 0.5 * min(seen[entity], 4)
                + log2(1 + self.counts[entity])
                + 3.0 * (entity == first)
            )
            if best is None or value >= best[0]:
                best = (value, index)
        if best is None:
            return []
        entity, kind = self.surface.named[best[1]]
        return [Referent(entity, kind, noun.i, 0.92 if best[0] >= 4.0 else 0.75)]

    def points_back(self, noun: Token) -> bool:
        """Whether a plural means parties just named: "the two countries", not "African countries"."""
        before = [child for child in noun.children if child.i < noun.i]
        if not self.is_plural(noun) or any(child.lower_ in UNLIKE or child.text[0].isupper() for child in before[1:]):
            return False
        return any(child.lower_ in DEFINITE or child.lower_ in COUNTS for child in before) or noun.lower_ in COUNTS

    @staticmethod
    def is_plural(noun: Token) -> bool:
        return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("two", "both", "three")


@lru_cache(maxsize=10_000)
def _head(name: str) -> str:
    """The head noun of a name, in lower case: "act" of "Data Act 2018", "decree" of "Decree on the Data Act"."""
    words = PLAIN.split(name.lower(), maxsplit=1)[0].split()
    return next((word for word in reversed(words) if word.isalpha()), "")


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(name.lower().replace("-", " ").split())
