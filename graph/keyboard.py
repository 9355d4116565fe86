"""Single keys from a terminal, and the same from a pipe, where the keys stand one after the other."""

from __future__ import annotations

import sys


class Keyboard:
    """Reads standard input; its end, Ctrl-C and Ctrl-D all read as the key q."""

    def key(self) -> str:
        """The next key, in lower case."""
        try:
            return self._typed().lower() if sys.stdin.isatty() else self._piped()
        except (EOFError, KeyboardInterrupt):
            return "q"

    def line(self, prompt: str) -> str:
        """A line of text, "" where there is none."""
        try:
            return input(prompt).strip() if sys.stdin.isatty() else sys.stdin.readline().strip()
        except (EOFError, KeyboardInterrupt):
            return ""

    def _typed(self) -> str:
        import typer

        return typer.getchar()

    def _piped(self) -> str:
        while (char := sys.stdin.read(1)) in {"\n", "\r"}:
            pass
        return char.lower() or "q"
