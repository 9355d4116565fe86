"""The two long lists, entities and documents: tables that a script fills, so that they hold any number of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.pages import theme
from graph.pages.section import Rendered, Site

ASSETS = ("listing.css", "dom.js", "listing.js")


def entities_page(site: Site) -> Iterator[Rendered]:
    """entities.html: all of them, the best connected first."""
    corpus = site.catalogue
    ordered = sorted(
        corpus.entities,
        key=lambda key: (-site.standings[key].pagerank, corpus.entities[key].name.casefold(), key),
    )
    rows = []
    for key in ordered:
        entity, standing = corpus.entities[key], site.standings[key]
        cells = [
            entity.name,
            theme.type_label(entity.type),
            " · ".join(entity.aliases[:4]),
            standing.degree,
            len(corpus.facts_of.get(key, [])),
            len(corpus.mentioned_in.get(key, {})),
        ]
        row = {"page": corpus.pages[key], "kind": corpus.kinds[key], "group": standing.community, "cells": cells}
        rows.append(row | {"names": [*entity.aliases[4:], *(name for _, name in entity.labels)]})
    counts = Counter(corpus.kinds.values())
    yield site.render(
        "listing.html",
        "entities.html",
        "entities",
        ASSETS,
        heading="Entities",
        lead=f"{len(rows):,} names that the documents speak of, the best connected first.",
        listing={
            "what": "name",
            "columns": ["Name", "Kind", "Also called", "Neighbours", "Facts", "Documents"],
            "wide": [1, 2, 5],
            "kinds": theme.theme()["kinds"],
            "rows": rows,
        },
        kinds=[(kind, counts[kind]) for kind in theme.theme()["kinds"] if counts[kind]],
    )


def documents_page(site: Site) -> Iterator[Rendered]:
    """documents.html: every text that was read, in the order of their file names."""
    corpus = site.catalogue
    rows = []
    for key, part in corpus.documents.items():
        document = part.document
        cells = [
            corpus.title(key),
            document.publisher,
            document.date,
            len(document.text.split()),
            len({mention.entity for mention in part.mentions if mention.entity in corpus.entities}),
            len(corpus.facts_in.get(key, [])),
        ]
        rows.append({"page": corpus.document_pages[key], "note": key if document.title else "", "cells": cells})
    read = "text was" if len(rows) == 1 else "texts were"
    yield site.render(
        "listing.html",
        "documents.html",
        "documents",
        ASSETS,
        heading="Documents",
        lead=f"{len(rows):,} {read} read; every fact leads back to its sentence in one of them.",
        listing={
            "what": "document",
            "columns": ["Title", "Publisher", "Date", "Words", "Names", "Facts"],
            "wide": [1, 3, 4],
            "kinds": {},
            "rows": rows,
        },
        kinds=[],
    )
