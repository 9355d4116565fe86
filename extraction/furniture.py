"""Lines of a page that are no part of its text: menus, share buttons, page numbers, copyright lines."""

from __future__ import annotations

import re

_MENU = re.compile(r"\s*[^|.\n]{0,40}(?:\|[^|.\n]{0,40}){1,12}\|?\s*")
_WORDS = frozenset(
    [
        "home",
        "about",
        "contact",
        "search",
        "login",
        "register",
        "subscribe",
        "newsletter",
        "share",
        "print",
        "email",
        "bookshop",
        "donate",
        "radio",
        "app",
        "menu",
        "sitemap",
        "facebook",
        "twitter",
        "linkedin",
        "whatsapp",
        "weibo",
        "wechat",
        "rss",
        "privacy",
        "cookies",
        "terms",
        "next",
        "previous",
        "back",
        "top",
        "english",
        "français",
        "español",
        "中文",
        "العربية",
        "русский",
    ]
)
_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*", re.IGNORECASE)
_RIGHTS = re.compile(r"\s*(?:©|copyright\b|all rights reserved|in accordance with title 17).*", re.IGNORECASE)


def without_furniture(text: str) -> str:
    """The text with furniture lines emptied; their line ends stay."""
    return "\n".join("" if is_furniture(line) else line for line in text.split("\n"))


def is_furniture(line: str) -> bool:
    """Whether a line is a menu ("App | 中文 |"), a page number or a copyright notice."""
    words = re.findall(r"\w+", line.lower())
    if not words:
        return False
    if _NUMBER.fullmatch(line) and not re.fullmatch(r"\s*(?:19|20)\d\d\s*", line):
        return True
    if _RIGHTS.fullmatch(line):
        return True
    known = sum(word in _WORDS for word in words)
    return (known >= 2 and known * 2 >= len(words)) or (bool(_MENU.fullmatch(line)) and known >= 1 and len(words) <= 8)
