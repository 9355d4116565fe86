"""The shape of a network: what holds it together, who resembles whom, which ties are missing, what rests on what.

Each measure is one function. Graphs are those of `network`: undirected and weighted unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import networkx as nx

from graph.network import Multigraph
from graph.vocabulary import ontology

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Shared = tuple[NDArray[np.int64], NDArray[np.int64], Numbers, NDArray[np.bool_]]

Pair = tuple[str, str]

BLOCK = 500
"""Rows of a matrix of pairs that are worked out at a time, to bound memory."""
DECIMALS = 9
"""Scores that differ by less are taken as equal, so that the order of pairs does not hang on rounding."""


def bridges(graph: nx.Graph) -> list[Pair]:
    """Ties without which their component falls in two, sorted.

    R. E. Tarjan, "A note on finding the bridges of a graph", Information Processing Letters 2 (1974).
    """
    pairs = (block for block in nx.biconnected_components(graph) if len(block) == 2)
    return sorted((min(pair), max(pair)) for pair in pairs)


def cut_off(graph: nx.Graph, node: str) -> frozenset[str]:
    """Nodes that lose their connection to the largest remaining part of the component when `node` goes."""
    parts: list[set[str]] = []
    for neighbour in graph[node]:
        if not any(neighbour in part for part in parts) and neighbour != node:
            parts.append(_without(graph, node, neighbour))
    parts.sort(key=lambda part: (-len(part), min(part)))
    return frozenset().union(*parts[1:])


def _without(graph: nx.Graph, node: str, start: str) -> set[str]:
    """What can be reached from `start` when `node` is gone."""
    seen, found = {node, start}, [start]
    for one in found:
        new = graph.adj[one].keys() - seen
        seen |= new
        found += new
    return seen - {node}


def losses(graph: nx.Graph) -> dict[str, int]:
    """How many nodes each articulation point cuts off when it goes: the size of its `cut_off`, sorted by node.

    One pass over the tree of blocks and articulation points of each component. J. Hopcroft and R. Tarjan, "Efficient
    algorithms for graph manipulation", Communications of the ACM 16 (1973).
    """
    part_of = {node: number for number, part in enumerate(nx.connected_components(graph)) for node in part}
    blocks_of: dict[int, list[frozenset[str]]] = {}
    for block in map(frozenset, nx.biconnected_components(graph)):
        blocks_of.setdefault(part_of[min(block)], []).append(block)
    pieces = (found for blocks in blocks_of.values() for found in _pieces(blocks).items())
    return {node: sum(sizes) - max(sizes) for node, sizes in sorted(pieces)}


def _pieces(blocks: list[frozenset[str]]) -> dict[str, list[int]]:
    """Sizes of the pieces into which a component of these blocks falls without each of its articulation points."""
    homes: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        for node in block:
            homes.setdefault(node, []).append(number)
    tree = nx.Graph((node, number) for node, inside in homes.items() if len(inside) > 1 for number in inside)
    if not tree:
        return {}
    root = min(node for node in tree if isinstance(node, str))
    below: dict[str | int, int] = {}
    order = [root, *(child for _, child in nx.bfs_edges(tree, root))]
    parent = {child: above for above, child in nx.bfs_edges(tree, root)}
    for part in reversed(order):
        own = 1 if isinstance(part, str) else sum(len(homes[node]) == 1 for node in blocks[part])
        below[part] = own + sum(below[child] for child in tree[part] if parent.get(child) == part)
    pieces = {}
    for node in tree:
        if isinstance(node, str):
            sizes = [below[block] for block in tree[node] if parent.get(block) == node]
            pieces[node] = sizes + ([below[root] - below[node]] if node != root else [])
    return pieces


def ties_among(graph: nx.Graph) -> dict[str, int]:
    """Ties among the neighbours of each node: what its ego network has without it."""
    return dict(nx.triangles(graph))


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


def similarity(
    graph: nx.Graph, nodes: Iterable[str], count: int = 20, least: int = 2
) -> list[tuple[Pair, float, tuple[str, ...]]]:
    """Pairs of `nodes` whose ties resemble each other most, tied to each other or not, with what both are tied to.

    Salton's cosine |N(i) and N(j)| / sqrt(|N(i)| |N(j)|), N without i and j; pairs that share fewer than `least` left
    out, most similar first, then those that share more. G. Salton, "Automatic text processing" (1989), section 10.1.
    """
    import numpy as np

    chosen = sorted(set(nodes))
    degrees = np.array([graph.degree(node) for node in chosen], dtype=float)

    def score(one: NDArray[np.int64], other: NDArray[np.int64], shared: Numbers, tied: NDArray[np.bool_]) -> Numbers:
        enough = shared >= least
        sizes = np.where(enough, (degrees[one] - tied) * (degrees[other] - tied), 1)
        return np.where(enough, shared / np.sqrt(sizes), 0)

    return _best(graph, chosen, lambda middle: 1.0, score, count)


def expected_ties(graph: nx.Graph, nodes: Iterable[str], count: int = 20) -> list[tuple[Pair, float, tuple[str, ...]]]:
    """Pairs of `nodes` that are not tied although much ties them to the same others: with score and those others.

    Score = sum over the common neighbours k of 1 / log(degree of k): a rare common contact tells more than one that
    everybody has. L. A. Adamic and E. Adar, "Friends and neighbors on the Web", Social Networks 25 (2003).
    """
    import numpy as np

    def score(one: NDArray[np.int64], other: NDArray[np.int64], shared: Numbers, tied: NDArray[np.bool_]) -> Numbers:
        return np.where(tied, 0, shared)

    def rarity(middle: str) -> float:
        degree = graph.degree(middle)
        return float(1 / np.log(degree)) if degree > 1 else 0.0

    return _best(graph, sorted(set(nodes)), rarity, score, count)


def depth(graph: nx.DiGraph) -> dict[str, int]:
    """How many instruments a directed graph of instruments stacks below each: 0 for one that rests on no other.

    The longest chain of arrows from the node; instruments that rest on each other in a circle count as one.
    """
    folded = nx.condensation(graph)
    below: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(folded))):
        below[part] = max((below[other] + 1 for other in folded[part]), default=0)
    return {node: below[part] for node, part in sorted(folded.graph["mapping"].items())}


def levels(graph: nx.DiGraph) -> list[tuple[str, int]]:
    """Instruments in topological order, each before all that it rests on, with its depth; ties broken by id."""
    deep = depth(graph)
    return sorted(deep.items(), key=lambda item: (-item[1], item[0]))


def _best(
    graph: nx.Graph,
    chosen: list[str],
    weigh: Callable[[str], float],
    score: Callable[..., Numbers],
    count: int,
) -> list[tuple[Pair, float, tuple[str, ...]]]:
    """The `count` best pairs of `chosen` by a score above 0 of what they share, with their neighbours, rare first."""
    import numpy as np

    found: list[tuple[float, int, int]] = []
    for one, other, shared, tied in _shared(graph, chosen, weigh):
        scores = np.round(score(one, other, shared, tied), DECIMALS)
        good = scores > 0
        if good.sum() > count:
            good = scores >= np.partition(scores, -count)[-count]
        order = np.lexsort((other[good], one[good], -scores[good]))[:count]
        found += [(-float(scores[good][at]), int(one[good][at]), int(other[good][at])) for at in order]
    best = []
    for negative, first, second in sorted(found)[:count]:
        pair = chosen[first], chosen[second]
        common = graph[pair[0]].keys() & graph[pair[1]].keys()
        best.append((pair, -negative, tuple(sorted(common, key=lambda middle: (graph.degree(middle), middle)))))
    return best


def _shared(graph: nx.Graph, chosen: list[str], weigh: Callable[[str], float]) -> Iterator[Shared]:
    """Places in `chosen` of pairs that share neighbours, the neighbours' weights added up, whether they are tied.

    By sparse matrices, a block of rows at a time.
    """
    import numpy as np
    from scipy import sparse

    others = sorted(graph)
    if not chosen or not others:
        return
    weights = np.array([weigh(node) for node in others])
    place = {node: number for number, node in enumerate(others)}
    rows, columns = ([place[tie[end]] for tie in graph.edges()] for end in (0, 1))
    upper = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(others), len(others)))
    near = sparse.csr_array(upper.maximum(upper.T))[[place[node] for node in chosen]]
    among = sparse.csr_array(near[:, [place[node] for node in chosen]])
    turned = sparse.csr_array((near * weights).T)
    for start in range(0, len(chosen), BLOCK):
        block = sparse.coo_array(sparse.triu(near[start : start + BLOCK] @ turned, k=start + 1))
        one, other = block.row.astype(np.int64) + start, block.col.astype(np.int64)
        if not one.size:  # sparse matrices cannot be asked for no places at all
            continue
        tied = np.asarray(among[one, other]).ravel() > 0
        yield one, other, block.data, tied
