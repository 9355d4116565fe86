"""What a second worker process gives to extraction, the starting of both included."""

from __future__ import annotations

import documents
from figures import Figure, printed, seconds

from extraction.facts import Document
from extraction.workers import cores, extract_all

COUNT = 100


def measure() -> list[Figure]:
    """How much sooner two workers are done than one."""
    texts = [Document(name, "", text) for name, text in documents.texts(COUNT)]
    words = sum(len(document.text.split()) for document in texts)
    # One worker first: this process then has the models in memory, which its workers load by themselves.
    one, two = (seconds(lambda jobs=jobs: list(extract_all(texts, jobs=jobs))) for jobs in (1, 2))  # type: ignore[misc]
    return [
        Figure(f"two workers beside one, {words:,} words on {cores()} cores", one / two, least=1.7),
        Figure("extraction by two workers", words / two, "words/s"),
    ]


if __name__ == "__main__":
    printed(measure())
