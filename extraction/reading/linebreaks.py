"""The line ends that a page's width made, and the words that they broke, taken out again."""

from __future__ import annotations

import re
from itertools import pairwise

WIDEST = 130
_SOFT = re.compile(r"[^\s.:;!?,] $")
_TITLE = re.compile(r"[A-Z][\w’'-]*(?: [\w’'-]+){0,7}\s*$")
# With one of these no heading ends: the next line goes on with it.
_DANGLING = re.compile(r"\b(?:a|an|the|of|and|or|with|in|on|for|to|by|from|between)$")
_HYPHENATED = re.compile(r"\b([^\W\d_]+)-[ \t]*\n[ \t]*([a-z][^\W\d_]*)")


def mended(text: str) -> str:
    """The text with broken words whole and one line a paragraph."""
    return unwrap(dehyphenate(text))


def dehyphenate(text: str) -> str:
    """Join words that a hyphen breaks at the end of a line; it stays in words that the text writes so elsewhere."""
    written = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", text)) if "-\n" in text or re.search(r"-[ \t]+\n", text) else ()

    def join(match: re.Match[str]) -> str:
        compound = f"{match[1]}-{match[2]}"
        return compound if compound in written else match[1] + match[2]

    return _HYPHENATED.sub(join, text.replace("\u00ad", ""))


def unwrap(text: str) -> str:
    """Join lines that a page's width broke, with one space between them.

    In a text set to a width (most lines nearly as long as the long ones), a line is joined to the next where the next
    one's first word would not have fitted; in any text, where the next one goes on in lower case, or where the line
    ends with an article, a preposition or a conjunction, or with the one space of a break that a page made in a title.
    """
    lines = text.split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    full = sum(length > 0.8 * width for length in lengths)
    wrapped = 40 <= width <= WIDEST and 2 * full > len(lengths)
    out = [lines[0]]
    for line, following in pairwise(lines):
        end, word = line.rstrip(), following.split(" ", 1)[0]
        broken = wrapped and following[:1].strip() and end and len(end) + 1 + len(word) > width - 2
        goes_on = end and end[-1] not in ".:;!?•|" and re.match(r"\s*(?:[a-z]|\([A-Za-z])", following)
        dangling = following[:1].isalpha() and _DANGLING.search(end)
        soft = _SOFT.search(line) and _TITLE.match(following)
        if broken or goes_on or dangling or soft:
            out[-1] = out[-1].rstrip()
            out.append(" " + following.lstrip())
        else:
            out.append("\n" + following)
    return "".join(out)
