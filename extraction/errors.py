"""Everything that can go wrong with what a user gives us, each as one plain sentence.

`str(error)` is the sentence to show; it names the file and, where there is one, the remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class PolicygraphError(Exception):
    """What policygraph says to its user instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        # IPython and Jupyter show this in place of the stack.
        return [f"{type(self).__name__}: {self}"]

    def __reduce__(self) -> tuple[object, ...]:
        # The subclasses take other arguments than the sentence that pickle would give them.
        return _restored, (type(self), str(self), self.__dict__)


def _restored(kind: type[PolicygraphError], sentence: str, fields: dict[str, object]) -> PolicygraphError:
    error = kind.__new__(kind, sentence)
    error.__dict__.update(fields)
    return error


def refusal(error: OSError) -> str:
    """Why the system refused a file, as the reason of a sentence."""
    return (error.strerror or "the system refused").lower()


class MissingPath(PolicygraphError):
    """A path that was given and is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file or folder {path}.")
        self.path = path


class NothingToRead(PolicygraphError):
    """What was given holds no document that can be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"There is nothing to read in {path}: {reason}.")
        self.path = path
        self.reason = reason


class UnreadableFile(PolicygraphError):
    """One file that cannot be read; a build sets it aside and goes on."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}.")
        self.path = path
        self.reason = reason


class UnknownModel(PolicygraphError):
    """A spaCy pipeline that is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The spaCy pipeline {name} is not installed; install it with pip, or leave out --model.")
        self.name = name


class MistakeInFile(PolicygraphError):
    """A file that its user writes, with a mistake in it; `line` counts from 1, 0 where unknown."""

    subject = "What you wrote has"

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        where = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{self.subject} a mistake in {where}: {reason}.")
        self.path = path
        self.reason = reason
        self.line = line


class BadDomain(MistakeInFile):
    """A domain pack with a mistake in it."""

    subject = "The domain pack has"


class LostWorker(PolicygraphError):
    """Worker processes that end before their work is done."""

    def __init__(self) -> None:
        super().__init__("A worker process ended before its work was done, as for want of memory; try fewer --jobs.")


class NoScheduler(PolicygraphError):
    """An address at which no Dask scheduler answers, or no Dask to ask it with."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"There is no Dask scheduler to be had at {address}: {reason}.")
        self.address = address


class OtherVersion(PolicygraphError):
    """Workers whose facts would differ from those found here."""

    def __init__(self) -> None:
        super().__init__(
            "The workers have another version of policygraph, of its libraries, of the model or of the domain pack "
            "than this computer; install the same on all."
        )


class SeveralDecisions(PolicygraphError):
    """Two files of decisions with one corpus, and none of them named."""

    def __init__(self, paths: Sequence[Path]) -> None:
        names = " and ".join(map(str, paths))
        super().__init__(f"Several files of decisions stand with the documents, {names}; name one with --decisions.")
        self.paths = tuple(paths)


class BadDecisions(MistakeInFile):
    """A decisions file with a mistake in it."""

    subject = "The decisions have"


class NotEmpty(PolicygraphError):
    """A folder that would be written into and holds something already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} exists and is not empty; name a new folder.")
        self.folder = folder
