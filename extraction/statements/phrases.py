"""What stands in the prepositional phrases of a word, and what a relative pronoun stands for.

Functions take a token and answer with tokens: heads of noun phrases, relative pronouns already replaced by what they
stand for.
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.statements.syntax import (
    DEEP,
    MODIFIER,
    children,
    conjuncts,
    is_name,
    is_verbal,
    name_before,
    type_of,
)

RELATIVE = frozenset({"which", "who", "that", "whom", "whose"})


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


def by(token: Token) -> list[Token]:
    """Agents in a by-phrase; coordinated participles share it ("drafted and adopted by")."""
    found = [
        child
        for phrase in token.children
        if phrase.dep_ == "agent" or (phrase.lower_ == "by" and phrase.dep_ == "prep")
        for part in (phrase, *(more for more in conjuncts(phrase) if more.lower_ == "by"))
        for child in children(part, "pobj")
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
    found = directly(token, word)
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
            found += directly(noun, word)
    return found


def directly(token: Token, word: str) -> list[Token]:
    """Objects of the preposition `word` that hangs on the token itself."""
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
            found += directly(child, word)
    return [target for noun in found for target in _relative_object(noun, token)]


def _relative_object(noun: Token, verb: Token) -> list[Token]:
    """ "in which", "to whom": what the pronoun stands for."""
    return antecedent(noun, verb) if noun.lower_ in RELATIVE else [noun]
