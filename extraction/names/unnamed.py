"""Agreements without a name that parties or subject identify: "a memorandum of understanding with the WIPO"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from extraction.domain.lexicon import Lexicon
from extraction.names.grouping import Name

INSTRUMENTS = frozenset({"Law", "Agreement", "Initiative"})
SUBJECT = frozenset({"on", "for", "concerning"})
BREAKS = frozenset(
    {".", ",", ";", ":", "(", ")", "–", "—"}
    | {"which", "that", "who", "was", "were", "is", "are", "has", "had", "and", "will"}
    | {"under", "in", "at", "last", "this", "when", "while", "by"}
)
REACH = 12


def is_bare(text: str, lexicon: Lexicon) -> bool:
    """Whether words are nothing but a kind of agreement in lower case: "memorandum of understanding"."""
    return tuple(word for word in text.split() if word not in lexicon.modifiers) in lexicon.unnamed


def unnamed(doc: Doc, names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Descriptive names for agreements that are said to be concluded and whose parties or subject follow."""
    return [name for start, end in _heads(doc, names, lexicon) if (name := _described(doc, start, end, names, lexicon))]


def _heads(doc: Doc, names: Sequence[Name], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where kinds of agreement stand outside names, with the words that qualify them, as (start, end) in tokens."""
    taken = {i for name in names for i in range(name.start, name.end)}
    lower = [token.lower_ for token in doc]
    first = {head[0] for head in lexicon.unnamed}
    found: list[tuple[int, int]] = []
    for i, word in enumerate(lower):
        if word not in first or i in taken or (found and i < found[-1][1]):
            continue
        head = next((head for head in lexicon.unnamed if tuple(lower[i : i + len(head)]) == head), None)
        if head is None or (doc[i].text[0].isupper() and head != ("mou",)):
            continue
        start = i
        while start and lower[start - 1] in lexicon.modifiers and start - 1 not in taken:
            start -= 1
        found.append((start, i + len(head)))
    return found


def _described(doc: Doc, start: int, end: int, names: Sequence[Name], lexicon: Lexicon) -> Name | None:
    """The agreement with the words that identify it; None where nothing does."""
    parties = _parties(doc, end, names)
    subject = _subject(doc, parties)
    article = doc[start - 1].lower_ if start else ""
    concluded = _is_concluded(doc, start, parties, lexicon)
    own, described = doc[start:end].text, doc[start:parties].text.strip()
    if parties == end and not (subject and concluded and article in {"a", "an", "the", "one"}):
        return None
    if parties > end and not (concluded or "memorand" in own or article in {"a", "an", "its", "their"}):
        return None
    text = f"{described} {subject}".strip()
    return Name(
        text=text,
        kind="Agreement",
        score=1.0,
        start=start,
        end=end,
        first=doc[start].idx,
        last=doc[end - 1].idx + len(doc[end - 1]),
        also=tuple(sorted({described, f"{own} {subject}".strip()} - {text, own})),
    )


def _is_concluded(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words before say that it was concluded, or the clause that goes on behind it ("... was signed")."""
    before = doc[max(0, start - 6) : start]
    after = next((token.i for token in doc[end : end + REACH] if token.lower_ in {"was", "were", "been"}), len(doc))
    return not lexicon.concluding.isdisjoint(token.lower_ for token in (*before, *doc[after : after + 3]))


def _parties(doc: Doc, at: int, names: Sequence[Name]) -> int:
    """Where the parties end that follow "with" or "between"; `at` itself where none do."""
    if at >= len(doc) or doc[at].lower_ not in {"with", "between"}:
        return at
    starts = {name.start: name for name in names if name.kind not in INSTRUMENTS}
    end, i = at, at + 1
    while i < min(len(doc), at + 2 * REACH):
        if i in starts:
            end = i = starts[i].end
        elif doc[i].lower_ in {"the", "and", ",", "'s", "’s"}:
            i += 1
        else:
            break
    return end


def _subject(doc: Doc, at: int) -> str:
    """The words from "on" to the end of the phrase; "" where there are none."""
    if at >= len(doc) or doc[at].lower_ not in SUBJECT:
        return ""
    after = range(at + 1, min(len(doc), at + REACH))
    stop = next((j for j in after if doc[j].lower_ in BREAKS or doc[j].is_space), at)
    return doc[at:stop].text.strip() if stop > at + 1 else ""
