"""How entities stand in the network: the measures and communities that the pages show."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.pages.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Standing:
    """degree: distinct neighbours; pagerank, betweenness: 0..1; community: number from 1, 0 for none."""

    degree: int = 0
    pagerank: float = 0.0
    betweenness: float = 0.0
    community: int = 0


@dataclass(frozen=True, slots=True)
class Community:
    """A group of densely linked entities, the most central first."""

    number: int
    name: str
    members: tuple[str, ...]


def simple_graph(catalogue: Catalogue) -> nx.Graph:
    """Undirected graph of all entities that take part in a fact; `weight` counts the facts between two."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(catalogue.facts_of))
    for link in catalogue.links:
        weight = graph.get_edge_data(link.subject, link.object, {"weight": 0})["weight"]
        graph.add_edge(link.subject, link.object, weight=weight + len(link.facts))
    return graph


def standing(catalogue: Catalogue, graph: nx.Graph) -> tuple[dict[str, Standing], list[Community]]:
    """Measures by entity id, and communities, largest first."""
    rank = nx.pagerank(graph, weight="weight") if len(graph) else {}
    between = nx.betweenness_centrality(graph, k=min(len(graph), 200), seed=1) if len(graph) else {}
    groups = nx.community.louvain_communities(graph, weight="weight", seed=1) if len(graph) else []
    ordered = sorted((sorted(group, key=lambda key: (-rank[key], key)) for group in groups), key=lambda g: (-len(g), g))
    communities = [
        Community(number, ", ".join(catalogue.entities[key].name for key in group[:3]), tuple(group))
        for number, group in enumerate(ordered, 1)
    ]
    home = {key: community.number for community in communities for key in community.members}
    return {
        key: Standing(graph.degree[key], round(rank[key], 6), round(between[key], 6), home[key])
        for key in graph
    }, communities
