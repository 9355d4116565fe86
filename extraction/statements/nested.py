"""Names inside names: the parties of an agreement, the series of an edition, the place of a law, a group's owner."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extraction.facts import Entity
from extraction.statements.parsing import Surface, coarse

HOLDERS = frozenset(("Country", "InternationalOrganization", "Place"))
BODIES = frozenset(("GovernmentBody", "InternationalOrganization", "Organization"))
STANDING_GROUP = re.compile(
    r"\b(?:Working|Expert|Steering|Task|Leading|Advisory|Coordination|Intergovernmental)\b.*\b(?:Group|Force|Committee|Experts)\b"
)
MEANT_FOR = re.compile(r"\b(?:for|in)(?: the)? $")
HYPHENS = ("-", "–", "‑")


def names_in_names(doc: Doc, entities: dict[str, Entity]) -> dict[int, list[tuple[str, str]]]:
    """Token -> the parties, places and series of the document whose names stand inside that name."""
    surface: Surface = doc.user_data["surface"]
    kinds = dict(surface.named.values())
    owned = {
        form: (key, kinds.get(key, coarse(entity.type)))
        for key, entity in entities.items()
        if kinds.get(key, coarse(entity.type)) != "Person"
        for form in (entity.name, *entity.aliases)
        if len(form) > 1
    }
    owners = dict(sorted(owned.items(), key=lambda owner: (-len(owner[0]), owner[0])))
    holders = [form for form, (_, kind) in owners.items() if kind in HOLDERS]
    longest_first = sorted(holders or ["\0"], key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    found: dict[int, list[tuple[str, str]]] = {}
    for index, (entity, kind) in surface.named.items():
        start, end = surface.offsets[index]
        name = surface.text[start:end]
        if kind == "Forum" and (series := _series(name, entity, owners)):
            found[index] = [series]
        if kind in ("Forum", "Agreement"):
            name = _before_subject(name, pattern)
        matches = [match for match in pattern.finditer(name) if owners[match[0]][0] != entity]
        inside = [owners[match[0]] for match in matches]
        parties = [pair for pair in dict.fromkeys(inside) if pair[1] in ("Country", "InternationalOrganization")]
        joined = any(
            name[match.end() : match.end() + 1] in HYPHENS or name[match.start() - 1 : match.start()] in HYPHENS
            for match in matches
        )
        if kind in ("Forum", "Agreement") and (len(parties) > 1 or (parties and joined)):
            found[index] = found.get(index, []) + parties
        elif kind in BODIES and entity not in {key for key, _ in inside}:
            found[index] = [pair for pair in dict.fromkeys(_holding(name, entity, owners)) if pair[1] in BODIES][:1]
        elif kind in ("Law", "Initiative"):
            meant = [owners[match[0]] for match in matches if kind == "Law" or MEANT_FOR.search(name[: match.start()])]
            found[index] = [pair for pair in dict.fromkeys(meant) if pair[1] == "Place" or kind == "Initiative"]
    return {index: inside for index, inside in found.items() if inside}


def _before_subject(name: str, holder: re.Pattern[str]) -> str:
    """The name up to its subject, and the two with which that begins ("Symposium on A-B Trade")."""
    before, *subject = re.split(r" (?:on|for) (?:the )?", name, maxsplit=1)
    first = holder.match(subject[0]) if subject else None
    if first and subject[0][first.end() : first.end() + 1] in HYPHENS:
        second = holder.match(subject[0], first.end() + 1)
        return f"{before} {subject[0][: second.end()]}" if second else before
    return before


def standing_groups(doc: Doc, entities: dict[str, Entity]) -> dict[int, tuple[str, str]]:
    """Token -> the organisation whose name opens that of its working group ("X Steering Group")."""
    surface: Surface = doc.user_data["surface"]
    keepers = {
        form: key
        for key, entity in sorted(entities.items())
        if coarse(entity.type) == "InternationalOrganization"
        for form in (entity.name, *entity.aliases)
    }
    found = {}
    for index, (entity, kind) in surface.named.items():
        name = surface.text[slice(*surface.offsets[index])]
        if kind == "Forum" and STANDING_GROUP.search(name):
            opening = [form for form in keepers if name.startswith(form + " ") and keepers[form] != entity]
            if opening:
                found[index] = (keepers[max(opening, key=len)], "InternationalOrganization")
    return found


def _holding(name: str, entity: str, owners: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """The bodies whose names open or close a body's name: "Council X of the Y", "Y Coordination Office"."""
    found = []
    for form, pair in owners.items():
        if pair[0] == entity or len(form) >= len(name):
            continue
        if (
            name.startswith(form + " ")
            or name.startswith((form + "'s ", form + "’s "))
            or name.endswith((" of the " + form, " of " + form))
        ):
            found.append(pair)
    return found


def _series(name: str, entity: str, owners: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The series of which a meeting's name makes it an edition: "the Third X Forum" of the X Forum."""
    for form, (key, kind) in owners.items():
        if (
            kind == "Forum"
            and key != entity
            and len(form) < len(name)
            and form in name
            and re.search(rf"(?<![\w-]){re.escape(form)}(?!\w|-\w)", name)
        ):
            return key, kind
    return None
