"""The sample corpus is what README says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.facts import Document
from extraction.reading.documents import read

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    documents, skipped = read([REPOSITORY / "examples" / "corpus"])
    assert skipped == []
    return documents


def test_briefs_of_a_page_each(documents: list[Document]) -> None:
    assert len(documents) == 29
    for document in documents:
        assert 150 <= len(document.text.split()) <= 400, document.id


def test_front_matter_is_read_and_not_taken_for_text(documents: list[Document]) -> None:
    for document in documents:
        assert document.title.casefold().replace(" -", ":") in document.text.casefold().replace("’", "'"), document.id
        assert document.date.startswith("202") and len(document.date) == 10, document.id
        assert document.publisher.startswith("Sample Briefs, "), document.id
        assert "publisher:" not in document.text


def test_there_are_jurisdictions_of_all_regions() -> None:
    countries = {path.stem.split("-")[0] for path in (REPOSITORY / "examples" / "corpus").iterdir()}
    assert len(countries) >= 20


def test_there_are_publishers_to_compare(documents: list[Document]) -> None:
    desks = {document.publisher for document in documents}
    assert len(desks) >= 5
    assert sum(document.publisher == "Sample Briefs, Asia Desk" for document in documents) > 1
