"""What is wrong with YAML files that people write: mistakes noted with their lines, and what was expected there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from extraction.domain import registry
from extraction.domain.entries import line_of


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong, and on which line of which file; line 0 is the file as a whole."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}{f', line {self.line}' if self.line else ''}: {self.reason}."


@dataclass
class Inspection:
    """A pack under inspection.

    types       class -> the one of the ten that it belongs to
    predicates  what a frame may state
    """

    folder: Path
    predicates: Collection[str]
    types: dict[str, str] = field(default_factory=lambda: {name: name for name in registry.CLASSES})
    counts: dict[str, int] = field(default_factory=lambda: {"entries": 0, "head words": 0, "frames": 0})
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, path: Path, node: yaml.Node | int, reason: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(path, node if isinstance(node, int) else line_of(node), reason))

    def pairs(self, path: Path, at: yaml.Node, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        if isinstance(node, yaml.MappingNode):
            return list(node.value)
        self.wrong(path, at, "names and what belongs to them are expected here")
        return []

    def items(self, path: Path, at: yaml.Node, node: yaml.Node, texts: bool = True) -> Iterator[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(path, at, "a list is expected here")
            return
        for item in node.value:
            if texts and not isinstance(item, yaml.ScalarNode):
                self.wrong(path, item, "a text is expected here")
            else:
                yield item

    def one_or_more(self, path: Path, node: yaml.Node) -> Iterator[yaml.Node]:
        if isinstance(node, yaml.ScalarNode):
            yield node
        else:
            yield from self.items(path, node, node)

    def text(self, path: Path, at: yaml.Node, node: yaml.Node) -> None:
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(path, at, "a text is expected here")

    def one_of(self, path: Path, node: yaml.Node, known: Collection[str], what: str) -> bool:
        if isinstance(node.value, str) and node.value in known:
            return True
        from rapidfuzz import process

        near = (
            process.extractOne(str(node.value), sorted(known), score_cutoff=70) if isinstance(node.value, str) else None
        )
        named = f'"{node.value}"' if isinstance(node.value, str) else "this"
        hint = f'perhaps "{near[0]}" is meant' if near else f"choose from {', '.join(sorted(known)[:20]) or 'none'}"
        self.wrong(path, node, f"{named} is no {what}; {hint}")
        return False


def is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False
