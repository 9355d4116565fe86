"""Whether a clause states something as so, as planned, as not so, or not at all; and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Token

from extraction.arguments import is_verbal
from extraction.facts import Status

KNOWLEDGE = Path(__file__).parent / "knowledge"


@dataclass(frozen=True, slots=True)
class Moods:
    """The content of status.yaml: words by the status that they give to what stands below them."""

    planned: frozenset[str]
    negated: frozenset[str]
    undone: frozenset[str]
    modal: frozenset[str]
    possible: frozenset[str]
    conditional: frozenset[str]
    imagined: frozenset[str]
    speech: frozenset[str]


@cache
def moods(path: Path = KNOWLEDGE / "status.yaml") -> Moods:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Moods(**{name: frozenset(words) for name, words in data.items()})


def status_of(trigger: Token) -> Status | None:
    """The status of what `trigger` says; None where it is only supposed ("if X joined")."""
    planned = False
    negative = False
    token = trigger
    for _ in range(12):
        found = _at(token, token == trigger)
        if found == "none":
            return None
        planned |= found == "planned"
        negative ^= found == "negated"
        if token.head == token or not _carries(token):
            break
        token = token.head
    return "negated" if negative else "planned" if planned else "asserted"


def _carries(token: Token) -> bool:
    """Whether the status of what governs the token is that of the token too."""
    if token.dep_ in ("relcl", "advcl", "parataxis", "appos"):
        return token.dep_ == "advcl" and any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    if token.dep_ == "conj":
        # A coordinate with tense or subject of its own stands for itself.
        return not any(child.dep_ in ("aux", "nsubj", "nsubjpass") for child in token.children)
    if token.dep_ == "ccomp":
        return token.head.lemma_ in moods().negated | moods().undone | moods().planned | moods().imagined
    if token.dep_ == "acl" and token.tag_ in ("VBN", "VBG"):
        return False
    return token.dep_ not in ("nsubj",) or is_verbal(token.head)


def _at(token: Token, first: bool) -> str:
    """What one token says of what hangs below it: "planned", "negated", "none" or ""."""
    words = moods()
    lemma = token.lemma_.lower()
    found = ""
    if not first and (is_verbal(token) or token.pos_ in ("NOUN", "ADJ", "ADP", "SCONJ", "ADV")):
        found = "planned" if lemma in words.planned else "negated" if lemma in words.negated else ""
    if first and lemma in words.undone:
        found = "negated"
    for child in token.children:
        low = child.lower_
        if child.dep_ == "neg" or (low in ("never", "neither", "nor") and child.i < token.i):
            found = "" if found == "negated" else "negated"
        elif low == "no" and child.dep_ == "det" and first:
            found = "negated"
        elif child.dep_ == "aux" and low in words.modal and is_verbal(token):
            found = found or "planned"
        elif child.dep_ == "aux" and low in words.possible and is_verbal(token):
            found = found or "planned"
        elif (child.dep_ == "mark" and low in words.conditional) or (not first and lemma in words.imagined):
            return "none"
        elif low == "yet" and token.lemma_ in ("have", "be") and not first:
            found = "negated"
        elif child.dep_ in ("amod", "advmod", "compound") and low in ("draft", "planned", "proposed", "future", "forthcoming", "upcoming", "possible") and not is_verbal(token):
            found = found or "planned"
    if token.lemma_ == "be" and not first and found == "" and any(
        child.dep_ == "xcomp" and any(sub.lower_ == "to" for sub in child.children) for child in token.children
    ) and not any(child.dep_ in ("attr", "acomp") for child in token.children):
        found = "planned"
    return found


def speaker(trigger: Token) -> list[Token]:
    """Who reports what the trigger says ("the minister said that ..."), as tokens; empty where the text itself says it."""
    words = moods()
    token = trigger
    for _ in range(12):
        up = token.head
        if up == token:
            break
        if is_verbal(up) and up.lemma_ in words.speech and token.dep_ in ("ccomp", "xcomp", "parataxis", "acl"):
            return [child for child in up.children if child.dep_ == "nsubj"]
        token = up
    return [
        inner
        for child in token.children
        if child.dep_ == "prep" and child.lower_ == "according"
        for to in child.children
        for inner in to.children
        if inner.dep_ == "pobj"
    ] + [
        sub
        for child in token.children
        if child.dep_ in ("ccomp", "parataxis") and is_verbal(child) and child.lemma_ in words.speech
        for sub in child.children
        if sub.dep_ == "nsubj"
    ]
