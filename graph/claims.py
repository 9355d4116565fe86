"""Facts as claims in words: statements of one fact told once, with dates and notes that hold the sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.chronology import STATES
from graph.records import Fact, Node
from graph.vocabulary import ontology

NOTES_EACH = 3
ELSEWHERE = ", elsewhere "
MARKS = {"asserted": "", "planned": "planned: ", "negated": "denied: "}

Claim = Sequence[Fact]
"""Statements of one fact with one status, the surest first; never empty."""


def claims(facts: Iterable[Fact]) -> list[Claim]:
    """Statements of the same fact together, those with the surest statements first.

    A symmetric relation is one fact whichever way it is stated.
    """
    found: dict[tuple[str, str, str, str], list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (-fact.confidence, fact.document, fact.start, fact.id)):
        ends = (fact.subject, fact.object)
        if fact.predicate in ontology().symmetric:
            ends = (min(ends), max(ends))
        found.setdefault((*ends, fact.predicate, fact.status), []).append(fact)
    return list(found.values())


def varied(told: Iterable[Claim], count: int) -> list[Claim]:
    """A few claims that show different sides: one of each predicate before a second of any, the most stated first."""
    ranked = sorted(told, key=lambda claim: -len({fact.document for fact in claim}))
    seen: Counter[str] = Counter()
    rounds: list[int] = []
    for claim in ranked:
        rounds.append(seen[claim[0].predicate])
        seen[claim[0].predicate] += 1
    order = sorted(range(len(ranked)), key=lambda place: (rounds[place], place))
    return [ranked[place] for place in order[:count]]


def dates(claim: Claim) -> str:
    """When: each date that no other of the claim refines, "2018, elsewhere 2019-03-04" where sentences differ."""
    given = sorted({fact.date for fact in claim if fact.date})
    return ELSEWHERE.join(d for d in given if not any(other != d and other.startswith(d) for other in given))


def escaped(text: str) -> str:
    """Text in one line, with what Markdown would take for markup made plain."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """ "1 law", "2 laws", "3 people"."""
    plural = "people" if noun == "person" else noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _witnesses(claim: Claim) -> Iterator[Fact]:
    """The surest statements of a claim, and one for every date that is told."""
    yield from claim[:NOTES_EACH]
    for date in dates(claim).split(ELSEWHERE):
        if date and not any(fact.date == date for fact in claim[:NOTES_EACH]):
            yield next(fact for fact in claim if fact.date == date)


class Writer:
    """Writes claims in Markdown, and keeps the notes that they cite: a passage has one note wherever it is cited.

    `pages` are the documents' first pages by document, relative to where the text will stand; notes lead there.
    """

    def __init__(self, nodes: Mapping[str, Node], pages: Mapping[str, str]) -> None:
        self.nodes, self.pages = nodes, pages
        self._notes: dict[tuple[str, int, int], tuple[int, Fact]] = {}

    def name(self, entity: str) -> str:
        return escaped(self.nodes[entity].name)

    def cite(self, facts: Iterable[Fact]) -> str:
        """Marks of the notes with the sentences; several statements in one sentence share one."""
        passages = {(fact.document, fact.start, fact.end): fact for fact in facts}
        numbers = [self._notes.setdefault(at, (len(self._notes) + 1, fact))[0] for at, fact in passages.items()]
        return "".join(f"[^{number}]" for number in numbers)

    def words(self, fact: Fact) -> str:
        return f"{self.name(fact.subject)} {ontology().phrase(fact.predicate)} {self.name(fact.object)}"

    def tell(self, claim: Claim) -> str:
        """The claim as a clause: "planned: A signed B (2019, according to C)", with its notes."""
        first = claim[0]
        speakers = sorted({fact.attributed_to for fact in claim})
        said = f"according to {', '.join(map(self.name, speakers))}" if all(speakers) else ""
        dated = f"as of {dates(claim)}" if dates(claim) and first.predicate in STATES else dates(claim)
        when = ", ".join(mark for mark in (dated, said) if mark)
        return f"{MARKS[first.status]}{self.words(first)}{f' ({when})' if when else ''}{self.cite(_witnesses(claim))}"

    def series(self, told: Iterable[Claim]) -> str:
        return "; ".join(self.tell(claim) for claim in told)

    def examples(self, sure: Iterable[Claim], read: Iterable[Claim], count: int, lead: str = ": ") -> str:
        """A few claims that show different sides of what was just said; notes alone where none was surely `read`."""
        chosen = varied(sure, count)
        return f"{lead}{self.series(chosen)}" if chosen else self.cite(claim[0] for claim in varied(read, count))

    def notes(self) -> list[str]:
        """The notes as Markdown footnotes, in the order in which they were first cited."""
        from graph.pages.paging import place

        return [
            f"[^{number}]: “{escaped(fact.sentence)}” ([{escaped(fact.document)}]"
            f"({place(self.pages[fact.document], fact.start)}), characters {fact.start}-{fact.end})"
            for number, fact in self._notes.values()
        ]
