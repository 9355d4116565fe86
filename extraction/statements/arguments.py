"""Who does what a verb says and what it is done to: its agents and patients.

Functions take a token and answer with tokens: heads of noun phrases, relative pronouns already replaced by what they
stand for.
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.statements.control import sharing
from extraction.statements.phrases import RELATIVE, antecedent, by, directly
from extraction.statements.subjects import asides, subjects
from extraction.statements.syntax import children, is_name, is_passive, is_verbal


def agents(verb: Token) -> list[Token]:
    """Who does it: the subject of an active verb, the by-phrase of a passive one."""
    own = by(verb) if is_passive(verb) else subjects(verb)
    return [*own, *companions(verb, own), *likewise(verb)]


def companions(verb: Token, agents_found: list[Token]) -> list[Token]:
    """Who does it too: "together with X", "jointly with X", "in partnership with X"."""
    hosts = [verb, *asides(verb), *agents_found, *children(verb, "dobj", "advmod", "npadvmod", "nsubjpass")]
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
        found += directly(up, "with")
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
    if verb.lemma_ == "join" and any(child.lower_ == "other" for noun in own for child in noun.children):
        # "joined seventy other states, including X": what it joins is not said
        return []
    if own := own or _shifted(verb):
        return own
    if verb.dep_ == "relcl" and not children(verb, "nsubjpass"):
        subject = children(verb, "nsubj")
        if subject and subject[0].lower_ not in RELATIVE:
            return [verb.head]
    shared = [child for child in verb.children if child.dep_ == "conj" and is_verbal(child)]
    for other in shared:
        if not children(other, "nsubj", "nsubjpass") and not _complete(verb, other):
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


def _shifted(verb: Token) -> list[Token]:
    """ "signed with X the Y", "concluded in May a Y": the object behind a phrase, which the parser hangs on that."""
    return [
        name
        for prep in children(verb, "prep")
        for noun in prep.subtree
        for name in children(noun, "appos")
        if is_name(name) and name.left_edge.dep_ == "det" and name.doc[name.left_edge.i - 1].text not in (",", "(", "–")
    ][:1]


def _complete(verb: Token, other: Token) -> bool:
    """ "took part in X, and launched Y": whether the verb has its complement and a comma parts it from the other."""
    parted = any(token.text == "," for token in verb.doc[verb.i + 1 : other.i])
    return parted and any(child.i < other.i for child in children(verb, "prep"))


def governed(verb: Token) -> list[Token]:
    """What the main verb is about, for a purpose clause below it ("adopted X in order to carry out Y")."""
    up = verb.head
    for _ in range(3):
        if up.dep_ in ("prep", "pobj", "acl") and not is_verbal(up):
            up = up.head
    if verb.dep_ in ("advcl", "acl", "xcomp", "pcomp") and is_verbal(up):
        return patients(up)
    return []
