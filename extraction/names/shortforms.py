"""When a shorter name may stand for a longer one: initials, surnames, laws without year, bodies without state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon

_WORDS = re.compile(r"[\w'’+]+(?:[-/.][\w+]+)*")
_OF_A_COMPANY = frozenset(
    [
        "group",
        "inc",
        "ltd",
        "corp",
        "corporation",
        "company",
        "platforms",
        "technologies",
        "holdings",
        "co",
        "lab",
        "labs",
        "university",
        "college",
        "llc",
        "limited",
        "association",
    ]
)
_EDITION = re.compile(r"\d+(?:st|nd|rd|th)|[a-z]+(?:th|st|ond|ird)|(?:19|20)\d\d", re.IGNORECASE)
_INTRODUCES = re.compile(r"\s?\((?:the |hereinafter |hereafter |or |“|\"|‘|')*")
_RENAMES = re.compile(
    r",? (?:\(|– ?)?(?:also |better |commonly |generally |formerly )?(?:known as|referred to as|called) "
    r"(?:the )?[“\"‘]?"
)


def initials_of(words: Sequence[str], acronym: str) -> bool:
    """Whether the letters of an acronym are the initials of a name's words, in order, linkers optional.

    One capitalised word may go without a letter ("Harbour Master Society of Ghana (HMS)"), the first may not.
    """
    wanted = [c for c in acronym.upper() if c.isalpha()]
    parts = [part for word in words for part in re.split(r"[-/]", word) if part and part[0].isalpha()]
    if len(wanted) < 2 or not parts or parts[0][0].upper() != wanted[0]:
        return False
    matched = skipped = 0
    for part in parts:
        if matched < len(wanted) and part[0].upper() == wanted[matched]:
            matched += 1
        else:
            skipped += part[0].isupper()
    return matched == len(wanted) and skipped <= 1


def introduces(between: str, after: str, full: str, short: str) -> bool:
    """Whether a text gives a short name in brackets behind a full one: "World Trade Organization (WTO)".

    `between` is what stands between the two names, `after` what follows the short one.
    """
    if len(short) >= len(full) or not _INTRODUCES.fullmatch(between):
        return False
    closes = after[:2].lstrip("”\"’'")[:1]
    return closes == ")" or (closes in {",", ";", " ", "-"} and initials_of(full.split(), short))


def renames(between: str) -> bool:
    """Whether the words between two names equate them: "X, better known as the Y"."""
    return bool(_RENAMES.fullmatch(between))


def stands_for(acronym: str, name: str) -> bool:
    """Whether an acronym has the initials of a name."""
    return " " in name and initials_of(_WORDS.findall(name), acronym)


def names_the_tail(short: str, full: str) -> bool:
    """Whether an acronym shortens only what a name ends with: "Assembly of the Ostmark Workers Union (OWU)"."""
    tails = [full[of.end() :] for of in re.finditer(r" of (?:the )?(?=[A-Z])", full)]
    return not stands_for(short, full) and any(stands_for(short, tail) for tail in tails)


def shortens(short: str, full: str, kind: str) -> bool:
    """Whether a name may stand for a longer one of the same class."""
    a, b = _WORDS.findall(short), _WORDS.findall(full)
    if not a or (len(a) >= len(b) and kind != "Person"):
        return False
    if kind == "Person":
        return _is_part_of_a_persons_name(a, b)
    if kind in {"Country", "Place"}:
        return kind == "Place" and [*a, b[-1]] == b and b[-1] in {"Province", "City", "State"}
    if a == b[: len(a)]:
        return _leaves_out_the_tail(a, " ".join(b[len(a) :]), kind)
    if a == b[-len(a) :] and len(a) > 1:
        lead = b[: -len(a)]
        return len(lead) <= 2 and not _EDITION.fullmatch(lead[-1]) and all(word[0].isupper() for word in lead)
    return False


def _is_part_of_a_persons_name(a: list[str], b: list[str]) -> bool:
    if len(a) < len(b) and a == b[-len(a) :]:
        return True
    # Where the family name comes first: "Xi" for "Xi Jinping".
    if len(a) == 1 and len(b) == 2 and a[0] == b[0]:
        return len(a[0]) <= 5
    return len(a) > 1 and a[0] == b[0] and a[-1] == b[-1]


def _leaves_out_the_tail(a: list[str], tail: str, kind: str) -> bool:
    if len(a) == 1:
        words = tail.lower().replace(".", "").split()
        return kind == "Organization" and all(word in _OF_A_COMPANY for word in words)
    if kind in {"Law", "Agreement", "Initiative"}:
        return bool(re.match(r"(?:of|on|to|for|between|No|\d+)\b", tail))
    return kind != "Forum" and bool(re.match(r"of (?:the )?[A-Z]", tail))


def surname(person: str, lexicon: Lexicon) -> str:
    """The family name of a full name; "" of a single word."""
    parts = person.split()
    if len(parts) < 2:
        return ""
    return parts[0] if parts[0] in lexicon.family_first else parts[-1]
