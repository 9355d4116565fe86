"""The roles of a trigger, as frames name them, and the tokens that fill them (CLEAR labels).

Roles of a verb: agent, patient, subject, attr, governed (what the verb above a purpose clause is about), compound
("Geneva-based"), or a preposition. Roles of a noun: self (what is said to be it: "X is a member", "X, member of Y"),
by, poss, mod, governor (who acts through it: "X took part in the launch"), deed (what is done by its means), or a
preposition.
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.statements.arguments import agents, governed, patients
from extraction.statements.phrases import by, prepositional
from extraction.statements.subjects import subject_of_noun, subjects
from extraction.statements.syntax import children, is_name, is_verbal, modifiers, name_before, possessor

# How the parser may hang what follows a name and a comma.
APART = ("appos", "dobj", "nsubj", "conj", "ROOT", "npadvmod", "pobj", "dep", "amod", "acl", "acomp", "advcl")

# Verbs whose object is among what they say.
COUNTING = ("count", "number", "have", "rank", "list", "include", "welcome")


def _attributes(verb: Token) -> list[Token]:
    return children(verb, "attr", "oprd", "acomp")


def _compounds(participle: Token) -> list[Token]:
    """ "Geneva-based": the name before the hyphen."""
    return [name for name in children(participle, "npadvmod", "compound") if participle.i - name.i == 2]


_VERB_ROLES = {
    "agent": agents,
    "patient": patients,
    "subject": subjects,
    "attr": _attributes,
    "governed": governed,
    "compound": _compounds,
}


def fill(trigger: Token, role: str) -> list[Token]:
    """Tokens that stand in `role` of the trigger."""
    if is_verbal(trigger):
        return _VERB_ROLES[role](trigger) if role in _VERB_ROLES else prepositional(trigger, role)
    return _noun_role(trigger, role)


def _noun_role(noun: Token, role: str) -> list[Token]:
    if role == "self":
        return selves(noun)
    if role == "poss":
        return possessor(noun)
    if role == "mod":
        return modifiers(noun) or (modifiers(noun.head) if noun.dep_ == "compound" else [])
    if role == "governor":
        return subject_of_noun(noun)
    if role == "by":
        return by(noun)
    if role == "deed":
        return deed(noun)
    return prepositional(noun, role)


def selves(noun: Token) -> list[Token]:
    """What the noun is predicated of: titles, appositions, copulas, "as"-phrases."""
    relation, head = noun.dep_, noun.head
    found: list[Token] = []
    if relation in ("compound", "nmod", "amod") and head.i > noun.i:
        found += [head] if is_name(head) else selves(head)
    near = name_before(noun.left_edge) if noun.left_edge.i and noun.doc[noun.left_edge.i - 1].text == "," else None
    if near is not None and relation in APART:
        found.append(near)
    elif relation == "appos":
        found.append(head)
    found += children(noun, "appos")
    if (opened := _opens(noun)) is not None:
        found.append(opened)
    found += [
        inner for prep in children(noun, "prep") for held in children(prep, "pobj") for inner in children(held, "appos")
    ]
    if relation == "nsubj" and head.lemma_ in ("include", "comprise"):
        found += children(head, "dobj")
    if relation == "nsubj" and head.lemma_ == "be":
        found += [name for name in children(head, "attr") if is_name(name)]
    if relation in ("attr", "acomp", "oprd") and is_verbal(head):
        found += patients(head) if head.lemma_ not in ("be", "become", "remain") else subjects(head)
        found = found or subjects(head)
    if relation == "dobj" and head.lemma_ in ("become", "remain", "be", "form", "constitute", "comprise"):
        found += subjects(head)
    if relation == "pobj" and (head.lower_ in ("as", "like") or f"{head.lower_} {noun.lower_}" == "in charge"):
        verb = head.head
        found += (patients(verb) or subjects(verb)) if is_verbal(verb) else [verb]
    if relation == "pobj" and head.lower_ == "among" and is_verbal(head.head):
        # "Among the speakers was X", "Among the members of Z, X has ..."; "Z counts X among its members"
        found += children(head.head, "dobj") if head.head.lemma_ in COUNTING else children(head.head, "nsubj", "attr")
    if any(child.lower_ == "other" for child in noun.children):
        # "X and other members of Y", "X joined ten other members of Y"
        found += [head] if relation == "conj" else subjects(head) if relation == "dobj" and is_verbal(head) else []
    if relation == "conj" and not found:
        found += selves(head) if not is_verbal(head) else []
    if relation == "xcomp" and is_verbal(head):
        found += subjects(head)
    return found


def deed(noun: Token) -> list[Token]:
    """What is done with the noun as means: "built with a grant from X", "set up with the support of X"."""
    head = noun.head
    for _ in range(3):
        if head.dep_ == "pobj" and not is_verbal(head):
            head = head.head
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        up = head.head
        return (patients(up) or subjects(up)) if is_verbal(up) else [up]
    return []


def _opens(noun: Token) -> Token | None:
    """The name that a noun phrase at the head of a sentence describes: "A member of X since 2018, Y ..."."""
    if noun.left_edge.i != noun.sent.start or noun.dep_ not in ("npadvmod", "advcl", "nsubj", "dep", "appos", "ROOT"):
        return None
    comma = noun.right_edge.i + (noun.right_edge.text != ",")
    at = comma + 1
    while at < noun.sent.end and noun.doc[at].lower_ in ("the", "mr", "ms", "mrs", "dr"):
        at += 1
    if comma >= noun.sent.end or noun.doc[comma].text != "," or at >= noun.sent.end or not is_name(noun.doc[at]):
        return None
    return noun.doc[at]
