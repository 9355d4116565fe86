"""Every block of code in README and the documentation runs on the samples, and the documentation has no loose end."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
import yaml
from typer.testing import CliRunner

import policygraph
from extraction.domain import pack
from graph.vocabulary import ontology

REPOSITORY = Path(__file__).parent.parent
PAGES = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((REPOSITORY / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What sets a machine up, and is tried on a fresh one.
SET_UP = (". .venv/bin/activate", "pip install ", "jupyter lab ", "git clone ", "cd ", "python -m extraction.training.")
# What waits for a person or another machine: its options are read, no more.
STAYS = {"serve", "push", "review"}
# What the fixture `demo` has run already.
RUN = "policygraph build examples/corpus -o build/demo"


class Block(NamedTuple):
    page: str
    kind: str
    text: str


def blocks(*kinds: str) -> list[Block]:
    return [
        Block(str(page.relative_to(REPOSITORY)), kind, text)
        for page in PAGES
        for kind, text in BLOCK.findall(page.read_text(encoding="utf-8"))
        if kind in kinds
    ]


def commands(start: str) -> list[str]:
    lines = [line.partition("  #")[0].strip() for block in blocks("sh") for line in block.text.splitlines()]
    return list(dict.fromkeys(line for line in lines if line.startswith(start)))


@pytest.fixture(scope="module")
def checkout(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout after `make demo`."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(REPOSITORY / "examples", folder / "examples")
    shutil.copytree(demo, folder / "build" / "demo")
    return folder


@pytest.mark.parametrize("command", commands("policygraph "))
def test_command(checkout: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(checkout)
    words = shlex.split(command)[1:]
    if command == RUN:
        assert (checkout / "build" / "demo" / "site" / "index.html").exists()
        return
    if words[0] in STAYS:
        typer.main.get_command(policygraph.app).commands[words[0]].make_context(words[0], words[1:])
        return
    done = CliRunner().invoke(policygraph.app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip()


@pytest.mark.parametrize("page", sorted({block.page for block in blocks("python")}))
def test_python(checkout: Path, page: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for block in blocks("python"):
        if block.page == page:
            done = subprocess.run(
                [sys.executable, "-c", block.text], capture_output=True, text=True, cwd=checkout, env=environment
            )
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", blocks("sparql"), ids=lambda block: block.page)
def test_sparql(demo: Path, block: Block) -> None:
    assert len(policygraph.load(demo).query(block.text)) > 0


def test_yaml_is_valid_and_packs_have_no_mistake(tmp_path: Path) -> None:
    for block in blocks("yaml"):
        list(yaml.safe_load_all(block.text))
        name = re.match(r"# (\w+\.yaml)\n", block.text)
        if name and block.page.endswith("domain-packs.md"):
            (tmp_path / name[1]).write_text(block.text, encoding="utf-8")
    found = pack.check(tmp_path, ontology().properties)
    assert found.mistakes == [] and all(found.counts.values())


def test_other_commands_are_known() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {line.split()[1] for line in commands("make ")}
    assert targets == {target for target in targets if f"\n{target}:" in makefile} != set()
    others = [line for line in commands("") if line and not line.startswith(("policygraph ", "make ", "#", *SET_UP))]
    assert others == []
    assert {block.kind for block in blocks(*"abc", "bash", "console", "shell")} == set()


def test_the_documentation_builds_without_a_loose_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", tmp_path / "site"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=300)
    assert done.returncode == 0, done.stderr
    vocabulary = (tmp_path / "site" / "vocabulary" / "index.html").read_text(encoding="utf-8")
    assert all(f"pol:{name}" in vocabulary for name in ("Law", "signed", "participatedIn", "GovernmentBody"))
    assert "laws-by-year" in vocabulary
    reference = (tmp_path / "site" / "command-line" / "index.html").read_text(encoding="utf-8")
    assert all(f"policygraph {name}" in reference for name in ("build", "query", "domain new", "domain check"))
    api = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    assert "statements" in api and "<li><code>emphasis</code>" in api
