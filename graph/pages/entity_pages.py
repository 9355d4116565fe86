"""One page per entity: its names, its facts in order of time with their sentences, and its nearest neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from jinja2 import Environment

from extraction.facts import Entity
from graph.analysis import Measures
from graph.pages.catalogue import Catalogue, Fact
from graph.pages.ego import ego_drawing
from graph.pages.rendering import inline

# Only identifiers of a form that is known become links; what a document wrote never does.
ADDRESSES = {"wikidata": (r"Q\d+", "https://www.wikidata.org/wiki/{}")}
SCHEMES = {"wikidata": "Wikidata", "iso3166": "ISO 3166", "lei": "LEI", "eli": "ELI", "celex": "CELEX"}


def entity_pages(
    catalogue: Catalogue, standings: Mapping[str, Measures], env: Environment
) -> Iterator[tuple[str, str]]:
    """(page, HTML) for every entity."""
    template = env.get_template("entity.html")
    shared = inline(["site.css", "dossier.css"]) | {"root": "../", "here": "entities", "site": catalogue}
    ranked = sorted(
        (key for key in standings if standings[key].degree), key=lambda key: (-standings[key].pagerank, key)
    )
    ranks = {key: rank for rank, key in enumerate(ranked, 1)}
    for key, entity in catalogue.entities.items():
        facts = catalogue.facts_of.get(key, [])
        years, undated = by_year(facts)
        drawing, more = ego_drawing(catalogue, standings, key, env)
        yield (
            catalogue.pages[key],
            template.render(
                shared,
                entity=entity,
                kind=catalogue.kinds[key],
                jurisdiction=_jurisdiction(catalogue, entity),
                focus=fragment("focus" if facts else "node", key),
                years=years,
                undated=undated,
                count=len(facts),
                drawing=drawing,
                more=more,
                standing=standings[key],
                rank=ranks.get(key, 0),
                ranked=len(ranks),
                mentioned=sorted(catalogue.mentioned_in.get(key, {}).items(), key=lambda item: (-item[1], item[0])),
                identifiers=[_identifier(*pair) for pair in entity.identifiers],
            ),
        )


def by_year(facts: list[Fact]) -> tuple[list[tuple[int, list[Fact]]], list[Fact]]:
    """Facts in order of time under their years, and those without a date in the order of their documents."""
    years: dict[int, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.date, fact.number)):
        if fact.year is not None:
            years.setdefault(fact.year, []).append(fact)
    return sorted(years.items()), [fact for fact in facts if fact.year is None]


def fragment(name: str, key: str) -> str:
    """The fragment of index.html's address that shows an entity, written as assets/state.js reads it."""
    return f"{name}={quote(key.replace('%', '%25').replace(' ', '%20') if name == 'focus' else key, safe='/')}"


def _identifier(scheme: str, value: str) -> tuple[str, str, str]:
    form, address = ADDRESSES.get(scheme, ("", ""))
    return SCHEMES.get(scheme, scheme), value, address.format(value) if form and re.fullmatch(form, value) else ""


def _jurisdiction(catalogue: Catalogue, entity: Entity) -> str:
    """The state an entity belongs to, by the name that the corpus gives it, else by its code; "" for a state itself."""
    code = ("iso3166", entity.jurisdiction)
    if not entity.jurisdiction or code in entity.identifiers:
        return ""
    return next((other.name for other in catalogue.entities.values() if code in other.identifiers), entity.jurisdiction)
