"""The pipeline component `policy_statements`: frames met with a parsed surrogate Doc, as statements with evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction import arguments
from extraction.dates import DateMention, find
from extraction.facts import Document, Entity, Span, Statement
from extraction.frames import Frame, Frames, Slot, load
from extraction.parsing import Surface, coarse
from extraction.reference import Discourse, Referent, singular
from extraction.status import speaker, status_of

ACTORS = frozenset(("Country", "GovernmentBody", "InternationalOrganization", "Organization", "Person"))
NAMED = 0.9
MEANT_FOR = re.compile(r"\b(?:for|in)(?: the)? $")
HAPPENING = frozenset(("hosted", "participatedIn", "adoptedAt", "locatedIn"))
SHORT = 6
# A nominalisation's agent and patient, in the order in which they are looked for.
NOUN_ROLES = {"agent": ("by", "poss", "mod", "governor"), "patient": ("of", "poss", "mod")}
HOLDERS = frozenset(("Country", "InternationalOrganization", "Place"))
BODIES = frozenset(("GovernmentBody", "InternationalOrganization", "Organization"))
STANDING_GROUP = re.compile(r"\b(?:Working|Expert|Steering|Task|Leading|Advisory|Coordination|Intergovernmental)\b.*\b(?:Group|Force|Committee|Experts)\b")
HYPHENS = ("-", "–", "‑")
KIND_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "noun"}


@Language.factory("policy_statements", assigns=["doc.user_data"])
def make_statements(nlp: Language, name: str) -> PolicyStatements:
    """Component over parsed surrogate Docs (`extraction.parsing.surrogate`): sets user_data["statements"]."""
    return PolicyStatements()


class PolicyStatements:
    """Sets `doc.user_data["statements"]`, sorted by position in the original text."""

    def __init__(self) -> None:
        self.frames: Frames = load()

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
        self.discourse = Discourse(doc, {key: entity.name for key, entity in entities.items()})
        document: Document | None = doc.user_data.get("document")
        self.anchor = (document.date if document else "") or _dateline(self.surface)
        self.recent = ""
        self.last: tuple[int, Frame | None, list[Statement]] = (-1, None, [])
        self.groups = _standing_groups(doc, entities)
        self.named_in = _names_in_names(doc, entities)

    def statements(self) -> list[Statement]:
        found: dict[tuple[str, str, str, int], Statement] = {}
        for sentence in self.doc.sents:
            for statement in self._sentence(sentence):
                key = (statement.subject, statement.predicate, statement.object, statement.start)
                if key not in found or found[key].confidence < statement.confidence:
                    found[key] = statement
        dated = self._dated_by_event(list(found.values()))
        return sorted(dated, key=lambda s: (s.start, s.end, s.subject, s.predicate, s.object))

    def _dated_by_event(self, found: list[Statement]) -> list[Statement]:
        """Give what happened at a meeting the meeting's date, and what was enacted the date in its name, where no other is told."""
        types = dict(self.surface.named.values())
        events: dict[str, str] = {}
        for statement in sorted(found, key=lambda s: (-len(s.date), s.start)):
            meeting = statement.object if types.get(statement.object) == "Forum" else statement.subject
            if types.get(meeting) == "Forum" and statement.predicate in HAPPENING and statement.date:
                events.setdefault(meeting, statement.date)
        for entity, name in self.discourse.names.items():
            if entity not in events and (named := [mention.iso for mention in find(name) if mention.iso]):
                events[entity] = named[-1]
        return [statement if statement.date else replace(statement, date=self._event_date(statement, types, events)) for statement in found]

    @staticmethod
    def _event_date(statement: Statement, types: dict[str, str], events: dict[str, str]) -> str:
        if statement.status == "negated":
            return ""
        if statement.predicate in HAPPENING:
            for entity in (statement.object, statement.subject):
                if types.get(entity) == "Forum" and entity in events:
                    return events[entity]
        if statement.predicate == "enacted" or (statement.predicate == "initiated" and re.search(r"\d{4}-\d\d", events.get(statement.object, ""))):
            return events.get(statement.object, "")
        if statement.predicate == "amends":
            return events.get(statement.subject, "")
        return ""

    def _sentence(self, sentence: TokenSpan) -> Iterator[Statement]:
        dates = self._dates(sentence)
        yield from self._labelled(sentence, dates)
        for token in sentence:
            if _elliptic(token):
                yield from self._elided(token, sentence)
            for frame, trigger in self._opened(token):
                found = list(self._met(frame, trigger, sentence, dates))
                if found and arguments.is_verbal(trigger) and "agent" in frame.subject.roles:
                    self.last = (trigger.i, frame, found)
                yield from found

    def _elided(self, verb: Token, sentence: TokenSpan) -> Iterator[Statement]:
        """ "B did not.", after "A signed X.": the last statement with another subject, and not so."""
        trigger, frame, found = self.last
        if frame is None or self.discourse.sentence_of[verb.i] - self.discourse.sentence_of[trigger] > 1 or trigger > verb.i:
            return
        subjects = [ref for token in arguments.subjects(verb) for ref in self.discourse.referents(token, frame.subject.types)]
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
                colon = next((token for token in sentence[:SHORT + 1] if token.text == ":"), sentence[0])
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
            if arguments.possessor(token) or any(child.i in self.surface.named or child.lower_ == "led" for child in arguments.modifiers(token)):
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
            keys += [f"{lemma} {child.lower_}" for child in token.children if child.dep_ == "advmod" and child.lower_ == "forward"]
        for key in keys:
            yield from ((frame, token) for frame in index.get((kind, key), ()))

    def _met(self, frame: Frame, trigger: Token, sentence: TokenSpan, dates: list[tuple[int, DateMention]]) -> Iterator[Statement]:
        objects = self._fill(frame.object, trigger)
        if not objects:
            return
        subjects = self._fill(frame.subject, trigger)
        if not subjects:
            return
        status = frame.status or ("asserted" if _stands(frame, trigger) else status_of(trigger))
        if status is None:
            return
        date = self._date(trigger, dates, frame)
        told = [ref.entity for token in speaker(trigger) for ref in self.discourse.single(token, ACTORS)]
        if len(subjects) > 1 and {ref.token for ref in subjects} & {ref.token for ref in objects} and not (frame.pairs or self._from_name(frame)):
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
        """Where the passage begins: with the sentence, its label, or an earlier sentence that names what this one leaves out."""
        first = min(sentence.start, subject, target)
        start = self.surface.offsets[self.doc[first].sent.start][0]
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        return min(start, line.label[0]) if line.label and frame.triggers[0][0] == "label" else start

    @staticmethod
    def _from_name(frame: Frame) -> bool:
        return {"part", "keeper"} & {*frame.subject.roles, *frame.object.roles} != set()

    @staticmethod
    def _paired(sentence: TokenSpan, subjects: list[Referent], objects: list[Referent]) -> set[tuple[Referent, Referent]]:
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
            tokens = [trigger] if trigger.i in self.surface.named else arguments.children(trigger, "pobj")
        elif role in ("owned", "whole"):
            return self.discourse.single(trigger, types)
        elif role == "part":
            return [Referent(entity, kind, trigger.i, 1.0) for entity, kind in self.named_in[trigger.i] if kind in types]
        elif role == "keeper":
            return [Referent(*self.groups[trigger.i], trigger.i, 1.0)] if self.groups[trigger.i][1] in types else []
        elif role == "owner":
            tokens = [*arguments.possessor(trigger), *arguments.modifiers(trigger)]
            tokens += [sub for token in tokens if token.lower_ == "led" for sub in token.children]
        elif role == "understood":
            return self._understood(trigger, types)
        elif role == "state":
            agentless = arguments.is_passive(trigger) if arguments.is_verbal(trigger) else trigger.dep_ == "ROOT"
            return self.discourse.state(trigger, types) if agentless else []
        elif role == "topic":
            return self.discourse.topic(trigger, types)
        elif role == "salient":
            return self.discourse.salient(trigger, types)
        elif role == "content":
            return self.discourse.content(trigger, types)
        else:
            if role in NOUN_ROLES and not arguments.is_verbal(trigger):
                for exact in NOUN_ROLES[role]:
                    if found := self._role(exact, trigger, types):
                        return found
                return []
            tokens = arguments.fill(trigger, role)
            if role == "self" and (included := self.discourse.examples(trigger, types)):
                return included
            if not tokens and role == "patient" and trigger.tag_ == "VBN" and (trigger.dep_ == "ROOT" or arguments.by(trigger)):
                return self.discourse.understood(trigger, types)
            if not tokens and role == "agent" and _unsaid(trigger):
                return self.discourse.opener(trigger, types)
            if role in ("in", "at") and self.discourse.here is not None and any(child.lower_ == "here" for child in trigger.children):
                tokens = [*tokens, self.doc[self.discourse.here]]
        return list(dict.fromkeys(ref for token in tokens for ref in self.discourse.referents(token, types) if token.i != trigger.i or role == "object"))

    def _understood(self, trigger: Token, types: frozenset[str]) -> list[Referent]:
        """What the clause leaves out; nothing where the trigger has an object or complement of its own."""
        if arguments.is_verbal(trigger):
            lemma = trigger.lemma_.lower()
            said = [
                child
                for child in arguments.children(trigger, "dobj", "ccomp", "xcomp")
                if ("verb", f"{lemma} {child.lemma_.lower()}") not in self.frames.index
            ]
            if said and not arguments.is_passive(trigger):
                return []
            if arguments.is_passive(trigger) and arguments.subjects(trigger):
                return []
        return self.discourse.understood(trigger, types)

    # Dates -------------------------------------------------------------------------------------------------------

    def _dates(self, sentence: TokenSpan) -> list[tuple[int, DateMention]]:
        """Dates of a sentence outside names, with the token that each begins at; a date before the line counts as token -1."""
        start, end = self.surface.offsets[sentence.start][0], self.surface.offsets[sentence.end - 1][1]
        names = [self.surface.offsets[token.i] for token in sentence if token.i in self.surface.named]
        found = []
        for mention in find(self.surface.text[start:end], self.anchor, self.recent):
            at = mention.start + start
            if mention.iso and not any(first <= at < last for first, last in names):
                token = next((t.i for t in sentence if self.surface.offsets[t.i][1] > at), sentence.start)
                found.append((token, mention))
        if found:
            self.recent = found[-1][1].iso
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        if line.dated:
            found += [(-1, mention) for mention in find(self.surface.text[slice(*line.dated)], self.anchor) if mention.iso]
        return found

    def _date(self, trigger: Token, dates: list[tuple[int, DateMention]], frame: Frame) -> str:
        """The date in the trigger's clause, else in a clause above it, else the only one of the sentence, else the line's."""
        inside = [(token, mention) for token, mention in dates if token >= 0]
        clause = arguments.clause_of(trigger)
        for token, mention in inside:
            if arguments.clause_of(self.doc[token]).i == clause.i:
                return mention.iso
        if frame.standing:
            return ""
        if len(inside) == 1:
            return inside[0][1].iso
        for token, mention in inside:
            if arguments.within(self.doc[token], [clause]):
                return mention.iso
        return next((mention.iso for token, mention in dates if token < 0), "")


def _elliptic(token: Token) -> bool:
    """Whether the token is an auxiliary left alone and denied ("had not", "did not")."""
    if token.lemma_ not in ("do", "have", "be") or token.dep_ in ("aux", "auxpass"):
        return False
    relations = {child.dep_ for child in token.children if child.i > token.i or child.dep_ == "nsubj"}
    return "neg" in relations and "nsubj" in relations and not relations & {"dobj", "xcomp", "ccomp", "attr", "acomp", "prep"}


def _stands(frame: Frame, trigger: Token) -> bool:
    """Whether the words state the relation whatever the clause around them says ("may meet X, head of Y")."""
    if trigger.dep_ in ("attr", "oprd") or arguments.is_verbal(trigger):
        return False
    return frame.standing or any(kind in ("construction", "label", "preposition") for kind, _ in frame.triggers)


def _unsaid(verb: Token) -> bool:
    """Whether the verb is the main one of a sentence without a subject ("Decides to establish X")."""
    if not arguments.is_verbal(verb) or arguments.is_passive(verb):
        return False
    while verb.dep_ in ("xcomp", "conj", "pcomp", "prep", "advcl", "aux") and verb.head != verb:
        verb = verb.head
    return verb.head == verb and not arguments.children(verb, "nsubj", "nsubjpass")


def _dateline(surface: Surface) -> str:
    """The date in the first lines, to which the text's relative dates are meant."""
    for mention in find(surface.text[:400]):
        if len(mention.iso) == 10:
            return mention.iso
    return next((mention.iso for mention in find(surface.text[:400]) if mention.iso), "")


def _names_in_names(doc: Doc, entities: dict[str, Entity]) -> dict[int, list[tuple[str, str]]]:
    """Token -> the parties, places and series of the document whose names stand inside that name."""
    surface: Surface = doc.user_data["surface"]
    kinds = {entity: kind for entity, kind in surface.named.values()}
    owners = {
        form: (key, kinds.get(key, coarse(entity.type)))
        for key, entity in entities.items()
        if kinds.get(key, coarse(entity.type)) != "Person"
        for form in (entity.name, *entity.aliases)
        if len(form) > 1
    }
    holders = [form for form, (_, kind) in owners.items() if kind in HOLDERS]
    longest_first = sorted(holders or ["\0"], key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    found: dict[int, list[tuple[str, str]]] = {}
    for index, (entity, kind) in surface.named.items():
        start, end = surface.offsets[index]
        name = surface.text[start:end]
        if kind == "Forum" and (series := _series(name, entity, owners)):
            found[index] = [series]
        if kind in ("Forum", "Agreement"):
            name = re.split(r" (?:on|for) ", name)[0]
        matches = [match for match in pattern.finditer(name) if owners[match[0]][0] != entity]
        inside = [owners[match[0]] for match in matches]
        parties = [pair for pair in dict.fromkeys(inside) if pair[1] in ("Country", "InternationalOrganization")]
        joined = any(name[match.end() : match.end() + 1] in HYPHENS or name[match.start() - 1 : match.start()] in HYPHENS for match in matches)
        if kind in ("Forum", "Agreement") and (len(parties) > 1 or (parties and joined)):
            found[index] = found.get(index, []) + parties
        elif kind in BODIES and entity not in {key for key, _ in inside}:
            found[index] = [pair for pair in dict.fromkeys(_holding(name, entity, owners)) if pair[1] in BODIES][:1]
        elif kind in ("Law", "Initiative"):
            meant = [owners[match[0]] for match in matches if kind == "Law" or MEANT_FOR.search(name[: match.start()])]
            found[index] = [pair for pair in dict.fromkeys(meant) if pair[1] == "Place" or kind == "Initiative"]
    return {index: inside for index, inside in found.items() if inside}


def _standing_groups(doc: Doc, entities: dict[str, Entity]) -> dict[int, tuple[str, str]]:
    """Token -> the organisation whose name opens that of its working group ("X Steering Group")."""
    surface: Surface = doc.user_data["surface"]
    keepers = {
        form: key
        for key, entity in sorted(entities.items())
        if coarse(entity.type) == "InternationalOrganization"
        for form in (entity.name, *entity.aliases)
    }
    found = {}
    for index, (entity, kind) in surface.named.items():
        name = surface.text[slice(*surface.offsets[index])]
        if kind == "Forum" and STANDING_GROUP.search(name):
            opening = [form for form in keepers if name.startswith(form + " ") and keepers[form] != entity]
            if opening:
                found[index] = (keepers[max(opening, key=len)], "InternationalOrganization")
    return found


def _holding(name: str, entity: str, owners: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """The bodies whose names open or close a body's name: "Council X of the Y", "Y Coordination Office"."""
    found = []
    for form, pair in sorted(owners.items(), key=lambda owner: (-len(owner[0]), owner[0])):
        if pair[0] == entity or len(form) >= len(name):
            continue
        if name.startswith(form + " ") or name.startswith((form + "'s ", form + "’s ")) or name.endswith((" of the " + form, " of " + form)):
            found.append(pair)
    return found


def _series(name: str, entity: str, owners: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The series of which a meeting's name makes it an edition: "the Third X Forum" of the X Forum."""
    for form, (key, kind) in sorted(owners.items(), key=lambda owner: (-len(owner[0]), owner[0])):
        if kind == "Forum" and key != entity and len(form) < len(name) and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", name):
            return key, kind
    return None
