"""Accept headers: q-values, wildcards, nonsense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.endpoint.negotiation import GRAPHS, ROWS, choose


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv; q=0.9, application/sparql-results+xml; q=0.8, */*; q=0.1", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*, text/csv;q=0", "text/tab-separated-values"),
        ("application/*;q=0.2, text/tab-separated-values;q=0.3", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/csv;q=soon", None),
        (",,;,", None),
    ],
)
def test_the_type_that_is_liked_best(accept: str, chosen: str | None) -> None:
    assert choose(accept, list(ROWS)) == chosen


@given(st.text())
def test_any_header_gets_an_answer(accept: str) -> None:
    assert choose(accept, list(GRAPHS)) in {*GRAPHS, None}
