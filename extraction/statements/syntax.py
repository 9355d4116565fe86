"""Small steps through a dependency parse (CLEAR labels): children, coordinates, clauses, voice, neighbouring names."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from extraction.statements.control import sharing

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
ACTIVE = frozenset({"nsubj", "dobj", "ccomp", "xcomp", "aux"})
VERBAL = frozenset({"VERB", "AUX"})
MODIFIER = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})
DEEP = 8
LINKS = frozenset({",", ";", "and", "&", "the"})
# What opens a name beside another, and what may follow it.
CLOSERS = {",": (",", ";", ".", ")", "–", "—", "|", ":", "/"), "(": (")", ",", ";")}
KIND = {
    "Country": "actor",
    "GovernmentBody": "actor",
    "InternationalOrganization": "actor",
    "Organization": "actor",
    "Person": "person",
    "Law": "instrument",
    "Agreement": "instrument",
    "Initiative": "instrument",
    "Forum": "forum",
    "Place": "place",
}


def is_verbal(token: Token) -> bool:
    return token.pos_ in VERBAL


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its logical object."""
    if _is_undergone(verb):
        return True
    if verb.tag_ != "VBN":
        relations = {child.dep_ for child in verb.children}
        return verb.tag_ == "VBD" and ("nsubjpass" in relations or (verb.dep_ == "acl" and not relations & ACTIVE))
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or described(verb) is not None:
        return True
    if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.dep_ in ("acl", "relcl", "advcl", "amod"):
        return True
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return not any(child.dep_ in SUBJECT for child in verb.children) and is_passive(verb.head)
    return not any(child.dep_ in ("nsubj", "dobj") for child in verb.children)


def _is_undergone(verb: Token) -> bool:
    """ "the Treaty, agreed with X, ..." where the parser makes an active verb of the participle."""
    words, lemma = sharing(), verb.lemma_.lower()
    said = (("instrument", words.undergone), ("forum", words.staged))
    kinds = {kind for kind, verbs in said if lemma in verbs}
    if verb.tag_ not in ("VBD", "VBN") or not kinds:
        return False
    relations = {child.dep_ for child in verb.children}
    return not relations & {"dobj", "ccomp", "xcomp", "aux"} and any(
        child.dep_ == "nsubj" and child.i < verb.i and KIND.get(type_of(child)) in kinds for child in verb.children
    )


def described(participle: Token) -> Token | None:
    """The name that a past participle without auxiliary follows after a comma: "X, set up by Y"."""
    if participle.tag_ != "VBN" or participle.i < 2 or participle.doc[participle.i - 1].text != ",":
        return None
    return None if any(child.dep_ in ("aux", "auxpass") for child in participle.children) else name_before(participle)


def name_before(token: Token) -> Token | None:
    """The name that a relative clause or an apposition follows at once, whatever noun the parser hung it on."""
    before = token.i - 1
    if before > 0 and token.doc[before].lower_ in (
        "of",
        "in",
        "to",
        "with",
        "by",
        "for",
        "under",
        "at",
        "on",
        "through",
    ):
        before -= 1
    if before > 0 and token.doc[before].text == ",":
        before -= 1
    return token.doc[before] if before >= 0 and is_name(token.doc[before]) else None


def beside(name: Token) -> Token | None:
    """The name that this one follows in brackets, or after a comma and before the end of what is said of it.

    Between a person and a body a title may stand ("N. N., director, Data Office").
    """
    doc, before, after = name.doc, name.i - 1, name.i + 1
    if before > 0 and doc[before].lower_ == "the":
        before -= 1
    opened = doc[before].text if before > 0 else ""
    if opened not in CLOSERS or (after < len(doc) and doc[after].text not in CLOSERS[opened]):
        return None
    if is_name(doc[before - 1]):
        return doc[before - 1]
    at = before - 1
    while at > 0 and before - at <= DEEP and doc[at].pos_ in ("NOUN", "ADJ", "PROPN", "ADP", "CCONJ", "PUNCT"):
        if doc[at].text in (",", "/") and type_of(doc[at - 1]) == "Person":
            return doc[at - 1]
        if doc[at].is_punct or is_name(doc[at]):
            return None
        at -= 1
    return None


def is_name(token: Token) -> bool:
    """Whether the token stands for a mention."""
    return token.i in token.doc.user_data["surface"].named


def entity_of(token: Token) -> str:
    """The entity that the token names, "" for other words."""
    return str(token.doc.user_data["surface"].named.get(token.i, ("", ""))[0])


def type_of(token: Token) -> str:
    """Type of the mention that the token stands for, "" for other words."""
    return str(token.doc.user_data["surface"].named.get(token.i, ("", ""))[1])


def conjuncts(token: Token) -> list[Token]:
    """Coordinates that follow the token, nested ones too; of a name, those of its list, however it was parsed."""
    found: list[Token] = []
    todo = [token]
    while todo:
        for child in todo.pop().children:
            if child.dep_ == "conj":
                found.append(child)
                todo.append(child)
    return found + [name for name in listed_after(token) if name not in found]


def listed_after(name: Token) -> list[Token]:
    """The other names of "A, B and C", of three or more of one kind, after its first one."""
    if not is_name(name):
        return []
    doc, at = name.doc, name.i + 1
    run: list[Token] = []
    closed = False
    while at < len(doc) and doc[at].lower_ in LINKS:
        while at < len(doc) and doc[at].lower_ in LINKS:
            closed = closed or doc[at].lower_ in ("and", "&")
            at += 1
        if at >= len(doc) or not is_name(doc[at]) or KIND.get(type_of(doc[at])) != KIND.get(type_of(name)):
            break
        run.append(doc[at])
        at += 1
        if closed:
            return run if len(run) > 1 else []
    return []


def children(token: Token, *relations: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


def clause_of(token: Token) -> Token:
    """The nearest verb above a token (itself included), or the root."""
    for _ in range(40):
        if is_verbal(token) and token.dep_ not in ("amod", "compound", "aux", "auxpass"):
            return token
        if token.head == token:
            return token
        token = token.head
    return token


def within(token: Token, tops: Iterable[Token]) -> bool:
    """Whether the token is one of `tops` or stands below one of them."""
    marks = {top.i for top in tops}
    while token.i not in marks:
        if token.head == token:
            return False
        token = token.head
    return True


def modifiers(noun: Token) -> list[Token]:
    """Names and nouns that stand before the noun as its modifiers, in one phrase with it."""
    return [
        child
        for child in noun.children
        if child.dep_ in MODIFIER
        and child.i < noun.i
        and not any(_parts(token) for token in noun.doc[child.i : noun.i])
    ]


def _parts(token: Token) -> bool:
    """Whether a mark parts two phrases; a bracket or a hyphen does not."""
    return token.text in ("|", ";", ",", "/", ".", ":", "·", "•") or bool(token.is_sent_end)


def possessor(noun: Token) -> list[Token]:
    """Whose the noun is; of "A's B, C" the parser may make C what A has."""
    return children(noun, "poss") if not noun.i or noun.doc[noun.i - 1].text != "," else []
