"""Every view under every filter, and every measure beside other implementations, on networks made at random."""

from __future__ import annotations

from itertools import combinations
from random import Random

import igraph
import networkx as nx
import pytest

from graph import chronology, network, structure
from graph.compare import log_odds
from graph.network import Filter
from graph.records import Fact, Node

KINDS = {"Country": "Country", "Ministry": "GovernmentBody", "Summit": "Forum", "Treaty": "Agreement", "Law": "Law",
         "Regulation": "Law", "Initiative": "Initiative"}  # fmt: skip
RELATIONS = ("participatedIn", "hosted", "signed", "initiated", "supports", "cooperatesWith", "amends", "implements")
RANDOM = Random(5)
NODES = {
    key: Node(key, type, KINDS[type], key, (), (), (), "", ())
    for number in range(35)
    for type in [list(KINDS)[number % len(KINDS)]]
    for key in [f"{KINDS[type].lower()}/{number:02}"]
}
FACTS = [
    Fact(
        id=f"s{number}", subject=RANDOM.choice(list(NODES)), predicate=RANDOM.choice(RELATIONS),
        object=RANDOM.choice(list(NODES)), status=RANDOM.choice(("asserted", "asserted", "planned", "negated")),
        date=RANDOM.choice(("", "2018", "2019-05", "2020-01-02", "2021")), confidence=RANDOM.random(), frame="f",
        attributed_to="", document=f"d{number % 5}", start=number // 3, end=number // 3 + 5, sentence="S.",
        subject_text="", object_text="",
    )
    for number in range(900)
]  # fmt: skip

FILTERS = {
    "none": (Filter(), lambda fact: fact.status == "asserted"),
    "type": (
        Filter(kinds=frozenset({"Country", "Forum", "Treaty", "Regulation", "Law"})),
        lambda fact: (
            fact.status == "asserted"
            and all(
                NODES[end].type in {"Country", "Summit", "Treaty", "Regulation", "Law"}
                for end in (fact.subject, fact.object)
            )
        ),
    ),
    "predicate": (
        Filter(predicates=frozenset({"hosted", "signed", "amends"})),
        lambda fact: fact.status == "asserted" and fact.predicate in {"hosted", "signed", "amends"},
    ),
    "document": (
        Filter(documents=frozenset({"d1", "d4"})),
        lambda fact: fact.status == "asserted" and fact.document in {"d1", "d4"},
    ),
    "period": (
        Filter(since=2019, until=2020),
        lambda fact: fact.status == "asserted" and fact.date[:4] in {"2019", "2020"},
    ),
    "status": (
        Filter(statuses=frozenset({"planned", "negated"})),
        lambda fact: fact.status in {"planned", "negated"},
    ),
    "confidence": (Filter(confidence=0.6), lambda fact: fact.status == "asserted" and fact.confidence >= 0.6),
}


@pytest.fixture(params=FILTERS)
def kept(request: pytest.FixtureRequest) -> tuple[nx.MultiDiGraph, list[Fact]]:
    """The multigraph under a filter, and the facts that belong in it."""
    filter, wanted = FILTERS[request.param]
    facts = [fact for fact in FACTS if wanted(fact)]
    assert 20 < len(facts) < len(FACTS)
    return network.multigraph(NODES, FACTS, filter), facts


def kind(entity: str) -> str:
    return NODES[entity].kind


def test_the_multigraph_holds_the_facts_of_the_filter(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    assert {key for *_, key in graph.edges(keys=True)} == {fact.id for fact in facts}


def test_simple_ties_weigh_by_passages(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    passages: dict[frozenset[str], set[tuple[str, int]]] = {}
    for fact in facts:
        if fact.subject != fact.object:
            passages.setdefault(frozenset((fact.subject, fact.object)), set()).add((fact.document, fact.start))
    view = network.simple(graph)
    found = {frozenset((one, other)): weight for one, other, weight in view.edges(data="weight")}
    assert found == {pair: len(places) for pair, places in passages.items()}


@pytest.mark.parametrize("event", network.TAKING_PART)
def test_projections_are_those_of_networkx(kept: tuple[nx.MultiDiGraph, list[Fact]], event: str) -> None:
    graph, facts = kept
    pairs = {
        (fact.subject, fact.object)
        for fact in facts
        if fact.predicate in network.TAKING_PART[event]
        and kind(fact.subject) in ("Country", "GovernmentBody")
        and kind(fact.object) == event
    }
    two_sided = network.bipartite(graph, event)
    assert {tuple(sorted(edge)) for edge in two_sided.edges()} == {tuple(sorted(pair)) for pair in pairs}
    view = network.projection(two_sided)
    other = nx.bipartite.collaboration_weighted_projected_graph(nx.Graph(pairs), {actor for actor, _ in pairs})
    assert set(map(frozenset, view.edges())) == set(map(frozenset, other.edges()))
    for one, two, data in view.edges(data=True):
        assert data["weight"] == pytest.approx(other[one][two]["weight"])


def test_the_actor_network_adds_its_parts(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    view = network.actors(graph)
    parts = [network.projection(network.bipartite(graph, event)) for event in network.TAKING_PART]
    for one, other in combinations(sorted(view), 2):
        said = {
            (fact.document, fact.start)
            for fact in facts
            if {fact.subject, fact.object} == {one, other} and fact.predicate in network.COOPERATION
        }
        shared = sum(part[one][other]["weight"] for part in parts if part.has_edge(one, other))
        assert view.get_edge_data(one, other, {"weight": 0})["weight"] == pytest.approx(len(said) + shared)


def test_instruments_rest_on_what_the_facts_say(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    wanted = {
        (fact.subject, fact.object)
        for fact in facts
        if fact.predicate in network.HIERARCHY and kind(fact.subject) in ("Law", "Agreement", "Initiative")
    }
    assert set(network.instruments(graph).edges()) == wanted


def test_years_and_egos_hold_the_facts_of_the_filter(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    for year, view in network.years(graph).items():
        assert {key for *_, key in view.edges(keys=True)} == {fact.id for fact in facts if fact.year == year}
    for entity in list(NODES)[:4]:
        near = {entity} | {
            end for fact in facts if entity in (fact.subject, fact.object) for end in (fact.subject, fact.object)
        }
        ego = network.ego(graph, entity)
        assert set(ego) == near
        assert {key for *_, key in ego.edges(keys=True)} == {
            fact.id for fact in facts if fact.subject in near and fact.object in near
        }


def test_assortativity_and_reciprocity_are_those_of_igraph(kept: tuple[nx.MultiDiGraph, list[Fact]]) -> None:
    graph, facts = kept
    ties = network.simple(graph)
    nodes = sorted(ties)
    place = {node: number for number, node in enumerate(nodes)}
    kinds = sorted(set(map(kind, nodes)))
    other = igraph.Graph(len(nodes), [(place[a], place[b]) for a, b in ties.edges()])
    wanted = other.assortativity_nominal([kinds.index(kind(node)) for node in nodes], directed=False)
    assert structure.assortativity(ties) == pytest.approx(wanted)
    directed = {(f.subject, f.object) for f in facts if f.predicate != "cooperatesWith" and f.subject != f.object}
    arrows = igraph.Graph(len(nodes), [(place[a], place[b]) for a, b in directed], directed=True)
    assert structure.reciprocity(graph) == pytest.approx(arrows.reciprocity())


def test_change_from_year_to_year_by_brute_force() -> None:
    graph = network.multigraph(NODES, FACTS)
    found = chronology.changes(graph)
    assert list(found) == [2019, 2020, 2021]
    pairs = {
        year: {
            frozenset((fact.subject, fact.object))
            for fact in FACTS
            if fact.status == "asserted" and fact.year == year and fact.subject != fact.object
        }
        for year in range(2018, 2022)
    }
    for year, change in found.items():
        before, after = pairs[year - 1], pairs[year]
        tied = [frozenset().union(*ties) for ties in (before, after)]
        assert set(change.entered) == tied[1] - tied[0] and set(change.left) == tied[0] - tied[1]
        assert set(map(frozenset, change.new_ties)) == after - before
        for node, rise in change.rose.items():
            assert rise == sum(node in pair for pair in after) - sum(node in pair for pair in before)


def test_log_odds_by_the_formulas_of_the_paper() -> None:
    """Against the sums of Monroe et al., equations 15, 19 and 22, with matrices."""
    import numpy as np

    random = np.random.default_rng(4)
    counts = random.integers(0, 40, (2, 12))
    prior = counts.sum(axis=0)
    odds = [np.log((side + prior) / (side.sum() + prior.sum() - side - prior)) for side in counts]
    variance = 1 / (counts[0] + prior) + 1 / (counts[1] + prior)
    wanted = (odds[0] - odds[1]) / np.sqrt(variance)
    features = [f"w{number:02}" for number in range(12)]
    found = log_odds(*({name: int(n) for name, n in zip(features, side, strict=True)} for side in counts))
    assert [found[name] for name in features] == pytest.approx(wanted.tolist())
