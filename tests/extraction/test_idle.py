"""Stretches that can state nothing are left out of the parse, and nothing else is."""

from __future__ import annotations

import pytest

from extraction import pipeline
from extraction.facts import Document, DocumentFacts
from extraction.pipeline import Pipeline
from extraction.statements.idle import surely_ended, telling

IDLE = "Good intentions are never enough without patient work by many hands."


@pytest.fixture(scope="module")
def loaded() -> Pipeline:
    return pipeline.load()


def found(loaded: Pipeline, text: str) -> DocumentFacts:
    return next(pipeline.extract([Document("note", "note.txt", text)], loaded))


@pytest.mark.parametrize(
    ("text", "named", "kept"),
    [
        ("Norlandia signed first . Nothing else happened here .", {0}, "Norlandia signed first ."),
        ("Hard work helps everybody . The said draft was adopted .", set(), "The said draft was adopted ."),
        ("Hard work helps everybody . Much changed in 2019 .", set(), "Much changed in 2019 ."),
        ("Hard work helps everybody . Several laws followed :", set(), "Several laws followed :"),
        ("Hard work helps everybody . So it goes everywhere .", set(), ""),
    ],
)
def test_a_stretch_is_kept_where_something_is_named_meant_dated_or_announced(
    text: str, named: set[int], kept: str
) -> None:
    words = text.split()
    starts = [None if at and not surely_ended(words, at) else True for at in range(len(words))]
    assert " ".join(words[i] for i in telling(words, starts, named)) == kept


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It was adopted . Then came peace", True),
        ('It was " adopted . " Then came peace', True),
        ("It was read by Mr . Then left", False),
        ("It was adopted . then came peace", False),
        ("It was adopted . 12 followed", False),
    ],
)
def test_a_sentence_surely_ends_before_a_capital_but_not_after_what_may_be_short(text: str, ends: bool) -> None:
    words = text.split()
    at = next(i for i, word in enumerate(words) if word in {"Then", "then", "12"})
    assert surely_ended(words, at) is ends


def test_an_idle_sentence_between_others_changes_no_statement(loaded: Pipeline) -> None:
    told = "Kenya hosted the Lantern Data Forum in Mombasa in June 2021.", "Japan signed the Lantern Data Accord there."
    without, between = found(loaded, " ".join(told)), found(loaded, f" {IDLE} ".join(told))
    assert without.statements
    assert [(s.subject, s.predicate, s.object, s.date) for s in between.statements] == [
        (s.subject, s.predicate, s.object, s.date) for s in without.statements
    ]


def test_passages_behind_what_was_left_out_keep_their_place(loaded: Pipeline) -> None:
    text = f"{IDLE} {IDLE}\n\n{IDLE} Kenya signed the Lantern Data Accord in June 2021. {IDLE}"
    facts = found(loaded, text)
    passages = {text[statement.start : statement.end] for statement in facts.statements}
    assert passages == {"Kenya signed the Lantern Data Accord in June 2021."}
