"""Annotated passages as typed spans: every occurrence of a gold entity's names in its text."""

from __future__ import annotations

import re

TITLE = (
    r"^(?:(?:Vice |Deputy |Prime |Crown |Chief |Foreign )?"
    r"(?:President|Minister|Governor|Gov\.|Prince|King|Queen|Justice|Chairwoman|Chairman|Dr\.?|Professor|Colonel|Dame|"
    r"Sir|General|Secretary|Director|Ambassador|Premier|Chancellor|Commissioner|Senator)) (?=[A-Z])"
)


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
