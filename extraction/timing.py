"""When what a sentence states happened: a date in its clause or before its line, or that of its meeting."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction import syntax
from extraction.dates import DateMention, find
from extraction.facts import Statement
from extraction.parsing import Surface

HAPPENING = frozenset(("hosted", "participatedIn", "adoptedAt", "locatedIn"))


class Timing:
    """The dates of one document; sentences are to be asked for in order."""

    def __init__(self, doc: Doc, published: str, names: dict[str, str]) -> None:
        """`published` is the document's ISO date or "", `names` maps entity ids to names."""
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]
        self.anchor = published or _dateline(self.surface)
        self.names = names
        self.recent = ""

    def dates(self, sentence: TokenSpan) -> list[tuple[int, DateMention]]:
        """Dates of a sentence outside names, with the token that each begins at; -1 for a date before the line."""
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
            found += [
                (-1, mention) for mention in find(self.surface.text[slice(*line.dated)], self.anchor) if mention.iso
            ]
        return found

    def date(self, trigger: Token, dates: list[tuple[int, DateMention]], standing: bool) -> str:
        """The date in the trigger's clause, else the only one of the sentence, else one below it, else the line's."""
        inside = [(token, mention) for token, mention in dates if token >= 0]
        clause = syntax.clause_of(trigger)
        for token, mention in inside:
            if syntax.clause_of(self.doc[token]).i == clause.i:
                return mention.iso
        if standing:
            return ""
        if len(inside) == 1:
            return inside[0][1].iso
        for token, mention in inside:
            if syntax.within(self.doc[token], [clause]):
                return mention.iso
        return next((mention.iso for token, mention in dates if token < 0), "")

    def by_event(self, found: list[Statement]) -> list[Statement]:
        """Give what has no date its meeting's, and what was enacted the date in its name."""
        types = dict(self.surface.named.values())
        events: dict[str, str] = {}
        for statement in sorted(found, key=lambda s: (-len(s.date), s.start)):
            meeting = statement.object if types.get(statement.object) == "Forum" else statement.subject
            if types.get(meeting) == "Forum" and statement.predicate in HAPPENING and statement.date:
                events.setdefault(meeting, statement.date)
        for entity, name in self.names.items():
            if entity not in events and (named := [mention.iso for mention in find(name) if mention.iso]):
                events[entity] = named[-1]
        return [
            statement if statement.date else replace(statement, date=self._event_date(statement, types, events))
            for statement in found
        ]

    @staticmethod
    def _event_date(statement: Statement, types: dict[str, str], events: dict[str, str]) -> str:
        if statement.status == "negated":
            return ""
        if statement.predicate in HAPPENING:
            for entity in (statement.object, statement.subject):
                if types.get(entity) == "Forum" and entity in events:
                    return events[entity]
        if statement.predicate == "enacted" or (
            statement.predicate == "initiated" and re.search(r"\d{4}-\d\d", events.get(statement.object, ""))
        ):
            return events.get(statement.object, "")
        if statement.predicate == "amends":
            return events.get(statement.subject, "")
        return ""


def _dateline(surface: Surface) -> str:
    """The date in the first lines, to which the text's relative dates are meant."""
    for mention in find(surface.text[:400]):
        if len(mention.iso) == 10:
            return mention.iso
    return next((mention.iso for mention in find(surface.text[:400]) if mention.iso), "")
