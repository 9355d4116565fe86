"""Candidate names: every stretch of tokens that could be a name, as the grammar, the registry and the models see it.

All readings are candidates; `arbitration` chooses among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from extraction.domain.lexicon import Lexicon
from extraction.names.readings import LONGEST, balanced, stretches
from extraction.names.shapes import CLOSING, HYPHENS, MONTHS, OPENING, ORDINAL, lines, run_before

FINITE = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "should", "must", "can", "may", "would", "we"}
    | {"Is", "Are", "Was", "Were"}
)
PARTIES = frozenset({"Country", "Adjective", "InternationalOrganization", "Place"})
JOINTS = HYPHENS | {"and", ",", "&", "/"}
INSTRUMENTS = frozenset({"Law", "Agreement", "Initiative", "Forum"})
BODIES = frozenset({"Forum", "GovernmentBody", "Organization", "InternationalOrganization"})
# Heads of what sits for long, or again and again, whose number does not make it an edition.
SERIES = frozenset({"Assembly", "Forum", "Dialogue"})
NUMBER = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*)[.)]?$")
# Tenths from which our recogniser is sure.
SURE = 9
OWNERS = frozenset({"Country", "InternationalOrganization"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


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


def witnesses(doc: Doc, known: dict[tuple[int, int], tuple[str, ...]], lexicon: Lexicon) -> Witnesses:
    """Collect the spans that registry, base model and learned recogniser marked in a document."""
    learned = doc.spans.get("learned", ())
    scores = learned.attrs.get("scores", ()) if learned else ()
    own = [_disowned(doc, *_trim(doc, span, lexicon), known) for span in learned]
    return Witnesses(
        registry=known,
        stock={_trim(doc, ent, lexicon): ent.label_ for ent in doc.ents},
        learned={at: span.label_ for at, span in zip(own, learned, strict=True)},
        certainty={at: int(10 * score) for at, score in zip(own, scores, strict=False)},
    )


def _trim(doc: Doc, span: Span, lexicon: Lexicon) -> tuple[int, int]:
    """A model's span without leading article, quote or a person's title, and without trailing possessive or quote."""
    start, end = span.start, span.end
    while start < end - 1 and (doc[start].lower_ in {"the", "a", "an"} or _opens(doc, start, end)):
        start += 1
    if span.label_.upper() == "PERSON":
        start = _after_title(doc, start, end, lexicon)
    while end > start + 1 and (doc[end - 1].text in POSSESSIVES or _closes(doc, start, end)):
        end -= 1
    return start, end


def _disowned(doc: Doc, start: int, end: int, known: dict[tuple[int, int], tuple[str, ...]]) -> tuple[int, int]:
    """A span without the state or bloc that owns the thing ("WIPO'S Mediation Center")."""
    mark = _owner_mark([token.text for token in doc[start:end]], start, known)
    return (mark + 1 if mark else start), end


def _owner_mark(name: Sequence[str], start: int, known: dict[tuple[int, int], tuple[str, ...]]) -> int:
    """Where the possessive of the state or bloc that owns the thing stands in a name from `start` on; 0 for nowhere."""
    return next(
        (
            start + at
            for at in range(1, min(5, len(name) - 1))
            if name[at] in POSSESSIVES and not OWNERS.isdisjoint(known.get((start, start + at), ()))
        ),
        0,
    )


def _opens(doc: Doc, start: int, end: int) -> bool:
    return doc[start].text in OPENING and not any(token.text in CLOSING for token in doc[start + 1 : end - 1])


def _closes(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].text in CLOSING and not any(token.text in OPENING for token in doc[start : end - 1])


def _after_title(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name behind a title begins: "H.E. Ama Boateng"."""
    for length in range(min(lexicon.longest_title, end - start - 1), 0, -1):
        if tuple(token.text for token in doc[start : start + length]) in lexicon.titles:
            return _after_title(doc, start + length, end, lexicon)
    return start


def candidates(words: Sequence[str], kinds: Sequence[str], lexicon: Lexicon, seen: Witnesses) -> list[Candidate]:
    """All candidates of a document, in order of start, then end."""
    spans = set(seen.registry) | set(seen.stock) | set(seen.learned)
    edges = {edge for span in spans for edge in span}
    spans |= stretches(words, kinds, edges, lexicon)
    parties = {i for span, said in seen.registry.items() if PARTIES.intersection(said) for i in range(*span)}
    titles = _chapter_titles(words, kinds)
    sure = {i: span for span in seen.learned if _is_sure(span, seen) for i in range(*span)}
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
        and balanced(words, s, e)
        and not _lists_heads(words, s, e, lexicon)
        and ((s, e) in seen.registry or not _names_only_parties(words, s, e, parties))
        and not _is_dated(words, kinds, s, e)
        and ((s, e) in seen.registry or FINITE.isdisjoint(words[s:e]))
        and not _owner_mark(words[s:e], s, seen.registry)
        and not _is_range(words, s, e, lexicon)
        and not _is_of_edition(words, kinds, s, lexicon)
        and not (titles.get(e, e) <= s and (s, e) not in seen.registry and _heads_chapter(words, titles[e], s))
        and not (s in sure and sure[s] != (s, e) and sure[s][1] >= e)
    ]


def _chapter_titles(words: Sequence[str], kinds: Sequence[str]) -> dict[int, int]:
    """Where titles of numbered chapters end -> where they begin, behind the number."""
    titles = {}
    for start, end in lines(kinds):
        if start < end and NUMBER.match(words[start]):
            first = start + 1
            first += words[first : first + 1] in [["."], [")"]]
            plain = sum(kind == "X" for kind in kinds[first:end])
            stops = words[end - 1] in {".", ";", ",", ":"}
            if 3 <= end - first <= 16 and plain <= 1 and kinds[first] == "C" and not stops:
                titles[end] = first
    return titles


def _heads_chapter(words: Sequence[str], first: int, start: int) -> bool:
    """Whether a stretch that ends with a chapter's title begins with it, or behind the owner that it opens with."""
    return start == first or (start - first <= 4 and words[start - 1] in POSSESSIVES)


def _is_sure(span: tuple[int, int], seen: Witnesses) -> bool:
    """Whether our recogniser is sure of an instrument or a meeting: three of a hundred hold names of others."""
    return seen.learned[span] in INSTRUMENTS and seen.certainty.get(span, 0) >= SURE


def _is_of_edition(words: Sequence[str], kinds: Sequence[str], start: int, lexicon: Lexicon) -> bool:
    """Whether the name of a numbered meeting goes on with this one ("Ninth Congress of the HARBOUR PARTY")."""
    of = start - 2 if start and words[start - 1] == "the" else start - 1
    if of < 2 or words[of] != "of" or kinds[of - 1] != "C" or "Forum" not in lexicon.heads.get((words[of - 1],), ()):
        return False
    return bool(ORDINAL.match(words[run_before(kinds, of, 5)])) and words[of - 1] not in SERIES


def _is_range(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether two things were taken for one ("from the Task Force to the Working Group")."""
    if "to" not in words[start:end]:
        return False
    before = [word.lower() for word in words[max(0, start - 2) : start]]
    if before[-1:] == ["from"] or before == ["from", "the"]:
        return True
    to = start + list(words[start:end]).index("to")
    left, right = (lexicon.head_at(words[start:at], at - start)[1] for at in (to, end))
    return words[to + 1] == "the" and bool(BODIES & left & right)


def _is_dated(words: Sequence[str], kinds: Sequence[str], start: int, end: int) -> bool:
    """Whether the date of an event was taken with the name ("Digital Economy Blueprint in 2019")."""
    return any(
        words[i] in {"in", "on", "since", "during"} and (kinds[i + 1] == "N" or words[i + 1] in MONTHS)
        for i in range(start + 1, end - 1)
    )


def _names_only_parties(words: Sequence[str], start: int, end: int, parties: set[int]) -> bool:
    """Whether a stretch holds nothing but parties and what joins them ("China-ASEAN", "Asian and African").

    `parties` are the tokens that belong to known ones; what is missing is the name's head.
    """
    rest = [i for i in range(start, end) if i not in parties]
    return bool(rest) and all(words[i] in JOINTS for i in rest)


def _lists_heads(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a comma parts two names of one kind ("Civil Code, National Security Law"): a list, not a name.

    So it is where the first word comes again ("National Cyber Week, National Data Forum").
    """
    commas = [i for i in range(start + 1, end - 1) if words[i] == ","]
    if not commas:
        return False
    if any(words[i + 1] == words[start] for i in commas):
        return True
    last = lexicon.head_at(words[start:end], end - start)[1]
    return any(last & lexicon.head_at(words[start:i], i - start)[1] & INSTRUMENTS for i in commas)
