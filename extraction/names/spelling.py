"""Spellings of a name reduced to what makes two of them the same, and names made fit for identifiers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=200_000)
def key_of(name: str) -> str:
    """The form in which spellings are compared: case, accents, hyphens, quotes, article and possessive folded."""
    text = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"'s\b", "", text)
    text = re.sub(r"\bu\.\s?(s|k|n)\.?(?=\W|$)", r"u\1", text)
    text = re.sub(r"[^\w+%/]+", " ", text).strip()
    text = re.sub(r"^(?:the|a|an) ", "", text)
    text = re.sub(r"\bcyber (?=(?:security|space|crime|defen[cs]e)\b)", "cyber", text)
    text = (
        text.replace("organisation", "organization")
        .replace("programme", "program")
        .replace("centre", "center")
        .replace("defence", "defense")
    )
    return text


@lru_cache(maxsize=200_000)
def slug(name: str) -> str:
    """A name as the tail of an identifier: lower-case ASCII words joined by hyphens; other scripts by code point."""
    text = unicodedata.normalize("NFKD", name.replace("+", " plus ").replace("&", " and "))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"['’]", "", text)
    ascii_only = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    return ascii_only or "-".join(f"u{ord(c):x}" for c in name)[:60]
