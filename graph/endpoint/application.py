"""The web application: /sparql answers queries, everything else is the site of the build."""

from __future__ import annotations

import asyncio
import csv
import ipaddress
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.endpoint import description, protocol
from graph.endpoint.negotiation import GRAPHS, choose
from graph.endpoint.protocol import Problem, Question
from graph.endpoint.workers import Answer, Limits, Workers

PATH = "/sparql"
CHUNK = 1 << 16
HTML = "text/html"
LOOPBACK_PAGES = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
GRAPH_NAMES = Question("SELECT DISTINCT ?g { GRAPH ?g { } }", (), (), "text/csv", "")


def application(out: Path, limits: Limits, host: str, origins: tuple[str, ...] = ()) -> Starlette:
    """The application that serves the build in `out`.

    host      the address it is served on; requests that name another host are refused
    origins   web pages whose scripts may read answers, besides those on this machine; "*" for all
    """
    workers = Workers(out, limits)

    @asynccontextmanager
    async def working(_: Starlette) -> AsyncIterator[None]:
        await workers.start()
        yield
        await workers.stop()

    async def sparql(request: Request) -> Response:
        try:
            question = await protocol.read(request)
            if question is None:
                return await _introduction(request, out, workers)
            return _response(await _answered(request, question, workers))
        except Problem as problem:
            return PlainTextResponse(str(problem), problem.status)

    routes: list[BaseRoute] = [Route(PATH, sparql, methods=["GET", "POST"])]
    if (out / "site").is_dir():
        routes.append(Mount("/", StaticFiles(directory=out / "site", html=True)))
    else:
        routes.append(Route("/", lambda request: RedirectResponse(PATH)))
    pages = None if "*" in origins else LOOPBACK_PAGES
    cors = Middleware(
        CORSMiddleware, allow_origins=origins, allow_origin_regex=pages, allow_methods=["GET", "POST"],
        allow_headers=["*"],
    )  # fmt: skip
    return Starlette(routes=routes, middleware=[Middleware(_Guard, host=host), cors], lifespan=working)


async def _answered(request: Request, question: Question, workers: Workers) -> Answer:
    """The answer; the query is stopped when whoever asked has gone."""
    asked = asyncio.create_task(workers.answer(question))
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
        return asked.result() if asked.done() else Answer(499, "text/plain", b"")
    finally:
        asked.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(answer: Answer) -> Response:
    headers = {"Content-Length": str(len(answer.body)), "Vary": "Accept"}
    return StreamingResponse(_chunks(answer.body), answer.status, headers, answer.type)


def _chunks(body: bytes) -> Iterator[bytes]:
    view = memoryview(body)
    for start in range(0, len(body), CHUNK):
        yield bytes(view[start : start + CHUNK])


async def _introduction(request: Request, out: Path, workers: Workers) -> Response:
    """What a GET without a query gets: the query page in a browser, the service description elsewhere."""
    media = choose(request.headers.get("accept", ""), [*GRAPHS, HTML])
    if media is None:
        raise Problem(406, f"The description of this endpoint comes in one of {', '.join([HTML, *GRAPHS])}.")
    if media == HTML:
        from graph.pages.console_page import console_html

        return Response(console_html(out), media_type=HTML)
    named = await workers.answer(GRAPH_NAMES)
    if named.status != 200:
        return _response(named)
    graphs = [row["g"] for row in csv.DictReader(named.body.decode().splitlines())]
    address = str(request.url.replace(query="", fragment=""))
    return Response(description.describe(address, graphs, GRAPHS[media]), media_type=media, headers={"Vary": "Accept"})


class _Guard:
    """Refuses requests for other hosts: that is how a page elsewhere reaches a loopback address (DNS rebinding)."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        address = ipaddress.ip_address(host) if _is_address(host) else None
        # Who listens on every address means to be found by names that only the network knows.
        self._any = bool(address and address.is_unspecified)
        self._allowed = {"localhost", "127.0.0.1", "::1", host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._any and _host(scope) not in self._allowed:
            await PlainTextResponse("This server is not served under that name.", 421)(scope, receive, send)
            return

        async def guarded(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                assert isinstance(headers, list)
                headers += [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
            await send(message)

        await self._app(scope, receive, guarded)  # type: ignore[arg-type]


def _host(scope: Scope) -> str:
    """The host that a request names, without its port."""
    named = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    return named[1:].partition("]")[0] if named.startswith("[") else named.rpartition(":")[0].lower() or named.lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
