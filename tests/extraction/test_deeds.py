"""What a sentence does with what it names."""

from __future__ import annotations

import spacy

from extraction.domain import lexicon
from extraction.names.candidates import Witnesses
from extraction.names.context import Context
from extraction.names.shapes import shapes


def features(text: str, name: str) -> set[str]:
    doc, words = spacy.blank("en")(text), lexicon.load()
    span = doc.char_span(text.index(name), text.index(name) + len(name))
    known = {(token.i, token.i + 1): ("Country",) for token in doc if token.text in {"Kenya", "Ghana", "Togo"}}
    at = Context([token.text for token in doc], shapes(doc, words), Witnesses(registry=known), words, {})
    return set(at.deeds.features(span.start, span.end, "Plan"))


def test_the_nearest_deed_before_a_name_and_how_many_parties_do_it() -> None:
    signed = features("Kenya and Ghana last week signed the Lagoon Data Plan.", "Lagoon Data Plan")
    assert {"deed=conclude", "deed=conclude&near", "deed=conclude&parties2"} <= signed
    alone = features("Kenya, which signed nothing, has launched the Lagoon Data Plan.", "Lagoon Data Plan")
    assert {"deed=issue", "deed=issue&parties1"} <= alone and "deed=conclude" not in alone


def test_a_deed_of_another_sentence_or_line_counts_for_nothing() -> None:
    assert not any(
        one.startswith("deed") for one in features("Togo signed it. The Lagoon Data Plan is old.", "Lagoon Data Plan")
    )
    assert not any(
        one.startswith("deed") for one in features("What Togo signed\nThe Lagoon Data Plan", "Lagoon Data Plan")
    )


def test_a_passive_behind_a_name() -> None:
    assert "after=concludepassive" in features("The Lagoon Data Plan was signed by Togo.", "Lagoon Data Plan")
    assert "after=issue" in features("The Lagoon Data Plan, launched by Togo, is old.", "Lagoon Data Plan")


def test_the_noun_that_says_what_a_name_is() -> None:
    assert "isa=platform" in features("Lagoon Learn, an online platform for teachers, opened.", "Lagoon Learn")
    assert "isa=programme" in features("Lagoon Learn is a national programme of Togo.", "Lagoon Learn")
    assert not any(one.startswith("isa") for one in features("Lagoon Learn, Togo and Ghana met.", "Lagoon Learn"))
