"""Questions to a build in SPARQL: free text, a file, or a stored query with named parameters.

A stored query is a .rq file whose first comment lines say what it is for:

    # title: Laws by year
    # description: Which laws were enacted in which year, and by whom.
    # parameter: actor (entity, optional): only laws that this actor enacted

A parameter is the variable of that name. Its kind says how its value is read: `entity` (any name of one), `document`
(an id), `predicate`, `year`, `number` or `text`. An optional one that is not given stays unbound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extraction.errors import UnreadableFile, refusal
from graph.errors import BadFormat, BadParameter, BadQuery, FailedQuery, RefusedQuery, UnknownQuery
from graph.inference import open_inferred
from graph.results import GRAPH_FORMATS, ROW_FORMATS, render
from graph.store import open_store
from graph.vocabulary import POL, PREFIXES, XSD, document_iri, entity_iri, ontology

if TYPE_CHECKING:
    import pyoxigraph as ox

Kind = Literal["entity", "document", "predicate", "year", "number", "text"]

_HEADER = re.compile(r"#\s*(title|description|parameter):\s*(.+)")
_PARAMETER = re.compile(r"(\w+) \((entity|document|predicate|year|number|text)(, optional)?\): (.+)")
_QUOTED = re.compile(
    r"'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|<[^<>\s]*>|#[^\n]*",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w:?$-])SERVICE\b", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w:?$-])FROM\b", re.IGNORECASE)
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_SELECT = re.compile(r"\bSELECT\b([^{}]*)\{", re.IGNORECASE)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

_EXAMPLES: Mapping[Kind, str] = {
    "entity": '?{name} skos:prefLabel "European Union"@en .',
    "document": '?{name} dcterms:identifier "name-of-a-file" .',
    "predicate": "VALUES ?{name} {{ pol:signed }}",
    "year": "VALUES ?{name} {{ 2020 }}",
    "number": "VALUES ?{name} {{ 2 }}",
    "text": 'VALUES ?{name} {{ "a text" }}',
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a stored query that its user gives a value."""

    name: str
    kind: Kind
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A query with a name; `text` is the SPARQL, header included."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


def stored() -> list[StoredQuery]:
    """The queries that come with the program, by name."""
    return [_read(path) for path in sorted((Path(__file__).parent / "queries").glob("*.rq"))]


def listing() -> str:
    """The stored queries and their parameters, for people."""
    lines: list[str] = []
    for each in stored():
        lines.append(f"{each.name}: {each.title}. {each.description}")
        for parameter in each.parameters:
            optional = "" if parameter.required else ", optional"
            lines.append(f"    {parameter.name} ({parameter.kind}{optional}): {parameter.description}")
    return "\n".join(lines)


def run(
    out: Path, query: str, format: str = "table", parameters: Mapping[str, str] | None = None, inferred: bool = False
) -> str:
    """Answer a stored query, a .rq file or SPARQL text over all graphs of a build.

    format       one of ROW_FORMATS for SELECT and ASK, of GRAPH_FORMATS for CONSTRUCT and DESCRIBE
    parameters   values of a stored query's parameters, as the user writes them
    inferred     also over what follows from the graph by its ontology
    """
    known = sorted({*ROW_FORMATS, *GRAPH_FORMATS})
    if format not in known:
        raise BadFormat(format, known)
    asked = find_query(query)
    store = open_inferred(out) if inferred else open_store(out)
    text = bound(asked.text, bindings(out, asked, parameters or {}))
    try:
        return render(answer(store, text), format)
    except (OSError, RuntimeError) as error:
        # Answers are found while they are written out, and so is what goes wrong with them.
        raise FailedQuery(str(error).rstrip(".")) from error


def find_query(query: str) -> StoredQuery:
    """The stored query of that name, the file's, or the text itself as one."""
    by_name = {each.name: each for each in stored()}
    if query in by_name:
        return by_name[query]
    if query.endswith(".rq") and (Path(query).is_file() or query.removesuffix(".rq") not in by_name):
        return _read(Path(query))
    if re.search(r"[\s{]", query):
        return _parse("", query)
    from rapidfuzz import process

    raise UnknownQuery(query, [name for name, *_ in process.extract(query, list(by_name), limit=3, score_cutoff=50)])


def answer(
    store: ox.Store, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Run SPARQL; our prefixes need not be declared.

    The default graph is the union of all graphs, unless the query says FROM or graphs are given; those that are given
    count before those that the query names (SPARQL 1.1 Protocol, section 2.1.4).
    """
    import pyoxigraph as ox

    if not text.strip():
        raise BadQuery("it is empty")
    code = _QUOTED.sub(" ", text)
    if _SERVICE.search(code):
        raise RefusedQuery("SERVICE would ask another server, and this program reads its own graph only")
    options: dict[str, Any] = {"use_default_graph_as_union": not _FROM.search(code)}
    try:
        if default_graphs or named_graphs:
            options = {
                "default_graph": [ox.NamedNode(graph) for graph in default_graphs],
                "named_graphs": [ox.NamedNode(graph) for graph in named_graphs],
            }
        return store.query(text, prefixes=dict(PREFIXES), **options)
    except SyntaxError as error:
        if update := _UPDATE.match(code):
            raise RefusedQuery(f"{update[1].upper()} would change the graph, which can only be read") from error
        raise _explained(error) from error
    except ValueError as error:
        raise BadParameter(f"The name of a graph must be an absolute IRI: {error}.") from error


def bound(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with each variable in `values` bound, by inline data in every SELECT that speaks of it.

    Oxigraph substitutes only variables that the query projects, which a filter's are not.
    """
    data = {name: f" VALUES ?{name} {{ {value} }}" for name, value in sorted(values.items())}
    for place, used, _ in reversed(_groups(text, data)):
        text = f"{text[:place]}{''.join(data[name] for name in used)}{text[place:]}"
    return text


def example(query: StoredQuery) -> str:
    """The query's text with a line for each parameter that its reader can edit; optional ones are commented out.

    A sub-select has such lines only where it keeps the variable to itself: those of the first group do not reach it.
    """
    text = query.text
    lines = {
        each.name: f"\n  {'' if each.required else '# '}{_EXAMPLES[each.kind].format(name=each.name)}"
        for each in query.parameters
    }
    for place, used, given in reversed(_groups(text, lines)):
        added = "".join(lines[name] for name in used if not given & {name, "*"})
        text = f"{text[:place]}{added}{text[place:]}"
    return text


def _groups(text: str, names: Iterable[str]) -> list[tuple[int, list[str], set[str]]]:
    """The query's first group and those of its sub-selects: where each begins, which names it uses, and which it gives.

    The first is taken to use all names, and to give none.
    """
    code = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    first = re.search(r"\bWHERE\s*\{", code, re.IGNORECASE) or re.search(r"\{", code)
    if first is None:
        return []
    groups = [(first.end(), list(names), set[str]())]
    for select in _SELECT.finditer(code, first.end()):
        body = code[select.end() : _end(code, select.end())]
        used = [name for name in names if re.search(rf"[?$]{name}\b", body)]
        groups.append((select.end(), used, _projected(select[1])))
    return groups


def _projected(head: str) -> set[str]:
    """The variables that stand by themselves between SELECT and its group; "*" for all."""
    count = 1
    while count:
        head, count = re.subn(r"\([^()]*\)", " ", head)
    return set(re.findall(r"\*|(?<=[?$])\w+", head))


def _end(code: str, start: int) -> int:
    """Where the group ends in which `start` stands; the end of the code where it is not closed."""
    depth = 1
    for brace in re.finditer(r"[{}]", code[start:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return start + brace.start()
    return len(code)


def bindings(out: Path, query: StoredQuery, values: Mapping[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
    """The terms that a query's parameters stand for, checked against what the query declares."""
    declared = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in declared:
            offer = f"its parameters are {', '.join(declared)}" if declared else "it has none"
            raise BadParameter(f"The query {query.name or 'given'} has no parameter {name!r}; {offer}.")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values:
            raise BadParameter(
                f"The query {query.name} needs the parameter {parameter.name!r}: {parameter.description}."
            )
    return {name: _term(out, declared[name], value) for name, value in values.items()}


def _term(out: Path, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    import pyoxigraph as ox

    match parameter.kind:
        case "entity":
            from graph.find import resolve

            return ox.NamedNode(entity_iri(resolve(out, value)))
        case "document":
            return ox.NamedNode(document_iri(value))
        case "predicate":
            if value not in ontology().properties:
                raise BadParameter(
                    f"The parameter {parameter.name!r} must be a property of the ontology, not {value!r}."
                )
            return ox.NamedNode(POL(value))
        case "year" | "number":
            if not re.fullmatch(r"-?\d+", value):
                raise BadParameter(f"The parameter {parameter.name!r} must be a whole number, not {value!r}.")
            return ox.Literal(value, datatype=ox.NamedNode(XSD("integer")))
        case "text":
            return ox.Literal(value)


def _read(path: Path) -> StoredQuery:
    try:
        return _parse(path.stem, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(path, refusal(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, "it is not UTF-8 text; save it as UTF-8") from error


def _parse(name: str, text: str) -> StoredQuery:
    header: dict[str, list[str]] = {"title": [], "description": [], "parameter": []}
    for line in text.splitlines():
        if found := _HEADER.fullmatch(line.strip()):
            header[found[1]].append(found[2].strip())
    parameters: list[Parameter] = []
    for line in header["parameter"]:
        if not (found := _PARAMETER.fullmatch(line)):
            raise BadParameter(f"The query {name} declares a parameter that cannot be read: {line!r}.")
        parameters.append(Parameter(found[1], found[2], found[3] is None, found[4]))  # type: ignore[arg-type]
    return StoredQuery(name, " ".join(header["title"]), " ".join(header["description"]), tuple(parameters), text)


def _explained(error: SyntaxError) -> BadQuery:
    found = _POSITION.fullmatch(str(error))
    if not found:
        return BadQuery(" ".join(str(error).split()))
    line, column, reason = found.groups()
    # The parser lists every character class it would have taken; the words among them are what a person can use.
    expected = [
        part
        for part in re.split(r", ", " ".join(reason.removeprefix("expected ").removeprefix("one of ").split()))
        if part
    ]
    words = [part for part in expected if re.fullmatch(r"[\w ]+|[^\w\s\[\]']{1,2}", part)]
    if "Prefix not found" in expected:
        plain = "a prefix is not declared"
    elif reason.startswith("expected") and words:
        plain = f"expected {' or '.join(words)}"
    else:
        plain = " ".join(reason.split())
    return BadQuery(plain.rstrip("."), int(line), int(column))
