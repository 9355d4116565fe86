"""What the analysis of a large network costs: report, pictures and tables, and the heavy measures beside networkx.

    python benchmarks/analysis.py [ENTITIES] [STATEMENTS]

Generates a network in which a few actors are named often and many seldom, writes what `policygraph build` writes of it,
and runs the measures that cost most in networkx and here on that network in the same run.
"""

from __future__ import annotations

import sys
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import networkx as nx

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.figures import Figure, seconds
from graph import analysis, report, tables
from graph.material import Material
from graph.records import Fact, Node, Source

SOURCES = 5
"""Sources of betweenness; the time of both grows with them."""
SOME = 50
"""Nodes for which networkx works out the constraint; here it is all, and the ratio is by node."""
KINDS = ("Country", "GovernmentBody", "Organization", "Person", "Forum", "Agreement", "Law", "Initiative")
OBJECTS = {
    "participatedIn": "Forum",
    "hosted": "Forum",
    "signed": "Agreement",
    "supports": "Agreement",
    "opposes": "Law",
    "enacted": "Law",
    "initiated": "Initiative",
    "cooperatesWith": "Country",
    "memberOf": "Organization",
}


def generate(entities: int, statements: int, documents: int = 2000, seed: int = 1) -> Material:
    """A network of typed entities; how often one is named falls with its rank, as in texts (Zipf, exponent 0.7)."""
    random = Random(seed)
    kinds = random.choices(KINDS, k=entities)
    nodes = {
        key: Node(key, kind, kind, f"{kind} number {number}", (), (), (), "", ())
        for number, kind in enumerate(kinds)
        for key in [f"{kind.lower()}/n{number:06}"]
    }
    of_kind = {kind: [key for key in nodes if nodes[key].kind == kind] for kind in KINDS}
    actors = [key for kind in KINDS[:4] for key in of_kind[kind]]
    shares = {name: list(accumulate(1 / (n + 1) ** 0.7 for n in range(len(found)))) for name, found in of_kind.items()}
    subjects = random.choices(actors, cum_weights=list(accumulate(1 / (n + 1) ** 0.7 for n in range(len(actors)))),
                              k=statements)  # fmt: skip
    facts = []
    for number, subject in enumerate(subjects):
        predicate = random.choice(list(OBJECTS))
        kind = OBJECTS[predicate]
        facts.append(
            Fact(
                id=f"s{number:07}",
                subject=subject,
                predicate=predicate,
                object=random.choices(of_kind[kind], cum_weights=shares[kind])[0],
                status=random.choices(("asserted", "planned", "negated"), (94, 4, 2))[0],
                date=random.choice(("", "", f"{random.randint(1998, 2024)}", f"{random.randint(2010, 2024)}-05")),
                confidence=round(random.uniform(0.4, 1), 2),
                frame="generated",
                attributed_to="",
                document=f"d{number % documents:04}",
                start=100 * (number // documents),
                end=100 * (number // documents) + 90,
                sentence=f"Sentence number {number} of a generated corpus.",
                subject_text="",
                object_text="",
            )
        )  # fmt: skip
    sources = {f"d{n:04}": Source(f"d{n:04}", f"Document {n}", "", "", "", "en") for n in range(documents)}
    return Material(nodes, facts, sources)


def measure(entities: int = 20_000, statements: int = 160_000) -> list[Figure]:
    """Seconds of the whole analysis, and how many times as long networkx takes for the heavy measures."""
    made = generate(entities, statements)

    def analyse() -> None:
        material = Material(made.nodes, made.facts, made.sources)
        with TemporaryDirectory() as folder:
            wall["report"] = seconds(lambda: report.write(Path(folder), material))
            wall["tables"] = seconds(lambda: tables.write_to(Path(folder), Path(folder) / "tables", material))

    wall: dict[str, float] = {}
    wall["all"] = seconds(analyse)
    ties = made.ties
    some = Random(2).sample(sorted(node for node in ties if ties.degree(node)), min(SOME, len(ties)))
    peers = {
        "betweenness": (
            seconds(lambda: nx.betweenness_centrality(ties, k=min(SOURCES, len(ties)), seed=1)),
            seconds(lambda: analysis.betweenness(ties, SOURCES)),
        ),
        "communities": (
            seconds(lambda: nx.community.louvain_communities(ties, weight="weight", seed=1)),
            seconds(lambda: analysis.communities(ties)),
        ),
        "constraint, by node": (
            seconds(lambda: nx.constraint(ties, some, weight="weight")) / len(some),
            seconds(lambda: analysis.constraint(ties)) / len(ties),
        ),
    }
    size = f"{len(ties):,} entities, {len(made.facts):,} statements"
    return [
        Figure(f"report and pictures, {size}", wall["all"] - wall["tables"], "s", most=60),
        Figure("the same with all tables", wall["all"], "s"),
        *(Figure(f"{name} beside networkx, times sooner", peer / own) for name, (peer, own) in peers.items()),
    ]


if __name__ == "__main__":
    for figure in measure(*map(int, sys.argv[1:])):
        missed = "" if figure.holds else "  MISSED"
        print(f"{figure.name:70}{figure.value:10.2f} {figure.unit:4}{figure.limit:15}{missed}")
