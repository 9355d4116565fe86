"""Three short documents in our own words, with what a careful reader would take from them, and their build."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from extraction.facts import Candidate, CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement, Status
from graph import tables, writing

Said = tuple[str, str, str, Status, str]

ENTITIES = (
    Entity("agreement/coastal-data-pact", "Treaty", "Coastal Data Pact", ("the Pact of Aalesund",)),
    Entity("country/estonia", "Country", "Estonia", identifiers=(("iso3166", "EE"), ("wikidata", "Q191")), known=True),
    Entity("country/ghana", "Country", "Ghana", labels=(("ak", "Gaana"), ("zh", "加纳")), known=True),
    Entity("country/norway", "Country", "Norway", ("Kingdom of Norway",), (("nb", "Norge"),), known=True),
    Entity("forum/aalesund-cable-summit", "Summit", "Aalesund Cable Summit"),
    Entity("forum/accra-harbour-dialogue", "DialogueMechanism", "Accra Harbour Dialogue"),
    Entity("governmentbody/cable-safety-office", "GovernmentBody", "Cable Safety Office", jurisdiction="NO"),
    Entity("governmentbody/ministry-of-the-sea", "Ministry", "Ministry of the Sea", jurisdiction="NO"),
    Entity("governmentbody/storting", "Legislature", "Storting", jurisdiction="NO"),
    Entity("initiative/safe-cables-programme", "Initiative", "Safe Cables Programme"),
    Entity("law/cable-ordinance", "Regulation", "Cable Ordinance", jurisdiction="NO"),
    Entity("law/sea-cable-act", "Law", "Sea Cable Act", ("SCA",), jurisdiction="NO"),
    Entity("law/telegraph-act", "Law", "Telegraph Act", jurisdiction="NO"),
    Entity("person/ingrid-moe", "Person", "Ingrid Moe"),
    Entity("place/aalesund", "Place", "Aalesund"),
)

ALIKE = Candidate("law/cable-ordinance", "law/sea-cable-act", 0.81, "one lacks “sea”")

TEXTS: dict[str, tuple[dict[str, str], Sequence[tuple[str, Sequence[Said]]]]] = {
    "act": (
        {"title": "The act in brief", "date": "2019-05-20", "publisher": "Fjord Desk"},
        (
            (
                "The Storting passed the Sea Cable Act (SCA) on 4 March 2019, which amends the Telegraph Act.",
                (
                    ("Storting", "enacted", "Sea Cable Act", "asserted", "2019-03-04"),
                    ("Sea Cable Act", "amends", "Telegraph Act", "asserted", ""),
                ),
            ),
            (
                "The Cable Ordinance implements the Sea Cable Act and applies to Aalesund.",
                (
                    ("Cable Ordinance", "implements", "Sea Cable Act", "asserted", ""),
                    ("Cable Ordinance", "concerns", "Aalesund", "asserted", ""),
                ),
            ),
            (
                "The Cable Safety Office belongs to the Ministry of the Sea, itself a part of Norway’s government.",
                (
                    ("Cable Safety Office", "partOf", "Ministry of the Sea", "asserted", ""),
                    ("Ministry of the Sea", "partOf", "Norway", "asserted", ""),
                ),
            ),
            (
                "Ghana will sign the Coastal Data Pact next year, said Ingrid Moe, who heads the Cable Safety Office.",
                (
                    ("Ghana", "signed", "Coastal Data Pact", "planned", "2020"),
                    ("Ingrid Moe", "holdsPositionIn", "Cable Safety Office", "asserted", ""),
                ),
            ),
            ("Estonia criticised the Sea Cable Act.", (("Estonia", "opposes", "Sea Cable Act", "asserted", ""),)),
        ),
    ),
    "pact": (
        {"title": "A pact at Aalesund", "date": "2020-06-30", "publisher": "Harbour Post"},
        (
            (
                "In June 2020 Ghana, Norway and Estonia signed the Coastal Data Pact at the Aalesund Cable Summit.",
                (
                    ("Ghana", "signed", "Coastal Data Pact", "asserted", "2020-06"),
                    ("Norway", "signed", "Coastal Data Pact", "asserted", "2020-06"),
                    ("Estonia", "signed", "Coastal Data Pact", "asserted", "2020-06"),
                    ("Coastal Data Pact", "adoptedAt", "Aalesund Cable Summit", "asserted", "2020-06"),
                ),
            ),
            (
                "Norway hosted the Aalesund Cable Summit in Aalesund; Ghana and Estonia took part.",
                (
                    ("Norway", "hosted", "Aalesund Cable Summit", "asserted", ""),
                    ("Ghana", "participatedIn", "Aalesund Cable Summit", "asserted", ""),
                    ("Estonia", "participatedIn", "Aalesund Cable Summit", "asserted", ""),
                    ("Aalesund Cable Summit", "locatedIn", "Aalesund", "asserted", ""),
                ),
            ),
            ("Ghana works with Norway on cables.", (("Ghana", "cooperatesWith", "Norway", "asserted", ""),)),
            (
                "Ghana welcomed the Sea Cable Act, which the Storting passed in 2018.",
                (
                    ("Ghana", "supports", "Sea Cable Act", "asserted", ""),
                    ("Storting", "enacted", "Sea Cable Act", "asserted", "2018"),
                ),
            ),
        ),
    ),
    "programme": (
        {"date": "2021", "publisher": "Harbour Post"},
        (
            (
                "Norway launched the Safe Cables Programme in 2021 and Estonia joined the Safe Cables Programme.",
                (
                    ("Norway", "initiated", "Safe Cables Programme", "asserted", "2021"),
                    ("Estonia", "memberOf", "Safe Cables Programme", "asserted", ""),
                ),
            ),
            (
                "Ghana did not take part in the Aalesund Cable Summit.",
                (("Ghana", "participatedIn", "Aalesund Cable Summit", "negated", ""),),
            ),
            (
                "Ghana and Estonia attended the Accra Harbour Dialogue.",
                (
                    ("Ghana", "participatedIn", "Accra Harbour Dialogue", "asserted", ""),
                    ("Estonia", "participatedIn", "Accra Harbour Dialogue", "asserted", ""),
                ),
            ),
        ),
    ),
}


def read(name: str) -> DocumentFacts:
    """One of the texts with its facts; sentences stand in lines, mentions are where the names are."""
    metadata, sentences = TEXTS[name]
    text = "\n".join(sentence for sentence, _ in sentences)
    ids = {entity.name: entity for entity in ENTITIES}
    statements: list[Statement] = []
    for sentence, said in sentences:
        start = text.index(sentence)

        def place(entity: str, sentence: str = sentence, start: int = start) -> Span:
            at = start + sentence.index(entity)
            return Span(at, at + len(entity))

        statements += [
            Statement(
                ids[subject].id, predicate, ids[object].id, status, date, 0.4 if status == "negated" else 0.9,
                start, start + len(sentence), place(subject), place(object), "by hand",
                attributed_to="person/ingrid-moe" if status == "planned" else "",
            )
            for subject, predicate, object, status, date in said
        ]  # fmt: skip
    mentions = tuple(
        Mention(found.start(), found.end(), entity.id, entity.type, "by hand", 0.95)
        for entity in ENTITIES
        for called in (entity.name, *entity.aliases)
        for found in re.finditer(rf"\b{re.escape(called)}\b", text)
        if not (entity.name == "Aalesund" and "Cable Summit" in text[found.end() : found.end() + 14])
    )
    return DocumentFacts(
        Document(name, f"texts/{name}.txt", text, **metadata), mentions=mentions, statements=tuple(statements)
    )


@pytest.fixture(scope="session")
def facts() -> CorpusFacts:
    """The whole corpus, as resolution would hand it over."""
    return CorpusFacts(ENTITIES, tuple(read(name) for name in TEXTS), (ALIKE,))


@pytest.fixture(scope="session")
def out(facts: CorpusFacts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the corpus: graph, store and tables; not to be written to."""
    folder = tmp_path_factory.mktemp("graph") / "out"
    writing.write(facts, folder, "1.0")
    tables.write(folder)
    return folder
