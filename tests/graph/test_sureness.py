"""What of the statements may be told as facts, and which of their dates."""

from __future__ import annotations

import pytest

from extraction.facts import CONFIRMED, LEARNED
from graph.records import Fact, Source
from graph.sureness import SURE, sure

SOURCES = {"d": Source("d", "", "d.txt", "2021-05-20", "", "en")}


def fact(confidence: float = SURE, frame: str = "sign", date: str = "", sentence: str = "Ghana signed it.") -> Fact:
    return Fact(
        "x", "country/ghana", "signed", "agreement/pact", "asserted", date, confidence, frame, "", "d", 0, 16, sentence,
        "Ghana", "it",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (fact(SURE), True),
        (fact(SURE - 0.01), False),
        (fact(0.99, LEARNED), False),
        (fact(CONFIRMED, LEARNED), True),
    ],
)
def test_what_is_told_as_a_fact(said: Fact, told: bool) -> None:
    assert bool(sure([said], SOURCES)) is told


@pytest.mark.parametrize(
    ("date", "sentence", "told"),
    [
        ("2019", "Ghana signed it.", ""),
        ("2019-03", "In March 2019 Ghana signed it.", "2019-03"),
        ("2021-03", "Ghana signed it in March.", "2021-03"),
        ("2020", "Ghana signed it last year.", "2020"),
        ("2019-03", "In 2019 Ghana signed it.", ""),
        ("2019", "In March 2019 Ghana signed it.", "2019"),
        ("2020-03", "Ghana signed it in April.", ""),
    ],
)
def test_a_date_is_told_where_the_passage_shows_it(date: str, sentence: str, told: str) -> None:
    (found,) = sure([fact(date=date, sentence=sentence)], SOURCES)
    assert found.date == told
