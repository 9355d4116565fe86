"""Short names and the longer ones that they may stand for."""

import pytest

from extraction.names.shortforms import initials_of, introduces, renames, shortens, stands_for
from extraction.names.spelling import key_of, slug


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("WTO", "World Trade Organization", True),
        ("CAC", "Cyberspace Administration of China", True),
        ("ENISA", "European Union Agency for Cybersecurity", False),
        ("NITDA", "National Information Technology Development Agency", True),
        ("ITU", "World Trade Organization", False),
        ("CTWG", "China-EU Digital Economy and Cybersecurity Expert Working Group", False),
        ("KCAA", "Kenya Civil Aviation Authority", True),
        ("A", "Assembly", False),
    ],
)
def test_initials(acronym: str, name: str, expected: bool) -> None:
    assert initials_of(name.split(), acronym) is expected
    assert stands_for(acronym, name) is (expected and " " in name)


@pytest.mark.parametrize(
    ("short", "full", "kind", "expected"),
    [
        ("Okoro", "Amina Okoro", "Person", True),
        ("Xi", "Xi Jinping", "Person", True),
        ("Amina", "Amina Okoro", "Person", True),
        ("Ada Okoro", "Amina Okoro", "Person", False),
        ("Cybersecurity Law", "Cybersecurity Law of the People's Republic of China", "Law", True),
        ("Data Protection Act", "Data Protection Act 2018", "Law", True),
        ("Data Protection Act", "Data Protection (Amendment) Act", "Law", False),
        ("World Internet Conference", "Fourth World Internet Conference", "Forum", False),
        ("China-Germany Dialogue", "2019 China-Germany Dialogue", "Forum", False),
        ("Working Group on Trade", "G20 Working Group on Trade", "Forum", True),
        ("Guangdong", "Guangdong Province", "Place", True),
        ("Guinea", "Equatorial Guinea", "Country", False),
        ("Kaspersky", "Kaspersky Lab", "Organization", True),
        ("Harbour", "Harbour Master Society", "Organization", False),
    ],
)
def test_shortened_names(short: str, full: str, kind: str, expected: bool) -> None:
    assert shortens(short, full, kind) is expected


def test_brackets_introduce_short_names() -> None:
    assert introduces(" (", ") met", "World Trade Organization", "WTO")
    assert introduces(' (the "', '") ', "Harbour Convention", "Convention")
    assert not introduces(" and (", ") met", "World Trade Organization", "WTO")
    assert not introduces(" (", ") met", "WTO", "World Trade Organization")


def test_words_that_rename() -> None:
    assert renames(", better known as the ")
    assert not renames(", together with the ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cyber Security Law", "Cybersecurity Law"),
        ("The Côte d’Ivoire", "Cote d'Ivoire"),
        ("Anti-monopoly Law", "Anti Monopoly Law"),
        ("Shanghai Cooperation Organisation", "Shanghai Cooperation Organization"),
        ("U.S. Congress", "US Congress"),
        ("Trade & Data Act", "Trade and Data Act"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_different_names_have_different_keys() -> None:
    assert key_of("Cybersecurity Law") != key_of("Data Security Law")
    assert key_of("Convention 108") != key_of("Convention 108+")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Internet Plus", "internet-plus"), ("Côte d'Ivoire", "cote-divoire"), ("网信办", "u7f51-u4fe1-u529e")],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected
