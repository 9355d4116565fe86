"""What writing and asking a graph costs, beside rdflib's own engine and bare Oxigraph, in one run.

    python benchmarks/graph_store.py [TRIPLES]        (1,000,000)

Generates facts in the project's vocabulary, writes them, opens the result and runs the stored queries; and does the
same with rdflib in memory on a graph so small that it can finish most of them.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
import rdflib
from figures import Figure, fastest, printed, seconds

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import nquads, query, store, writing

KINDS = ("Country", "GovernmentBody", "Organization", "Forum", "Agreement", "Law", "Initiative")
RELATIONS = (
    ("participatedIn", "Forum"), ("hosted", "Forum"), ("signed", "Agreement"), ("enacted", "Law"), ("supports", "Law"),
    ("opposes", "Law"), ("initiated", "Initiative"), ("cooperatesWith", "Country"),
)  # fmt: skip
STATUSES = ("asserted",) * 8 + ("planned", "negated")
SENTENCE = "An actor did something with some instrument in a sentence of a plausible length. "
QUADS_PER_STATEMENT = 24
PEER_TRIPLES = 10_000
PEER_SECONDS = 30
FIRST = "ASK { ?e a pol:Country }"
ROUNDS = 3


def facts(triples: int) -> CorpusFacts:
    """A corpus that makes about so many triples: actors by Zipf's law, 80 statements to a document."""
    chance = random.Random(1)
    number = triples // QUADS_PER_STATEMENT
    entities = sorted(
        (
            Entity(f"{kind.lower()}/e{place}", kind, f"{kind} number {place}", (f"E{place}",))
            for place in range(max(number // 8, 70))
            for kind in [KINDS[place % len(KINDS)]]
        ),
        key=lambda entity: entity.id,
    )
    by_kind = {kind: [entity.id for entity in entities if entity.type == kind] for kind in KINDS}
    actors = [entity for kind in KINDS[:3] for entity in by_kind[kind]]
    often = [1 / (rank + 1) for rank in range(len(actors))]
    documents = []
    for name in range(number // 80):
        statements, mentions = [], []
        for place, subject in enumerate(chance.choices(actors, often, k=80)):
            predicate, kind = chance.choice(RELATIONS)
            start = place * len(SENTENCE)
            end, date = start + len(SENTENCE) - 1, chance.choice(["", "2019", "2020-05", "2021-06-07"])
            said = (subject, predicate, chance.choice(by_kind[kind]), chance.choice(STATUSES), date, 0.8, start, end)
            statements.append(Statement(*said, Span(start, start + 8), Span(start + 28, start + 43), "f"))  # type: ignore[arg-type]
            mentions.append(Mention(start, start + 8, subject, "Actor", "w"))
        documents.append(
            DocumentFacts(Document(f"d{name}", f"d{name}", SENTENCE * 80), (), tuple(mentions), tuple(statements))
        )
    return CorpusFacts(tuple(entities), tuple(documents))


def measure(triples: int = 1_000_000) -> list[Figure]:
    """Write, open and ask a generated graph."""
    with tempfile.TemporaryDirectory() as folder:
        out, small = Path(folder) / "out", Path(folder) / "small"
        corpus = facts(triples)
        out.mkdir()
        writing_seconds = seconds(lambda: nquads.write(writing.graphs(corpus), out, None))
        loading_seconds = seconds(lambda: nquads.load(out / "graph.nq", out / "store"))
        count = len(store.open_store(out))
        writing.write(facts(PEER_TRIPLES), small)
        return [
            Figure("graph that was written", count, "triples"),
            Figure("writing it", writing_seconds, "s"),
            Figure("loading it into the store", loading_seconds, "s"),
            Figure("opening it in a new process, to the first answer", _opening(out), "s", most=1),
            Figure("stored queries, ours beside bare Oxigraph", _beside_oxigraph(out), "x", most=1.5),
            *_beside_rdflib(small, writing_seconds / count),
        ]


def _opening(out: Path) -> float:
    command = [sys.executable, "-m", "policygraph", "query", str(out), FIRST]
    return min(seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(ROUNDS))


def _beside_oxigraph(out: Path) -> float:
    asked = _asked()
    works = {
        "ours": lambda: [query.run(out, each.name, "csv") for each in asked],
        "bare": lambda: [_bare(out, each.text) for each in asked],
    }
    taken = fastest(works, ROUNDS)
    return taken["ours"] / taken["bare"]


def _asked() -> list[query.StoredQuery]:
    """The stored queries that need no parameter."""
    return [each for each in query.stored() if not any(parameter.required for parameter in each.parameters)]


def _bare(out: Path, text: str) -> bytes | None:
    opened = ox.Store.read_only(str(out / "store"))
    result = opened.query(text, prefixes=dict(query.PREFIXES), use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV)


def _beside_rdflib(small: Path, ours_per_triple: float) -> list[Figure]:
    quads = [_terms(quad) for quad in ox.parse(path=small / "graph.nq", format=ox.RdfFormat.N_QUADS)]
    dataset = rdflib.Dataset(default_union=True)
    peer_writing = seconds(lambda: (dataset.addN(quads), dataset.serialize(small / "peer.nq", format="nquads")))
    asked = _asked()
    ours = min(seconds(lambda: [query.run(small, each.name, "csv") for each in asked]) for _ in range(ROUNDS))
    peer = sum(seconds(lambda each=each: _peer(dataset, each.text)) for each in asked)  # type: ignore[misc]
    return [
        Figure("writing a triple, rdflib's time beside ours", peer_writing / len(quads) / ours_per_triple, least=5),
        Figure(f"stored queries on {len(quads):,} triples, rdflib's time beside ours", peer / ours, least=50),
    ]


def _peer(dataset: rdflib.Dataset, text: str) -> None:
    """Answer a query with rdflib's own engine, which is stopped after PEER_SECONDS: its time is then too low."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(PEER_SECONDS)
    try:
        list(dataset.query(text, initNs=dict(query.PREFIXES)))
    except TimeoutError:
        pass
    finally:
        signal.alarm(0)


def _terms(quad: ox.Quad) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node, rdflib.Graph]:
    subject, predicate, object, name = (rdflib.util.from_n3(str(term)) for term in quad)
    return subject, predicate, object, rdflib.Graph(identifier=name)  # type: ignore[return-value]


if __name__ == "__main__":
    printed(measure(*map(int, sys.argv[1:])))
