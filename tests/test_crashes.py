"""Builds that are killed: what `python tests/kills.py 200` does at length."""

from __future__ import annotations

from pathlib import Path

from kills import kill


def test_killed_builds_leave_out_whole_and_the_next_gives_the_same_bytes(tmp_path: Path) -> None:
    tally = kill(3, tmp_path, seed=1)
    assert tally.broken == 0
    assert tally.before + tally.complete == 3
