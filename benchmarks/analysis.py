"""What the analysis of a large network costs: report, pictures and tables, and the heavy measures beside networkx.

    python benchmarks/analysis.py [ENTITIES] [STATEMENTS] [--from-store]

Generates a network in which a few actors are named often and many seldom, writes what `policygraph build` writes of it,
and runs the measures that cost most in networkx and here on that network in the same run. Times are of the processor.
With --from-store, the facts are first written to a store, and the time to read them from there counts in.
"""

from __future__ import annotations

import argparse
import calendar
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import networkx as nx
from figures import Figure, printed

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import analysis, report, tables, writing
from graph.material import Material

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


def generate(entities: int, statements: int, documents: int = 2000, seed: int = 1) -> CorpusFacts:
    """A network of typed entities; how often one is named falls with its rank, as in texts (Zipf, exponent 0.7)."""
    random = Random(seed)
    kinds = random.choices(KINDS, k=entities)
    nodes = [
        Entity(f"{kind.lower()}/n{number:06}", kind, f"{kind} number {number}") for number, kind in enumerate(kinds)
    ]
    of_kind = {kind: [node.id for node in nodes if node.type == kind] for kind in KINDS}
    actors = [key for kind in KINDS[:4] for key in of_kind[kind]]
    shares = {name: list(accumulate(1 / (n + 1) ** 0.7 for n in range(len(found)))) for name, found in of_kind.items()}
    subjects = random.choices(actors, cum_weights=list(accumulate(1 / (n + 1) ** 0.7 for n in range(len(actors)))),
                              k=statements)  # fmt: skip
    texts: list[list[str]] = [[] for _ in range(documents)]
    said: list[list[Statement]] = [[] for _ in range(documents)]
    for number, subject in enumerate(subjects):
        predicate = random.choice(list(OBJECTS))
        kind, home = OBJECTS[predicate], number % documents
        start = 100 * len(texts[home])
        date, told = random.choice((("", "Once"), _month(random.randint(1998, 2024), random.randint(1, 12))))
        texts[home].append(f"{told}, {subject} did what sentence number {number} of this corpus says.".ljust(100))
        said[home].append(
            Statement(
                subject=subject,
                predicate=predicate,
                object=random.choices(of_kind[kind], cum_weights=shares[kind])[0],
                status=random.choices(("asserted", "planned", "negated"), (94, 4, 2))[0],
                date=date,
                confidence=round(0.4 + 0.6 * random.betavariate(4, 1), 2),
                start=start,
                end=start + len(texts[home][-1].rstrip()),
                subject_span=Span(start + len(told) + 2, start + len(told) + 2 + len(subject)),
                object_span=Span(start, start + len(told)),
                frame="generated",
            )
        )  # fmt: skip
    return CorpusFacts(
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(
            DocumentFacts(
                Document(f"d{n:04}", f"d{n:04}", "".join(texts[n]), f"Document {n}"),
                (),
                tuple(Mention(*it.subject_span, it.subject, "Actor", "generated") for it in said[n]),
                tuple(said[n]),
            )
            for n in range(documents)
        ),
    )


def _month(year: int, month: int) -> tuple[str, str]:
    return f"{year}-{month:02}", f"In {calendar.month_name[month]} {year}"


def measure(entities: int = 20_000, statements: int = 160_000, from_store: bool = False) -> list[Figure]:
    """Seconds of the whole analysis, and how many times as long networkx takes for the heavy measures."""
    corpus = generate(entities, statements)
    with TemporaryDirectory() as folder:
        out = Path(folder)
        if from_store:
            writing.write(corpus, out)
        material: list[Material] = []
        read = processor(lambda: material.append(Material.read(out) if from_store else Material.of(corpus)))
        (made,) = material
        reported = processor(lambda: report.write(out, made))
        tabled = processor(lambda: tables.write(out, made))
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
        Figure(f"report, {size}", read + reported + tabled, "s", most=60),
        Figure("of which taking the facts over", read, "s"),
        Figure("of which report and pictures", reported, "s"),
        Figure("of which tables", tabled, "s"),
        *(Figure(f"{name} beside networkx, times sooner", peer / own) for name, (peer, own) in peers.items()),
    ]


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor time: what work in one thread takes on a quiet machine, however busy this one is."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entities", nargs="?", type=int, default=20_000)
    parser.add_argument("statements", nargs="?", type=int, default=160_000)
    parser.add_argument("--from-store", action="store_true")
    given = parser.parse_args()
    printed(measure(given.entities, given.statements, given.from_store))
