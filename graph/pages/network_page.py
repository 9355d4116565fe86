"""The network view: pyvis fills our template with nodes and edges; the scripts in assets/ do the rest."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from graph.analysis import Community, Measures
from graph.pages import theme
from graph.pages.catalogue import Catalogue, Fact
from graph.pages.community_pages import community_address
from graph.pages.layout import Positions
from graph.pages.rendering import bundle, inline, policy

SCRIPTS = (
    "dom.js", "graph.js", "groups.js", "state.js", "filters.js", "drawing.js", "canvas.js", "facts.js", "panel.js",
    "search.js", "path.js", "export.js", "table.js", "main.js",
)  # fmt: skip
LARGE = 1500
PRINCIPAL = 400


def network_html(
    catalogue: Catalogue,
    standings: Mapping[str, Measures],
    communities: list[Community],
    places: Positions,
    title: str,
    env: Environment,
    embedded: bool = False,
    start: str = "",
) -> str:
    """index.html. Above `LARGE` linked nodes only principal ones are shown at first, and the rest by community.

    `embedded` in another page: without the site's header, and its address stays as it is; `start` is the view to open
    with, written as the address's fragment is.
    """
    network = Network(directed=True, cdn_resources="in_line")
    numbers = {key: number for number, key in enumerate(_by_weight(catalogue, standings))}
    links = {(link.subject, link.object) for link in catalogue.links}
    linked = {key for pair in links for key in pair}
    principal = _principal(list(numbers), communities) if len(linked) > LARGE else linked
    documents = {key: number for number, key in enumerate(catalogue.documents)}
    # pyvis's add_node and add_edge search their lists at every call, which takes minutes at 20,000 nodes.
    network.nodes = [
        Node(
            number,
            "custom",
            catalogue.entities[key].name,
            **_node(catalogue, key, standings, places, documents, key in principal),
        ).options
        for key, number in numbers.items()
    ]
    network.edges = [
        Edge(
            numbers[link.subject],
            numbers[link.object],
            directed=True,
            id=number,
            predicate=link.predicate,
            status=link.status,
            facts=[fact.number for fact in link.facts],
        ).options
        for number, link in enumerate(catalogue.links)
    ]
    network.options = {"physics": {"enabled": False}, "layout": {"improvedLayout": False}}
    network.heading = title
    network.path = "network.html"
    # pyvis gives its template what it knows of; the rest reaches it as globals of an environment of its own.
    network.templateEnv = env.overlay()
    network.templateEnv.globals = env.globals | _page(catalogue, communities, documents, embedded, start)
    return str(network.generate_html("index.html"))


def _page(
    catalogue: Catalogue, communities: list[Community], documents: Mapping[str, int], embedded: bool, start: str
) -> dict[str, Any]:
    page = inline(["site.css", "network.css"])
    # The script's own first line would end the header comment of vis-network, which its licence asks to keep.
    vis = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    # Its strings hold the one control character that HTML cannot name: see `inline.view`, whose page is ASCII.
    vis = vis.replace("//# sourceMappingURL=vis-network.min.js.map", "").replace("\x85", r"\x85")
    page["scripts"] = [*page["scripts"], Markup(vis), Markup(bundle(SCRIPTS))]
    page["policy"] = policy([str(page["style"])], [str(text) for text in page["scripts"]])
    years = [fact.year for fact in catalogue.facts if fact.year]
    return page | {
        "root": "",
        "here": "index",
        "embedded": embedded,
        "corpus": {
            "embedded": embedded,
            "start": start,
            "kinds": theme.theme()["kinds"],
            "families": theme.theme()["families"],
            "statuses": theme.theme()["statuses"],
            "predicates": {
                name: {"label": theme.predicate_label(name), "family": theme.family(name)}
                for name in sorted({fact.predicate for fact in catalogue.facts})
            },
            "documents": [
                {"id": key, "title": catalogue.title(key), "page": catalogue.document_pages[key]} for key in documents
            ],
            "communities": [
                {
                    "number": item.number,
                    "name": item.name,
                    "size": len(item.members),
                    "page": "" if embedded else community_address(item.number),
                }
                for item in communities
            ],
            "years": [min(years), max(years)] if years else [],
        },
        "facts": [_fact(fact, documents, catalogue) for fact in catalogue.facts],
        "counts": {
            "documents": len(catalogue.documents), "entities": len(catalogue.entities), "facts": len(catalogue.facts)
        },
    }  # fmt: skip


def _principal(ranked: list[str], communities: list[Community]) -> set[str]:
    """The `PRINCIPAL` most central of all, and the most central of each of as many communities."""
    return set(ranked[:PRINCIPAL]) | {item.members[0] for item in communities[:PRINCIPAL] if len(item.members) > 2}


def _by_weight(catalogue: Catalogue, standings: Mapping[str, Measures]) -> list[str]:
    """Entity ids, the most central first: labels are placed, and nodes drawn, in this order."""
    return sorted(catalogue.entities, key=lambda key: (-standings[key].pagerank, key))


def _node(
    catalogue: Catalogue,
    key: str,
    standings: Mapping[str, Measures],
    places: Positions,
    documents: Mapping[str, int],
    principal: bool,
) -> dict[str, Any]:
    entity, measures = catalogue.entities[key], standings[key]
    x, y = places[key]
    return {
        "key": key,
        "kind": catalogue.kinds[key],
        "type": theme.type_label(entity.type),
        "aliases": [*entity.aliases, *(name for _, name in entity.labels)],
        "x": x,
        "y": y,
        "degree": measures.degree,
        "pagerank": measures.pagerank,
        "betweenness": measures.betweenness,
        "community": measures.community,
        "documents": [documents[name] for name in sorted(catalogue.mentioned_in.get(key, {}))],
        "principal": principal,
        "page": catalogue.pages[key],
    }


def _fact(fact: Fact, documents: Mapping[str, int], catalogue: Catalogue) -> dict[str, Any]:
    """A fact as the page's script reads it; its edge knows who, what and whom."""
    record: dict[str, Any] = {
        "document": documents[fact.document],
        "parts": [[text, role[:1]] for text, role in fact.parts],
        "confidence": fact.confidence,
        "anchor": fact.anchor,
    }
    if fact.date:
        record["date"] = fact.date
    if fact.attributed_to:
        record["speaker"] = catalogue.entities[fact.attributed_to].name
    return record
