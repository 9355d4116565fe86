"""What the analysis of a large network costs: report, pictures and tables, and the heavy measures beside networkx.

    python benchmarks/analysis.py [ENTITIES] [STATEMENTS]

Generates a network in which a few actors are named often and many seldom, writes what `policygraph build` writes of it,
and runs the measures that cost most in networkx and here on that network in the same run. Times are of the processor.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import networkx as nx
from figures import Figure, printed

from graph import analysis, report, tables
from graph.material import Material
from graph.records import Fact, Node, Source

SOURCES = 10
"""Sources of betweenness in networkx, whose time grows with them; the ratio is by source."""
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
    with TemporaryDirectory() as folder:
        out = Path(folder)
        material: list[Material] = []
        reported = processor(lambda: material.append(Material(made.nodes, made.facts, made.sources)))
        reported += processor(lambda: report.write(out, material[0]))
        tabled = processor(lambda: tables.write(out, material[0]))
    ties = made.ties
    some = Random(2).sample(sorted(node for node in ties if ties.degree(node)), min(SOME, len(ties)))
    peers = {
        "betweenness, by source": (
            processor(lambda: nx.betweenness_centrality(ties, k=min(SOURCES, len(ties)), seed=1)) / SOURCES,
            processor(lambda: analysis.betweenness(ties, analysis.SOURCES)) / analysis.SOURCES,
        ),
        "communities": (
            processor(lambda: nx.community.louvain_communities(ties, weight="weight", seed=1)),
            processor(lambda: analysis.communities(ties)),
        ),
        "constraint, by node": (
            processor(lambda: nx.constraint(ties, some, weight="weight")) / len(some),
            processor(lambda: analysis.constraint(ties)) / len(ties),
        ),
    }
    size = f"{len(ties):,} entities, {len(made.facts):,} statements"
    return [
        Figure(f"report and pictures, {size}", reported, "s", most=60),
        Figure("tables beside it", tabled, "s"),
        *(Figure(f"{name} beside networkx, times sooner", peer / own) for name, (peer, own) in peers.items()),
    ]


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor time: what work in one thread takes on a quiet machine, however busy this one is."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    printed(measure(*map(int, sys.argv[1:])))
