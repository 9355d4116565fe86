"""The two pipelines together, with a domain pack of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction import pipeline
from extraction.errors import UnknownModel
from extraction.facts import Document

FRAMES = """
types: {actor: [Country]}
frames:
  - name: garland
    predicate: supports
    verb: garland
    subject: {role: agent, type: actor}
    object: {role: patient, type: Agreement}
"""
TEXT = "Japan garlanded the Budapest Convention in May 2021."


def stated(domain: Path | None) -> set[tuple[str, str, str]]:
    (facts,) = pipeline.extract([Document("d", "d", TEXT)], pipeline.load(domain=domain))
    names = {entity.id: entity.name for entity in facts.entities}
    return {(names[s.subject], s.predicate, names[s.object]) for s in facts.statements}


def test_the_frames_of_a_pack_join_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "frames.yaml").write_text(FRAMES, encoding="utf-8")
    supports = {(subject, predicate) for subject, predicate, _ in stated(tmp_path)}
    assert ("Japan", "supports") in supports
    assert ("Japan", "supports") not in {(subject, predicate) for subject, predicate, _ in stated(None)}


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(UnknownModel, match="no_such_model"):
        pipeline.load("no_such_model")


def test_a_document_reads_the_same_whatever_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = pipeline.load()
    texts = [
        TEXT,
        "The Parliament of Kenya passed the Cable Security Act on 12 March 2021. It had been contested for years.",
        "Nothing.",
        "\n".join(f"- Brazil hosted the Clean Cables Forum in Recife in June {year}." for year in range(2003, 2023)),
    ]
    documents = [Document(str(number), "", text) for number, text in enumerate(texts)]
    together = list(pipeline.extract(documents, ours))
    backwards = list(pipeline.extract(documents[::-1], ours))[::-1]
    monkeypatch.setattr(pipeline, "TOGETHER", 1)
    assert list(pipeline.extract(documents, ours)) == together == backwards
