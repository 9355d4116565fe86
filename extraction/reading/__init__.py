"""Files to documents."""

from extraction.reading.documents import Skipped, normal, read, require, stream, tidy

__all__ = ["Skipped", "normal", "read", "require", "stream", "tidy"]
