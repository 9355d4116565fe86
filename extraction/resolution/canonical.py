"""The canonical form of a name: what is left when two spellings, word orders or wordings of one name agree.

"Kenya's Data Protection Act, 2019", "Data Protection Act 2019 of Kenya" and "the Kenyan Data Protection Act (2019)"
have one form: the words act, data, protection, the mark 2019 and the state KE.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extraction.domain import lexicon, registry
from extraction.domain.lexicon import KNOWLEDGE, Lexicon
from extraction.names.spelling import slug

# Classes whose names recur from state to state ("Data Protection Act", "Ministry of Justice").
NATIONAL = frozenset({"Law", "GovernmentBody"})
# Classes of which a name without the word "national" may be several states' too, but where a state is not looked for.
_SOMETIMES_NATIONAL = frozenset({"Initiative", "Organization", "Forum"})
_WORD = re.compile(r"[^\W_]+(?:[.'’+&][^\W_]+)*\+?")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})$")
_NUMBER = re.compile(r"\d+(?=(?:st|nd|rd|th)?$)")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}[a-z]?s?|[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*$")


class Form(NamedTuple):
    """A name reduced to what tells it apart.

    words   folded content words, in the order of the name
    marks   its numbers, years and ordinals, sorted: names whose marks differ are two things
    state   ISO code of the state it speaks of, for classes whose names recur from state to state; "" otherwise
    bare    whether it is no more than an acronym
    """

    words: tuple[str, ...]
    marks: tuple[str, ...]
    state: str = ""
    bare: bool = False

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Equal for names that differ in nothing but spelling, word order and state."""
        return tuple(sorted(self.words)), self.marks


@dataclass(frozen=True)
class Canon:
    """Reads names into forms; made by `load`.

    words    the lists of canonical.yaml
    insets   names of states and international organisations that stand inside other names, in words -> (code, is state)
    places   words that alone name a place
    """

    words: dict[str, Any]
    insets: dict[tuple[str, ...], tuple[str, bool]]
    places: frozenset[str]
    lexicon: Lexicon
    _forms: dict[tuple[str, str], Form] = field(default_factory=dict, repr=False)
    _telling: dict[tuple[Form, str, str], bool] = field(default_factory=dict, repr=False)

    def form(self, name: str, kind: str) -> Form:
        """The form of a name of one of the ten classes."""
        found = self._forms.get((name, kind))
        if found is None:
            found = self._forms[name, kind] = self._read(name, kind)
        return found

    def _read(self, name: str, kind: str) -> Form:
        tokens = _tokens(name)
        words: list[str] = []
        marks: list[str] = []
        states: list[str] = []
        place = 0
        while place < len(tokens):
            code, is_state, length = self._inset(tokens, place, kind, name.isupper())
            if length and length < len(tokens):
                (states if is_state and kind in NATIONAL else words).append(code)
                place += length
                continue
            self._take(tokens[place], kind, place, words, marks)
            place += 1
        if len(set(states)) > 1:
            words += states
        if not words and not marks:
            words = [_folded(token) for token in tokens]
        return Form(
            tuple(words),
            tuple(sorted(marks)),
            states[0] if len(set(states)) == 1 else "",
            len(tokens) == 1 and self._is_acronym(tokens[0]),
        )

    def _is_acronym(self, token: str) -> bool:
        return len(token) > 1 and bool(_ACRONYM.fullmatch(token)) and (token.capitalize(),) not in self.lexicon.heads

    def _inset(self, tokens: list[str], place: int, kind: str, capitals: bool) -> tuple[str, bool, int]:
        """A known name that begins at a token: its code, whether it is a state's, its length; the length 0 if none."""
        if kind not in {"Person", "Place", "Country"}:
            for length in range(min(self.longest, len(tokens) - place), 0, -1):
                words = tuple(tokens[place : place + length])
                if found := self.in_capitals.get(words) if capitals else self.insets.get(words):
                    return *found, length
        return "", False, 0

    def _take(self, token: str, kind: str, place: int, words: list[str], marks: list[str]) -> None:
        folded = _folded(token)
        if number := _number(token, folded, self.words["ordinals"], place):
            marks.append(number)
            return
        if folded in self.words["stop"] or (kind == "Law" and folded in self.words["drafts"]):
            return
        if kind in {"Person", "Place", "Country"}:
            words.append(folded)
            return
        for word in self.words["short"].get(folded, folded).split():
            word = self.words["spelling"].get(_singular(word), _singular(word))
            # "cyber security", "cyberspace security" and "cybersecurity" are one word.
            if words and words[-1] in {"cyber", "cyberspace"} and word in self.words["after_cyber"]:
                words[-1] = "cyber" + word
            else:
                words.append(word)

    def is_national(self, form: Form, kind: str) -> bool:
        """Whether things of this name may be several states', and the state tells them apart."""
        return kind in NATIONAL or (
            kind in _SOMETIMES_NATIONAL and not self.words["national_words"].isdisjoint(form.words)
        )

    def identifies(self, form: Form, kind: str, state: str) -> bool:
        """Whether a name tells of one thing by itself: no surname, no lone acronym, nothing that every state has."""
        key = form, kind, state
        if key not in self._telling:
            self._telling[key] = self._identifies(form, kind, state)
        return self._telling[key]

    def _identifies(self, form: Form, kind: str, state: str) -> bool:
        if kind in {"Country", "Place", "InternationalOrganization"}:
            return True
        if kind == "Person":
            return len(form.words) > 1
        if self.is_national(form, kind):
            long = len(form.words) > 4 or bool(form.marks)
            return bool(state and (len(form.words) > 1 or form.marks or self._tells(form))) or (
                long and not form.bare and len(form.words) > 1
            )
        if kind == "Organization":
            return form.bare or not self._is_generic(form)
        return not form.bare and not self._is_generic(form)

    def is_proper(self, word: str) -> bool:
        """Whether a word of a form names a place or stands for a state or an international organisation."""
        return word in self.places or word in self.codes

    @cached_property
    def in_capitals(self) -> dict[tuple[str, ...], tuple[str, bool]]:
        """The insets for names that stand in capitals."""
        return {tuple(word.upper() for word in words): meant for words, meant in reversed(self.insets.items())}

    @cached_property
    def longest(self) -> int:
        """How many words the longest of the insets has."""
        return max(map(len, self.insets), default=0)

    @cached_property
    def codes(self) -> frozenset[str]:
        """What stands in forms for the names of states and international organisations."""
        return frozenset(code for code, _ in self.insets.values())

    def _tells(self, form: Form) -> bool:
        """Whether a single word names a thing within its state: "Constitution", "Storting", not "Act" or "MPS"."""
        return not form.bare and len(form.words[0]) > 6 and form.words[0].capitalize() not in self.lexicon.definites

    def _is_generic(self, form: Form) -> bool:
        generic = self.words["generic_words"]
        heads = (self.lexicon.heads.get((word.capitalize(),), frozenset()) - {"Place"} for word in form.words)
        return all(word in generic or head for word, head in zip(form.words, heads, strict=True))


@lru_cache(maxsize=4)
def load(domain: Path | None = None) -> Canon:
    """The reader of names for a domain pack: what it knows of states and organisations comes from the registry."""
    words = lexicon.read(KNOWLEDGE / "canonical.yaml")
    words["stop"] = frozenset(words["stop"])
    words["drafts"] = frozenset(words["drafts"])
    words["after_cyber"] = frozenset(words["after_cyber"])
    words["national_words"] = frozenset(words["national"])
    words["generic_words"] = frozenset(words["generic"])
    words["ordinals"] = {word: str(number) for number, word in enumerate(words["ordinals"], 1)}
    known = registry.load(domain)
    places = frozenset(
        _folded(name) for entry in known if known.types[entry.entity.type] == "Place" for name in entry.names
    )
    return Canon(words, _insets(known), places, lexicon.load(domain))


def _insets(known: registry.Registry) -> dict[tuple[str, ...], tuple[str, bool]]:
    insets: dict[tuple[str, ...], tuple[str, bool]] = {}
    for entry in known:
        entity = entry.entity
        # The European Union has laws and bodies as a state has.
        state = known.types[entity.type] == "Country" or bool(entry.capital and entity.jurisdiction)
        if not state and known.types[entity.type] != "InternationalOrganization":
            continue
        code = (state and entity.jurisdiction) or slug(entity.name)
        adjectives = entry.adjectives if state else ()
        for name in (*entry.names, *adjectives):
            if name not in entry.ambiguous and (tokens := tuple(_tokens(name))):
                insets.setdefault(tokens, (code, state))
                if tokens[0] in {"The", "the"}:
                    insets.setdefault(tokens[1:], (code, state))
    return insets


def _tokens(name: str) -> list[str]:
    return _WORD.findall(re.sub(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s)", "", name, flags=re.IGNORECASE))


@lru_cache(maxsize=200_000)
def _folded(token: str) -> str:
    text = unicodedata.normalize("NFKD", token.replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = text.replace(".", "")
    return re.sub(r"is(?=(?:ation|ing|ed)s?$)", "iz", text) if len(text) > 6 else text


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _number(token: str, folded: str, ordinals: dict[str, str], place: int) -> str:
    """The number that a token is; a Roman one counts behind the first word only ("Part II", not "IV Drip")."""
    if found := _NUMBER.match(folded):
        return found.group().lstrip("0") or "0"
    if folded in ordinals:
        return ordinals[folded]
    if place and _ROMAN.match(token):
        values = {"I": 1, "V": 5, "X": 10}
        digits = [values[c] for c in token]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        return str(sum(-a if a < b else a for a, b in pairs))
    return ""
