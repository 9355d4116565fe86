"""The decisions of an analyst: merge, keep apart, rename, retype, reject, confirm (their file: docs/decisions.md)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from extraction.domain.entries import compose, fields, line_of
from extraction.errors import BadDecisions, BadDomain, MissingPath

FILE = "decisions.yaml"
ON_ENTITIES = ("merge", "keep apart")
ON_ENTITY = ("rename", "retype")
ON_STATEMENT = ("reject", "confirm")
ACTIONS = (*ON_ENTITIES, *ON_ENTITY, *ON_STATEMENT)
_STATEMENT = {"document": False, "subject": True, "predicate": True, "object": True, "sentence": False}
_COMMON = {"date", "by", "comment"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of a decisions file.

    action     one of ACTIONS
    entities   names, ids or IRIs of entities: all for merge and keep apart, one for rename and retype
    to         the new name or class; "" for the other actions
    statement  of what is rejected or confirmed: subject, predicate, object, and document and sentence where given
    date       ISO date of the decision; `by` whom and `comment` "" where not said
    line       of the file, from 1
    """

    action: str
    entities: tuple[str, ...] = ()
    to: str = ""
    statement: tuple[tuple[str, str], ...] = ()
    date: str = ""
    by: str = ""
    comment: str = ""
    line: int = 0

    @property
    def id(self) -> str:
        """The same for the same decision, wherever it stands in the file."""
        said = (self.action, *self.entities, self.to, *map(str, self.statement), self.date, self.by, self.comment)
        return hashlib.sha256("\0".join(said).encode(errors="replace")).hexdigest()[:16]

    @property
    def words(self) -> str:
        """The decision in a line."""
        if self.statement:
            said = dict(self.statement)
            where = f" ({said['document']})" if said.get("document") else ""
            return f"{self.action}: {said['subject']} {said['predicate']} {said['object']}{where}"
        return f"{self.action}: {' | '.join(self.entities)}{f' -> {self.to}' if self.to else ''}"


def read(path: Path, classes: frozenset[str], predicates: frozenset[str]) -> tuple[Decision, ...]:
    """The decisions in a file, in order. Raises MissingPath and BadDecisions.

    classes     classes of the ontology that an entity may have
    predicates  properties that a statement may have
    """
    if not path.is_file():
        raise MissingPath(path)
    try:
        return _read(path, classes, predicates)
    except BadDomain as error:
        raise BadDecisions(path, error.reason, error.line) from error


def _read(path: Path, classes: frozenset[str], predicates: frozenset[str]) -> tuple[Decision, ...]:
    root = compose(path)
    if root is None:
        return ()
    listed = fields(path, root).get("decisions") if isinstance(root, yaml.MappingNode) else None
    if listed is None:
        raise BadDecisions(path, 'it should have one key "decisions" with a list below it', line_of(root))
    if strangers := sorted({key.value for key, _ in root.value} - {"decisions"}):
        raise BadDecisions(path, f'"{strangers[0]}" should not stand beside "decisions"', line_of(root))
    node = next(value for key, value in root.value if key.value == "decisions")
    if listed == "":
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise BadDecisions(path, '"decisions" should be a list', line_of(node))
    found = []
    for entry in node.value:
        decision, fault = _decision(fields(path, entry), line_of(entry), classes, predicates)
        if fault or decision is None:
            raise BadDecisions(path, fault, line_of(entry))
        found.append(decision)
    _check_contradictions(path, found)
    return tuple(found)


def _decision(
    values: dict[str, Any], line: int, classes: frozenset[str], predicates: frozenset[str]
) -> tuple[Decision | None, str]:
    """The decision that an entry's fields tell of, or what is wrong with them."""
    actions = [name for name in values if name in ACTIONS]
    if len(actions) != 1:
        return None, f"an entry should say one of {', '.join(ACTIONS)}"
    (action,) = actions
    allowed = {action, *_COMMON, *({"to"} if action in ON_ENTITY else set())}
    if strangers := sorted(set(values) - allowed):
        return None, f'"{strangers[0]}" is not a field of "{action}"; it takes {", ".join(sorted(allowed - {action}))}'
    if any(not isinstance(values.get(name, ""), str) for name in ("to", *_COMMON)):
        return None, "date, by, comment and to should be texts"
    if not _is_date(values.get("date", "")):
        return None, f'"{action}" should have a date such as 2024-05-31'
    common = {name: values.get(name, "").strip() for name in _COMMON}
    target = values[action]
    if action in ON_STATEMENT:
        statement, fault = _statement(target, action, predicates)
        return (None, fault) if fault else (Decision(action, statement=statement, line=line, **common), "")
    if action in ON_ENTITY:
        to = values.get("to", "").strip()
        if not isinstance(target, str) or not target.strip() or not to:
            return None, f'"{action}" should name an entity, and "to" say what it becomes'
        if action == "retype" and to not in classes:
            return None, f'"{to}" is no class of the ontology; retype takes {", ".join(sorted(classes))}'
        return Decision(action, (target.strip(),), to, line=line, **common), ""
    if not isinstance(target, list) or len(target) < 2 or not all(isinstance(it, str) and it.strip() for it in target):
        return None, f'"{action}" should be a list of two or more entities'
    names = tuple(dict.fromkeys(it.strip() for it in target))
    if len(names) < 2:
        return None, f'"{action}" names one entity twice'
    return Decision(action, names, line=line, **common), ""


def _statement(target: Any, action: str, predicates: frozenset[str]) -> tuple[tuple[tuple[str, str], ...], str]:
    if not isinstance(target, dict) or not all(isinstance(value, str) for value in target.values()):
        return (), f'"{action}" should have the fields {", ".join(_STATEMENT)}'
    if strangers := sorted(set(target) - set(_STATEMENT)):
        return (), f'"{strangers[0]}" is not a field of a statement; these are {", ".join(_STATEMENT)}'
    for name, required in _STATEMENT.items():
        if required and not target.get(name, "").strip():
            return (), f'this statement lacks its "{name}"'
    if target["predicate"] not in predicates:
        return (), f'"{target["predicate"]}" is no relation of the ontology'
    return tuple((name, " ".join(target[name].split())) for name in _STATEMENT if target.get(name)), ""


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_contradictions(path: Path, decisions: list[Decision]) -> None:
    said: dict[frozenset[str], Decision] = {}
    for decision in decisions:
        if decision.action in ON_ENTITIES and len(decision.entities) == 2:
            earlier = said.setdefault(frozenset(decision.entities), decision)
            if earlier.action != decision.action:
                raise BadDecisions(
                    path, f"it says the opposite of line {earlier.line}; drop one of them", decision.line
                )
