"""Reading the entries of the registry's YAML files, each mistake with its file and line.

Scalars are taken as they are written: YAML 1.1 would make the code of Norway, NO, a false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extraction.errors import BadDomain
from extraction.facts import Entity

_TEXT, _LIST, _MAP, _NAMES = "a text", "a list of texts", "a mapping of texts", "true, or a list of names"
_FIELDS = {
    "id": _TEXT,
    "type": _TEXT,
    "name": _TEXT,
    "aliases": _LIST,
    "adjectives": _LIST,
    "capital": _TEXT,
    "labels": _MAP,
    "identifiers": _MAP,
    "jurisdiction": _TEXT,
    "part_of": _TEXT,
    "year": _TEXT,
    "ambiguous": _NAMES,
}
DEEPEST = 100
_REQUIRED = ("id", "type", "name")
_FORMS = {
    "id": (re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*"), 'the type, "/" and a slug, all in lower case'),
    "part_of": (re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*"), "the id of another entry"),
    "jurisdiction": (re.compile(r"[A-Z]{2}"), "an ISO 3166 code of two capitals, or EU"),
    "year": (re.compile(r"[12]\d{3}"), "four digits"),
    "wikidata": (re.compile(r"Q[1-9]\d*"), "Q and a number"),
    "iso3166": (re.compile(r"[A-Z]{2}"), "two capitals"),
    "iso3166-2": (re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"), 'a code such as "US-CA"'),
}


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of the registry, and what recognising its names needs to know.

    entity      the record that goes into the facts (its `known` is true)
    adjectives  forms that name it before a noun or a hyphen: "Chinese", "Sino"
    capital     the city whose name may stand for the state or bloc, "" where none does
    part_of     id of the body, forum or law that it belongs to, "" where none
    year        of adoption or foundation, "" where not recorded
    ambiguous   those of its names that mean it only where the context says so, because other things have them too
    """

    entity: Entity
    adjectives: tuple[str, ...] = ()
    capital: str = ""
    part_of: str = ""
    year: str = ""
    ambiguous: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred name, then the aliases."""
        return (self.entity.name, *self.entity.aliases)


def compose(path: Path) -> yaml.Node | None:
    """The node tree of a YAML file, None where it is empty; BadDomain where it is not YAML."""
    try:
        return nodes(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise BadDomain(path, "it is not UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadDomain(path, error.problem or "it is not YAML", line) from error
    except yaml.YAMLError as error:
        raise BadDomain(path, "it holds characters that YAML does not allow") from error


def nodes(text: str) -> yaml.Node | None:
    """The node tree of a YAML text, None where it is empty; raises yaml.YAMLError.

    Refused are aliases, keys that are not texts, and more than DEEPEST levels: the parser's recursion, and ours, ends.
    """
    keys: list[bool | None] = []  # of each open collection, whether a key comes next; None in a list
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("an alias cannot stand here; write out what it means", event)
        if isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            if keys and keys[-1] is not None:
                if keys[-1] and not isinstance(event, yaml.ScalarEvent):
                    raise _refused("a key should be a text", event)
                keys[-1] = not keys[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                keys.append(True if isinstance(event, yaml.MappingStartEvent) else None)
            if len(keys) > DEEPEST:
                raise _refused(f"more than {DEEPEST} levels are nested here", event)
    return yaml.compose(text, Loader=yaml.CBaseLoader)


def _refused(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def fields(path: Path, node: yaml.Node | None) -> dict[str, Any]:
    """The fields of a mapping node, as texts, lists and dicts of texts; BadDomain where it is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        raise BadDomain(path, "fields and their values are expected here", line_of(node))
    values = {key.value: plain(value) for key, value in node.value}
    if len(values) < len(node.value):
        raise BadDomain(path, "a field stands here twice", line_of(node))
    return values


def plain(node: yaml.Node) -> Any:
    """A node's content with every scalar a text."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return {key.value: plain(value) for key, value in node.value}


def line_of(node: yaml.Node | None) -> int:
    """The line, from 1, on which a node begins."""
    return node.start_mark.line + 1 if node else 1


def read_entries(path: Path, types: Mapping[str, str]) -> Iterator[tuple[int, KnownEntity]]:
    """The entries of one registry file, each with its line, in the order of the file; BadDomain at the first mistake.

    types  the classes that an entry may have: the keys
    """
    for node in entry_nodes(path):
        yield line_of(node), entry(path, node, types)


def entry_nodes(path: Path) -> list[yaml.Node]:
    """The nodes of the entries of a registry file; BadDomain where it has no list of them."""
    root = compose(path)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    listed = next((value for key, value in pairs if key.value == "entities"), None)
    if not isinstance(listed, yaml.SequenceNode):
        raise BadDomain(path, '"entities" should be a list of entries', line_of(listed))
    return list(listed.value)


def entry(path: Path, node: yaml.Node, types: Mapping[str, str]) -> KnownEntity:
    """What one entry says; BadDomain at its first mistake."""
    for fault in faults(path, node, types):
        raise fault
    return _known(fields(path, node))


def faults(path: Path, node: yaml.Node, types: Mapping[str, str]) -> Iterator[BadDomain]:
    """Every mistake of one entry, with its line."""
    try:
        values = fields(path, node)
    except BadDomain as error:
        yield error
        return
    for key, value_node in node.value:
        if fault := _fault(key.value, values[key.value]):
            yield BadDomain(path, fault, line_of(value_node))
    for name in _REQUIRED:
        if not values.get(name):
            yield BadDomain(path, f'this entry lacks the field "{name}"', line_of(node))
    if values.get("type", "") not in {*types, ""}:
        yield BadDomain(path, f'"{values["type"]}" is none of the types {", ".join(sorted(types))}', line_of(node))
    names = {values.get("name"), *values.get("aliases", ())}
    doubtful = values.get("ambiguous", "true")
    strangers = set() if doubtful == "true" else set(doubtful) - names
    if strangers:
        yield BadDomain(path, f'"{min(strangers)}" is marked ambiguous but is no name of this entry', line_of(node))


def _fault(name: str, value: Any) -> str:
    """What is wrong with a field, "" where nothing is."""
    form = _FIELDS.get(name)
    if form is None:
        return f'"{name}" is not a field of an entry'
    if not _has_form(value, form):
        return f'"{name}" should be {form}'
    scalars = {name: value} if form == _TEXT else value if form == _MAP else {}
    for field, text in scalars.items():
        pattern, expected = _FORMS.get(field, (None, ""))
        if pattern and not pattern.fullmatch(text):
            return f'"{text}" cannot be the {field}, which is {expected}'
    return ""


def _has_form(value: Any, form: str) -> bool:
    if form == _TEXT:
        return isinstance(value, str)
    if form == _MAP:
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return (form == _NAMES and value == "true") or (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
    )


def _known(values: dict[str, Any]) -> KnownEntity:
    name = values["name"]
    aliases = tuple(sorted(set(values.get("aliases", ())) - {name}))
    doubtful = values.get("ambiguous", ())
    return KnownEntity(
        entity=Entity(
            id=values["id"],
            type=values["type"],
            name=name,
            aliases=aliases,
            labels=tuple(sorted(values.get("labels", {}).items())),
            identifiers=tuple(sorted(values.get("identifiers", {}).items())),
            jurisdiction=values.get("jurisdiction", ""),
            known=True,
        ),
        adjectives=tuple(values.get("adjectives", ())),
        capital=values.get("capital", ""),
        part_of=values.get("part_of", ""),
        year=values.get("year", ""),
        ambiguous=frozenset((name, *aliases) if doubtful == "true" else doubtful),
    )
