"""What can go wrong between facts and answers, each as one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extraction.errors import PolicygraphError


class NotABuild(PolicygraphError):
    """A folder that holds no graph."""

    def __init__(self, out: Path, reason: str = "it has no store/ folder") -> None:
        super().__init__(f"{out} is not a finished build: {reason}; make one with `policygraph build PATH -o {out}`.")
        self.out = out


class UnknownTerm(PolicygraphError):
    """A class or property that the ontology lacks."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(
            f"The ontology has no {kind} called {name!r}; the domain pack must use the terms of ontology.ttl."
        )
        self.name = name


class BadQuery(PolicygraphError):
    """A query that SPARQL's grammar does not allow; `line` and `column` count from 1, 0 where unknown."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        where = f" at line {line}, column {column}" if line else ""
        super().__init__(f"The query is not valid SPARQL{where}: {reason}.")
        self.line = line
        self.column = column


class FailedQuery(PolicygraphError):
    """A well-formed query that cannot be answered here."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The query cannot be answered: {reason}.")


class RefusedQuery(FailedQuery):
    """A query that asks for more than to read this graph."""


class UnknownQuery(PolicygraphError):
    """The name of a stored query that is not there."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(f"There is no stored query {name!r}{did_you_mean(nearest)} `query --list` shows them all.")
        self.name = name


class BadParameter(PolicygraphError):
    """A parameter of a stored query that is missing, unknown or malformed."""


class UnknownEntity(PolicygraphError):
    """A name that no entity of the graph bears, or that several bear."""

    def __init__(self, name: str, nearest: Sequence[str], several: bool = False) -> None:
        what = f"Several entities are called {name!r}" if several else f"No entity is called {name!r}"
        super().__init__(f"{what}{did_you_mean(nearest)}".rstrip())
        self.name = name
        self.nearest = tuple(nearest)


class UnknownDocument(PolicygraphError):
    """A document or publisher that the graph does not hold."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        super().__init__(f"No document or publisher is called {name!r}{did_you_mean(nearest)}".rstrip())
        self.name = name


class EmptyPeriod(PolicygraphError):
    """Years in which no statement is dated; `dated` are the years of those that are."""

    def __init__(self, period: str, dated: Sequence[int]) -> None:
        known = f"the dated ones run from {min(dated)} to {max(dated)}" if dated else "none gives a date"
        super().__init__(f"No statement is dated in {period}; {known}.")
        self.period = period


class NoRoute(PolicygraphError):
    """Two entities that nothing connects."""

    def __init__(self, start: str, goal: str) -> None:
        super().__init__(f"No chain of statements connects {start} and {goal}.")


class BadFormat(PolicygraphError):
    """An output format that is not one of those on offer."""

    def __init__(self, format: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no format {format!r} for this; choose one of {', '.join(known)}.")
        self.format = format


def did_you_mean(nearest: Sequence[str]) -> str:
    """The tail of a sentence that offers the nearest names, and its full stop."""
    return f"; did you mean {' or '.join(nearest)}?" if nearest else "."


class NotReplaceable(PolicygraphError):
    """A place where a build would overwrite something that no build made."""

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out} holds something other than a build and is left alone; name another folder with -o.")
        self.out = out


class BuildRunning(PolicygraphError):
    """Two builds into one folder at once."""

    def __init__(self, out: Path) -> None:
        super().__init__(f"Another build is writing to {out}; wait for it, or name another folder with -o.")
        self.out = out


class UnwritableFolder(PolicygraphError):
    """A folder that cannot be written: permissions, a read-only or a full disk."""

    def __init__(self, out: Path, reason: str) -> None:
        super().__init__(f"{out} cannot be written: {reason}.")
        self.out = out
        self.reason = reason


class WorkerFailed(PolicygraphError):
    """A process of the endpoint that does not start; the reason is a sentence."""


class PortTaken(PolicygraphError):
    """An address that the endpoint cannot listen on."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}, port {port}: {reason}; name another port with --port.")


class RemoteFailed(PolicygraphError):
    """A SPARQL endpoint that does not do what it is asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The endpoint {url} does not do as asked: {reason}.")
        self.url = url
