"""The shape of a network: what holds it together, who resembles whom, which ties are missing, what rests on what.

Each measure is one function. Graphs are those of `network`: undirected and weighted unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import log, sqrt

import networkx as nx

from graph.network import Multigraph
from graph.vocabulary import ontology

Pair = tuple[str, str]


def bridges(graph: nx.Graph) -> list[Pair]:
    """Ties without which their component falls in two (Tarjan 1974), sorted."""
    return sorted((min(pair), max(pair)) for pair in nx.bridges(graph))


def cut_off(graph: nx.Graph, node: str) -> frozenset[str]:
    """Nodes that lose their connection to the largest remaining part of the component when `node` goes."""
    component = nx.node_connected_component(graph, node) - {node}
    parts = sorted(nx.connected_components(graph.subgraph(component)), key=lambda part: (-len(part), min(part)))
    return frozenset().union(*parts[1:])


def assortativity(graph: nx.Graph, attribute: str = "kind") -> float | None:
    """How far ties join nodes of one kind: 1 = always, 0 = as often as by chance, below 0 = less. None without ties.

    M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67 (2003), eq. 2.
    """
    kinds = {data.get(attribute) for node, data in graph.nodes(data=True) if graph.degree(node)}
    if not kinds:
        return None
    return 1.0 if len(kinds) == 1 else float(nx.attribute_assortativity_coefficient(graph, attribute))


def reciprocity(graph: Multigraph) -> float | None:
    """Share of ordered pairs with a directed statement whose reverse is stated too; symmetric relations left out.

    None where there are none.
    """
    symmetric = ontology().symmetric
    pairs = {(s, o) for s, o, data in graph.edges(data=True) if s != o and data["predicate"] not in symmetric}
    return sum((o, s) in pairs for s, o in pairs) / len(pairs) if pairs else None


def circles(graph: nx.Graph, k: int = 3) -> list[frozenset[str]]:
    """Groups in which cliques of k nodes overlap in k - 1: for actors tied by taking part, who meets again and again.

    Largest first. G. Palla et al., "Uncovering the overlapping community structure of complex networks", Nature 435
    (2005).
    """
    found = (frozenset(group) for group in nx.community.k_clique_communities(graph, k))
    return sorted(found, key=lambda group: (-len(group), sorted(group)))


def similarity(graph: nx.Graph, nodes: Iterable[str], count: int = 20) -> list[tuple[Pair, float]]:
    """Pairs of `nodes` whose ties resemble each other most, tied to each other or not: Salton's cosine.

    |N(i) and N(j)| / sqrt(|N(i)| |N(j)|), N without i and j; pairs that share nothing left out, most similar first.
    """
    chosen = sorted(set(nodes))
    found = [
        ((one, other), len(common) / sqrt(_others(graph, one, other) * _others(graph, other, one)))
        for (one, other), common in _sharing(graph, frozenset(chosen)).items()
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:count]


def expected_ties(graph: nx.Graph, nodes: Iterable[str], count: int = 20) -> list[tuple[Pair, float, tuple[str, ...]]]:
    """Pairs of `nodes` that are not tied although much ties them to the same others: with score and those others.

    Score = sum over the common neighbours k of 1 / log(degree of k): a rare common contact tells more than one that
    everybody has. L. A. Adamic and E. Adar, "Friends and neighbors on the Web", Social Networks 25 (2003).
    """
    found = [
        (pair, sum(1 / log(graph.degree(k)) for k in common), tuple(sorted(common, key=lambda k: (graph.degree(k), k))))
        for pair, common in _sharing(graph, frozenset(nodes)).items()
        if not graph.has_edge(*pair)
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:count]


def depth(graph: nx.DiGraph) -> dict[str, int]:
    """How many instruments a directed graph of instruments stacks below each: 0 for one that rests on no other.

    The longest chain of arrows from the node; instruments that rest on each other in a circle count as one.
    """
    folded = nx.condensation(graph)
    below: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(folded))):
        below[part] = max((below[other] + 1 for other in folded[part]), default=0)
    return {node: below[part] for node, part in sorted(folded.graph["mapping"].items())}


def _sharing(graph: nx.Graph, nodes: frozenset[str]) -> dict[Pair, list[str]]:
    """Common neighbours of every pair of `nodes` that has some."""
    found: dict[Pair, list[str]] = {}
    for middle in sorted(graph):
        for pair in combinations(sorted(nodes & graph[middle].keys()), 2):
            if middle not in pair:
                found.setdefault(pair, []).append(middle)
    return found


def _others(graph: nx.Graph, node: str, but: str) -> int:
    return len(graph[node].keys() - {node, but})
