"""What is written down about the tables."""

from __future__ import annotations

from pathlib import Path

from graph.columns import described


def test_the_documentation_of_the_tables_is_that_of_every_build() -> None:
    """`python -m graph.columns > docs/tables.md` writes it anew."""
    assert (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8") == described()
