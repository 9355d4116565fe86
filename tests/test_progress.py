"""A terminal sees that something is under way; a pipe sees results only."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


def on_a_terminal(*arguments: object) -> tuple[str, str]:
    """Standard output, and what a terminal at standard error was sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "policygraph", *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, cwd=REPOSITORY, env=environment) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            seen += piece
        assert process.stdout
        said = process.stdout.read().decode()
    os.close(ours)
    assert process.returncode == 0, seen
    return said, seen.decode()


def test_a_build_shows_its_steps_on_a_terminal(briefs: Path, tmp_path: Path) -> None:
    said, seen = on_a_terminal("build", briefs / "harbour-law.md", "-o", tmp_path / "out")
    assert "1 documents" in said
    assert "Extracting" in seen and "Drawing" in seen
    said, seen = on_a_terminal("build", briefs / "harbour-law.md", "-o", tmp_path / "out", "--quiet")
    assert (said, seen) == ("", "")


def test_longer_commands_say_that_they_are_at_work(built: Path) -> None:
    said, seen = on_a_terminal("validate", built)
    assert "Checking" in seen and said.strip()
