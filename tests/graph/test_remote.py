"""A graph in a store elsewhere: brought there once, asked like a build, and clear errors where that cannot be.

One store is Oxigraph behind a few lines of HTTP, so that it can be made to fail; the other is Virtuoso as Debian has it
(`apt install virtuoso-opensource-7-bin`), started here on loopback, and left out where it is not installed.
"""

from __future__ import annotations

import base64
import csv
import io
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from graph import compare, dossier, export, find, path, query, records, validation
from graph.errors import BadParameter, BadQuery, RemoteFailed
from graph.push import Pushed, push
from graph.remote import PUSHED_GRAPH, Endpoint, place
from graph.store import open_store
from graph.vocabulary import document_iri

REQUIRED = {
    "actor": "Norway", "body": "Norway", "document": "pact", "first": "Ghana", "second": "Estonia",
    "subject": "Storting", "object": "SCA",
}  # fmt: skip
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = {rows}
"""


class Elsewhere(HTTPServer):
    """An Oxigraph store behind HTTP; `broken_after` so many updates it fails, and "writer" needs the `password`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = ox.Store()
        self.updates: list[str] = []
        self.broken_after: int | None = None
        self.password = ""
        self.union = True
        self.headers: dict[str, str] = {}

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_address[1]}/sparql", "writer", "right")


class _Handler(BaseHTTPRequestHandler):
    server: Elsewhere

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        expected = "Basic " + base64.b64encode(f"writer:{self.server.password}".encode()).decode()
        if self.server.password and self.headers.get("Authorization") != expected:
            self._send(401, b"", {"WWW-Authenticate": 'Basic realm="here"'})
        elif "update" in given:
            self._update(given["update"][0])
        else:
            self._query(given["query"][0])

    def _update(self, text: str) -> None:
        if self.server.broken_after == len(self.server.updates):
            self._send(500, b"<html><body>disk\n full</body></html>", {})
            return
        self.server.updates.append(text)
        self.server.store.update(text)
        self._send(200, b"", {})

    def _query(self, text: str) -> None:
        result = self.server.store.query(text, use_default_graph_as_union=self.server.union)
        if isinstance(result, ox.QueryTriples):
            body, media = ox.serialize(result, format=ox.RdfFormat.N_TRIPLES), "application/n-triples"
        else:
            body = result.serialize(format=ox.QueryResultsFormat.JSON)
            media = "application/sparql-results+json"
        self._send(200, body or b"", {"Content-Type": media, **self.server.headers})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_only_what_changed_is_sent(elsewhere: Elsewhere, out: Path, tmp_path: Path) -> None:
    build = tmp_path / "out"
    shutil.copytree(out, build)
    assert push(build, elsewhere.endpoint) == Pushed(sent=6, kept=0, removed=0)
    elsewhere.updates.clear()
    assert push(build, elsewhere.endpoint) == Pushed(sent=0, kept=6, removed=0)
    assert elsewhere.updates == []
    lines = (build / "graph.nq").read_text().splitlines(keepends=True)
    gone = [line for line in lines if f"<{document_iri('programme')}> ." not in line]
    (build / "graph.nq").write_text("".join(gone).replace('"Harbour Post"', '"Harbour Gazette"'))
    assert push(build, elsewhere.endpoint) == Pushed(sent=1, kept=4, removed=1)
    assert {match for text in elsewhere.updates for match in re.findall(r"INSERT DATA { GRAPH <([^>]*)>", text)} == {
        document_iri("pact"), PUSHED_GRAPH,
    }  # fmt: skip
    assert not list(elsewhere.store.quads_for_pattern(None, None, None, ox.NamedNode(document_iri("programme"))))


@pytest.mark.parametrize("updates", [0, 1, 2, 4, 7])
def test_a_push_that_was_cut_short_goes_on(elsewhere: Elsewhere, out: Path, updates: int) -> None:
    elsewhere.broken_after = updates
    with pytest.raises(RemoteFailed, match="it answers 500 Internal Server Error: disk full"):
        push(out, elsewhere.endpoint)
    elsewhere.broken_after = None
    before = len(elsewhere.updates)
    pushed = push(out, elsewhere.endpoint)
    assert pushed.sent + pushed.kept == 6 and pushed.kept >= (before - 1) // 5
    export.export(elsewhere.endpoint, "nq", out.parent / "again.nq")  # type: ignore[arg-type]
    assert (out.parent / "again.nq").read_bytes() == (out / "graph.nq").read_bytes()


def test_what_others_keep_there_stays(elsewhere: Elsewhere, out: Path) -> None:
    elsewhere.store.update("INSERT DATA { GRAPH <urn:theirs> { <urn:a> <urn:b> <urn:c> } }")
    push(out, elsewhere.endpoint)
    assert elsewhere.store.query("ASK { GRAPH <urn:theirs> { <urn:a> <urn:b> <urn:c> } }")


def test_passwords(elsewhere: Elsewhere, out: Path) -> None:
    elsewhere.password = "right"
    assert push(out, elsewhere.endpoint).sent == 6
    elsewhere.password = "changed"
    with pytest.raises(RemoteFailed, match=r"wants a user who may do this \(401\); give --user"):
        push(out, elsewhere.endpoint)
    assert "right" not in repr(elsewhere.endpoint)
    with pytest.raises(BadParameter, match="holds no password"):
        place("http://writer:right@127.0.0.1/sparql")


def test_stores_that_cannot_be_asked(elsewhere: Elsewhere, out: Path) -> None:
    with pytest.raises(RemoteFailed, match=r"it holds no graph of ours; `policygraph push OUT http"):
        open_store(elsewhere.endpoint)
    push(out, elsewhere.endpoint)
    elsewhere.union = False
    with pytest.raises(RemoteFailed, match="its default graph has to be the union of all graphs"):
        open_store(elsewhere.endpoint)
    elsewhere.union = True
    elsewhere.headers = {"X-SPARQL-MaxRows": "10"}
    with pytest.raises(RemoteFailed, match="it cuts answers off at 10 rows"):
        open_store(elsewhere.endpoint)
    with pytest.raises(RemoteFailed, match="it cannot be reached"):
        open_store(Endpoint("http://127.0.0.1:1/sparql"))


def test_a_malformed_query_is_found_before_it_is_sent(elsewhere: Elsewhere, out: Path) -> None:
    push(out, elsewhere.endpoint)
    with pytest.raises(BadQuery, match="at line 2, column 18"):
        query.run(elsewhere.endpoint, "SELECT *\nWHERE { ?s nope:p ?o }")  # type: ignore[arg-type]


def test_commands_ask_an_endpoint_of_ours(
    serving: Callable[..., AbstractContextManager[str]],
    cli: Callable[..., subprocess.CompletedProcess[str]],
    out: Path,
) -> None:
    with serving(out, "--workers", 1) as address:
        for arguments in (["query", "laws-by-year"], ["show", "Ghana"]):
            command, *rest = arguments
            there, here = cli(command, f"{address}/sparql", *rest), cli(command, out, *rest)
            assert there.stdout == here.stdout and there.returncode == here.returncode == 0, there.stderr
        refused = cli("push", out, f"{address}/sparql")
        assert refused.returncode == 1 and "wants a user who may do this (403)" in refused.stderr


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Virtuoso on loopback, empty."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("no Virtuoso on this machine: apt-get install virtuoso-opensource-7-bin")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = _free_ports()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http, rows=100_000))
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([program, "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{http}/sparql", server, folder / "log")
        yield Endpoint(f"http://127.0.0.1:{http}/sparql-auth", "dba", "dba")
    finally:
        server.terminate()
        server.wait(60)


def _free_ports() -> tuple[int, int]:
    import socket

    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("Virtuoso does not answer: " + log.read_text())


@pytest.fixture(scope="module")
def there(virtuoso: Endpoint, out: Path) -> Path:
    """The build in Virtuoso; an endpoint stands for OUT in every command."""
    assert push(out, virtuoso).sent == 6
    assert push(out, virtuoso) == Pushed(sent=0, kept=6, removed=0)
    return virtuoso  # type: ignore[return-value]


@pytest.mark.parametrize("each", query.stored(), ids=lambda each: each.name)
def test_virtuoso_answers_the_stored_queries_alike(out: Path, there: Path, each: query.StoredQuery) -> None:
    given = {p.name: REQUIRED[p.name] for p in each.parameters if p.required}

    def rows(place: Path) -> list[list[str]]:
        found = csv.reader(io.StringIO(query.run(place, each.name, "csv", given)))
        # SPARQL leaves the order of what GROUP_CONCAT puts together open.
        return sorted([["; ".join(sorted(re.split("[,;] ", cell))) for cell in row] for row in found])

    assert rows(there) == rows(out)


def test_virtuoso_serves_every_command(out: Path, there: Path) -> None:
    assert find.find(there, "cable safety") == find.find(out, "cable safety")
    assert dossier.show(there, "Norway") == dossier.show(out, "Norway")
    assert path.paths(there, "Ghana", "Storting") == path.paths(out, "Ghana", "Storting")
    assert compare.compare(there, "act", "pact") == compare.compare(out, "act", "pact")
    assert validation.validate(there) == validation.validate(out) == []
    assert query.run(there, "ASK { ?law pol:enactedBy ?who }") == "no"
    assert query.run(there, "ASK { ?law pol:enactedBy ?who }", inferred=True) == "yes"
    assert records.mentions(open_store(there)) == records.mentions(open_store(out))


@pytest.mark.parametrize("format", ["nq", "trig", "ttl", "jsonld", "graphml", "gexf"])
def test_virtuoso_gives_back_the_same_bytes(out: Path, there: Path, tmp_path: Path, format: str) -> None:
    export.export(there, format, tmp_path / "there")
    export.export(out, format, tmp_path / "here")
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()


def test_virtuoso_says_who_may_write(virtuoso: Endpoint, out: Path) -> None:
    with pytest.raises(RemoteFailed, match="wants a user who may do this"):
        push(out, Endpoint(virtuoso.url))
