"""What the documentation says of the vocabulary and the command line, made from these themselves when it is built."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the lists where a page asks for them."""
    if "<!-- classes -->" in markdown:
        markdown = markdown.replace("<!-- classes -->", "\n".join(classes()))
        markdown = markdown.replace("<!-- relations -->", "\n".join(relations()))
        markdown = markdown.replace("<!-- queries -->", "\n".join(queries()))
    if "<!-- CONTRIBUTING.md -->" in markdown:
        markdown = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    if "<!-- commands -->" in markdown:
        markdown = markdown.replace("<!-- commands -->", "\n".join(commands()))
    return markdown


def classes() -> Iterator[str]:
    """A table row for each class, with the class that it belongs to."""
    yield from ("| class | below | meaning |", "|---|---|---|")
    for name, label, parents, definition in _terms("owl:Class", "rdfs:subClassOf"):
        yield f"| `pol:{name}` ({label}) | {parents} | {definition} |"


def relations() -> Iterator[str]:
    """A table row for each relation, with what it leads from and to."""
    yield from ("| relation | from | to | meaning |", "|---|---|---|---|")
    ranges = {name: parents for name, _, parents, _ in _terms("owl:ObjectProperty", "rdfs:range")}
    for name, label, parents, definition in _terms("owl:ObjectProperty", "rdfs:domain"):
        yield f"| `pol:{name}` ({label}) | {parents} | {ranges.get(name, '')} | {definition} |"


def queries() -> Iterator[str]:
    """A list item for each stored query."""
    from graph.query import stored

    for query in stored():
        given = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
        yield f"- `{query.name}`: {query.description}{f' Parameters: {given}.' if given else ''}"


def commands() -> Iterator[str]:
    """A section for each command: what it does, its arguments and options."""
    import typer

    import policygraph

    def section(command: Any, name: str) -> Iterator[str]:
        subcommands = getattr(command, "commands", {})
        for word, sub in subcommands.items():
            yield from section(sub, f"{name} {word}")
        if subcommands:
            return
        yield from ("", f"## {name}", "", (command.help or "").strip(), "", "| | |", "|---|---|")
        for parameter in command.params:
            shown = ", ".join(f"`{option}`" for option in parameter.opts)
            if parameter.param_type_name == "argument":
                shown = f"`{parameter.metavar or parameter.name.upper()}`"
            yield f"| {shown} | {getattr(parameter, 'help', '') or ''} |"

    yield from section(typer.main.get_command(policygraph.app), "policygraph")


def _terms(kind: str, relation: str) -> list[tuple[str, str, str, str]]:
    """(name, label, other ends of a relation, definition) of our own terms of a kind, in the order of the file."""
    import pyoxigraph as ox

    from graph.vocabulary import POL, PREFIXES

    text = (Path(__file__).parent.parent / "ontology.ttl").read_text(encoding="utf-8")
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        f"""SELECT ?term ?label ?definition (GROUP_CONCAT(DISTINCT ?local; separator=", ") AS ?others) {{
              ?term a {kind} ; rdfs:label ?label .
              OPTIONAL {{ ?term skos:definition ?definition FILTER(LANG(?definition) = "en") }}
              OPTIONAL {{ ?term {relation}/(owl:unionOf/rdf:rest*/rdf:first)? ?other
                         FILTER(STRSTARTS(STR(?other), "{POL.iri}"))
                         BIND(STRAFTER(STR(?other), "#") AS ?local) }}
              FILTER(STRSTARTS(STR(?term), "{POL.iri}") && LANG(?label) = "en")
            }} GROUP BY ?term ?label ?definition""",
        prefixes=dict(PREFIXES),
    )
    found = [
        (row["term"].value.removeprefix(POL.iri), row["label"].value,
         *(row[name].value if row[name] else "" for name in ("others", "definition")))
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda term: text.find(f"\npol:{term[0]} "))
