"""What several tests share: a small corpus in our own words, its build, and the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
Command = Callable[..., subprocess.CompletedProcess[str]]
Serving = Callable[..., AbstractContextManager[str]]

BRIEFS = {
    "harbour-law.md": """---
title: A law for the harbours
date: 2021-04-02
publisher: Test Desk
---

# A law for the harbours

The Parliament of Kenya passed the Harbour Data Protection Act on 12 March 2021. President Uhuru Kenyatta signed the
Harbour Data Protection Act on 30 March 2021. Kenya hosted the Nairobi Digital Ports Forum in June 2021, and Brazil and
Japan took part in the Nairobi Digital Ports Forum.
""",
    "ports-charter.txt": """A charter for the ports

In June 2022, Kenya, Brazil and Japan signed the Digital Ports Charter. The European Union welcomed the charter.
Singapore did not sign the Digital Ports Charter.

Japan launched the Clean Cables Initiative in 2023.
""",
}


@pytest.fixture(scope="session")
def cli() -> Command:
    """Run `policygraph ARGUMENTS`; a run that takes longer than two minutes fails."""

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "policygraph", *map(str, arguments)]
        # A mistake of ours shall not pass for a sentence to the user.
        environment = {**os.environ, "POLICYGRAPH_TRACEBACK": "1"}
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, cwd=cwd or REPOSITORY, env=environment
        )

    return run


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two short documents."""
    folder = tmp_path_factory.mktemp("briefs")
    for name, text in BRIEFS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built(briefs: Path, cli: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of `briefs`; not to be written to."""
    out = tmp_path_factory.mktemp("built") / "out"
    done = cli("build", briefs, "-o", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def demo(cli: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the sample corpus; not to be written to."""
    out = tmp_path_factory.mktemp("demo") / "demo"
    done = cli("build", "examples/corpus", "-o", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def serving() -> Serving:
    """serving(OUT, OPTIONS...) as a context is the address of `policygraph serve OUT`, http://127.0.0.1:PORT."""

    @contextmanager
    def serve(out: Path, *options: object) -> Iterator[str]:
        command = [sys.executable, "-m", "policygraph", "serve", str(out), "--port", "0", *map(str, options)]
        server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        assert server.stdout
        try:
            first = server.stdout.readline()
            assert first.startswith("Site http://"), first
            yield first.split()[1].rstrip("/")
        finally:
            server.terminate()
            server.wait(30)
            server.stdout.close()

    return serve
