"""What a store holds, indexed as the pages ask for it; there is no site, hence no page to lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from extraction.facts import Document, DocumentFacts, Entity, Status
from graph import records
from graph.pages import theme
from graph.pages.catalogue import Catalogue, Fact, cut, links_of


def catalogue(
    nodes: Mapping[str, records.Node], facts: Sequence[records.Fact], sources: Mapping[str, records.Source]
) -> Catalogue:
    """Entities, the facts among them, and the documents that name or state them."""
    listed = [_fact(number, fact, nodes) for number, fact in enumerate(facts)]
    used = {fact.document for fact in listed} | {document for node in nodes.values() for document in node.documents}
    return Catalogue(
        entities={
            key: Entity(key, node.type, node.name, node.aliases, node.labels, node.identifiers, node.jurisdiction)
            for key, node in nodes.items()
        },
        documents={
            key: DocumentFacts(
                Document(key, source.source, "", source.title, source.date, source.publisher, source.language)
            )
            for key, source in sources.items()
            if key in used
        },
        facts=listed,
        links=links_of(listed),
        kinds={key: theme.kind(node.type) for key, node in nodes.items()},
        pages=dict.fromkeys(nodes, ""),
        document_pages=dict.fromkeys(used, ""),
        facts_of={},
        facts_in={},
        mentioned_in={key: dict.fromkeys(node.documents, 1) for key, node in nodes.items()},
    )


def _fact(number: int, fact: records.Fact, nodes: Mapping[str, records.Node]) -> Fact:
    return Fact(
        number=number,
        subject=fact.subject,
        predicate=fact.predicate,
        object=fact.object,
        status=cast(Status, fact.status),
        date=fact.date,
        confidence=round(fact.confidence, 3),
        attributed_to=fact.attributed_to if fact.attributed_to in nodes else "",
        document=fact.document,
        start=fact.start,
        end=fact.end,
        parts=cut(fact.sentence, 0, len(fact.sentence), _ends(fact)),
        anchor="",
    )


def _ends(fact: records.Fact) -> list[tuple[str, int, int]]:
    """Where the words for subject and object stand in the sentence: the first place of each that is a word's."""
    found: list[tuple[str, int, int]] = []
    for role, words in (("subject", fact.subject_text), ("object", fact.object_text)):
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", fact.sentence) if words else ():
            if all(match.end() <= start or end <= match.start() for _, start, end in found):
                found.append((role, *match.span()))
                break
    return found
