"""Words that say who does, or undergoes, what a verb says: the content of control.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extraction.domain.lexicon import KNOWLEDGE, word_sets


@dataclass(frozen=True, slots=True)
class Sharing:
    """The content of control.yaml."""

    control: frozenset[str]
    joint: frozenset[str]
    working: frozenset[str]
    undergone: frozenset[str]
    staged: frozenset[str]
    shared: frozenset[str]


@cache
def sharing(path: Path = KNOWLEDGE / "control.yaml") -> Sharing:
    return Sharing(**word_sets(path))
