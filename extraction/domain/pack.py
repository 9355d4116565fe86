"""A domain pack looked over as a whole: every mistake in its files, each with its line and in one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import get_args

import yaml

from extraction.domain import lexicon, registry
from extraction.domain.entries import compose, entry, entry_nodes, faults
from extraction.domain.frames import KINDS, Frame
from extraction.domain.inspection import Inspection, is_share
from extraction.errors import BadDomain, MissingPath, NotEmpty
from extraction.facts import Status

STARTER = Path(__file__).parent / "starter"
FRAME = tuple(field.name for field in fields(Frame) if field.name != "triggers") + KINDS
Check = Callable[[Inspection, Path, yaml.MappingNode], None]


def start(folder: Path) -> list[Path]:
    """Write a commented pack to begin with; raises NotEmpty where the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(file, folder / file.name)) for file in sorted(STARTER.glob("*.yaml"))]


def check(folder: Path, predicates: Collection[str]) -> Inspection:
    """Read every file of a pack; `mistakes` of what comes back is empty where a build can use it.

    predicates  the properties of the ontology. Raises MissingPath where there is no such folder.
    """
    if not folder.is_dir():
        raise MissingPath(folder)
    looking = Inspection(folder, predicates)
    files = sorted(folder.glob("*.yaml"))
    # The settings come first: they say which classes the other files may speak of.
    for path in sorted(files, key=lambda path: path.name != "pack.yaml"):
        try:
            root = compose(path)
        except BadDomain as error:
            looking.wrong(path, error.line, error.reason)
            continue
        checks: Mapping[str, Check] = {"pack.yaml": _settings, "heads.yaml": _heads, "frames.yaml": _frames}
        if not isinstance(root, yaml.MappingNode):
            looking.wrong(path, root or 0, "names and what belongs to them are expected here")
        elif path.name in checks:
            checks[path.name](looking, path, root)
        elif any(key.value == "entities" for key, _ in root.value):
            _entries(looking, path)
        else:
            looking.wrong(path, root, f'it is none of {", ".join(checks)} and has no "entities:"')
    if not files:
        looking.wrong(folder, 0, "it holds no .yaml file; `policygraph domain new` writes a pack to begin with")
    if not looking.mistakes:
        _load(looking)
    looking.mistakes.sort()
    return looking


def require(folder: Path, predicates: Collection[str]) -> None:
    """Raise BadDomain for the first mistake of a pack, MissingPath where there is none."""
    for mistake in check(folder, predicates).mistakes[:1]:
        raise BadDomain(mistake.path, mistake.reason, mistake.line)


def _load(looking: Inspection) -> None:
    """What only shows when all files, and the built-in pack, come together."""
    try:
        known = registry.load(looking.folder)
    except BadDomain as error:
        looking.wrong(error.path, error.line, error.reason)
        return
    for path in looking.folder.glob("*.yaml"):
        if path.name in registry.PACK:
            continue
        for node in entry_nodes(path):
            it = entry(path, node, looking.types)
            if it.part_of and not known.by_id(it.part_of):
                looking.wrong(path, node, f'"{it.part_of}" is the id of no entry')


def _settings(looking: Inspection, path: Path, root: yaml.MappingNode) -> None:
    for key, value in root.value:
        match key.value:
            case "title":
                looking.text(path, key, value)
            case "extends":
                if value.value not in ("none", "built-in"):
                    looking.wrong(path, value, '"extends" is either "built-in" or "none"')
            case "without":
                for item in looking.items(path, key, value):
                    looking.one_of(path, item, registry.CLASSES, "class")
            case "types":
                for name, item in looking.pairs(path, key, value):
                    if looking.one_of(path, item, registry.CLASSES, "class"):
                        looking.types[name.value] = item.value
            case other:
                looking.wrong(path, key, f'"{other}" is none of the settings title, extends, without, types')


def _entries(looking: Inspection, path: Path) -> None:
    try:
        nodes = entry_nodes(path)
    except BadDomain as error:
        looking.wrong(path, error.line, error.reason)
        return
    for node in nodes:
        looking.counts["entries"] += 1
        for fault in faults(path, node, looking.types):
            looking.wrong(path, fault.line, fault.reason)


def _heads(looking: Inspection, path: Path, root: yaml.MappingNode) -> None:
    lists = lexicon.read(lexicon.KNOWLEDGE / "heads.yaml")
    for key, value in root.value:
        if not looking.one_of(path, key, lists, "list of words"):
            continue
        if key.value == "heads":
            for kind, words in looking.pairs(path, key, value):
                if looking.one_of(path, kind, registry.CLASSES, "class"):
                    _words(looking, path, kind, words)
        elif isinstance(lists[key.value], dict):
            for _, items in looking.pairs(path, key, value):
                list(looking.items(path, key, items))
        else:
            list(looking.items(path, key, value))


def _words(looking: Inspection, path: Path, kind: yaml.Node, lists: yaml.Node) -> None:
    for name, value in looking.pairs(path, kind, lists):
        if name.value == "words":
            looking.counts["head words"] += len(list(looking.items(path, name, value)))
        elif name.value == "finer":
            for finer, words in looking.pairs(path, name, value):
                list(looking.items(path, finer, words))
        else:
            looking.wrong(path, name, f'"{name.value}" is neither words nor finer')


def _frames(looking: Inspection, path: Path, root: yaml.MappingNode) -> None:
    parts = {key.value: value for key, value in root.value}
    for key, _ in root.value:
        looking.one_of(path, key, ("types", "words", "frames"), "part of a file of frames")
    lists = {
        key: {name.value for name, _ in looking.pairs(path, parts[key], parts[key])} if key in parts else set()
        for key in ("types", "words")
    }
    if "frames" not in parts:
        looking.wrong(path, root, '"frames" is missing')
        return
    names: set[str] = set()
    for node in looking.items(path, root, parts["frames"], texts=False):
        looking.counts["frames"] += 1
        _frame(looking, path, node, lists, names)


def _frame(looking: Inspection, path: Path, node: yaml.Node, lists: Mapping[str, set[str]], names: set[str]) -> None:
    parts = {key.value: value for key, value in looking.pairs(path, node, node)}
    for key, _ in looking.pairs(path, node, node):
        looking.one_of(path, key, FRAME, "part of a frame")
    for name in ("name", "predicate", "subject", "object"):
        if name not in parts:
            looking.wrong(path, node, f'this frame lacks "{name}"')
    if "name" in parts and parts["name"].value in names:
        looking.wrong(path, parts["name"], f'another frame is called "{parts["name"].value}"')
    names.update(str(parts[key].value) for key in parts.keys() & {"name"})
    if "predicate" in parts:
        looking.one_of(path, parts["predicate"], looking.predicates, "property of the ontology")
    triggers = [item for kind in KINDS if kind in parts for item in looking.one_or_more(path, parts[kind])]
    if not triggers:
        looking.wrong(path, node, f"this frame has no trigger: one of {', '.join(KINDS)}")
    for item in triggers:
        if item.value.startswith("$"):
            looking.one_of(path, item, {f"${name}" for name in lists["words"]}, "list under words")
    if "confidence" in parts and not is_share(parts["confidence"].value):
        looking.wrong(path, parts["confidence"], f'"{parts["confidence"].value}" is no number between 0 and 1')
    if "status" in parts:
        looking.one_of(path, parts["status"], get_args(Status), "status")
    for slot in ("subject", "object"):
        if slot in parts:
            _slot(looking, path, slot, parts[slot], lists["types"])


def _slot(looking: Inspection, path: Path, slot: str, node: yaml.Node, groups: set[str]) -> None:
    parts = {key.value: value for key, value in looking.pairs(path, node, node)}
    if parts.keys() != {"role", "type"}:
        looking.wrong(path, node, f"the {slot} of a frame has a role and a type, and nothing else")
        return
    list(looking.one_or_more(path, parts["role"]))
    for item in looking.one_or_more(path, parts["type"]):
        looking.one_of(path, item, {*registry.CLASSES, *groups}, "class")
