"""What the learned recogniser looks at: a list of feature strings for every token of a document.

A token is described by its own form, by its neighbours, by the capitalised run it stands in (the words that
head the run, where it begins and ends, the plain words on either side of it), by quotes, brackets and lines,
and by what the pipeline's `ner` said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extraction.names.clusters import Classes

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Words that may stand inside a name: those that seldom part two names, and those that often do.
JOINING = "of the on for to in de del da do du des la le los las y e et al bin van von und & - – ‑ ' ’ 's ’s / +"
PARTING = "and with against between by at through into under among as from or , : ( )"
PLAIN = "the a an of to in on for and or by with at from as its their his her our this that these those"
CLOSE = frozenset(JOINING.split())
WIDE = CLOSE | frozenset(PARTING.split())
STOP = frozenset(PLAIN.split())
OPENING, CLOSING = frozenset('“"«‘「《'), frozenset('”"»’」》')
CONTEXT = 6


class Features:
    """Turns a `Doc` into one list of feature strings per token.

    words     lower-case word -> what it may be in a name
    clusters  lower-case word -> the coarse, middle and fine class of words of like use
    """

    def __init__(self, words: Mapping[str, Sequence[str]], clusters: Classes) -> None:
        self.words = {word: "|".join(classes) for word, classes in words.items()}
        self.clusters = clusters
        self._own = lru_cache(maxsize=50_000)(self._describe)

    def __call__(self, doc: Doc) -> list[list[str]]:
        texts = [token.text for token in doc]
        forms = [self._own(text) for text in texts]
        named = [form.named for form in forms]
        found = [list(form.here) for form in forms]
        tags = [token.ent_iob_ + token.ent_type_ for token in doc]
        count = len(texts)
        for i, features in enumerate(found):
            before = forms[i - 1] if i else EDGE
            after = forms[i + 1] if i + 1 < count else EDGE
            features += before.left
            features += after.right
            features += (forms[i - 2] if i > 1 else EDGE).left2
            features += (forms[i + 2] if i + 2 < count else EDGE).right2
            features.append(f"w-1,0={before.lower},{forms[i].lower}")
            features.append(f"w0,1={forms[i].lower},{after.lower}")
            features.append(f"s-1,0,1={before.shape},{forms[i].shape},{after.shape}")
            features.append(f"n0={tags[i]}")
            features.append(f"n-1,0={tags[i - 1] if i else ''},{tags[i]}")
            features.append(f"n0,1={tags[i]},{tags[i + 1] if i + 1 < count else ''}")
        self._lines(texts, found)
        self._runs(texts, forms, named, found, CLOSE, "c")
        self._runs(texts, forms, named, found, WIDE, "r")
        self._acronyms(texts, forms, found)
        return found

    def _describe(self, text: str) -> Form:
        lower = text.lower()
        shape = _shape(text)
        classes = self.words.get(lower, "") or (self.words.get(lower[:-1], "") if lower.endswith("s") else "")
        named = text[0].isupper() or (text[0].isdigit() and not text.isdigit()) or any(c.isupper() for c in text)
        here = [
            f"w={lower}",
            f"s={shape}",
            f"p2={lower[:2]}",
            f"p3={lower[:3]}",
            f"x2={lower[-2:]}",
            f"x3={lower[-3:]}",
            f"x4={lower[-4:]}",
        ]
        here.append(f"len={min(len(text), 8)}")
        if classes:
            here += [f"k={classes}", *(f"k1={one}" for one in classes.split("|")), f"ks={classes},{shape}"]
        near = [f"w={lower}", f"s={shape}", f"x3={lower[-3:]}"] + ([f"k={classes}"] if classes else [])
        far = near[:2] + near[3:]
        coarse, middle, fine = self.clusters.get(lower, ("", "", ""))
        here.append(f"gm={middle}")
        if middle:
            here += [f"gc={coarse}", f"gf={fine}", f"gs={middle},{shape}"]
            near += [f"gm={middle}", f"gf={fine}"]
            far.append(f"gm={middle}")
        return Form(
            lower,
            shape,
            classes,
            named,
            tuple(here),
            *(tuple(f"{at}{x}" for x in part) for at, part in (("-1", near), ("+1", near), ("-2", far), ("+2", far))),
        )

    def _lines(self, texts: list[str], found: list[list[str]]) -> None:
        start = True
        quoted = bracketed = 0
        for i, text in enumerate(texts):
            if text.isspace() and "\n" in text:
                start, quoted, bracketed = True, 0, 0
                continue
            if start:
                found[i].append("linestart")
            start = False
            if i and texts[i - 1] in {".", "!", "?"}:
                found[i].append("sentencestart")
            if text in CLOSING and quoted:
                quoted = 0
            elif text in OPENING:
                quoted = i + 1
            elif quoted and i - quoted < 25:
                found[i].append("quoted")
                found[i].append("quotestart" if i == quoted else "quotein")
            if text == "(":
                bracketed = i + 1
            elif text == ")":
                bracketed = 0
            elif bracketed:
                found[i].append("bracketed")

    def _runs(
        self,
        texts: list[str],
        forms: list[Form],
        named: list[bool],
        found: list[list[str]],
        joins: frozenset[str],
        tag: str,
    ) -> None:
        i, count = 0, len(texts)
        while i < count:
            if not named[i]:
                i += 1
                continue
            end = j = i + 1
            while j < count and j - end < 4 and (named[j] or texts[j].lower() in joins or texts[j].isdigit()):
                j += 1
                if named[j - 1] or texts[j - 1].isdigit():
                    end = j
            self._run(forms, found, i, end, tag)
            i = end

    def _run(self, forms: list[Form], found: list[list[str]], start: int, end: int, tag: str) -> None:
        heads = [i for i in range(start, end) if forms[i].classes and forms[i].named]
        first, last = forms[start], forms[end - 1]
        left = self._plain(forms, range(start - 1, max(start - 1 - CONTEXT, -1), -1))
        right = self._plain(forms, range(end, min(end + CONTEXT, len(forms))))
        shared = (
            f"{tag}first={first.lower}",
            f"{tag}last={last.lower}",
            f"{tag}left={left}",
            f"{tag}right={right}",
            f"{tag}length={min(end - start, 9)}",
            f"{tag}firstk={forms[heads[0]].classes if heads else ''}",
            f"{tag}lastk={forms[heads[-1]].classes if heads else ''}",
        )
        at = 0
        for i in range(start, end):
            while at < len(heads) and heads[at] < i:
                at += 1
            ahead = forms[heads[at]] if at < len(heads) else EDGE
            behind = forms[heads[at - 1]] if at else EDGE
            features = found[i]
            features += shared
            features.append(f"{tag}ahead={ahead.classes}")
            features.append(f"{tag}aheadw={ahead.lower}")
            features.append(f"{tag}behind={behind.classes}")
            features.append(f"{tag}behindw={behind.lower}")
            features.append(f"{tag}at={min(i - start, 4)}")
            features.append(f"{tag}to={min(end - 1 - i, 4)}")

    def _plain(self, forms: list[Form], positions: range) -> str:
        for i in positions:
            if forms[i].shape == "\n" or forms[i].lower in {".", ";"}:
                return "|"
            if forms[i].lower.isalpha() and forms[i].lower not in STOP and not forms[i].named:
                return forms[i].lower
        return ""

    def _acronyms(self, texts: list[str], forms: list[Form], found: list[list[str]]) -> None:
        """Tell every occurrence of an acronym what heads the name before the bracket that introduced it."""
        meant: dict[str, str] = {}
        for i in range(2, len(texts) - 1):
            if texts[i - 1] != "(" or texts[i + 1] != ")" or not _acronym(texts[i]):
                continue
            initials = [c.lower() for c in texts[i] if c.isalnum()]
            start, left = i - 2, len(initials)
            heads: list[int] = []
            while start >= 0 and left and i - start < 22 and not texts[start].isspace():
                if forms[start].named:
                    left -= 1
                if forms[start].classes and forms[start].named:
                    heads.append(start)
                start -= 1
            if heads:
                meant[texts[i]] = f"{forms[heads[-1]].classes};{forms[heads[0]].classes}"
        for i, text in enumerate(texts):
            if text in meant:
                found[i].append(f"acronym={meant[text]}")
                found[i] += [f"acronym1={one}" for one in meant[text].split(";")]


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a word whatever stands beside it; `left`, `right` are its features as a neighbour."""

    lower: str
    shape: str
    classes: str
    named: bool
    here: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    left2: tuple[str, ...] = ()
    right2: tuple[str, ...] = ()


EDGE = Form("", "", "", False, (), ("-1edge",), ("+1edge",), (), ())


def _acronym(text: str) -> bool:
    return 2 <= len(text) <= 10 and sum(c.isupper() for c in text) >= 2


def _shape(text: str) -> str:
    if text.isspace():
        return "\n" if "\n" in text else " "
    shape = ""
    for c in text:
        kind = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        if not shape.endswith(kind * 2):
            shape += kind
    return shape
