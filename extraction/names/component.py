"""The spaCy component `policy_names`: which names stand in a document, of which class, and which name the same thing.

    nlp.add_pipe("policy_names", config={"domain": None})

sets `doc.spans["mentions"]`: spans labelled with a class of the ontology, `span.id_` the entity's id within the
document; `doc.spans["nested"]`: states and organisations named inside the names of forums and agreements; and
`doc.user_data["entities"]`: id -> `extraction.facts.Entity`. It needs only a tokenizer before it; entities that a
recogniser put in `doc.ents` or `doc.spans["learned"]` are heard as witnesses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction.domain import lexicon
from extraction.domain.lexicon import Lexicon
from extraction.facts import Entity
from extraction.names import clusters
from extraction.names.arbitration import CLASSES, Arbiter, best_set
from extraction.names.candidates import Candidate, candidates, witnesses
from extraction.names.context import Context
from extraction.names.evidence import features
from extraction.names.gazetteer import Gazetteer
from extraction.names.grouping import Name, entities_of
from extraction.names.knownnames import Bearers, KnownNames, NameRegister, aligned
from extraction.names.learned import MODEL
from extraction.names.shapes import HYPHENS, shapes
from extraction.names.shortforms import initials_of, surname
from extraction.names.unnamed import is_bare, unnamed

LAW = "Law"
HOLDERS = frozenset({"Forum", "Agreement"})
PARTIES = frozenset({"Country", "InternationalOrganization"})
GEOGRAPHIC = frozenset({"Country", "Place"})


class PolicyNames:
    """Finds, types and groups the names of a document."""

    def __init__(self, register: NameRegister, words: Lexicon, arbiter: Arbiter) -> None:
        self.register = register
        self.lexicon = words
        self.arbiter = arbiter
        self.classes = clusters.load(MODEL)

    def __call__(self, doc: Doc) -> Doc:
        known = self.register(doc)
        names = spread(
            doc, self.lexicon, [name for name in self.chosen(doc, known) if not is_bare(name.text, self.lexicon)]
        )
        names = sorted([*names, *unnamed(doc, names, self.lexicon)], key=lambda name: name.start)
        grouped = entities_of(names, doc.text, self.lexicon, self.register.registry.types)
        doc.user_data["entities"] = {entity.id: entity for entity in grouped.entities}
        doc.spans["mentions"] = [_span(doc, name.start, name.end, name.kind, id) for name, id in grouped.mentions]
        doc.spans["nested"] = self._nested(doc, known, [name for name, _ in grouped.mentions])
        return doc

    def chosen(self, doc: Doc, known: KnownNames) -> list[Name]:
        """The names that arbitration chooses, in text order."""
        words, kinds = [token.text for token in doc], shapes(doc, self.lexicon)
        seen = witnesses(doc, self.register.witness(doc, known), self.lexicon)
        spans = candidates(words, kinds, self.lexicon, seen)
        at = Context(words, kinds, seen, self.lexicon, self.classes)
        scores = self.arbiter.scores([features(span, at) for span in spans])
        bearers = Bearers(doc, known, self.register, self.lexicon)
        found = []
        for i, kind, score in best_set(spans, scores):
            span, label = (spans[i].start, spans[i].end), _known_class(spans[i]) or CLASSES[kind]
            found.append(_name(doc, *span, Name("", label, score, known=bearers.of(span, label))))
        return found

    def _nested(self, doc: Doc, known: KnownNames, names: Sequence[Name]) -> list[Span]:
        """Parties in names of forums and agreements ("China-Kenya Symposium"); their entities join the document's."""
        entities: dict[str, Entity] = doc.user_data["entities"]
        regions = [span for span, found in known.named.items() if {self.register.kind(k) for k in found} <= GEOGRAPHIC]
        within = {i for start, end in regions for i in range(start + 1, end)}
        ends = {end for _, end in (*known.named, *known.adjectives)}
        inside: dict[int, tuple[int, Entity]] = {}
        for (start, end), found in sorted({**known.adjectives, **known.named}.items()):
            text = doc[start:end].text
            parties = [k.entity for k in found if self.register.kind(k) in PARTIES and text not in k.ambiguous]
            tail = start in within or (_hyphenated(doc, start) and start - 1 not in ends)
            if len(parties) == 1 and not tail:
                inside[start] = (end, parties[0])
        spans = []
        for outer in names:
            at = outer.start
            while outer.kind in HOLDERS and at < outer.end:
                end, entity = inside.get(at, (0, None))
                if entity and end <= outer.end and end - at < outer.end - outer.start:
                    text = doc[at:end].text
                    entities.setdefault(entity.id, replace(entity, aliases=(text,) if text != entity.name else ()))
                    spans.append(_span(doc, at, end, self.register.registry.types[entity.type], entity.id))
                at = max(end, at + 1)
        return spans


def _known_class(candidate: Candidate) -> str:
    """The class under which alone the registry knows a long title, "" for none: "Guidelines" may be a law."""
    long = candidate.end - candidate.start > (2 if LAW in candidate.registry else 3)
    known = candidate.registry[0] if long and len(candidate.registry) == 1 else ""
    return known if known in CLASSES else ""


def spread(doc: Doc, lexicon: Lexicon, names: Sequence[Name]) -> list[Name]:
    """The names, acronyms in brackets behind them, and the other places where their spellings or surnames stand."""
    words = [token.text for token in doc]
    taken = {i for name in names for i in range(name.start, name.end)}
    out = list(names)
    for name in names:
        at = name.end + 1
        bracketed = words[name.end : at] == ["("] and words[at + 1 : at + 2] == [")"] and at not in taken
        if bracketed and initials_of(name.text.split(), words[at]):
            out.append(_name(doc, at, at + 1, replace(name, known=())))
            taken.add(at)
    best: dict[str, Name] = {}
    for name in out:
        if name.text not in best or name.score > best[name.text].score:
            best[name.text] = name
    for name in out:
        if name.kind == "Person" and (family := surname(name.text, lexicon)) and family not in best:
            best[family] = name
    again = Gazetteer((text, name) for text, name in best.items() if len(text) > 1 and text[0].isupper())
    for (start, end), found in sorted(aligned(doc, again).items(), key=lambda hit: -len(doc[slice(*hit[0])].text)):
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            out.append(_name(doc, start, end, found[0]))
    return sorted(out, key=lambda name: name.start)


def _hyphenated(doc: Doc, start: int) -> bool:
    return start > 1 and doc[start - 1].text in HYPHENS and not doc[start - 1].whitespace_


def _name(doc: Doc, start: int, end: int, like: Name) -> Name:
    """The tokens as a name of the same class, score and bearers as another one."""
    text = doc[start:end].text
    first = doc[start].idx
    return replace(like, text=text, start=start, end=end, first=first, last=first + len(text))


def _span(doc: Doc, start: int, end: int, kind: str, entity: str) -> Span:
    span = Span(doc, start, end, label=kind)
    span.id_ = entity
    return span


@Language.factory("policy_names", default_config={"domain": None})
def make_policy_names(nlp: Language, name: str, domain: str | None) -> PolicyNames:
    """The component with the built-in domain pack, or with the pack in the folder `domain`."""
    pack = Path(domain) if domain else None
    words = lexicon.load(pack)
    return PolicyNames(NameRegister(words, pack), words, Arbiter.load())
