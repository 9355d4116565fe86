"""When what a sentence states happened: a date in its clause or before its line, its meeting's, or one told before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction.facts import Entity, Statement
from extraction.statements import syntax
from extraction.statements.dates import WEEKDAYS, DateMention, find
from extraction.statements.parsing import Surface, sentence_numbers
from extraction.statements.status import moods

HAPPENING = frozenset(("hosted", "participatedIn", "adoptedAt", "locatedIn"))
# What happens once to its object (to its subject, for adoptedAt), so that a date told elsewhere holds here too.
ONCE = frozenset(("enacted", "initiated", "established", "adoptedAt", "signed"))
# Each party does it on a day of its own.
EACH = frozenset(("signed", "memberOf"))
# Parties in a name signed when the text says that it was signed.
BY_NAME = frozenset(("named-agreement-party",))
MOMENTARY = ONCE | {"memberOf", "hosted", "participatedIn"}
NEAR = 2
REACH = 8
# A noun here is what the clause says of somebody ("was named director"); elsewhere it only says who somebody is.
PREDICATIVE = frozenset(("attr", "oprd", "acomp", "dobj", "xcomp", "nsubj"))
SHORT = 60
# What is remembered happened on another day than it is remembered.
REMEMBRANCE = frozenset(("anniversary", "jubilee", "commemoration"))


class Timing:
    """The dates of one document; sentences are to be asked for in order."""

    def __init__(self, doc: Doc, published: str, entities: dict[str, Entity]) -> None:
        """`published` is the document's ISO date or ""."""
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]
        self.anchor = published or _dateline(self.surface)
        self.entities = entities
        self.recent = ""
        self.headed = ""
        self.told_at = 0
        self.sentence_of = sentence_numbers(doc)
        self.told: dict[tuple[str, str], str] = {}
        self.named_with: dict[str, list[tuple[int, str]]] = {}
        self.meetings: dict[int, str] = {}

    def dates(self, sentence: TokenSpan) -> list[tuple[int, DateMention]]:
        """Dates of a sentence outside names, with the token that each begins at; -1 for a date before the line."""
        start, end = self.surface.offsets[sentence.start][0], self.surface.offsets[sentence.end - 1][1]
        names = [self.surface.offsets[token.i] for token in sentence if token.i in self.surface.named]
        found = []
        number = self.sentence_of[sentence.start]
        base = self.headed or self.anchor
        for mention in find(self.surface.text[start:end], base, self.recent if number - self.told_at <= NEAR else ""):
            at = mention.start + start
            if mention.iso and not any(first <= at < last for first, last in names):
                token = next((t.i for t in sentence if self.surface.offsets[t.i][1] > at), sentence.start)
                found.append((token, self._ahead(token, mention, base)))
        line = self.surface.lines[self.surface.line_of[sentence.start]]
        if line.heading and not line.item:
            whole = found and found[-1][1].end - found[0][1].start >= end - start - 2
            self.headed = found[0][1].iso if whole else ""
        if found:
            self.recent, self.told_at = found[-1][1].iso, number
            self._tell(sentence, found)
        if line.dated:
            found += [(-1, mention) for mention in find(self.surface.text[slice(*line.dated)], base) if mention.iso]
        elif self.headed and not line.heading:
            found.append((-1, DateMention(0, 0, self.headed)))
        return found

    def date(self, trigger: Token, dates: list[tuple[int, DateMention]], standing: bool) -> str:
        """The date in the trigger's clause, else the sentence's only one, else one below or above, or the line's."""
        if _remembered(trigger):
            return ""
        inside = [
            (self.doc[token], mention.iso) for token, mention in dates if token >= 0 and not self._in_name_of(token)
        ]
        if not syntax.is_verbal(trigger):
            for token, iso in inside:
                if trigger in (token, *token.ancestors):
                    return iso
            if standing and trigger.dep_ not in PREDICATIVE:
                return next((iso for token, iso in inside if self._runs_on(trigger, token)), "")
        clause = syntax.clause_of(trigger)
        if same := [(_depth(token, clause), iso) for token, iso in inside if syntax.clause_of(token).i == clause.i]:
            return min(same, key=lambda pair: pair[0])[1]
        if standing:
            return "" if inside or syntax.is_verbal(trigger) else self._before_line(dates)
        if len(inside) == 1:
            return inside[0][1]
        for token, iso in inside:
            own = syntax.clause_of(token)
            # "launched X, and issued Y in March": the date behind a coordinate is that one's
            if clause in token.ancestors and (own.dep_ != "conj" or token.i < own.i):
                return iso
        for up in clause.ancestors:
            for token, iso in inside:
                if syntax.clause_of(token).i == up.i:
                    return iso
        return self._before_line(dates)

    @staticmethod
    def _before_line(dates: list[tuple[int, DateMention]]) -> str:
        return next((mention.iso for token, mention in dates if token < 0), "")

    def _runs_on(self, trigger: Token, date: Token) -> bool:
        """ "director of X since May 2020": whether only words and names lie between a noun and a date."""
        between = self.doc[trigger.i + 1 : date.i]
        return 0 < len(between) <= REACH and not any(token.is_punct or syntax.is_verbal(token) for token in between)

    def of_pair(self, predicate: str, subject: int, target: int, dates: list[tuple[int, DateMention]]) -> str:
        """The date right behind one of the names: "the X Act (2019)", "joined by A (2019) and B (2020)".

        Where there are several, one that hangs on the object is its own: "issued X in March and Y in June".
        """
        ends = (target, subject) if predicate in ONCE else (subject, target) if predicate in MOMENTARY else ()
        for index in ends:
            for token, mention in dates:
                if token == index + 2 and self._in_name_of(token):
                    return mention.iso
        if predicate in MOMENTARY and len({mention.iso for _, mention in dates}) > 1:
            return next((mention.iso for token, mention in dates if token >= 0 and self._hangs(token, target)), "")
        return ""

    def _hangs(self, date: int, name: int) -> bool:
        """Whether a date behind a name hangs on it by nothing but nouns and prepositions, the last "in" or "on"."""
        up = self.doc[date]
        if date < name or up.head.lower_ not in ("in", "on"):
            return False
        while up.i != name and up.dep_ in ("pobj", "prep", "appos", "nummod", "compound"):
            up = up.head
        return up.i == name

    def _ahead(self, token: int, mention: DateMention, base: str) -> DateMention:
        """A bare day of the week as the next one, where the clause speaks of what is yet to come ("opens Monday")."""
        if self.doc[token].text.lower() not in WEEKDAYS or mention.end - mention.start != len(self.doc[token].text):
            return mention
        verb = syntax.clause_of(self.doc[token])
        will = any(child.dep_ == "aux" and child.lower_ in moods().modal for child in verb.children)
        coming = verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in moods().speech
        if not (will or coming) or mention.iso >= base or len(base) < len(mention.iso):
            return mention
        return mention._replace(iso=(date.fromisoformat(mention.iso) + timedelta(days=7)).isoformat())

    def _in_name_of(self, date: int) -> bool:
        """Whether a date stands right behind a name and so belongs to it alone."""
        return date > 1 and date - 2 in self.surface.named and self.doc[date - 1].lower_ in ("(", "of")

    def tell(self, predicate: str, entity: str, date: str) -> None:
        """Keep the date of what happened to a thing, whoever did it ("The Act was passed in 2018.")."""
        if date:
            self.told.setdefault((predicate, entity), date)

    def at_meeting(self, sentence: TokenSpan, meeting: str) -> None:
        """Keep that what the sentence states happened at a meeting."""
        self.meetings[self.surface.offsets[sentence.end - 1][1]] = meeting

    def _tell(self, sentence: TokenSpan, dates: list[tuple[int, DateMention]]) -> None:
        """Keep the only date of a sentence for the things that it names."""
        if len(dates) == 1:
            for token in sentence:
                if token.i in self.surface.named:
                    entity = self.surface.named[token.i][0]
                    self.named_with.setdefault(entity, []).append((self.sentence_of[token.i], dates[0][1].iso))

    def by_event(self, found: Iterable[Statement]) -> list[Statement]:
        """Give what has no date the one told of the same fact, or its meeting's, and what was enacted its name's."""
        statements = list(found)
        types = dict(self.surface.named.values())
        same = {
            (s.subject, s.predicate, s.object): s.date
            for s in reversed(statements)
            if s.date and s.status == "asserted"
        }
        events = self._events(statements, types)
        dated = []
        for statement in statements:
            if not statement.date and statement.status != "negated":
                fact = (statement.subject, statement.predicate, statement.object)
                date = (same.get(fact, "") if statement.status == "asserted" else "") or self._event_date(
                    statement, types, events
                )
                statement = replace(statement, date=date)
            dated.append(statement)
        return dated

    def _events(self, found: list[Statement], types: dict[str, str]) -> dict[str, str]:
        """Dates of meetings, by what is stated of them or by their names, and those in other names."""
        events: dict[str, str] = {}
        for key, thing in sorted(self.entities.items()):
            names = (thing.name, *thing.aliases)
            named = [mention.iso for name in names for mention in find(name) if mention.iso]
            if named:
                events[key] = named[-1]
        for statement in sorted(found, key=lambda s: (-len(s.date), s.start)):
            meeting = statement.object if types.get(statement.object) == "Forum" else statement.subject
            if types.get(meeting) != "Forum" or statement.predicate not in HAPPENING or statement.status != "asserted":
                continue
            if statement.date and statement.date.startswith(events.get(meeting, "")[:4]):
                events[meeting] = max(statement.date, events.get(meeting, ""), key=len)
        for index, (entity, kind) in sorted(self.surface.named.items()):
            date = "" if kind != "Forum" else self.told.get(("hosted", entity), "") or self._below(index)
            if date and entity not in events:
                events[entity] = date
        return events

    def _below(self, index: int) -> str:
        """The date in the short line below the title that names a meeting."""
        number = self.surface.line_of[index]
        if number > 0 or len(self.surface.lines) < 2:
            return ""
        line = self.surface.lines[1]
        text = self.surface.text[line.bullet : line.end]
        return next((mention.iso for mention in find(text) if mention.iso), "") if len(text) < SHORT else ""

    def _event_date(self, statement: Statement, types: dict[str, str], events: dict[str, str]) -> str:
        predicate, target = statement.predicate, statement.object
        if predicate in HAPPENING:
            for entity in (target, statement.subject):
                if types.get(entity) == "Forum" and entity in events:
                    return events[entity]
        thing = statement.subject if predicate in ("adoptedAt", "amends") else target
        in_name = predicate in ("enacted", "amends", "adoptedAt") or (
            predicate == "initiated" and re.search(r"\d{4}-\d\d", events.get(target, ""))
        )
        if in_name and types.get(thing) != "Forum" and thing in events:
            return events[thing]
        if predicate in ONCE - EACH or statement.frame in BY_NAME:
            for once in (predicate, "signed", "initiated", "enacted") if predicate == "adoptedAt" else (predicate,):
                if date := self.told.get((once, thing), ""):
                    return date
        if predicate not in MOMENTARY or statement.status != "asserted":
            return ""
        if date := events.get(self.meetings.get(statement.end, ""), ""):
            return date
        return self._told_before(statement, thing) if predicate not in EACH else ""

    def _told_before(self, statement: Statement, thing: str) -> str:
        """The only date of the sentence before that names the same thing."""
        at = bisect_left(self.surface.offsets, (statement.end, 0)) - 1
        here = self.sentence_of[at]
        near = [date for number, date in self.named_with.get(thing, ()) if 0 < here - number <= NEAR]
        return near[-1] if near else ""


def _remembered(noun: Token) -> bool:
    """ "the 20th anniversary of the signing of X": whether a noun stands below one of REMEMBRANCE."""
    for up in noun.ancestors if not syntax.is_verbal(noun) else ():
        if syntax.is_verbal(up):
            return False
        if up.lemma_ in REMEMBRANCE:
            return True
    return False


def _depth(token: Token, top: Token) -> int:
    """Steps from a token up to one above it."""
    return next((steps for steps, up in enumerate((token, *token.ancestors)) if up == top), 99)


def _dateline(surface: Surface) -> str:
    """The date in the first lines, to which the text's relative dates are meant."""
    for mention in find(surface.text[:400]):
        if len(mention.iso) == 10:
            return mention.iso
    return next((mention.iso for mention in find(surface.text[:400]) if mention.iso), "")
