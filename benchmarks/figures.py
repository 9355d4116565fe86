"""What a benchmark hands over: figures, each with what it is measured against and the limit it must keep.

Each benchmark is a module of this folder with `measure() -> list[Figure]`; `table.py` runs them all.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    name   what was measured, beside what ("extraction beside the bare spaCy pipeline")
    value  in `unit`
    unit   "x" for a ratio of two measurements of one run, else "words/s", "s", "MB", ...
    least, most  the limit it must keep; None where there is none
    """

    name: str
    value: float
    unit: str = "x"
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value keeps its limit."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def limit(self) -> str:
        """The limit in words; "" where there is none."""
        bounds = ("at least", self.least), ("at most", self.most)
        return " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fastest(works: Mapping[str, Callable[[], object]], rounds: int = 3) -> dict[str, float]:
    """Wall time of each work, in seconds: the best of several rounds in which they take turns."""
    taken = [{name: seconds(work) for name, work in works.items()} for _ in range(rounds)]
    return {name: min(each[name] for each in taken) for name in works}


def printed(figures: Iterable[Figure]) -> None:
    """Print figures as lines of a table."""
    for figure in figures:
        verdict = f"{figure.limit}: {'kept' if figure.holds else 'NOT kept'}" if figure.limit else ""
        line = f"{figure.name:72}{figure.value:9,.{_decimals(figure.value)}f} {figure.unit:9} {verdict}"
        print(line.rstrip(), flush=True)


def peak() -> float:
    """The most memory that this process has held at a time, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return {"processor": line.partition(": ")[2], **_software()}
    return {"processor": platform.processor() or platform.machine(), **_software()}


def _software() -> dict[str, object]:
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def _decimals(value: float) -> int:
    return 0 if value >= 1000 else 1 if value >= 100 else 2 if value >= 1 else 3
