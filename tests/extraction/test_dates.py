"""Dates in running text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.statements.dates import find

ABSOLUTE = {
    "on 23 October 2024": "2024-10-23",
    "December 27, 2016": "2016-12-27",
    "Dec. 27,2016": "2016-12-27",
    "Sept. 1, 2025": "2025-09-01",
    "1st of May 2010": "2010-05-01",
    "Wednesday, 3 June 2020": "2020-06-03",
    "from 3 to 5 June 2021": "2021-06-03",
    "17-18 July 2023": "2023-07-17",
    "in November 2024": "2024-11",
    "2024-11-02": "2024-11-02",
    "in 2019": "2019",
    "31 February 2020": "2020-02",
}

# Against Friday, 14 March 2025.
RELATIVE = {
    "on Wednesday": "2025-03-12",
    "on Friday": "2025-03-14",
    "next Monday": "2025-03-17",
    "yesterday": "2025-03-13",
    "today": "2025-03-14",
    "last year": "2024",
    "this year": "2025",
    "last June": "2024-06",
    "this June": "2025-06",
    "next month": "2025-04",
    "two years ago": "2023",
    "three months ago": "2024-12",
    "on 2 January": "2025-01-02",
    "in November": "2024-11",
}


@pytest.mark.parametrize(("text", "iso"), ABSOLUTE.items())
def test_a_date_that_is_given_whole(text: str, iso: str) -> None:
    assert [mention.iso for mention in find(text)] == [iso]


@pytest.mark.parametrize(("text", "iso"), RELATIVE.items())
def test_a_date_against_that_of_the_document(text: str, iso: str) -> None:
    assert [mention.iso for mention in find(text, "2025-03-14")] == [iso]


@pytest.mark.parametrize("text", ["on Wednesday", "last year", "on 2 January"])
def test_a_relative_date_without_anchor_is_empty(text: str) -> None:
    assert [mention.iso for mention in find(text)] == [""]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("in the same year", "2019"),
        ("the following year", "2020"),
        ("two years later", "2021"),
        ("that day", "2019-05-04"),
    ],
)
def test_a_date_against_the_one_named_last(text: str, iso: str) -> None:
    assert [mention.iso for mention in find(text, "2025-03-14", "2019-05-04")] == [iso]


@pytest.mark.parametrize("text", ["Regulation (EU) 2019/1020", "1,999 firms", "a 2020s idea", "No. 12019"])
def test_a_number_that_is_no_date(text: str) -> None:
    assert find(text) == []


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    for written in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        text = f"It was signed on {written}."
        (mention,) = find(text)
        assert mention.iso == day.isoformat()
        assert written.endswith(text[mention.start : mention.end]) or text[mention.start : mention.end] == written


def test_an_exact_date_beside_a_relative_one_is_the_date() -> None:
    (mention,) = find("Six years later, in August 2023, it was signed.", "2024-10-01", "2019-02")
    assert mention.iso == "2023-08"


def test_relative_dates_are_not_counted_from_the_document() -> None:
    assert [mention.iso for mention in find("Ten years later it met.", "2024-10-01")] == [""]


def test_a_month_of_that_year() -> None:
    assert [mention.iso for mention in find("in November of that year", "2024-10-01", "2019-02")] == ["2019-11"]
