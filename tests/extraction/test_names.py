"""Which names a sentence holds, of which class: the sentences of names.txt, names marked as [words|Class]."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extraction import pipeline

MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")

CASES = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8")

SAME = [
    # text, names of one entity
    ("The World Trade Organization (WTO) met. The WTO adopted nothing.", {"World Trade Organization", "WTO"}),
    ("Amina Okoro spoke first. Okoro then left.", {"Amina Okoro", "Okoro"}),
    ("The Harbour Data Protection Act 2019 is short. The Harbour Data Protection Act is new.",
     {"Harbour Data Protection Act 2019", "Harbour Data Protection Act"}),
    ("China agreed. The Chinese government signed.", {"China", "Chinese government"}),
    ("Germany (DE) and Japan (JP) met. DE left.", {"Germany", "DE"}),
    ("The Cyber Security Law was passed. The Cybersecurity Law is new.", {"Cyber Security Law", "Cybersecurity Law"}),
]  # fmt: skip
APART = [
    ("The First Harbour Forum was short. The Second Harbour Forum was long.",
     "First Harbour Forum", "Second Harbour Forum"),
    ("The Harbour Trade Working Group (HTWG) met. The Health and Tourism Expert Working Group left.",
     "Harbour Trade Working Group", "Health and Tourism Expert Working Group"),
    ("Georgia signed with Germany.", "Georgia", "Germany"),
    ("The Data Security Law and the Cybersecurity Law were adopted.", "Data Security Law", "Cybersecurity Law"),
]  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load().names


@pytest.mark.parametrize("case", CASES.splitlines())
def test_finds_the_names_of_a_sentence(nlp: Language, case: str) -> None:
    doc = nlp(MARK.sub(r"\1", case))
    assert [(span.text, span.label_) for span in doc.spans["mentions"]] == MARK.findall(case)


@pytest.mark.parametrize(("text", "names"), SAME)
def test_one_thing_under_several_names_is_one_entity(nlp: Language, text: str, names: set[str]) -> None:
    entities = nlp(text).user_data["entities"].values()
    assert any(names <= {entity.name, *entity.aliases} for entity in entities)


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_two_things_stay_two_entities(nlp: Language, text: str, one: str, other: str) -> None:
    doc = nlp(text)
    ids = {span.text: span.id_ for span in doc.spans["mentions"]}
    assert ids[one] != ids[other]


def test_an_agreement_without_a_name_is_known_by_its_parties(nlp: Language) -> None:
    doc = nlp("Kenya signed a memorandum of understanding with Ghana on digital identity.")
    agreement = next(e for e in doc.user_data["entities"].values() if e.type == "Agreement")
    assert agreement.name == "memorandum of understanding with Ghana on digital identity"


def test_parties_in_the_name_of_a_forum_are_nested_mentions(nlp: Language) -> None:
    doc = nlp("The China-Kenya Internet Roundtable was held last year.")
    assert [span.text for span in doc.spans["mentions"]] == ["China-Kenya Internet Roundtable"]
    assert {span.text for span in doc.spans["nested"]} == {"China", "Kenya"}


def test_a_capital_that_stands_for_its_state_is_the_state(nlp: Language) -> None:
    doc = nlp("China signed the treaty. Moscow and Beijing have condemned the sanctions imposed by Washington.")
    states = {span.text: span.id_ for span in doc.spans["mentions"] if span.text != "China"}
    assert states == {
        "Moscow": "country/russia",
        "Beijing": "country/china",
        "Washington": "country/united-states",
    }


def test_a_title_and_a_surname_name_the_official_of_the_state(nlp: Language) -> None:
    doc = nlp("China will go on. China signed the treaty, as President Xi said in Beijing.")
    assert "Xi Jinping" in {entity.name for entity in doc.user_data["entities"].values()}


def test_parties_alone_are_no_name(nlp: Language) -> None:
    doc = nlp("The China-ASEAN talks went well.")
    assert "China-ASEAN" not in {span.text for span in doc.spans["mentions"]}


def test_known_things_bring_their_identifiers(nlp: Language) -> None:
    doc = nlp("Japan joined the talks.")
    (japan,) = doc.user_data["entities"].values()
    assert japan.known and ("iso3166", "JP") in japan.identifiers and ("zh", "日本") in japan.labels


def test_the_component_joins_a_pipeline_of_another(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("policy_names")
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc = again("France met Italy.")
    assert [span.text for span in doc.spans["mentions"]] == ["France", "Italy"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("AaZz '’()“”\".,-–/&0129\n中é"), max_size=80))
def test_mentions_lie_in_the_text_and_do_not_overlap(nlp: Language, text: str) -> None:
    doc = nlp(text)
    spans = list(doc.spans["mentions"])
    assert all(doc.text[span.start_char : span.end_char] == span.text for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
