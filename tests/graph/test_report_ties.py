"""Pairs of actors as the report tells of them."""

from __future__ import annotations

from graph.report_ties import equals


def test_actors_with_all_ties_in_common_are_told_together() -> None:
    pairs = [
        (("a", "b"), 1.0, ("f", "g")), (("a", "c"), 1.0, ("f", "g")), (("b", "c"), 1.0, ("f", "g")),
        (("x", "y"), 1.0, ("f", "h")), (("a", "d"), 0.8, ("f", "g")), (("b", "d"), 0.8, ("f", "g")),
    ]  # fmt: skip
    assert equals(pairs) == [
        (["a", "b", "c"], 1.0, ("f", "g")),
        (["x", "y"], 1.0, ("f", "h")),
        (["a", "d"], 0.8, ("f", "g")),
        (["b", "d"], 0.8, ("f", "g")),
    ]
