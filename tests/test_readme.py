"""Every block of code in README.md runs on the sample corpus."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.M | re.S)
COMMANDS = [
    line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.startswith("policygraph ")
]


@pytest.fixture(scope="module")
def checkout(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout after `make demo`."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(REPOSITORY / "examples" / "corpus", folder / "examples" / "corpus")
    shutil.copytree(demo, folder / "build" / "demo")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_command(checkout: Path, command: str) -> None:
    line = command.replace("policygraph", f"{sys.executable} -m policygraph", 1)
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=120, cwd=checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("code", [text for kind, text in BLOCKS if kind == "python"])
def test_python(checkout: Path, code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_make_targets_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {
        line.split()[1] for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line[:5] == "make "
    }
    assert targets == {target for target in targets if f"\n{target}:" in makefile} != set()
