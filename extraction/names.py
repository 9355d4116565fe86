"""The spaCy component `policy_names`: which names stand in a document, of which class, and which of them name the same thing.

    nlp.add_pipe("policy_names", config={"domain": None})

sets `doc.spans["mentions"]`: spans labelled with a class of the ontology, `span.id_` the entity's id within the document, and
`doc.user_data["entities"]`: that id -> `extraction.facts.Entity`. It needs only a tokenizer before it; entities that a recogniser
put in `doc.ents` or `doc.spans["learned"]` are heard as witnesses.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from . import lexicon, registry
from .arbitration import CLASSES, Arbiter, Context, best_set, features
from .candidates import Witnesses, candidates, shapes, witnesses
from .facts import Entity
from .gazetteer import Gazetteer
from .grouping import Name, entities_of
from .registry import KnownEntity, Registry

GOVERNMENT = frozenset({"government", "side", "authorities", "delegation", "Government", "Side"})


class NameFinder:
    """The registry and the grammar as witnesses: what they say of a document."""

    def __init__(self, domain: Path | None = None) -> None:
        self.lexicon = lexicon.load(domain)
        self.registry: Registry = registry.load(domain)
        self._names = Gazetteer((name, known) for name, bearers in self.registry.names() for known in bearers)
        self._adjectives = Gazetteer((word, known) for known in self.registry for word in known.adjectives)

    def look(self, doc: Doc) -> tuple[list[str], list[str], Witnesses]:
        """Words, their shapes, and the spans each witness marks."""
        words = [token.text for token in doc]
        known = {span: tuple(sorted({self.registry.types[k.entity.type] for k in found})) for span, found in self.named(doc).items()}
        for start, end in self.governments(doc):
            known[start, end] = ("Government",)
        return words, shapes(words, self.lexicon), witnesses(doc, known)

    def named(self, doc: Doc) -> dict[tuple[int, int], list[KnownEntity]]:
        """(start, end) in tokens -> the known entities that have this name."""
        return _aligned(doc, self._names)

    def adjectives(self, doc: Doc) -> dict[tuple[int, int], list[KnownEntity]]:
        """(start, end) in tokens -> the states of which this is the adjective."""
        return _aligned(doc, self._adjectives)

    def governments(self, doc: Doc) -> dict[tuple[int, int], list[KnownEntity]]:
        """ "the Chinese government", "the Indonesian side": (start, end) in tokens -> the state."""
        return {(s, e + 1): found for (s, e), found in self.adjectives(doc).items() if e < len(doc) and doc[e].text in GOVERNMENT}


def _aligned(doc: Doc, gazetteer: Gazetteer[KnownEntity]) -> dict[tuple[int, int], list[KnownEntity]]:
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    return {(starts[s], ends[e]): found for s, e, found in gazetteer.find(doc.text) if s in starts and e in ends}


class PolicyNames:
    """Finds, types and groups the names of a document."""

    def __init__(self, finder: NameFinder, arbiter: Arbiter) -> None:
        self.finder = finder
        self.arbiter = arbiter

    def __call__(self, doc: Doc) -> Doc:
        names = self.names(doc)
        grouped = entities_of(names, doc.text, self.finder)
        doc.user_data["entities"] = {entity.id: entity for entity in grouped.entities}
        spans = []
        for name, entity in grouped.mentions:
            span = Span(doc, name.start, name.end, label=name.kind)
            span.id_ = entity
            spans.append(span)
        doc.spans["mentions"] = spans
        return doc

    def names(self, doc: Doc) -> list[Name]:
        """The names that arbitration chooses, in text order."""
        words, kinds, seen = self.finder.look(doc)
        spans = candidates(words, self.finder.lexicon, seen)
        at = Context(words, kinds, seen, self.finder.lexicon)
        scores = self.arbiter.scores([features(span, at) for span in spans])
        known = self.finder.named(doc)
        governments = self.finder.governments(doc)
        found = []
        for i, kind, score in best_set(spans, scores):
            span = (spans[i].start, spans[i].end)
            text = doc[span[0] : span[1]].text
            bearers = governments.get(span) or [k for k in known.get(span, ()) if self.finder.registry.types[k.entity.type] == CLASSES[kind]]
            found.append(Name(*span, doc[span[0]].idx, doc[span[0]].idx + len(text), text, CLASSES[kind], score, tuple(bearers)))
        return found


@Language.factory("policy_names", default_config={"domain": None})
def make_policy_names(nlp: Language, name: str, domain: str | None) -> PolicyNames:
    """The component with the built-in domain pack, or with the pack in the folder `domain`."""
    return PolicyNames(NameFinder(Path(domain) if domain else None), Arbiter.load())
