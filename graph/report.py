"""OUT/report.md: what an analyst would write on the first day. Every claim carries notes with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph import analysis, pictures, report_doubt, report_network, report_short, report_ties, report_time
from graph.claims import Writer, counted, escaped, varied
from graph.material import Material
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3

OPENING = """\
A program read the documents and wrote this. Each claim below is what it took a sentence to say; the note behind the
claim holds that sentence and leads to its place. Check the note before you rely on the claim: the program errs, and
what it missed is not here. "Method and limits" at the end says how the figures come about."""

METHOD = """\
The program finds names and the sentences that relate them, and keeps with every statement the sentence that makes it.
It reads what a sentence says, not whether that is true. Absence from this report is no evidence of absence from the
documents. A date is that of the fact as the sentence gives it; most sentences give none. A fact counts once however
many sentences state it.

The network is that of the asserted statements: two entities are tied where a sentence relates them, the more closely
the more passages do. All figures on it count what the documents happen to mention, and a document about one state puts
that state in the middle.

- Actors are ranked by PageRank, instruments and forums by the number of passages that state something of them.
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
    yield f"and {counted(len(m.facts), 'statement')}{f' ({told})' if told else ''}."
    said = Counter(fact.document for fact in m.facts)
    named = Counter(document for node in m.nodes.values() for document in node.documents)
    yield from ("", "| Document | Title | Publisher | Date | Entities | Statements |", "|---|---|---|---|---:|---:|")
    shown = list(m.sources.items())[: 10 * SHOWN]
    for key, source in shown:
        first, *cells = map(escaped, (key, source.title, source.publisher, source.date))
        yield f"| [{first}]({write.pages[key]}) | {' | '.join(cells)} | {named[key]} | {said[key]} |"
    if len(m.sources) > len(shown):
        yield f"\nand {len(m.sources) - len(shown)} more, in tables/documents.csv."


def _principal(
    kinds: Iterable[str], rank: Callable[[analysis.Measures], float]
) -> Callable[[Material, Writer], Iterator[str]]:
    wanted = frozenset(kinds)

    def section(m: Material, write: Writer) -> Iterator[str]:
        among = sum(node.kind in wanted for node in m.nodes.values())
        tied = m.ranked(wanted, rank)
        for key in tied[:SHOWN]:
            node, told = m.nodes[key], m.claims_of[key]
            counts = f"{counted(len(told), 'fact')}, named in {counted(len(node.documents), 'document')}"
            yield f"- **{write.name(key)}** ({ontology().labels[node.type]}; {counts}):"
            yield f"  {write.series(varied(told, CLAIMS_EACH))}."
        if len(tied) > SHOWN:
            yield f"- and {len(tied) - SHOWN} more, in tables/measures.csv."
        if among > len(tied):
            yield f"- Of {among - len(tied)} more, no asserted fact was found; they are in tables/entities.csv."

    return section


def _method(m: Material, write: Writer) -> Iterator[str]:
    yield METHOD.replace("{sampled}", SAMPLED if len(m.ties) > analysis.SAMPLED_ABOVE else "")


PICTURES = {
    "What was read": "kinds",
    "Who works with whom": "matrix",
    "Timeline": "timeline",
}
"""Which picture stands at the end of a section."""

SECTIONS: dict[str, Callable[[Material, Writer], Iterator[str]]] = {
    "What was read": _read,
    "In short": report_short.short,
    "Principal actors": _principal(ACTORS, lambda measures: measures.pagerank),
    "Laws": _principal({"Law"}, lambda measures: measures.strength),
    "Agreements": _principal({"Agreement"}, lambda measures: measures.strength),
    "Initiatives": _principal({"Initiative"}, lambda measures: measures.strength),
    "Forums": _principal({"Forum"}, lambda measures: measures.strength),
    "How instruments rest on each other": report_network.instruments,
    "Who works with whom": report_ties.together,
    "Who meets again and again": report_ties.meeting,
    "Whose ties are alike": report_ties.alike,
    "Ties one would expect": report_ties.expected,
    "Brokers": report_network.brokers,
    "What holds the network together": report_network.cohesion,
    "Communities": report_network.communities,
    "Timeline": report_time.timeline,
    "Years that stand out": report_time.bursts,
    "First and last activity": report_time.activity,
    "What changed from year to year": report_time.change,
    "What is opposed, denied or told in two ways": report_doubt.contested,
    "Who agrees with whom": report_doubt.agreement,
    "What is planned": report_doubt.planned,
    "What is doubtful": report_doubt.doubtful,
    "What was decided": report_doubt.decided,
    "Method and limits": _method,
}
