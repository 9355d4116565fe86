"""Files taken apart in a process of its own, within limits of time and memory: a hostile file ends that process only.

Run as a module it is that process: a path a line on standard input, what `formats.content` says a line on standard
output, both JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from types import TracebackType

from extraction.errors import UnreadableFile, refusal

SECONDS = 60.0
"""Time that one file may take."""
BYTES = 4 << 30
"""Address space that the process may fill."""


class Sandbox:
    """A reader of files that outlives the files that kill it; the process starts with the first file."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def content(self, path: Path) -> tuple[str, dict[str, str]]:
        """A file's words and what the file declares, as `formats.content`; raises UnreadableFile."""
        process = self._process = self._process or _start()
        assert process.stdin and process.stdout
        began, limit = time.monotonic(), Timer(self._seconds, process.kill)
        limit.start()
        try:
            process.stdin.write(json.dumps(str(path.resolve())) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            limit.cancel()
        if not answer.endswith("\n"):
            self._end()
            late = time.monotonic() - began >= self._seconds
            raise UnreadableFile(
                path,
                f"taking it apart takes longer than {self._seconds:.0f} seconds"
                if late
                else "taking it apart needs too much memory, or breaks its reader",
            )
        told = json.loads(answer)
        if "fault" in told:
            raise UnreadableFile(path, told["fault"])
        return told["text"], told["declared"]

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[str]:
    home = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([home, *sys.path])}
    return subprocess.Popen(
        [sys.executable, "-m", "extraction.reading.sandbox"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        encoding="ascii", env=environment,
    )  # fmt: skip


def _serve() -> None:
    """Answer until standard input ends."""
    from extraction.reading import formats

    _limit_memory()
    # What libraries print must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in sys.stdin:
        path = Path(json.loads(line))
        try:
            text, declared = formats.content(path)
            told: dict[str, object] = {"text": text, "declared": declared}
        except UnreadableFile as error:
            told = {"fault": error.reason}
        except OSError as error:
            told = {"fault": refusal(error)}
        except (MemoryError, RecursionError):
            told = {"fault": "it is too large or too deeply nested to take apart"}
        except Exception:
            told = {"fault": "its format is damaged"}
        answers.write(json.dumps(told) + "\n")
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    _serve()
