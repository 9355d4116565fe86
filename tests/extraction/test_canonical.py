"""The canonical forms of names, and how alike two of them are."""

from __future__ import annotations

import pytest

from extraction.resolution import canonical, likeness
from extraction.resolution.canonical import Canon, Form


@pytest.fixture(scope="module")
def canon() -> Canon:
    return canonical.load()


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Law", "Kenya's Data Protection Act, 2019", "the Data Protection Act (2019) of Kenya"),
        ("Law", "Kenyan Data Protection Act 2019", "Data Protection Act 2019 of the Republic of Kenya"),
        ("Law", "Harbour Safety Act", "HARBOR SAFETY ACT"),
        ("Law", "Draft Harbour Safety Act", "Act on Harbour Safety"),
        ("Law", "Cyber Security Law", "Cybersecurity Law of China"),
        ("GovernmentBody", "Ministry of Fisheries and Trade", "Ministry of Fisheries & Trade"),
        ("GovernmentBody", "Chinese Ministry of Tides", "MINISTRY OF TIDES OF THE PEOPLE'S REPUBLIC OF CHINA"),
        ("GovernmentBody", "Min. of Tides", "Tides Ministry"),
        ("Agreement", "UN Convention on Cables", "United Nations Convention on Cables"),
        ("Forum", "Fourth Cable Summit", "4th Cable Summit"),
        ("Forum", "Sino-Kenyan Cable Dialogue", "China-Kenya Cable Dialogue"),
        ("Initiative", "National Cyberspace Security Strategy", "National Cyber-Security Strategy"),
        ("Organization", "AI Harbour Institute", "Artificial Intelligence Harbour Institute"),
    ],
)
def test_one_name_has_one_key(canon: Canon, kind: str, one: str, other: str) -> None:
    assert canon.form(one, kind).key == canon.form(other, kind).key


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Law", "Finance Act 2019", "Finance Act 2020"),
        ("Law", "Data Act, Part II", "Data Act, Part III"),
        ("Forum", "Cable Summit", "Second Cable Summit"),
        ("Forum", "China-Kenya Cable Dialogue", "China-Ghana Cable Dialogue"),
        ("Law", "Cable Act", "Cable (Amendment) Act"),
        ("Person", "Amina Okoro", "Okoro Amina Bello"),
    ],
)
def test_two_names_have_two_keys(canon: Canon, kind: str, one: str, other: str) -> None:
    assert canon.form(one, kind).key != canon.form(other, kind).key


def test_the_state_is_read_out_of_the_names_of_laws_and_bodies_only(canon: Canon) -> None:
    assert canon.form("Kenyan Cable Act", "Law") == Form(("cable", "act"), (), "KE")
    assert canon.form("EU Cable Act", "Law").state == "EU"
    assert canon.form("Kenya-Ghana Cable Pact", "Agreement").words == ("KE", "GH", "cable", "pact")


@pytest.mark.parametrize(
    ("kind", "name", "state", "tells"),
    [
        ("Law", "Cable Act", "", False),
        ("Law", "Cable Act", "KE", True),
        ("Law", "Act", "KE", False),
        ("GovernmentBody", "MPS", "KE", False),
        ("Person", "Okoro", "", False),
        ("Person", "Amina Okoro", "", True),
        ("Initiative", "Joint Action Plan", "", False),
        ("Initiative", "National Cable Strategy", "", False),
        ("Initiative", "Safe Harbours Programme", "", True),
        ("Forum", "Annual Meeting", "", False),
    ],
)
def test_which_names_tell_of_one_thing(canon: Canon, kind: str, name: str, state: str, tells: bool) -> None:
    assert canon.identifies(canon.form(name, kind), kind, state) is tells


def alike(one: str, other: str, kind: str = "Organization") -> likeness.Likeness:
    canon = canonical.load()
    weights = likeness.weights()
    return likeness.compare(*(likeness.Weighed.of(canon.form(name, kind), weights) for name in (one, other)), weights)


def test_a_slip_of_the_hand_costs_little_and_a_word_more() -> None:
    slip = alike("Instiutte for Coastal Shipping", "Institute for Coastal Shipping")
    assert slip.misspelt == 1 and slip.score > 0.95 and not slip.left and not slip.right
    more = alike("Institute for Coastal Shipping", "Institute for Coastal Shipping Routes")
    assert more.right == {"route"} and more.score < slip.score


def test_two_words_that_are_known_are_never_one_misspelt() -> None:
    assert likeness.weights().attests("trade")
    assert alike("Ministry of Austria", "Ministry of Australia", "Agreement").left
    assert likeness.resemblance("international", "internatoinal", likeness.weights()) > 0.8


def test_letters_that_a_scanner_misread_are_read_again_but_numbers_are_not() -> None:
    weights = likeness.weights()
    assert likeness.resemblance("c0mmission", "commission", weights)
    assert not likeness.resemblance("section21", "section22", weights)
