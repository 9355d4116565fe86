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
    for seed in range(6):
        graph = nx.relabel_nodes(nx.gnp_random_graph(24, 0.08, seed=seed), str)
        for node in graph:
            left = graph.subgraph(nx.node_connected_component(graph, node) - {node})
            parts = sorted(nx.connected_components(left), key=lambda part: (-len(part), min(part)))
            assert structure.cut_off(graph, node) == set().union(*parts[1:])


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


def test_losses_are_what_is_cut_off() -> None:
    assert structure.losses(bow()) == {"a": 2, "m": 3, "x": 2}
    assert structure.losses(nx.Graph()) == {}
    for seed in range(6):
        graph = nx.relabel_nodes(nx.gnp_random_graph(24, 0.08, seed=seed), str)
        wanted = {node: len(structure.cut_off(graph, node)) for node in sorted(nx.articulation_points(graph))}
        assert wanted and structure.losses(graph) == wanted


def test_ties_among_neighbours_are_those_of_the_ego_network() -> None:
    assert structure.ties_among(bow()) == {"a": 1, "b": 1, "c": 1, "m": 0, "x": 1, "y": 1, "z": 1}
    graph = random_graph(1)
    for node, inner in structure.ties_among(graph).items():
        assert inner == graph.subgraph(graph[node]).number_of_edges()


def test_similarity_by_brute_force() -> None:
    for seed in range(4):
        graph = random_graph(seed)
        for least in (1, 2):
            wanted = {}
            for one, other in combinations(sorted(graph), 2):
                mine, yours = set(graph[one]) - {other}, set(graph[other]) - {one}
                if len(mine & yours) >= least:
                    wanted[one, other] = len(mine & yours) / sqrt(len(mine) * len(yours))
            found = structure.similarity(graph, graph, 1000, least)
            assert {pair: score for pair, score, _ in found} == pytest.approx(wanted)
            assert all(set(common) == set(graph[one]) & set(graph[other]) for (one, other), _, common in found)


def test_the_best_pairs_are_the_first_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(60, 3, seed=2), str)
    everything = structure.expected_ties(graph, graph, 10_000)
    assert [item[1] for item in everything] == sorted((item[1] for item in everything), reverse=True)
    monkeypatch.setattr(structure, "BLOCK", 7)
    assert structure.expected_ties(graph, graph, 25) == everything[:25]
    assert structure.similarity(graph, graph, 25) == structure.similarity(graph, graph, 10_000)[:25]


def test_expected_ties_agree_with_networkx() -> None:
    for seed in range(4):
        graph = random_graph(seed)
        wanted = {(min(a, b), max(a, b)): score for a, b, score in nx.adamic_adar_index(graph) if score}
        found = {pair: score for pair, score, _ in structure.expected_ties(graph, graph, count=1000)}
        assert found == pytest.approx(wanted)


def test_a_graph_in_which_no_two_share_a_neighbour() -> None:
    for graph in (nx.Graph([("a", "b")]), nx.Graph(), nx.empty_graph(["a", "b"])):
        assert structure.expected_ties(graph, graph) == structure.similarity(graph, graph) == []


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


def test_depth_is_the_longest_chain_of_arrows() -> None:
    for seed in range(6):
        acyclic = nx.DiGraph((min(a, b), max(a, b)) for a, b in random_graph(seed).edges())
        for node, depth in structure.depth(acyclic).items():
            below = acyclic.subgraph(nx.descendants(acyclic, node) | {node})
            assert depth == nx.dag_longest_path_length(below)


def test_levels_put_an_instrument_before_what_it_rests_on() -> None:
    graph = nx.DiGraph([("rules", "ordinance"), ("ordinance", "act"), ("rules", "act"), ("notice", "act")])
    assert structure.levels(graph) == [("rules", 2), ("notice", 1), ("ordinance", 1), ("act", 0)]
    for seed in range(3):
        acyclic = nx.DiGraph((min(a, b), max(a, b)) for a, b in random_graph(seed).edges())
        order = [node for node, _ in structure.levels(acyclic)]
        assert all(order.index(above) < order.index(below) for above, below in acyclic.edges())
        assert structure.levels(acyclic)[0][1] == nx.dag_longest_path_length(acyclic)
