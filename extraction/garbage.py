"""When Python looks for cycles of garbage: not while what is made stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def staying() -> Iterator[None]:
    """Look for no garbage at all, now or later, among what is made meanwhile: to look takes a second in millions."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
