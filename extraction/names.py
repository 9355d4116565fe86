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
from .arbitration import CLASSES, Arbiter, Context, best_set, features, initials_of
from .candidates import Witnesses, candidates, shapes, witnesses
from .facts import Entity
from .gazetteer import Gazetteer
from .grouping import Name, entities_of
from .registry import KnownEntity, Registry
from .unnamed import unnamed

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
        known = {span: self._classes(doc[span[0] : span[1]].text, found) for span, found in self.named(doc).items()}
        for span in self.adjectives(doc):
            known.setdefault(span, ("Adjective",))
        for start, end in self.governments(doc):
            known[start, end] = ("Government",)
        return words, shapes(doc, self.lexicon), witnesses(doc, known)

    def _classes(self, text: str, bearers: list[KnownEntity]) -> tuple[str, ...]:
        """Classes of what bears a name; with a question mark where other things bear it too."""
        return tuple(sorted({self.registry.types[k.entity.type] + ("?" if text in k.ambiguous else "") for k in bearers}))

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
        names = spread(doc, self.names(doc))
        names = sorted([*names, *unnamed(doc, names)], key=lambda name: name.start)
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
        spans = candidates(words, kinds, self.finder.lexicon, seen)
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


def spread(doc: Doc, names: list[Name]) -> list[Name]:
    """The names, with acronyms in brackets behind them, and every further place where one of their spellings stands."""
    words = [token.text for token in doc]
    taken = {i for name in names for i in range(name.start, name.end)}
    out = list(names)
    for name in names:
        at = name.end + 1
        if words[name.end : at] == ["("] and at + 1 < len(words) and words[at + 1] == ")" and at not in taken and initials_of(name.text.split(), words[at]):
            out.append(_at(doc, at, at + 1, name.kind, name.score))
            taken.add(at)
    best: dict[str, Name] = {}
    for name in out:
        if name.text not in best or name.score > best[name.text].score:
            best[name.text] = name
    again = Gazetteer((text, name) for text, name in best.items() if len(text) > 2 and text[0].isupper())
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    for first, last, found in sorted(again.find(doc.text), key=lambda hit: hit[0] - hit[1]):
        if first in starts and last in ends and not taken.intersection(range(starts[first], ends[last])):
            taken.update(range(starts[first], ends[last]))
            out.append(_at(doc, starts[first], ends[last], found[0].kind, found[0].score, found[0].known))
    return sorted(out, key=lambda name: name.start)


def _at(doc: Doc, start: int, end: int, kind: str, score: float, known: tuple[KnownEntity, ...] = ()) -> Name:
    text = doc[start:end].text
    return Name(start, end, doc[start].idx, doc[start].idx + len(text), text, kind, score, known)


@Language.factory("policy_names", default_config={"domain": None})
def make_policy_names(nlp: Language, name: str, domain: str | None) -> PolicyNames:
    """The component with the built-in domain pack, or with the pack in the folder `domain`."""
    return PolicyNames(NameFinder(Path(domain) if domain else None), Arbiter.load())
