"""Measures against graphs small enough to work out by hand, and against networkx or brute force on random ones."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from graph import analysis


def star() -> nx.Graph:
    """A hub h with four leaves."""
    return nx.Graph([("h", leaf) for leaf in "abcd"], name="star")


def bow() -> nx.Graph:
    """Two triangles, abc and cde, that meet in c."""
    return nx.Graph([*combinations("abc", 2), *combinations("cde", 2)])


def random_graphs() -> list[nx.Graph]:
    graphs = []
    for seed in range(6):
        graph = nx.relabel_nodes(nx.gnp_random_graph(24, 0.05 + 0.04 * seed, seed=seed), str)
        for number, (one, other) in enumerate(graph.edges()):
            graph[one][other]["weight"] = 1 + number % 4
        graphs.append(graph)
    return graphs


def close(found: dict[str, float], wanted: dict[str, float], tolerance: float = 1e-9) -> bool:
    return found.keys() == wanted.keys() and all(abs(found[key] - wanted[key]) <= tolerance for key in wanted)


def test_a_star_by_hand() -> None:
    rows = analysis.measures(star())
    hub, leaf = rows["h"], rows["a"]
    assert (hub.degree, hub.strength, hub.core, hub.articulation) == (4, 4.0, 1, True)
    assert (leaf.degree, leaf.core, leaf.articulation) == (1, 1, False)
    assert (hub.betweenness, leaf.betweenness) == (1.0, 0.0)
    assert hub.effective_size == 4.0 and leaf.effective_size == 1.0
    # Each of the hub's contacts has a quarter of its ties: 4 (1/4)^2; a leaf has all in the hub, whose ties lead back.
    assert hub.constraint == pytest.approx(0.25) and leaf.constraint == pytest.approx(1.0)
    assert {row.community for row in rows.values()} == {1}


def test_a_bow_by_hand() -> None:
    rows = analysis.measures(bow())
    # c lies between the four pairs of {a, b} x {d, e} out of six pairs without it.
    assert rows["c"].betweenness == pytest.approx(4 / 6)
    # Four contacts with two ties among them: 4 - 2 * 2 / 4.
    assert rows["c"].effective_size == pytest.approx(3.0)
    # a: contacts b and c, p = 1/2 each; p_ab + p_ac p_cb = 1/2 + 1/8, p_ac + p_ab p_bc = 1/2 + 1/4.
    assert rows["a"].constraint == pytest.approx((5 / 8) ** 2 + (3 / 4) ** 2)
    assert [row.core for row in rows.values()] == [2] * 5
    assert analysis.articulation(bow()) == {"c"}


def test_isolated_nodes_have_no_measures_to_speak_of() -> None:
    graph = star()
    graph.add_node("z")
    row = analysis.measures(graph)["z"]
    assert (row.degree, row.betweenness, row.constraint, row.effective_size, row.community) == (0, 0.0, None, None, 0)


def test_an_empty_graph() -> None:
    assert analysis.measures(nx.Graph()) == {}
    assert analysis.communities(nx.Graph()) == []


@pytest.mark.parametrize("graph", random_graphs(), ids=lambda graph: str(graph.number_of_edges()))
def test_measures_agree_with_networkx(graph: nx.Graph) -> None:
    tied = [node for node in graph if graph.degree(node)]
    assert close(analysis.betweenness(graph), nx.betweenness_centrality(graph))
    constraint, size = analysis.constraint(graph), analysis.effective_size(graph)
    wanted = nx.constraint(graph, weight="weight")
    assert close({n: constraint[n] or 0 for n in tied}, {n: wanted[n] for n in tied})
    plain = nx.effective_size(graph)
    assert close({n: size[n] or 0 for n in tied}, {n: plain[n] for n in tied})


@pytest.mark.parametrize("graph", random_graphs(), ids=lambda graph: str(graph.number_of_edges()))
def test_measures_agree_with_igraph(graph: nx.Graph) -> None:
    import igraph

    nodes = list(graph)
    other = igraph.Graph.TupleList(
        [(one, two, data["weight"]) for one, two, data in graph.edges(data=True)], weights=True
    )
    names = other.vs["name"]
    assert close({n: analysis.core(graph)[n] for n in names}, dict(zip(names, other.coreness(), strict=True)))
    assert {names[index] for index in other.articulation_points()} == analysis.articulation(graph)
    if len(names) == len(nodes):
        ranks = other.pagerank(damping=0.85, weights="weight", implementation="prpack")
        assert close(analysis.pagerank(graph), dict(zip(names, ranks, strict=True)), 1e-6)


def test_eigenvector_agrees_with_networkx() -> None:
    graph = random_graphs()[5]
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    wanted = nx.eigenvector_centrality_numpy(part, weight="weight")
    found = analysis.eigenvector(graph)
    assert close({n: found[n] for n in part}, {n: value / max(wanted.values()) for n, value in wanted.items()}, 1e-6)


def test_articulation_by_brute_force() -> None:
    for graph in random_graphs()[:3]:
        before = nx.number_connected_components(graph)
        for node in graph:
            left = graph.copy()
            left.remove_node(node)
            falls_apart = nx.number_connected_components(left) > before - (graph.degree(node) == 0)
            assert (node in analysis.articulation(graph)) == falls_apart


def test_sampled_betweenness_is_within_its_bound_and_seeded() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(300, 2, seed=3), str)
    exact, sampled = nx.betweenness_centrality(graph), analysis.betweenness(graph, sources=100)
    assert max(abs(exact[node] - sampled[node]) for node in graph) < 0.136
    assert sampled == analysis.betweenness(graph, sources=100)
    top = [node for node, _ in analysis.top(exact, 5)]
    assert set(top[:3]) <= {node for node, _ in analysis.top(sampled, 5)}


def test_communities_of_two_cliques() -> None:
    graph = nx.Graph([*combinations(["a1", "a2", "a3", "a4"], 2), *combinations(["b1", "b2", "b3"], 2), ("a1", "b1")])
    nx.set_node_attributes(graph, {node: node.upper() for node in graph}, "name")
    large, small = analysis.communities(graph)
    assert set(large.members) == {"a1", "a2", "a3", "a4"} and set(small.members) == {"b1", "b2", "b3"}
    assert large.members[0] == "a1" and large.name == "A1, A2, A3"
    assert (large.number, small.number) == (1, 2)


def test_communities_do_not_depend_on_the_order_of_nodes() -> None:
    graph = nx.relabel_nodes(nx.planted_partition_graph(5, 12, 0.6, 0.04, seed=1), str)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed([(two, one) for one, two in graph.edges()]))
    assert analysis.communities(graph) == analysis.communities(turned)
    assert len(analysis.communities(graph)) == 5


def test_communities_are_as_good_as_louvain() -> None:
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    found = [set(group.members) for group in analysis.communities(graph)]
    louvain = nx.community.louvain_communities(graph, weight="weight", seed=1)
    score, peer = (nx.community.modularity(graph, groups, weight="weight") for groups in (found, louvain))
    assert score >= peer - 0.01


def test_brokers_stand_between_others() -> None:
    graph = nx.Graph([*combinations("abc", 2), *combinations("xyz", 2), ("a", "m"), ("m", "x")])
    (first, row), *_ = analysis.brokers(analysis.measures(graph))
    assert first == "m" and row.articulation
    assert analysis.brokers(analysis.measures(nx.complete_graph(5))) == []
