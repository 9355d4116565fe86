"""What one long text file costs, and that time and memory grow no faster than it: a build for each of two sizes.

    python benchmarks/long_text.py [MEGABYTES]        (4; 50 takes 50 / 4 times as long)

It is read in parts: see `extraction.parts`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import documents
from figures import Figure, printed

MEGABYTES = 4.0
# The shorter text is this part of the longer.
PART = 4


def measure(megabytes: float = MEGABYTES) -> list[Figure]:
    """Seconds and peak memory of a build of one file, beside one of a quarter of its size."""
    with tempfile.TemporaryDirectory() as folder:
        shorter, longer = (_build(Path(folder), size) for size in (megabytes / PART, megabytes))
    what = f"one text of {megabytes:g} MB"
    return [
        Figure(f"{what}, {longer[2]:,} words", longer[0], "s"),
        Figure(
            f"{what}: exponent of time from {megabytes / PART:g} MB", _exponent(shorter[0], longer[0]), "", most=1.15
        ),
        Figure(f"{what}: peak memory", longer[1], "MB"),
        Figure(f"{what}: peak memory for each MB more", (longer[1] - shorter[1]) / (megabytes * (1 - 1 / PART)), "MB"),
    ]


def _exponent(shorter: float, longer: float) -> float:
    return math.log(longer / shorter) / math.log(PART)


def _build(folder: Path, megabytes: float) -> tuple[float, float, int]:
    """Seconds, MB at the peak, and words."""
    text = _text(megabytes)
    path = folder / f"long-{megabytes:g}.txt"
    path.write_text(text, encoding="utf-8")
    out = folder / f"out-{megabytes:g}"
    command = [sys.executable, "-m", "policygraph", "build", path, "-o", out, "--jobs", "1", "--quiet"]
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=Path(__file__).parent.parent)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    most = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return time.perf_counter() - start, most, len(text.split())


def _text(megabytes: float) -> str:
    texts: list[str] = []
    size = 0
    # More than there can be of any length.
    for _, text in documents.texts(int(megabytes * 1_000)):
        texts.append(text)
        size += len(text)
        if size > megabytes * 1_000_000:
            break
    return "\n\n".join(texts)


if __name__ == "__main__":
    printed(measure(*map(float, sys.argv[1:])))
