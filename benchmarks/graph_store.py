"""What writing and asking a graph costs, beside rdflib's own engine and bare Oxigraph, in one run.

    python benchmarks/graph_store.py [PART ...] [--triples N] [--in FOLDER]        (all parts, 1,000,000 triples)

writing   facts in the project's vocabulary to a file and a store; the file beside rdflib, given its own terms
opening   a new process, to its first answer
queries   the stored queries through our API, beside bare Oxigraph
rdflib    the stored queries on a graph so small that rdflib can finish most of them, beside rdflib

With --in, the generated graph stays in FOLDER and is not made again by a later run.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

import pyoxigraph as ox
import rdflib
from figures import Figure, fastest, printed, seconds

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import nquads, query, store, writing
from graph.vocabulary import PREFIXES

Quad = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node, rdflib.Graph]
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
            sure = round(chance.triangular(0.4, 1, 0.9), 2)
            said = (subject, predicate, chance.choice(by_kind[kind]), chance.choice(STATUSES), date, sure, start, end)
            statements.append(Statement(*said, Span(start, start + 8), Span(start + 28, start + 43), "f"))  # type: ignore[arg-type]
            mentions.append(Mention(start, start + 8, subject, "Actor", "w"))
        documents.append(
            DocumentFacts(Document(f"d{name}", f"d{name}", SENTENCE * 80), (), tuple(mentions), tuple(statements))
        )
    return CorpusFacts(tuple(entities), tuple(documents))


def measure(
    parts: Iterable[str] = ("writing", "opening", "queries", "rdflib"),
    triples: int = 1_000_000,
    folder: Path | None = None,
) -> list[Figure]:
    """Figures of some parts, in the order of the parts."""
    with tempfile.TemporaryDirectory() as passing:
        home = folder or Path(passing)
        out = home / f"generated-{triples}"
        measured = {
            "writing": lambda: _writing(out, triples),
            "opening": lambda: _opening(_generated(out, triples)),
            "queries": lambda: _beside_oxigraph(_generated(out, triples)),
            "rdflib": lambda: _beside_rdflib(_generated(home / f"generated-{PEER_TRIPLES}", PEER_TRIPLES)),
        }
        return [figure for part in parts for figure in measured[part]()]


def _generated(out: Path, triples: int) -> Path:
    if not (out / "store" / "CURRENT").exists():
        writing.write(facts(triples), out)
    return out


def _writing(out: Path, triples: int) -> list[Figure]:
    corpus = facts(triples)
    out.mkdir(parents=True, exist_ok=True)
    # Before there are millions of rdflib's terms, for which Python's collector of garbage would look through them all.
    ours = min(seconds(lambda: nquads.write(writing.graphs(corpus), out, None)) for _ in range(ROUNDS))
    loading = seconds(lambda: nquads.load(out / "graph.nq", out / "store"))
    quads = _quads(out / "graph.nq")
    peer = min(seconds(lambda: _written(quads)) for _ in range(ROUNDS))
    return [
        Figure("graph that is written", len(quads), "triples"),
        Figure("writing it", ours, "s"),
        Figure("writing it with rdflib", peer, "s"),
        Figure("writing it, rdflib's time beside ours", peer / ours, least=5),
        Figure("loading it into the store", loading, "s"),
    ]


def _opening(out: Path) -> list[Figure]:
    command = [sys.executable, "-m", "policygraph", "query", str(out), FIRST]
    works = {"query": command, "python": [sys.executable, "-c", "pass"]}
    taken = fastest(
        {name: partial(subprocess.run, work, check=True, capture_output=True) for name, work in works.items()}, ROUNDS
    )
    return [
        Figure("opening a build in a new process, to the first answer", taken["query"], "s", most=1),
        Figure("a Python that does nothing, beside it", taken["python"], "s"),
    ]


def _beside_oxigraph(out: Path) -> list[Figure]:
    asked = _asked()
    works = {
        "ours": lambda: [query.run(out, each.name, "csv") for each in asked],
        "bare": lambda: [_bare(out, each.text) for each in asked],
    }
    taken = fastest(works, ROUNDS)
    return [
        Figure(f"{len(asked)} stored queries on {len(store.open_store(out)):,} triples", taken["ours"], "s"),
        Figure("stored queries, ours beside bare Oxigraph", taken["ours"] / taken["bare"], most=1.5),
    ]


def _asked() -> list[query.StoredQuery]:
    """The stored queries that need no parameter."""
    return [each for each in query.stored() if not any(parameter.required for parameter in each.parameters)]


def _bare(out: Path, text: str) -> bytes | None:
    opened = ox.Store.read_only(str(out / "store"))
    result = opened.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV)


def _beside_rdflib(out: Path) -> list[Figure]:
    quads = _quads(out / "graph.nq")
    dataset = rdflib.Dataset(default_union=True)
    dataset.addN(quads)
    asked = _asked()
    ours = min(seconds(lambda: [query.run(out, each.name, "csv") for each in asked]) for _ in range(ROUNDS))
    peer = [seconds(partial(_peer, dataset, each.text)) for each in asked]
    return [
        Figure(f"stored queries on {len(quads):,} triples, rdflib's time beside ours", sum(peer) / ours, least=50),
        Figure(f"of which rdflib was stopped after {PEER_SECONDS} s", sum(s >= PEER_SECONDS for s in peer), "queries"),
    ]


def _peer(dataset: rdflib.Dataset, text: str) -> None:
    """Answer a query with rdflib's own engine, which is stopped after PEER_SECONDS: its time is then too low."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(PEER_SECONDS)
    try:
        list(dataset.query(text, initNs=dict(PREFIXES)))
    except TimeoutError:
        pass
    finally:
        signal.alarm(0)


def _written(quads: list[Quad]) -> None:
    dataset = rdflib.Dataset()
    dataset.addN(quads)
    with tempfile.TemporaryDirectory() as folder:
        dataset.serialize(Path(folder) / "graph.nq", format="nquads")


def _quads(path: Path) -> list[Quad]:
    """The quads of a file in rdflib's terms."""
    graph = cache(lambda name: rdflib.Graph(identifier=rdflib.URIRef(name)))
    parsed = ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
    return [(_term(s), _term(p), _term(o), graph(g.value)) for s, p, o, g in parsed]


@cache
def _term(term: object) -> rdflib.term.Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal():
            datatype = None if term.language else rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, term.language, datatype)
    raise TypeError(term)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help="writing, opening, queries, rdflib")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--in", dest="folder", type=Path)
    given = parser.parse_args()
    printed(measure(given.parts or ("writing", "opening", "queries", "rdflib"), given.triples, given.folder))
