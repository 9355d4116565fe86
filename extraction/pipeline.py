"""From documents to facts: two spaCy pipelines in a row, names first, then statements.

Names are found before the text is parsed, so that the parser sees each of them as one word (see `parsing`); every
token still goes through recogniser, tagger and parser once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extraction.errors import UnknownModel
from extraction.facts import Document, DocumentFacts, Entity, Mention, Statement
from extraction.fingerprint import DEFAULT_MODEL
from extraction.parts import whole

PARSING = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
# Characters that are read at a time: short documents together, which spares a tenth of the time of reading them one by
# one. thinc multiplies matrices with BLIS, row by row, so that a document reads the same whatever stands beside it.
TOGETHER = 20_000


@dataclass(frozen=True)
class Pipeline:
    """names       text -> mentions and entities
    statements  the same text with its mentions as single words -> statements
    """

    names: Language
    statements: Language


def load_stock(model: str = DEFAULT_MODEL) -> Language:
    """The base model, of which tokenizer and entity recogniser are at work. Raises UnknownModel."""
    try:
        return spacy.load(model, exclude=["senter"], disable=PARSING)
    except OSError as error:
        raise UnknownModel(model) from error


def load(model: str = DEFAULT_MODEL, domain: Path | None = None) -> Pipeline:
    """The whole extraction over a base model, with the built-in domain pack or the one in a folder.

    Raises UnknownModel and BadDomain.
    """
    # They register their factories.
    import extraction.names.component
    import extraction.names.learned
    import extraction.statements.component  # noqa: F401

    first = load_stock(model)
    second = _parsing(first)
    for each in (first, second):
        each.max_length = 100_000_000
    first.add_pipe("policy_learned_names")
    first.add_pipe("policy_names", config={"domain": str(domain) if domain else None})
    second.add_pipe("policy_statements", config={"domain": str(domain) if domain else None})
    return Pipeline(first, second)


def _parsing(stock: Language) -> Language:
    """A base model but for its recogniser, for texts that the model itself has cut into tokens."""
    parsing = type(stock)(stock.vocab, create_tokenizer=lambda _: stock.tokenizer)
    for name in stock.component_names:
        if name != "ner":
            parsing.add_pipe(name, source=stock)
    return parsing


def extract(documents: Iterable[Document], pipeline: Pipeline) -> Iterator[DocumentFacts]:
    """The facts of each document, in the order of the documents; entity ids are the document's own."""
    return whole(documents, lambda parts: _extract(parts, pipeline))


def _extract(parts: Iterator[Document], pipeline: Pipeline) -> Iterator[DocumentFacts]:
    from extraction.statements.parsing import surrogate

    for group in _groups(parts):
        texts, size = ((part.text, part) for part in group), len(group)
        named = (_prepared(*each) for each in pipeline.names.pipe(texts, as_tuples=True, batch_size=size))
        for doc in pipeline.statements.pipe((surrogate(doc) for doc in named), batch_size=size):
            yield facts_of(doc)


def _groups(parts: Iterator[Document]) -> Iterator[list[Document]]:
    group: list[Document] = []
    for part in parts:
        group.append(part)
        if sum(len(each.text) for each in group) >= TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _prepared(doc: Doc, part: Document) -> Doc:
    doc.user_data["document"] = part
    doc.user_data["mentions"] = tuple(
        Mention(span.start_char, span.end_char, span.id_, span.label_, witness)
        for group, witness in (("mentions", "name"), ("nested", "name in a name"))
        for span in doc.spans[group]
    )
    return doc


def facts_of(doc: Doc) -> DocumentFacts:
    """What the pipelines left in a Doc; what is named only inside a name counts where a statement speaks of it."""
    entities: dict[str, Entity] = doc.user_data["entities"]
    statements: list[Statement] = doc.user_data["statements"]
    mentions: tuple[Mention, ...] = doc.user_data["mentions"]
    named = {mention.entity for mention in mentions if mention.witness == "name"}
    named.update(
        id for statement in statements for id in (statement.subject, statement.object, statement.attributed_to)
    )
    return DocumentFacts(
        document=doc.user_data["document"],
        entities=tuple(entities[id] for id in sorted(entities.keys() & named)),
        mentions=tuple(sorted((m for m in mentions if m.entity in named), key=lambda m: (m.start, -m.end))),
        statements=tuple(statements),
    )
