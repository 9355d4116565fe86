"""What a build costs in which one document of many has changed, beside a build from nothing, both in fresh processes.

    python benchmarks/incremental.py [COUNT [WORDS ...]]        (500; 2,000 and 330)

For briefs of 2,000 words, as papers in this field have, and for notes of 330 words that are nothing but facts: what
comes after extraction takes the same time for both, and is most of what is left to do where one has changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import documents
from figures import Figure, printed, seconds

COUNT = 500
# Paragraphs of facts in a document, and of prose for each of these.
LENGTHS = {"2,000": (4, 5), "330": (6, 0)}


def measure(count: int = COUNT, lengths: Sequence[str] = tuple(LENGTHS)) -> list[Figure]:
    """How many times as long a build from nothing takes."""
    return [figure for words in lengths for figure in _measure(count, words)]


def _measure(count: int, words: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "texts", Path(folder) / "out"
        changed = documents.write(count, texts, *LENGTHS[words])[count // 2]
        whole = seconds(lambda: _build(texts, out))
        with changed.open("a", encoding="utf-8") as file:
            file.write("\nKenya hosted the Lantern Data Forum in June 2023, and Japan took part in it.\n")
        again = seconds(lambda: _build(texts, out))
    what = f"{count} documents of {words} words"
    return [
        Figure(f"{what}, from nothing", whole, "s"),
        Figure(f"{what}, one changed", again, "s"),
        Figure(f"{what}, from nothing beside one changed", whole / again, least=20 if words == "2,000" else None),
    ]


def _build(texts: Path, out: Path) -> None:
    command = [sys.executable, "-m", "policygraph", "build", texts, "-o", out, "--jobs", "1", "--quiet"]
    # With compiled modules kept, as Python does unless it is told not to.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(list(map(str, command)), check=True, cwd=Path(__file__).parent.parent, env=kept)


if __name__ == "__main__":
    printed(measure(*map(int, sys.argv[1:2]), *([sys.argv[2:]] if sys.argv[2:] else [])))
