"""Train the weights of `statements.plausibility`: python -m extraction.training.relations --genre ../shared/genre/open

Logistic regression with an L2 penalty for each predicate over pairs of annotated names. Prints precision, recall and
F1 of the relations of a cross-validation by passage, names given, for the frames alone and with what is learned; then
trains on everything and writes the weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction.domain.frames import Frames, load
from extraction.facts import Document, Entity
from extraction.fingerprint import DEFAULT_MODEL
from extraction.statements.component import Reading
from extraction.statements.pairs import Pair
from extraction.statements.parsing import surrogate
from extraction.statements.plausibility import WEIGHTS, Plausibility
from extraction.statements.proposals import ACCEPTED
from extraction.training.gold import occurrences

FOLDS = 4
PENALTY = 0.3
RAREST = 2
Fact = tuple[str, str, str]


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


def passages(folder: Path, nlp: Language, frames: Frames) -> list[Passage]:
    """The passages of a folder with `text/ID.txt` and `gold/ID.json`, sorted by id."""
    annotated = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "gold").glob("*.json"))]
    texts = [(folder / "text" / f"{gold['doc']}.txt").read_text(encoding="utf-8") for gold in annotated]
    docs = nlp.pipe(
        surrogate(_marked(nlp, text, gold["entities"])) for text, gold in zip(texts, annotated, strict=True)
    )
    return [_passage(doc, gold, frames) for doc, gold in zip(docs, annotated, strict=True)]


def _marked(nlp: Language, text: str, entities: list[dict[str, object]]) -> Doc:
    """A Doc whose mentions are the occurrences of the annotated names, in capitals too."""
    doc = nlp.make_doc(text)
    for entity in entities:
        names = {str(entity["name"]), *map(str, entity.get("aliases", []))}  # type: ignore[call-overload]
        entity["aliases"] = sorted(names | {name.upper() for name in names if len(name) > 4})
    spans = []
    for start, end, kind, key in occurrences(text, entities):
        if (span := doc.char_span(start, end, alignment_mode="expand")) is not None:
            spans.append(Span(doc, span.start, span.end, label=kind, span_id=key))
    doc.spans["mentions"] = spans
    doc.user_data["document"] = Document("passage", "passage", text)
    doc.user_data["entities"] = {
        str(e["id"]): Entity(str(e["id"]), str(e["type"]), str(e["name"]), tuple(e["aliases"]))  # type: ignore[arg-type]
        for e in entities
    }
    return doc


def _passage(doc: Doc, annotated: dict[str, list[dict[str, str]]], frames: Frames) -> Passage:
    optional = {entity["id"] for entity in annotated["entities"] if entity.get("optional")}
    gold: dict[Fact, bool] = {}
    where: dict[Fact, list[tuple[int, int] | None]] = defaultdict(list)
    reading = Reading(doc, frames)
    for relation in annotated["relations"]:
        fact = _fact(relation["s"], relation["p"], relation["o"])
        firm = not (relation.get("optional") or {relation["s"], relation["o"]} & optional)
        gold[fact] = gold.get(fact, False) or firm
        where[fact].append(_place(reading.surface.text, relation.get("evidence", "")))
    rows: list[Row] = []
    found: set[Fact] = set()
    for sentence in doc.sents:
        stated = list(reading.by_frames(sentence, reading.timing.dates(sentence)))
        found |= {_fact(s.subject, s.predicate, s.object) for s in stated}
        start, end = reading.surface.offsets[sentence.start][0], reading.surface.offsets[sentence.end - 1][1]
        for pair, features in reading.proposals.described(sentence, stated):
            states: dict[str, bool | None] = {}
            for predicate in frames.signatures[pair.subject.type, pair.object.type]:
                fact = _fact(pair.subject.entity, predicate, pair.object.entity)
                if fact in gold:
                    here = any(at is None or (at[0] < end and start < at[1]) for at in where[fact])
                    states[predicate] = True if gold[fact] and here else None
            rows.append(Row(pair, features, states))
    return Passage(rows, found, gold)


def _fact(subject: str, predicate: str, target: str) -> Fact:
    if predicate == "cooperatesWith" and target < subject:
        subject, target = target, subject
    return subject, predicate, target


def _place(text: str, evidence: str) -> tuple[int, int] | None:
    """Where the evidence stands in the text, however it is wrapped there."""
    match = re.search(r"\s+".join(map(re.escape, evidence.split())), text)
    return match.span() if match else None


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
                    if joined and score >= ACCEPTED:
                        found.add(_fact(row.pair.subject.entity, predicate, row.pair.object.entity))
        counts["right"] += sum(passage.gold.get(fact, False) for fact in found)
        counts["wrong"] += sum(fact not in passage.gold for fact in found)
        counts["missed"] += sum(firm and fact not in found for fact, firm in passage.gold.items())
    return counts


def report(name: str, counts: Counter[str]) -> str:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return (
        f"{name:<12} P {right / max(1, right + wrong):.3f}  R {right / max(1, right + missed):.3f}"
        f"  F {2 * right / max(1, 2 * right + wrong + missed):.3f}  of {right + missed}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genre", type=Path, required=True, help="folder with text/ and gold/")
    parser.add_argument("--dry", action="store_true", help="cross-validate only")
    parser.add_argument("--unchecked", action="store_true", help="train only")
    options = parser.parse_args()
    frames = load()
    data = passages(options.genre, spacy.load(DEFAULT_MODEL, exclude=["ner"]), frames)
    predicates, signatures = tuple(sorted({frame.predicate for frame in frames.all})), frames.signatures
    if not options.unchecked:
        alone, joined = Counter[str](), Counter[str]()
        for fold in range(FOLDS):
            model = train([p for i, p in enumerate(data) if i % FOLDS != fold], predicates, signatures)
            alone += evaluate(None, data[fold::FOLDS], signatures)
            joined += evaluate(model, data[fold::FOLDS], signatures)
        print(report("frames", alone), report("and learned", joined), sep="\n")
    if not options.dry:
        train(data, predicates, signatures).save(WEIGHTS)


if __name__ == "__main__":
    main()
