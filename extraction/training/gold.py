"""Annotated passages in the gold format, and as typed spans: every occurrence of an entity's names in its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TITLE = (
    r"^(?:(?:Vice |Deputy |Prime |Crown |Chief |Foreign )?"
    r"(?:President|Minister|Governor|Gov\.|Prince|King|Queen|Justice|Chairwoman|Chairman|Dr\.?|Professor|Colonel|Dame|"
    r"Sir|General|Secretary|Director|Ambassador|Premier|Chancellor|Commissioner|Senator)) (?=[A-Z])"
)


def annotated(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Text and annotation of each passage of a folder with `text/ID.txt` and `gold/ID.json`, sorted by id.

    Names in capitals count too: they stand among the aliases, as the name itself does.
    """
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for entity in gold["entities"]:
            names = {entity["name"], *entity.get("aliases", [])}
            entity["aliases"] = sorted(names | {name.upper() for name in names if len(name) > 4})
        yield (folder / "text" / f"{path.stem}.txt").read_text(encoding="utf-8"), gold


def bare(name: str, kind: str, states: frozenset[str]) -> str:
    """A name without article and possessing state, a person's without title: the form in which it is looked for."""
    name = re.sub(r"^[Tt]he ", "", name)
    owner = re.match(r"(.+?)['’]s (?=[A-Z])", name)
    if owner and owner[1] in states:
        name = name[owner.end() :]
    return re.sub(TITLE, "", name) if kind == "Person" else name


def occurrences(text: str, entities: list[dict[str, object]]) -> list[tuple[int, int, str, str]]:
    """All places where a name or alias of an entity stands as whole words, longer names first."""
    states = frozenset(str(e["name"]) for e in entities if e["type"] == "Country")
    names = sorted(
        {
            (bare(str(name), str(e["type"]), states), str(e["type"]), str(e["id"]))
            for e in entities
            for name in [e["name"], *e.get("aliases", [])]  # type: ignore[misc]
        },
        key=lambda item: (-len(item[0]), item),
    )
    taken = bytearray(len(text))
    found = []
    for name, kind, entity in names:
        pattern = r"(?<!\w)" + re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+") + r"(?!\w)"
        for match in re.finditer(pattern, text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append((match.start(), match.end(), kind, entity))
    return sorted(found)
