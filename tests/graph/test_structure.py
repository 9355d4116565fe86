"""The shape of networks, by hand and by brute force."""

from __future__ import annotations

from itertools import combinations
from math import log, sqrt

import networkx as nx
import pytest

from graph import structure


def bow() -> nx.Graph:
    """Two triangles, abc and xyz, held together by m."""
    return nx.Graph([*combinations("abc", 2), *combinations("xyz", 2), ("a", "m"), ("m", "x")])


def random_graph(seed: int) -> nx.Graph:
    return nx.relabel_nodes(nx.gnp_random_graph(18, 0.15, seed=seed), str)


def test_bridges() -> None:
    assert structure.bridges(bow()) == [("a", "m"), ("m", "x")]
    for seed in range(4):
        graph = random_graph(seed)
        parts = nx.number_connected_components(graph)
        wanted = []
        for one, other in graph.edges():
            left = graph.copy()
            left.remove_edge(one, other)
            if nx.number_connected_components(left) > parts:
                wanted.append((min(one, other), max(one, other)))
        assert structure.bridges(graph) == sorted(wanted)


def test_who_is_cut_off() -> None:
    assert structure.cut_off(bow(), "m") == {"x", "y", "z"}
    assert structure.cut_off(bow(), "a") == {"b", "c"}
    assert structure.cut_off(bow(), "b") == frozenset()


def test_assortativity_by_hand() -> None:
    graph = nx.Graph([("a", "b"), ("c", "d"), ("b", "c")])
    nx.set_node_attributes(graph, {"a": "X", "b": "X", "c": "Y", "d": "Y"}, "kind")
    # Mixing matrix [[2, 1], [1, 2]] / 6: trace 2/3, chance 1/2.
    assert structure.assortativity(graph) == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))
    assert structure.assortativity(nx.Graph()) is None


def test_reciprocity_leaves_symmetric_relations_out() -> None:
    graph = nx.MultiDiGraph()
    for one, predicate, other in [
        ("a", "supports", "b"), ("b", "opposes", "a"), ("a", "supports", "c"), ("a", "cooperatesWith", "d"),
        ("d", "cooperatesWith", "a"), ("a", "supports", "a"), ("a", "signed", "b"),
    ]:  # fmt: skip
        graph.add_edge(one, other, predicate=predicate)
    assert structure.reciprocity(graph) == pytest.approx(2 / 3)
    assert structure.reciprocity(nx.MultiDiGraph()) is None


def test_circles_overlap_in_cliques() -> None:
    graph = nx.Graph([*combinations("abc", 2), *combinations("bcd", 2), ("d", "e"), *combinations("xyz", 2)])
    assert structure.circles(graph) == [frozenset("abcd"), frozenset("xyz")]


def test_similarity_by_brute_force() -> None:
    for seed in range(4):
        graph = random_graph(seed)
        wanted = {}
        for one, other in combinations(sorted(graph), 2):
            mine, yours = set(graph[one]) - {other}, set(graph[other]) - {one}
            if mine & yours:
                wanted[one, other] = len(mine & yours) / sqrt(len(mine) * len(yours))
        found = dict(structure.similarity(graph, graph, count=1000))
        assert found == pytest.approx(wanted)


def test_expected_ties_agree_with_networkx() -> None:
    for seed in range(4):
        graph = random_graph(seed)
        wanted = {(min(a, b), max(a, b)): score for a, b, score in nx.adamic_adar_index(graph) if score}
        found = {pair: score for pair, score, _ in structure.expected_ties(graph, graph, count=1000)}
        assert found == pytest.approx(wanted)


def test_expected_ties_by_hand_are_those_of_the_chosen() -> None:
    graph = nx.Graph([("a", "f"), ("b", "f"), ("c", "f"), ("a", "g"), ("b", "g"), ("a", "c")])
    found = structure.expected_ties(graph, "abc")
    assert [(pair, others) for pair, _, others in found] == [(("a", "b"), ("g", "f")), (("b", "c"), ("f",))]
    assert found[0][1] == pytest.approx(1 / log(2) + 1 / log(3))


def test_depth_counts_what_is_stacked() -> None:
    graph = nx.DiGraph(
        [("rules", "ordinance"), ("ordinance", "act"), ("rules", "act"), ("p", "q"), ("q", "p"), ("p", "act")]
    )
    assert structure.depth(graph) == {"act": 0, "ordinance": 1, "p": 1, "q": 1, "rules": 2}
