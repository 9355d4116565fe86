"""Whether a text is English, and which of its paragraphs are not."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "with", "as", "by", "are", "was", "be", "it",
     "this", "from", "at", "an", "which", "or", "has", "have", "will", "not", "its", "their"]
)  # fmt: skip
SHARE = 0.12
"""Share of English function words from which a text is taken for English prose; news and law have 0.25 and more."""
SHORTEST = 8
"""Words from which a paragraph of Latin letters says what language it is in."""
_NAMES = {
    "ara": "Arabic", "ben": "Bengali", "bul": "Bulgarian", "ces": "Czech", "cmn": "Chinese", "dan": "Danish",
    "deu": "German", "ell": "Greek", "est": "Estonian", "fin": "Finnish", "fra": "French", "heb": "Hebrew",
    "hin": "Hindi", "hun": "Hungarian", "ind": "Indonesian", "ita": "Italian", "jpn": "Japanese", "kor": "Korean",
    "lav": "Latvian", "lit": "Lithuanian", "nld": "Dutch", "nob": "Norwegian", "pes": "Persian", "pol": "Polish",
    "por": "Portuguese", "ron": "Romanian", "rus": "Russian", "spa": "Spanish", "swe": "Swedish", "tha": "Thai",
    "tur": "Turkish", "ukr": "Ukrainian", "urd": "Urdu", "vie": "Vietnamese",
}  # fmt: skip


def is_english(text: str) -> bool:
    """Whether English function words make up the share of the first words that they do in English prose."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    return len(words) < 20 or sum(word in ENGLISH for word in words) / len(words) > SHARE


def foreign(text: str) -> str:
    """The language of a paragraph that is surely not English, in English words ("French"); "" for any other."""
    other_script = not text.isascii() and _is_of_another_script(text)
    if not other_script and not _may_be_foreign(re.findall(r"[^\W\d_]+", text)):
        return ""
    found = detect(text)
    return found or ("another script" if other_script else "")


def _is_of_another_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter > "\u024f" for letter in letters) * 2 > len(letters)


def _may_be_foreign(words: list[str]) -> bool:
    if len(words) < SHORTEST or sum(map(ENGLISH.__contains__, map(str.lower, words))) > SHARE * len(words):
        return False
    # A list of names is in no language.
    return sum(word[0].islower() for word in words) * 2 > len(words)


def without_foreign(text: str) -> tuple[str, dict[str, int]]:
    """The text with its foreign paragraphs emptied, and how many letters of which language these had."""
    lost: dict[str, int] = {}
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if language := foreign(line):
            lost[language] = lost.get(language, 0) + sum(letter.isalpha() for letter in line)
            lines[at] = ""
    return "\n".join(lines), lost


def detect(text: str) -> str:
    """The language of a text, in English words, "" where it is English or cannot be told."""
    import kreuzberg

    found = kreuzberg.extract_bytes_sync(text[:20_000].encode(), "text/plain", config=_detection()).detected_languages
    code = found[0] if found else "eng"
    return "" if code == "eng" else _NAMES.get(code, "another language")


@cache
def _detection() -> Any:
    import kreuzberg

    # Below this confidence, short English lines are taken for their neighbours among languages.
    sure = kreuzberg.LanguageDetectionConfig(enabled=True, min_confidence=0.8)
    return kreuzberg.ExtractionConfig(use_cache=False, language_detection=sure)
