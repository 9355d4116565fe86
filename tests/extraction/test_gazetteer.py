"""Known names in running text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extraction.names.gazetteer import WORD, Gazetteer

KNOWN = Gazetteer([("United Nations", 1), ("United Nations General Assembly", 2), ("Côte d'Ivoire", 3), ("WHO", 4)])


def found(text: str) -> list[tuple[str, list[int]]]:
    return [(text[start:end], payloads) for start, end, payloads in KNOWN.find(text)]


def test_longer_and_shorter_names_are_both_found() -> None:
    assert found("the United Nations General Assembly") == [
        ("United Nations", [1]),
        ("United Nations General Assembly", [2]),
    ]


def test_case_tells_a_name_from_a_word() -> None:
    assert found("Who asked? The WHO did.") == [("WHO", [4])]
    assert found("UNITED NATIONS") == [("UNITED NATIONS", [1])]
    assert found("united nations") == []


def test_names_stay_on_their_line() -> None:
    assert found("United\nNations") == []


def test_apostrophes_are_one() -> None:
    assert found("in Côte d’Ivoire") == [("Côte d’Ivoire", [3])]


@given(st.text(max_size=60), st.sampled_from(["Lomé", "World Bank", "Convention 108+"]), st.text(max_size=60))
def test_a_name_between_spaces_is_found_where_it_stands(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    spans = [(start, end) for start, end, _ in Gazetteer([(name, 0)]).find(text)]
    assert (len(before) + 1, len(before) + 1 + len(name)) in spans
    assert all(WORD.findall(re.sub("[’‘]", "'", text[start:end])) for start, end in spans)
