"""The network view inside a notebook: one HTML fragment that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from graph import network, records
from graph.errors import BadParameter
from graph.network import HIERARCHY, TAKING_PART, Filter
from graph.vocabulary import ACTORS, INSTRUMENTS

if TYPE_CHECKING:
    from graph.knowledgegraph import KnowledgeGraph

VIEWS: Mapping[str, Callable[[str, str, str], bool]] = {
    "network": lambda subject, predicate, object: True,
    "actors": lambda subject, predicate, object: (
        subject in ACTORS and (object in ACTORS or predicate in TAKING_PART.get(object, ()))
    ),
    "instruments": lambda subject, predicate, object: subject in INSTRUMENTS and predicate in HIERARCHY,
}
"""Which facts a view holds, by kind of the subject, predicate, and kind of the object: all; what ties actors to one
another and to what they take part in; how instruments rest on one another."""


def view(
    graph: KnowledgeGraph | str | Path,
    view: str = "network",
    *,
    title: str = "",
    entity: str | None = None,
    depth: int = 1,
    height: int = 640,
    **filters: Any,
) -> str:
    """An iframe that holds the network view of a build: filters, search, paths, facts with sentences, PNG and CSV.

    view      one of VIEWS
    entity    an id, IRI or name: only what is within `depth` steps of it, with the entity chosen
    height    pixels
    filters   the fields of `network.Filter`, each a value or several; without `statuses`, planned and denied facts too

    The page inside asks nothing of the network, and its sandbox keeps it from the notebook around it. Ids, sizes and
    communities are those of the whole graph, places those of the part that is shown. Raises BadParameter for a view or
    a filter that is not there, UnknownEntity, NotABuild.
    """
    from graph import analysis
    from graph.find import resolve
    from graph.knowledgegraph import KnowledgeGraph
    from graph.pages.entity_pages import fragment
    from graph.pages.layout import positions
    from graph.pages.network_page import network_html
    from graph.pages.rendering import environment
    from graph.pages.standing import drawn_graph
    from graph.pages.stored import catalogue

    if view not in VIEWS:
        raise BadParameter(f"There is no view {view!r}; choose one of {', '.join(VIEWS)}.")
    keep = Filter.of(**{"statuses": (), **filters})
    built = graph if isinstance(graph, KnowledgeGraph) else KnowledgeGraph(graph)
    nodes, facts = built.nodes, built.facts
    sources = records.documents(built.store)
    ties = network.simple(network.multigraph(nodes, facts))
    communities = analysis.communities(ties)
    measured = analysis.measures(ties, communities)
    chosen = VIEWS[view]
    shown = [
        fact
        for fact in facts
        if keep(fact, nodes) and chosen(nodes[fact.subject].kind, fact.predicate, nodes[fact.object].kind)
    ]
    middle = resolve(built.out, entity) if entity else ""
    if middle:
        shown = _within(shown, middle, depth)
    ends = {end for fact in shown for end in (fact.subject, fact.object)} | ({middle} - {""})
    part = catalogue({key: nodes[key] for key in sorted(ends)}, shown, sources)
    tied = drawn_graph(part)
    places = positions(tied, {key: measured[key].community for key in ends}, sorted(ends - set(tied)))
    heading = title or (nodes[middle].name if middle else "Policy network")
    page = network_html(
        part,
        measured,
        [group for group in communities if ends & set(group.members)],
        places,
        heading,
        environment(),
        embedded=True,
        start=f"{fragment('node', middle)}&unlinked=yes" if middle else "",
    )
    # IPython warns of HTML that is an iframe and nothing else.
    html = (
        f'<div><iframe title="{escape(heading)}" srcdoc="{escape(page)}" sandbox="allow-scripts allow-downloads" '
        f'width="100%" height="{height:d}" style="border:1px solid #8884;border-radius:8px"></iframe></div>'
    )
    # In ASCII: a browser that takes the page around it for anything but UTF-8 would find other scripts than the policy
    # allows, and run none.
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _within(facts: Iterable[records.Fact], middle: str, depth: int) -> list[records.Fact]:
    """Facts whose ends are both at most `depth` steps from `middle`, whichever way the steps go."""
    import networkx as nx

    facts = list(facts)
    ties: nx.Graph[str] = nx.Graph((fact.subject, fact.object) for fact in facts)
    ties.add_node(middle)
    near = nx.single_source_shortest_path_length(ties, middle, cutoff=depth)
    return [fact for fact in facts if fact.subject in near and fact.object in near]
