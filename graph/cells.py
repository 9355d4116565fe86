"""What answers look like in a notebook cell: HTML that takes the notebook's colours, everything from texts escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.vocabulary import ontology

if TYPE_CHECKING:
    from graph.compare import Comparison
    from graph.dossier import Dossier
    from graph.knowledgegraph import KnowledgeGraph
    from graph.path import Routes
    from graph.records import Fact

SHOWN = 40
"""Facts of one relation, or items of one list, that a cell shows; the rest are counted."""


class Picture:
    """HTML that a notebook shows; `save` keeps it as a page of its own."""

    def __init__(self, html: str, title: str) -> None:
        self.html, self.title = html, title

    def __repr__(self) -> str:
        return f"Picture({self.title!r}, {len(self.html):,} characters of HTML)"

    def _repr_html_(self) -> str:
        return self.html

    def save(self, path: str | Path) -> Path:
        """Write the picture as an HTML file that any browser opens."""
        from markupsafe import escape

        target = Path(path)
        page = f'<!DOCTYPE html>\n<meta charset="utf-8">\n<title>{escape(self.title)}</title>\n{self.html}\n'
        target.write_text(page, encoding="utf-8")
        return target


class Step(NamedTuple):
    """A fact in words: who, the relation, what; the sentence in pieces, those that name its ends marked."""

    subject: str
    predicate: str
    object: str
    fact: Fact
    speaker: str
    pieces: list[tuple[str, bool]]


def dossier(found: Dossier) -> str:
    """An entity: its names, where it is named, and its facts by relation."""
    node = found.entity
    names = {key: other.name for key, other in found.others.items()}

    def relation(fact: Fact) -> str:
        inverse = fact.subject != node.id and fact.predicate not in ontology().symmetric
        return ontology().phrase(fact.predicate, inverse)

    groups = [(name, [_step(fact, names) for fact in group]) for name, group in groupby(found.facts, key=relation)]
    return _render("dossier", node=node, groups=groups, mentions=found.mentions)


def routes(found: Routes) -> str:
    """Chains between two entities, every step with its sentences."""
    chains = []
    for route in found:
        names = {stop.id: stop.name for stop in route.stops}
        steps = [[_step(fact, names) for fact in facts] for facts in route.steps]
        chains.append(([stop.name for stop in route.stops], steps))
    return _render("routes", chains=chains)


def comparison(found: Comparison) -> str:
    """Two sides: what both say, what only one says, what they tell differently, and what each stresses."""
    from graph.compare import DISTINCT

    names = {key: node.name for key, node in found.nodes.items()}

    def surest(keys: tuple[tuple[str, str, str], ...]) -> list[Step]:
        return [_step(max(found.facts[key], key=lambda fact: (fact.confidence, fact.id)), names) for key in keys]

    return _render(
        "comparison",
        sides=found.sides,
        shared=[names[key] for key in found.shared],
        only=[[names[key] for key in keys] for keys in found.only],
        shared_facts=surest(found.shared_facts),
        only_facts=[surest(keys) for keys in found.only_facts],
        differing=[[_step(fact, names) for fact in pair] for pair in found.differing],
        emphasis=list(_emphasis(found, names, DISTINCT)),
    )


def graph(built: KnowledgeGraph) -> str:
    """A build: what was read and what was found."""
    record: dict[str, Any] = built.record
    return _render("graph", out=str(built.out), counts=record.get("counts", {}), skipped=record.get("skipped", []))


def _step(fact: Fact, names: dict[str, str]) -> Step:
    phrase = ontology().phrase(fact.predicate)
    speaker = names.get(fact.attributed_to, "")
    return Step(names[fact.subject], phrase, names[fact.object], fact, speaker, list(_pieces(fact)))


def _pieces(fact: Fact) -> Iterator[tuple[str, bool]]:
    sentence = " ".join(fact.sentence.split())
    marks = {" ".join(text.split()) for text in (fact.subject_text, fact.object_text) if text.strip()}
    found = (re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", sentence) for mark in marks)
    places = sorted(match.span() for match in found if match)
    done = 0
    for start, end in places:
        if start >= done:
            yield sentence[done:start], False
            yield sentence[start:end], True
            done = end
    yield sentence[done:], False


def _emphasis(found: Comparison, names: dict[str, str], least: float) -> Iterator[tuple[str, str, str, float]]:
    for kind, scores in found.emphasis.items():
        for feature, z in scores.items():
            if abs(z) >= least:
                label = names[feature] if kind == "entities" else ontology().labels[feature]
                yield kind, label, found.sides[0] if z > 0 else found.sides[1], z


def _render(what: str, **values: object) -> str:
    from graph.pages.rendering import environment

    return environment().get_template("cells.html").render(what=what, most=SHOWN, **values)
