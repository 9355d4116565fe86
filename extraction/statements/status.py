"""Whether a clause states something as so, as planned, as not so, or not at all; and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from extraction.domain.lexicon import KNOWLEDGE, word_sets
from extraction.facts import Status
from extraction.statements.syntax import is_verbal


@dataclass(frozen=True, slots=True)
class Moods:
    """The content of status.yaml: words by the status that they give to what stands below them."""

    planned: frozenset[str]
    negated: frozenset[str]
    undone: frozenset[str]
    modal: frozenset[str]
    possible: frozenset[str]
    future: frozenset[str]
    conditional: frozenset[str]
    imagined: frozenset[str]
    speech: frozenset[str]


@cache
def moods(path: Path = KNOWLEDGE / "status.yaml") -> Moods:
    return Moods(**word_sets(path))


def status_of(trigger: Token) -> Status | None:
    """The status of what `trigger` says; None where it is only supposed ("if X joined")."""
    if trigger.sent[-1].text == "?":
        return None
    planned = negative = False
    token, below = trigger, None
    for _ in range(12):
        found = _at(token, below)
        if found == "none":
            return None
        planned |= found == "planned"
        negative ^= found == "negated"
        if token.head == token or not _carries(token):
            break
        token, below = token.head, token
    return "negated" if negative else "planned" if planned else "asserted"


def _carries(token: Token) -> bool:
    """Whether the status of what governs the token is that of the token too."""
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    if token.dep_ in ("parataxis", "appos"):
        return False
    if token.dep_ in ("advcl", "relcl"):
        return infinitive
    if token.dep_ == "conj":
        # A coordinate with tense or subject of its own stands for itself.
        return not any(child.dep_ in ("aux", "nsubj", "nsubjpass") for child in token.children)
    if token.dep_ == "ccomp":
        words = moods()
        return token.head.lemma_ in words.negated | words.undone | words.planned | words.imagined
    return not (token.dep_ == "acl" and token.tag_ in ("VBN", "VBG"))


def _at(token: Token, below: Token | None) -> str:
    """What one token says of itself (`below` None) or of what hangs below it: "planned", "negated", "none" or ""."""
    words = moods()
    found = _of_word(token, below)
    if found == "none":
        return found
    for child in token.children:
        low = child.lower_
        if child.dep_ == "neg" or (low in ("never", "neither", "nor") and child.i < token.i):
            found = "" if found == "negated" else "negated"
        elif child.dep_ == "aux" and low in words.modal | words.possible and is_verbal(token):
            found = found or "planned"
        elif child.dep_ == "mark" and low in words.conditional and token.dep_ != "ccomp":
            return "none"
        elif below is None and _denies(child):
            found = "negated"
        elif low in words.future and child.dep_ in ("amod", "advmod", "compound") and not is_verbal(token):
            found = found or "planned"
    return found


def _of_word(token: Token, below: Token | None) -> str:
    """What the word itself says of its complement; a coordinate is no complement."""
    words = moods()
    lemma = token.lemma_.lower()
    if below is None:
        infinitive = token.tag_ == "VBN" and {"TO"} & {child.tag_ for child in token.children if child.dep_ == "aux"}
        return "negated" if lemma in words.undone else "planned" if infinitive and token.dep_ != "xcomp" else ""
    if below.dep_ == "conj":
        return ""
    if lemma in words.imagined:
        return "none"
    if lemma == "have" and any(child.lower_ == "yet" for child in token.children):
        return "negated"
    if lemma == "be" and below.dep_ == "xcomp" and below.pos_ in ("VERB", "AUX"):
        return "planned"
    if below.dep_ == "advcl" and any(child.lemma_ in words.planned for child in token.children if child.dep_ == "dobj"):
        # "took steps to join X": the parser hangs the purpose on the verb
        return "planned"
    if is_verbal(token) or token.pos_ in ("NOUN", "ADJ", "ADP", "SCONJ", "ADV"):
        if lemma in words.planned and below.dep_ not in ("nsubj", "nsubjpass", "agent", "poss"):
            return "planned"
        return "negated" if lemma in words.negated and below.dep_ not in ("nsubj", "agent", "poss") else ""
    return ""


def _denies(child: Token) -> bool:
    """ "took no part", "no side signed", "neither A nor B signed"."""
    if child.dep_ not in ("dobj", "nsubj", "nsubjpass", "det"):
        return False
    if child.dep_ == "det":
        return child.lower_ == "no"
    return child.lower_ in ("none", "neither", "nobody") or any(
        inner.lower_ in ("no", "neither") for inner in child.children
    )


def speaker(trigger: Token) -> list[Token]:
    """Who reports what the trigger says ("the minister said that ..."), as tokens; empty for the text itself."""
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
