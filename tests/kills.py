"""Builds killed at random moments: OUT is as before or complete, and the next build gives the same bytes.

python tests/kills.py 200    kills two hundred builds, says how many of them OUT survived, and exits with 1 unless all
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import policygraph

REPOSITORY = Path(__file__).parent.parent
HALVES = (
    "In June 2022, Kenya, Brazil and Japan signed the Digital Ports Charter. Japan launched the Cables Initiative.",
    "The Parliament of Kenya passed the Harbour Data Act in 2021. Ghana hosted the Accra Ports Forum in 2023.",
)


@dataclass
class Tally:
    """What became of OUT: left as it was, replaced as a whole, or anything else."""

    before: int = 0
    complete: int = 0
    broken: int = 0


def state(out: Path) -> str:
    """A digest of what a build promises to be the same: everything but the store's files and the build record."""
    digest = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out)
        if path.is_file() and name.parts[0] != "store" and name.name != "build.json":
            digest.update(str(name).encode() + b"\0" + path.read_bytes())
    policygraph.load(out).query("SELECT (COUNT(*) AS ?quads) { ?s ?p ?o }")
    return digest.hexdigest()


def kill(count: int, folder: Path, seed: int = 0) -> Tally:
    """Kill `count` builds, each after a random part of the time that a build takes, and build anew after each."""
    moments, tally, out = random.Random(seed), Tally(), folder / "out"
    corpora = [folder / "first", folder / "second"]
    for number, corpus in enumerate(corpora):
        corpus.mkdir()
        for half in HALVES[: number + 1]:
            (corpus / f"{half.split()[1].lower()}.txt").write_text(f"A note on ports\n\n{half}\n", encoding="utf-8")
    states: list[str] = []
    for corpus in corpora:
        _built(corpus, out)
        states.append(state(out))
    start = time.monotonic()
    _built(corpora[0], out)
    _built(corpora[1], out)
    longest = (time.monotonic() - start) / 2
    for number in range(count):
        old, new = states[(number + 1) % 2], states[number % 2]
        wanted = corpora[number % 2]
        process = _started(wanted, out)
        time.sleep(moments.uniform(0, longest))
        process.kill()
        process.wait()
        found = state(out)
        tally.before += found == old
        tally.complete += found == new
        _built(wanted, out)
        tally.broken += found not in (old, new) or state(out) != new or {path.name for path in folder.iterdir()} != {
            "first", "second", "out",
        }  # fmt: skip
    return tally


def _started(corpus: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "policygraph", "build", str(corpus), "-o", str(out), "--jobs", "1", "--quiet"]
    return subprocess.Popen(command, cwd=REPOSITORY)


def _built(corpus: Path, out: Path) -> None:
    assert _started(corpus, out).wait() == 0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    folder = Path(tempfile.mkdtemp())
    tally = kill(count, folder)
    shutil.rmtree(folder)
    print(f"{count} builds killed: {tally.before} left OUT as before, {tally.complete} had replaced it, "
          f"{tally.broken} broke it")  # fmt: skip
    sys.exit(bool(tally.broken))


if __name__ == "__main__":
    main()
