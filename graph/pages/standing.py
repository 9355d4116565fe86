"""How entities stand to one another: the network that the pages draw."""

from __future__ import annotations

import networkx as nx

from graph.pages.catalogue import Catalogue


def drawn_graph(catalogue: Catalogue) -> nx.Graph[str]:
    """Undirected, with every entity that takes part in any fact: what the layout arranges."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({key for link in catalogue.links for key in (link.subject, link.object)}))
    graph.add_edges_from((link.subject, link.object) for link in catalogue.links)
    return graph
