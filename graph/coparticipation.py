"""What actors take part in together, as sparse matrices: for networks with more pairs of actors than objects can hold.

The weights are those of `network.actors`, without an edge object for each of what may be millions of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy import sparse

from graph import network
from graph.network import Multigraph, Ties
from graph.vocabulary import ACTORS

DECIMALS = 9
"""Weights that differ by less are taken as equal, so that the order of ties does not hang on rounding."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors, sorted; the weight and the `shared` and `direct` of `network.actors`."""

    first: str
    second: str
    weight: float
    shared: tuple[str, ...]
    direct: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coparticipation:
    """Who takes part in what.

    actors    ids, sorted
    part      events of each actor: forums, agreements and initiatives
    shares    (actors, actors), upper triangle: Newman's weight of what two share
    direct    (actors, actors), upper triangle: passages that say that two cooperate
    counts    (actors, actors), upper triangle: how many events two share
    """

    actors: tuple[str, ...]
    part: dict[str, frozenset[str]]
    shares: sparse.csr_array
    direct: sparse.csr_array
    counts: sparse.csr_array


def coparticipation(graph: Multigraph) -> Coparticipation:
    """Read it from a multigraph of facts."""
    actors = tuple(sorted(node for node, data in graph.nodes(data=True) if data["kind"] in ACTORS))
    place = {actor: number for number, actor in enumerate(actors)}
    pairs = sorted(_taking_part(graph))
    events = {event: number for number, event in enumerate(sorted({event for _, event in pairs}))}
    rows, columns = [place[actor] for actor, _ in pairs], [events[event] for _, event in pairs]
    shape = len(actors), len(events)
    taking = sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=shape)
    sizes = taking.sum(axis=0)
    # An event with one actor ties nobody: its diagonal entry is of no use, and would be a division by 0.
    each = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes, dtype=float), where=sizes > 1)
    part: dict[str, set[str]] = {actor: set() for actor in actors}
    for actor, event in pairs:
        part[actor].add(event)
    return Coparticipation(
        actors=actors,
        part={actor: frozenset(found) for actor, found in part.items()},
        shares=_upper(taking @ sparse.diags_array(each) @ taking.T),
        counts=_upper(taking @ taking.T),
        direct=_direct(network.cooperation(graph), place),
    )


def closest(it: Coparticipation, graph: Multigraph, count: int) -> list[Tie]:
    """The `count` heaviest ties of the actor network, heaviest first, ties broken by ids."""
    weights = sparse.coo_array(it.shares + it.direct)
    heavy = np.round(weights.data, DECIMALS)
    keep = heavy >= (np.partition(heavy, -count)[-count] if len(heavy) > count else 0)
    rows, columns, heavy = weights.row[keep], weights.col[keep], heavy[keep]
    order = np.lexsort((columns, rows, -heavy))[:count]
    return [_tie(it, graph, int(rows[at]), int(columns[at]), float(heavy[at])) for at in order]


def core(it: Coparticipation, least: int = 2) -> dict[str, int]:
    """How deep each actor is among those who meet again and again; 0 for one who meets nobody so.

    The largest k such that the actor belongs to a group in which everyone shares at least `least` forums, agreements or
    initiatives with k others of the group: the core number (Seidman 1983) in the network of such pairs.
    """
    often = sparse.coo_array(it.counts >= least)
    meeting = nx.Graph()
    meeting.add_nodes_from(range(len(it.actors)))
    meeting.add_edges_from(zip(often.row.tolist(), often.col.tolist(), strict=True))
    return {it.actors[number]: depth for number, depth in sorted(nx.core_number(meeting).items())}


def _tie(it: Coparticipation, graph: Multigraph, row: int, column: int, weight: float) -> Tie:
    first, second = it.actors[row], it.actors[column]
    between = [graph.get_edge_data(*pair, default={}) for pair in ((first, second), (second, first))]
    direct = {data["predicate"] for edges in between for data in edges.values()} & network.COOPERATION
    shared = it.part[first] & it.part[second]
    return Tie(first, second, weight, tuple(sorted(shared)), tuple(sorted(direct)))


def _taking_part(graph: Multigraph) -> set[tuple[str, str]]:
    """The edges of `network.bipartite` for every kind of event, actor first."""
    kinds = dict(graph.nodes(data="kind"))
    return {
        (actor, event)
        for actor, event, predicate in graph.edges(data="predicate")
        if predicate in network.TAKING_PART.get(kinds[event], ()) and kinds[actor] in ACTORS
    }


def _direct(ties: Ties, place: dict[str, int]) -> sparse.csr_array:
    between = list(ties.edges(data="weight"))
    rows = [min(place[a], place[b]) for a, b, _ in between]
    columns = [max(place[a], place[b]) for a, b, _ in between]
    weights = [float(weight) for *_, weight in between]
    return sparse.csr_array((weights, (rows, columns)), shape=(len(place), len(place)))


def _upper(matrix: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(sparse.triu(matrix, k=1))
