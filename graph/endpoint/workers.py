"""The processes that answer: a query over its limits is stopped by ending its process, and another takes its place.

There are two lanes. Every query starts in the quick one; what is not done in QUICK_SECONDS starts again in the slow
one, whose processes yield the processor to the others. So queries that explode wait for each other and nobody waits for
them.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from graph.endpoint.protocol import Question
from graph.errors import WorkerFailed

QUICK_SECONDS = 1.0
QUEUE_SECONDS = 60.0
LARGE_MEGABYTES = 512
"""A process that ever held so much more than at its start is replaced after its answer, so that its memory returns."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may have.

    seconds   of time to find the answer, once it is its turn
    answer    MB of answer
    memory    MB of memory
    workers   queries that run at once, in each lane
    """

    seconds: float = 30.0
    answer: int = 32
    memory: int = 2048
    workers: int = max(2, os.cpu_count() or 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a media type and a body."""

    status: int
    type: str
    body: bytes


class Workers:
    """Processes that have the store of a build open, read-only."""

    def __init__(self, out: Path, limits: Limits) -> None:
        self.limits = limits
        quick = min(QUICK_SECONDS, limits.seconds)
        self._lanes = [_Lane(out, limits, quick, nice=0)]
        if limits.seconds > quick:
            self._lanes.append(_Lane(out, limits, limits.seconds, nice=10))

    async def start(self) -> None:
        """Start all processes. Raises WorkerFailed."""
        await asyncio.gather(*(lane.start() for lane in self._lanes))

    async def stop(self) -> None:
        """End all processes."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes))

    async def answer(self, question: Question) -> Answer:
        """The answer, or why there is none; cancelling it stops the query."""
        for lane in self._lanes:
            answer = await lane.answer(question)
            if answer is not None:
                return answer
        seconds = f"{self.limits.seconds:g} s"
        return _excuse(503, f"The query was stopped: it took more than {seconds}. Ask for less, or raise --timeout.")


class _Lane:
    """So many places, each for a process that is idle; None in a place means that one has yet to be started."""

    def __init__(self, out: Path, limits: Limits, seconds: float, nice: int) -> None:
        self._out, self._limits, self._seconds, self._nice = out, limits, seconds, nice
        self._places: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._refilling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        for worker in await asyncio.gather(*(self._started() for _ in range(self._limits.workers))):
            self._places.put_nowait(worker)

    async def stop(self) -> None:
        for task in self._refilling:
            task.cancel()
        await asyncio.gather(*self._refilling, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))

    async def answer(self, question: Question) -> Answer | None:
        """None where the query took longer than this lane allows."""
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                worker = await self._places.get()
        except TimeoutError:
            return _excuse(503, "The endpoint is busy with other queries; try again later.")
        try:
            worker = await self._fresh(worker)
            return await worker.ask(question, self._seconds)
        except WorkerFailed as error:
            return _excuse(503, str(error))
        finally:
            self._give_back(worker)

    async def _fresh(self, worker: _Worker | None) -> _Worker:
        """The worker, or a new one where it is gone or a later build has replaced the store that it has open."""
        if worker is not None and worker.alive and worker.store == _identity(self._out):
            return worker
        if worker is not None:
            self._workers.discard(worker)
            await worker.end()
        return await self._started()

    def _give_back(self, worker: _Worker | None) -> None:
        if worker is not None and worker.alive:
            self._places.put_nowait(worker)
            return
        task = asyncio.create_task(self._refill(worker))
        self._refilling.add(task)
        task.add_done_callback(self._refilling.discard)

    async def _refill(self, gone: _Worker | None) -> None:
        started = None
        try:
            if gone is not None:
                self._workers.discard(gone)
                await gone.end()
            started = await self._started()
        except WorkerFailed:
            pass  # the next question says so
        finally:
            self._places.put_nowait(started)

    async def _started(self) -> _Worker:
        worker = await _Worker.start(self._out, self._limits, self._seconds, self._nice)
        self._workers.add(worker)
        return worker


class _Worker:
    """One process of `graph.endpoint.worker`, and which store it has open."""

    def __init__(self, process: asyncio.subprocess.Process, store: object) -> None:
        self._process = process
        self.store = store
        self.alive = True
        self._large = 0

    @classmethod
    async def start(cls, out: Path, limits: Limits, seconds: float, nice: int) -> _Worker:
        store = _identity(out)
        settings = (out, seconds, limits.answer, limits.memory, nice)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "graph.endpoint.worker", *map(str, settings),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        worker = cls(process, store)
        assert process.stdout
        try:
            ready = json.loads(await process.stdout.readline() or b'{"error": "A process ended before it began."}')
        except asyncio.CancelledError:
            worker._kill()
            raise
        if "error" in ready:
            await worker.end()
            raise WorkerFailed(ready["error"])
        worker._large = ready["memory"] + LARGE_MEGABYTES
        return worker

    async def ask(self, question: Question, seconds: float) -> Answer | None:
        """None after so many seconds without an answer; the process ends then, as it does when this is cancelled."""
        pipes = self._process
        assert pipes.stdin and pipes.stdout
        complete = False
        try:
            async with asyncio.timeout(seconds):
                pipes.stdin.write(question.line())
                await pipes.stdin.drain()
                head = json.loads(await pipes.stdout.readline() or b"null")
                if head is None:
                    return _excuse(503, "The query was stopped: it needs more memory or depth than it may have.")
                body = await pipes.stdout.readexactly(head["size"])
                complete = head["memory"] < self._large
                return Answer(head["status"], head["type"], body)
        except TimeoutError:
            return None
        except (OSError, asyncio.IncompleteReadError):
            return _excuse(503, "The query was stopped: its process ended.")
        finally:
            if not complete:
                self._kill()

    async def end(self) -> None:
        self._kill()
        await self._process.wait()

    def _kill(self) -> None:
        self.alive = False
        if self._process.returncode is None:
            self._process.kill()


def _identity(out: Path) -> object:
    # A later build may link the files of an earlier store, but its folder is a new one.
    try:
        folder, current = (out / "store").stat(), (out / "store" / "CURRENT").stat()
    except OSError:
        return None
    return folder.st_dev, folder.st_ino, current.st_ino, current.st_mtime_ns


def _excuse(status: int, sentence: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", sentence.encode())
