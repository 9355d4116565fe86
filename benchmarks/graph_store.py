"""What writing and asking a graph costs, beside rdflib's own engine and bare Oxigraph, in one run.

    python benchmarks/graph_store.py [TRIPLES]

Generates facts in the project's vocabulary, writes them, opens the result and runs the stored queries; and does the
same with rdflib in memory on a share of them. Prints seconds of wall time.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import rdflib

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import query, store, writing

T = TypeVar("T")

KINDS = ("Country", "GovernmentBody", "Organization", "Forum", "Agreement", "Law", "Initiative")
RELATIONS = (("participatedIn", "Forum"), ("signed", "Agreement"), ("enacted", "Law"), ("cooperatesWith", "Country"))
SENTENCE = "An actor did something with some instrument in a sentence of a plausible length. "
QUADS_PER_STATEMENT = 24
PEER_SHARE = 20
PEER_QUERIES = ("laws-by-year", "parties", "timeline")


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
            said = (subject, predicate, chance.choice(by_kind[kind]), "asserted", date, 0.8, start, end)
            statements.append(Statement(*said, Span(start, start + 8), Span(start + 28, start + 43), "f"))  # type: ignore[arg-type]
            mentions.append(Mention(start, start + 8, subject, "Actor", "w"))
        documents.append(
            DocumentFacts(Document(f"d{name}", f"d{name}", SENTENCE * 80), (), tuple(mentions), tuple(statements))
        )
    return CorpusFacts(tuple(entities), tuple(documents))


def timed(what: str, task: Callable[[], T]) -> tuple[T, float]:
    """The task's result and its seconds, which are also printed."""
    start = time.perf_counter()
    result = task()
    seconds = time.perf_counter() - start
    print(f"{what:58}{seconds:10.3f} s", flush=True)
    return result, seconds


def main(triples: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        out, small = Path(folder) / "out", Path(folder) / "small"
        out.mkdir()
        corpus = facts(triples)
        _, writing_seconds = timed("write graph.nq", lambda: writing.write_quads(corpus, out / "graph.nq"))
        timed("load store/", lambda: writing.load(out / "graph.nq", out / "store"))
        opened, _ = timed("open, and give the first answer", lambda: _opened(out))
        print(f"{'triples':58}{len(opened):10}")
        _compare_with_oxigraph(out)
        writing.write(facts(triples // PEER_SHARE), small)
        _compare_with_rdflib(small, writing_seconds / len(opened))


def _compare_with_oxigraph(out: Path) -> None:
    seconds = [0.0, 0.0]
    for each in query.stored():
        if not any(parameter.required for parameter in each.parameters):
            _, ours = timed(f"query {each.name}", lambda each=each: query.run(out, each.name, "csv"))  # type: ignore[misc]
            _, bare = timed("  bare Oxigraph", lambda each=each: _bare(out, each.text))  # type: ignore[misc]
            seconds = [seconds[0] + ours, seconds[1] + bare]
    print(f"{'all stored queries, ours / bare Oxigraph':58}{seconds[0] / seconds[1]:10.2f}")


def _compare_with_rdflib(small: Path, ours_per_triple: float) -> None:
    quads = [_terms(quad) for quad in ox.parse(path=str(small / "graph.nq"), format=ox.RdfFormat.N_QUADS)]
    dataset = rdflib.Dataset(default_union=True)
    _, adding = timed(f"rdflib: add a {PEER_SHARE}th in memory", lambda: dataset.addN(quads))
    _, serializing = timed("rdflib: write it", lambda: dataset.serialize(small / "peer.nq", format="nquads"))
    ratio = (adding + serializing) / len(quads) / ours_per_triple
    print(f"{'writing N-Quads, rdflib / ours, per triple':58}{ratio:10.1f}")
    asked = [each for each in query.stored() if each.name in PEER_QUERIES]
    _, ours = timed("three queries on that share", lambda: [query.run(small, each.name, "csv") for each in asked])
    names = dict(query.PREFIXES)
    _, peer = timed("  rdflib's own engine", lambda: [list(dataset.query(each.text, initNs=names)) for each in asked])
    print(f"{'queries, rdflib / ours':58}{peer / ours:10.1f}")


def _terms(quad: ox.Quad) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node, rdflib.Graph]:
    subject, predicate, object, name = (rdflib.util.from_n3(str(term)) for term in quad)
    return subject, predicate, object, rdflib.Graph(identifier=name)  # type: ignore[return-value]


def _opened(out: Path) -> ox.Store:
    opened = store.open_store(out)
    assert query.answer(opened, "ASK { ?e a pol:Country }")
    return opened


def _bare(out: Path, text: str) -> bytes | None:
    opened = ox.Store.read_only(str(out / "store"))
    result = opened.query(text, prefixes=dict(query.PREFIXES), use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
