"""Which names of a document name the same thing, names and classes given."""

from __future__ import annotations

import pytest

from extraction.domain import lexicon, registry
from extraction.names.grouping import Grouped, Name, entities_of


def grouped(text: str, names: list[tuple[str, str]]) -> Grouped:
    """The entities of a text in which names stand in this order."""
    found: list[Name] = []
    for words, kind in names:
        first = text.index(words, found[-1].last if found else 0)
        found.append(Name(words, kind, 1.0, len(found), len(found) + 1, first, first + len(words)))
    return entities_of(found, text, lexicon.load(), registry.load().types)


def names(result: Grouped) -> set[frozenset[str]]:
    return {frozenset({entity.name, *entity.aliases}) for entity in result.entities}


@pytest.mark.parametrize("guess", ["Country", "GovernmentBody"])
def test_a_bracket_behind_a_body_and_its_state_gives_the_body_a_short_name(guess: str) -> None:
    text = "The Department of Ports of the Republic of Ostmark (DoP) met."
    ministry, state = ("Department of Ports", "GovernmentBody"), ("Republic of Ostmark", "Country")
    result = grouped(text, [ministry, state, ("DoP", guess)])
    assert names(result) == {frozenset({"Department of Ports", "DoP"}), frozenset({"Republic of Ostmark"})}


def test_a_bracket_behind_a_state_may_shorten_the_state() -> None:
    result = grouped("The Republic of Ostmark (RO) met.", [("Republic of Ostmark", "Country"), ("RO", "Country")])
    assert names(result) == {frozenset({"Republic of Ostmark", "RO"})}


def test_a_name_that_only_stands_in_a_bracket_behind_a_state_is_no_name_of_the_state() -> None:
    result = grouped("Ostmark (Velmar Group) met.", [("Ostmark", "Country"), ("Velmar Group", "Organization")])
    assert names(result) == {frozenset({"Ostmark"}), frozenset({"Velmar Group"})}


def test_a_bracket_may_shorten_only_the_tail_of_a_name() -> None:
    text = "The Second Assembly of the Ostmark Workers Union (OWU) met."
    result = grouped(text, [("Second Assembly of the Ostmark Workers Union", "Forum"), ("OWU", "Organization")])
    assert names(result) == {frozenset({"Second Assembly of the Ostmark Workers Union"}), frozenset({"OWU"})}


def test_all_spellings_of_a_name_have_one_class() -> None:
    text = "The Cyber-Security Advisory Council met. The Cyber Security Advisory Council left."
    spellings = [("Cyber-Security Advisory Council", "Organization"), ("Cyber Security Advisory Council", "Forum")]
    (entity,) = grouped(text, spellings).entities
    assert {entity.name, *entity.aliases} == {name for name, _ in spellings}
