"""The words around a candidate name, as features: neighbours, brackets, titles before it, fellows in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon
from extraction.names.context import Context
from extraction.names.shapes import CLOSING, MONTHS, OPENING, ORDINAL, run_before
from extraction.names.shortforms import initials_of

ACRONYM = re.compile(r"[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z0-9-]*$")
DASHES = frozenset({"–", "—", "-", "--", "("})
DATES = MONTHS | {month[:3] for month in MONTHS} | {"Sept"}
LISTING = frozenset({",", "and", "or", "&"})


def surroundings(
    words: Sequence[str], lower: Sequence[str], kinds: Sequence[str], s: int, e: int, at: Context
) -> list[str]:
    """What stands before and behind the candidate from `s` to `e`, as features."""
    before = lower[s - 1] if s else "^"
    after = lower[e] if e < len(words) else "$"
    out = [
        "prev2=" + (lower[s - 2] if s > 1 else "^") + "_" + before,
        "next2=" + after + "_" + (lower[e + 1] if e + 1 < len(words) else "$"),
    ]
    out += [
        "prev=" + before,
        "next=" + after,
        "prevk=" + (kinds[s - 1] if s else "B"),
        "nextk=" + (kinds[e] if e < len(kinds) else "B"),
    ]
    if s and kinds[s - 1] == "C":
        out.append("splits-left")
    if s > 1 and before in {"-", "–", "/", "&", "‑"} and kinds[s - 2] == "C":
        out.append("hyphen-left")
    if e + 1 < len(kinds) and after in {"-", "–", "/", "&", "‑"} and kinds[e + 1] in "CX":
        out.append("hyphen-right")
    if e + 2 < len(kinds) and after == "," and kinds[e + 1] == "C" and kinds[e + 2] == "L":
        out.append("comma-right=" + lower[e + 2])
    if (s > 1 and before == "'s") or before == "’s":
        out.append("possessed")
    if e < len(kinds) and kinds[e] == "C":
        out.append("splits-right")
    if e + 1 < len(kinds) and kinds[e] == "L" and kinds[e + 1] == "C":
        out.append("link-right=" + after)
    if (
        e + 2 < len(kinds)
        and after in {"of", "on", "for", "to", "in"}
        and lower[e + 1] == "the"
        and kinds[e + 2] == "C"
    ):
        out.append("link-right=" + after + "-the")
    if s > 1 and kinds[s - 1] == "L" and kinds[s - 2] == "C":
        out.append("link-left=" + before)
    if s > 2 and before == "the" and kinds[s - 2] == "L" and kinds[s - 3] == "C":
        out.append("link-left=" + lower[s - 2] + "-the")
    of = s - 2 if before == "the" else s - 1
    if of > 0 and lower[of] == "of":
        out += _owner(words, kinds, of, at.lexicon)
    if s and e < len(words) and words[s - 1] in OPENING and words[e] in CLOSING:
        out += ["quoted", *("quoted-after=" + word for word in lower[max(0, s - 4) : s - 1])]
    if s and e < len(words) and words[s - 1] == "(" and words[e] == ")":
        out.append("bracketed" + ("-acronym" if e - s == 1 and ACRONYM.match(words[s]) else ""))
        if e - s == 1 and _initials_match(words, s - 1, words[s]):
            out.append("acronym-of-left")
    if e + 2 < len(words) and words[e] == "(" and words[e + 2] == ")" and ACRONYM.match(words[e + 1]):
        out.append("acronym-follows" + ("-common" if words[e + 1] in at.lexicon.common else ""))
        out.append("initials=" + ("yes" if initials_of(words[s:e], words[e + 1]) else "no"))
    if s and _is_title(words, s, at.lexicon):
        out.append("after-title")
    if any(tuple(words[s : s + n]) in at.lexicon.titles for n in range(1, min(at.lexicon.longest_title, e - s) + 1)):
        out.append("title-first")
    if s > 1 and before == "the" and e - s == 1:
        out.append("prev2=" + lower[s - 2])
    if s and before in at.lexicon.roles:
        out.append("after-role")
    if at.starts[s] and _is_dateline(words, e):
        out.append("dateline")
    return out + [f"mate={kind}" for kind in _mates(words, s, e, at)]


def _owner(words: Sequence[str], kinds: Sequence[str], of: int, lexicon: Lexicon) -> list[str]:
    """Of what the candidate is said to be the owner: the head before "of", and whether that is one edition of many."""
    first = run_before(kinds, of, 6)
    classes = "+".join(sorted(lexicon.head_at(words[first:of], of - first)[1])) or "no"
    return ["owns=" + classes] + (["owns-edition=" + classes] if ORDINAL.match(words[first]) else [])


def _mates(words: Sequence[str], s: int, e: int, at: Context) -> set[str]:
    """The classes that the registry knows for the neighbours in an enumeration: "Tianjin, PARIS and Hebei"."""
    left = s - 2 if s > 1 and words[s - 1] in LISTING else -1
    if left > 0 and words[left] in LISTING:
        left -= 1
    right = e + 1 if e + 1 < len(words) and words[e] in LISTING else -1
    if 0 < right < len(words) - 1 and words[right] in LISTING:
        right += 1
    return {at.known[i][2] for i in (left, right) if i >= 0 and at.known[i][2]}


def _is_dateline(words: Sequence[str], e: int) -> bool:
    """Whether a place and date of writing go on behind a name: "NAIROBI, March 3 (...) –"."""
    ahead = [word.rstrip(".") for word in words[e : e + 4]]
    return bool(ahead) and (ahead[0] in DASHES or any(word in DATES for word in ahead))


def _is_title(words: Sequence[str], s: int, lexicon: Lexicon) -> bool:
    if words[s - 1] == ".":
        return s > 1 and (words[s - 2] + ".",) in lexicon.titles
    return any(tuple(words[s - n : s]) in lexicon.titles for n in range(1, min(lexicon.longest_title, s) + 1))


def _initials_match(words: Sequence[str], bracket: int, acronym: str) -> bool:
    return any(
        initials_of(words[start:bracket], acronym)
        for start in range(max(0, bracket - 12), bracket)
        if words[start][:1].isupper()
    )
