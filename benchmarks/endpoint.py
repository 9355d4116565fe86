"""The endpoint under load: many clients whose answers are checked, while others send queries that explode.

    python benchmarks/endpoint.py [CLIENTS SECONDS]        (50 clients for 60 s)

Every client asks one query after another over a connection that it keeps, and compares the answer with the one that was
found in this process before. What explodes has to be cut off; nobody else may notice, but for the time it takes.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import graph_store
from figures import Figure, printed

from graph import query, store, writing
from graph.vocabulary import entity_iri

TRIPLES = 100_000
QUERIES = 400
TIMEOUT = 5
EXPLODING = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path cycles": "SELECT * { ?a (!<urn:no>|^!<urn:no>)* ?b . ?b (!<urn:no>|^!<urn:no>)* ?c . ?c ?x ?y }",
    "sorting": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a LIMIT 3",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), STR(?f))) }",
}
ROOT = Path(__file__).parent.parent


def measure(clients: int = 50, seconds: float = 60.0) -> list[Figure]:
    """Serve a generated graph to so many clients for so long."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        corpus = graph_store.facts(TRIPLES)
        writing.write(corpus, out)
        asked = _questions(out, [entity.id for entity in corpus.entities])
        with _server(out) as (port, process):
            return _loaded(port, process.pid, asked, clients, seconds)


def _loaded(port: int, server: int, asked: list[tuple[str, object]], clients: int, seconds: float) -> list[Figure]:
    counts: Counter[str] = Counter()
    taken: list[float] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < end:
            text, right = chance.choice(asked)
            start = time.perf_counter()
            status, body = _ask(connection, text)
            taken.append(time.perf_counter() - start)
            counts["answers"] += 1
            counts["errors"] += status != 200
            counts["wrong"] += status == 200 and _rows(body) != right

    def exploder(text: str) -> None:
        while time.monotonic() < end:
            status, body = _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=120), text)
            counts["cut off" if status == 503 else f"exploding query got {status} {body[:80]!r}"] += 1

    _ask(http.client.HTTPConnection("127.0.0.1", port), asked[0][0])
    before = _memory(server)
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    threads += [threading.Thread(target=exploder, args=(text,)) for text in EXPLODING.values()]
    for thread in threads:
        thread.start()
    peak = before
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, _memory(server))
        time.sleep(0.25)
    time.sleep(2)
    escaped = sum(count for name, count in counts.items() if name.startswith("exploding"))
    ordered = sorted(taken)
    return [
        Figure(f"endpoint, {clients} clients for {seconds:g} s: answers", counts["answers"], "answers", least=1),
        Figure("endpoint: answers a second", len(taken) / seconds, "answers/s"),
        Figure("endpoint: wrong answers", counts["wrong"], "answers", most=0),
        Figure("endpoint: errors that are not due", counts["errors"], "answers", most=0),
        Figure("endpoint: median answer", statistics.median(ordered), "s"),
        Figure("endpoint: answer, 99th percentile", ordered[int(len(ordered) * 0.99)], "s"),
        Figure("endpoint: exploding queries cut off", counts["cut off"], "queries", least=len(EXPLODING)),
        Figure("endpoint: exploding queries that got through", escaped, "queries", most=0),
        Figure("endpoint: memory before", before, "MB"),
        Figure("endpoint: memory at its peak", peak, "MB"),
        Figure("endpoint: memory after, beside before", _memory(server) / before, "x", most=1.5),
    ]


def _questions(out: Path, entities: list[str]) -> list[tuple[str, object]]:
    """Queries as clients send them, each with its right answer."""
    opened = store.open_store(out)
    texts = []
    for entity in random.Random(1).sample(entities, QUERIES // 2):
        texts.append(f"SELECT ?p ?o {{ <{entity_iri(entity)}> ?p ?o }}")
        texts.append(
            f"SELECT ?st ?other ?text {{ ?st rdf:object <{entity_iri(entity)}> ; rdf:subject ?other ; "
            "pol:evidence/pol:text ?text }"
        )
    texts.append("SELECT ?class (COUNT(?e) AS ?n) { ?e a ?class ; skos:prefLabel ?name } GROUP BY ?class")
    return [(text, _rows(query.answer(opened, text).serialize(format=_json()))) for text in texts]  # type: ignore[union-attr]


def _json() -> object:
    import pyoxigraph as ox

    return ox.QueryResultsFormat.JSON


def _rows(body: bytes | None) -> list[str]:
    # Solutions come in no order unless a query asks for one.
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(body or b"")["results"]["bindings"])


def _ask(connection: http.client.HTTPConnection, text: str) -> tuple[int, bytes]:
    connection.request("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-query"})
    response = connection.getresponse()
    return response.status, response.read()


@contextmanager
def _server(out: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "policygraph", "serve", str(out), "--port", "0", "--timeout", str(TIMEOUT)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]), process
        finally:
            process.terminate()


def _memory(process: int) -> float:
    """MB that a process and its children hold, what they share counted once in all (Linux)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    held = 0
    for each in (str(process), *children):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue  # it ended meanwhile
        held += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return held / 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    printed(measure(int(given[0]), float(given[1])) if given else measure())
