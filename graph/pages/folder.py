"""The pages of a build, kept from an earlier build where nothing that they are made from has changed.

OUT/site.json says of each page that can be kept what it was made from and what came of it, as two digests; a page
that is not what was written then is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from io import FileIO
from pathlib import Path

from graph.folder import digest, link
from graph.vocabulary import ontology_path

RECORD = "site.json"
PACKAGE = Path(__file__).parent
LIBRARIES = ("jinja2", "markupsafe")


class PagesFolder:
    """OUT/site/, which takes pages out of an earlier build's where that has them.

    out      folder of the build
    earlier  folder of an earlier build; None, or one without pages, where there is none
    """

    def __init__(self, out: Path, earlier: Path | None = None) -> None:
        self._out = out
        # Texts, for to put paths together takes as long as to read a page.
        self._from, self._to = f"{earlier or out}/site/", f"{out}/site/"
        self._before = _record(earlier) if earlier else {}
        self._keys: dict[str, str] = {}
        self._made: dict[str, tuple[str, str]] = {}
        for folder in ("entity", "document"):
            (out / "site" / folder).mkdir(parents=True, exist_ok=True)

    def keep(self, page: str, *made_from: object) -> bool:
        """Take over a page, by its path below site/; False where it has to be written, because something has changed.

        `made_from` is all that the page shows, as values whose `repr` tells them apart.
        """
        key = self._keys[page] = digest(_code(), *map(repr, made_from))
        before = self._before.get(page)
        if before is None or before[0] != key:
            return False
        try:
            with FileIO(self._from + page) as file:
                if hashlib.sha256(file.read()).hexdigest() != before[1]:
                    return False
        except OSError:
            return False
        link(self._from + page, self._to + page)
        self._made[page] = before
        return True

    def write(self, page: str, html: str) -> None:
        """Write a page."""
        data = html.encode("utf-8", "replace")
        Path(self._to + page).write_bytes(data)
        if key := self._keys.get(page):
            self._made[page] = key, hashlib.sha256(data).hexdigest()

    def close(self) -> None:
        """Say for the next build what the pages were made from."""
        text = json.dumps(dict(sorted(self._made.items())), indent=0)
        (self._out / RECORD).write_text(text + "\n", encoding="utf-8")


def _record(earlier: Path) -> Mapping[str, tuple[str, str]]:
    try:
        found = json.loads((earlier / RECORD).read_text(encoding="utf-8"))
        return {str(page): (str(key), str(seen)) for page, (key, seen) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@cache
def _code() -> str:
    """Digest of all that decides what is made of the same facts."""
    files = (*PACKAGE.parent.glob("*.py"), *PACKAGE.rglob("*"), ontology_path())
    read = [path.read_text(encoding="utf-8") for path in sorted(files) if path.is_file() and path.suffix != ".pyc"]
    return digest(*(f"{name} {metadata.version(name)}" for name in LIBRARIES), *read)
