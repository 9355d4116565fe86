"""Extraction by several processes, of this machine or of a Dask cluster.

Documents flow in and facts flow out, in the same order and the same to the byte as from one process; no more than a
few tasks for each worker are under way at a time. Every worker process loads the pipelines once.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from itertools import chain
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from extraction.errors import LostWorker, OtherVersion
from extraction.facts import Document, DocumentFacts
from extraction.fingerprint import DEFAULT_MODEL, fingerprint
from extraction.garbage import staying
from extraction.parts import whole

if TYPE_CHECKING:
    from extraction.pipeline import Pipeline

# Below this number of characters a second process takes longer to start than it saves.
WORTHWHILE = 200_000
# Characters in a task: about a second of work, so that handing it over costs nothing and losing it costs little.
TASK = 30_000
# Tasks under way or waiting for each worker; more of them would fill the memory, fewer would leave a worker idle.
AHEAD = 4
_turn = Lock()


def extract_all(
    documents: Iterable[Document],
    model: str = DEFAULT_MODEL,
    domain: Path | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    tick: Callable[[int], None] = lambda characters: None,
) -> Iterator[DocumentFacts]:
    """The facts of each document, in the order of the documents.

    By `jobs` worker processes: without a number, by one for each core where the text is long, else by this process
    alone; or by the workers of the Dask cluster whose scheduler has the address `scheduler`. `tick` hears how many
    characters were read, part by part. Raises UnknownModel, BadDomain, LostWorker, NoScheduler and OtherVersion.
    """
    made_by = fingerprint(model, domain)
    head, rest = _first(documents, WORTHWHILE)
    if not head:
        return
    jobs = jobs or (cores() if sum(len(document.text) for document in head) >= WORTHWHILE else 1)
    work = partial(_extract, model, domain, made_by)
    with ExitStack() as stack:

        def run(parts: Iterator[Document]) -> Iterator[DocumentFacts]:
            if scheduler:
                from extraction.cluster import connected

                executor, workers = stack.enter_context(connected(scheduler))
                found = _in_order(executor, work, parts, AHEAD * workers)
            elif jobs > 1:
                found = _in_order(stack.enter_context(_pool(jobs)), work, parts, AHEAD * jobs)
            else:
                found = (facts for part in parts for facts in work([part]))
            for facts in found:
                tick(len(facts.document.text))
                yield facts

        yield from whole(chain(head, rest), run)


def cores() -> int:
    """How many processor cores this process may use."""
    from loky import cpu_count

    return int(cpu_count())


@contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    """Worker processes that end with the block, at once where it fails, and with this process, however it ends."""
    # Unlike those of the standard library, its workers do not run the script that started them.
    from loky import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs, initializer=_end_with, initargs=(os.getpid(),))
    try:
        yield pool
    except BaseException:
        pool.shutdown(kill_workers=True)
        raise
    pool.shutdown()


def _end_with(parent: int) -> None:
    """Let this worker end when the process that started it is no more; that of a killed one would wait for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _first(documents: Iterable[Document], characters: int) -> tuple[list[Document], Iterator[Document]]:
    """The first documents, so many that they have that many characters together, and the rest."""
    rest = iter(documents)
    head: list[Document] = []
    for document in rest:
        head.append(document)
        characters -= len(document.text)
        if characters <= 0:
            break
    return head, rest


def _in_order(
    executor: Executor, work: Callable[[list[Document]], list[DocumentFacts]], parts: Iterator[Document], ahead: int
) -> Iterator[DocumentFacts]:
    """What the workers find in each part, in the order of the parts, whichever is ready first."""
    waiting: deque[Future[list[DocumentFacts]]] = deque()
    try:
        for task in _tasks(parts):
            waiting.append(executor.submit(work, task))
            if len(waiting) > ahead:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise LostWorker from error
    finally:
        for future in waiting:
            future.cancel()


def _tasks(parts: Iterator[Document]) -> Iterator[list[Document]]:
    task: list[Document] = []
    size = 0
    for part in parts:
        task.append(part)
        size += len(part.text)
        if size >= TASK:
            yield task
            task, size = [], 0
    if task:
        yield task


def _extract(model: str, domain: Path | None, made_by: str, parts: list[Document]) -> list[DocumentFacts]:
    """The facts of a task, in a worker."""
    from extraction.pipeline import extract

    # The models are not made for two threads at once, which a Dask worker may have.
    with _turn:
        return list(extract(parts, _pipeline(model, domain, made_by)))


@cache
def _pipeline(model: str, domain: Path | None, made_by: str) -> Pipeline:
    from extraction.pipeline import load

    if fingerprint(model, domain) != made_by:
        raise OtherVersion
    with staying():
        return load(model, domain)
