"""Where the arguments of a trigger stand in a dependency parse (CLEAR labels, as the stock English pipelines give).

Every function takes a token and answers with tokens: heads of noun phrases, relative pronouns already replaced by what
they stand for. Roles of a verb: agent, patient, attr, governed, or the word of a preposition ("in", "with").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from extraction.domain.lexicon import KNOWLEDGE, word_sets
from extraction.statements.syntax import (
    DEEP,
    MODIFIER,
    SUBJECT,
    children,
    conjuncts,
    described,
    is_name,
    is_passive,
    is_verbal,
    name_before,
    possessor,
    type_of,
)

RELATIVE = frozenset({"which", "who", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Sharing:
    """The content of control.yaml."""

    control: frozenset[str]
    joint: frozenset[str]
    working: frozenset[str]


@cache
def sharing(path: Path = KNOWLEDGE / "control.yaml") -> Sharing:
    return Sharing(**word_sets(path))


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The surface subject, inherited through coordination, control, participles and relative clauses."""
    if verb.dep_ not in ("conj", "acl") and (follows := described(verb)) is not None:
        return [follows]
    own = [child for child in verb.children if child.dep_ in SUBJECT]
    own = own or [noun for aside in _asides(verb) for noun in children(aside, "nsubj")]
    if own:
        return [found for child in own for found in antecedent(child, verb)]
    if depth > DEEP:
        return []
    head, relation = verb.head, verb.dep_
    if relation in ("acl", "relcl"):
        return _of_modifier(verb, head, depth)
    if relation == "xcomp" or relation == "ccomp" or relation == "advcl":
        if relation == "xcomp" and head.lemma_ == "call" and (called := [*_direct(head, "on"), *_direct(head, "upon")]):
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


def _asides(verb: Token) -> list[Token]:
    """ "Ten states, A and B included, signed": the participle to which the parser gave the subject."""
    return [child for child in verb.children if child.dep_ == "parataxis" and child.lower_ == "included"]


def antecedent(token: Token, verb: Token) -> list[Token]:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.lower_ in RELATIVE and token.tag_ in ("WDT", "WP", "IN", "WP$"):
        up = verb
        for _ in range(DEEP):
            near = name_before(token) if up.dep_ in ("relcl", "ccomp", "conj") else None
            if near is not None and (token.lower_ != "who" or type_of(near) == "Person" or up.dep_ != "relcl"):
                return [near]
            if up.dep_ == "relcl":
                return [up.head]
            if up.head == up:
                break
            up = up.head
    return [token]


def _of_modifier(verb: Token, noun: Token, depth: int) -> list[Token]:
    """Subject of a clause that modifies a noun: the noun, or for "a plan to sign" whoever has the plan."""
    infinitive = any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children)
    if not infinitive:
        # ", set up by ..." belongs to the name just before the comma, whatever noun the parser hung it on
        near = name_before(verb) if verb.i and verb.doc[verb.i - 1].text == "," else None
        return [near] if near is not None and near != noun and not is_name(noun) else [noun]
    return possessor(noun) or _direct(noun, "of") or by(noun) or [*subject_of_noun(noun, depth + 1), noun]


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


def agents(verb: Token) -> list[Token]:
    """Who does it: the subject of an active verb, the by-phrase of a passive one."""
    own = by(verb) if is_passive(verb) else subjects(verb)
    return [*own, *companions(verb, own), *likewise(verb)]


def companions(verb: Token, agents_found: list[Token]) -> list[Token]:
    """Who does it too: "together with X", "jointly with X", "in partnership with X"."""
    hosts = [verb, *_asides(verb), *agents_found, *children(verb, "dobj", "advmod", "npadvmod", "nsubjpass")]
    hosts += [noun for prep in verb.children if prep.dep_ in ("prep", "agent") for noun in children(prep, "pobj")]
    found: list[Token] = []
    for host in hosts:
        for child in host.children:
            if child.dep_ != "prep":
                continue
            inner = [child, *children(child, "prep")]
            for prep in inner:
                before = prep.doc[prep.i - 1].lower_ if prep.i else ""
                if prep.lower_ == "alongside" or (prep.lower_ == "with" and before in sharing().joint):
                    found += children(prep, "pobj")
    for agent in agents_found:
        at = agent.i + 1
        while at < len(verb.doc) and verb.doc[at].text == ",":
            at += 1
        if at + 2 < len(verb.doc) and verb.doc[at].lower_ in sharing().joint and verb.doc[at + 1].lower_ == "with":
            found += [token for token in verb.doc[at + 2 : at + 4] if is_name(token)]
    up = verb.head
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and is_verbal(up) and up.lemma_ in sharing().working:
        # "worked with X to set up Y"
        found += _direct(up, "with")
        if up.lemma_ == "join":
            # "joined ten others to issue Y"
            found += children(up, "dobj")
    return list(dict.fromkeys(found))


def likewise(verb: Token) -> list[Token]:
    """ "as did X": X does it too."""
    return [
        other
        for child in verb.children
        if child.dep_ == "advcl" and child.lemma_ == "do" and any(mark.lower_ == "as" for mark in child.children)
        for other in children(child, "nsubj", "dobj")
    ]


def patients(verb: Token) -> list[Token]:
    """What it is done to: the object of an active verb (shared by coordinated verbs), the subject of a passive one."""
    if is_passive(verb):
        return subjects(verb)
    own = [found for child in children(verb, "dobj") for found in antecedent(child, verb)]
    if own:
        return own
    if verb.dep_ == "relcl" and not children(verb, "nsubjpass"):
        subject = children(verb, "nsubj")
        if subject and subject[0].lower_ not in RELATIVE:
            return [verb.head]
    shared = [child for child in verb.children if child.dep_ == "conj" and is_verbal(child)]
    for other in shared:
        if not children(other, "nsubj", "nsubjpass"):
            return patients(other)
    if (
        verb.dep_ == "conj"
        and is_verbal(verb.head)
        and not children(verb, "prep", "ccomp", "xcomp", "acomp", "attr")
        and children(verb, "nsubj")
    ):
        # "which the parliament passed and the president signed"
        return patients(verb.head) if not is_passive(verb.head) else []
    return []


def by(token: Token) -> list[Token]:
    """Agents in a by-phrase; coordinated participles share it ("drafted and adopted by")."""
    found = [
        child
        for phrase in token.children
        if phrase.dep_ == "agent" or (phrase.lower_ == "by" and phrase.dep_ == "prep")
        for child in children(phrase, "pobj")
    ]
    if found or not is_verbal(token):
        return found
    for other in token.children:
        if other.dep_ == "conj" and is_verbal(other) and _shares(token, other):
            return by(other)
    if token.dep_ == "conj" and is_verbal(token.head) and token.head.i < token.i:
        return [child for phrase in token.head.children if phrase.dep_ == "agent" for child in children(phrase, "pobj")]
    # A by-phrase that the parser hung on the object: "was adopted on Monday by", "issued in 2019 by".
    return [
        child
        for prep in token.children
        if prep.dep_ == "prep"
        for noun in children(prep, "pobj")
        for phrase in noun.children
        if phrase.lower_ == "by"
        for child in children(phrase, "pobj")
    ]


def _shares(first: Token, second: Token) -> bool:
    """Whether nothing but conjunctions and adverbs parts two verbs, so that what follows belongs to both."""
    between = first.doc[first.i + 1 : second.i]
    return all(token.dep_ in ("cc", "conj", "punct", "advmod", "prt") or is_verbal(token) for token in between)


def prepositional(token: Token, word: str) -> list[Token]:
    """Objects of the preposition `word` on the token, or on a neighbour where the parser hung it there."""
    found = _direct(token, word)
    if found:
        return found
    hosts: list[Token] = []
    if is_verbal(token):
        hosts += children(token, "dobj", "nsubjpass", "attr", "prt", "advmod", "xcomp", "oprd")
        nouns = [noun for prep in token.children if prep.dep_ in ("prep", "agent") for noun in children(prep, "pobj")]
        # "hosted by the Government of A in B"
        hosts += [
            *nouns,
            *(inner for noun in nouns for prep in children(noun, "prep") for inner in children(prep, "pobj")),
        ]
        hosts += [
            child
            for child in token.children
            if child.dep_ == "conj" and is_verbal(child) and not children(child, "nsubj", "nsubjpass")
        ]
    else:
        hosts += [
            noun
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ != word
            for noun in children(prep, "pobj")
        ]
        hosts += children(token, "advmod", "amod")
        if token.dep_ in MODIFIER and not is_name(token.head):
            hosts.append(token.head)
        if token.dep_ in ("attr", "nsubj") and token.head.lemma_ in ("be", "become", "remain"):
            # "of which X is a member", "whose seat is in Y"
            hosts.append(token.head)
    for host in hosts:
        for noun in [host, *conjuncts(host)]:
            found += _direct(noun, word)
    return found


def _direct(token: Token, word: str) -> list[Token]:
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "mark") and child.lower_ == word:
            found += children(child, "pobj", "pcomp")
            for more in conjuncts(child):
                if more.lower_ == word:
                    found += children(more, "pobj")
            for inner in children(child, "prep"):
                found += children(inner, "pobj")
        elif (
            child.dep_ == "prep"
            and child.lower_ != "according"
            and any(inner.lower_ == word and inner.dep_ == "prep" for inner in child.children)
        ):
            found += _direct(child, word)
    return [target for noun in found for target in _relative_object(noun, token)]


def _relative_object(noun: Token, verb: Token) -> list[Token]:
    """ "in which", "to whom": what the pronoun stands for."""
    return antecedent(noun, verb) if noun.lower_ in RELATIVE else [noun]


def governed(verb: Token) -> list[Token]:
    """What the main verb is about, for a purpose clause below it ("adopted X in order to carry out Y")."""
    up = verb.head
    for _ in range(3):
        if up.dep_ in ("prep", "pobj", "acl") and not is_verbal(up):
            up = up.head
    if verb.dep_ in ("advcl", "acl", "xcomp", "pcomp") and is_verbal(up):
        return patients(up)
    return []
