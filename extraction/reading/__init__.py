"""Files to documents."""

from extraction.reading.documents import Earlier, Skipped, normal, read, require, stream, tidy

__all__ = ["Earlier", "Skipped", "normal", "read", "require", "stream", "tidy"]
