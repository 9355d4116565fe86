"""Long documents cut into parts that fit into memory, and what was found in the parts put together again.

A document up to `LONGEST` characters is one part. What a longer one says is found part by part: a name that is short
for one given in an earlier part is read as if that had not been given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from extraction.facts import Document, DocumentFacts, Entity, Span

# Twice the text takes more than twice the time to read.
LONGEST = 100_000


def whole(
    documents: Iterable[Document], run: Callable[[Iterator[Document]], Iterator[DocumentFacts]]
) -> Iterator[DocumentFacts]:
    """The facts of each document, in order, by a `run` that gives those of each part, in order."""
    sent: deque[tuple[Document, int]] = deque()

    def parts() -> Iterator[Document]:
        for document in documents:
            cut = split(document)
            sent.append((document, len(cut)))
            yield from cut

    found = run(parts())
    for facts in found:
        document, number = sent.popleft()
        yield joined(document, [facts, *islice(found, number - 1)])


def split(document: Document) -> list[Document]:
    """The parts of a document, cut where a line ends or, where none does, at a space.

    A part has what extraction may look at, text and date, and nothing else: facts depend on nothing else.
    """
    text, parts, start = document.text, [], 0
    while len(text) - start > LONGEST:
        end = start + LONGEST
        cut = next((at for mark in ("\n", " ") if (at := text.rfind(mark, start + LONGEST // 2, end) + 1)), end)
        parts.append(text[start:cut])
        start = cut
    return [Document("", "", part, date=document.date) for part in (*parts, text[start:])]


def joined(document: Document, parts: Sequence[DocumentFacts]) -> DocumentFacts:
    """The facts of a document out of those of its parts; an entity is one where its id is."""
    if len(parts) == 1:
        return replace(parts[0], document=document)
    entities: dict[str, Entity] = {}
    mentions, statements, start = [], [], 0
    for part in parts:
        for entity in part.entities:
            entities[entity.id] = _united(entities[entity.id], entity) if entity.id in entities else entity
        mentions += [replace(each, start=each.start + start, end=each.end + start) for each in part.mentions]
        statements += [
            replace(
                each,
                start=each.start + start,
                end=each.end + start,
                subject_span=Span(*(at + start for at in each.subject_span)),
                object_span=Span(*(at + start for at in each.object_span)),
            )
            for each in part.statements
        ]
        start += len(part.document.text)
    return DocumentFacts(document, tuple(entities[id] for id in sorted(entities)), tuple(mentions), tuple(statements))


def _united(one: Entity, other: Entity) -> Entity:
    aliases = {*one.aliases, other.name, *other.aliases} - {one.name}
    return replace(one, aliases=tuple(sorted(aliases)), known=one.known or other.known)
