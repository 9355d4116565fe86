"""The rows of the tables on the network: measures, communities, pairs of actors, what rests on what, who agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph import analysis, coparticipation, network, stance, structure
from graph.claims import claims
from graph.material import Material
from graph.vocabulary import ACTORS

Row = Sequence[object]

PAIRS = 20_000
"""Pairs that a table of pairs holds at most; a large network has millions."""
FEW_PAIRS = 200
"""Pairs that are likely or alike: who reads them wants the top."""
APART = "|"


def contents(m: Material) -> dict[str, list[Row]]:
    """Rows by table."""
    return {
        "network": list(_network(m)),
        "measures": list(_measures(m)),
        "communities": list(_communities(m)),
        "actor_ties": list(_actor_ties(m)),
        "circles": list(_circles(m)),
        "similar_actors": list(_similar(m)),
        "expected_ties": list(_expected(m)),
        "bridges": list(_bridges(m)),
        "instruments": list(_instruments(m)),
        "stances": list(_stances(m)),
        "agreement": list(_agreement(m)),
    }


def _network(m: Material) -> Iterator[Row]:
    tied = sum(1 for _, degree in m.ties.degree() if degree)
    yield "entities", len(m.nodes), "entities in the graph"
    yield "tied", tied, "of them with at least one asserted statement that ties them to another"
    yield "ties", m.ties.number_of_edges(), "pairs of entities that asserted statements tie"
    like, exactly = (_rounded(structure.assortativity(m.ties, by)) for by in ("kind", "type"))
    yield "assortativity_by_kind", like, "1 = ties join entities of one coarse class only, 0 = as by chance"
    yield "assortativity_by_type", exactly, "the same by the finest class"
    returned = _rounded(structure.reciprocity(m.graph))
    yield "reciprocity", returned, "share of directed ties that are returned; relations without direction left out"
    yield "bridges", len(m.bridges), "ties that are the only link between two parts"
    yield "articulation_points", len(m.losses), "entities without which their part falls apart"
    yield "communities", len(m.communities), "communities by the Leiden method"


def _measures(m: Material) -> Iterator[Row]:
    eigenvector = analysis.eigenvector(m.ties)
    for key, it in m.measures.items():
        central = _rounded(it.pagerank), _rounded(it.betweenness), _rounded(eigenvector[key])
        broker = _rounded(it.constraint), _rounded(it.effective_size), "yes" if it.articulation else "no"
        about = key, m.nodes[key].name, m.nodes[key].kind
        ego = m.ties_among[key], m.losses.get(key, 0)
        yield *about, it.degree, it.strength, *central, it.core, *broker, it.community, *ego


def _communities(m: Material) -> Iterator[Row]:
    for group in m.communities:
        for rank, member in enumerate(group.members, start=1):
            yield group.number, group.name, rank, member, m.nodes[member].name, m.nodes[member].kind


def _actor_ties(m: Material) -> Iterator[Row]:
    for tie in coparticipation.closest(m.coparticipation, m.graph, PAIRS):
        shared = APART.join(m.nodes[event].name for event in tie.shared)
        yield *_pair(m, tie.first, tie.second), _rounded(tie.weight), APART.join(tie.direct), shared


def _circles(m: Material) -> Iterator[Row]:
    depths = coparticipation.core(m.coparticipation)
    for key in sorted((key for key in depths if depths[key]), key=lambda key: (-depths[key], key)):
        events = sorted(m.coparticipation.part[key])
        yield key, m.nodes[key].name, depths[key], len(events), APART.join(m.nodes[event].name for event in events)


def _similar(m: Material) -> Iterator[Row]:
    for (first, second), score, common in structure.similarity(m.ties, _actors(m), FEW_PAIRS):
        yield *_pair(m, first, second), _rounded(score), APART.join(m.nodes[middle].name for middle in common)


def _expected(m: Material) -> Iterator[Row]:
    for (first, second), score, common in structure.expected_ties(m.ties, _actors(m), FEW_PAIRS):
        yield *_pair(m, first, second), _rounded(score), APART.join(m.nodes[middle].name for middle in common)


def _bridges(m: Material) -> Iterator[Row]:
    for first, second in m.bridges:
        best = m.claims_between(first, second)[0][0]
        yield *_pair(m, first, second), best.predicate, best.document, best.sentence


def _instruments(m: Material) -> Iterator[Row]:
    view = network.instruments(m.graph)
    for key, depth in structure.levels(view):
        rests = [
            f"{how} {m.nodes[other].name}" for other in sorted(view[key]) for how in view[key][other]["predicates"]
        ]
        yield key, m.nodes[key].name, m.nodes[key].kind, depth, APART.join(rests)


def _stances(m: Material) -> Iterator[Row]:
    for (actor, issue), found in stance.table(m.facts).items():
        votes = Counter(fact.predicate for fact in found)
        documents = APART.join(sorted({fact.document for fact in found}))
        sentences = APART.join(dict.fromkeys(fact.sentence for fact in found))
        yield *_pair(m, actor, issue), votes[stance.FOR], votes[stance.AGAINST], documents, sentences


def _agreement(m: Material) -> Iterator[Row]:
    table = stance.table(m.facts)
    for it in stance.agreement(m.facts, PAIRS):
        issues = APART.join(m.nodes[issue].name for issue in it.issues)
        best = [claims(table[actor, issue])[0][0] for issue in it.issues[:1] for actor in (it.first, it.second)]
        sentences = APART.join(dict.fromkeys(fact.sentence for fact in best))
        yield *_pair(m, it.first, it.second), _rounded(it.score), len(it.issues), issues, sentences


def _actors(m: Material) -> list[str]:
    return [key for key, node in m.nodes.items() if node.kind in ACTORS]


def _pair(m: Material, first: str, second: str) -> tuple[str, str, str, str]:
    return first, m.nodes[first].name, second, m.nodes[second].name


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
