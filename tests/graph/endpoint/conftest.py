"""A server of the small corpus, in a process of its own as a user would start it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def served(serving: Callable[..., AbstractContextManager[str]], out: Path) -> Iterator[str]:
    """A server with small limits and a site of two files."""
    (out / "site" / "entity").mkdir(parents=True)
    (out / "site" / "index.html").write_text("<h1>The site</h1>")
    (out / "site" / "entity" / "one.html").write_text("<h1>One</h1>")
    with serving(out, "--timeout", 3, "--limit", 1, "--memory", 512, "--workers", 2) as address:
        yield address
