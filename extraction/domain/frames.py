"""Relation frames (knowledge/frames.yaml): which words state which relation, and where subject and object stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extraction.domain.lexicon import KNOWLEDGE
from extraction.errors import BadDomain
from extraction.facts import Status

FRAMES = KNOWLEDGE / "frames.yaml"
KINDS = ("verb", "noun", "adjective", "preposition", "construction", "label")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument stands, in order of preference, and the types it may have."""

    roles: tuple[str, ...]
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to state one relation.

    name        unique; statements carry it
    predicate   property of the ontology
    triggers    (kind, lemma) pairs; kind is one of KINDS
    subject, object
    confidence  prior, 0..1
    status      overrides what the clause says, or None
    pairs       whether the fillers of one slot relate to each other ("A and B cooperate")
    sure        how sure the reference to the object must be: above 0.9 it is named, above 0.75 no mere guess
    intransitive   whether a direct object makes it mean something else ("reports to X", not "reports Y to X")
    standing    whether the relation holds without a moment of its own, so that no date is looked for outside the clause
    """

    name: str
    predicate: str
    triggers: tuple[tuple[str, str], ...]
    subject: Slot
    object: Slot
    confidence: float
    status: Status | None
    pairs: bool
    standing: bool
    sure: float
    intransitive: bool


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames.

    index        trigger -> the frames that it may open
    phrasal      verbs that open frames together with other words ("set up", "put into practice")
    signatures   type of subject and of object -> the predicates that may join them
    """

    all: tuple[Frame, ...]
    index: dict[tuple[str, str], tuple[Frame, ...]]
    phrasal: frozenset[str]
    signatures: dict[tuple[str, str], frozenset[str]]


@cache
def load(*paths: Path) -> Frames:
    """Read frame files (the built-in one where none is given); raises BadDomain naming file and mistake."""
    frames: list[Frame] = []
    for path in paths or (FRAMES,):
        frames += _read(path)
    index: dict[tuple[str, str], tuple[Frame, ...]] = {}
    for frame in frames:
        for trigger in frame.triggers:
            index[trigger] = (*index.get(trigger, ()), frame)
    phrasal = frozenset(word.split()[0] for kind, word in index if kind == "verb" and " " in word)
    return Frames(tuple(frames), index, phrasal, _signatures(frames))


def _signatures(frames: list[Frame]) -> dict[tuple[str, str], frozenset[str]]:
    joined: dict[tuple[str, str], set[str]] = {}
    for frame in frames:
        for subject in frame.subject.types:
            for target in frame.object.types:
                joined.setdefault((subject, target), set()).add(frame.predicate)
    return {kinds: frozenset(predicates) for kinds, predicates in joined.items()}


def _read(path: Path) -> list[Frame]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise BadDomain(path, "it is not valid YAML", line) from error
    types: dict[str, list[str]] = data.get("types", {})
    words: dict[str, list[str]] = data.get("words", {})
    frames = [_frame(path, entry, types, words) for entry in data.get("frames", [])]
    names = [frame.name for frame in frames]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise BadDomain(path, f"two frames are called {repeated!r}")
    return frames


def _frame(path: Path, entry: dict[str, Any], types: dict[str, list[str]], words: dict[str, list[str]]) -> Frame:
    name = str(entry.get("name", "without a name"))
    for key in ("name", "predicate", "subject", "object"):
        if key not in entry:
            raise BadDomain(path, f"the frame {name!r} lacks {key!r}")
    triggers = tuple(
        (kind, word)
        for kind in KINDS
        for listed in _listed(entry.get(kind, ()))
        for word in (words[listed[1:]] if listed[1:] in words and listed[0] == "$" else [listed])
    )
    if not triggers:
        raise BadDomain(path, f"the frame {name!r} has no trigger: one of {', '.join(KINDS)}")
    return Frame(
        name=name,
        predicate=str(entry["predicate"]),
        triggers=triggers,
        subject=_slot(path, name, entry["subject"], types),
        object=_slot(path, name, entry["object"], types),
        confidence=float(entry.get("confidence", 0.9)),
        status=entry.get("status"),
        pairs=bool(entry.get("pairs", False)),
        standing=bool(entry.get("standing", False)),
        sure=float(entry.get("sure", 0.0)),
        intransitive=bool(entry.get("intransitive", False)),
    )


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value]


def _slot(path: Path, name: str, entry: Any, types: dict[str, list[str]]) -> Slot:
    if not isinstance(entry, dict) or "role" not in entry or "type" not in entry:
        raise BadDomain(path, f"subject and object of the frame {name!r} need a role and a type")
    kinds = [kind for listed in _listed(entry["type"]) for kind in types.get(listed, [listed])]
    return Slot(tuple(_listed(entry["role"])), frozenset(kinds))
