"""The subject of a verb or of a noun, through coordination, control, participles and relative clauses.

Functions take a token and answer with tokens: heads of noun phrases, relative pronouns already replaced by what they
stand for.
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.statements.control import sharing
from extraction.statements.phrases import antecedent, by, directly
from extraction.statements.syntax import (
    DEEP,
    SUBJECT,
    children,
    described,
    is_name,
    is_passive,
    is_verbal,
    name_before,
    possessor,
)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The surface subject, inherited through coordination, control, participles and relative clauses."""
    if verb.dep_ not in ("conj", "acl") and (follows := described(verb)) is not None:
        return [follows]
    own = [child for child in verb.children if child.dep_ in SUBJECT]
    own = own or [noun for aside in asides(verb) for noun in children(aside, "nsubj")]
    if own:
        return [found for child in own for found in antecedent(child, verb)]
    if depth > DEEP:
        return []
    head, relation = verb.head, verb.dep_
    if relation in ("acl", "relcl"):
        return _of_modifier(verb, head, depth)
    if relation in ("xcomp", "ccomp", "advcl", "acomp"):
        if (
            relation == "xcomp"
            and head.lemma_ == "call"
            and (called := [*directly(head, "on"), *directly(head, "upon")])
        ):
            return called
        if (
            relation == "xcomp"
            and head.lemma_ in sharing().control
            and (controlled := children(head, "dobj", "dative"))
        ):
            return controlled
        return subjects(head, depth + 1) if is_verbal(head) else possessor(head) or subject_of_noun(head, depth + 1)
    if relation == "conj":
        return subjects(head, depth + 1) if is_verbal(head) else subject_of_noun(head, depth + 1)
    if relation == "pcomp":
        return _through_preposition(head, depth)
    if relation == "amod" and children(verb, "npadvmod", "compound"):
        # "the Geneva-based agency"
        return [head]
    if relation in ("aux", "auxpass"):
        return subjects(head, depth + 1)
    return []


def asides(verb: Token) -> list[Token]:
    """ "Ten states, A and B included, signed": the participle to which the parser gave the subject."""
    return [child for child in verb.children if child.dep_ == "parataxis" and child.lower_ == "included"]


def _of_modifier(verb: Token, noun: Token, depth: int) -> list[Token]:
    """Subject of a clause that modifies a noun: the noun, or for "a plan to sign" whoever has the plan."""
    infinitive = any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children)
    if not infinitive:
        # ", set up by ..." belongs to the name just before the comma, whatever noun the parser hung it on
        near = name_before(verb) if verb.i and verb.doc[verb.i - 1].text == "," else None
        return [near] if near is not None and near != noun and not is_name(noun) else [noun]
    return possessor(noun) or directly(noun, "of") or by(noun) or [*subject_of_noun(noun, depth + 1), noun]


def _through_preposition(preposition: Token, depth: int) -> list[Token]:
    """Subject of a gerund after a preposition: of the verb or the holder of the noun above it."""
    head = preposition.head
    for _ in range(DEEP):
        if head.dep_ in ("prep", "pcomp", "advmod") and head.head != head and not is_verbal(head):
            head = head.head
        else:
            break
    if is_verbal(head):
        if head.lemma_ in sharing().control and (controlled := children(head, "dobj")):
            return controlled
        return subjects(head, depth + 1)
    return possessor(head) or subject_of_noun(head, depth + 1)


def subject_of_noun(noun: Token, depth: int = 0) -> list[Token]:
    """Who acts through a noun without an actor of its own: the subject of the verb that governs it."""
    head = noun
    for _ in range(DEEP):
        up = head.head
        if up == head:
            return []
        if is_verbal(up):
            if head.dep_ in ("dobj", "attr", "acomp", "prep", "oprd", "dative") and not (
                head.dep_ == "dobj" and is_passive(up)
            ):
                return subjects(up, depth + 1)
            if head.dep_ == "nsubjpass":
                return by(up)
            return []
        if head.dep_ not in ("pobj", "prep", "conj", "pcomp"):
            return []
        head = up
    return []
