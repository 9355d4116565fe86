"""OUT/report.md: what an analyst would write on the first day. Every claim carries notes with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph import analysis, pictures, report_doubt, report_network, report_short, report_ties, report_time
from graph.claims import Writer, counted, escaped, varied
from graph.material import Material
from graph.sureness import SURE
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3

Section = Callable[[Material, Writer], Iterator[str]]

OPENING = """\
A program read the documents and wrote this. It tells as a fact only what it read surely; the note behind the claim
holds the sentence and leads to its place. What it read less surely stands under "What is doubtful", to be checked. The
program errs even where it is sure: check the note before you rely on a claim. What it missed is not here. "Method and
limits" at the end says what is sure and how the figures come about."""

METHOD = """\
The program finds names and the sentences that relate them, and keeps with every statement the sentence that makes it.
It reads what a sentence says, not whether that is true. Absence from this report is no evidence of absence from the
documents. A fact counts once however many sentences state it.

Every statement has a confidence. One is told as a fact here if the confidence is {sure} or more: then its words state
the relation outright and, as a rule, name both ends. In annotated texts nine in ten of these were right, and about four
in five of the others. A date is told where the passage shows it, and is that of the fact as the passage gives it; most
give none.

The words of a claim stand for a class of expressions:

{words}

The network is that of all asserted statements, sure or not: two entities are tied where a sentence was read to relate
them, the more closely the more passages were. All figures on it count what was read in these documents, and a document
about one state puts that state in the middle.

- Actors are ranked by PageRank, instruments and forums by how often they are tied to others: each tie counts once for
  every passage that was read to state it.
- Who works with whom, who meets again, likeness, ties that one would expect, and time rest on what was surely read.
- The weight of two actors adds the passages that say that they cooperate and Newman's weight of the forums,
  agreements and initiatives that they share: 1 / (n - 1) for one with n actors, so that a meeting of two counts more
  than a large one.
- Brokers are ranked by betweenness, among those whom Burt's constraint leaves free. One stands between a pair where
  the shortest chain of ties between the two runs through it; a pair with several such chains counts in part{sampled}.
  Ties of a broker that are not redundant are Burt's effective size.
- Communities are found by the Leiden method; they say who is mentioned with whom, not who belongs together.
- Likeness is Salton's cosine of the sets of neighbours; a tie one would expect has the index of Adamic and Adar.
- Assortativity is Newman's coefficient, from -1 to 1; a year stands out where it has two standard deviations more dated
  facts than the mean year."""

SAMPLED = f""" (estimated from {analysis.SOURCES} sources; 95 % of estimates are within
  {100 * analysis.error(analysis.SOURCES):.0f} percentage points)"""


def write(out: Path, material: Material | None = None) -> Path:
    """Write OUT/report.md and OUT/pictures/ from OUT/store, or the `material` read from it; give the report's path."""
    material = material or Material.read(out)
    target = out / "report.md"
    pictures.write(material, out / "pictures")
    target.write_text(render(material), encoding="utf-8")
    return target


def render(m: Material) -> str:
    """The whole report in Markdown, with links to pictures/ and site/ beside it."""
    from graph.pages.catalogue import page_names

    pages = {key: f"site/{page}" for key, page in page_names("document", m.sources).items()}
    writer = Writer(m.nodes, pages)
    lines = ["# What the documents say", "", OPENING, ""]
    for title, section in SECTIONS.items():
        body = list(section(m, writer))
        alt = pictures.alt(m, picture) if (picture := PICTURES.get(title)) else ""
        drawn = [f"![{escaped(alt)}](pictures/{picture}.svg)", ""] if alt else []
        lines += [f"## {title}", "", *(body or ["Nothing of this was found."]), "", *drawn]
    return "\n".join([*lines, *writer.notes()]) + "\n"


def _read(m: Material, write: Writer) -> Iterator[str]:
    kinds = Counter(node.kind for node in m.nodes.values())
    counts = ", ".join(counted(number, ontology().labels[kind]) for kind, number in kinds.most_common())
    statuses = Counter(fact.status for fact in m.facts)
    told = ", ".join(f"{number} {status}" for status, number in statuses.most_common())
    yield f"{counted(len(m.sources), 'document')} {'was' if len(m.sources) == 1 else 'were'} read."
    yield f"{counted(len(m.nodes), 'named entity')} {'was' if len(m.nodes) == 1 else 'were'} found"
    yield f"{f'in them: {counts}' if counts else 'in them'};"
    surely = f" ({told}), {len(m.sure.facts)} of them surely" if told else ""
    yield f"and {counted(len(m.facts), 'statement')}{surely}."
    said = Counter(fact.document for fact in m.facts)
    named = Counter(document for node in m.nodes.values() for document in node.documents)
    yield from ("", "| Document | Title | Publisher | Date | Entities | Statements |", "|---|---|---|---|---:|---:|")
    shown = list(m.sources.items())[: 10 * SHOWN]
    for key, source in shown:
        first, *cells = map(escaped, (key, source.title, source.publisher, source.date))
        yield f"| [{first}]({write.pages[key]}) | {' | '.join(cells)} | {named[key]} | {said[key]} |"
    if len(m.sources) > len(shown):
        yield f"\nand {len(m.sources) - len(shown)} more, in tables/documents.csv."


def _principal(kinds: Iterable[str], rank: Callable[[analysis.Measures], float]) -> Section:
    wanted = frozenset(kinds)

    def section(m: Material, write: Writer) -> Iterator[str]:
        among = sum(node.kind in wanted for node in m.nodes.values())
        tied = [key for key in m.ranked(wanted, rank) if m.sure.claims_of[key]]
        for key in tied[:SHOWN]:
            node, told = m.nodes[key], m.sure.claims_of[key]
            facts = f"{counted(len(m.claims_of[key]), 'fact')} read, {len(told)} surely"
            counts = f"{facts}; found in {counted(len(node.documents), 'document')}"
            yield f"- **{write.name(key)}** ({ontology().labels[node.type]}; {counts}):"
            yield f"  {write.series(varied(told, CLAIMS_EACH))}."
        if len(tied) > SHOWN:
            yield f"- and {len(tied) - SHOWN} more, in tables/measures.csv."
        if among > len(tied):
            yield f"- Of {among - len(tied)} more, no asserted fact was surely read; they are in tables/entities.csv."

    return section


def _method(m: Material, write: Writer) -> Iterator[str]:
    words = ontology().definitions
    told = sorted({claim[0].predicate for claim in m.sure.claims}, key=ontology().rank)
    yield METHOD.format(
        sure=SURE,
        words="\n".join(f"- {ontology().phrase(name)}: {words[name]}" for name in told),
        sampled=SAMPLED if len(m.ties) > analysis.SAMPLED_ABOVE else "",
    )


def _surely(section: Section) -> Section:
    """The section on what was surely read alone."""
    return lambda m, write: iter(list(section(m.sure, write)) or ["Nothing of this was surely read."])


PICTURES = {
    "What was read": "kinds",
    "Who works with whom": "matrix",
    "Timeline": "timeline",
}
"""Which picture stands at the end of a section."""

SECTIONS: dict[str, Section] = {
    "What was read": _read,
    "In short": report_short.short,
    "Principal actors": _principal(ACTORS, lambda measures: measures.pagerank),
    "Laws": _principal({"Law"}, lambda measures: measures.strength),
    "Agreements": _principal({"Agreement"}, lambda measures: measures.strength),
    "Initiatives": _principal({"Initiative"}, lambda measures: measures.strength),
    "Forums": _principal({"Forum"}, lambda measures: measures.strength),
    "How instruments rest on each other": _surely(report_network.instruments),
    "Who works with whom": _surely(report_ties.together),
    "Who meets again and again": _surely(report_ties.meeting),
    "Whose ties are alike": _surely(report_ties.alike),
    "Ties one would expect": report_ties.expected,
    "Brokers": report_network.brokers,
    "What holds the network together": report_network.cohesion,
    "Communities": report_network.communities,
    "Timeline": _surely(report_time.timeline),
    "Years that stand out": _surely(report_time.bursts),
    "First and last activity": _surely(report_time.activity),
    "What changed from year to year": _surely(report_time.change),
    "What is opposed, denied or told in two ways": _surely(report_doubt.contested),
    "Who agrees with whom": _surely(report_doubt.agreement),
    "What is planned": _surely(report_doubt.planned),
    "What is doubtful": report_doubt.doubtful,
    "What was decided": report_doubt.decided,
    "Method and limits": _method,
}
