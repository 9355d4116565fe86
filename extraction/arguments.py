"""Where the arguments of a trigger stand in a dependency parse (CLEAR labels, as the stock English pipelines give).

Every function takes a token and answers with tokens: heads of noun phrases, relative pronouns already replaced by what
they stand for. Roles of a verb: agent, patient, attr, or the word of a preposition ("in", "with"). Roles of a noun: self (what is
said to be the noun: "X is a member", "X, member of"), agent, patient, poss, mod, or a preposition.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVE = frozenset({"which", "who", "that", "whom", "whose"})
MODIFIER = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})
# Verbs whose object, not subject, does what the infinitive says: "urged X to sign".
OBJECT_CONTROL = frozenset(
    "allow ask authorise authorize call challenge compel direct empower enable encourage expect force get help instruct "
    "support assist aid commend praise thank congratulate applaud invite lead mandate oblige order permit persuade press prompt push request require task tell urge want warn".split()
)
JOINT = frozenset("together jointly along cooperation co-operation collaboration partnership conjunction association concert coordination".split())
WORKING_WITH = frozenset("work cooperate co-operate collaborate partner team agree join liaise unite combine".split())
DEEP = 8


def is_verbal(token: Token) -> bool:
    return token.pos_ in VERBAL


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its logical object."""
    if verb.tag_ != "VBN":
        return any(child.dep_ == "nsubjpass" for child in verb.children) and verb.tag_ == "VBD"
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or _described(verb) is not None:
        return True
    if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if verb.dep_ in ("acl", "relcl", "advcl", "amod"):
        return True
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return not any(child.dep_ in SUBJECT for child in verb.children) and is_passive(verb.head)
    return not any(child.dep_ in ("nsubj", "dobj") for child in verb.children)


def _described(participle: Token) -> Token | None:
    """The name that a past participle without auxiliary follows after a comma: "X, set up by Y"."""
    if participle.tag_ != "VBN" or participle.i < 2 or participle.doc[participle.i - 1].text != ",":
        return None
    return None if any(child.dep_ in ("aux", "auxpass") for child in participle.children) else name_before(participle)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The surface subject, inherited through coordination, control, participles and relative clauses."""
    if verb.dep_ not in ("conj", "acl") and (described := _described(verb)) is not None:
        return [described]
    own = [child for child in verb.children if child.dep_ in SUBJECT]
    if own:
        return [found for child in own for found in _antecedent(child, verb)]
    if depth > DEEP:
        return []
    head, relation = verb.head, verb.dep_
    if relation in ("acl", "relcl"):
        return _of_modifier(verb, head, depth)
    if relation == "xcomp" or relation == "ccomp" or relation == "advcl":
        if relation == "xcomp" and head.lemma_ == "call" and (called := [*_direct(head, "on"), *_direct(head, "upon")]):
            return called
        if relation == "xcomp" and head.lemma_ in OBJECT_CONTROL and (controlled := children(head, "dobj", "dative")):
            return controlled
        return subjects(head, depth + 1) if is_verbal(head) else possessor(head) or subject_of_noun(head, depth + 1)
    if relation == "conj":
        return subjects(head, depth + 1) if is_verbal(head) else subject_of_noun(head, depth + 1)
    if relation == "pcomp":
        return _through_preposition(head, depth)
    if relation in ("aux", "auxpass"):
        return subjects(head, depth + 1)
    return []


def _antecedent(token: Token, verb: Token) -> list[Token]:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.lower_ in RELATIVE and token.tag_ in ("WDT", "WP", "IN", "WP$"):
        up = verb
        for _ in range(DEEP):
            if up.dep_ in ("relcl", "ccomp", "conj") and (near := name_before(token)) is not None:
                return [near]
            if up.dep_ == "relcl":
                return [up.head]
            if up.head == up:
                break
            up = up.head
    return [token]


def name_before(token: Token) -> Token | None:
    """The name that a relative clause or an apposition follows at once, whatever noun the parser hung it on."""
    before = token.i - 1
    if before > 0 and token.doc[before].lower_ in ("of", "in", "to", "with", "by", "for", "under", "at", "on", "through"):
        before -= 1
    if before > 0 and token.doc[before].text == ",":
        before -= 1
    return token.doc[before] if before >= 0 and is_name(token.doc[before]) else None


def is_name(token: Token) -> bool:
    """Whether the token stands for a mention."""
    return token.i in token.doc.user_data["surface"].named


def _of_modifier(verb: Token, noun: Token, depth: int) -> list[Token]:
    """Subject of a clause that modifies a noun: the noun, or for "a plan to sign" whoever has the plan."""
    infinitive = any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children)
    if not infinitive:
        # ", set up by ..." belongs to the name just before the comma, whatever noun the parser hung it on
        near = name_before(verb) if verb.i and verb.doc[verb.i - 1].text == "," else None
        return [near] if near is not None and near != noun and not is_name(noun) else [noun]
    return possessor(noun) or _direct(noun, "of") or by(noun) or [*subject_of_noun(noun, depth + 1), noun]


def _through_preposition(preposition: Token, depth: int) -> list[Token]:
    """Subject of a gerund after a preposition: of the verb, or the holder of the noun, that the preposition hangs on."""
    head = preposition.head
    for _ in range(DEEP):
        if head.dep_ in ("prep", "pcomp", "advmod") and head.head != head and not is_verbal(head):
            head = head.head
        else:
            break
    if is_verbal(head):
        if head.lemma_ in OBJECT_CONTROL and (controlled := children(head, "dobj")):
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
            if head.dep_ in ("dobj", "attr", "acomp", "prep", "oprd", "dative") and not (head.dep_ == "dobj" and is_passive(up)):
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
    hosts = [verb, *agents_found, *children(verb, "dobj", "advmod", "npadvmod", "nsubjpass")]
    hosts += [noun for prep in verb.children if prep.dep_ in ("prep", "agent") for noun in children(prep, "pobj")]
    found: list[Token] = []
    for host in hosts:
        for child in host.children:
            if child.dep_ != "prep":
                continue
            inner = [child, *children(child, "prep")]
            for prep in inner:
                before = prep.doc[prep.i - 1].lower_ if prep.i else ""
                if prep.lower_ == "alongside" or (prep.lower_ == "with" and before in JOINT):
                    found += children(prep, "pobj")
    for agent in agents_found:
        at = agent.i + 1
        while at < len(verb.doc) and verb.doc[at].text == ",":
            at += 1
        if at + 2 < len(verb.doc) and verb.doc[at].lower_ in JOINT and verb.doc[at + 1].lower_ == "with":
            found += [token for token in verb.doc[at + 2 : at + 4] if is_name(token)]
    up = verb.head
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and is_verbal(up) and up.lemma_ in WORKING_WITH:
        # "worked with X to set up Y"
        found += _direct(up, "with")
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
    own = [found for child in children(verb, "dobj") for found in _antecedent(child, verb)]
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
    if verb.dep_ == "conj" and is_verbal(verb.head) and not children(verb, "prep", "ccomp", "xcomp", "acomp", "attr") and children(verb, "nsubj"):
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
        if other.dep_ == "conj" and is_verbal(other) and not children(other, "nsubj", "nsubjpass"):
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


def prepositional(token: Token, word: str) -> list[Token]:
    """Objects of the preposition `word` on the token, or on its object or last coordinate where the parser hung it there."""
    found = _direct(token, word)
    if found:
        return found
    hosts: list[Token] = []
    if is_verbal(token):
        hosts += children(token, "dobj", "nsubjpass", "attr", "prt", "advmod", "xcomp", "oprd")
        hosts += [noun for prep in token.children if prep.dep_ in ("prep", "agent") for noun in children(prep, "pobj")]
        hosts += [child for child in token.children if child.dep_ == "conj" and is_verbal(child) and not children(child, "nsubj", "nsubjpass")]
    else:
        hosts += [noun for prep in token.children if prep.dep_ == "prep" and prep.lower_ != word for noun in children(prep, "pobj")]
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
        elif child.dep_ == "prep" and child.lower_ != "according" and any(inner.lower_ == word and inner.dep_ == "prep" for inner in child.children):
            found += _direct(child, word)
    return [target for noun in found for target in _relative_object(noun, token)]


def _relative_object(noun: Token, verb: Token) -> list[Token]:
    """ "in which", "to whom": what the pronoun stands for."""
    return _antecedent(noun, verb) if noun.lower_ in RELATIVE else [noun]


def possessor(noun: Token) -> list[Token]:
    return children(noun, "poss")


def modifiers(noun: Token) -> list[Token]:
    """Names and nouns that stand before the noun as its modifiers."""
    return [child for child in noun.children if child.dep_ in MODIFIER and child.i < noun.i]


def selves(noun: Token) -> list[Token]:
    """What the noun is predicated of: titles, appositions, copulas, "as"-phrases."""
    relation, head = noun.dep_, noun.head
    found: list[Token] = []
    if relation in ("compound", "nmod", "amod") and head.i > noun.i:
        found += [head] if is_name(head) else selves(head)
    near = name_before(noun.left_edge) if noun.left_edge.i and noun.doc[noun.left_edge.i - 1].text == "," else None
    if near is not None and relation in ("appos", "dobj", "nsubj", "conj", "ROOT", "npadvmod", "pobj", "dep"):
        found.append(near)
    elif relation == "appos":
        found.append(head)
    found += children(noun, "appos")
    found += [inner for prep in children(noun, "prep") for held in children(prep, "pobj") for inner in children(held, "appos")]
    if relation == "nsubj" and head.lemma_ in ("include", "comprise"):
        found += children(head, "dobj")
    if relation in ("attr", "acomp", "oprd") and is_verbal(head):
        found += patients(head) if head.lemma_ not in ("be", "become", "remain") else subjects(head)
        found = found or subjects(head)
    if relation == "dobj" and head.lemma_ in ("become", "remain", "be"):
        found += subjects(head)
    if relation == "pobj" and head.lower_ in ("as", "like") and head.dep_ == "prep":
        verb = head.head
        found += (patients(verb) or subjects(verb)) if is_verbal(verb) else [verb]
    if relation == "pobj" and head.lower_ == "among" and is_verbal(head.head):
        # "Among the speakers was X", "Among the members of Z, X has ..."
        found += children(head.head, "nsubj", "attr")
    if relation == "conj" and not found:
        found += selves(head) if head.pos_ not in VERBAL else []
    if relation == "xcomp" and is_verbal(head):
        found += subjects(head)
    return found


def conjuncts(token: Token) -> list[Token]:
    """Coordinates that follow the token, nested ones too."""
    found: list[Token] = []
    todo = [token]
    while todo:
        for child in todo.pop().children:
            if child.dep_ == "conj":
                found.append(child)
                todo.append(child)
    return found


def children(token: Token, *relations: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


def fill(trigger: Token, role: str) -> list[Token]:
    """Tokens that stand in `role` of the trigger."""
    if is_verbal(trigger):
        return _VERB_ROLES[role](trigger) if role in _VERB_ROLES else prepositional(trigger, role)
    return _noun_role(trigger, role)


def _attributes(verb: Token) -> list[Token]:
    return children(verb, "attr", "oprd", "acomp")


def _governed(verb: Token) -> list[Token]:
    """What the main verb is about, for a purpose clause below it ("adopted X in order to carry out Y")."""
    up = verb.head
    for _ in range(3):
        if up.dep_ in ("prep", "pobj", "acl") and not is_verbal(up):
            up = up.head
    if verb.dep_ in ("advcl", "acl", "xcomp", "pcomp") and is_verbal(up):
        return patients(up)
    return []


_VERB_ROLES = {"agent": agents, "patient": patients, "subject": subjects, "attr": _attributes, "governed": _governed}


def _noun_role(noun: Token, role: str) -> list[Token]:
    if role == "self":
        return selves(noun)
    if role == "poss":
        return possessor(noun)
    if role == "mod":
        return modifiers(noun)
    if role == "governor":
        return subject_of_noun(noun)
    if role == "by":
        return by(noun)
    if role == "deed":
        return deed(noun)
    return prepositional(noun, role)


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
