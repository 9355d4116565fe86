"""Views of the facts as networkx graphs; nodes are entity ids with `name`, `type` and `kind`.

The weight of a tie is the number of independent statements of it: distinct passages, over all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import networkx as nx

from graph.errors import BadParameter
from graph.records import Fact, Node
from graph.vocabulary import ACTORS, INSTRUMENTS

Multigraph: TypeAlias = nx.MultiDiGraph
Ties: TypeAlias = nx.Graph

TAKING_PART: Mapping[str, frozenset[str]] = {
    "Forum": frozenset({"participatedIn", "hosted", "established"}),
    "Agreement": frozenset({"signed", "initiated"}),
    "Initiative": frozenset({"initiated", "participatedIn", "memberOf", "supports"}),
}
"""What ties an actor to a forum, an agreement, an initiative."""

COOPERATION = frozenset({"cooperatesWith", "supports"})
"""What ties two actors directly; to belong to another, or to make it, is no work with it."""

HIERARCHY = frozenset({"amends", "implements", "partOf", "adoptedAt"})


@dataclass(frozen=True, slots=True)
class Filter:
    """Which facts count; an empty set or None means all of them.

    kinds         both ends are of one of these (a coarse or a finest class)
    since, until  years, inclusive; an undated fact falls outside when either is given
    confidence    the least that a fact must have
    """

    kinds: frozenset[str] = frozenset()
    predicates: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    statuses: frozenset[str] = frozenset({"asserted"})
    confidence: float = 0.0

    @classmethod
    def of(cls, **fields: Any) -> Filter:
        """A filter from plain values, a name or several for each set; raises BadParameter for what is no field."""
        wanted: dict[str, Any] = {}
        for name, value in fields.items():
            if name not in cls.__slots__:
                raise BadParameter(f"There is no filter {name!r}; choose from {', '.join(cls.__slots__)}.")
            single = name in ("since", "until", "confidence")
            wanted[name] = value if single else frozenset([value] if isinstance(value, str) else value or ())
        return cls(**wanted)

    def __call__(self, fact: Fact, nodes: Mapping[str, Node]) -> bool:
        ends = [{nodes[end].kind, nodes[end].type} for end in (fact.subject, fact.object)]
        return (
            (not self.kinds or all(end & self.kinds for end in ends))
            and (not self.predicates or fact.predicate in self.predicates)
            and (not self.documents or fact.document in self.documents)
            and (not self.statuses or fact.status in self.statuses)
            and fact.confidence >= self.confidence
            and (self.since is None or (fact.year is not None and fact.year >= self.since))
            and (self.until is None or (fact.year is not None and fact.year <= self.until))
        )


def multigraph(nodes: Mapping[str, Node], facts: Iterable[Fact], filter: Filter | None = None) -> Multigraph:
    """Every entity, and an edge from subject to object for every fact that `filter` lets through (asserted ones).

    An edge's key is the id of its fact; it has `predicate`, `date`, `document`, `sentence`, `confidence`, `passage`.
    """
    keep = filter or Filter()
    graph = nx.MultiDiGraph()
    for node in nodes.values():
        graph.add_node(node.id, name=node.name, type=node.type, kind=node.kind)
    for fact in facts:
        if keep(fact, nodes):
            graph.add_edge(
                fact.subject,
                fact.object,
                key=fact.id,
                predicate=fact.predicate,
                date=fact.date,
                document=fact.document,
                sentence=fact.sentence,
                confidence=fact.confidence,
                passage=(fact.document, fact.start, fact.end),
            )
    return graph


def simple(graph: Multigraph) -> nx.Graph:
    """Who is tied to whom, whatever the relation: undirected, without loops.

    `weight` = distinct passages that state a tie between the two; `predicates` = the relations, sorted.
    """
    passages: dict[tuple[str, str], set[object]] = defaultdict(set)
    predicates: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other, data in graph.edges(data=True):
        if one != other:
            pair = (one, other) if one < other else (other, one)
            passages[pair].add(data["passage"])
            predicates[pair].add(data["predicate"])
    view = nx.Graph()
    view.add_nodes_from(graph.nodes(data=True))
    for pair in sorted(passages):
        view.add_edge(*pair, weight=len(passages[pair]), predicates=tuple(sorted(predicates[pair])))
    return view


def cooperation(graph: Multigraph) -> Ties:
    """Actors that sentences say work with or support one another, as in `simple`."""
    actors = [node for node, data in graph.nodes(data=True) if data["kind"] in ACTORS]
    view = nx.MultiDiGraph()
    view.add_nodes_from((node, graph.nodes[node]) for node in actors)
    view.add_edges_from(
        (one, other, key, data)
        for one, other, key, data in graph.subgraph(actors).edges(keys=True, data=True)
        if data["predicate"] in COOPERATION
    )
    return simple(view)


def bipartite(graph: Multigraph, kind: str) -> nx.Graph:
    """Actors on one side (`bipartite` 0), forums, agreements or initiatives on the other (1), tied by taking part."""
    passages: dict[tuple[str, str], set[object]] = defaultdict(set)
    for actor, event, data in graph.edges(data=True):
        ends = graph.nodes[actor]["kind"], graph.nodes[event]["kind"]
        if data["predicate"] in TAKING_PART[kind] and ends[0] in ACTORS and ends[1] == kind:
            passages[actor, event].add(data["passage"])
    view = nx.Graph()
    for actor, event in sorted(passages):
        view.add_node(actor, **graph.nodes[actor], bipartite=0)
        view.add_node(event, **graph.nodes[event], bipartite=1)
        view.add_edge(actor, event, weight=len(passages[actor, event]))
    return view


def projection(two_sided: nx.Graph) -> nx.Graph:
    """Actors tied by what they both took part in, weighted as in Newman (2001).

    w(i, j) = sum over the events k that i and j share of 1 / (n_k - 1), n_k = the number of actors in k: a meeting of
    two ties them more closely than one of two hundred. `shared` = those events, sorted.

    M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64, 016132 (2001).
    """
    view = nx.Graph()
    view.add_nodes_from((node, data) for node, data in two_sided.nodes(data=True) if data["bipartite"] == 0)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in sorted(node for node, side in two_sided.nodes(data="bipartite") if side == 1):
        for pair in combinations(sorted(two_sided[event]), 2):
            weights[pair] += 1 / (len(two_sided[event]) - 1)
            shared[pair].append(event)
    for pair in sorted(weights):
        view.add_edge(*pair, weight=weights[pair], shared=tuple(shared[pair]))
    return view


def actors(graph: Multigraph) -> nx.Graph:
    """The actor network: ties from forums, agreements and initiatives in common, and from direct cooperation.

    `weight` = Newman's weight over all that is shared + the number of passages that tie the two directly;
    `shared` = what they share, `direct` = how they are tied directly, both sorted.
    """
    direct = cooperation(graph)
    view = nx.Graph()
    view.add_nodes_from(direct.nodes(data=True))
    for one, other, data in direct.edges(data=True):
        view.add_edge(one, other, weight=float(data["weight"]), shared=(), direct=data["predicates"])
    for kind in TAKING_PART:
        for one, other, data in projection(bipartite(graph, kind)).edges(data=True):
            tie = view.get_edge_data(one, other, {"weight": 0.0, "shared": (), "direct": ()})
            view.add_edge(
                one, other,
                weight=tie["weight"] + data["weight"],
                shared=tuple(sorted({*tie["shared"], *data["shared"]})),
                direct=tie["direct"],
            )  # fmt: skip
    return view


def instruments(graph: Multigraph) -> nx.DiGraph:
    """Laws, agreements and initiatives, with an arrow to what each amends, implements, is part of or was adopted at."""
    view = nx.DiGraph()
    for one, other, data in graph.edges(data=True):
        ends = graph.nodes[one], graph.nodes[other]
        if ends[0]["kind"] in INSTRUMENTS and data["predicate"] in HIERARCHY:
            view.add_node(one, **ends[0])
            view.add_node(other, **ends[1])
            known = view.get_edge_data(one, other, {"predicates": ()})["predicates"]
            view.add_edge(one, other, predicates=tuple(sorted({*known, data["predicate"]})))
    return view


def ego(graph: Multigraph, entity: str, radius: int = 1) -> Multigraph:
    """An entity, all within `radius` ties of it in either direction, and every fact among them."""
    near = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), entity, cutoff=radius)
    return nx.MultiDiGraph(graph.subgraph(near))


def years(graph: Multigraph) -> dict[int, Multigraph]:
    """One multigraph per year that has dated facts, with the entities of its facts only."""
    slices: dict[int, Multigraph] = {}
    for one, other, key, data in graph.edges(keys=True, data=True):
        if data["date"]:
            view = slices.setdefault(int(data["date"][:4]), nx.MultiDiGraph())
            view.add_node(one, **graph.nodes[one])
            view.add_node(other, **graph.nodes[other])
            view.add_edge(one, other, key=key, **data)
    return dict(sorted(slices.items()))


VIEWS: Mapping[str, Callable[[Multigraph], nx.MultiDiGraph | nx.DiGraph | nx.Graph]] = {
    "network": lambda graph: graph,
    "ties": simple,
    "actors": actors,
    "instruments": instruments,
    "forums": lambda graph: bipartite(graph, "Forum"),
    "agreements": lambda graph: bipartite(graph, "Agreement"),
    "initiatives": lambda graph: bipartite(graph, "Initiative"),
}
"""The views by the names that users give them."""
