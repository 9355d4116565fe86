"""OUT/report.md: what an analyst would write on the first day. Every claim carries a note with its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from graph import analysis, chronology, network, records, stance
from graph.records import Fact, Node
from graph.store import open_store
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
FACTS_EACH = 3
DOUBTFUL_BELOW = 0.5

METHOD = """\
A program read the documents: it finds names and the sentences that relate them, and keeps with every statement the
sentence that makes it. It reads what a sentence says, not whether that is true, and it errs: check a claim against
its note before you rely on it. Absence from this report is no evidence of absence from the documents. Ranks follow
PageRank on the network of asserted statements, brokers follow betweenness and Burt's constraint, communities the
Leiden method; the ties of two actors add the passages that relate them and Newman's weight of the forums,
agreements and initiatives that they share. All of these count what the documents happen to mention, and a document
about one state puts that state in the middle. A date is that of the fact as the sentence gives it; most sentences
give none."""


@dataclass
class Material:
    """What a report is written from: the records of a store, and the networks and measures that follow from them."""

    nodes: dict[str, Node]
    facts: list[Fact]
    sources: dict[str, records.Source]
    notes: dict[str, int] = field(default_factory=dict)

    @cached_property
    def asserted(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.status == "asserted"]

    @cached_property
    def graph(self) -> network.Multigraph:
        return network.multigraph(self.nodes, self.facts)

    @cached_property
    def ties(self) -> network.Ties:
        return network.simple(self.graph)

    @cached_property
    def measures(self) -> dict[str, analysis.Measures]:
        return analysis.measures(self.ties)

    @cached_property
    def facts_of(self) -> dict[str, list[Fact]]:
        """Asserted facts by entity: the surest first, of what it did before of what was done to it."""
        found: dict[str, list[Fact]] = {key: [] for key in self.nodes}
        for fact in sorted(self.asserted, key=lambda fact: (-fact.confidence, fact.id)):
            for end in sorted({fact.subject, fact.object}):
                found[end].append(fact)
        return found

    def cite(self, *facts: Fact) -> str:
        """Marks of the notes that hold the facts' sentences; a fact has the same note wherever it is cited."""
        return "".join(f"[^{self.notes.setdefault(fact.id, len(self.notes) + 1)}]" for fact in facts)

    def name(self, entity: str) -> str:
        return escaped(self.nodes[entity].name)

    def claim(self, fact: Fact) -> str:
        """A fact as a sentence without its full stop, with its date and its note."""
        return f"{self.words(fact)}{f' ({fact.date})' if fact.date else ''}{self.cite(fact)}"

    def words(self, fact: Fact) -> str:
        return f"{self.name(fact.subject)} {ontology().phrase(fact.predicate)} {self.name(fact.object)}"


def write(out: Path) -> Path:
    """Write OUT/report.md from OUT/store; give its path."""
    store = open_store(out)
    material = Material(records.entities(store), records.facts(store), records.documents(store))
    target = out / "report.md"
    target.write_text(render(material), encoding="utf-8")
    return target


def render(material: Material) -> str:
    """The whole report in Markdown."""
    lines = ["# What the documents say", ""]
    for title, section in SECTIONS.items():
        body = list(section(material))
        lines += [f"## {title}", "", *(body or ["The documents say nothing of this."]), ""]
    return "\n".join([*lines, *_notes(material)]) + "\n"


def escaped(text: str) -> str:
    """Text in one line, with what Markdown would take for markup made plain."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _read(m: Material) -> Iterator[str]:
    kinds = Counter(node.kind for node in m.nodes.values())
    counts = ", ".join(f"{number} {_plural(kind, number)}" for kind, number in kinds.most_common())
    statuses = Counter(fact.status for fact in m.facts)
    told = ", ".join(f"{number} {status}" for status, number in statuses.most_common())
    yield f"{_count(len(m.sources), 'document')} {_are(len(m.sources))} read."
    yield f"They name {_count(len(m.nodes), 'entity')}: {counts}."
    yield f"They make {_count(len(m.facts), 'statement')}{f' ({told})' if told else ''}."
    said = Counter(fact.document for fact in m.facts)
    named = Counter(document for node in m.nodes.values() for document in node.documents)
    yield from ("", "| Document | Publisher | Date | Entities | Statements |", "|---|---|---|---:|---:|")
    for key, source in m.sources.items():
        cells = escaped(source.name), escaped(source.publisher), source.date
        yield f"| {' | '.join(cells)} | {named[key]} | {said[key]} |"


def _principal(kinds: Iterable[str]) -> Callable[[Material], Iterator[str]]:
    wanted = frozenset(kinds)

    def section(m: Material) -> Iterator[str]:
        ranked = [key for key, row in m.measures.items() if m.nodes[key].kind in wanted and row.degree]
        ranked.sort(key=lambda key: (-m.measures[key].pagerank, key))
        for key in ranked[:SHOWN]:
            facts = m.facts_of[key]
            many = f"tied to {_count(m.measures[key].degree, 'other')}, {_count(len(facts), 'statement')}"
            sort = ontology().labels[m.nodes[key].type]
            yield f"- **{m.name(key)}** ({sort}; {many}, {_in_documents(m.nodes[key])}):"
            yield f"  {'; '.join(m.claim(fact) for fact in _varied(facts))}."
        if len(ranked) > SHOWN:
            yield f"- and {len(ranked) - SHOWN} more, in tables/measures.csv."

    return section


def _together(m: Material) -> Iterator[str]:
    ties = sorted(network.actors(m.graph).edges(data=True), key=lambda tie: (-tie[2]["weight"], sorted(tie[:2])))
    for one, other, data in ties[:SHOWN]:
        first, second = sorted((one, other))
        direct = [fact for fact in m.facts_of[first] if {fact.subject, fact.object} == {first, second}]
        parts = [m.claim(fact) for fact in direct[:FACTS_EACH]]
        for event in data["shared"][:FACTS_EACH]:
            proofs = [_joining(m, actor, event) for actor in (first, second)]
            parts.append(f"both took part in {m.name(event)}{m.cite(*proofs)}")
        yield f"- **{m.name(first)} and {m.name(second)}** (weight {data['weight']:.1f}): {'; '.join(parts)}."


def _brokers(m: Material) -> Iterator[str]:
    found = analysis.brokers(m.measures, 5)
    if found:
        yield "Entities through which the shortest chains of statements between others lead, and whose own ties are not"
        yield "tied to each other:"
        yield ""
    for key, row in found:
        share, size = f"{100 * row.betweenness:.1f} %", f"{row.effective_size:.1f}"
        ends = [fact for fact in m.facts_of[key] if fact.subject != fact.object][:2]
        falls = "; without it its part of the network falls apart" if row.articulation else ""
        size = f"{size} of its {row.degree} ties are not redundant"
        yield f"- **{m.name(key)}**: on {share} of the shortest chains; {size}{falls}.{m.cite(*ends)}"


def _communities(m: Material) -> Iterator[str]:
    groups = [group for group in analysis.communities(m.ties) if len(group.members) > 2]
    for group in groups[:SHOWN]:
        inside = set(group.members)
        facts = [fact for fact in m.facts_of[group.members[0]] if {fact.subject, fact.object} <= inside]
        names = ", ".join(m.name(member) for member in group.members[:8])
        more = f" and {len(group.members) - 8} more" if len(group.members) > 8 else ""
        example = f" For instance: {m.claim(facts[0])}." if facts else ""
        yield f"- **Community {group.number}** ({len(group.members)} members): {names}{more}.{example}"


def _timeline(m: Material) -> Iterator[str]:
    for year, facts in chronology.timeline(m.asserted).items():
        shown = "; ".join(m.claim(fact) for fact in facts[:SHOWN])
        more = f"; and {len(facts) - SHOWN} more" if len(facts) > SHOWN else ""
        yield f"- **{year}**: {shown}{more}."


def _contested(m: Material) -> Iterator[str]:
    stances = [fact for fact in m.facts if fact.predicate == "opposes" and fact.status != "negated"]
    for fact in stances[:SHOWN]:
        yield f"- {m.claim(fact)}."
    for target, sides in stance.divided(m.asserted).items():
        claims = "; ".join(m.claim(fact) for side in sides for fact in side[:FACTS_EACH])
        yield f"- On {m.name(target)} they are divided: {claims}."
    for one, other in stance.disagreements(m.facts)[:SHOWN]:
        says = [
            f"{escaped(m.sources[f.document].name)} has it {f.status}{f' {f.date}' if f.date else ''}{m.cite(f)}"
            for f in (one, other)
        ]
        yield f"- Whether or when {m.words(one)} is told in two ways: {' and '.join(says)}."


def _planned(m: Material) -> Iterator[str]:
    plans = sorted((fact for fact in m.facts if fact.status == "planned"), key=lambda fact: (-fact.confidence, fact.id))
    for fact in plans[: 2 * SHOWN]:
        yield f"- {m.claim(fact)}: stated as intended, not as done."
    if len(plans) > 2 * SHOWN:
        yield f"- and {len(plans) - 2 * SHOWN} more; `policygraph query OUT planned` lists them."


def _doubtful(m: Material) -> Iterator[str]:
    alone = stance.single_source(m.asserted)
    if len(m.sources) > 1 and m.asserted:
        counts = f"{_count(len(alone), 'fact')} of {len(stance.by_fact(m.asserted))}"
        yield f"{counts} rest on one document only (`policygraph query OUT single-source`)."
        yield ""
    unsure = sorted((f for f in m.facts if f.confidence < DOUBTFUL_BELOW), key=lambda f: (f.confidence, f.id))
    for fact in unsure[:SHOWN]:
        yield f"- {m.claim(fact)}: read with confidence {fact.confidence:.2f}."
    if not unsure:
        yield f"No statement was read with confidence below {DOUBTFUL_BELOW}."


def _method(m: Material) -> Iterator[str]:
    yield METHOD


def _notes(m: Material) -> Iterator[str]:
    by_id = {fact.id: fact for fact in m.facts}
    for key, number in m.notes.items():
        fact = by_id[key]
        where = f"{escaped(fact.document)}, characters {fact.start}-{fact.end}"
        yield f"[^{number}]: “{escaped(fact.sentence)}” ({where})"


SECTIONS: dict[str, Callable[[Material], Iterator[str]]] = {
    "What was read": _read,
    "Principal actors": _principal(ACTORS),
    "Laws": _principal({"Law"}),
    "Agreements": _principal({"Agreement"}),
    "Initiatives": _principal({"Initiative"}),
    "Forums": _principal({"Forum"}),
    "Who works with whom": _together,
    "Brokers": _brokers,
    "Communities": _communities,
    "Timeline": _timeline,
    "What is contested": _contested,
    "What is planned": _planned,
    "What is doubtful": _doubtful,
    "Method and limits": _method,
}


def _varied(facts: list[Fact]) -> list[Fact]:
    """A few facts that show different sides: one of each predicate before a second of any."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, Fact]] = []
    for place, fact in enumerate(facts):
        ranked.append((seen[fact.predicate], place, fact))
        seen[fact.predicate] += 1
    return [fact for *_, fact in sorted(ranked, key=lambda item: item[:2])][:FACTS_EACH]


def _joining(m: Material, actor: str, event: str) -> Fact:
    return next(
        fact
        for fact in m.facts_of[event]
        if fact.subject == actor and fact.predicate in network.TAKING_PART[m.nodes[event].kind]
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"


def _plural(kind: str, number: int) -> str:
    label = ontology().labels[kind]
    return "people" if kind == "Person" and number != 1 else _count(number, label).partition(" ")[2]


def _are(number: int) -> str:
    return "was" if number == 1 else "were"


def _in_documents(node: Node) -> str:
    return f"named in {_count(len(node.documents), 'document')}"
