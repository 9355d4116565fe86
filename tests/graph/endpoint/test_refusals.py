"""What the endpoint does not do: each refusal has its status and one sentence, and the server goes on."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from graph.endpoint.protocol import BODY_BYTES

Serving = Callable[..., AbstractContextManager[str]]

EXPLODING = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:no>|^!<urn:no>)* ?b . ?b (!<urn:no>|^!<urn:no>)* ?c . ?c ?x ?y }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(STR(?c), STR(?i))) }",
)
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1"
DEEP = f"SELECT * {{ {'{' * 60_000}"


def ask(
    served: str, method: str = "GET", path: str = "/sparql", body: bytes | None = None, **headers: str
) -> tuple[int, str, Mapping[str, str]]:
    connection = http.client.HTTPConnection(served.removeprefix("http://"), timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text, response.headers


def question(text: str) -> str:
    return f"/sparql?{urlencode({'query': text})}"


def works(served: str) -> bool:
    status, text, _ = ask(served, path=question("ASK { ?who pol:signed ?what }"))
    return status == 200 and json.loads(text)["boolean"]


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("SELECT *\nWHERE { ?s nope:p ?o }", 400, "at line 2, column 18: a prefix is not declared"),
        ("", 400, "it is empty"),
        ("SELECT (<urn:f>(1) AS ?x) { }", 400, "custom function <urn:f>"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE would ask another server"),
        ("LOAD <http://127.0.0.1/>", 403, "LOAD would change the graph"),
        ("PREFIX x: <urn:x>\nINSERT DATA { x:a x:b x:c }", 403, "INSERT would change the graph"),
        ("# a comment\nDELETE WHERE { ?s ?p ?o }", 403, "DELETE would change the graph"),
        ("DROP ALL", 403, "DROP would change the graph"),
        (DEEP, 400, ""),
    ],
)
def test_bad_queries(served: str, text: str, status: int, sentence: str) -> None:
    got, said, _ = ask(served, "POST", body=text.encode(), Content_Type="application/sparql-query")
    assert got == status or (text == DEEP and got == 503)
    assert sentence in said and "\n" not in said
    assert works(served)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=ASK{}&query=ASK{}", None, {}, 400),
        ("GET", "/sparql?query=%ff", None, {}, 400),
        ("GET", question("ASK {}") + "&default-graph-uri=not%20an%20iri", None, {}, 400),
        ("GET", question("ASK {}"), None, {"Accept": "image/png"}, 406),
        ("GET", question("CONSTRUCT WHERE { ?s ?p ?o }"), None, {"Accept": "text/csv"}, 406),
        ("GET", "/sparql", None, {"Accept": "image/png"}, 406),
        ("POST", "/sparql", b"query=ASK{}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        ("POST", "/sparql", b"\xff", {"Content-Type": "application/sparql-query"}, 400),
        ("POST", "/sparql", b"update=DROP+ALL", {"Content-Type": "application/x-www-form-urlencoded"}, 403),
        ("POST", "/sparql", b"DROP ALL", {"Content-Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", b"#" * (BODY_BYTES + 1), {"Content-Type": "application/sparql-query"}, 413),
        ("PUT", "/sparql", b"", {}, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("GET", "/sparql", None, {"Host": "example.org"}, 421),
        ("GET", "/", None, {"Host": "127.0.0.1.example.org:80"}, 421),
    ],
)
def test_bad_requests(
    served: str, method: str, path: str, body: bytes | None, headers: Mapping[str, str], status: int
) -> None:
    got, said, _ = ask(served, method, path, body, **{k.replace("-", "_"): v for k, v in headers.items()})
    assert got == status
    assert said and "Traceback" not in said
    assert works(served)


def test_queries_over_their_time_are_stopped_and_others_go_on(served: str) -> None:
    with ThreadPoolExecutor(len(EXPLODING)) as clients:
        exploding = [clients.submit(ask, served, path=question(text)) for text in EXPLODING]
        time.sleep(0.5)
        assert all(works(served) for _ in range(5))
        assert not all(each.done() for each in exploding)
        answers = [each.result()[:2] for each in exploding]
    assert {status for status, _ in answers} == {503}
    assert any("it took more than 3 s" in said for _, said in answers)
    assert works(served)


def test_a_query_over_its_memory_is_stopped(served: str) -> None:
    status, said, _ = ask(served, path=question(SORTED))
    assert status == 503
    assert "more memory" in said or "took more than" in said
    assert works(served)


def test_an_answer_over_its_size_is_refused(served: str) -> None:
    status, said, _ = ask(served, path=question(LARGE))
    assert (status, said) == (422, "The answer has more than 1 MB; ask for less of it with LIMIT.")
    assert works(served)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads the list of processes from /proc")
def test_no_process_outlives_its_server(serving: Serving, out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    with serving(copy, "--workers", 1) as address:
        assert works(address)
        assert _workers(copy)
    deadline = time.monotonic() + 20
    while _workers(copy) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _workers(copy)


def _workers(out: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_text(errors="replace")
            found += [command] if "graph.endpoint.worker" in command and str(out) in command else []
    return found


def test_slow_clients_are_cut_off(served: str) -> None:
    host, _, port = served.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert client.recv(1) == b""
    assert works(served)


def test_the_site_and_nothing_beside_it(served: str, out: Path) -> None:
    assert ask(served, path="/")[:2] == (200, "<h1>The site</h1>")
    assert ask(served, path="/entity/one.html")[:2] == (200, "<h1>One</h1>")
    secret = "/../graph.nq", "/%2e%2e/graph.nq", "/..%2fgraph.nq", "/entity/../../graph.nq", "//etc/passwd", "/%00"
    for path in (*secret, quote(str(out / "graph.nq")), "/nowhere.html"):
        assert ask(served, path=path)[0] in (404, 405), path


def test_scripts_of_this_machine_may_read_answers_and_others_may_not(served: str, serving: Serving, out: Path) -> None:
    path = question("ASK {}")
    assert ask(served, path=path, Origin="http://localhost:8888")[2]["Access-Control-Allow-Origin"]
    assert not ask(served, path=path, Origin="https://example.org")[2].get("Access-Control-Allow-Origin")
    asked = {"Origin": "http://localhost:1", "Access_Control_Request_Method": "POST"}
    assert ask(served, "OPTIONS", **asked)[0] == 200
    with serving(out, "--workers", 1, "--origin", "*") as address:
        assert ask(address, path=path, Origin="https://example.org")[2]["Access-Control-Allow-Origin"] == "*"


def test_a_new_build_is_served_at_once(serving: Serving, out: Path, tmp_path: Path) -> None:
    copy, later = tmp_path / "out", tmp_path / "later"
    shutil.copytree(out, copy)
    shutil.copytree(out, later)
    with serving(copy, "--workers", 1) as address:
        assert works(address)
        shutil.rmtree(copy)
        assert ask(address, path=question("ASK {}"))[0] == 503
        later.rename(copy)
        assert works(address)


def test_a_taken_port_and_a_folder_without_a_build(cli, out: Path, served: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    taken = cli("serve", out, "--port", served.rpartition(":")[2])
    assert taken.returncode == 1 and "name another port with --port" in taken.stderr
    nothing = cli("serve", tmp_path)
    assert nothing.returncode == 1 and "is not a finished build" in nothing.stderr
