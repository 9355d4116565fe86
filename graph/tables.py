"""The graph as tables for spreadsheets and data frames, OUT/tables/*.csv, and README.md on what their columns are."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph import tables_network, tables_time
from graph.columns import COLUMNS, described
from graph.material import Material

Row = Sequence[object]

RISKY = frozenset("=+-@\t\r\n")
LOOKED_AT = RISKY | {" "}


def write(out: Path, material: Material | None = None) -> list[Path]:
    """Write OUT/tables/*.csv (UTF-8, comma, header line) and README.md from OUT/store, or the `material` read from it.

    Gives the tables' paths.
    """
    return write_to(out, out / "tables", material)


def write_to(out: Path, folder: Path, material: Material | None = None) -> list[Path]:
    """As `write`, into another folder."""
    rows = contents(material or Material.read(out))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(described(), encoding="utf-8")
    return [_write(folder / f"{name}.csv", columns, rows[name]) for name, columns in COLUMNS.items() if name in rows]


def contents(m: Material) -> dict[str, Iterable[Row]]:
    """The rows of every table by its name, in the order of COLUMNS."""
    return {
        "documents": list(_documents(m)),
        "entities": list(_entities(m)),
        "statements": list(_statements(m)),
        "mentions": [
            (it.entity, m.nodes[it.entity].name, it.document, it.start, it.end, it.text, it.witness, it.confidence)
            for it in m.mentions
        ],
        "merge_candidates": list(_merge_candidates(m)),
        **tables_network.contents(m),
        **tables_time.contents(m),
    }


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ")[:1] in RISKY and value.strip():
        return "'" + value
    return value


def _write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        # Few cells begin so, and to call for each of millions would take longer than to write them.
        writer.writerows([safe(c) if type(c) is str and c[:1] in LOOKED_AT else c for c in row] for row in rows)
    return path


def _merge_candidates(m: Material) -> Iterator[Row]:
    for d in m.doubts:
        one = d.first, m.nodes[d.first].name, d.first_context, d.first_document
        other = d.second, m.nodes[d.second].name, d.second_context, d.second_document
        yield d.score, d.reason, *one, *other


def _documents(m: Material) -> Iterator[Row]:
    named = Counter(document for node in m.nodes.values() for document in node.documents)
    times, said = Counter(it.document for it in m.mentions), Counter(fact.document for fact in m.facts)
    for key, it in m.sources.items():
        yield key, it.title, it.date, it.publisher, it.language, it.source, named[key], times[key], said[key]


def _entities(m: Material) -> Iterator[Row]:
    named = Counter(mention.entity for mention in m.mentions)
    said = Counter(end for fact in m.facts for end in {fact.subject, fact.object})
    dates: dict[str, list[str]] = {}
    for fact in m.asserted:
        if fact.date:
            for end in (fact.subject, fact.object):
                dates.setdefault(end, []).append(fact.date)
    for key, node in m.nodes.items():
        labels, identifiers = ([f"{a}:{b}" for a, b in pairs] for pairs in (node.labels, node.identifiers))
        names = "|".join(node.aliases), "|".join(labels), "|".join(identifiers)
        span = (min(dates[key]), max(dates[key])) if key in dates else ("", "")
        counts = len(node.documents), named[key], said[key]
        yield key, node.name, node.kind, node.type, node.jurisdiction, *names, *counts, *span


def _statements(m: Material) -> Iterator[Row]:
    for f in m.facts:
        what = f.subject, m.nodes[f.subject].name, f.predicate, f.object, m.nodes[f.object].name
        where = f.document, f.start, f.end, f.frame, f.sentence
        yield f.id, *what, f.status, f.date, f.confidence, f.attributed_to, *where
