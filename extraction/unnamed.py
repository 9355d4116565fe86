"""Agreements without a name that parties or subject identify: "a memorandum of understanding with the WIPO"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from .grouping import Name

HEADS = (
    ("memorandum", "of", "understanding"),
    ("memorandums", "of", "understanding"),
    ("memorandum", "of", "cooperation"),
    ("memoranda", "of", "understanding"),
    ("letter", "of", "intent"),
    ("joint", "statement"),
    ("joint", "declaration"),
    ("declaration", "of", "intent"),
    ("partnership", "agreement"),
    ("agreement",),
    ("memorandum",),
    ("mou",),
    ("treaty",),
    ("arrangement",),
)
CONCLUDING = frozenset(
    [
        "sign",
        "signs",
        "signed",
        "signing",
        "conclude",
        "concludes",
        "concluded",
        "concluding",
        "ink",
        "inked",
        "initialled",
        "reach",
        "reached",
        "seal",
        "sealed",
        "enter",
        "entered",
        "renew",
        "renewed",
        "negotiate",
        "negotiating",
        "negotiated",
        "agree",
        "agreed",
        "finalise",
        "finalised",
        "finalize",
        "finalized",
        "ratify",
        "ratified",
    ]
)
MODIFIERS = frozenset(
    [
        "bilateral",
        "trilateral",
        "intergovernmental",
        "inter-governmental",
        "cooperation",
        "security",
        "host",
        "country",
        "trade",
        "supply",
        "policing",
        "technical",
        "framework",
        "joint",
        "new",
        "separate",
        "similar",
        "nuclear",
        "extradition",
    ]
)
BREAKS = frozenset(
    {
        ".",
        ",",
        ";",
        ":",
        "(",
        ")",
        "–",
        "—",
        "\n",
        "which",
        "that",
        "who",
        "was",
        "were",
        "is",
        "are",
        "has",
        "had",
        "and",
        "will",
        "under",
        "in",
        "at",
        "last",
        "this",
        "when",
        "while",
        "by",
    }
)
REACH = 12


def is_bare(text: str) -> bool:
    """Whether words are nothing but a kind of agreement in lower case: "memorandum of understanding"."""
    words = tuple(word for word in text.split() if word not in MODIFIERS)
    return words in HEADS


def unnamed(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """Descriptive names for agreements that are said to be concluded and whose parties or subject follow."""
    taken = {i for name in names for i in range(name.start, name.end)}
    starts = {name.start: name for name in names}
    lower = [token.lower_ for token in doc]
    found = []
    i = 0
    while i < len(doc):
        head = next((h for h in HEADS if tuple(lower[i : i + len(h)]) == h), None)
        if head is None or i in taken or (not doc[i].text[0].islower() and doc[i].text.lower() != "mou"):
            i += 1
            continue
        start, end = i, i + len(head)
        while start and lower[start - 1] in MODIFIERS and start - 1 not in taken:
            start -= 1
        if name := _described(doc, lower, start, end, starts):
            found.append(name)
        i = end
    return found


def _described(doc: Doc, lower: Sequence[str], start: int, end: int, starts: dict[int, Name]) -> Name | None:
    """The agreement that a head introduces, with the words that identify it; None where nothing does."""
    own = doc[start:end].text
    parties: list[Name] = []
    described, at = own, end
    if at < len(doc) and lower[at] in {"with", "between"}:
        begin = at
        at += 1
        while at < min(len(doc), begin + 2 * REACH):
            if at in starts and starts[at].kind not in {"Law", "Agreement", "Initiative"}:
                parties.append(starts[at])
                at = starts[at].end
                if not (at + 1 < len(doc) and lower[at] in {"and", ","}):
                    break
            elif lower[at] not in {"the", "and", ",", "'s", "’s"}:
                break
            else:
                at += 1
        if not parties:
            return None
        described = doc[start:at].text.strip()
    subject = ""
    if at < len(doc) and lower[at] in {"on", "for", "concerning"}:
        stop = next(
            (j for j in range(at + 1, min(len(doc), at + REACH)) if lower[j] in BREAKS or lower[j].isspace()), at
        )
        if stop > at + 1:
            subject = doc[at:stop].text.strip()
    concluding = CONCLUDING.intersection(lower[max(0, start - 6) : start])
    if not parties and not (subject and concluding and lower[start - 1] in {"a", "an", "the", "one"}):
        return None
    if (
        parties
        and not concluding
        and "memorand" not in own.lower()
        and lower[start - 1] not in {"a", "an", "its", "their"}
    ):
        return None
    also = {described, f"{own} {subject}".strip(), f"{described} {subject}".strip()} if subject else {described}
    text = f"{described} {subject}".strip() if parties and subject else described if parties else f"{own} {subject}"
    return Name(
        text=text,
        kind="Agreement",
        score=1.0,
        start=start,
        end=end,
        first=doc[start].idx,
        last=doc[end - 1].idx + len(doc[end - 1]),
        also=tuple(sorted(also - {text, own})),
    )
