"""The server: uvicorn on a socket of ours, with patience for slow clients but not without end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.endpoint.application import PATH, application
from graph.endpoint.workers import Limits
from graph.errors import PortTaken
from graph.store import open_store

HEAD_SECONDS = 10.0
STALL_SECONDS = 20.0
CONNECTIONS = 1000


def serve(
    out: Path, host: str, port: int, limits: Limits, origins: tuple[str, ...], started: Callable[[str, str], None]
) -> None:
    """Serve the build in `out` until interrupted.

    port      0 takes a free one
    started   is called with the addresses of the site and of the endpoint once requests are taken
    """
    open_store(out)
    listening = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    root = f"http://{name}:{listening.getsockname()[1]}"
    settings = uvicorn.Config(
        application(out, limits, host, origins), http=PatientProtocol, ws="none", lifespan="on", log_level="warning",
        access_log=False, server_header=False, timeout_keep_alive=5, timeout_graceful_shutdown=3,
        limit_concurrency=CONNECTIONS,
    )  # fmt: skip
    with listening:
        asyncio.run(_run(uvicorn.Server(settings), listening, lambda: started(root + "/", root + PATH)))


async def _run(server: uvicorn.Server, listening: socket.socket, started: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        started()
    await serving


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise PortTaken(host, port, error.strerror or str(error)) from error


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that drops a client who does not get the head of a request across, or does not take its answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._deadline, self._stalled):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect_head()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()

    def _expect_head(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._check_head)

    def _check_head(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
