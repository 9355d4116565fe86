"""Entities of several documents brought together, and kept apart."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from extraction.resolution.corpus import resolve

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


def named(kind: str, name: str, *aliases: str) -> Entity:
    """An entity as one document names it."""
    return Entity(f"{kind.lower()}/{name.lower().replace(' ', '-')}", kind, name, aliases)


def dated(found: DocumentFacts, date: str) -> DocumentFacts:
    return replace(found, document=replace(found.document, date=date))


def nodes(*documents: DocumentFacts) -> list[str]:
    """The node of the first mention of each document."""
    corpus = resolve(documents)
    return [found.mentions[0].entity for found in corpus.documents]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Organization", "Institute for Coastal Shipping", "Institute for Coastal Shiping"),
        ("Organization", "Institute for Coastal Shipping", "Coastal Shipping Institute"),
        ("Agreement", "UN Convention on Cable Repair", "United Nations Convention on Cable Repair"),
        ("Forum", "5th Aalesund Cable Summit", "Fifth Aalesund Cable Summit"),
    ],
)
def test_wordings_of_one_name_meet(kind: str, one: str, other: str) -> None:
    a, b = nodes(document("a", named(kind, one)), document("b", named(kind, other)))
    assert a == b


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Forum", "Aalesund Cable Summit", "5th Aalesund Cable Summit"),
        ("Forum", "4th Aalesund Cable Summit", "5th Aalesund Cable Summit"),
        ("Organization", "Institute for Coastal Shipping", "Institute for Coastal Shipping and Trade"),
        ("Person", "Amina Okoro", "Amina Okore"),
        ("Initiative", "Joint Action Plan", "Joint Action Plan"),
        ("GovernmentBody", "National Cable Council", "National Cable Council"),
    ],
)
def test_names_of_two_things_stay_apart(kind: str, one: str, other: str) -> None:
    a, b = nodes(document("a", named(kind, one)), document("b", named(kind, other)))
    assert a != b


def test_a_wording_of_a_known_name_is_led_to_the_registry() -> None:
    (node,) = nodes(document("a", named("Law", "General Regulation on Data Protection"), named("Law", "GDPR Act")))
    assert node.startswith("law/")
    law = named("Law", "Anti-terrorism Law")
    assert nodes(document("a", law, CHINA, enacts=(CHINA, law))) == ["law/counter-terrorism-law-china"]
    assert nodes(document("a", law, SINGAPORE, enacts=(SINGAPORE, law))) == ["law/anti-terrorism-law-sg"]


def test_the_publisher_tells_the_state_where_the_text_does_not() -> None:
    body = named("GovernmentBody", "National Cable Council")
    one = document("a", body)
    one = replace(one, document=replace(one.document, publisher="Government of Kenya"))
    other = replace(document("b", body), document=replace(one.document, id="b", publisher="Government of Ghana"))
    assert nodes(one, other) == ["governmentbody/national-cable-council-ke", "governmentbody/national-cable-council-gh"]


def test_an_acronym_means_the_one_thing_that_it_is_introduced_for() -> None:
    full, bare = named("Organization", "Cable Safety Association", "CSAX"), named("Organization", "CSAX")
    a, b = nodes(document("a", full), document("b", bare))
    assert a == b
    other = named("Organization", "Coastal Shipping Alliance", "CSAX")
    a, b, c = nodes(document("a", full), document("b", bare), document("c", other))
    assert len({a, b, c}) == 3


def test_a_law_without_a_year_is_the_only_one_of_its_state_that_has_one() -> None:
    plain, first, second = (named("Law", f"Cable Act{year}") for year in ("", " 2019", " 2021"))
    one = document("a", plain, SINGAPORE, enacts=(SINGAPORE, plain))
    other = document("b", first, SINGAPORE, enacts=(SINGAPORE, first))
    assert len(set(nodes(one, other))) == 1
    third = document("c", second, SINGAPORE, enacts=(SINGAPORE, second))
    corpus = resolve([one, other, third])
    assert len({found.mentions[0].entity for found in corpus.documents}) == 3
    assert {candidate.reason for candidate in corpus.candidates} == {"one name gives no year"}


def test_doubt_is_shown_with_its_reason() -> None:
    corpus = resolve([document("a", named("Person", "Amina Okoro")), document("b", named("Person", "Amina Okore"))])
    (candidate,) = corpus.candidates
    assert (candidate.first, candidate.second) == ("person/amina-okore", "person/amina-okoro")
    assert 0.78 <= candidate.score < 0.92 and "spelling" in candidate.reason


def test_what_both_are_said_to_do_settles_a_doubt() -> None:
    harbour = named("Organization", "Harbour Masters League")
    okoro, okore = named("Person", "Amina Okoro"), named("Person", "Amina Okore")

    def heads(name: str, person: Entity) -> DocumentFacts:
        said = Statement(
            person.id, "holdsPositionIn", harbour.id, "asserted", "", 0.9, 0, 9, Span(0, 1), Span(2, 3), "verb"
        )
        return replace(document(name, person, harbour), statements=(said,))

    a, b = nodes(heads("a", okoro), heads("b", okore))
    assert a == b


def test_later_documents_rename_nothing() -> None:
    early = dated(document("z", named("Organization", "Coastal Shipping Institute")), "2019-01-01")
    late = dated(document("a", named("Organization", "Institute for Coastal Shipping")), "2023-01-01")
    (alone,) = resolve([early]).entities
    (both,) = resolve([early, late]).entities
    assert alone.id == both.id == "organization/coastal-shipping-institute"
    assert ("policygraph", "organization/institute-for-coastal-shipping") in both.identifiers


def test_what_a_name_alone_does_not_tell_has_its_document_in_its_id() -> None:
    okoro = named("Person", "Okoro")
    (alone,) = resolve([document("a", okoro)]).entities
    assert alone.id == "person/okoro-a"
    assert ids(resolve([document("a", okoro), document("b", okoro)])) == ["person/okoro-a", "person/okoro-b"]


NAMES = [
    ("Organization", "Institute for Coastal Shipping"),
    ("Organization", "Institut for Coastal Shipping"),
    ("Organization", "Coastal Shipping Institute"),
    ("Organization", "Coastal Shipping Institute of Trade"),
    ("Organization", "ICSX"),
    ("Person", "Amina Okoro"),
    ("Person", "Okoro"),
    ("Person", "Amina Okore"),
    ("Forum", "Aalesund Cable Summit"),
    ("Forum", "2nd Aalesund Cable Summit"),
    ("Law", "Cable Act"),
    ("Law", "Cable Act 2019"),
    ("GovernmentBody", "National Cable Council"),
]
CORPORA = st.lists(
    st.tuples(st.sets(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(["", "KE", "GH"])),
    min_size=1,
    max_size=7,
)
STATES = {
    "KE": Entity("country/kenya", "Country", "Kenya", jurisdiction="KE", known=True),
    "GH": Entity("country/ghana", "Country", "Ghana", jurisdiction="GH", known=True),
}


def corpus_of(drawn: list[tuple[set[tuple[str, str]], str]]) -> list[DocumentFacts]:
    """Documents with the drawn names, each a year younger than the one before."""
    return [
        dated(
            document(f"d{number}", *(named(*name) for name in sorted(names)), *([STATES[state]] if state else [])),
            f"{2000 + number}",
        )
        for number, (names, state) in enumerate(drawn)
    ]


@settings(max_examples=30, deadline=None)
@given(CORPORA, st.randoms(use_true_random=False))
def test_no_order_of_any_documents_matters(drawn: list[tuple[set[tuple[str, str]], str]], chance: Random) -> None:
    documents = corpus_of(drawn)
    shuffled = chance.sample(documents, len(documents))
    assert resolve(shuffled) == resolve(documents)


@settings(max_examples=30, deadline=None)
@given(CORPORA)
def test_an_id_once_given_always_leads_to_what_bears_the_name(drawn: list[tuple[set[tuple[str, str]], str]]) -> None:
    documents = corpus_of(drawn)
    before, after = resolve(documents[:-1]), resolve(documents)
    there = {each.id for each in after.entities} | {
        value for each in after.entities for scheme, value in each.identifiers if scheme == "policygraph"
    }
    for entity in before.entities:
        assert entity.id in there


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_ids_are_unique_and_every_mention_has_its_entity(drawn: list[tuple[set[tuple[str, str]], str]]) -> None:
    corpus = resolve(corpus_of(drawn))
    assert len(set(ids(corpus))) == len(corpus.entities)
    further = [v for each in corpus.entities for scheme, v in each.identifiers if scheme == "policygraph"]
    assert len(further) == len(set(further)) and not set(further) & set(ids(corpus))
    assert {mention.entity for found in corpus.documents for mention in found.mentions} == set(ids(corpus))


def test_one_name_of_two_classes_is_asked_about_not_joined() -> None:
    plan, pact = named("Initiative", "Aalesund Cable Repair Plan"), named("Agreement", "Aalesund Cable Repair Plan")
    corpus = resolve([document("a", plan), document("b", pact)])
    assert len(corpus.entities) == 2
    (candidate,) = corpus.candidates
    assert candidate.reason == "the names agree, but one is of the class Agreement, one Initiative"
