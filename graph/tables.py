"""The graph as tables for spreadsheets and data frames, OUT/tables/*.csv, and README.md on what their columns are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph import analysis, network, records, stance, structure
from graph.columns import COLUMNS
from graph.store import open_store
from graph.vocabulary import ACTORS

if TYPE_CHECKING:
    import pyoxigraph as ox

Row = Sequence[object]


def write(out: Path) -> list[Path]:
    """Write OUT/tables/*.csv (UTF-8, comma, header line) and README.md from OUT/store; give the tables' paths."""
    return write_to(out, out / "tables")


def write_to(out: Path, folder: Path) -> list[Path]:
    """As `write`, into another folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(_readme(), encoding="utf-8")
    return [_write(folder / f"{name}.csv", COLUMNS[name], rows) for name, rows in contents(open_store(out)).items()]


def contents(store: ox.Store) -> dict[str, list[Row]]:
    """The rows of every table by its name, in the order of COLUMNS."""
    nodes, facts, sources = records.entities(store), records.facts(store), records.documents(store)
    mentions = records.mentions(store)
    graph = network.multigraph(nodes, facts)
    ties = network.simple(graph)
    groups = analysis.communities(ties)
    return {
        "documents": list(_documents(sources, nodes, facts, mentions)),
        "entities": list(_entities(nodes, facts, mentions)),
        "statements": list(_statements(nodes, facts)),
        "mentions": [
            (m.entity, nodes[m.entity].name, m.document, m.start, m.end, m.text, m.witness, m.confidence)
            for m in mentions
        ],
        "measures": list(_measures(nodes, ties, groups)),
        "communities": list(_communities(nodes, groups)),
        "actor_ties": list(_actor_ties(nodes, graph)),
        "stances": list(_stances(nodes, facts)),
        "expected_ties": list(_expected_ties(nodes, ties)),
    }


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} and value.strip():
        return "'" + value
    return value


def _write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([safe(cell) for cell in row] for row in rows)
    return path


def _documents(
    sources: Mapping[str, records.Source],
    nodes: Mapping[str, records.Node],
    facts: Sequence[records.Fact],
    mentions: Sequence[records.Mention],
) -> Iterator[Row]:
    named = _count(document for node in nodes.values() for document in node.documents)
    times, said = _count(mention.document for mention in mentions), _count(fact.document for fact in facts)
    for key, it in sources.items():
        counts = named.get(key, 0), times.get(key, 0), said.get(key, 0)
        yield key, it.title, it.date, it.publisher, it.language, it.source, *counts


def _entities(
    nodes: Mapping[str, records.Node], facts: Sequence[records.Fact], mentions: Sequence[records.Mention]
) -> Iterator[Row]:
    named = _count(mention.entity for mention in mentions)
    said = _count(end for fact in facts for end in {fact.subject, fact.object})
    dates: dict[str, list[str]] = {}
    for fact in facts:
        if fact.date and fact.status == "asserted":
            for end in (fact.subject, fact.object):
                dates.setdefault(end, []).append(fact.date)
    for key, node in nodes.items():
        labels, identifiers = ([f"{a}:{b}" for a, b in pairs] for pairs in (node.labels, node.identifiers))
        names = "|".join(node.aliases), "|".join(labels), "|".join(identifiers)
        counts = len(node.documents), named.get(key, 0), said.get(key, 0)
        span = (min(dates[key]), max(dates[key])) if key in dates else ("", "")
        yield key, node.name, node.kind, node.type, node.jurisdiction, *names, *counts, *span


def _statements(nodes: Mapping[str, records.Node], facts: Iterable[records.Fact]) -> Iterator[Row]:
    for f in facts:
        what = f.subject, nodes[f.subject].name, f.predicate, f.object, nodes[f.object].name
        yield (
            f.id,
            *what,
            f.status,
            f.date,
            f.confidence,
            f.attributed_to,
            f.document,
            f.start,
            f.end,
            f.frame,
            f.sentence,
        )


def _measures(
    nodes: Mapping[str, records.Node], ties: network.Ties, groups: Sequence[analysis.Community]
) -> Iterator[Row]:
    eigenvector = analysis.eigenvector(ties)
    for key, m in analysis.measures(ties, groups).items():
        central = _rounded(m.pagerank), _rounded(m.betweenness), _rounded(eigenvector[key])
        broker = _rounded(m.constraint), _rounded(m.effective_size), "yes" if m.articulation else "no"
        yield key, nodes[key].name, nodes[key].kind, m.degree, m.strength, *central, m.core, *broker, m.community


def _communities(nodes: Mapping[str, records.Node], groups: Sequence[analysis.Community]) -> Iterator[Row]:
    for group in groups:
        for rank, member in enumerate(group.members, start=1):
            yield group.number, group.name, rank, member, nodes[member].name, nodes[member].kind


def _actor_ties(nodes: Mapping[str, records.Node], graph: network.Multigraph) -> Iterator[Row]:
    for one, other, data in sorted(network.actors(graph).edges(data=True), key=lambda tie: sorted(tie[:2])):
        first, second = sorted((one, other))
        shared = "|".join(nodes[event].name for event in data["shared"])
        ends = first, nodes[first].name, second, nodes[second].name
        yield *ends, _rounded(data["weight"]), "|".join(data["direct"]), shared


def _stances(nodes: Mapping[str, records.Node], facts: Iterable[records.Fact]) -> Iterator[Row]:
    for (actor, issue), found in stance.table(facts).items():
        votes = _count(fact.predicate for fact in found)
        sources = "|".join(sorted({fact.document for fact in found}))
        ends = actor, nodes[actor].name, issue, nodes[issue].name
        yield *ends, votes.get(stance.FOR, 0), votes.get(stance.AGAINST, 0), sources


def _expected_ties(nodes: Mapping[str, records.Node], ties: network.Ties) -> Iterator[Row]:
    actors = [node for node in nodes if nodes[node].kind in ACTORS]
    for (first, second), score, common in structure.expected_ties(ties, actors, count=200):
        shared = "|".join(nodes[middle].name for middle in common)
        yield first, nodes[first].name, second, nodes[second].name, _rounded(score), shared


def _count(keys: Iterable[str]) -> Mapping[str, int]:
    from collections import Counter

    return Counter(keys)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _readme() -> str:
    lines = [
        "# Tables",
        "",
        "UTF-8, comma-separated, one header line. Text that a spreadsheet would take for a formula",
    ]
    lines += ["has an apostrophe before it. Rows are sorted; the same graph gives the same bytes."]
    for table, columns in COLUMNS.items():
        lines += ["", f"## {table}.csv", "", *(f"- `{name}`: {meaning}" for name, meaning in columns.items())]
    return "\n".join(lines) + "\n"
