"""Statements that no frame reaches: the features of pairs, the weights, and what is proposed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy

from extraction.domain.frames import load
from extraction.facts import LEARNED
from extraction.statements.component import PolicyStatements
from extraction.statements.pairs import pairs, path, referents
from extraction.statements.parsing import surrogate
from extraction.statements.plausibility import Plausibility, plausibility
from extraction.statements.proposals import ACCEPTED
from extraction.statements.reference import Reference
from tests.extraction.test_statements import marked, parser

TEXT = "The [Privacy Act|Law] cleared the [Senate|GovernmentBody] in 2021."


def test_a_pair_is_two_different_things_that_some_predicate_joins() -> None:
    doc = parser()(surrogate(marked(parser(), TEXT)))
    found = referents(next(doc.sents), Reference(doc, {}))
    joined = [(pair.subject.entity, pair.object.entity) for pair in pairs(found, load().signatures, 0)]
    assert ("Senate", "Privacy Act") in joined
    assert all(subject != target for subject, target in joined)


def test_a_path_goes_up_from_the_one_and_down_to_the_other() -> None:
    doc = spacy.blank("en")("Norlandia signed treaties")
    for token, head, relation in zip(doc, (1, 1, 1), ("nsubj", "ROOT", "dobj"), strict=True):
        token.head, token.dep_ = doc[head], relation
    way = path(doc[0], doc[2])
    assert ([t.i for t in way.up], way.top.i, [t.i for t in way.down]) == ([0], 1, [2])


def test_weights_survive_being_kept(tmp_path: Path) -> None:
    model = Plausibility({"bias": 0, "met=signed": 1}, ("hosted", "signed"), np.array([[-1, -2], [0, 4]], np.float32))
    model.save(tmp_path / "weights.npz")
    kept = Plausibility.load(tmp_path / "weights.npz")
    described = [["bias"], ["bias", "met=signed", "never seen"]]
    assert np.array_equal(model.scores(described), kept.scores(described))
    assert kept.scores(described).argmax(axis=1).tolist() == [0, 1]
    assert kept.scores([]).shape == (0, 2)


def test_the_weights_know_the_predicates_of_the_frames() -> None:
    assert set(plausibility().predicates) == {frame.predicate for frame in load().all}


def test_a_proposal_says_that_it_is_one() -> None:
    text = "[Veria|Country] joined the [Port Compact|Agreement]; [Sudria|Country] followed in 2021."
    found = PolicyStatements(load())(parser()(surrogate(marked(parser(), text)))).user_data["statements"]
    proposed = [s for s in found if s.frame == LEARNED]
    assert [(s.subject, s.predicate, s.object, s.date) for s in proposed] == [
        ("Sudria", "signed", "Port Compact", "2021")
    ]
    assert ACCEPTED <= proposed[0].confidence <= 1
