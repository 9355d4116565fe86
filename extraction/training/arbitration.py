"""Train the weights of `names.arbitration`: python -m extraction.training.arbitration --genre ../shared/genre/open

Averaged structured perceptron with cost-augmented inference over annotated passages (Collins 2002; Sarawagi & Cohen
2004). Trains on everything and writes the weights, then prints strict typed precision, recall and F1 of a
cross-validation by passage.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, SpanGroup

from extraction.domain import lexicon
from extraction.names import clusters
from extraction.names.arbitration import CLASSES, WEIGHTS, Arbiter, best_set
from extraction.names.candidates import Candidate, candidates, witnesses
from extraction.names.context import Context
from extraction.names.evidence import features
from extraction.names.knownnames import NameRegister
from extraction.names.learned import MODEL
from extraction.names.shapes import shapes
from extraction.training.annotation import own_passages, read

EPOCHS = 10
SEEDS = (7, 8, 9)
FOLDS = 4
MISSED, INVENTED = 20.0, 20.0
RAREST = 1
# Lest the weights rely on lists where only grammar helps, the registry keeps silent on these now and then.
WITHHELD = frozenset({"Law", "Agreement", "Initiative", "Forum"})
Found = dict[str, list[tuple[int, int, str, float]]]


@dataclass(slots=True)
class Example:
    """A passage ready to learn from: its candidates, their features, and the class each gold one has."""

    id: str
    spans: list[Candidate]
    described: list[list[str]]
    gold: dict[tuple[int, int], int]
    rows: list[NDArray[np.int64]]


Prepared = tuple[Example, list[NDArray[np.int64]]]


def examples(genre: Path, learned: Found | None, silence: bool = True) -> list[Example]:
    """Describe the candidates of all passages; `learned` holds out-of-fold spans of the learned recogniser.

    With `silence`, that recogniser says nothing in two passages of four and the registry nothing of WITHHELD in every
    second, so that the weights learn to do without either: on texts unlike the passages both know less.
    """
    from extraction.pipeline import load_stock

    nlp, words_of = load_stock(), lexicon.load()
    register = NameRegister(words_of)
    built: list[Example] = []
    passages = [*read(genre), *own_passages()]
    for passage, doc in zip(passages, nlp.pipe(p.text for p in passages), strict=True):
        mark_learned(doc, (learned or {}).get(passage.id, ()) if (len(built) // 2) % 2 or not silence else ())
        said = register.witness(doc, register(doc))
        if len(built) % 2 and silence:
            said = {
                span: kept
                for span, found in said.items()
                if (kept := tuple(k for k in found if k.rstrip("?") not in WITHHELD))
            }
        seen = witnesses(doc, said, words_of)
        words, kinds = [token.text for token in doc], shapes(doc, words_of)
        spans_ = candidates(words, kinds, words_of, seen)
        at = Context(words, kinds, seen, words_of, clusters.load(MODEL))
        gold = {
            (span.start, span.end): CLASSES.index(kind)
            for start, end, kind, _ in passage.spans
            if (span := doc.char_span(start, end, alignment_mode="contract")) is not None
        }
        built.append(Example(passage.id, spans_, [features(c, at) for c in spans_], gold, []))
    return built


def mark_learned(doc: Doc, found: Sequence[tuple[int, int, str, float]]) -> None:
    """Put spans given in characters where the learned recogniser would put them."""
    spans = [(span, score) for s, e, label, score in found if (span := doc.char_span(s, e, label))]
    doc.spans["learned"] = SpanGroup(
        doc, name="learned", spans=[span for span, _ in spans], attrs={"scores": [score for _, score in spans]}
    )


def index_of(data: Sequence[Example]) -> dict[str, int]:
    """Features seen in at least RAREST passages, numbered in sorted order."""
    seen = Counter(name for example in data for name in {name for names in example.described for name in names})
    return {name: i for i, name in enumerate(sorted(name for name, n in seen.items() if n >= RAREST))}


def train(data: Sequence[Example], epochs: int = EPOCHS) -> Arbiter:
    """The mean of the weights learned from the passages in each of SEEDS orders: one order leaves much to chance."""
    index = index_of(data)
    prepared = [
        (
            example,
            [
                np.array([i for name in names if (i := index.get(name)) is not None], dtype=np.int64)
                for names in example.described
            ],
        )
        for example in data
    ]
    size = (len(index), len(CLASSES))
    return Arbiter(index, np.mean([_perceptron(prepared, size, epochs, seed) for seed in SEEDS], axis=0))


def _perceptron(prepared: Sequence[Prepared], size: tuple[int, int], epochs: int, seed: int) -> NDArray[np.float32]:
    """Averaged perceptron: after each passage, move from the best wrong reading towards the gold one."""
    weights = np.zeros(size, dtype=np.float64)
    summed = np.zeros_like(weights)
    rng = random.Random(seed)
    step = 1
    for _ in range(epochs):
        order = list(range(len(prepared)))
        rng.shuffle(order)
        for which in order:
            example, rows = prepared[which]
            scores = np.stack([weights[row].sum(axis=0) for row in rows]) if rows else np.zeros((0, len(CLASSES)))
            scores = scores + INVENTED
            right = [example.gold.get((c.start, c.end)) for c in example.spans]
            for i, kind in enumerate(right):
                if kind is not None:
                    scores[i, kind] -= INVENTED + MISSED
            predicted = {i: kind for i, kind, _ in best_set(example.spans, scores)}
            for i, kind in enumerate(right):
                if kind is not None and predicted.get(i) != kind:
                    weights[rows[i], kind] += 1.0
                    summed[rows[i], kind] += step
                if i in predicted and predicted[i] != kind:
                    weights[rows[i], predicted[i]] -= 1.0
                    summed[rows[i], predicted[i]] -= step
            step += 1
    averaged: NDArray[np.float32] = (weights - summed / step).astype(np.float32)
    return averaged


def evaluate(arbiter: Arbiter, data: Sequence[Example]) -> Counter[str]:
    """Counts of right, spurious and missed typed spans, in all and by class."""
    counts: Counter[str] = Counter()
    for example in data:
        scores = arbiter.scores(example.described)
        found = {(example.spans[i].start, example.spans[i].end): kind for i, kind, _ in best_set(example.spans, scores)}
        for span, kind in found.items():
            counts[("tp " if example.gold.get(span) == kind else "fp ") + CLASSES[kind]] += 1
            counts["span tp"] += span in example.gold
        for span, kind in example.gold.items():
            counts["fn " + CLASSES[kind]] += found.get(span) != kind
            counts["unreachable"] += span not in {(c.start, c.end) for c in example.spans}
    return counts


def report(counts: Counter[str]) -> str:
    """A table of precision, recall and F1 by class."""
    lines = []
    total = Counter({key: sum(counts[f"{key} {kind}"] for kind in CLASSES) for key in ("tp", "fp", "fn")})
    for name in (*CLASSES, "all"):
        tp, fp, fn = (total[key] if name == "all" else counts[f"{key} {name}"] for key in ("tp", "fp", "fn"))
        precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
        f1 = 2 * tp / max(1, 2 * tp + fp + fn)
        lines.append(f"{name:<28} P {precision:.3f}  R {recall:.3f}  F {f1:.3f}  of {tp + fn}")
    lines.append(f"untyped right {counts['span tp']}, no candidate {counts['unreachable']}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genre", type=Path, required=True, help="folder with text/ and gold/")
    parser.add_argument("--learned", type=Path, help="JSON of out-of-fold spans of the learned recogniser")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--dry", action="store_true", help="cross-validate only")
    options = parser.parse_args()
    learned = json.loads(options.learned.read_text(encoding="utf-8")) if options.learned else None
    data = examples(options.genre, learned)
    if not options.dry:
        train(data, options.epochs).save(WEIGHTS)
        print("weights written", flush=True)
    whole = examples(options.genre, learned, silence=False)
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        trained = train([e for i, e in enumerate(data) if i % FOLDS != fold], options.epochs)
        counts += evaluate(trained, [e for e in whole[fold::FOLDS] if not e.id.startswith("passages")])
    print(report(counts))


if __name__ == "__main__":
    main()
