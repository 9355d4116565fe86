"""Candidate names: every stretch of tokens that could be a name, as the grammar, the registry and the models see it.

A name is a run of capitalised words and numbers that linkers ("of", "on the", "and") and joining marks may hold
together.
A run offers several readings ("Ministry of Industry and Information Technology": one name or two?); all are candidates,
`arbitration` chooses among them.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Doc

from .lexicon import Lexicon

LONGEST = 30
MOST_ENDS = 14
JOINERS = frozenset({"-", "–", "/", "&", "+", "'", "’", "'s", "’s", ",", "(", ")", ":", ".", "‑"})
DATED = frozenset({"on", "in", "by", "since", "until", "from", "to", "at", "during", "before", "after"})
MONTHS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
OPENING = frozenset({"“", '"', "‘", "«", "「"})
CLOSING = frozenset({"”", '"', "’", "»", "」"})
ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|[a-z]+ieth|inaugural)$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d$")


ABBREVIATIONS = frozenset({"No", "Gov", "Dr", "Art", "Inc", "Ltd", "Co", "Corp", "St", "Mr", "Ms", "Sen", "Rep"})
FINITE = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "should", "must", "can", "may", "would", "we"}
)
TAIL_LINKS = frozenset({"on", "concerning", "regarding", "respecting", "relating", "relative"})
PARTIES = frozenset({"Country", "Adjective", "InternationalOrganization", "Place"})
INSTRUMENTS = frozenset({"Law", "Agreement", "Initiative", "Forum"})
TAILED = frozenset({"Law", "Agreement"})
TAIL_BREAKS = frozenset(
    {".", ",", ";", ":", "(", "–", "—", "-", "|", "and", "in", "by", "to"}
    | {
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "may",
        "must",
        "shall",
        "can",
        "could",
        "should",
        "which",
        "that",
        "who",
        "when",
        "before",
        "after",
    }
    | {
        "entered",
        "came",
        "took",
        "takes",
        "replaced",
        "adopted",
        "signed",
        "enacted",
        "published",
        "issued",
        "as",
        "at",
        "from",
        "until",
        "since",
        "with",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` to `end` (half-open), and what each witness says of exactly this stretch.

    registry   classes under which the registry knows it
    stock      label the base model's entity recogniser gives it, "" for none
    learned    label our own recogniser gives it, "" for none
    certainty  how sure our recogniser is of that, in tenths
    """

    start: int
    end: int
    registry: tuple[str, ...] = ()
    stock: str = ""
    learned: str = ""
    certainty: int = 0


@dataclass(slots=True)
class Witnesses:
    """What registry and models found in a document, by (start, end) in tokens."""

    registry: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    stock: dict[tuple[int, int], str] = field(default_factory=dict)
    learned: dict[tuple[int, int], str] = field(default_factory=dict)
    certainty: dict[tuple[int, int], int] = field(default_factory=dict)


def witnesses(doc: Doc, known: dict[tuple[int, int], tuple[str, ...]]) -> Witnesses:
    """Collect the spans that registry, base model and learned recogniser marked in a document."""
    learned = doc.spans.get("learned", ())
    scores = learned.attrs.get("scores", ()) if learned else ()
    return Witnesses(
        registry=known,
        stock={_trim(doc, ent.start, ent.end): ent.label_ for ent in doc.ents},
        learned={(span.start, span.end): span.label_ for span in learned},
        certainty={(span.start, span.end): int(10 * score) for span, score in zip(learned, scores, strict=False)},
    )


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The base model's spans without leading article and trailing possessive, as our annotation has them."""
    while start < end - 1 and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    while end > start + 1 and doc[end - 1].text in {"'s", "’s", "'", "’"}:
        end -= 1
    return start, end


def shapes(doc: Doc, lexicon: Lexicon) -> list[str]:
    """One letter a token: C capitalised, N number, L linker, P joining mark, B break of line or clause, X other."""
    kinds = [_shape(token.text, lexicon) for token in doc]
    for token in doc:
        if (
            token.text in {"-", "–", "—", "/", "‑"}
            and token.whitespace_
            and (token.i == 0 or doc[token.i - 1].whitespace_)
        ):
            kinds[token.i] = "X"
    return kinds


def _shape(word: str, lexicon: Lexicon) -> str:
    if word.isspace():
        return "B" if "\n" in word else "L"
    if word[0].isdigit():
        return "N" if any(c.isdigit() for c in word) else "X"
    if any(c.isupper() for c in word):
        return "C"
    if word in lexicon.linkers:
        return "L"
    return "P" if word in JOINERS else "X"


def candidates(words: Sequence[str], kinds: Sequence[str], lexicon: Lexicon, seen: Witnesses) -> list[Candidate]:
    """All candidates of a document, in order of start, then end."""
    spans = set(seen.registry) | set(seen.stock) | set(seen.learned)
    edges = {edge for span in spans for edge in span}
    for start, end in _runs(words, kinds):
        spans.update(_readings(words, kinds, start, end, edges, lexicon))
    spans.update(_quotations(words, kinds))
    return [
        Candidate(
            s,
            e,
            seen.registry.get((s, e), ()),
            seen.stock.get((s, e), ""),
            seen.learned.get((s, e), ""),
            seen.certainty.get((s, e), 0),
        )
        for s, e in sorted(spans)
        if e - s <= LONGEST
        and "B" not in kinds[s:e]
        and kinds[s] not in "LP"
        and words[e - 1] not in lexicon.linkers
        and _balanced(words, s, e)
        and not _lists_heads(words, s, e, lexicon)
        and not _names_only_parties(words, s, e, seen)
        and not _is_dated(words, kinds, s, e)
        and ((s, e) in seen.registry or FINITE.isdisjoint(words[s:e]))
    ]


def _is_dated(words: Sequence[str], kinds: Sequence[str], start: int, end: int) -> bool:
    """Whether the date of an event was taken with the name ("Digital Economy Blueprint in 2019")."""
    return any(
        words[i] in {"in", "on", "since", "during"} and (kinds[i + 1] == "N" or words[i + 1] in MONTHS)
        for i in range(start + 1, end - 1)
    )


def _names_only_parties(words: Sequence[str], start: int, end: int, seen: Witnesses) -> bool:
    """Whether a stretch holds nothing but known parties and hyphens ("China-ASEAN"): the name's head is missing."""
    if (start, end) in seen.registry or end - start < 3 or words[start + 1] not in {"-", "–", "‑"}:
        return False
    parts = [i for i in range(start, end) if words[i] not in {"-", "–", "‑"}]
    return all(PARTIES.intersection(seen.registry.get((i, i + 1), ())) for i in parts)


def _lists_heads(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a comma parts two names of one kind ("Civil Code, National Security Law"): a list, not a name."""
    commas = [i for i in range(start + 1, end - 1) if words[i] == ","]
    if not commas:
        return False
    last = lexicon.head_at(words[start:end], end - start)[1]
    return any(last & lexicon.head_at(words[start:i], i - start)[1] & INSTRUMENTS for i in commas)


def _quotations(words: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks, as long as a title may be, without a comma or full stop at its end."""
    opened = -1
    for i, word in enumerate(words):
        if word in OPENING and (opened < 0 or word != '"'):
            opened = i
        elif opened >= 0 and word in CLOSING:
            end = i - 1 if words[i - 1] in {",", "."} else i
            if 1 < end - opened - 1 <= LONGEST - 5:
                yield opened + 1, end
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
    ends = [j for j in range(start + 1, end + 1) if _may_end(words, kinds, j, end, edges)]
    for s in starts:
        reach = 0
        commas = 0
        at = s
        for e in islice(ends, bisect(ends, s), None):
            commas += words[at:e].count(",")
            at = e
            if e - s > LONGEST or reach >= MOST_ENDS or commas > 5:
                break
            if _balanced(words, s, e):
                yield s, e
                reach += 1
                headed = e < len(words) and (words[e],) in lexicon.heads and words[e].islower()
                if headed and not (e - s == 1 and words[s] in lexicon.common):
                    yield s, e + 1
                if e < len(words) and words[e] in TAIL_LINKS and TAILED & _classes(words[s:e], lexicon):
                    yield from ((s, tail) for tail in _lower_tails(words, kinds, e))


def _classes(words: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    """Classes of the head with which a name ends, a number behind it aside ("Law No. 48/2023")."""
    end = len(words)
    while end > 1 and (words[end - 1][0].isdigit() or words[end - 1] in {"No", ".", "of", "N°", "n°", "(", ")", "/"}):
        end -= 1
    return lexicon.head_at(words, end)[1]


def _lower_tails(words: Sequence[str], kinds: Sequence[str], link: int) -> Iterator[int]:
    """Where a tail in lower case may end ("Law No. 48 ON CYBER SECURITY, ..."): before the clause breaks or a verb."""
    if kinds[link + 1 : link + 2] == ["N"]:
        return
    for j in range(link + 2, min(link + LONGEST, len(words))):
        if kinds[j] == "B" or words[j] in TAIL_BREAKS or words[j] in CLOSING:
            yield j
            if words[j] not in {"and", "in", "by", "to"}:
                return


def _may_start(
    words: Sequence[str], kinds: Sequence[str], i: int, start: int, edges: set[int], lexicon: Lexicon
) -> bool:
    if kinds[i] in "LP":
        return False
    if kinds[i] == "X":
        return bool(ORDINAL.match(words[i]))
    if i == start or kinds[i - 1] not in "CN" or i in edges:
        return True
    return (
        words[i - 1] in lexicon.openers or i - start <= 3 or (words[i - 1],) in lexicon.titles or words[i - 1].isupper()
    )


def _may_end(words: Sequence[str], kinds: Sequence[str], j: int, end: int, edges: set[int]) -> bool:
    last = words[j - 1]
    if kinds[j - 1] in "LX" or (kinds[j - 1] == "P" and last not in {")", "+"}):
        return False
    if last == ")" and "(" not in words[max(0, j - 14) : j]:
        return False
    return j == end or kinds[j] != "C" or j in edges or last.isupper()


def _balanced(words: Sequence[str], start: int, end: int) -> bool:
    depth = 0
    for word in words[start:end]:
        depth += (word == "(") - (word == ")")
        if depth < 0:
            return False
    return depth == 0
