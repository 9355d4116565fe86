"""The text as the parser sees it: every mention one short word that it knows, sentences starting where lines do.

Stretches that can state nothing are left out (`idle`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from extraction.domain import lexicon
from extraction.statements.idle import surely_ended, telling
from extraction.statements.lines import Line, lines

# One word per type, frequent in the treebanks that the stock English pipelines are trained on.
WORDS = {
    "Country": "China",
    "Place": "London",
    "Person": "Smith",
    "GovernmentBody": "Congress",
    "InternationalOrganization": "NATO",
    "Organization": "Microsoft",
    "Law": "Act",
    "Agreement": "Treaty",
    "Initiative": "Program",
    "Forum": "Conference",
}
AFTER_ARTICLE = {"InternationalOrganization": "Union", "Organization": "Association", "Place": "City"}
CLOSING = re.compile(r"[.!?…][\"'”’)\]]*$|^[\"'”’)\]]$")
LONGEST = 500
"""Words without a full stop after which a sentence is cut, so that what is quadratic in a sentence stays bounded."""
DEMONYM = "Chinese"
DEMONYM_ENDINGS = ("ese", "ian", "ish", "ean", "can", "eli", "aqi", "ench", "utch", "rman", "lian", "qi", "ni", "ian")


@dataclass(slots=True)
class Surface:
    """How the tokens of a surrogate Doc lie on the original text.

    text     the original text
    offsets  (start, end) in characters, one per token
    named    token index -> (entity id, type) for the tokens that stand for a mention
    lines    logical lines of the text
    line_of  token index -> index into `lines`
    gaps     token index -> how many stretches of the text were left out before it
    """

    text: str
    offsets: list[tuple[int, int]] = field(default_factory=list)
    named: dict[int, tuple[str, str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    def keep(self, kept: list[int]) -> None:
        """Leave out all tokens but those of the indices `kept`."""
        renumbered = {old: new for new, old in enumerate(kept)}
        self.offsets = [self.offsets[i] for i in kept]
        self.named = {renumbered[i]: thing for i, thing in self.named.items() if i in renumbered}
        self.line_of = [self.line_of[i] for i in kept]
        self.gaps = list(accumulate(i - before > 1 for before, i in pairwise((-1, *kept))))


def surrogate(doc: Doc) -> Doc:
    """A second Doc over the same text in which each span of `doc.spans["mentions"]` is one stand-in word.

    Its `user_data` is that of `doc` plus "surface", a `Surface`. White-space tokens and bracketed repetitions of the
    name just given ("World Bank (WB)") are left out; token starts of logical lines are sentence starts.
    """
    text = doc.text
    surface = Surface(text, lines=lines(text))
    words: list[str] = []
    opening = _mentions(doc)
    skipped = _bracketed(doc, opening)
    index = 0
    while index < len(doc):
        span = opening.get(index)
        token = doc[index]
        if index in skipped:
            index = skipped[index]
            continue
        if span is None:
            last = _prefixed(doc, index, opening)
            index = last + 1
            if token.is_space or _in_bullet(token.idx, surface.lines):
                continue
            words.append(doc[last].text.lstrip(")") or ")")
            surface.offsets.append((token.idx, doc[last].idx + len(doc[last])))
        else:
            index = span.end
            surface.named[len(words)] = (span.id_, coarse(span.label_))
            words.append(_word(span, words[-1].lower() if words else ""))
            surface.offsets.append((span.start_char, span.end_char))
    starts = _sentence_starts(surface, words)
    kept = telling(words, starts, surface.named)
    surface.keep(kept)
    made = Doc(
        doc.vocab,
        words=[words[i] for i in kept],
        spaces=_spaces(surface),
        sent_starts=[starts[i] for i in kept],
        user_data=dict(doc.user_data),
    )
    made.user_data["surface"] = surface
    return made


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of each token's sentence in a parsed surrogate Doc, a stretch left out counted as one."""
    gaps = doc.user_data["surface"].gaps
    return [number + gaps[token.i] for number, sentence in enumerate(doc.sents) for token in sentence]


def _mentions(doc: Doc) -> dict[int, TokenSpan]:
    """Mentions by their first token, the longest first where two overlap."""
    taken: set[int] = set()
    opening: dict[int, TokenSpan] = {}
    for span in sorted(doc.spans.get("mentions", ()), key=lambda span: (span.start - span.end, span.start)):
        if not taken.intersection(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            opening[span.start] = span
    return opening


def _bracketed(doc: Doc, opening: dict[int, TokenSpan]) -> dict[int, int]:
    """First token -> token after the end, for brackets that only repeat the name before them."""
    skipped: dict[int, int] = {}
    for span in opening.values():
        at = span.end
        if at >= len(doc) or doc[at].text != "(":
            continue
        inner = at + 1
        seen = False
        while inner < len(doc) and inner - at < 9 and not doc[inner].text.startswith(")"):
            other = opening.get(inner)
            if other is not None and other.id_ != span.id_:
                break
            seen = seen or other is not None
            inner = other.end if other is not None else inner + 1
        if seen and inner < len(doc) and doc[inner].text.startswith(")"):
            skipped[at] = inner + (doc[inner].text == ")")
    return skipped


def _prefixed(doc: Doc, index: int, opening: dict[int, TokenSpan]) -> int:
    """Last token of the word that begins here: "co-hosted", which the tokenizer takes apart, reads as "hosted"."""
    if doc[index].lower_ == "co" and index + 2 < len(doc) and doc[index + 1].text == "-" and index + 2 not in opening:
        return index + 2
    return index


def _in_bullet(start: int, found: list[Line]) -> bool:
    number = bisect_right(found, start, key=lambda line: line.bullet) - 1
    return number >= 0 and found[number].bullet <= start < _opening(found[number])


def _word(span: TokenSpan, before: str) -> str:
    kind = coarse(span.label_)
    if kind == "Country" and _is_demonym(span):
        return DEMONYM
    if before in ("the", "a", "this"):
        return AFTER_ARTICLE.get(kind, WORDS[kind])
    return WORDS[kind]


def _is_demonym(span: TokenSpan) -> bool:
    entity = span.doc.user_data.get("entities", {}).get(span.id_)
    return span.text.lower().endswith(DEMONYM_ENDINGS) and (entity is None or span.text != entity.name)


def coarse(label: str) -> str:
    """The one of the ten basic types that `label` belongs to."""
    return label if label in WORDS else _classes().get(label, "Organization")


@cache
def _classes() -> dict[str, str]:
    """Finer class -> basic type, as heads.yaml has them."""
    return {finer: kind for (kind, _), finer in lexicon.load().finer.items()}


def _spaces(surface: Surface) -> list[bool]:
    ends = [end for _, end in surface.offsets]
    starts = [start for start, _ in surface.offsets[1:]] + ([len(surface.text)] if ends else [])
    return [start > end for start, end in zip(starts, ends, strict=True)]


def _sentence_starts(surface: Surface, words: list[str]) -> list[bool | int | None]:
    """True where a line's content, label or date begins, or a sentence ends or is too long; else the parser says."""
    starts: list[bool | int | None] = []
    number = 0
    last = (-1, -1)
    ended, since_stop, since_start = True, 0, 0
    for start, end in surface.offsets:
        while number + 1 < len(surface.lines) and start >= _opening(surface.lines[number + 1]):
            number += 1
        surface.line_of.append(number)
        line = surface.lines[number] if surface.lines else Line(0, 0)
        part = (number, sum(start >= mark for mark in (line.start, *(line.label or ())[:1], *(line.dated or ())[:1])))
        since_stop = 0 if ended else since_stop + 1
        since_start += 1
        too_long = since_stop > LONGEST or (ended and since_start > 4 * LONGEST)
        sure = part != last or too_long or surely_ended(words, len(starts))
        starts.append(True if sure else None if ended else False)
        if starts[-1]:
            since_stop = since_start = 0
        last = part
        ended = CLOSING.search(surface.text[start:end]) is not None
    return starts


def _opening(line: Line) -> int:
    """Where the line begins, its label and date included."""
    before = [part[0] for part in (line.label, line.dated) if part]
    return min([line.start, *before])
