"""Entities of several documents brought together, and kept apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from extraction.resolution import resolve

CHINA = Entity("country/china", "Country", "China", jurisdiction="CN", known=True)
SINGAPORE = Entity("country/singapore", "Country", "Singapore", jurisdiction="SG", known=True)
LAW = Entity("law/data-security-law", "Law", "Data Security Law")


def document(name: str, *entities: Entity, enacts: tuple[Entity, Entity] | None = None) -> DocumentFacts:
    """A document that names entities, and says that one of them enacted another."""
    statements = ()
    if enacts:
        by, what = enacts
        statements = (Statement(by.id, "enacted", what.id, "asserted", "", 0.9, 0, 9, Span(0, 1), Span(2, 3), "verb"),)
    mentions = tuple(Mention(0, 1, entity.id, entity.type, "name") for entity in entities)
    return DocumentFacts(Document(name, name, "x" * 10), entities, mentions, statements)


def ids(facts: CorpusFacts) -> list[str]:
    return [entity.id for entity in facts.entities]


def test_a_known_entity_keeps_its_id_and_gathers_its_names() -> None:
    other = Entity("country/china", "Country", "China", ("PRC",), jurisdiction="CN", known=True)
    facts = resolve([document("a", CHINA), document("b", other)])
    assert ids(facts) == ["country/china"]
    assert "PRC" in facts.entities[0].aliases and facts.entities[0].known


def test_laws_of_one_name_stay_apart_by_state() -> None:
    facts = resolve(
        [
            document("a", CHINA, LAW, enacts=(CHINA, LAW)),
            document("b", SINGAPORE, LAW, enacts=(SINGAPORE, LAW)),
            document("c", CHINA, LAW, enacts=(CHINA, LAW)),
        ]
    )
    laws = [entity for entity in facts.entities if entity.type == "Law"]
    assert [law.jurisdiction for law in laws] == ["CN", "SG"]
    assert {s.object for d in facts.documents for s in d.statements} == {law.id for law in laws}


def test_classes_stay_apart() -> None:
    forum = Entity("forum/harbour-programme", "Forum", "Harbour Programme")
    initiative = Entity("initiative/harbour-programme", "Initiative", "Harbour Programme")
    assert len(resolve([document("a", forum), document("b", initiative)]).entities) == 2


def test_spellings_of_a_name_meet() -> None:
    one = Entity("initiative/harbour-programme", "Initiative", "Harbour Programme")
    other = Entity("initiative/harbour-program", "Initiative", "Harbour Program")
    (entity,) = resolve([document("a", one), document("b", other)]).entities
    assert {entity.name, *entity.aliases} == {"Harbour Programme", "Harbour Program"}


def test_surnames_alone_do_not_make_two_people_one() -> None:
    okoro = Entity("person/okoro", "Person", "Okoro")
    assert len(resolve([document("a", okoro), document("b", okoro)]).entities) == 2


DOCUMENTS = [
    document("a", CHINA, LAW, enacts=(CHINA, LAW)),
    document("b", SINGAPORE, LAW, enacts=(SINGAPORE, LAW)),
    document("c", LAW),
    document("d", Entity("person/okoro", "Person", "Okoro"), SINGAPORE),
    document("e", Entity("person/amina-okoro", "Person", "Amina Okoro", ("Okoro",))),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(DOCUMENTS))
def test_the_order_of_documents_does_not_matter(order: list[DocumentFacts]) -> None:
    assert resolve(order) == resolve(DOCUMENTS)
