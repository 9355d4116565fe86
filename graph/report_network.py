"""The report's sections on the network: who works with whom, who stands between, what holds it together."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest

from graph import analysis, chronology, network, structure
from graph.claims import varied
from graph.material import Material
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3
RESTING = frozenset({"amends", "implements", "partOf"})


def together(m: Material) -> Iterator[str]:
    ties = network.actors(m.graph).edges(data=True)
    for *pair, data in nsmallest(SHOWN, ties, key=lambda tie: (-tie[2]["weight"], sorted(tie[:2]))):
        first, second = sorted(pair)
        parts = [m.write.tell(claim) for claim in m.claims_between(first, second)[:CLAIMS_EACH]]
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


def brokers(m: Material) -> Iterator[str]:
    for key, row in analysis.brokers(m.measures, 5):
        share = f"on the shortest chain of statements between {100 * row.betweenness:.1f} % of all pairs of others"
        size = f"{row.effective_size:.1f} of its {row.degree} ties are not redundant"
        falls = "; without it its part of the network falls apart" if row.articulation else ""
        example = m.write.series(varied(m.claims_of[key], 2))
        yield f"- **{m.write.name(key)}**: {share}; {size}{falls}. Among its ties: {example}."


def communities(m: Material) -> Iterator[str]:
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


def instruments(m: Material) -> Iterator[str]:
    view = network.instruments(m.graph)
    view.remove_edges_from([(one, other) for one, other, how in view.edges(data="predicates") if not RESTING & {*how}])
    levels = structure.depth(view)
    resting = sorted((key for key in view if view[key]), key=lambda key: (-levels[key], key))
    for key in resting[:SHOWN]:
        told = [c for other in sorted(view[key]) for c in m.claims_between(key, other) if c[0].predicate in RESTING]
        yield f"- {m.write.series(told[:CLAIMS_EACH])}."
    if len(resting) > SHOWN:
        yield f"- and {len(resting) - SHOWN} more; `policygraph query OUT instrument-hierarchy` lists them."


def cohesion(m: Material) -> Iterator[str]:
    if m.ties.number_of_edges():
        like = structure.assortativity(m.ties)
        if like is not None:
            yield f"Ties join entities of one kind {_compared(like)} than by chance (assortativity {like:.2f})."
        links = len(structure.bridges(m.ties))
        yield f"{links} of {m.ties.number_of_edges()} ties are the only link between two parts of the network."
        yield ""
    lost = {node: structure.cut_off(m.ties, node) for node in analysis.articulation(m.ties)}
    for node in nsmallest(SHOWN // 2, lost, key=lambda node: (-len(lost[node]), node)):
        away = sorted(lost[node], key=lambda other: (-m.ties.degree(other), other))
        told = [m.claims_between(node, other)[0] for other in away if m.ties.has_edge(node, other)][:CLAIMS_EACH]
        name, others = m.write.name(node), f"{len(away)} other{'' if len(away) == 1 else 's'}"
        yield f"- Without **{name}**, {others} would have no link to the rest: {m.write.series(told)}."


def expected(m: Material) -> Iterator[str]:
    actors = [node for node in m.ties if m.nodes[node].kind in ACTORS]
    for (one, other), score, common in structure.expected_ties(m.ties, actors, SHOWN):
        told = [m.claims_between(end, middle)[0] for middle in common[:2] for end in (one, other)]
        pair = f"{m.write.name(one)} and {m.write.name(other)}"
        yield f"- **{pair}** (score {score:.2f}; {len(common)} in common): {m.write.series(told)}."


def change(m: Material) -> Iterator[str]:
    for year, found in list(chronology.changes(m.graph).items())[-CLAIMS_EACH:]:
        view = network.multigraph(m.nodes, m.facts, network.Filter(since=year, until=year))
        in_year = {key for *_, key in view.edges(keys=True)}
        new = [key for key in found.entered if m.nodes[key].kind in ACTORS]
        told = [c for key in new for c in m.claims_of[key] if in_year & {fact.id for fact in c}][:CLAIMS_EACH]
        if told:
            names = ", ".join(m.write.name(key) for key in new[:SHOWN])
            more = f" and {len(new) - SHOWN} more" if len(new) > SHOWN else ""
            who = f"actors with dated facts that had none in the dated year before: {names}{more}"
            yield f"- **{year}**: {who}. {m.write.series(told)}."


def _compared(coefficient: float) -> str:
    return "more often" if coefficient > 0 else "less often" if coefficient < 0 else "no more often"
