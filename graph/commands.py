"""The commands that ask a built graph: query, find, show, path, compare, validate, export.

Each prints its answer on stdout. What finds the answer is imported when the command runs, so that `--help` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import BadParameter
from graph.progress import working
from graph.remote import place

commands = typer.Typer()
Build = Annotated[Path, typer.Argument(metavar="OUT", help="Folder that `policygraph build` made.")]
Out = Annotated[
    Path,
    typer.Argument(metavar="OUT", parser=place, help="Folder that `policygraph build` made, or a SPARQL endpoint."),
]
Name = Annotated[str, typer.Argument(help="Any name of the entity, or its id.")]


@commands.command()
def query(
    out: Out,
    query: Annotated[str, typer.Argument(help="Name of a stored query, a .rq file, or SPARQL text.")] = "",
    format: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json or xml; turtle for CONSTRUCT.")
    ] = "table",
    parameters: Annotated[list[str], typer.Option("--param", "-p", metavar="NAME=VALUE")] = [],  # noqa: B006
    inferred: Annotated[bool, typer.Option("--inferred", help="Also ask what follows by the ontology.")] = False,
    list_queries: Annotated[bool, typer.Option("--list", help="List the stored queries.")] = False,
) -> None:
    """Ask the graph in SPARQL, or with a stored query."""
    from graph import query as queries

    if list_queries:
        print(queries.listing())
        return
    if not query:
        raise BadParameter("Give the name of a stored query, a .rq file or SPARQL text; --list shows the stored ones.")
    given = dict(_pair(parameter) for parameter in parameters)
    with working("Asking"):
        answer = queries.run(out, query, format=format, parameters=given, inferred=inferred)
    print(answer)


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise BadParameter(f"A parameter is given as NAME=VALUE, not as {parameter!r}.")
    return name.strip(), value.strip()


@commands.command()
def find(
    out: Out,
    text: Annotated[str, typer.Argument(help="A name, whole or in part.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
) -> None:
    """Find entities by any of their names."""
    from graph import find

    print(find.render(find.find(out, text, limit), text))


@commands.command()
def show(out: Out, entity: Name) -> None:
    """Show an entity's facts, each with its sentence."""
    from graph import dossier

    print(dossier.render(dossier.show(out, entity)))


@commands.command()
def path(
    out: Out,
    a: Name,
    b: Name,
    limit: Annotated[int, typer.Option(min=1, help="How many ways to show.")] = 3,
) -> None:
    """Show how two entities are connected, sentence by sentence."""
    from graph import path

    print(path.render(path.paths(out, a, b, limit)))


@commands.command()
def compare(
    out: Out,
    a: Annotated[str, typer.Argument(help="Id of a document, a publisher, or years: 2015 or 2015-2019.")],
    b: Annotated[str, typer.Argument(help="Another one; years are compared with years.")],
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with it, and print where.")] = None,
) -> None:
    """Compare two documents, publishers or periods: what both have, only one has, tells otherwise, or stresses."""
    from graph import compare, compare_text

    with working("Comparing"):
        found = compare.compare(out, a, b)
    if html:
        from graph.pages import compare_page

        compare_page.write(out, a, b, html)
        print(html)
    else:
        print(compare_text.render(found))


@commands.command()
def review(
    out: Build,
    decisions: Annotated[
        Path | None, typer.Option(help="File to write; by default the one that the build looked for.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides; stands with each decision.")] = "",
    below: Annotated[float, typer.Option(min=0, max=1, help="Ask for statements of less confidence.")] = 0.5,
) -> None:
    """Decide on doubtful merges and statements, key by key; later builds honour what was decided."""
    from graph import review
    from graph.claims import counted
    from graph.keyboard import Keyboard

    path, count = review.review(out, decisions, by, Keyboard(), print, below)
    if count:
        print(f"\n{counted(count, 'decision')} in {path} more; the next build that reads it honours them.")


@commands.command()
def validate(out: Out) -> None:
    """Check the graph against the ontology and the SHACL shapes."""
    from graph import validation

    with working("Checking"):
        violations = validation.validate(out)
    print(validation.render(violations))
    if violations:
        raise typer.Exit(1)


@commands.command()
def export(
    out: Out,
    format: Annotated[
        str, typer.Option("--format", "-f", help="ttl, trig, nq, jsonld, graphml, gexf, csv or parquet.")
    ],
    to: Annotated[Path | None, typer.Option(help="File to write (a folder for csv and parquet).")] = None,
) -> None:
    """Write the graph in another format, and print where it is."""
    from graph import export

    name = out.resolve().name if isinstance(out, Path) else "graph"
    target = to or Path(f"{name}.{format}")
    with working("Writing"):
        export.export(out, format, target)
    print(target)


@commands.command()
def serve(
    out: Build,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets in the whole network.")] = "127.0.0.1",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="MB that an answer may have.")] = 32,
    memory: Annotated[int, typer.Option(min=64, help="MB of memory that a query may take.")] = 2048,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Queries that run at once; by default one per core.")
    ] = None,
    origin: Annotated[
        list[str], typer.Option(metavar="URL", help="A site whose scripts may read answers; '*' lets all of them.")
    ] = [],  # noqa: B006
) -> None:
    """Serve a SPARQL endpoint, a query page and the site, on this machine only."""
    from graph.endpoint.serving import serve
    from graph.endpoint.workers import Limits

    def started(site: str, endpoint: str) -> None:
        print(f"Site {site}\nSPARQL {endpoint} (in a browser: the query page)\nCtrl+C stops it.", flush=True)

    limits = Limits(timeout, limit, memory) if workers is None else Limits(timeout, limit, memory, workers)
    serve(out, host, port, limits, tuple(origin), started)


@commands.command()
def push(
    out: Build,
    endpoint: Annotated[str, typer.Argument(help="Address of the store's SPARQL endpoint.")],
    update: Annotated[str, typer.Option(metavar="URL", help="Where it takes updates, if not there.")] = "",
    user: Annotated[str, typer.Option(help="Who may write; the password is POLICYGRAPH_PASSWORD.")] = "",
) -> None:
    """Bring the graph into another SPARQL 1.1 store, only what has changed there."""
    from dataclasses import replace

    from graph.push import push
    from graph.remote import Endpoint

    to = place(endpoint)
    if not isinstance(to, Endpoint):
        raise BadParameter(f"{endpoint} is no address of an endpoint; it starts with http:// or https://.")
    with working("Sending"):
        pushed = push(out, replace(to, user=user) if user else to, update)
    print(f"{to}: {pushed.sent} graphs sent, {pushed.kept} there already, {pushed.removed} removed")
