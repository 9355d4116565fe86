"""Which state the laws, bodies and programmes of a document belong to: by the registry, their names, what is said of
them, and, for what every state has, the state that the document is about or that published it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from extraction.domain import registry
from extraction.facts import DocumentFacts, Entity
from extraction.resolution.canonical import Canon

_OWNERS = {
    "enacted": ("subject", "object"),
    "partOf": ("object", "subject"),
    "established": ("subject", "object"),
    "initiated": ("subject", "object"),
}
_OF_NO_STATE = frozenset({"InternationalOrganization", "Agreement", "Forum", "Person"})


def states(
    found: DocumentFacts, known: registry.Registry, canon: Canon, coarse: Callable[[str], str]
) -> dict[str, str]:
    """ISO codes of states by entity id, for the entities of a document of which one can be told.

    coarse  the one of the ten classes that a class of the ontology belongs to
    """
    by_id = {entity.id: entity for entity in found.entities}
    codes = {entity.id: entity.jurisdiction for entity in found.entities if entity.jurisdiction}
    for entity in found.entities:
        if entity.id not in codes and (code := _named_state(entity, known)):
            codes[entity.id] = code
    for _ in range(2):
        _hand_down(found, codes, by_id, coarse)
    if home := _home(found, codes, known):
        for entity in found.entities:
            kind = coarse(entity.type)
            national = canon.is_national(canon.form(entity.name, kind), kind)
            if entity.id not in codes and national and not _of_an_organisation(entity, known):
                codes[entity.id] = home
    return codes


def _hand_down(
    found: DocumentFacts, codes: dict[str, str], by_id: Mapping[str, Entity], coarse: Callable[[str], str]
) -> None:
    """What a state's body enacted, set up or started, and what is part of it, is that state's."""
    for statement in found.statements:
        owner, owned = _OWNERS.get(statement.predicate, ("", ""))
        if owner and statement.status != "negated":
            of, what = getattr(statement, owner), getattr(statement, owned)
            if what not in codes and codes.get(of) and coarse(by_id[what].type) not in _OF_NO_STATE:
                codes[what] = codes[of]


def _named_state(entity: Entity, known: registry.Registry) -> str:
    return next((code for name in (entity.name, *entity.aliases) if (code := _state_in(name, known))), "")


def _state_in(text: str, known: registry.Registry) -> str:
    """The state that a text names or that a place in it lies in; "" where it names none."""
    for words in re.findall(r"[A-Z][\w'’.-]*(?:(?: of| and| the)* [A-Z][\w'’.-]*)*", text):
        for bearer in (
            *known.by_name(words),
            *known.by_name(re.sub(r"^.* of (?:the )?", "", words)),
            *known.by_adjective(words.split()[0]),
        ):
            if bearer.entity.type in {"Country", "Place"} and bearer.entity.jurisdiction:
                return bearer.entity.jurisdiction
    return ""


def _of_an_organisation(entity: Entity, known: registry.Registry) -> bool:
    """Whether a name tells that the body is one of an international organisation ("UN Board of Auditors")."""
    first = re.split(r"['’]s |\s", entity.name, maxsplit=1)[0]
    return any(bearer.entity.type == "InternationalOrganization" for bearer in known.by_name(first))


def _home(found: DocumentFacts, codes: Mapping[str, str], known: registry.Registry) -> str:
    """The state that a document is said to be from, or is about by naming it far more often than any other; else that
    of its publisher."""
    if found.document.jurisdiction:
        return found.document.jurisdiction
    counts: Counter[str] = Counter()
    for mention in found.mentions:
        # Of international organisations only the European Union, which has laws, has a code.
        if mention.type in {"Country", "InternationalOrganization"} and (code := codes.get(mention.entity)):
            counts[code] += 1
    ranked = counts.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return ranked[0][0]
    return _publisher_state(found.document.publisher, known)


def _publisher_state(publisher: str, known: registry.Registry) -> str:
    bearers = [bearer.entity.jurisdiction for bearer in known.by_name(publisher)]
    return bearers[0] if len(bearers) == 1 else _state_in(publisher, known)
