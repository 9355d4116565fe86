"""What the witnesses and the grammar say of a candidate name, as the features that arbitration weighs.

A feature is a short string; its part before "=" tells its kind: `reg` (registry), `stock` and `learned` (recognisers),
`head`, `link`, `joint` (the grammar of the name), `prev`, `next`, `mate` (the words around it).
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.domain.lexicon import Lexicon
from extraction.names.arbitration import LOWER_CASE, UNSURE
from extraction.names.candidates import SURE, Candidate
from extraction.names.context import Context
from extraction.names.shapes import MONTHS, ORDINAL, YEAR
from extraction.names.surroundings import ACRONYM, surroundings


def features(candidate: Candidate, at: Context) -> list[str]:
    """What the witnesses and the grammar say of a candidate."""
    s, e, words, lower, kinds, lexicon = candidate.start, candidate.end, at.words, at.lower, at.kinds, at.lexicon
    size, around = e - s, surroundings(words, lower, kinds, s, e, at)
    out = ["bias", f"size={min(size, 8)}"]
    out += [f"reg={kind}" for kind in candidate.registry] or ["reg=no"]
    if not candidate.registry and candidate.certainty < SURE:
        out.append(UNSURE)
    out.append(f"stock={candidate.stock or 'no'}")
    out.append(f"learned={candidate.learned or 'no'}")
    if candidate.learned:
        out += [f"learned={candidate.learned}&sure={candidate.certainty}", f"sure={candidate.certainty}"]
    if candidate.learned and candidate.registry:
        out.append("learned+reg" if candidate.learned in candidate.registry else "learned!reg")
    if elsewhere := at.elsewhere(s, e, candidate.learned):
        out += [f"elsewhere={elsewhere}", "elsewhere-" + ("same" if elsewhere == candidate.learned else "other")]
    if not candidate.stock:
        out.append("in-stock=" + _relation(at.cover["s"], s, e))
    if not candidate.learned:
        out.append("in-learned=" + _relation(at.cover["l"], s, e))
    if not candidate.registry:
        out.append("in-reg=" + _relation(at.known, s, e))

    first_end = next(
        (
            i
            for i in range(s + 1, e)
            if kinds[i] in "LP" and words[i] not in {"-", "–", "&", "/", "'s", "’s", "’", "'", "‑"}
        ),
        e,
    )
    head, head_classes = _head(words, s, first_end, lexicon)
    last_classes = _head(words, s, e, lexicon)[1] if first_end != e else head_classes
    lead = "+".join(sorted(head_classes)) or "no"
    out += [f"head={kind}" for kind in sorted(head_classes)] or ["head=no"]
    if len(head_classes) == 1:
        out.append("only=" + next(iter(head_classes)))
    if candidate.learned and head_classes:
        fits = "fits" if candidate.learned in head_classes else "misfits"
        out += [f"learned-{fits}", f"learned={candidate.learned}&{fits}", f"learned-{fits}&sure={candidate.certainty}"]
        if len(head_classes) == 1:
            out.append(f"learned-{fits}-only")
    out.append("headword=" + ("_".join(head).lower() if head else "no"))
    if first_end != e:
        out += [f"tailhead={kind}" for kind in sorted(last_classes)]
        out.append("link=" + lower[first_end])
        if ORDINAL.match(words[s]):
            out.append(f"edition={lead}&{lower[first_end]}")
        if head:
            out.append("headlink=" + "_".join(head).lower() + "+" + lower[first_end])
        out.append(f"links={min(sum(kinds[i] == 'L' for i in range(s, e)), 6)}")
    out += [
        f"head={lead}&stock={candidate.stock}",
        f"head={lead}&learned={candidate.learned}",
        f"head={lead}&reg={candidate.registry[0] if candidate.registry else ''}",
    ]
    out.append(f"learned={candidate.learned}&stock={candidate.stock}")
    if size > 1:
        out.append("w1=" + lower[s + 1])
        out.append(f"w0={lower[s]}&head={lead}")
    if size == len(head):
        out.append("bare-head" + ("-the" if s and lower[s - 1] in {"the", "this", "that", "its", "their"} else ""))
        out.append("bare=" + "_".join(head).lower())
    if words[s] in lexicon.family_first and 2 <= size <= 3 and set(kinds[s:e]) == {"C"}:
        out.append("family-first")
    out += _use(lower[s], lower[e - 1], at)
    out.append("w0=" + lower[s])
    out.append("w-1=" + lower[e - 1])
    out.append("k0=" + kinds[s] + "k1=" + kinds[e - 1])
    for mark in ("and", ",", "(", "&", "-", ":", "/", "'s", "’s", "or"):
        if mark in words[s:e]:
            out.append("has=" + mark)
    if "and" in words[s:e]:
        out += _coordination(words, kinds, s, e, lexicon)
    if first_end != e:
        out += _joints(words, lower, kinds, s, e, lexicon)
    if words[e - 1] in lexicon.common:
        out.append("common" + ("-alone" if size == 1 else "-last"))
    if size == 1:
        out += _word_shape(words[s], at)
    else:
        out.append("caps=" + "".join(dict.fromkeys(kinds[i] for i in range(s, e))))
    if all(word.isupper() for word in words[s:e] if word[0].isalpha()):
        out.append("allcaps" + str(min(size, 3)))
    if (
        not candidate.registry
        and "quoted" not in around
        and all(word.islower() for word in words[s:e] if word[0].isalnum())
    ):
        out.append(LOWER_CASE)
    if YEAR.match(words[e - 1]):
        out.append("year-end")
    if ORDINAL.match(words[s]) or YEAR.match(words[s]):
        out.append("ordinal-start")
    if at.starts[s]:
        out.append("line-start")
        if words[s] in lexicon.openers:
            out.append("opener")
        if at.lower_counts[lower[s]] and size == 1:
            out.append("lower-elsewhere")
    elif words[s] in lexicon.openers:
        out.append("opener-mid")
    if at.heading[s]:
        whole = (s == 0 or kinds[s - 1] == "B") and (e == len(kinds) or kinds[e] == "B")
        place = "heading" + ("-whole" if whole else "")
        out += [place, f"{place}&head={lead}", f"{place}&learned={candidate.learned}", f"{place}&size={min(size, 4)}"]
        out.append(f"{place}&reg={candidate.registry[0] if candidate.registry else ''}")
        out.append(f"{place}&" + ("ing" if lower[s].endswith("ing") else "lead=" + lead))
        if size > 1:
            out.append(f"{place}&" + ("again" if at.stands_in_prose(s, e) else "once"))
    out += at.deeds.features(s, e, lead)
    return out + around


def _use(first: str, last: str, at: Context) -> list[str]:
    """Of which words the first and the last word of a candidate are used like."""
    none = ("no", "no", "no")
    one, other = at.classes.get(first, none), at.classes.get(last, none)
    return [f"use0={one[1]}", f"use-1={other[1]}", f"use={one[0]}+{other[0]}"]


def _relation(cover: list[tuple[int, int, str]], s: int, e: int) -> str:
    """How a span lies to the marked spans it touches: inside one, around some, across one, or apart."""
    left, right = cover[s], cover[e - 1]
    if left[2] and left[0] <= s and left[1] >= e:
        return ("head-of-" if left[0] == s else "tail-of-" if left[1] == e else "inside-") + left[2]
    if (left[2] and left[0] < s) or (right[2] and right[1] > e):
        return "across"
    inner = {span[2] for span in cover[s:e] if span[2]}
    if not inner:
        return "apart"
    return "around-" + (inner.pop() if len(inner) == 1 else "many")


def _head(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> tuple[tuple[str, ...], frozenset[str]]:
    while end > start + 1 and (
        words[end - 1][0].isdigit() or words[end - 1] in {"No", ".", ",", "+", "II", "III", "IV", "N°"}
    ):
        end -= 1
    return lexicon.head_at(words[start:end], end - start)


def _coordination(words: Sequence[str], kinds: Sequence[str], s: int, e: int, lexicon: Lexicon) -> list[str]:
    """Whether what stands left and right of an "and" could be names of their own."""
    at = s + list(words[s:e]).index("and")
    left, right = _head(words, s, at, lexicon)[0], _head(words, at + 1, e, lexicon)[0]
    return [
        "and=" + ("h" if left else "n") + ("h" if right else "n"),
        f"and-left={min(at - s, 4)}",
        f"and-right={min(e - at - 1, 4)}",
    ] + (["and-same"] if left and left == right else [])


def _joints(
    words: Sequence[str], lower: Sequence[str], kinds: Sequence[str], s: int, e: int, lexicon: Lexicon
) -> list[str]:
    """What stands between the capitalised parts of a candidate, and how much of it is plain lower case."""
    out: list[str] = []
    gap: list[str] = []
    plain = 0
    for i in range(s, e):
        if kinds[i] in "CN":
            if gap:
                joint = "_".join(gap[:3])
                out.append("joint=" + joint)
                if head := lexicon.head_at(words[s : i - len(gap)], i - len(gap) - s)[1]:
                    out += ["headed-joint=" + joint, "headed-joint=" + joint + "&" + "+".join(sorted(head))]
                    if head & lexicon.head_at(words[s:e], e - s)[1]:
                        out.append("same-heads=" + joint)
                gap = []
        else:
            gap.append(lower[i])
            plain += kinds[i] == "X"
    if gap:
        out.append("joint-end=" + "_".join(gap[:3]) if plain == 0 else "plain-end")
    if plain:
        out.append(f"plain={min(plain, 5)}")
    if MONTHS.intersection(words[s:e]):
        out.append("month-inside")
    return out


def _word_shape(word: str, at: Context) -> list[str]:
    letters = "U" if word.isupper() else "A" if ACRONYM.match(word) else "C" if word[0].isupper() else "x"
    out = [f"shape={letters}{min(len(word), 6)}", "suf3=" + word[-3:], f"count={min(at.counts[word], 4)}"]
    if at.lower_counts[word.lower()]:
        out.append("also-lower")
    return out
