"""Views of the facts, checked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import network, records
from graph.network import Filter, Multigraph
from graph.store import open_store


@pytest.fixture(scope="module")
def material(out: Path) -> tuple[dict[str, records.Node], list[records.Fact]]:
    store = open_store(out)
    return records.entities(store), records.facts(store)


@pytest.fixture(scope="module")
def graph(material: tuple[dict[str, records.Node], list[records.Fact]]) -> Multigraph:
    return network.multigraph(*material)


def test_every_entity_and_every_asserted_fact(graph: Multigraph, material) -> None:  # type: ignore[no-untyped-def]
    nodes, facts = material
    assert set(graph) == set(nodes)
    assert {key for *_, key in graph.edges(keys=True)} == {fact.id for fact in facts if fact.status == "asserted"}
    assert graph.nodes["forum/aalesund-cable-summit"] == {
        "name": "Aalesund Cable Summit",
        "type": "Summit",
        "kind": "Forum",
    }


@pytest.mark.parametrize(
    ("filter", "predicates"),
    [
        (Filter(kinds=frozenset({"Law"})), {"amends", "implements"}),
        (Filter(kinds=frozenset({"Regulation", "Law"}), documents=frozenset({"pact"})), set()),
        (Filter(statuses=frozenset({"planned"})), {"signed"}),
        (Filter(statuses=frozenset({"negated"}), confidence=0.5), set()),
        (Filter(predicates=frozenset({"hosted"})), {"hosted"}),
        (Filter(since=2021), {"initiated"}),
        (Filter(until=2019), {"enacted"}),
        (Filter(documents=frozenset({"programme"})), {"initiated", "memberOf", "participatedIn"}),
    ],
)
def test_filters(material, filter: Filter, predicates: set[str]) -> None:  # type: ignore[no-untyped-def]
    view = network.multigraph(*material, filter)
    assert {data["predicate"] for *_, data in view.edges(data=True)} == predicates


def test_weights_count_independent_sentences(graph: Multigraph) -> None:
    view = network.simple(graph)
    assert view["governmentbody/storting"]["law/sea-cable-act"] == {"weight": 2, "predicates": ("enacted",)}
    assert view["country/ghana"]["forum/aalesund-cable-summit"]["weight"] == 1


def test_bipartite_views_have_actors_on_one_side(graph: Multigraph) -> None:
    view = network.bipartite(graph, "Forum")
    assert {node for node, side in view.nodes(data="bipartite") if side} == {
        "forum/aalesund-cable-summit", "forum/accra-harbour-dialogue",
    }  # fmt: skip
    assert set(view["forum/aalesund-cable-summit"]) == {"country/estonia", "country/ghana", "country/norway"}


def test_projection_weighs_small_meetings_more(graph: Multigraph) -> None:
    view = network.projection(network.bipartite(graph, "Forum"))
    # Three met at the summit, which ties each pair by 1/2; two at the dialogue, which ties them by 1.
    assert view["country/estonia"]["country/ghana"]["weight"] == 1.5
    assert view["country/ghana"]["country/norway"]["weight"] == 0.5
    assert view["country/estonia"]["country/ghana"]["shared"] == (
        "forum/aalesund-cable-summit",
        "forum/accra-harbour-dialogue",
    )


def test_the_actor_network_adds_all_ties(graph: Multigraph) -> None:
    view = network.actors(graph)
    # Ghana and Norway: 1/2 for the summit, 1/2 for the pact, 1 for the sentence on their cooperation.
    tie = view["country/ghana"]["country/norway"]
    assert tie == {
        "weight": 2.0,
        "shared": ("agreement/coastal-data-pact", "forum/aalesund-cable-summit"),
        "direct": ("cooperatesWith",),
    }
    assert all(data["kind"] in network.ACTORS for _, data in view.nodes(data=True))


def test_instruments_point_to_what_they_rest_on(graph: Multigraph) -> None:
    view = network.instruments(graph)
    assert set(view.edges()) == {
        ("law/sea-cable-act", "law/telegraph-act"),
        ("law/cable-ordinance", "law/sea-cable-act"),
        ("agreement/coastal-data-pact", "forum/aalesund-cable-summit"),
    }


def test_ego_networks_grow_with_their_radius(graph: Multigraph) -> None:
    assert set(network.ego(graph, "person/ingrid-moe")) == {"person/ingrid-moe", "governmentbody/cable-safety-office"}
    assert "governmentbody/ministry-of-the-sea" in network.ego(graph, "person/ingrid-moe", 2)


def test_years_hold_what_is_dated(graph: Multigraph) -> None:
    slices = network.years(graph)
    assert {year: view.number_of_edges() for year, view in slices.items()} == {2018: 1, 2019: 1, 2020: 4, 2021: 1}
    assert set(slices[2021]) == {"country/norway", "initiative/safe-cables-programme"}
