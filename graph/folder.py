"""The folder a build leaves (OUT): replaced as a whole or left as it was."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from graph.errors import BuildRunning, NotReplaceable, UnwritableFolder

RECORD = "build.json"
_UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR, errno.ENAMETOOLONG}
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_CURRENT_FOLDER = -100  # AT_FDCWD


def record(out: Path) -> dict[str, Any] | None:
    """What `build.json` in OUT says (read, skipped, counts, versions, timings); None where OUT is not a build."""
    try:
        found = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "policygraph" in found else None


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A fresh folder beside OUT that takes OUT's place when the block ends well, and goes away when it does not.

    Raises NotReplaceable where OUT is neither an earlier build nor an empty folder, BuildRunning where another build is
    writing to the same OUT, UnwritableFolder where the disk is full or permissions forbid it.
    """
    out = out.resolve()
    if out.exists() and not record(out) and not (out.is_dir() and not any(out.iterdir())):
        raise NotReplaceable(out)
    with _locked(out.with_name(f".{out.name}.lock"), out):
        try:
            yield from _staged(out.with_name(f".{out.name}.building"), out)
        except OSError as error:
            if error.errno not in _UNWRITABLE:
                raise
            raise UnwritableFolder(out, os.strerror(error.errno)) from error


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A fresh name beside `target`, whose file or folder of files takes its place when the block ends well.

    Files of an existing folder that have other names stay. Raises UnwritableFolder.
    """
    fresh = target.with_name(f".{target.name}.writing")
    try:
        yield fresh
        (_flush if fresh.is_dir() else _flush_file)(fresh)
        if fresh.is_dir() and target.exists():
            for path in sorted(fresh.iterdir()):
                path.replace(target / path.name)
        else:
            fresh.replace(target)
    except OSError as error:
        raise UnwritableFolder(target, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def digest(*texts: str) -> str:
    """SHA-256 of texts in their order, hexadecimal."""
    seen = hashlib.sha256()
    for each in texts:
        seen.update(each.encode(errors="backslashreplace") + b"\0")
    return seen.hexdigest()


def link(source: Path | str, target: Path | str) -> None:
    """The same file under a second name; a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _staged(building: Path, out: Path) -> Iterator[Path]:
    old = building.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (building, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        building.mkdir()
        yield building
        _flush(building)
        _swap(building, old, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _flush(folder: Path) -> None:
    """To the disk with everything before the names change, so that a power cut cannot leave an empty OUT."""
    # On Linux the whole file system in one go: thousands of pages one by one take as long as making them.
    with suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if ctypes.CDLL(None).syncfs(descriptor) == 0:
                return
        finally:
            os.close(descriptor)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _flush_file(path)


def _flush_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _swap(new: Path, old: Path, out: Path) -> None:
    """Put `new` where `out` is; on Linux in one step, so that there is no moment without an OUT."""
    if not out.exists():
        new.rename(out)
        return
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None).renameat2(_CURRENT_FOLDER, bytes(new), _CURRENT_FOLDER, bytes(out), _EXCHANGE) == 0:
            return
    out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _locked(path: Path, out: Path) -> Iterator[None]:
    """One build at a time per OUT; the lock goes with the process, so a killed build leaves none behind."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held = path.open("a")
        except OSError as error:
            raise UnwritableFolder(out, error.strerror or str(error)) from error
        with held:
            _lock(held.fileno(), out)
            # Whoever held it before may have removed the name that we opened.
            if not path.exists() or path.stat().st_ino != os.fstat(held.fileno()).st_ino:
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _lock(descriptor: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there a second build stops at the first file that the other holds open
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BuildRunning(out) from error
