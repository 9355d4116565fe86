"""The report's sections on the shape of the network: what rests on what, who stands between, what holds it together."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest

from graph import analysis, network, structure
from graph.claims import Writer, counted
from graph.material import Material

SHOWN = 10
CLAIMS_EACH = 3
READ = "Of the network of all asserted statements that were read, sure or not:"
RESTING = frozenset({"amends", "implements", "partOf"})


def instruments(m: Material, write: Writer) -> Iterator[str]:
    view = network.instruments(m.graph)
    view.remove_edges_from([(one, other) for one, other, how in view.edges(data="predicates") if not RESTING & {*how}])
    resting = [(key, depth) for key, depth in structure.levels(view) if view[key]]
    for key, depth in resting[:SHOWN]:
        told = [c for other in sorted(view[key]) for c in m.claims_between(key, other) if c[0].predicate in RESTING]
        stacked = f" The chain below **{write.name(key)}** is {depth} deep." if depth > 1 else ""
        yield f"- {write.series(told[:CLAIMS_EACH])}.{stacked}"
    if len(resting) > SHOWN:
        yield f"- and {len(resting) - SHOWN} more, in tables/instruments.csv."


def brokers(m: Material, write: Writer) -> Iterator[str]:
    yield from (READ, "") if m.ties.number_of_edges() else ()
    for key, row in analysis.brokers(m.measures, SHOWN // 2):
        share = f"it stands between {100 * row.betweenness:.1f} % of all pairs of others"
        size = f"{row.effective_size:.1f} of its {counted(row.degree, 'tie')} are not redundant"
        among = f"{counted(m.ties_among[key], 'tie')} among the {row.degree} that it is tied to"
        falls = f"; without it, {counted(m.losses[key], 'other')} would be cut off" if row.articulation else ""
        example = write.examples(m.sure.claims_of[key], m.claims_of[key], CLAIMS_EACH, ". Among its ties: ")
        yield f"- **{write.name(key)}**: {share}; {size} ({among}){falls}{example}."


def cohesion(m: Material, write: Writer) -> Iterator[str]:
    if m.ties.number_of_edges():
        yield READ
        like = structure.assortativity(m.ties)
        if like is not None:
            yield f"Ties join entities of one kind {_compared(like)} than by chance (assortativity {like:.2f})."
        returned = structure.reciprocity(m.graph)
        if returned is not None:
            yield f"Of the pairs that a statement with a direction relates, {100 * returned:.1f} % are related the"
            yield "other way round too (reciprocity)."
        links = len(m.bridges)
        yield f"{links} of {counted(m.ties.number_of_edges(), 'tie')} are the only link between two parts of the"
        yield "network (tables/bridges.csv)."
        yield ""
    for node in nsmallest(SHOWN // 2, m.losses, key=lambda node: (-m.losses[node], node)):
        away = sorted(structure.cut_off(m.ties, node), key=lambda other: (-m.ties.degree(other), other))
        sure, read = ([c for other in away for c in of.claims_between(node, other)[:1]] for of in (m.sure, m))
        rest = f"{counted(len(away), 'other')} would have no link to the largest part that remains"
        yield f"- Without **{write.name(node)}**, {rest}{write.examples(sure, read, CLAIMS_EACH)}."


def communities(m: Material, write: Writer) -> Iterator[str]:
    groups = [group for group in m.communities if len(group.members) > 2]
    yield from (READ, "") if groups else ()
    for group in groups[:SHOWN]:
        inside = set(group.members)
        told, read = (
            [c for c in of.claims_of[group.members[0]] if {c[0].subject, c[0].object} <= inside] for of in (m.sure, m)
        )
        names = ", ".join(write.name(member) for member in group.members[:8])
        more = f" and {len(group.members) - 8} more" if len(group.members) > 8 else ""
        example = write.examples(told, read, CLAIMS_EACH, ". For instance: ")
        yield f"- **Community {group.number}** ({len(group.members)} members): {names}{more}{example}."
    if len(groups) > SHOWN:
        yield f"- and {len(groups) - SHOWN} more, in tables/communities.csv."


def _compared(coefficient: float) -> str:
    return "more often" if coefficient > 0 else "less often" if coefficient < 0 else "no more often"
