"""The facts of an earlier build, kept where neither the document nor what reads it has changed.

A file of facts ends with a seal: the key that it was made under, and a digest of all lines before. A file whose seal
does not fit is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from extraction.facts import Document, DocumentFacts, fields_of, line, to_jsonl

# No seal is longer than this.
TAIL = 400


class FactsFolder:
    """A folder that takes the facts of a build, out of the folder of an earlier one where that has them.

    made_by   fingerprint of the pipeline that reads the documents
    earlier   folder of an earlier build's facts; need not exist
    """

    def __init__(self, folder: Path, made_by: str, earlier: Path) -> None:
        self._folder = folder
        self._made_by = made_by
        self._earlier = earlier
        self._same: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def key(self, document: Document) -> str:
        """What a document's facts depend on, as a digest: see `parts.split` for what extraction looks at."""
        parts = (self._made_by, document.date, document.text)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()

    def path(self, document: Document) -> Path:
        """Where a document's facts are."""
        return self._folder / f"{document.id}.jsonl"

    def read(self, id: str, file: str) -> Document | None:
        """The document as the earlier build read it, from what has the digest `file`; None where it has no facts of it.

        The key of the facts tells that what reads documents is the same too.
        """
        with suppress(OSError, ValueError, LookupError, TypeError):
            data = (self._earlier / f"{id}.jsonl").read_bytes()
            record = json.loads(data[: data.index(b"\n")])
            if record.pop("kind") == "document" and record["file"] == file:
                document = Document(**record)
                if document.id == id and _body(data, self.key(document)) is not None:
                    self._same.add(id)
                    return document
        return None

    def keep(self, document: Document) -> bool:
        """Take over the document's facts; False where the earlier build has none that are sound."""
        if document.id in self._same:
            _link(self._earlier / f"{document.id}.jsonl", self.path(document))
            return True
        path = self._by_key.get(key := self.key(document))
        body = _sound(path, key) if path else None
        if path is None or body is None:
            return False
        head, _, rest = body.partition(b"\n")
        own = line("document", fields_of(document))
        if head + b"\n" != own:
            self._save(document, key, own + rest)
        else:
            _link(path, self.path(document))
        return True

    def add(self, facts: DocumentFacts) -> None:
        """Write the facts of one document."""
        self._save(facts.document, self.key(facts.document), to_jsonl(facts))

    @cached_property
    def _by_key(self) -> dict[str, Path]:
        return dict(_seals(self._earlier))

    def _save(self, document: Document, key: str, body: bytes) -> None:
        self.path(document).write_bytes(body + _seal(key, body))


def _seal(key: str, body: bytes) -> bytes:
    return line("seal", {"key": key, "digest": hashlib.sha256(body).hexdigest()})


def _seals(folder: Path) -> Iterator[tuple[str, Path]]:
    """The key of each file of facts; what is not well-formed has none."""
    for path in sorted(folder.glob("*.jsonl")):
        with suppress(OSError, ValueError, LookupError, TypeError), path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            yield str(json.loads(file.read().splitlines()[-1])["key"]), path


def _sound(path: Path, key: str) -> bytes | None:
    """All lines before the seal; None where it does not fit them."""
    try:
        return _body(path.read_bytes(), key)
    except OSError:
        return None


def _body(data: bytes, key: str) -> bytes | None:
    end = data.rfind(b"\n", 0, -1) + 1
    body = data[:end]
    return body if data[end:] == _seal(key, body) else None


def _link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(source.read_bytes())
