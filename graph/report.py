"""OUT/report.md: what an analyst would write on the first day. Every claim carries notes with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from heapq import nsmallest
from pathlib import Path

from graph import analysis, chronology, network, records, stance
from graph.claims import Claim, Writer, claims, escaped, varied
from graph.records import Fact, Node, Source
from graph.store import open_store
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3
DOUBTFUL_BELOW = 0.5

METHOD = """\
A program read the documents: it finds names and the sentences that relate them, and keeps with every statement the
sentence that makes it. It reads what a sentence says, not whether that is true, and it errs: check a claim against
its note before you rely on it. Absence from this report is no evidence of absence from the documents. Ranks of actors
follow PageRank on the network of asserted statements, those of instruments and forums the number of sentences that
state something of them; brokers follow betweenness and Burt's constraint, communities the Leiden method; the ties of
two actors add the sentences that relate them and Newman's weight of the forums, agreements and initiatives that they
share. All of these count what the documents happen to mention, and a document about one state puts that state in the
middle. A date is that of the fact as the sentence gives it; most sentences give none."""


class Material:
    """What a report is written from: the records of a store, and the networks and measures that follow from them."""

    def __init__(self, nodes: dict[str, Node], facts: list[Fact], sources: dict[str, Source]) -> None:
        self.nodes, self.facts, self.sources = nodes, facts, sources
        self.asserted = [fact for fact in facts if fact.status == "asserted"]
        self.graph = network.multigraph(nodes, facts)
        self.ties = network.simple(self.graph)
        self.write = Writer(nodes)

    @cached_property
    def measures(self) -> dict[str, analysis.Measures]:
        return analysis.measures(self.ties, self.communities)

    @cached_property
    def communities(self) -> list[analysis.Community]:
        return analysis.communities(self.ties)

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """Asserted claims by entity, the surest first."""
        found: dict[str, list[Claim]] = {key: [] for key in self.nodes}
        for claim in claims(self.asserted):
            for end in {claim[0].subject, claim[0].object}:
                found[end].append(claim)
        return found


def write(out: Path) -> Path:
    """Write OUT/report.md from OUT/store; give its path."""
    store = open_store(out)
    target = out / "report.md"
    material = Material(records.entities(store), records.facts(store), records.documents(store))
    target.write_text(render(material), encoding="utf-8")
    return target


def render(material: Material) -> str:
    """The whole report in Markdown."""
    lines = ["# What the documents say", ""]
    for title, section in SECTIONS.items():
        body = list(section(material))
        lines += [f"## {title}", "", *(body or ["The documents say nothing of this."]), ""]
    return "\n".join([*lines, *material.write.notes()]) + "\n"


def _read(m: Material) -> Iterator[str]:
    kinds = Counter(node.kind for node in m.nodes.values())
    counts = ", ".join(_count(number, ontology().labels[kind]) for kind, number in kinds.most_common())
    statuses = Counter(fact.status for fact in m.facts)
    told = ", ".join(f"{number} {status}" for status, number in statuses.most_common())
    yield f"{_count(len(m.sources), 'document')} {'was' if len(m.sources) == 1 else 'were'} read."
    yield f"They name {_count(len(m.nodes), 'entity')}{f': {counts}' if counts else ''}."
    yield f"They make {_count(len(m.facts), 'statement')}{f' ({told})' if told else ''}."
    said = Counter(fact.document for fact in m.facts)
    named = Counter(document for node in m.nodes.values() for document in node.documents)
    yield from ("", "| Document | Title | Publisher | Date | Entities | Statements |", "|---|---|---|---|---:|---:|")
    for key, source in m.sources.items():
        cells = " | ".join(map(escaped, (key, source.title, source.publisher, source.date)))
        yield f"| {cells} | {named[key]} | {said[key]} |"


def _principal(kinds: Iterable[str], rank: Callable[[analysis.Measures], float]) -> Callable[[Material], Iterator[str]]:
    wanted = frozenset(kinds)

    def section(m: Material) -> Iterator[str]:
        among = [key for key in m.nodes if m.nodes[key].kind in wanted]
        tied = [key for key in among if m.claims_of[key]]
        tied.sort(key=lambda key: (-rank(m.measures[key]), -len(m.nodes[key].documents), key))
        for key in tied[:SHOWN]:
            node, told = m.nodes[key], m.claims_of[key]
            counts = f"{_count(len(told), 'fact')}, named in {_count(len(node.documents), 'document')}"
            yield f"- **{m.write.name(key)}** ({ontology().labels[node.type]}; {counts}):"
            yield f"  {m.write.series(varied(told, CLAIMS_EACH))}."
        if len(tied) > SHOWN:
            yield f"- and {len(tied) - SHOWN} more, in tables/measures.csv."
        if len(among) > len(tied):
            yield f"- {len(among) - len(tied)} are named of which no fact is stated; see tables/entities.csv."

    return section


def _together(m: Material) -> Iterator[str]:
    ties = network.actors(m.graph).edges(data=True)
    for *pair, data in nsmallest(SHOWN, ties, key=lambda tie: (-tie[2]["weight"], sorted(tie[:2]))):
        first, second = sorted(pair)
        direct = [c for c in m.claims_of[first] if {c[0].subject, c[0].object} == {first, second}]
        parts = [m.write.tell(claim) for claim in direct[:CLAIMS_EACH]]
        parts += [_shared(m, first, second, event) for event in data["shared"][:CLAIMS_EACH]]
        names = f"{m.write.name(first)} and {m.write.name(second)}"
        yield f"- **{names}** (weight {data['weight']:.1f}): {'; '.join(parts)}."


def _shared(m: Material, first: str, second: str, event: str) -> str:
    ways = network.TAKING_PART[m.nodes[event].kind]
    one, other = (
        next(claim for claim in m.claims_of[event] if claim[0].subject == actor and claim[0].predicate in ways)
        for actor in (first, second)
    )
    if one[0].predicate != other[0].predicate:
        return f"{m.write.tell(one)} and {m.write.tell(other)}"
    phrase = {"memberOf": "are members of", "supports": "support"}.get(
        one[0].predicate, ontology().phrase(one[0].predicate)
    )
    return f"both {phrase} {m.write.name(event)}{m.write.cite([one[0], other[0]])}"


def _brokers(m: Material) -> Iterator[str]:
    for key, row in analysis.brokers(m.measures, 5):
        share = f"on the shortest chain of statements between {100 * row.betweenness:.1f} % of all pairs of others"
        size = f"{row.effective_size:.1f} of its {row.degree} ties are not redundant"
        falls = "; without it its part of the network falls apart" if row.articulation else ""
        example = m.write.series(varied(m.claims_of[key], 2))
        yield f"- **{m.write.name(key)}**: {share}; {size}{falls}. Among its ties: {example}."


def _communities(m: Material) -> Iterator[str]:
    groups = [group for group in m.communities if len(group.members) > 2]
    for group in groups[:SHOWN]:
        inside = set(group.members)
        told = [c for c in m.claims_of[group.members[0]] if {c[0].subject, c[0].object} <= inside]
        names = ", ".join(m.write.name(member) for member in group.members[:8])
        more = f" and {len(group.members) - 8} more" if len(group.members) > 8 else ""
        example = f" For instance: {m.write.series(varied(told, 1))}." if told else ""
        yield f"- **Community {group.number}** ({len(group.members)} members): {names}{more}.{example}"
    if len(groups) > SHOWN:
        yield f"- and {len(groups) - SHOWN} more, in tables/communities.csv."


def _timeline(m: Material) -> Iterator[str]:
    for year, facts in chronology.timeline(m.asserted).items():
        told = claims(facts)
        more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        yield f"- **{year}**: {m.write.series(told[:SHOWN])}{more}."


def _contested(m: Material) -> Iterator[str]:
    for claim in claims(fact for fact in m.facts if fact.predicate == "opposes" or fact.status == "negated"):
        yield f"- {m.write.tell(claim)}."
    for target, sides in stance.divided(m.asserted).items():
        told = [claim for side in sides for claim in claims(side)[:CLAIMS_EACH]]
        yield f"- On {m.write.name(target)} they are divided: {m.write.series(told)}."
    for one, other in stance.disagreements(m.facts)[:SHOWN]:
        yield f"- The documents differ: {m.write.tell([one])}, but {m.write.tell([other])}."


def _planned(m: Material) -> Iterator[str]:
    told = claims(fact for fact in m.facts if fact.status == "planned")
    yield from (f"- {m.write.tell(claim)}." for claim in told[: 2 * SHOWN])
    if len(told) > 2 * SHOWN:
        yield f"- and {len(told) - 2 * SHOWN} more; `policygraph query OUT planned` lists them."


def _doubtful(m: Material) -> Iterator[str]:
    known = claims(m.asserted)
    alone = [claim for claim in known if len({fact.document for fact in claim}) == 1]
    if len(m.sources) > 1 and known:
        counts = f"{len(alone)} of {_count(len(known), 'asserted fact')} rest on one document only"
        yield f"{counts} (`policygraph query OUT single-source`)."
    unsure = sorted((c for c in claims(m.facts) if c[0].confidence < DOUBTFUL_BELOW), key=lambda c: c[0].confidence)
    yield ""
    yield f"Read with confidence below {DOUBTFUL_BELOW}: {_count(len(unsure), 'fact')}."
    yield ""
    yield from (f"- {m.write.tell(claim)}: confidence {claim[0].confidence:.2f}." for claim in unsure[:SHOWN])


def _method(m: Material) -> Iterator[str]:
    yield METHOD


def _count(number: int, noun: str) -> str:
    plural = "people" if noun == "person" else noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


SECTIONS: dict[str, Callable[[Material], Iterator[str]]] = {
    "What was read": _read,
    "Principal actors": _principal(ACTORS, lambda measures: measures.pagerank),
    "Laws": _principal({"Law"}, lambda measures: measures.strength),
    "Agreements": _principal({"Agreement"}, lambda measures: measures.strength),
    "Initiatives": _principal({"Initiative"}, lambda measures: measures.strength),
    "Forums": _principal({"Forum"}, lambda measures: measures.strength),
    "Who works with whom": _together,
    "Brokers": _brokers,
    "Communities": _communities,
    "Timeline": _timeline,
    "What is contested": _contested,
    "What is planned": _planned,
    "What is doubtful": _doubtful,
    "Method and limits": _method,
}
