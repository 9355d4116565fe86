"""Sorted N-Quads on the disk, and a store that follows them: what an earlier build has is taken over graph by graph.

A build's quads are one sorted file, whatever their number: runs that fit into memory are sorted by themselves and
merged. Of the earlier file the lines of unchanged graphs are taken as they are; its store, whose files never change
once written, is linked and brought up to date with the lines that differ.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter, methodcaller
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from graph.folder import link

# Lines that are sorted in memory at a time, about 150 MB.
RUN = 500_000
# Bytes, and lines, of which a block is made that is read or written at once.
BLOCK, LINES = 4_000_000, 10_000
# Above this share of changed lines a new store is loaded sooner than the old one brought up to date.
FEW = 0.2


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph to be written.

    name    its IRI
    digest  the same where its quads are the same
    lines   gives its quads as lines of N-Quads, in no order, some perhaps twice
    """

    name: str
    digest: str
    lines: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an earlier file lacks and what it has too much, and how many lines the new one has."""

    added: frozenset[bytes]
    removed: frozenset[bytes]
    lines: int


def write(graphs: Iterable[Graph], out: Path, earlier: Path | None) -> Difference | None:
    """Write OUT/graph.nq, and OUT/graph.json for the next build to know it by.

    Gives how the file differs from the earlier one; None where there is no earlier one to speak of.
    """
    listed = list(graphs)
    before = _trusted(earlier) if earlier else {}
    changed = [graph for graph in listed if before.get(graph.name) != graph.digest]
    same = {graph.name.encode() for graph in listed} - {graph.name.encode() for graph in changed}
    # The lines that differ are held in memory.
    kept = same if len(same) >= len(changed) else set()
    removed: set[bytes] = set()
    with ExitStack() as stack:
        fresh = changed if kept else listed
        runs = _runs(chain.from_iterable(graph.lines() for graph in fresh), stack)
        lines = map(itemgetter(0), groupby(merge(*runs)))
        others = (
            _kept(stack.enter_context((earlier / "graph.nq").open("rb")), kept, removed) if kept and earlier else ()
        )
        seen, number = _save(out / "graph.nq", _merged(lines, others))
    record = {"graph.nq": seen, "graphs": {graph.name: graph.digest for graph in sorted(listed, key=lambda g: g.name)}}
    (out / "graph.json").write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")
    if not kept:
        return None
    added = {_encoded(line) for graph in changed for line in graph.lines()}
    return Difference(frozenset(added - removed), frozenset(removed - added), number)


def load(path: Path, store: Path, earlier: Path | None = None, difference: Difference | None = None) -> None:
    """A store of the quads in the file `path`, out of the store of an earlier build where little has changed."""
    import pyoxigraph as ox

    shutil.rmtree(store, ignore_errors=True)
    few = difference and len(difference.added) + len(difference.removed) < FEW * difference.lines
    if few and difference and earlier and _followed(store, earlier / "store", difference):
        return
    shutil.rmtree(store, ignore_errors=True)
    fresh = ox.Store(str(store))
    fresh.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    fresh.flush()


def _followed(store: Path, earlier: Path, difference: Difference) -> bool:
    """Whether the earlier store could be brought up to date, under another name."""
    import pyoxigraph as ox

    if any(b"_:" in line for line in (*difference.added, *difference.removed)):
        # A store knows blank nodes by names of its own.
        return False
    try:
        _linked(earlier, store)
        followed = ox.Store(str(store))
        removed, added = (
            list(ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_QUADS))
            for lines in (difference.removed, difference.added)
        )
        if not all(quad in followed for quad in removed) or any(quad in followed for quad in added):
            return False
        for quad in removed:
            followed.remove(quad)
        followed.extend(added)
        followed.flush()
        return len(followed) == difference.lines
    except (OSError, RuntimeError, SyntaxError, ValueError):
        return False


def _linked(earlier: Path, store: Path) -> None:
    """The files of a RocksDB database: tables, which never change, under a second name; the rest copied."""
    store.mkdir()
    for path in earlier.iterdir():
        if path.suffix == ".sst":
            link(path, store / path.name)
        elif path.name != "LOCK":
            shutil.copyfile(path, store / path.name)


def _trusted(earlier: Path) -> Mapping[str, str]:
    """The digests of the graphs in the earlier file; none where the file is not what was written then."""
    try:
        record = json.loads((earlier / "graph.json").read_text(encoding="utf-8"))
        with (earlier / "graph.nq").open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != record["graph.nq"]:
                return {}
        return {str(name): str(digest) for name, digest in record["graphs"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _runs(lines: Iterable[str], stack: ExitStack) -> Iterator[Iterable[bytes]]:
    """Sorted runs of the lines, the last in memory, the others on the disk."""
    rest = map(_encoded, lines)
    while len(run := sorted(islice(rest, RUN))) == RUN:
        file: IO[bytes] = stack.enter_context(TemporaryFile())  # noqa: SIM115
        file.writelines(run)
        file.seek(0)
        yield file
    yield run


_encoded = methodcaller("encode", "utf-8", "replace")


def _kept(earlier: IO[bytes], kept: set[bytes], removed: set[bytes]) -> Iterator[list[bytes]]:
    """The lines of the graphs to be kept, block by block; `removed` receives the others."""
    while block := earlier.readlines(BLOCK):
        # "... <name of the graph> .\n"
        found = [line for line in block if line[line.rfind(b" <") + 2 : -4] in kept]
        if len(found) < len(block):
            removed.update(set(block).difference(found))
        yield found


def _merged(lines: Iterator[bytes], blocks: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    """Sorted lines put into sorted blocks of others."""
    line = next(lines, None)
    for block in blocks:
        last = block[-1] if block else b""
        while line is not None and line < last:
            block.append(line)
            line = next(lines, None)
        # Takes no longer than to look through the block, whose two parts are in order.
        block.sort()
        yield block
    if line is not None:
        yield [line]
    while block := list(islice(lines, LINES)):
        yield block


def _save(path: Path, blocks: Iterable[list[bytes]]) -> tuple[str, int]:
    """Write blocks of lines; give the SHA-256 of the file and the number of lines."""
    seen, number = hashlib.sha256(), 0
    with path.open("wb") as file:
        for lines in blocks:
            block = b"".join(lines)
            file.write(block)
            seen.update(block)
            number += len(lines)
    return seen.hexdigest(), number
