"""How two entities are connected: the shortest chains of statements, with the sentence behind each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import BadParameter, NoRoute
from graph.find import resolve_in
from graph.records import Fact, Node, describe, facts_between, rows
from graph.store import open_store
from graph.vocabulary import entity_id, ontology

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Route:
    """A chain of entities from one to the other; `steps[i]` are the facts that tie stop i to stop i + 1."""

    stops: tuple[Node, ...]
    steps: tuple[tuple[Fact, ...], ...]


class Routes(tuple[Route, ...]):
    """Chains from one entity to another, shortest first; a table of their steps in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from graph import cells

        return cells.routes(self)


def paths(out: Path, a: str, b: str, limit: int = 3) -> list[Route]:
    """The shortest chains of asserted statements from `a` to `b`, shortest first, at most `limit`.

    Among chains of one length, those with more statements behind their weakest tie come first.
    """
    store = open_store(out)
    start, goal = resolve_in(store, a), resolve_in(store, b)
    if start == goal:
        name = describe(store, [start])[start].name
        raise BadParameter(f"A path leads from one entity to another, and both names stand for {name}.")
    chains = list(_chains(_ties(store), start, goal, limit))
    nodes = describe(store, {start, goal, *(stop for chain in chains for stop in chain)})
    if not chains:
        raise NoRoute(nodes[start].name, nodes[goal].name)
    return [_route(store, chain, nodes) for chain in chains]


def render(routes: list[Route]) -> str:
    """The chains in Markdown, the surest sentence for each way in which a step is stated."""
    blocks = []
    for number, route in enumerate(routes, start=1):
        lines = [f"## {number}. {' – '.join(stop.name for stop in route.stops)}"]
        for here, there, step in zip(route.stops, route.stops[1:], route.steps, strict=False):
            lines.append("")
            for fact in step:
                forward = fact.subject == here.id
                relation = ontology().phrase(fact.predicate)
                ends = (here.name, there.name) if forward else (there.name, here.name)
                date = f" ({fact.date})" if fact.date else ""
                lines.append(f"- {ends[0]} {relation} {ends[1]}{date}")
                lines.append(f"  > {' '.join(fact.sentence.split())}")
                lines.append(f"  > ({fact.document}, characters {fact.start}-{fact.end})")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _ties(store: ox.Store) -> nx.Graph:
    import networkx as nx

    graph = nx.Graph()
    query = """
        SELECT ?s ?o (COUNT(DISTINCT ?passage) AS ?n) {
          ?st rdf:subject ?s ; rdf:object ?o ; pol:status pol:Asserted ; pol:evidence ?passage } GROUP BY ?s ?o"""
    for row in rows(store, query):
        one, other = entity_id(row["s"]), entity_id(row["o"])
        if one != other:
            weight = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=weight + int(row["n"]))
    return graph


def _chains(ties: nx.Graph, start: str, goal: str, limit: int) -> Iterator[list[str]]:
    import networkx as nx

    if start not in ties or goal not in ties or start == goal:
        return iter(())
    try:
        # Shortest chains come length by length; a few more than asked for, so that the best of a length are among them.
        found = list(islice(nx.shortest_simple_paths(ties, start, goal), limit * 10))
    except nx.NetworkXNoPath:
        return iter(())

    def strength(chain: list[str]) -> int:
        return int(min(ties[one][other]["weight"] for one, other in pairwise(chain)))

    return islice(iter(sorted(found, key=lambda chain: (len(chain), -strength(chain), chain))), limit)


def _route(store: ox.Store, chain: list[str], nodes: Mapping[str, Node]) -> Route:
    steps = tuple(_surest(facts_between(store, one, other)) for one, other in pairwise(chain))
    return Route(tuple(nodes[stop] for stop in chain), steps)


def _surest(facts: list[Fact]) -> tuple[Fact, ...]:
    """For each relation, in each direction, the asserted fact that was read with the most confidence."""
    best: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if fact.status == "asserted":
            key = (fact.subject, fact.predicate)
            if key not in best or fact.confidence > best[key].confidence:
                best[key] = fact
    return tuple(sorted(best.values(), key=lambda fact: (ontology().rank(fact.predicate), fact.id)))
