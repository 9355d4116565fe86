"""The pipeline component `policy_statements`: frames met with a parsed surrogate Doc, as statements with evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction import arguments, syntax
from extraction.anaphora import singular
from extraction.dates import DateMention
from extraction.discourse import Referent
from extraction.facts import Document, Entity, Span, Statement
from extraction.frames import FRAMES, Frame, Frames, Slot, load
from extraction.nested import names_in_names, standing_groups
from extraction.parsing import Surface
from extraction.reference import Reference
from extraction.roles import fill
from extraction.status import speaker, status_of
from extraction.timing import Timing

ACTORS = frozenset(("Country", "GovernmentBody", "InternationalOrganization", "Organization", "Person"))
NAMED = 0.9
SHORT = 6
# A nominalisation's agent and patient, in the order in which they are looked for.
NOUN_ROLES = {"agent": ("by", "poss", "mod", "governor"), "patient": ("of", "poss", "mod")}
KIND_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "noun"}


@Language.factory("policy_statements", assigns=["doc.user_data"], default_config={"domain": None})
def make_statements(nlp: Language, name: str, domain: str | None) -> PolicyStatements:
    """Component over parsed surrogate Docs (`extraction.parsing.surrogate`): sets user_data["statements"].

    The frames of the domain pack in the folder `domain`, where it has any, join the built-in ones.
    """
    own = Path(domain) / "frames.yaml" if domain else None
    return PolicyStatements(load(FRAMES, own) if own and own.is_file() else load(FRAMES))


class PolicyStatements:
    """Sets `doc.user_data["statements"]`, sorted by position in the original text."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data["statements"] = statements(doc, self.frames)
        return doc


def statements(doc: Doc, frames: Frames) -> list[Statement]:
    """All statements that the frames find in a parsed surrogate Doc."""
    return Reading(doc, frames).statements()


class Reading:
    """One pass over one document."""

    def __init__(self, doc: Doc, frames: Frames) -> None:
        self.doc = doc
        self.frames = frames
        self.surface: Surface = doc.user_data["surface"]
        entities: dict[str, Entity] = doc.user_data.get("entities", {})
        self.discourse = Reference(doc, {key: entity.name for key, entity in entities.items()})
        document: Document | None = doc.user_data.get("document")
        self.timing = Timing(doc, document.date if document else "", self.discourse.names)
        self.filled: dict[tuple[int, str], list[Token]] = {}
        self.last: tuple[int, Frame | None, list[Statement]] = (-1, None, [])
        self.groups = standing_groups(doc, entities)
        self.named_in = names_in_names(doc, entities)

    def statements(self) -> list[Statement]:
        found: dict[tuple[str, str, str, int], Statement] = {}
        for sentence in self.doc.sents:
            for statement in self._sentence(sentence):
                key = (statement.subject, statement.predicate, statement.object, statement.start)
                if key not in found or found[key].confidence < statement.confidence:
                    found[key] = statement
        dated = self.timing.by_event(list(found.values()))
        return sorted(dated, key=lambda s: (s.start, s.end, s.subject, s.predicate, s.object))

    def _sentence(self, sentence: TokenSpan) -> Iterator[Statement]:
        dates = self.timing.dates(sentence)
        yield from self._labelled(sentence, dates)
        for token in sentence:
            if _elliptic(token):
                yield from self._elided(token, sentence)
            for frame, trigger in self._opened(token):
                found = list(self._met(frame, trigger, sentence, dates))
                if found and syntax.is_verbal(trigger) and "agent" in frame.subject.roles:
                    self.last = (trigger.i, frame, found)
                yield from found

    def _elided(self, verb: Token, sentence: TokenSpan) -> Iterator[Statement]:
        """ "B did not.", after "A signed X.": the last statement with another subject, and not so."""
        trigger, frame, found = self.last
        if (
            frame is None
            or self.discourse.sentence_of[verb.i] - self.discourse.sentence_of[trigger] > 1
            or trigger > verb.i
        ):
            return
        subjects = [
            ref for token in arguments.subjects(verb) for ref in self.discourse.referents(token, frame.subject.types)
        ]
        for target in {statement.object: statement for statement in found}.values():
            for subject in subjects:
                if subject.entity not in {statement.subject for statement in found}:
                    yield replace(
                        target,
                        subject=subject.entity,
                        status="negated",
                        date="",
                        confidence=round(0.85 * target.confidence, 3),
                        start=min(target.start, self.surface.offsets[sentence.start][0]),
                        end=self.surface.offsets[sentence.end - 1][1],
                        subject_span=Span(*self.surface.offsets[subject.token]),
                    )

    def _labelled(self, sentence: TokenSpan, dates: list[tuple[int, DateMention]]) -> Iterator[Statement]:
        """Frames that a label before the line opens ("Participants: X, Y and Z")."""
        for label in self._labels(sentence):
            opened = [frame for word in label.lower().split() for frame in self.frames.index.get(("label", word), ())]
            for frame in dict.fromkeys(opened):
                colon = next((token for token in sentence[: SHORT + 1] if token.text == ":"), sentence[0])
                yield from self._met(frame, colon, sentence, dates)
            if opened:
                return

    def _labels(self, sentence: TokenSpan) -> Iterator[str]:
        """What may be the sentence's label: before its colon, before its line, or the short line above a list."""
        for token in sentence[: SHORT + 1]:
            if token.text == ":":
                yield self.surface.text[self.surface.offsets[sentence.start][0] : self.surface.offsets[token.i][0]]
                break
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        if self.surface.offsets[sentence.start][0] < line.start:
            return
        if line.label:
            yield self.surface.text[slice(*line.label)]
        if line.intro is not None and line.item:
            intro = self.surface.lines[line.intro]
            words = self.surface.text[intro.start : intro.end]
            if len(words.split()) < SHORT and words.endswith(":"):
                yield words[:-1]

    def _opened(self, token: Token) -> Iterator[tuple[Frame, Token]]:
        """Frames whose trigger the token is."""
        index = self.frames.index
        if token.i in self.surface.named:
            if syntax.possessor(token) or any(
                child.i in self.surface.named or child.lower_ == "led" for child in syntax.modifiers(token)
            ):
                yield from ((frame, token) for frame in index.get(("construction", "possessive"), ()))
            if token.i in self.named_in:
                yield from ((frame, token) for frame in index.get(("construction", "name"), ()))
            if token.i in self.groups:
                yield from ((frame, token) for frame in index.get(("construction", "group"), ()))
            if token.dep_ in ("appos", "npadvmod") and token.head.i in self.surface.named:
                yield from ((frame, token) for frame in index.get(("construction", "comma"), ()))
            return
        if token.dep_ in ("prep", "agent"):
            yield from ((frame, token) for frame in index.get(("preposition", token.lower_), ()))
            return
        kind = KIND_OF.get(token.pos_)
        if kind is None:
            return
        lemma = token.lemma_.lower() if kind == "verb" else singular(token)
        keys = [lemma]
        if kind == "verb":
            keys += [f"{lemma} {child.lower_}" for child in token.children if child.dep_ == "prt"]
            keys += [f"{lemma} {child.lemma_.lower()}" for child in token.children if child.dep_ == "dobj"]
            keys += [
                f"{lemma} {child.lower_}"
                for child in token.children
                if child.dep_ == "advmod" and child.lower_ == "forward"
            ]
        for key in keys:
            yield from ((frame, token) for frame in index.get((kind, key), ()))

    def _met(
        self, frame: Frame, trigger: Token, sentence: TokenSpan, dates: list[tuple[int, DateMention]]
    ) -> Iterator[Statement]:
        objects = self._fill(frame.object, trigger)
        if not objects:
            return
        subjects = self._fill(frame.subject, trigger)
        if not subjects:
            return
        status = frame.status or ("asserted" if _stands(frame, trigger) else status_of(trigger))
        if status is None:
            return
        date = self.timing.date(trigger, dates, frame.standing)
        told = [ref.entity for token in speaker(trigger) for ref in self.discourse.single(token, ACTORS)]
        if (
            len(subjects) > 1
            and {ref.token for ref in subjects} & {ref.token for ref in objects}
            and not (frame.pairs or self._from_name(frame))
        ):
            return
        paired = self._paired(sentence, subjects, objects)
        for subject in subjects:
            for target in objects:
                if subject.entity == target.entity or (paired and (subject, target) not in paired):
                    continue
                if frame.named and target.certainty < NAMED:
                    continue
                if frame.pairs and subject.token >= target.token:
                    continue
                yield Statement(
                    subject=subject.entity,
                    predicate=frame.predicate,
                    object=target.entity,
                    status=status,
                    date=date,
                    confidence=round(frame.confidence * subject.certainty * target.certainty, 3),
                    start=self._passage_start(sentence, subject.token, target.token, frame),
                    end=max(self.surface.offsets[i][1] for i in (sentence.end - 1, subject.token, target.token)),
                    subject_span=Span(*self.surface.offsets[subject.token]),
                    object_span=Span(*self.surface.offsets[target.token]),
                    frame=frame.name,
                    attributed_to=told[0] if told else "",
                )

    def _passage_start(self, sentence: TokenSpan, subject: int, target: int, frame: Frame) -> int:
        """Where the passage begins: with the sentence, its label, or an earlier one that names what this leaves out."""
        first = min(sentence.start, subject, target)
        start = self.surface.offsets[self.doc[first].sent.start][0]
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        return min(start, line.label[0]) if line.label and frame.triggers[0][0] == "label" else start

    @staticmethod
    def _from_name(frame: Frame) -> bool:
        return {"part", "keeper"} & {*frame.subject.roles, *frame.object.roles} != set()

    @staticmethod
    def _paired(
        sentence: TokenSpan, subjects: list[Referent], objects: list[Referent]
    ) -> set[tuple[Referent, Referent]]:
        """ "A and B signed X and Y respectively": who goes with what."""
        if len(subjects) == len(objects) > 1 and any(token.lower_ == "respectively" for token in sentence):
            return set(zip(subjects, objects, strict=True))
        return set()

    def _fill(self, slot: Slot, trigger: Token) -> list[Referent]:
        for role in slot.roles:
            if found := self._role(role, trigger, slot.types):
                return found
        return []

    def _role(self, role: str, trigger: Token, types: frozenset[str]) -> list[Referent]:
        if role == "head":
            return self.discourse.single(trigger.head, types)
        if role == "object":
            tokens = [trigger] if trigger.i in self.surface.named else syntax.children(trigger, "pobj")
        elif role in ("owned", "whole"):
            return self.discourse.single(trigger, types)
        elif role == "part":
            return [
                Referent(entity, kind, trigger.i, 1.0) for entity, kind in self.named_in[trigger.i] if kind in types
            ]
        elif role == "keeper":
            return [Referent(*self.groups[trigger.i], trigger.i, 1.0)] if self.groups[trigger.i][1] in types else []
        elif role == "owner":
            tokens = [*syntax.possessor(trigger), *syntax.modifiers(trigger)]
            tokens += [sub for token in tokens if token.lower_ == "led" for sub in token.children]
        elif role == "understood":
            return self._understood(trigger, types)
        elif role == "state":
            agentless = syntax.is_passive(trigger) if syntax.is_verbal(trigger) else trigger.dep_ == "ROOT"
            return self.discourse.state(trigger, types) if agentless else []
        elif role == "topic":
            return self.discourse.topic(trigger, types)
        elif role == "salient":
            return self.discourse.salient(trigger, types)
        elif role == "content":
            return self.discourse.content(trigger, types)
        else:
            if role in NOUN_ROLES and not syntax.is_verbal(trigger):
                for exact in NOUN_ROLES[role]:
                    if found := self._role(exact, trigger, types):
                        return found
                return []
            at = (trigger.i, role)
            if at not in self.filled:
                # Frames that share a trigger ask for the same roles.
                self.filled[at] = fill(trigger, role)
            tokens = self.filled[at]
            if role == "self" and (included := self.discourse.examples(trigger, types)):
                return included
            if (
                not tokens
                and role == "patient"
                and trigger.tag_ == "VBN"
                and (trigger.dep_ == "ROOT" or arguments.by(trigger))
            ):
                return self.discourse.understood(trigger, types)
            if not tokens and role == "agent" and _unsaid(trigger):
                return self.discourse.opener(trigger, types)
            if (
                role in ("in", "at")
                and self.discourse.here is not None
                and any(child.lower_ == "here" for child in trigger.children)
            ):
                tokens = [*tokens, self.doc[self.discourse.here]]
        return list(
            dict.fromkeys(
                ref
                for token in tokens
                for ref in self.discourse.referents(token, types)
                if token.i != trigger.i or role == "object"
            )
        )

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
            if syntax.is_passive(trigger) and arguments.subjects(trigger):
                return []
        return self.discourse.understood(trigger, types)


def _elliptic(token: Token) -> bool:
    """Whether the token is an auxiliary left alone and denied ("had not", "did not")."""
    if token.lemma_ not in ("do", "have", "be") or token.dep_ in ("aux", "auxpass"):
        return False
    relations = {child.dep_ for child in token.children if child.i > token.i or child.dep_ == "nsubj"}
    return (
        "neg" in relations
        and "nsubj" in relations
        and not relations & {"dobj", "xcomp", "ccomp", "attr", "acomp", "prep"}
    )


def _stands(frame: Frame, trigger: Token) -> bool:
    """Whether the words state the relation whatever the clause around them says ("may meet X, head of Y")."""
    if trigger.dep_ in ("attr", "oprd") or syntax.is_verbal(trigger):
        return False
    return frame.standing or any(kind in ("construction", "label", "preposition") for kind, _ in frame.triggers)


def _unsaid(verb: Token) -> bool:
    """Whether the verb is the main one of a sentence without a subject ("Decides to establish X")."""
    if not syntax.is_verbal(verb) or syntax.is_passive(verb):
        return False
    while verb.dep_ in ("xcomp", "conj", "pcomp", "prep", "advcl", "aux") and verb.head != verb:
        verb = verb.head
    return verb.head == verb and not syntax.children(verb, "nsubj", "nsubjpass")
