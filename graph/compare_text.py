"""A comparison as text for a terminal: tables of what is shared and stressed, then facts with their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.compare import DISTINCT, Comparison, Key, shares
from graph.records import Fact
from graph.vocabulary import ontology

SHOWN = 20
WIDTH = 40


def render(c: Comparison) -> str:
    """The comparison in Markdown whose tables are aligned."""
    first, second = c.sides
    lines = [f"# {first} and {second}", ""]
    for name, documents in zip(c.sides, c.documents, strict=True):
        if documents != (name,):
            lines.append(f"{name}: {', '.join(documents)}")
    counts = (
        ("entities named", c.shared, c.only),
        ("facts stated", c.shared_facts, c.only_facts),
    )
    head = ("", "both", f"only {first}", f"only {second}")
    lines += ["", *_table(head, [(what, len(both), len(only[0]), len(only[1])) for what, both, only in counts])]
    lines += ["", "## Emphasis", "", *_emphasis(c)]
    lines += ["", f"## Told with another status or date ({len(c.differing)})", "", *_differing(c)]
    sources = (c.stated, c.stated[:1], c.stated[1:])
    listed = zip(_titles(c, "Facts that", "state", "states"), (c.shared_facts, *c.only_facts), sources, strict=True)
    for title, keys, stated in listed:
        lines += ["", f"## {title} ({len(keys)})", "", *_facts(c, keys, stated)]
    for title, entities in zip(_titles(c, "Entities that", "name", "names"), (c.shared, *c.only), strict=True):
        lines += ["", f"## {title} ({len(entities)})", "", *_entities(c, entities)]
    return "\n".join(lines)


def _titles(c: Comparison, what: str, plural: str, singular: str) -> Iterator[str]:
    yield f"{what} both {plural}"
    yield from (f"{what} only {name} {singular}" for name in c.sides)


def _emphasis(c: Comparison) -> Iterator[str]:
    rows = []
    for kind, scores in c.emphasis.items():
        marked = [(feature, z) for feature, z in scores.items() if abs(z) >= DISTINCT]
        for feature, z in sorted(marked, key=lambda item: (-abs(item[1]), item[0]))[:SHOWN]:
            label = c.nodes[feature].name if kind == "entities" else ontology().labels[feature]
            parts = (f"{100 * share:.1f} %" for share in shares(c.counts[kind], feature))
            rows.append((kind, label, *parts, c.sides[0] if z > 0 else c.sides[1], f"{z:+.1f}"))
    if not rows:
        yield f"Nothing stands out: no difference is more than chance would have it (|z| at least {DISTINCT})."
        return
    yield f"What one side has more of than chance would have it (|z| at least {DISTINCT}, log-odds with a prior)."
    yield ""
    yield from _table(("kind", "what", f"share in {c.sides[0]}", f"share in {c.sides[1]}", "more in", "z"), rows)


def _differing(c: Comparison) -> Iterator[str]:
    for one, other in c.differing[:SHOWN]:
        says = "; ".join(
            f"{fact.document}: {fact.status}{f' {fact.date}' if fact.date else ''}" for fact in (one, other)
        )
        yield f"- {_words(c, (one.subject, one.predicate, one.object))} ({says})"
        yield from (_quoted(fact) for fact in (one, other))
    yield from _rest(len(c.differing))


def _facts(c: Comparison, keys: Sequence[Key], stated: Sequence[Mapping[Key, Sequence[Fact]]]) -> Iterator[str]:
    """Each fact with the surest sentence of every side that states it."""
    for key in keys[:SHOWN]:
        told = [side[key][0] for side in stated]
        dates = " and ".join(dict.fromkeys(fact.date for fact in told if fact.date))
        yield f"- {_words(c, key)}{f' ({dates})' if dates else ''}"
        for fact in told:
            yield _quoted(fact)
            yield f"  > ({fact.document}, characters {fact.start}-{fact.end})"
    yield from _rest(len(keys))


def _entities(c: Comparison, entities: Sequence[str]) -> Iterator[str]:
    for entity in entities[:SHOWN]:
        yield f"- {c.nodes[entity].name} ({ontology().labels[c.nodes[entity].type]})"
    yield from _rest(len(entities))


def _quoted(fact: Fact) -> str:
    return f"  > {' '.join(fact.sentence.split())}"


def _rest(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"- and {count - SHOWN} more"


def _words(c: Comparison, key: Key) -> str:
    subject, predicate, object = key
    return f"{c.nodes[subject].name} {ontology().phrase(predicate)} {c.nodes[object].name}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table whose columns are aligned, numbers to the right; long cells are cut."""
    body = [[_cut(cell) for cell in row] for row in rows]
    names = [_cut(name) for name in head]
    widths = [max(3, *(len(row[at]) for row in [names, *body])) for at in range(len(names))]
    right = [all(row[at][-1:].isdigit() or row[at].endswith("%") for row in body) for at in range(len(names))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if end else cell.ljust(width)
            for cell, width, end in zip(cells, widths, right, strict=True)
        )
        return f"| {' | '.join(padded)} |"

    yield line(names)
    yield f"|{'|'.join('-' * (width + 1) + (':' if end else '-') for width, end in zip(widths, right, strict=True))}|"
    yield from map(line, body)


def _cut(cell: object) -> str:
    text = str(cell).replace("|", "/")
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
