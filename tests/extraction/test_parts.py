"""A long document is read in parts, and its facts stand where they would in the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extraction import parts
from extraction.facts import Document, DocumentFacts
from extraction.pipeline import Pipeline, extract, load

PARAGRAPH = "In 2021 Kenya signed the Harbour Charter.\nJapan opposed the Harbour Charter.\n"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


def test_parts_end_where_lines_do_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LONGEST", 100)
    for text in (PARAGRAPH * 9, "word " * 90, "x" * 350, "", PARAGRAPH):
        cut = parts.split(Document("d", "d.txt", text, date="2021"))
        assert "".join(part.text for part in cut) == text
        assert all(len(part.text) <= 100 and part.date == "2021" for part in cut)
    assert all(part.text.endswith("\n") for part in parts.split(Document("d", "", PARAGRAPH * 9))[:-1])


def test_facts_of_parts_are_those_of_the_whole(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("d", "d.txt", PARAGRAPH * 4, title="Harbours")
    [at_once] = extract([document], pipeline)
    monkeypatch.setattr(parts, "LONGEST", len(PARAGRAPH) + 1)
    [in_parts] = extract([document], pipeline)
    assert in_parts.document == document
    assert len(in_parts.statements) >= 8

    def said(facts: DocumentFacts) -> set[tuple[str, ...]]:
        return {
            (one.subject, one.predicate, one.object, document.text[one.start : one.end].strip(), str(one.subject_span))
            for one in facts.statements
        }

    assert said(in_parts) == said(at_once)
    assert {each.entity for each in in_parts.mentions} == {entity.id for entity in in_parts.entities}


def test_documents_keep_their_parts_and_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LONGEST", 10)
    documents = [Document(f"d{number}", "", "x" * number * 7) for number in range(5)]

    def run(given: Iterator[Document]) -> Iterator[DocumentFacts]:
        return iter([DocumentFacts(part) for part in list(given)])

    assert [facts.document for facts in parts.whole(documents, run)] == documents
