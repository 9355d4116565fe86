"""Train the weights of `statements.plausibility`: python -m extraction.training.relations --genre ../shared/genre/open

Logistic regression with an L2 penalty for each predicate over pairs of annotated names, in the passages of the folder
and in those of our own that say what they state. Prints precision, recall and F1 of the relations of a
cross-validation by passage, names given, for the frames alone and with what is learned; then trains on everything and
writes the weights.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from spacy.tokens import Doc

from extraction.domain.frames import Frames, load
from extraction.fingerprint import DEFAULT_MODEL
from extraction.statements.component import Reading
from extraction.statements.pairs import Pair
from extraction.statements.plausibility import WEIGHTS, Plausibility
from extraction.statements.proposals import accepted
from extraction.training.annotation import own_passages
from extraction.training.stated import Annotation, Fact, fact_of, of_examples, of_folder

FOLDS = 4
PENALTY = 0.3
RAREST = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of one sentence, what is seen of it, and what it is: predicate -> True, or None where unclear."""

    pair: Pair
    features: list[str]
    states: dict[str, bool | None]


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotated text: its pairs, the facts that the frames find, and its gold facts, False where optional."""

    rows: list[Row]
    found: set[Fact]
    gold: dict[Fact, bool]


def passage(doc: Doc, annotation: Annotation, frames: Frames) -> Passage:
    """The pairs of a parsed text, described, beside what its annotation says of them."""
    reading = Reading(doc, frames)
    rows: list[Row] = []
    found: set[Fact] = set()
    best: dict[Fact, float] = {}
    for sentence in doc.sents:
        stated = list(reading.by_frames(sentence, reading.timing.dates(sentence)))
        found |= {fact_of(s.subject, s.predicate, s.object) for s in stated}
        start, end = reading.surface.offsets[sentence.start][0], reading.surface.offsets[sentence.end - 1][1]
        for pair, features in reading.proposals.described(sentence, stated):
            states: dict[str, bool | None] = {}
            for predicate in frames.signatures[pair.subject.type, pair.object.type]:
                fact = fact_of(pair.subject.entity, predicate, pair.object.entity)
                if fact in annotation.facts:
                    at = annotation.places.get(fact, [])
                    here = not at or any(first < end and start < last for first, last in at)
                    states[predicate] = True if annotation.facts[fact] and here else None
                    best[fact] = max(best.get(fact, 0), pair.certainty)
            rows.append(Row(pair, features, states))
    for row in rows:
        # Where the annotation does not tell the sentence, it is one that names both, if there is any.
        for predicate, so in row.states.items():
            fact = fact_of(row.pair.subject.entity, predicate, row.pair.object.entity)
            if so and fact not in annotation.places and row.pair.certainty < best[fact]:
                row.states[predicate] = None
    return Passage(rows, found, annotation.facts)


def index_of(data: Sequence[Passage]) -> dict[str, int]:
    """Features seen in at least RAREST passages, numbered in sorted order."""
    seen = Counter(name for passage in data for name in {name for row in passage.rows for name in row.features})
    return {name: i for i, name in enumerate(sorted(name for name, n in seen.items() if n >= RAREST))}


def train(
    data: Sequence[Passage], predicates: tuple[str, ...], signatures: dict[tuple[str, str], frozenset[str]]
) -> Plausibility:
    """Fit one regression for each predicate to the pairs that it may join."""
    index = index_of(data)
    rows = [row for passage in data for row in passage.rows]
    seen = _matrix(rows, index)
    weights = np.zeros((len(index), len(predicates)))
    for column, predicate in enumerate(predicates):
        fitting = [
            i
            for i, row in enumerate(rows)
            if predicate in signatures[row.pair.subject.type, row.pair.object.type]
            and row.states.get(predicate, False) is not None
        ]
        weights[:, column] = _fitted(seen[fitting], np.array([bool(rows[i].states.get(predicate)) for i in fitting]))
    return Plausibility(index, predicates, weights.astype(np.float32))


def _matrix(rows: Iterable[Row], index: dict[str, int]) -> sparse.csr_matrix:
    columns: list[int] = []
    ends = [0]
    for row in rows:
        columns += sorted({index[name] for name in row.features if name in index})
        ends.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(index)))


def _fitted(seen: sparse.csr_matrix, states: NDArray[np.bool_]) -> NDArray[np.float64]:
    sign = np.where(states, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (seen @ weights)
        slope = -sign / (1 + np.exp(np.clip(margin, -50, 50)))
        penalised = np.logaddexp(0, -margin).sum() + weights @ weights / (2 * PENALTY)
        return float(penalised), seen.T @ slope + weights / PENALTY

    start = np.zeros(seen.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80, "ftol": 1e-6}).x)


def evaluate(
    model: Plausibility | None, data: Sequence[Passage], signatures: dict[tuple[str, str], frozenset[str]]
) -> Counter[str]:
    """Counts of right, wrong and missed facts, as the frames and the model (where there is one) find them."""
    counts: Counter[str] = Counter()
    for passage in data:
        found = set(passage.found)
        if model is not None:
            for row, scores in zip(passage.rows, model.scores([row.features for row in passage.rows]), strict=True):
                for predicate, score in zip(model.predicates, scores, strict=True):
                    joined = predicate in signatures[row.pair.subject.type, row.pair.object.type]
                    if joined and accepted(predicate, float(score), row.features):
                        found.add(fact_of(row.pair.subject.entity, predicate, row.pair.object.entity))
        counts["right"] += sum(passage.gold.get(fact, False) for fact in found)
        counts["wrong"] += sum(fact not in passage.gold for fact in found)
        counts["missed"] += sum(firm and fact not in found for fact, firm in passage.gold.items())
    return counts


def report(name: str, counts: Counter[str]) -> str:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return (
        f"{name:<20} P {right / max(1, right + wrong):.3f}  R {right / max(1, right + missed):.3f}"
        f"  F {2 * right / max(1, 2 * right + wrong + missed):.3f}  of {right + missed}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genre", type=Path, required=True, help="folder with text/ and gold/")
    parser.add_argument("--dry", action="store_true", help="cross-validate only")
    parser.add_argument("--unchecked", action="store_true", help="train only")
    options = parser.parse_args()
    frames, nlp = load(), spacy.load(DEFAULT_MODEL, exclude=["ner"])
    predicates, signatures = tuple(sorted({frame.predicate for frame in frames.all})), frames.signatures
    sets = {
        options.genre.name: [passage(doc, said, frames) for doc, said in of_folder(options.genre, nlp)],
        "own": [passage(doc, said, frames) for doc, said in of_examples(own_passages(), nlp, signatures)],
    }
    data = [passage for passages in sets.values() for passage in passages]
    if not options.unchecked:
        counts = {(name, kind): Counter[str]() for name in sets for kind in ("frames", "and learned")}
        for fold in range(FOLDS):
            others = [p for passages in sets.values() for i, p in enumerate(passages) if i % FOLDS != fold]
            model = train(others, predicates, signatures)
            for name, passages in sets.items():
                counts[name, "frames"] += evaluate(None, passages[fold::FOLDS], signatures)
                counts[name, "and learned"] += evaluate(model, passages[fold::FOLDS], signatures)
        for (name, kind), counted in counts.items():
            print(report(f"{name}, {kind}", counted))
    if not options.dry:
        train(data, predicates, signatures).save(WEIGHTS)


if __name__ == "__main__":
    main()
