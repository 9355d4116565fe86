"""The query page of the endpoint: an editor, the stored queries as examples, and the answer as a table."""

from __future__ import annotations

from pathlib import Path

from graph import query
from graph.pages.rendering import environment, inline
from graph.pages.site import SECTIONS
from graph.vocabulary import PREFIXES

FIRST = """# Who signed what. Ctrl+Enter runs the query.
SELECT ?who ?signed ?document ?sentence {
  ?statement a pol:Statement ; rdf:subject/skos:prefLabel ?who ; rdf:predicate pol:signed ;
      rdf:object/skos:prefLabel ?signed ; pol:status pol:Asserted ; pol:evidence ?passage .
  ?passage pol:text ?sentence ; dcterms:isPartOf/dcterms:identifier ?document .
}
ORDER BY ?signed ?who
LIMIT 100
"""


def console_html(out: Path) -> str:
    """The page, which works without a network: everything but the answers is in it.

    out   the build, to whose site the navigation leads
    """
    env = environment()
    pages = [(section.name, section.label) for section in SECTIONS]
    env.globals["navigation"] = [each for each in pages if (out / "site" / f"{each[0]}.html").is_file()]
    shared = inline(["site.css", "console.css"], ["editor.js", "console.js"])
    shared["policy"] += "; connect-src 'self'"
    examples = [
        {"name": each.name, "title": each.title, "description": each.description, "text": query.example(each)}
        for each in query.stored()
    ]
    data = {"first": FIRST, "prefixes": dict(PREFIXES), "examples": examples}
    return env.get_template("console.html").render(shared, root="/", here="console", examples=examples, data=data)
