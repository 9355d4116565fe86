"""Statements that no frame found but whose pair of things looks like those that state something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extraction.domain.frames import Frames
from extraction.facts import LEARNED, Span, Statement
from extraction.statements import syntax
from extraction.statements.dates import DateMention
from extraction.statements.description import Describer, Met
from extraction.statements.discourse import ACTORS
from extraction.statements.pairs import Pair, pairs, path, referents
from extraction.statements.parsing import Surface
from extraction.statements.plausibility import Plausibility
from extraction.statements.reference import Reference
from extraction.statements.status import speaker, status_of
from extraction.statements.timing import Timing

ACCEPTED = 0.6
# Where no word between the two ever states the relation, they must look surer.
UNSPOKEN = 0.8
STANDING = frozenset(("holdsPositionIn", "partOf", "locatedIn"))
SYMMETRIC = frozenset(("cooperatesWith",))
LISTING = frozenset((",", "and", "or", "the", "&"))


def accepted(predicate: str, score: float, features: Sequence[str]) -> bool:
    """Whether a pair with these features, given this probability, is taken to state the relation."""
    if score < ACCEPTED:
        return False
    cue = f"cue={predicate}"
    return score >= UNSPOKEN or any(cue in feature for feature in features)


class Proposals:
    """Proposes statements in one document, sentence by sentence."""

    def __init__(self, doc: Doc, frames: Frames, reference: Reference, timing: Timing) -> None:
        self.doc = doc
        self.surface: Surface = doc.user_data["surface"]
        self.signatures = frames.signatures
        self.reference = reference
        self.timing = timing
        self.describer = Describer(reference, frames)

    def described(self, sentence: TokenSpan, stated: Sequence[Statement]) -> list[tuple[Pair, list[str]]]:
        """The pairs of a sentence and what is seen of each; `stated` is what the frames found in it."""
        met: Met = defaultdict(list)
        for statement in stated:
            met[statement.subject, statement.object].append((statement.frame, statement.predicate))
        found = referents(sentence, self.reference)
        return [
            (pair, self.describer.features(pair, sentence, met))
            for pair in pairs(found, self.signatures, sentence.start)
        ]

    def of(
        self,
        sentence: TokenSpan,
        stated: Sequence[Statement],
        dates: list[tuple[int, DateMention]],
        model: Plausibility,
    ) -> Iterator[Statement]:
        """What the model accepts beyond what the frames found in the sentence."""
        if any(token.lower_ == "respectively" for token in sentence):
            return
        known = {(s.subject, s.predicate, s.object) for s in stated}
        known |= {(s.object, s.predicate, s.subject) for s in stated if s.predicate in SYMMETRIC}
        # "A signed X and B signed Y": each has its own.
        paired = {(s.subject, s.predicate) for s in stated}, {(s.predicate, s.object) for s in stated}
        # "A called on B to sign": what is still to come of one is no fact of another.
        to_come = {(s.predicate, s.object) for s in stated if s.status != "asserted"}
        described = self.described(sentence, stated)
        for (pair, features), scores in zip(described, model.scores([seen for _, seen in described]), strict=True):
            for predicate, score in zip(model.predicates, scores.tolist(), strict=True):
                if not accepted(predicate, score, features):
                    continue
                fact = (pair.subject.entity, predicate, pair.object.entity)
                if fact in known or predicate not in self.signatures[pair.subject.type, pair.object.type]:
                    continue
                if fact[1:] in to_come or (fact[:2] in paired[0] and fact[1:] in paired[1]):
                    continue
                if predicate not in SYMMETRIC | STANDING and self._at_odds(pair, predicate, sentence):
                    continue
                if statement := self._statement(pair, predicate, score, sentence, dates):
                    known.add(fact)
                    if predicate in SYMMETRIC:
                        known.add((fact[2], predicate, fact[0]))
                    yield statement

    def _statement(
        self,
        pair: Pair,
        predicate: str,
        score: float,
        sentence: TokenSpan,
        dates: list[tuple[int, DateMention]],
    ) -> Statement | None:
        verbs = self._verbs(pair, sentence)
        statuses = [status_of(verb) for verb in verbs]
        if None in statuses:
            return None
        trigger = verbs[-1]
        status = "asserted" if predicate in STANDING else statuses[-1] or "asserted"
        told = [ref.entity for token in speaker(trigger) for ref in self.reference.single(token, ACTORS)]
        first = min(sentence.start, pair.subject.token, pair.object.token)
        start = self.surface.offsets[self.doc[first].sent.start][0]
        end = self.surface.offsets[sentence.end - 1][1]
        return Statement(
            subject=pair.subject.entity,
            predicate=predicate,
            object=pair.object.entity,
            status=status,
            date=self.timing.date(trigger, dates, predicate in STANDING),
            confidence=round(score, 3),
            start=start,
            end=end,
            subject_span=Span(*self.surface.offsets[pair.subject.token]),
            object_span=Span(*self.surface.offsets[pair.object.token]),
            frame=LEARNED,
            attributed_to=told[0] if told else "",
        )

    def _at_odds(self, pair: Pair, predicate: str, sentence: TokenSpan) -> bool:
        """Whether an enumeration in which the object is named holds the subject, or what could not be an object."""
        for token in sentence:
            if syntax.entity_of(token) == pair.object.entity:
                fellows = [self.surface.named[i] for i in self._enumeration(token.i)]
                if any(
                    entity == pair.subject.entity or predicate not in self.signatures.get((pair.subject.type, kind), ())
                    for entity, kind in fellows
                ):
                    return True
        return False

    def _enumeration(self, at: int) -> list[int]:
        """The names that stand in a row with the one at a token, itself included."""
        run = [at]
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(self.doc) and (other in self.surface.named or self.doc[other].lower_ in LISTING):
                if other in self.surface.named:
                    run.append(other)
                other += step
        return run

    def _verbs(self, pair: Pair, sentence: TokenSpan) -> list[Token]:
        """The verbs that join the two, from the one above both down to the object; else the one word above both."""
        within = [self.doc[ref.token] for ref in pair if ref.token >= sentence.start]
        way = path(within[0], within[-1] if len(within) > 1 else sentence.root)
        tokens = (*reversed(way.up), way.top, *reversed(way.down))
        return [token for token in tokens if syntax.is_verbal(token) and token.i not in self.surface.named] or [way.top]
