"""Lines of a page that are no part of its text: menus, share buttons, page numbers, copyright and source lines."""

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
# Whence a text comes, who put it on the page and when is metadata: it states nothing.
_ORIGIN = re.compile(
    r"\s*(?:sources?|published by|publisher|issued by|(?:last )?(?:updated|modified|published|posted)(?: on)?|editors?|"
    r"photo|tags?|keywords|related(?: articles| links)?|read more|see also|share this(?: page| article)?|filed under)"
    r"(?::| on\b|(?<=published) by\b).{0,120}|\s*published by .{0,100}|\s*skip to (?:main )?content.*",
    re.IGNORECASE,
)


def without_furniture(text: str, publisher: str = "") -> str:
    """The text with furniture lines, and those that only name its publisher, emptied; their line ends stay."""
    name = publisher.casefold() or None
    return "\n".join("" if is_furniture(line) or line.strip().casefold() == name else line for line in text.split("\n"))


def is_furniture(line: str) -> bool:
    """Whether a line is a menu ("App | 中文 |"), a page number, a copyright notice or says where a text is from."""
    words = re.findall(r"\w+", line.lower())
    if not words:
        return False
    if _NUMBER.fullmatch(line) and not re.fullmatch(r"\s*(?:19|20)\d\d\s*", line):
        return True
    if _RIGHTS.fullmatch(line) or (len(line) < 140 and _ORIGIN.fullmatch(line)):
        return True
    known = sum(word in _WORDS for word in words)
    return (known >= 2 and known * 2 >= len(words)) or (bool(_MENU.fullmatch(line)) and known >= 1 and len(words) <= 8)
