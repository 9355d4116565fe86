"""Files to documents: one text in normal form, with title, date, publisher and source.

`formats` takes a file apart, `metadata` says what it is, `furniture` and `linebreaks` leave the words that are prose,
and `language` the English ones. What offsets point into later on is the result, `Document.text`.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from extraction.errors import MissingPath, NothingToRead, PolicygraphError, UnreadableFile, refusal
from extraction.facts import Document
from extraction.reading import formats, language, linebreaks, metadata
from extraction.reading.furniture import without_furniture
from extraction.reading.sandbox import Sandbox

LARGEST = 200_000_000
# The document of an id, as it was read before from what has a digest (`Document.file`); None where it was not.
Earlier = Callable[[str, str], Document | None]
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\ud800-\udfff]"
)
_UNBROKEN = re.compile(r"\S{1000,}")  # no word of any language: data, or bait for the tokenizer
_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one, that was set aside, and why, as one sentence."""

    path: str
    reason: str


def read(paths: Sequence[Path]) -> tuple[list[Document], list[Skipped]]:
    """Read files and the files below folders, sorted by path; ids are file names without ending, made unique by -2 ...

    Raises MissingPath for a path that is not there, NothingToRead where no file could be read at all.
    """
    skipped: list[Skipped] = []
    return list(stream(paths, skipped)), skipped


def stream(
    paths: Sequence[Path], skipped: list[Skipped], earlier: Earlier = lambda id, file: None
) -> Iterator[Document]:
    """As `read`, but one document at a time; `skipped` receives what is set aside.

    What an `earlier` reading made of the same file is taken over.
    """
    tables: dict[Path, metadata.Table] = {}
    taken: set[str] = set()
    with Sandbox() as sandbox:
        for path in _files(paths, skipped):
            id, given = _unique(path.stem, taken), _table(path.parent, tables, skipped).of(path)
            try:
                file = _digest(path, given)
                document = earlier(id, file) or _read_file(path, id, file, given, sandbox, skipped)
            except PolicygraphError as error:
                skipped.append(Skipped(str(path), str(error)))
                continue
            taken.add(id)
            yield document
    if not taken:
        raise _nothing(paths, skipped)


def require(path: Path) -> None:
    """Raise MissingPath where nothing has this name, or nothing could have it."""
    try:
        path.lstat()
    except (OSError, ValueError):
        raise MissingPath(path) from None


def tidy(text: str) -> str:
    """The words of a text that are prose, without page furniture, one line a paragraph."""
    return linebreaks.mended(without_furniture(normal(text)))


def normal(text: str) -> str:
    """NFC, one kind of line end and of space, no control characters."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", _CONTROLS.sub("", text))


def _files(paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        skipped.append(Skipped(error.filename, str(UnreadableFile(Path(error.filename), refusal(error)))))

    for path in paths:
        require(path)
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path, onerror=refused):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if name.startswith(".") or name == metadata.TABLE:
                    continue
                if file.suffix.lower() in formats.KNOWN:
                    yield file
                else:
                    unknown = UnreadableFile(file, "its ending is none that policygraph knows")
                    skipped.append(Skipped(str(file), str(unknown)))


def _table(folder: Path, known: dict[Path, metadata.Table], skipped: list[Skipped]) -> metadata.Table:
    if folder not in known:
        try:
            known[folder] = metadata.table(folder)
        except UnreadableFile as error:
            skipped.append(Skipped(str(folder / metadata.TABLE), str(error)))
            known[folder] = metadata.Table(folder / metadata.TABLE)
    return known[folder]


def _unique(stem: str, taken: Container[str]) -> str:
    return next(id for number in count(1) if (id := stem if number == 1 else f"{stem}-{number}") not in taken)


def _digest(path: Path, given: Mapping[str, str]) -> str:
    """SHA-256, hexadecimal, of a file's path and content and what its folder's metadata say of it."""
    if not path.is_file():
        raise UnreadableFile(path, "it is not a regular file")
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFile(path, "it is empty")
        if size > LARGEST:
            raise UnreadableFile(path, f"it is larger than {LARGEST // 1_000_000} MB")
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(path, refusal(error)) from error
    return hashlib.sha256(repr((str(path), content, sorted(given.items()))).encode()).hexdigest()


def _read_file(
    path: Path, id: str, file: str, given: dict[str, str], sandbox: Sandbox, skipped: list[Skipped]
) -> Document:
    try:
        own = path.suffix.lower() in formats.PLAIN | formats.MARKDOWN
        words, declared = formats.content(path) if own else sandbox.content(path)
    except OSError as error:
        raise UnreadableFile(path, refusal(error)) from error
    text = normal(words)
    about = metadata.completed(declared | given, text, path.stem)
    text = _GAPS.sub("\n\n", linebreaks.mended(without_furniture(text, about["publisher"]))).lstrip("\n")
    if not text.strip():
        raise UnreadableFile(path, "it holds no text")
    if "language" not in given:
        text, lost = _english(path, text)
        if lost:
            # The next build has to say so too.
            file = ""
            names = " and ".join(sorted(lost))
            skipped.append(Skipped(str(path), f"{path} is read without its paragraphs in {names}."))
    elif about["language"] != "en":
        raise UnreadableFile(path, f"{metadata.TABLE} says that its language is {about['language']!r}, not English")
    text = _UNBROKEN.sub("", text)
    if not text.strip():
        raise UnreadableFile(path, "it holds no words")
    return Document(
        id=id,
        source=about["source"] or str(path),
        text=text,
        title=about["title"],
        date=about["date"],
        publisher=about["publisher"],
        jurisdiction=about["jurisdiction"],
        language="en",
        digest=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        file=file,
    )


def _english(path: Path, text: str) -> tuple[str, Collection[str]]:
    """The text without its foreign paragraphs, and the languages of these; raises UnreadableFile where most are."""
    kept, lost = language.without_foreign(text)
    if lost and sum(lost.values()) * 2 > sum(letter.isalpha() for letter in text):
        most = max(lost, key=lambda name: (lost[name], name))
        raise UnreadableFile(path, f"its text is in {most}, and policygraph reads English")
    if not language.is_english(kept):
        found = language.detect(text)
        raise UnreadableFile(path, f"its text {f'is in {found}' if found else 'does not seem to be English'}")
    return kept, lost


def _nothing(paths: Sequence[Path], skipped: Sequence[Skipped]) -> PolicygraphError:
    if len(skipped) == 1 and len(paths) == 1 and Path(skipped[0].path) == paths[0]:
        return UnreadableFile(paths[0], _after_colon(skipped[0].reason))
    if len(skipped) == 1:
        return NothingToRead(paths[0], _after_colon(skipped[0].reason))
    none = f"none of its {len(skipped)} files could be read" if skipped else "it holds no file that can be read"
    return NothingToRead(paths[0], none)


def _after_colon(sentence: str) -> str:
    return sentence.rsplit(": ", 1)[-1].rstrip(".")
