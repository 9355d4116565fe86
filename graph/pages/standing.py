"""How entities stand to one another: the networks that the pages draw and measure."""

from __future__ import annotations

import networkx as nx

from graph import network
from graph.analysis import Community, Measures, communities, measures
from graph.pages.catalogue import Catalogue


def drawn_graph(catalogue: Catalogue) -> nx.Graph[str]:
    """Undirected, with every entity that takes part in any fact: what the layout arranges."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({key for link in catalogue.links for key in (link.subject, link.object)}))
    graph.add_edges_from((link.subject, link.object) for link in catalogue.links)
    return graph


def standings(catalogue: Catalogue) -> tuple[dict[str, Measures], list[Community]]:
    """Measures of every entity, and communities, in the network of what is asserted: as in tables/ and report.md."""
    facts: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, entity in catalogue.entities.items():
        facts.add_node(key, name=entity.name)
    for fact in catalogue.facts:
        if fact.status == "asserted":
            passage = (fact.document, fact.start, fact.end)
            facts.add_edge(fact.subject, fact.object, predicate=fact.predicate, passage=passage)
    ties = network.simple(facts)
    groups = communities(ties)
    return measures(ties, groups), groups
