"""The wheel holds everything: installed into a clean environment, it builds and answers away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent

UNPACKED = {"__pycache__", "training"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", target, "."]
    subprocess.run(command, check=True, cwd=REPOSITORY)
    return next(target.glob("policygraph-*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel in it, and the libraries of the current one behind it."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    install = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", wheel], check=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    # A path file read from here does not itself read path files, so the checkout stays out of sight.
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder


def test_wheel_holds_every_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(REPOSITORY))
        for package in ("extraction", "graph")
        for path in (REPOSITORY / package).rglob("*")
        if path.is_file() and UNPACKED.isdisjoint(path.parts)
    }
    assert wanted | {"building.py", "commandline.py", "policygraph.py", "ontology.ttl"} <= held
    assert any(name.endswith(".rq") for name in wanted) and any(name.endswith(".yaml") for name in wanted)


def test_clean_environment_builds_and_answers(environment: Path, briefs: Path, tmp_path: Path) -> None:
    def run(*command: object) -> str:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=tmp_path, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    binaries = environment / "bin"
    where = run(binaries / "python", "-c", "import policygraph, extraction, graph; print(graph.__file__)")
    assert Path(where).is_relative_to(environment)
    run(binaries / "policygraph", "build", briefs, "-o", "out")
    assert "Digital Ports Charter" in run(binaries / "policygraph", "show", "out", "Digital Ports Charter")
    assert "Harbour Data Protection Act" in run(binaries / "policygraph", "query", "out", "laws-by-year")
    run(binaries / "policygraph", "validate", "out")
