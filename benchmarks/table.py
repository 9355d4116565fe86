"""All benchmarks, each in a process of its own, as one table and as JSON.

python benchmarks/table.py [NAME ...] [--to FILE]        (without NAME: every benchmark of this folder)
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from figures import Figure, machine, peak, printed

FOLDER = Path(__file__).parent
# Some of the benchmarks are imported by tests too, as modules of a package.
sys.path.append(str(FOLDER.parent))
LIBRARIES = ("spacy", "numpy", "rdflib", "pyoxigraph", "networkx", "igraph", "pyvis")


def main(names: list[str], target: Path) -> None:
    """Run, print and write."""
    record = {"machine": machine(), "versions": {name: version(name) for name in LIBRARIES}, "benchmarks": {}}
    print(", ".join(f"{key} {value}" for key, value in record["machine"].items()), flush=True)
    for name in names or benchmarks():
        # A process of its own, for its peak of memory and for what it leaves loaded.
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            figures = pool.submit(run, name).result()
        print(f"\n{name}", flush=True)
        printed(figures)
        record["benchmarks"][name] = [asdict(figure) | {"holds": figure.holds} for figure in figures]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def benchmarks() -> list[str]:
    """Every module of this folder that measures something."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef measure(" in path.read_text(encoding="utf-8"))


def run(name: str) -> list[Figure]:
    """A benchmark's figures, and the memory that its process took."""
    figures: list[Figure] = import_module(name).measure()
    return [*figures, Figure("peak memory of this benchmark", peak(), "MB")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--to", type=Path, default=FOLDER.parent / "build" / "bench.json")
    given = parser.parse_args()
    main(given.names, given.to)
