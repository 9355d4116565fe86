"""Annotated passages as Docs and facts."""

from __future__ import annotations

from pathlib import Path

from extraction.domain.frames import load
from extraction.training.annotation import marked
from extraction.training.stated import of_examples
from tests.extraction.test_statements import parser

PASSAGES = """The [Harbour Data Act|Law] ([HDA|Law]) was passed by the [Senate|GovernmentBody] of [Norlandia|Country?].
~ Harbour Data Act = HDA
= Senate ; enacted ; HDA ; 2020
= Senate ; partOf ; Senate ?
---
The [Chart Office|GovernmentBody] sits in [Port Selwyn|Place]; [Port Selwyn|Country] said no.
= Chart Office ; locatedIn ; Port Selwyn
= Port Selwyn ; opposes ; Harbour Charter
---
[Veria|Country] is far.
=
---
[Veria|Country] was never annotated.
"""


def read(folder: Path) -> list[tuple[set[str], dict[tuple[str, str, str], bool]]]:
    """For each passage its named things and its facts."""
    path = folder / "passages.txt"
    path.write_text(PASSAGES, encoding="utf-8")
    found = of_examples(marked(path), parser(), load().signatures)
    return [({entity for entity, _ in doc.user_data["surface"].named.values()}, said.facts) for doc, said in found]


def test_names_of_one_thing_are_one_thing(tmp_path: Path) -> None:
    things, facts = read(tmp_path)[0]
    assert things == {"Harbour Data Act|Law", "Senate|GovernmentBody", "Norlandia|Country"}
    assert facts["Senate|GovernmentBody", "enacted", "Harbour Data Act|Law"]


def test_what_is_optional_does_not_count(tmp_path: Path) -> None:
    facts = read(tmp_path)[0][1]
    assert not facts["Senate|GovernmentBody", "partOf", "Senate|GovernmentBody"]


def test_a_name_of_two_things_means_the_one_that_can_be_so_related(tmp_path: Path) -> None:
    assert read(tmp_path)[1][1] == {("Chart Office|GovernmentBody", "locatedIn", "Port Selwyn|Place"): True}


def test_silence_is_kept_and_what_was_not_annotated_is_not(tmp_path: Path) -> None:
    passages = read(tmp_path)
    assert len(passages) == 3
    assert passages[2] == ({"Veria|Country"}, {})
