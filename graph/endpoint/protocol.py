"""Requests of the SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013, section 2.1), read into questions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs

from starlette.requests import Request

from graph.endpoint.negotiation import GRAPHS, ROWS, choose

BODY_BYTES = 1 << 20
BODY_SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


class Problem(Exception):
    """A request that gets an error for an answer: an HTTP status, and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs it is about (none given: all), and the media types to answer in, "" where none is accepted.

    rows    for SELECT and ASK
    graph   for CONSTRUCT and DESCRIBE
    """

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    rows: str
    graph: str

    def line(self) -> bytes:
        """As one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"


async def read(request: Request) -> Question | None:
    """The question that a request asks; None for a GET without a query. Raises Problem."""
    parameters = _decoded(request.url.query.encode("latin-1"))
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if kind == FORM:
            parameters = {**parameters, **_decoded(body)}
        elif kind == DIRECT:
            parameters["query"] = [_utf8(body)]
        elif kind == UPDATE:
            raise Problem(403, "This endpoint is read-only and takes no updates.")
        else:
            raise Problem(415, f"A query is posted as {FORM} or {DIRECT}, not as {kind or 'nothing in particular'}.")
    if "update" in parameters:
        raise Problem(403, "This endpoint is read-only and takes no updates.")
    if "query" not in parameters and request.method != "POST":
        return None
    return _question(parameters, request.headers.get("accept", ""))


def _question(parameters: Mapping[str, Sequence[str]], accept: str) -> Question:
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise Problem(400, f"A request has exactly one query, and this one has {len(queries)}.")
    return Question(
        query=queries[0],
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
        rows=choose(accept, list(ROWS)) or "",
        graph=choose(accept, list(GRAPHS)) or "",
    )


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > BODY_BYTES:
        raise _too_large()
    received = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                received += chunk
                if len(received) > BODY_BYTES:
                    raise _too_large()
    except TimeoutError:
        raise Problem(408, f"The request took more than {BODY_SECONDS:g} s to arrive.") from None
    return bytes(received)


def _too_large() -> Problem:
    return Problem(413, f"A query may have at most {BODY_BYTES} bytes.")


def _decoded(encoded: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Problem(400, "The parameters of the request are not well-formed UTF-8, percent-encoded.") from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: byte {error.start} cannot be read.") from error
