"""The registry's territories are what the script makes of its sources."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from extraction.domain.registry import KNOWLEDGE

SCRIPTS = Path(__file__).parents[2] / "scripts"


def test_territories_are_as_the_script_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("rigour", "pycountry", "babel"):
        pytest.importorskip(package)
    monkeypatch.syspath_prepend(SCRIPTS)
    made = tmp_path / "territories.yaml"
    importlib.import_module("territories").main(made)
    entries = made.read_text(encoding="utf-8").count("\n  - id: ")
    # Another release of rigour or CLDR may word a name differently; it may not add or lose a territory unnoticed.
    assert entries == (KNOWLEDGE / "territories.yaml").read_text(encoding="utf-8").count("\n  - id: ")
