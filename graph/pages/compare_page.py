"""compare.html: any two documents, publishers or periods side by side, in the site or as a file of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph import folder, records
from graph.compare import DISTINCT
from graph.material import Material
from graph.pages import stored, theme
from graph.pages.catalogue import Catalogue, page_names
from graph.pages.paging import place
from graph.pages.rendering import environment, inline
from graph.pages.section import Rendered, Site
from graph.remote import Endpoint
from graph.sides import side

STYLES = ("site.css", "dossier.css", "listing.css", "compare.css")
SCRIPTS = ("dom.js", "sides.js", "compare.js")


def compare_page(site: Site) -> Iterator[Rendered]:
    """The page of a site: a reader chooses what to compare."""
    assets = (*STYLES[1:], *SCRIPTS)
    chosen = _first_choice(site.catalogue)
    yield site.render("compare.html", "compare.html", "compare", assets, comparison=_data(site.catalogue, chosen))


def several_documents(site: Site) -> bool:
    """Whether there is anything to compare."""
    return len(site.catalogue.documents) > 1


def write(out: Path | Endpoint, a: str, b: str, target: Path) -> None:
    """Write the comparison of two sides as a page that stands alone; its links lead into OUT/site/, where that is.

    Names are those that `graph.sides.side` knows. Raises UnwritableFolder where the file cannot be written.
    """
    m = Material.read(out)
    sides = [side(name, m.sources, m.facts, m.mentions) for name in (a, b)]
    wanted = {fact.id for it in sides for fact in it.facts}
    documents = {key for it in sides for key in it.documents}
    catalogue = stored.catalogue(m.nodes, [fact for fact in m.facts if fact.id in wanted], m.sources)
    catalogue = replace(
        catalogue,
        documents={key: catalogue.documents[key] for key in sorted(documents & catalogue.documents.keys())},
        mentioned_in=_mentions(m.mentions, documents),
    )
    root = ""
    if isinstance(out, Path) and (out / "site").is_dir():
        root = f"{Path(os.path.relpath(out.resolve() / 'site', target.resolve().parent)).as_posix()}/"
        catalogue = _linked(catalogue, m)
    chosen = [_choice(it.name, it.period, it.documents, m.sources) for it in sides]
    env = environment()
    env.globals["navigation"] = [("index", "Network"), ("compare", "Compare")] if root else []
    page = env.get_template("compare.html").render(
        inline(STYLES, SCRIPTS), root=root, here="compare", comparison=_data(catalogue, chosen) | {"root": root}
    )
    with folder.written(target) as fresh:
        fresh.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _linked(catalogue: Catalogue, m: Material) -> Catalogue:
    """With the pages of a site that holds all of the material."""
    pages = page_names("document", m.sources)
    return replace(
        catalogue,
        facts=[replace(fact, anchor=place(pages[fact.document], fact.start)) for fact in catalogue.facts],
        pages=page_names("entity", m.nodes),
        document_pages=pages,
    )


def _data(catalogue: Catalogue, chosen: Sequence[str]) -> dict[str, Any]:
    """What the page's script reads: entities and documents by number, facts as lists."""
    documents = {key: number for number, key in enumerate(catalogue.documents)}
    used = {end for fact in catalogue.facts for end in (fact.subject, fact.object)} | catalogue.mentioned_in.keys()
    entities = {key: number for number, key in enumerate(sorted(used))}
    return {
        "root": "",
        "distinct": DISTINCT,
        "chosen": list(chosen),
        "kinds": theme.theme()["kinds"],
        "predicates": {
            name: {"label": theme.predicate_label(name), "family": theme.family(name)}
            for name in sorted({fact.predicate for fact in catalogue.facts})
        },
        "statuses": {name: entry["label"] for name, entry in theme.theme()["statuses"].items()},
        "documents": [
            {
                "id": key,
                "title": catalogue.title(key),
                "publisher": catalogue.documents[key].document.publisher,
                "page": catalogue.document_pages[key],
            }
            for key in documents
        ],
        "entities": [
            {
                "name": catalogue.entities[key].name,
                "kind": catalogue.kinds[key],
                "page": catalogue.pages[key],
                "named": {
                    documents[name]: times
                    for name, times in sorted(catalogue.mentioned_in.get(key, {}).items())
                    if name in documents
                },
            }
            for key in entities
        ],
        "facts": [
            [
                entities[fact.subject], fact.predicate, entities[fact.object], fact.status, fact.date,
                documents[fact.document], fact.confidence, fact.anchor, fact.sentence,
            ]
            for fact in catalogue.facts
        ],
    }  # fmt: skip


def _first_choice(catalogue: Catalogue) -> list[str]:
    """The two publishers with most documents, or else the two documents with most statements."""
    publishers = Counter(part.document.publisher for part in catalogue.documents.values() if part.document.publisher)
    if len(publishers) > 1:
        ranked = sorted(publishers, key=lambda name: (-publishers[name], name))
        return [f"publisher:{name}" for name in ranked[:2]]
    said = {key: len(catalogue.facts_in.get(key, ())) for key in catalogue.documents}
    return [f"document:{key}" for key in sorted(said, key=lambda key: (-said[key], key))[:2]]


def _choice(
    name: str, period: tuple[int, int] | None, documents: tuple[str, ...], sources: Mapping[str, records.Source]
) -> str:
    if period:
        return f"period:{period[0]}-{period[1]}"
    if len(documents) == 1:
        return f"document:{documents[0]}"
    return f"publisher:{sources[documents[0]].publisher}"


def _mentions(mentions: Sequence[records.Mention], documents: set[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for mention in mentions:
        if mention.document in documents:
            counts = found.setdefault(mention.entity, {})
            counts[mention.document] = counts.get(mention.document, 0) + 1
    return found
