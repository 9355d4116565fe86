"""One process that answers questions, one line of JSON each on stdin; killing it stops whatever it is at.

An answer on stdout is a line of JSON, {"status", "type", "size", "memory"}, and `size` bytes. The first line, before
any question, says that the store is open, or why it is not.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extraction.errors import PolicygraphError
from graph.endpoint.negotiation import GRAPHS, ROWS
from graph.errors import BadQuery, RefusedQuery
from graph.query import answer
from graph.results import serialize
from graph.store import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox

LONGEST_SENTENCE = 4000
GRACE_SECONDS = 5
TEXT = "text/plain; charset=utf-8"
MEGABYTE = 1 << 20


def main(out: str, seconds: str, answer_megabytes: str, memory_megabytes: str, nice: str) -> None:
    """Answer until stdin ends."""
    replies = sys.stdout.buffer
    try:
        store = open_store(Path(out))
    except PolicygraphError as error:
        replies.write(json.dumps({"error": str(error)}).encode() + b"\n")
        return
    _confine(int(memory_megabytes), int(nice))
    replies.write(json.dumps({"memory": _peak()}).encode() + b"\n")
    replies.flush()
    for line in sys.stdin.buffer:
        # Whoever asked kills this process when time is up; the alarm does where the asker itself is gone.
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, float(seconds) + GRACE_SECONDS)
        status, media, body = _answered(store, json.loads(line), int(answer_megabytes) * MEGABYTE)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        head = {"status": status, "type": media, "size": len(body), "memory": _peak()}
        replies.write(json.dumps(head).encode() + b"\n")
        replies.write(body)
        replies.flush()


def _answered(store: ox.Store, question: dict[str, Any], limit: int) -> tuple[int, str, bytes]:
    """Status, media type and body."""
    import pyoxigraph as ox

    room = _Room(limit)
    try:
        result = answer(store, question["query"], question["default_graphs"], question["named_graphs"])
        media = question["graph"] if isinstance(result, ox.QueryTriples) else question["rows"]
        formats = GRAPHS if isinstance(result, ox.QueryTriples) else ROWS
        if not media:
            return 406, TEXT, f"This query is answered in one of {', '.join(formats)}.".encode()
        serialize(result, formats[media], room)
        return 200, media + ("; charset=utf-8" if media.startswith("text/") else ""), room.getvalue()
    except (PolicygraphError, OSError, RuntimeError, ValueError, MemoryError) as error:
        status, sentence = _explained(error, room, limit)
        return status, TEXT, sentence[:LONGEST_SENTENCE].encode(errors="replace")


def _explained(error: Exception, room: _Room, limit: int) -> tuple[int, str]:
    match error:
        case _ if room.overflowed:
            return 422, f"The answer has more than {limit // MEGABYTE} MB; ask for less of it with LIMIT."
        case MemoryError():
            return 503, "The query needs more memory than it may have."
        case RefusedQuery():
            return 403, str(error)
        case BadQuery() | PolicygraphError():
            return 400, str(error)
        case _:
            return 400, f"The query cannot be answered: {error}."


class _Room(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self.overflowed = False

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            self.overflowed = True
            raise OSError("the answer is too large")
        return super().write(data)


def _confine(megabytes: int, nice: int) -> None:
    """So much memory on top of what the open store has mapped already; where the system has no such limit, none."""
    try:
        import resource
    except ImportError:
        return
    # Other threads must not take SIGINT for the server's: it closes our stdin when it stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(nice)
    pages = Path("/proc/self/statm")
    if pages.is_file():
        mapped = int(pages.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + megabytes * MEGABYTE,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (MEGABYTE if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
