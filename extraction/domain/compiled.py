"""What is slow to make of the built-in knowledge, kept in the user's cache folder for the next process.

It hangs on nothing but the files of this package. What this very version did not write is as good as nothing, and
where the folder cannot be written to, everything is made each time.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from extraction.fingerprint import package


def kept(name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives: tuples, sets, dicts, texts and numbers."""
    path = user_cache_path("policygraph", appauthor=False) / f"{name}.dat"
    with suppress(OSError):
        data = path.read_bytes()
        if data[:32] == _seal(data[32:]):
            return marshal.loads(data[32:])
    made = make()
    _write(path, marshal.dumps(made))
    return made


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(f"{sys.version}\0{package()}\0".encode() + body).digest()


def _write(path: Path, body: bytes) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(_seal(body) + body)
        fresh.replace(path)
