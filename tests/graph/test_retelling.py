"""What the facts say by themselves is what a store that was made of them says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extraction.facts import Candidate, CorpusFacts, Decided, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import curation, records, retelling, writing
from graph.store import open_store

TEXT = "Kenya signed the Harbour Charter in 2021. Japan said that Kenya would leave the Harbour Charter. “Née” café."
ENTITIES = (
    Entity("country/japan", "Country", "Japan", ("Nippon",), (("en", "Land of ports"), ("zh-Hant", "日本")),
           (("iso3166", "JP"), ("lei", "A:B"), ("wikidata", "Q17"), ("wikidata", "no number"))),
    Entity("country/kenya", "Country", "Kenya", identifiers=(("policygraph", "country/kenia é"),), jurisdiction="KE"),
    Entity("agreement/harbour-charter", "Agreement", "Harbour Charter"),
    Entity("law/unnamed", "Regulation", "Harbour Charter Rules", known=True),
)  # fmt: skip


def statement(subject: str, object: str, **other: object) -> Statement:
    usual = Statement(subject, "signed", object, "asserted", "2021", 0.61239, 0, 41, Span(0, 5), Span(17, 32), "sign")
    return replace(usual, **other)  # type: ignore[arg-type]


def corpus() -> CorpusFacts:
    one = Document("a/b c é", "texts/é\udcff.txt", TEXT, "On “ports”", "2021-13-40", "Desk\n1", digest="x")
    mentions = (
        Mention(0, 5, "country/kenya", "Country", "name", 0.3333333),
        Mention(17, 32, "agreement/harbour-charter", "Agreement", "name"),
        Mention(17, 32, "law/unnamed", "Law", "alias", 0.5),
        Mention(42, 47, "country/japan", "Country", "name"),
    )
    said = statement("country/kenya", "agreement/harbour-charter")
    statements = (
        said,
        replace(said, frame="accede", confidence=0.7),
        statement(
            "country/kenya", "agreement/harbour-charter", status="negated", attributed_to="country/japan", date=""
        ),
        statement("country/japan", "agreement/harbour-charter", date="2021-02-31", decision="d1"),
    )
    named = Mention(19, 24, "country/kenya", "Country", "name")
    other = Document("z", "z.txt", "Nothing is said of Kenya.", language="de")
    return CorpusFacts(
        entities=tuple(sorted(ENTITIES, key=lambda entity: entity.id)),
        documents=(DocumentFacts(one, (), mentions, statements), DocumentFacts(other, (), (named,))),
        candidates=(Candidate("agreement/harbour-charter", "law/unnamed", 0.81234567, "the names agree"),),
        decisions=(
            Decided("d1", "confirm", "confirm it", "2024-01-01", "", "sure", entities=("country/japan",)),
            Decided("d2", "merge", "merge both", "2023-01-01", "Ann", "", "no entity is called so"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "read, tell",
    [
        (records.entities, retelling.entities),
        (records.documents, retelling.documents),
        (records.facts, retelling.statements),
        (records.mentions, retelling.mentions),
        (curation.doubts, retelling.doubts),
        (curation.decisions, retelling.decisions),
    ],
)
def test_facts_and_their_store_tell_the_same(read, tell, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    facts = corpus()
    writing.write(facts, tmp_path)
    told = tell(facts)
    assert told and told == read(open_store(tmp_path))
