"""Builds that are killed: what `python tests/kills.py 200` does at length."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def kills() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kills", Path(__file__).with_name("kills.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["kills"] = module
    spec.loader.exec_module(module)
    return module


def test_killed_builds_leave_out_whole_and_the_next_gives_the_same_bytes(tmp_path: Path) -> None:
    tally = kills().kill(3, tmp_path, seed=1)
    assert tally.broken == 0
    assert tally.before + tally.complete == 3
