"""Classes of words of like use, in three grains, as `extraction.training.clusters` grouped them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = "clusters.txt"
Classes = Mapping[str, tuple[str, str, str]]


@cache
def load(folder: Path) -> Classes:
    """The classes in FILE of a folder."""
    return parse((folder / FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Classes:
    """Lower-case word -> its coarse, middle and fine class; a line holds the first two and all words of the third."""
    classes = {}
    for at, line in enumerate(text.splitlines()):
        coarse, middle, *words = line.split()
        classes.update(dict.fromkeys(words, (coarse, middle, str(at))))
    return classes
