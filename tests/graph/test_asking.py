"""Finding entities, dossiers, paths between them and comparisons."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention
from graph import compare, compare_text, dossier, find, path, writing
from graph.errors import BadParameter, EmptyPeriod, NoRoute, UnknownDocument, UnknownEntity


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Sea Cable Act", "law/sea-cable-act"),
        ("sca", "law/sea-cable-act"),
        ("加纳", "country/ghana"),
        ("cable sea act", "law/sea-cable-act"),
        ("Ministry of Sea", "governmentbody/ministry-of-the-sea"),
        ("pact of alesund", "agreement/coastal-data-pact"),
    ],
)
def test_names_in_many_spellings(out: Path, text: str, best: str) -> None:
    assert find.find(out, text)[0].id == best


def test_hits_say_what_matched(out: Path) -> None:
    hit = find.find(out, "Norge")[0]
    assert (hit.name, hit.matched, hit.type, hit.documents) == ("Norway", "Norge", "Country", 3)
    assert find.render([hit], "Norge") == "Norway (as 'Norge')  Country, 3 documents  country/norway"


def test_nothing_like_it(out: Path) -> None:
    assert find.find(out, "zzzz qqqq") == []
    assert "zzzz" in find.render([], "zzzz")


@pytest.mark.parametrize(
    "text",
    ["country/norway", "https://w3id.org/policygraph/id/country/norway", "Norway", "NORGE", "Noway", "the Norway"],
)
def test_one_entity_by_id_iri_or_name(out: Path, text: str) -> None:
    assert find.resolve(out, text) == "country/norway"


def test_near_names_are_offered(out: Path) -> None:
    with pytest.raises(UnknownEntity, match="No entity is called 'Norwy land'; did you mean Norway"):
        find.resolve(out, "Norwy land")


def test_a_name_of_several_is_not_guessed(tmp_path: Path) -> None:
    twins = (Entity("law/data-act", "Law", "Data Act"), Entity("place/data-act", "Place", "Data Act"))
    named = Entity("law/other", "Law", "Other Act", ("Data Act",))
    mentions = tuple(Mention(0, 3, entity.id, entity.type, "w") for entity in (*twins, named))
    facts = CorpusFacts((*twins, named), (DocumentFacts(Document("d", "d", "Data"), (), mentions),))
    writing.write(facts, tmp_path / "out")
    with pytest.raises(
        UnknownEntity, match="Several entities are called 'Data Act'; did you mean law/data-act or place"
    ):
        find.resolve(tmp_path / "out", "Data Act")


def test_a_preferred_name_beats_an_alias(tmp_path: Path) -> None:
    entities = (Entity("law/a", "Law", "Data Act"), Entity("law/b", "Law", "Other Act", ("Data Act",)))
    writing.write(CorpusFacts(entities), tmp_path / "out")
    assert find.resolve(tmp_path / "out", "data act") == "law/a"


def test_a_dossier_holds_every_fact_with_its_sentence(out: Path) -> None:
    ghana = dossier.show(out, "Ghana")
    assert len(ghana.facts) == 7
    assert ghana.mentions == {"pact": 4, "programme": 2, "act": 1}
    text = dossier.render(ghana)
    assert text.startswith("# Ghana\n\nCountry. Id: country/ghana\nAlso called: Gaana (ak), 加纳 (zh)\n")
    assert "- Coastal Data Pact (2020; planned; according to Ingrid Moe; confidence 0.90)" in text
    assert "- Aalesund Cable Summit (negated; confidence 0.40)" in text
    for fact in ghana.facts:
        assert f"  > {fact.sentence}\n  > ({fact.document}, characters {fact.start}-{fact.end})" in text


def test_a_dossier_reads_from_the_entitys_side(out: Path) -> None:
    text = dossier.render(dossier.show(out, "Sea Cable Act"))
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["amends", "was enacted by", "is supported by", "is opposed by", "is implemented by"]
    assert "## cooperates with\n\n- Ghana" in dossier.render(dossier.show(out, "Norway"))


def test_paths_lead_over_sentences(out: Path) -> None:
    routes = path.paths(out, "Ingrid Moe", "Norway", 2)
    assert [stop.name for stop in routes[0].stops] == [
        "Ingrid Moe",
        "Cable Safety Office",
        "Ministry of the Sea",
        "Norway",
    ]
    assert [step[0].predicate for step in routes[0].steps] == ["holdsPositionIn", "partOf", "partOf"]
    text = path.render(routes)
    assert "- Cable Safety Office is part of Ministry of the Sea\n  > The Cable Safety Office belongs" in text


def test_a_direct_tie_shows_every_relation(out: Path) -> None:
    (first, *_) = path.paths(out, "Ghana", "Norway", 1)
    assert [fact.predicate for fact in first.steps[0]] == ["cooperatesWith"]


def test_planned_and_negated_facts_connect_nothing(out: Path) -> None:
    for route in path.paths(out, "Ghana", "Coastal Data Pact", 5):
        assert all(fact.status == "asserted" for step in route.steps for fact in step)


def test_no_way_between(tmp_path: Path) -> None:
    writing.write(CorpusFacts((Entity("law/a", "Law", "A Act"), Entity("law/b", "Law", "B Act"))), tmp_path / "out")
    with pytest.raises(NoRoute, match="No chain of statements connects A Act and B Act"):
        path.paths(tmp_path / "out", "A Act", "B Act")


def test_no_way_to_itself(out: Path) -> None:
    with pytest.raises(BadParameter, match="both names stand for Norway"):
        path.paths(out, "Norway", "Kingdom of Norway")


def test_comparing_two_documents(out: Path) -> None:
    found = compare.compare(out, "act", "pact")
    assert set(found.shared) == {
        "country/ghana", "country/norway", "country/estonia", "agreement/coastal-data-pact", "law/sea-cable-act",
        "governmentbody/storting", "place/aalesund",
    }  # fmt: skip
    assert found.shared_facts == (("governmentbody/storting", "enacted", "law/sea-cable-act"),)
    assert ("country/estonia", "opposes", "law/sea-cable-act") in found.only_facts[0]
    told = [[(fact.status, fact.date) for fact in pair] for pair in found.differing]
    assert told == [
        [("planned", "2020"), ("asserted", "2020-06")],
        [("asserted", "2019-03-04"), ("asserted", "2018")],
    ]
    assert found.counts["relations"][0]["enacted"] == 1 and found.counts["types"][1]["Forum"] == 2
    assert compare.shares(found.counts["relations"], "signed") == (1 / 9, 3 / 11)
    text = compare_text.render(found)
    assert "| facts stated   |    1 |        7 |        10 |" in text
    assert "## Facts that both state (1)" in text
    assert "(act: asserted 2019-03-04; pact: asserted 2018)" in text
    both = text[text.index("## Facts that both state") : text.index("## Facts that only act states")]
    assert "(act, characters " in both and "(pact, characters " in both


def test_comparing_periods(out: Path) -> None:
    found = compare.compare(out, "2018-2019", "2020")
    assert found.documents == (("act", "pact"), ("act", "pact"))
    assert set(found.only[0]) == {"governmentbody/storting", "law/sea-cable-act"} and not found.shared
    assert found.only_facts[0] == (("governmentbody/storting", "enacted", "law/sea-cable-act"),)
    assert len(found.only_facts[1]) == 4 and not found.differing
    # Two statements of one enactment in the first, three signatures and an adoption in the second.
    assert found.counts["relations"] == ({"enacted": 2}, {"signed": 4, "adoptedAt": 1})
    assert "2018-2019: act, pact" in compare_text.render(found)


def test_what_cannot_be_compared(out: Path) -> None:
    with pytest.raises(EmptyPeriod, match="No statement is dated in 1990-1999; the dated ones run from 2018 to 2021"):
        compare.compare(out, "1990-1999", "2020")
    with pytest.raises(BadParameter, match="A period is compared with a period"):
        compare.compare(out, "2020", "act")


def test_comparing_publishers(out: Path) -> None:
    found = compare.compare(out, "harbour post", "Fjord Desk")
    assert found.documents == (("pact", "programme"), ("act",))


def test_the_first_words_of_an_id_will_do(tmp_path: Path) -> None:
    documents = tuple(
        DocumentFacts(Document(name, name, "")) for name in ("001-act", "0012-pact", "002-note", "002-memo")
    )
    writing.write(CorpusFacts((), documents), tmp_path / "out")
    found = compare.compare(tmp_path / "out", "001", "0012-pact")
    assert found.documents == (("001-act",), ("0012-pact",))
    with pytest.raises(UnknownDocument):
        compare.compare(tmp_path / "out", "002", "001")


def test_unknown_documents(out: Path) -> None:
    with pytest.raises(UnknownDocument, match="did you mean Harbour Post"):
        compare.compare(out, "Harbor Post", "act")


def test_log_odds_by_hand() -> None:
    # y1 = (3, 1), y2 = (1, 3), prior = (4, 4), a0 = 8: delta = log(7/5) - log(5/7), variance = 1/7 + 1/5.
    scores = compare.log_odds({"law": 3, "forum": 1}, {"law": 1, "forum": 3})
    z = 2 * math.log(7 / 5) / math.sqrt(1 / 7 + 1 / 5)
    assert list(scores) == ["law", "forum"]
    assert math.isclose(scores["law"], z) and math.isclose(scores["forum"], -z)
    assert compare.log_odds({"law": 3}, {"law": 2}) == {}
