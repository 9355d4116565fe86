"""One page per entity: its names, its facts in order of time with their sentences, and its nearest neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from extraction.facts import Entity
from graph.pages.community_pages import community_address
from graph.pages.ego import ego_drawing
from graph.pages.paging import chunks, numbered, pager
from graph.pages.section import Rendered, Site
from graph.pages.timeline_pages import by_year

FACTS_A_PAGE = 200
DOCUMENTS_SHOWN = 60
# Only identifiers of a form that is known become links; what a document wrote never does.
ADDRESSES = {"wikidata": (r"Q\d+", "https://www.wikidata.org/wiki/{}")}
SCHEMES = {"wikidata": "Wikidata", "iso3166": "ISO 3166", "lei": "LEI", "eli": "ELI", "celex": "CELEX"}


def entity_pages(site: Site) -> Iterator[Rendered]:
    """A page for every entity, and its continuations where it has very many facts."""
    ranked = sorted(
        (key for key in site.standings if site.standings[key].degree),
        key=lambda key: (-site.standings[key].pagerank, key),
    )
    ranks = {key: rank for rank, key in enumerate(ranked, 1)}
    states = {
        value: entity.name
        for entity in reversed(site.catalogue.entities.values())
        for scheme, value in entity.identifiers
        if scheme == "iso3166"
    }
    for key in site.catalogue.entities:
        yield from _dossier(site, key, ranks, states)


def _dossier(site: Site, key: str, ranks: Mapping[str, int], states: Mapping[str, str]) -> Iterator[Rendered]:
    catalogue, entity = site.catalogue, site.catalogue.entities[key]
    facts = catalogue.facts_of.get(key, [])
    years, undated = by_year(facts)
    drawing, more = ego_drawing(catalogue, site.standings, key, site.env)
    community = site.standings[key].community
    pages = chunks([*years, *([(0, undated)] if undated else [])], FACTS_A_PAGE)
    for number, groups in enumerate(pages, 1):
        yield site.render(
            "entity.html",
            numbered(catalogue.pages[key], number),
            "entities",
            ("dossier.css",),
            entity=entity,
            kind=catalogue.kinds[key],
            jurisdiction=_jurisdiction(entity, states),
            focus=fragment("focus" if facts else "node", key),
            years=groups,
            dated=bool(years),
            count=len(facts),
            drawing=drawing,
            more=more,
            standing=site.standings[key],
            community=community_address(community) if community else "",
            rank=ranks.get(key, 0),
            ranked=len(ranks),
            mentioned=sorted(catalogue.mentioned_in.get(key, {}).items(), key=lambda item: (-item[1], item[0])),
            most=DOCUMENTS_SHOWN,
            identifiers=[_identifier(*pair) for pair in entity.identifiers],
            pager=pager(catalogue.pages[key], number, len(pages)),
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
