"""What two documents or publishers share and where they differ, in entities, statements and emphasis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from graph import records, stance
from graph.errors import UnknownDocument
from graph.records import Fact, Mention, Node, Source
from graph.store import open_store
from graph.vocabulary import ontology

DISTINCT = 1.96
"""z-score from which a difference in emphasis is taken to be more than chance (95 %)."""
SHOWN = 20

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, each a document or all documents of a publisher.

    sides        their names
    documents    the ids of the documents on each side
    nodes        the entities of either side, by id
    shared, only             entity ids named on both sides, on one side only; sorted by mentions
    shared_facts, only_facts (subject, predicate, object) stated as so on both sides, on one only
    differing    statements of one fact that differ in status or date
    emphasis     z-scores of the log-odds ratio, by kind of feature ("entities", "types", "relations") and feature;
                 positive = more on the first side, |z| >= 1.96 = more than chance
    """

    sides: tuple[str, str]
    documents: tuple[tuple[str, ...], tuple[str, ...]]
    nodes: Mapping[str, Node]
    shared: tuple[str, ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    shared_facts: tuple[Key, ...]
    only_facts: tuple[tuple[Key, ...], tuple[Key, ...]]
    differing: tuple[tuple[Fact, Fact], ...]
    facts: Mapping[Key, tuple[Fact, ...]]
    emphasis: Mapping[str, Mapping[str, float]]

    def _repr_html_(self) -> str:
        from graph import cells

        return cells.comparison(self)


def compare(out: Path, a: str, b: str) -> Comparison:
    """Compare two documents (by id, the first words of an id that no other has, or title) or publishers."""
    store = open_store(out)
    sources = records.documents(store)
    nodes, facts, mentions = records.entities(store), records.facts(store), records.mentions(store)
    chosen = tuple(_documents(sources, name) for name in (a, b))
    said = [[fact for fact in facts if fact.document in documents] for documents in chosen]
    named = [[mention for mention in mentions if mention.document in documents] for documents in chosen]
    counts = [Counter(mention.entity for mention in side) for side in named]
    stated = [stance.by_fact(fact for fact in side if fact.status == "asserted") for side in said]
    first, second = counts

    def ranked(entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(entities, key=lambda entity: (-first[entity] - second[entity], entity)))

    return Comparison(
        sides=(a, b),
        documents=(chosen[0], chosen[1]),
        nodes=nodes,
        shared=ranked(first.keys() & second.keys()),
        only=(ranked(first.keys() - second.keys()), ranked(second.keys() - first.keys())),
        shared_facts=tuple(sorted(stated[0].keys() & stated[1].keys())),
        only_facts=(
            tuple(sorted(stated[0].keys() - stated[1].keys())),
            tuple(sorted(stated[1].keys() - stated[0].keys())),
        ),
        differing=tuple(_differing(*said)),
        facts={key: tuple(found) for key, found in stance.by_fact([*said[0], *said[1]]).items()},
        emphasis={
            "entities": log_odds(first, second),
            "types": log_odds(*(_kinds(side, nodes) for side in named)),
            "relations": log_odds(*(Counter(fact.predicate for fact in side) for side in said)),
        },
    )


def log_odds(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, float]:
    """z-score of each feature's log-odds ratio between two sides, with both sides together as an informative prior.

    With y the counts of a side, n their sum, a the prior's counts (here y of both sides) and a0 their sum,
    delta_w = log((y1_w + a_w) / (n1 + a0 - y1_w - a_w)) - log((y2_w + a_w) / (n2 + a0 - y2_w - a_w)),
    z_w = delta_w / sqrt(1 / (y1_w + a_w) + 1 / (y2_w + a_w)). Sorted, the most typical of the first side first.

    B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' words", Political Analysis 16 (2008), eqs. 16, 20 and 22.
    """
    from math import log

    prior = Counter(first) + Counter(second)
    whole = sum(prior.values())
    sizes = sum(first.values()), sum(second.values())
    scores: dict[str, float] = {}
    for feature, a in prior.items():
        one, other = first.get(feature, 0) + a, second.get(feature, 0) + a
        rest = sizes[0] + whole - one, sizes[1] + whole - other
        if min(rest) > 0:
            scores[feature] = (log(one / rest[0]) - log(other / rest[1])) / sqrt(1 / one + 1 / other)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def render(comparison: Comparison) -> str:
    """The comparison in Markdown."""
    c, (a, b) = comparison, comparison.sides
    lines = [f"# {a} and {b}", ""]
    for name, documents in zip(c.sides, c.documents, strict=True):
        if documents != (name,):
            lines.append(f"{name}: {', '.join(documents)}")
    lines += ["", f"## Entities that both name ({len(c.shared)})", "", *_entities(c, c.shared)]
    for name, entities in zip(c.sides, c.only, strict=True):
        lines += ["", f"## Entities that only {name} names ({len(entities)})", "", *_entities(c, entities)]
    lines += ["", f"## Facts that both state ({len(c.shared_facts)})", "", *_facts(c, c.shared_facts)]
    for name, keys in zip(c.sides, c.only_facts, strict=True):
        lines += ["", f"## Facts that only {name} states ({len(keys)})", "", *_facts(c, keys)]
    lines += ["", f"## Facts told with another status or date ({len(c.differing)})", ""]
    for one, other in c.differing:
        says = "; ".join(
            f"{fact.document}: {fact.status}{f' {fact.date}' if fact.date else ''}" for fact in (one, other)
        )
        lines.append(f"- {_words(c, (one.subject, one.predicate, one.object))} ({says})")
        lines += [f"  > {' '.join(fact.sentence.split())}" for fact in (one, other)]
    lines += [
        "",
        "## Emphasis",
        "",
        f"More than chance would have it (|z| at least {DISTINCT}), log-odds with a prior.",
        "",
    ]
    lines += _emphasis(c)
    return "\n".join(lines)


def _entities(c: Comparison, entities: tuple[str, ...]) -> list[str]:
    lines = [f"- {c.nodes[entity].name} ({ontology().labels[c.nodes[entity].type]})" for entity in entities[:SHOWN]]
    return lines + _rest(len(entities))


def _facts(c: Comparison, keys: tuple[Key, ...]) -> list[str]:
    lines: list[str] = []
    for key in keys[:SHOWN]:
        fact = max(c.facts[key], key=lambda fact: (fact.status == "asserted", fact.confidence, fact.id))
        date = f" ({fact.date})" if fact.date else ""
        lines += [f"- {_words(c, key)}{date}", f"  > {' '.join(fact.sentence.split())}"]
        lines.append(f"  > ({fact.document}, characters {fact.start}-{fact.end})")
    return lines + _rest(len(keys))


def _rest(count: int) -> list[str]:
    return [f"- and {count - SHOWN} more"] if count > SHOWN else []


def _words(c: Comparison, key: Key) -> str:
    subject, predicate, object = key
    return f"{c.nodes[subject].name} {ontology().phrase(predicate)} {c.nodes[object].name}"


def _emphasis(c: Comparison) -> list[str]:
    lines = ["| What | More in | z |", "|---|---|---:|"]
    for kind, scores in c.emphasis.items():
        marked = [(feature, z) for feature, z in scores.items() if abs(z) >= DISTINCT]
        for feature, z in sorted(marked, key=lambda item: (-abs(item[1]), item[0]))[:SHOWN]:
            label = c.nodes[feature].name if kind == "entities" else ontology().labels[feature]
            lines.append(f"| {kind}: {label} | {c.sides[0] if z > 0 else c.sides[1]} | {z:+.1f} |")
    return lines if len(lines) > 2 else ["Nothing stands out."]


def _documents(sources: Mapping[str, Source], name: str) -> tuple[str, ...]:
    from rapidfuzz import process

    if name in sources:
        return (name,)
    wanted = name.casefold()
    found = tuple(key for key, it in sources.items() if wanted in (it.publisher.casefold(), it.title.casefold()))
    if found:
        return found
    begun = tuple(key for key in sources if re.match(rf"{re.escape(name)}(?![0-9A-Za-z])", key))
    if len(begun) == 1:
        return begun
    offer = sorted({*sources, *(it.publisher for it in sources.values() if it.publisher)})
    raise UnknownDocument(name, [near for near, *_ in process.extract(name, offer, limit=3, score_cutoff=55)])


def _kinds(mentions: Iterable[Mention], nodes: Mapping[str, Node]) -> Counter[str]:
    return Counter(nodes[mention.entity].kind for mention in mentions)


def _differing(one: list[Fact], other: list[Fact]) -> list[tuple[Fact, Fact]]:
    sides = {fact.id for fact in one}, {fact.id for fact in other}
    pairs = stance.disagreements({fact.id: fact for fact in [*one, *other]}.values())
    crossing = [pair for pair in pairs if (pair[0].id in sides[0]) != (pair[1].id in sides[0])]
    return [pair if pair[0].id in sides[0] else (pair[1], pair[0]) for pair in crossing]
