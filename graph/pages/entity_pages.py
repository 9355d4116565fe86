"""One page per entity: its names, its facts in order of time with their sentences, and its nearest neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from extraction.facts import Entity
from graph.pages.ego import MOST, ego_drawing, neighbours
from graph.pages.paging import chunks, count_of, numbered, pager
from graph.pages.section import Rendered, Site
from graph.pages.timeline_pages import by_year

FACTS_A_PAGE = 200
DOCUMENTS_SHOWN = 60
# Only identifiers of a form that is known become links; what a document wrote never does.
ADDRESSES = {"wikidata": (r"Q\d+", "https://www.wikidata.org/wiki/{}")}
SCHEMES = {"wikidata": "Wikidata", "iso3166": "ISO 3166", "lei": "LEI", "eli": "ELI", "celex": "CELEX"}


def entity_pages(site: Site) -> Iterator[Rendered]:
    """A page for every entity, and its continuations where it has very many facts.

    It shows nothing that hangs on facts of which the entity is no part, such as a rank, so that it can be kept.
    """
    states = {
        value: entity.name
        for entity in reversed(site.catalogue.entities.values())
        for scheme, value in entity.identifiers
        if scheme == "iso3166"
    }
    for key in site.catalogue.entities:
        yield from _dossier(site, key, states)


def _dossier(site: Site, key: str, states: Mapping[str, str]) -> Iterator[Rendered]:
    catalogue, entity = site.catalogue, site.catalogue.entities[key]
    facts = catalogue.facts_of.get(key, [])
    ties = neighbours(catalogue, key)
    mentioned = sorted(catalogue.mentioned_in.get(key, {}).items(), key=lambda item: (-item[1], item[0]))
    kind, jurisdiction = catalogue.kinds[key], _jurisdiction(entity, states)
    made_from = (
        entity,
        kind,
        jurisdiction,
        [catalogue.told[fact.number] for fact in facts],
        [(other, catalogue.kinds[other]) for other in list(ties)[:MOST]],
        [(catalogue.title(document), catalogue.document_pages[document], times) for document, times in mentioned],
        site.env.globals["navigation"],
    )
    count = count_of(len(facts), FACTS_A_PAGE)
    addresses = {number: numbered(catalogue.pages[key], number) for number in range(1, count + 1)}
    wanted = {number: page for number, page in addresses.items() if not site.folder.keep(page, count, *made_from)}
    if not wanted:
        return
    years, undated = by_year(facts)
    pages = chunks([*years, *([(0, undated)] if undated else [])], FACTS_A_PAGE)
    for number, page in wanted.items():
        yield site.render(
            "entity.html",
            page,
            "entities",
            ("dossier.css",),
            entity=entity,
            kind=kind,
            jurisdiction=jurisdiction,
            focus=fragment("focus" if facts else "node", key),
            node=fragment("node", key),
            years=pages[number - 1],
            dated=bool(years),
            count=len(facts),
            drawing=ego_drawing(catalogue, key, ties, site.env),
            more=max(0, len(ties) - MOST),
            neighbours=len(ties),
            mentioned=mentioned,
            most=DOCUMENTS_SHOWN,
            identifiers=[_identifier(*pair) for pair in entity.identifiers],
            pager=pager(catalogue.pages[key], number, count),
        )


def fragment(name: str, key: str) -> str:
    """The fragment of index.html's address that shows an entity, written as assets/state.js reads it."""
    return f"{name}={quote(key.replace('%', '%25').replace(' ', '%20') if name == 'focus' else key, safe='/')}"


def _identifier(scheme: str, value: str) -> tuple[str, str, str]:
    form, address = ADDRESSES.get(scheme, ("", ""))
    return SCHEMES.get(scheme, scheme), value, address.format(value) if form and re.fullmatch(form, value) else ""


def _jurisdiction(entity: Entity, states: Mapping[str, str]) -> str:
    """The state an entity belongs to, by the name that the corpus gives it, else by its code; "" for a state itself."""
    code = entity.jurisdiction
    return "" if not code or ("iso3166", code) in entity.identifiers else states.get(code, code)
