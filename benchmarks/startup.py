"""What it costs to start the command line, beside a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from figures import Figure, fastest, printed


def measure() -> list[Figure]:
    """Time of `policygraph --help` beside that of `python -c pass`."""

    def run(*arguments: str) -> None:
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parent.parent)

    taken = fastest({"help": lambda: run("-m", "policygraph", "--help"), "pass": lambda: run("-c", "pass")}, rounds=9)
    return [
        Figure("policygraph --help", taken["help"], "s"),
        Figure("policygraph --help beside python -c pass", taken["help"] / taken["pass"], most=3),
    ]


if __name__ == "__main__":
    printed(measure())
