"""Who fills the slots of a frame: its roles, met with the parse and with what the document has named before."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extraction.domain.frames import Frames, Slot
from extraction.statements import phrases, syntax
from extraction.statements.control import sharing
from extraction.statements.discourse import Referent
from extraction.statements.parsing import Surface
from extraction.statements.reference import Reference
from extraction.statements.roles import fill
from extraction.statements.rows import Rows
from extraction.statements.subjects import subjects

# A nominalisation's agent and patient, in the order in which they are looked for.
NOUN_ROLES = {"agent": ("by", "poss", "mod", "governor"), "patient": ("of", "poss", "mod")}
# Prepositions between a title and what it is held in.
EMPLOYED = ("of", "for", "at", "in", "to")

# What joins the names that fill a bracket, and how many words it may have.
JOINING = frozenset((",", ";", "and", "&", "the", "–", "-"))
WIDEST = 40


class Slots:
    """Fills slots in one document.

    named_in   token -> things named inside that name (`nested.names_in_names`)
    groups     token -> the organisation whose working group it is (`nested.standing_groups`)
    """

    def __init__(
        self,
        doc: Doc,
        frames: Frames,
        reference: Reference,
        named_in: dict[int, list[tuple[str, str]]],
        groups: dict[int, tuple[str, str]],
        rows: Rows,
    ) -> None:
        self.doc = doc
        self.rows = rows
        self.frames = frames
        self.reference = reference
        self.surface: Surface = doc.user_data["surface"]
        self.named_in = named_in
        self.groups = groups
        self._filled: dict[tuple[int, str], list[Token]] = {}

    def fill(self, slot: Slot, trigger: Token) -> list[Referent]:
        """What stands in the first role of the slot that something of its types fills."""
        for role in slot.roles:
            if found := self._role(role, trigger, slot.types):
                return found
        return []

    def _role(self, role: str, trigger: Token, types: frozenset[str]) -> list[Referent]:
        if role == "head":
            head = syntax.beside(trigger) or trigger.head
            between = self.doc[head.i + 1 : trigger.i]
            if trigger.dep_ == "prep" and any(token.i in self.surface.named for token in between):
                # "with A, B and states in C": C is said of the last
                return []
            if head.lower_ in sharing().shared or head.pos_ == "PRON":
                # "A, B and C, all of which", "A, a member of B": no part of them
                return []
            return self.reference.single(head, types)
        if role == "object" and trigger.i in self.surface.named:
            return self.reference.single(trigger, types)
        if role == "object":
            tokens = syntax.children(trigger, "pobj")
            if tokens and syntax.type_of(tokens[0]) not in ("", *types):
                # "the office of [a state], [a body] and": what follows is no coordinate of the state
                return []
        elif role in ("owned", "whole"):
            return self.reference.single(trigger, types)
        elif role == "part":
            return [
                Referent(entity, kind, trigger.i, 1.0) for entity, kind in self.named_in[trigger.i] if kind in types
            ]
        elif role == "keeper":
            return [Referent(*self.groups[trigger.i], trigger.i, 1.0)] if self.groups[trigger.i][1] in types else []
        elif role == "owner":
            tokens = [*syntax.possessor(trigger), *(token for token in syntax.modifiers(trigger) if self._close(token))]
            tokens += [sub for token in tokens if token.lower_ == "led" for sub in token.children]
        elif role == "listed":
            return self._in_brackets(trigger, types)
        elif role == "row":
            about = self.rows.about(trigger)
            return self.reference.single(about, types) if about is not None else []
        elif role == "understood":
            return self._understood(trigger, types)
        elif role == "state":
            verb = syntax.is_verbal(trigger)
            agentless = syntax.is_passive(trigger) and trigger.dep_ != "advcl" if verb else trigger.dep_ == "ROOT"
            return self.reference.state(trigger, types) if agentless else []
        elif role == "home":
            return self._home(trigger, types)
        elif role == "topic":
            return self.reference.topic(trigger, types)
        elif role == "salient":
            return self.reference.salient(trigger, types)
        elif role == "content":
            return self.reference.content(trigger, types)
        else:
            if role in NOUN_ROLES and not syntax.is_verbal(trigger):
                for exact in NOUN_ROLES[role]:
                    if found := self._role(exact, trigger, types):
                        return found
                return []
            at = (trigger.i, role)
            if at not in self._filled:
                # Frames that share a trigger ask for the same roles.
                self._filled[at] = fill(trigger, role)
            tokens = self._filled[at]
            if (
                role == "patient"
                and trigger.tag_ == "VBN"
                and (about := self.rows.about(trigger)) is not None
                and (found := self.reference.single(about, types))
            ):
                # "Data Act | passed by the Assembly | 2024"
                return found
            if role == "self" and (included := self.reference.examples(trigger, types)):
                return included
            if (
                not tokens
                and role == "patient"
                and trigger.tag_ == "VBN"
                and (trigger.dep_ == "ROOT" or phrases.by(trigger))
            ):
                return self.reference.understood(trigger, types)
            if not tokens and role == "agent" and _unsaid(trigger):
                return self.reference.opener(trigger, types)
            if (
                role in ("in", "at")
                and self.reference.here is not None
                and any(child.lower_ == "here" for child in trigger.children)
            ):
                tokens = [*tokens, self.doc[self.reference.here]]
        return list(
            dict.fromkeys(
                ref
                for token in tokens
                for ref in self.reference.referents(token, types)
                if token.i != trigger.i or role == "object"
            )
        )

    def _in_brackets(self, first: Token, types: frozenset[str]) -> list[Referent]:
        """ "(A; B)", "(A and B)": the names that fill a bracket, where they are two or more of the types."""
        run: list[Referent] = []
        for token in self.doc[first.i : first.i + WIDEST]:
            if token.i in self.surface.named:
                run += self.reference.single(token, types) or [Referent("", "", token.i, 0.0)]
            elif token.text == ")":
                return run if len(run) > 1 and all(ref.entity for ref in run) else []
            elif token.lower_ not in JOINING:
                return []
        return []

    def _close(self, name: Token) -> bool:
        """Whether a name before another is one phrase with it: no hyphen between two names, no gap of a table."""
        end, after = self.surface.offsets[name.i][1], self.doc[name.i + 1]
        between = self.surface.text[end : self.surface.offsets[after.i][0]]
        return between.strip('"“‘«') in (" ", "\n") or (between == "" and after.i not in self.surface.named)

    def _home(self, title: Token, types: frozenset[str]) -> list[Referent]:
        """The state of a president or minister whose title does not say whose it is."""
        near = [*syntax.possessor(title), *syntax.modifiers(title)]
        near += [noun for word in EMPLOYED for noun in phrases.prepositional(title, word)]
        if syntax.possessor(title) or any(syntax.type_of(token) not in ("", "Person") for token in near):
            return []
        before = next(
            (token for token in reversed(self.doc[max(0, title.i - 4) : title.i]) if syntax.is_name(token)), None
        )
        if before is not None and all(token.pos_ in ("ADJ", "NOUN", "PROPN") for token in self.doc[before.i : title.i]):
            # "Estonian Prime Minister X", "Agency President X": the parser gives the name to X
            return self.reference.single(before, types)
        after = next((token for token in self.doc[title.i + 1 : title.i + 3] if syntax.is_name(token)), None)
        if after is not None and any(prep.lower_ == "of" for prep in syntax.children(after, "prep")):
            return []
        return self.reference.home(title, types)

    def _understood(self, trigger: Token, types: frozenset[str]) -> list[Referent]:
        """What the clause leaves out; nothing where the trigger has an object or complement of its own."""
        if syntax.is_verbal(trigger):
            lemma = trigger.lemma_.lower()
            said = [
                child
                for child in syntax.children(trigger, "dobj", "ccomp", "xcomp")
                if ("verb", f"{lemma} {child.lemma_.lower()}") not in self.frames.index
            ]
            if said and not syntax.is_passive(trigger):
                return []
            if syntax.is_passive(trigger) and subjects(trigger):
                return []
        if _has_complement(trigger):
            return []
        return self.reference.understood(trigger, types)


def _has_complement(trigger: Token) -> bool:
    """ "took part in X", "members of X": whether what the words are about is named with them, fitting or not."""
    return any(
        syntax.type_of(noun) not in ("", "Place", "Country", "Person")
        for prep in syntax.children(trigger, "prep")
        if prep.lower_ in ("in", "of", "to")
        for noun in syntax.children(prep, "pobj")
    )


def _unsaid(verb: Token) -> bool:
    """Whether the verb is the main one of a sentence without a subject ("Decides to establish X")."""
    if not syntax.is_verbal(verb) or syntax.is_passive(verb):
        return False
    while verb.dep_ in ("xcomp", "conj", "pcomp", "prep", "advcl", "aux") and verb.head != verb:
        verb = verb.head
    return verb.head == verb and not syntax.children(verb, "nsubj", "nsubjpass")
