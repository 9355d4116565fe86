"""OUT/report.md: what an analyst would write on the first day. Every claim carries notes with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph import analysis, chronology, records, report_network, stance
from graph.claims import claims, escaped, varied
from graph.material import Material
from graph.store import open_store
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3
DOUBTFUL_BELOW = 0.5

METHOD = """\
A program read the documents: it finds names and the sentences that relate them, and keeps with every statement the
sentence that makes it. It reads what a sentence says, not whether that is true, and it errs: check a claim against
its note before you rely on it. Absence from this report is no evidence of absence from the documents. Ranks of
actors follow PageRank on the network of asserted statements, those of instruments and forums the number of
sentences that state something of them; brokers follow betweenness and Burt's constraint, communities the Leiden
method; the ties of two actors add the sentences that relate them and Newman's weight of the forums, agreements and
initiatives that they share; the ties one would expect are pairs of actors that no sentence ties, by the index of
Adamic and Adar. All of these count what the documents happen to mention, and a document about one state puts that
state in the middle. A date is that of the fact as the sentence gives it; most sentences give none."""


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
    "How instruments rest on each other": report_network.instruments,
    "Who works with whom": report_network.together,
    "Brokers": report_network.brokers,
    "What holds the network together": report_network.cohesion,
    "Communities": report_network.communities,
    "Ties one would expect": report_network.expected,
    "Timeline": _timeline,
    "Who is new": report_network.change,
    "What is opposed, denied or told in two ways": _contested,
    "What is planned": _planned,
    "What is doubtful": _doubtful,
    "Method and limits": _method,
}
