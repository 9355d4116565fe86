"""What a build costs in which one document of many has changed, beside a build from nothing, both in fresh processes.

python benchmarks/incremental.py [COUNT]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import documents
from figures import Figure, printed, seconds

COUNT = 500


def measure(count: int = COUNT) -> list[Figure]:
    """How many times as long a build from nothing takes."""
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "texts", Path(folder) / "out"
        changed = documents.write(count, texts)[count // 2]
        whole = seconds(lambda: _build(texts, out))
        with changed.open("a", encoding="utf-8") as file:
            file.write("\nKenya hosted the Lantern Data Forum in June 2023, and Japan took part in it.\n")
        again = seconds(lambda: _build(texts, out))
    return [
        Figure(f"a build of {count} documents from nothing", whole, "s"),
        Figure(f"one of {count} documents changed", again, "s"),
        Figure(f"from nothing beside one of {count} changed", whole / again, least=20),
    ]


def _build(texts: Path, out: Path) -> None:
    command = [sys.executable, "-m", "policygraph", "build", texts, "-o", out, "--jobs", "1", "--quiet"]
    subprocess.run(list(map(str, command)), check=True, cwd=Path(__file__).parent.parent)


if __name__ == "__main__":
    printed(measure(*map(int, sys.argv[1:2])))
