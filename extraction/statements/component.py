"""The pipeline component `policy_statements`: frames met with a parsed surrogate Doc, as statements with evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction.domain.frames import FRAMES, Frame, Frames, load
from extraction.facts import Document, Entity, Span, Statement, Status
from extraction.statements import syntax
from extraction.statements.anaphora import anaphora, singular
from extraction.statements.dates import DateMention
from extraction.statements.discourse import ACTORS, Referent
from extraction.statements.nested import names_in_names, standing_groups
from extraction.statements.parsing import Surface
from extraction.statements.plausibility import Plausibility, plausibility
from extraction.statements.proposals import Proposals
from extraction.statements.reference import Reference
from extraction.statements.rows import Rows
from extraction.statements.slots import Slots
from extraction.statements.status import moods, speaker, status_of
from extraction.statements.subjects import subjects
from extraction.statements.timing import Timing
from extraction.statements.triggers import Triggers

# How a clause that says its own thing hangs on others.
MAIN = frozenset(("ROOT", "conj", "ccomp", "parataxis"))


@Language.factory("policy_statements", assigns=["doc.user_data"], default_config={"domain": None})
def make_statements(nlp: Language, name: str, domain: str | None) -> PolicyStatements:
    """Component over parsed surrogate Docs (`extraction.statements.parsing.surrogate`): sets user_data["statements"].

    The frames of the domain pack in the folder `domain`, where it has any, join the built-in ones.
    """
    own = Path(domain) / "frames.yaml" if domain else None
    return PolicyStatements(load(FRAMES, own) if own and own.is_file() else load(FRAMES))


class PolicyStatements:
    """Sets `doc.user_data["statements"]`, sorted by position in the original text."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames
        self.model = plausibility()

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data["statements"] = Reading(doc, self.frames, self.model).statements()
        return doc


class Reading:
    """One pass over one document, by frames and, where there is a `model`, by what was learned."""

    def __init__(self, doc: Doc, frames: Frames, model: Plausibility | None = None) -> None:
        self.doc = doc
        self.model = model
        self.surface: Surface = doc.user_data["surface"]
        entities: dict[str, Entity] = doc.user_data.get("entities", {})
        self.discourse = Reference(doc, {key: entity.name for key, entity in entities.items()})
        document: Document | None = doc.user_data.get("document")
        self.timing = Timing(doc, document.date if document else "", entities)
        self.last: tuple[int, Frame | None, list[Statement]] = (-1, None, [])
        inside, groups = names_in_names(doc, entities), standing_groups(doc, entities)
        rows = Rows(doc)
        self.triggers = Triggers(self.surface, frames, inside, groups, rows)
        self.slots = Slots(doc, frames, self.discourse, inside, groups, rows)
        self.proposals = Proposals(doc, frames, self.discourse, self.timing)

    def statements(self) -> list[Statement]:
        found: dict[tuple[str, str, str, int], Statement] = {}
        for sentence in self.doc.sents:
            for statement in self._sentence(sentence):
                key = (statement.subject, statement.predicate, statement.object, statement.start)
                other = found.get(key)
                if other is None or other.confidence < statement.confidence:
                    found[key] = replace(statement, date=statement.date or (other.date if other else ""))
                elif statement.date and not other.date:
                    found[key] = replace(other, date=statement.date)
        dated = self.timing.by_event(list(found.values()))
        return sorted(dated, key=lambda s: (s.start, s.end, s.subject, s.predicate, s.object))

    def _sentence(self, sentence: TokenSpan) -> Iterator[Statement]:
        dates = self.timing.dates(sentence)
        stated = list(self.by_frames(sentence, dates))
        yield from stated
        if self.model is not None:
            yield from self.proposals.of(sentence, stated, dates, self.model)

    def by_frames(self, sentence: TokenSpan, dates: list[tuple[int, DateMention]]) -> Iterator[Statement]:
        """What the frames find in one sentence; sentences are to be asked for in order."""
        self._meeting(sentence)
        for frame, trigger in self.triggers.of_label(sentence):
            yield from self._met(frame, trigger, sentence, dates)
        for token in sentence:
            if _elliptic(token):
                yield from self._elided(token, sentence)
            for frame, trigger in self.triggers.of(token):
                found = list(self._met(frame, trigger, sentence, dates))
                if found and syntax.is_verbal(trigger) and "agent" in frame.subject.roles:
                    self.last = (trigger.i, frame, found)
                yield from found

    def _meeting(self, sentence: TokenSpan) -> None:
        """Note the meeting at which the sentence says that something happened."""
        for token in sentence:
            if token.lower_ in ("at", "during", "on") and token.dep_ == "prep" and syntax.is_verbal(token.head):
                for noun in syntax.children(token, "pobj"):
                    if held := self.discourse.single(noun, frozenset(("Forum",))):
                        self.timing.at_meeting(sentence, held[0].entity)
                        return

    def _held(self, frame: Frame, trigger: Token, dates: list[tuple[int, DateMention]]) -> None:
        """Note when a meeting took place, in words that do not say where."""
        for meeting in self.slots.fill(frame.subject, trigger):
            if meeting.type == "Forum":
                self.timing.tell("hosted", meeting.entity, self.timing.date(trigger, dates, standing=True))

    def _elided(self, verb: Token, sentence: TokenSpan) -> Iterator[Statement]:
        """ "B did not.", "so did B", "B will", after "A signed X.": the last statement with another subject."""
        trigger, frame, found = self.last
        if (
            frame is None
            or self.discourse.sentence_of[verb.i] - self.discourse.sentence_of[trigger] > 1
            or trigger > verb.i
            or not (_denied(verb) or self._repeats(verb, trigger))
        ):
            return
        others = [ref for token in subjects(verb) for ref in self.discourse.referents(token, frame.subject.types)]
        for target in {statement.object: statement for statement in found}.values():
            for subject in others:
                if subject.entity not in {statement.subject for statement in found}:
                    yield replace(
                        target,
                        subject=subject.entity,
                        status=_answered(verb),
                        date="",
                        confidence=round(0.85 * target.confidence, 3),
                        start=min(target.start, self.surface.offsets[sentence.start][0]),
                        end=self.surface.offsets[sentence.end - 1][1],
                        subject_span=Span(*self.surface.offsets[subject.token]),
                    )

    def _repeats(self, verb: Token, trigger: int) -> bool:
        """Whether what the trigger says is the main thing said just before an auxiliary left alone."""
        for before in reversed(self.doc[trigger : verb.i]):
            if syntax.is_verbal(before) and (before.dep_ in MAIN or before.i == trigger):
                return before.i == trigger and before.dep_ in MAIN
        return False

    def _met(
        self, frame: Frame, trigger: Token, sentence: TokenSpan, dates: list[tuple[int, DateMention]]
    ) -> Iterator[Statement]:
        if frame.intransitive and syntax.is_verbal(trigger) and _has_own_object(trigger, frame):
            return
        objects = self.slots.fill(frame.object, trigger)
        if not objects:
            if frame.predicate == "locatedIn" and "Forum" in frame.subject.types:
                self._held(frame, trigger, dates)
            return
        subjects = self.slots.fill(frame.subject, trigger)
        status = frame.status or ("asserted" if _stands(frame, trigger) else status_of(trigger))
        if status is None:
            return
        built = frame.triggers[0][0] == "construction"
        if ("construction", "possessive") in frame.triggers and self._heads_section(trigger):
            return
        date = "" if built else self.timing.date(trigger, dates, frame.standing)
        if status == "asserted":
            self.timing.tell(frame.predicate, objects[0].entity, date)
        if not subjects:
            return
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
                if self._belied(subject) or self._belied(target):
                    continue
                if target.certainty < frame.sure:
                    continue
                if frame.pairs and subject.token >= target.token:
                    continue
                yield Statement(
                    subject=subject.entity,
                    predicate=frame.predicate,
                    object=target.entity,
                    status=status,
                    date=self.timing.of_pair(frame.predicate, subject.token, target.token, dates) or date,
                    confidence=round(frame.confidence * subject.certainty * target.certainty, 3),
                    start=self._passage_start(sentence, subject.token, target.token, frame),
                    end=max(self.surface.offsets[i][1] for i in (sentence.end - 1, subject.token, target.token)),
                    subject_span=Span(*self.surface.offsets[subject.token]),
                    object_span=Span(*self.surface.offsets[target.token]),
                    frame=frame.name,
                    attributed_to=told[0] if told else "",
                )

    def _belied(self, ref: Referent) -> bool:
        """ "a project, the X Lectures": whether what is taken for an actor stands beside a word for what is none."""
        token = self.doc[ref.token]
        named = syntax.entity_of(token) == ref.entity and ref.type in ACTORS
        if not named or token.dep_ != "appos" or token.head.pos_ != "NOUN":
            return False
        kinds = anaphora().descriptions.get(singular(token.head))
        return kinds is not None and not kinds & ACTORS

    def _heads_section(self, name: Token) -> bool:
        """Whether a name closes a heading below the title and stands nowhere else: what a section is called."""
        number, lines = self.surface.line_of[name.i], self.surface.lines
        once = name.i in self.surface.named and self.discourse.counts[self.surface.named[name.i][0]] == 1
        whole = lines[number].heading and self.surface.offsets[name.i][1] == lines[number].end
        listed = lines[number].item and any(line.item for line in (lines[number - 1], *lines[number + 1 : number + 2]))
        return once and whole and number > 0 and not listed

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


def _has_own_object(verb: Token, frame: Frame) -> bool:
    """Whether a verb has a direct object that is not part of the trigger ("take place")."""
    lemma = verb.lemma_.lower()
    return any(
        ("verb", f"{lemma} {noun.lemma_.lower()}") not in frame.triggers for noun in syntax.children(verb, "dobj")
    )


def _elliptic(token: Token) -> bool:
    """Whether the token is an auxiliary left alone with its subject ("had not", "did too", "so will B")."""
    if token.lemma_ not in ("do", "have", "be") and token.tag_ != "MD":
        return False
    if token.dep_ in ("aux", "auxpass"):
        return False
    relations = {child.dep_ for child in token.children if child.i > token.i or child.dep_ in ("nsubj", "advmod")}
    if "nsubj" not in relations or relations & {"dobj", "xcomp", "ccomp", "attr", "acomp", "prep", "advcl"}:
        return False
    alone = relations <= {"nsubj", "advmod", "punct", "cc", "mark"}
    return _denied(token) or (alone and token.lemma_ != "be" and token.lower_ not in moods().possible)


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("neither", "nor") for child in verb.children)


def _answered(verb: Token) -> Status:
    """What an auxiliary left alone says of what it repeats."""
    if _denied(verb):
        return "negated"
    return "planned" if verb.tag_ == "MD" else "asserted"


def _stands(frame: Frame, trigger: Token) -> bool:
    """Whether the words state the relation whatever the clause around them says ("may meet X, head of Y")."""
    if trigger.dep_ in ("attr", "oprd") or syntax.is_verbal(trigger):
        return False
    return frame.standing or any(kind in ("construction", "label", "preposition") for kind, _ in frame.triggers)
