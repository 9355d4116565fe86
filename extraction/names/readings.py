"""Readings: which stretches of tokens the grammar could take for a name.

A name is a run of capitalised words and numbers that linkers ("of", "on the", "and") and joining marks may hold
together. A run offers several readings ("Ministry of Industry and Information Technology": one name or two?).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import islice

from extraction.domain.lexicon import Lexicon
from extraction.names.shapes import CLOSING, HYPHENS, MONTHS, OPENING, ORDINAL

LONGEST = 30
MOST_ENDS = 14
DATED = frozenset({"on", "in", "by", "since", "until", "from", "to", "at", "during", "before", "after"})
ABBREVIATIONS = frozenset({"No", "Gov", "Dr", "Art", "Inc", "Ltd", "Co", "Corp", "St", "Mr", "Ms", "Sen", "Rep"})
TAIL_LINKS = frozenset({"on", "concerning", "regarding", "respecting", "relating", "relative"})
TAILED = frozenset({"Law", "Agreement"})


def stretches(words: Sequence[str], kinds: Sequence[str], edges: set[int], lexicon: Lexicon) -> set[tuple[int, int]]:
    """Stretches of a text that the grammar could take for a name; `edges` are where witnesses begin or end theirs."""
    spans = set(_quotations(words, kinds, lexicon))
    for start, end in _runs(words, kinds):
        spans.update(_readings(words, kinds, start, end, edges, lexicon))
    return spans


def _quotations(words: Sequence[str], kinds: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks, as long as a title may be, without a comma or full stop at its end.

    A head behind the marks may belong to the name: "Clear Stream" Campaign.
    """
    opened = -1
    for i, word in enumerate(words):
        if word in OPENING and (opened < 0 or word != '"'):
            opened = i
        elif opened >= 0 and word in CLOSING:
            end = i - 1 if words[i - 1] in {",", "."} else i
            if 1 < end - opened - 1 <= LONGEST - 5:
                yield opened + 1, end
                if end == i and tuple(words[i + 1 : i + 2]) in lexicon.heads:
                    yield opened, i + 2
            opened = -1
        elif kinds[i] == "B" or i - opened > LONGEST:
            opened = -1


def _runs(words: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Maximal stretches that begin and end with a name word and have at most four joining tokens in a row."""
    i, n = 0, len(kinds)
    while i < n:
        if kinds[i] not in "CN" and not ORDINAL.match(words[i]):
            i += 1
            continue
        end, gap, j = i + 1, 0, i + 1
        while j < n and gap <= 4 and kinds[j] in "CNLP":
            if kinds[j] in "CN":
                end, gap = j + 1, 0
            elif words[j] in DATED and j + 1 < n and (kinds[j + 1] == "N" or words[j + 1] in MONTHS):
                break
            else:
                gap += 1
                if words[j] == ")" and gap == 1:
                    end = j + 1
                if words[j] == "." and words[j - 1] not in ABBREVIATIONS:
                    break
            j += 1
        yield i, end
        i = end


def _readings(
    words: Sequence[str], kinds: Sequence[str], start: int, end: int, edges: set[int], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """The stretches of a run that could be names; `edges` are where witnesses begin or end theirs."""
    starts = [i for i in range(start, end) if _may_start(words, kinds, i, start, edges, lexicon)]
    ends = [j for j in range(start + 1, end + 1) if _may_end(words, kinds, j, end, edges, lexicon)]
    for s in starts:
        reach = 0
        commas = 0
        at = s
        for e in islice(ends, bisect(ends, s), None):
            commas += words[at:e].count(",")
            at = e
            if e - s > LONGEST or reach >= MOST_ENDS or commas > 5:
                break
            if balanced(words, s, e):
                yield s, e
                reach += 1
                headed = e < len(words) and (words[e],) in lexicon.heads and words[e].islower()
                if headed and "".join(words[s:e]) not in lexicon.common:
                    yield s, e + 1
                if e < len(words) and words[e] in TAIL_LINKS and TAILED & _classes(words[s:e], lexicon):
                    yield from ((s, tail) for tail in _lower_tails(words, kinds, e, lexicon))


def _classes(words: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    """Classes of the head with which a name ends, a number behind it aside ("Law No. 48/2023")."""
    end = len(words)
    while end > 1 and (words[end - 1][0].isdigit() or words[end - 1] in {"No", ".", "of", "N°", "n°", "(", ")", "/"}):
        end -= 1
    return lexicon.head_at(words, end)[1]


def _lower_tails(words: Sequence[str], kinds: Sequence[str], link: int, lexicon: Lexicon) -> Iterator[int]:
    """Where a tail in lower case may end ("Law No. 48 ON CYBER SECURITY, ..."): before the clause breaks or a verb."""
    if kinds[link + 1 : link + 2] == ["N"]:
        return
    for j in range(link + 2, min(link + LONGEST, len(words))):
        if kinds[j] == "B" or words[j] in lexicon.tail_breaks or words[j] in CLOSING:
            yield j
            if words[j] not in {"and", "in", "by", "to"}:
                return


def _may_start(
    words: Sequence[str], kinds: Sequence[str], i: int, start: int, edges: set[int], lexicon: Lexicon
) -> bool:
    if kinds[i] in "LP" or (kinds[i] == "C" and words[i].islower()):
        return False
    if kinds[i] == "X":
        return bool(ORDINAL.match(words[i]))
    if i == start or kinds[i - 1] not in "CN" or i in edges:
        return True
    return (
        words[i - 1] in lexicon.openers or i - start <= 3 or (words[i - 1],) in lexicon.titles or words[i - 1].isupper()
    )


def _may_end(words: Sequence[str], kinds: Sequence[str], j: int, end: int, edges: set[int], lexicon: Lexicon) -> bool:
    last = words[j - 1]
    if kinds[j - 1] in "LX" or (kinds[j - 1] == "P" and last not in {")", "+"}):
        return False
    if last in lexicon.prefixes and j < len(words) and words[j] in HYPHENS and words[j + 1 : j + 2] != []:
        return False
    if last == ")" and "(" not in words[max(0, j - 14) : j]:
        return False
    return j == end or kinds[j] != "C" or j in edges or last.isupper()


def balanced(words: Sequence[str], start: int, end: int) -> bool:
    """Whether every bracket and quotation mark that a stretch opens or closes has its match in it."""
    depth = 0
    for word in words[start:end]:
        depth += word.count("(") - word.count(")")
        if depth < 0:
            return False
    text = "".join(words[start:end])
    return depth == 0 and text.count("“") == text.count("”") and text.count('"') % 2 == 0
