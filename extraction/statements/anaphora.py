"""The words that stand for, or stand before, a named thing: the content of references.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from extraction.domain.lexicon import KNOWLEDGE, read


@dataclass(frozen=True, slots=True)
class Anaphora:
    """The content of references.yaml: noun -> types."""

    descriptions: dict[str, frozenset[str]]
    transparent: dict[str, frozenset[str]]
    carriers: tuple[str, ...]
    naming: frozenset[str]
    examples: frozenset[str]
    pairs: frozenset[str]
    quantities: frozenset[str]


@cache
def anaphora(path: Path = KNOWLEDGE / "references.yaml") -> Anaphora:
    data = read(path)
    return Anaphora(
        descriptions=_inverted(data["descriptions"]),
        transparent=_inverted(data["transparent"]),
        carriers=tuple(data["carriers"]),
        naming=frozenset(data["naming"]),
        examples=frozenset(data["examples"]),
        pairs=frozenset(data["pairs"]),
        quantities=frozenset(data["quantities"]),
    )


def _inverted(nouns: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in nouns.items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def singular(noun: Token) -> str:
    """Lemma of a noun, of a capitalised plural ("Delegations") too."""
    lemma = noun.lemma_.lower()
    if noun.tag_ in ("NNPS", "NNP") and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma
