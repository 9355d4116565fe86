"""Pairs of things that a sentence names, means or leaves out, and the way between them through the parse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extraction.statements import syntax
from extraction.statements.anaphora import anaphora, singular
from extraction.statements.descriptions import DEFINITE
from extraction.statements.discourse import ACTORS, FIRST_PERSON, Referent
from extraction.statements.reference import INSTRUMENTS, NEUTER, PERSONAL, PLURAL, Reference

PARTIES = ACTORS - {"Person"}
# What a word may stand for is asked for kind by kind, so that each has its likeliest antecedent.
KINDS = (PARTIES, INSTRUMENTS, frozenset(("Person",)), frozenset(("Forum",)))
IMPLIED = (PARTIES, INSTRUMENTS, frozenset(("Forum",)))
REACH = 6
CROWD, APART = 24, 70
SPOKEN = FIRST_PERSON | PERSONAL | NEUTER | PLURAL


class Pair(NamedTuple):
    """Two things of one sentence as subject and object of a possible statement."""

    subject: Referent
    object: Referent

    @property
    def certainty(self) -> float:
        """How sure it is that the two are meant."""
        return self.subject.certainty * self.object.certainty


@dataclass(frozen=True, slots=True)
class Path:
    """The way through the parse from one token to another: the tokens above each, and the one above both."""

    up: tuple[Token, ...]
    down: tuple[Token, ...]
    top: Token


def referents(sentence: TokenSpan, reference: Reference) -> list[Referent]:
    """Everything that the sentence names or means, in order, and last what it may leave out.

    The token of what is left out is that of its last mention, before the sentence.
    """
    found: list[Referent] = []
    named = reference.surface.named
    for token in sentence:
        if token.i in named:
            found.append(Referent(*named[token.i], token.i, 1.0))
        elif kinds := _meant(token):
            for kind in KINDS:
                found += [ref for ref in reference.single(token, kinds & kind) if ref.token == token.i]
    found = list(dict.fromkeys(found))
    if len(found) > CROWD:
        return [ref for ref in found if ref.certainty == 1.0]
    said = {ref.entity for ref in found}
    for kind in IMPLIED:
        found += [
            ref
            for ref in reference.last(sentence[0], kind, REACH, 0.7, said=False)
            if ref.entity not in said and ref.token < sentence.start
        ]
    return found


def _meant(token: Token) -> frozenset[str]:
    """The types of what a pronoun or a definite noun may mean; none for other words."""
    if token.lower_ in SPOKEN and token.pos_ in ("PRON", "DET"):
        return frozenset().union(*KINDS)
    if token.pos_ in ("NOUN", "PROPN") and any(child.lower_ in DEFINITE for child in token.children):
        return anaphora().descriptions.get(singular(token), frozenset())
    return frozenset()


def pairs(found: Iterable[Referent], signatures: Collection[tuple[str, str]], start: int) -> Iterator[Pair]:
    """Ordered pairs of things whose types some predicate joins, one of them named, one at or after token `start`."""
    things = list(found)
    for subject in things:
        for target in things:
            if (
                subject.entity != target.entity
                and subject.token != target.token
                and max(subject.token, target.token) >= start
                and max(subject.certainty, target.certainty) == 1.0
                and (subject.type, target.type) in signatures
                and (min(subject.certainty, target.certainty) < 1 or abs(subject.token - target.token) <= APART)
            ):
                yield Pair(subject, target)


def path(first: Token, second: Token) -> Path:
    """The way from `first` to `second`; coordinates of a name stand where its first one stands."""
    ups = above(leading(first))
    downs = above(leading(second))
    below = {token.i: at for at, token in enumerate(downs)}
    for at, token in enumerate(ups):
        if token.i in below:
            return Path(tuple(ups[:at]), tuple(downs[: below[token.i]]), token)
    return Path(tuple(ups), tuple(downs), ups[-1])


def leading(token: Token) -> Token:
    while token.dep_ == "conj" and not syntax.is_verbal(token.head):
        token = token.head
    return token


def above(token: Token) -> list[Token]:
    found = [token]
    while token.head != token and len(found) < 14:
        token = token.head
        found.append(token)
    return found
