"""Who takes part in what with whom, against the views made of networkx graphs."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from random import Random

import networkx as nx
import pytest

from graph import coparticipation, network, records
from graph.network import Multigraph
from graph.store import open_store

WAYS = {"Forum": ("participatedIn", "hosted"), "Agreement": ("signed",), "Initiative": ("initiated", "supports")}


def at_random(seed: int) -> Multigraph:
    """Twelve actors, nine things to take part in, and statements that tie them."""
    random = Random(seed)
    graph = nx.MultiDiGraph()
    for number in range(12):
        graph.add_node(f"a{number:02}", name="", type="Country", kind="Country")
    for number in range(9):
        kind = list(WAYS)[number % 3]
        graph.add_node(f"e{number}", name="", type=kind, kind=kind)
    for number in range(50):
        actor, event = f"a{random.randrange(12):02}", f"e{random.randrange(9)}"
        way = random.choice(WAYS[graph.nodes[event]["kind"]])
        graph.add_edge(actor, event, key=f"p{number}", predicate=way, passage=("d", number, number + 1))
    for number in range(8):
        one, other = random.sample(range(12), 2)
        said = ("d", 100 + number // 2, 200)
        how = "partOf" if number % 4 == 3 else "cooperatesWith"
        graph.add_edge(f"a{one:02}", f"a{other:02}", key=f"c{number}", predicate=how, passage=said)
    return graph


def read(graph: Multigraph) -> coparticipation.Coparticipation:
    return coparticipation.coparticipation(graph)


@pytest.fixture(scope="module")
def small(out: Path) -> Multigraph:
    store = open_store(out)
    return network.multigraph(records.entities(store), records.facts(store))


@pytest.mark.parametrize("seed", range(4))
def test_the_ties_are_those_of_the_actor_network(seed: int) -> None:
    graph = at_random(seed)
    wanted = {tuple(sorted(pair)): data for *pair, data in network.actors(graph).edges(data=True)}
    ties = coparticipation.closest(read(graph), graph, 1000)
    assert {(tie.first, tie.second) for tie in ties} == set(wanted)
    for tie in ties:
        data = wanted[tie.first, tie.second]
        assert tie.weight == pytest.approx(data["weight"])
        assert (tie.shared, tie.direct) == (data["shared"], data["direct"])
    assert [tie.weight for tie in ties] == sorted((tie.weight for tie in ties), reverse=True)
    assert coparticipation.closest(read(graph), graph, 7) == ties[:7]


@pytest.mark.parametrize("seed", range(4))
def test_cores_by_brute_force(seed: int) -> None:
    graph = at_random(seed)
    part = read(graph).part
    meeting = {
        actor: {other for other in part if other != actor and len(part[actor] & part[other]) >= 2} for actor in part
    }
    depth = dict.fromkeys(part, 0)
    for k in range(1, 12):
        left = set(part)
        while thin := {actor for actor in left if len(meeting[actor] & left) < k}:
            left -= thin
        depth |= dict.fromkeys(left, k)
    assert coparticipation.core(read(graph)) == depth


def test_weights_by_hand(small: Multigraph) -> None:
    it = read(small)
    ties = {(tie.first, tie.second): tie for tie in coparticipation.closest(it, small, 3)}
    # All three share the summit and the pact, three actors each: 1/2 + 1/2. Estonia and Ghana also met at Accra by
    # themselves, Estonia and Norway in the programme: + 1. One sentence ties Ghana and Norway: + 1.
    assert {pair: (tie.weight, tie.direct) for pair, tie in ties.items()} == {
        ("country/estonia", "country/ghana"): (2.0, ()),
        ("country/estonia", "country/norway"): (2.0, ()),
        ("country/ghana", "country/norway"): (2.0, ("cooperatesWith",)),
    }
    trio = {"country/estonia", "country/ghana", "country/norway"}
    # All three share summit and pact with each other.
    assert {actor for actor, depth in coparticipation.core(it).items() if depth == 2} == trio
    assert all(len(it.part[one] & it.part[other]) >= 2 for one, other in combinations(trio, 2))


def test_a_graph_without_actors() -> None:
    graph = nx.MultiDiGraph()
    assert coparticipation.closest(read(graph), graph, 5) == [] and coparticipation.core(read(graph)) == {}
