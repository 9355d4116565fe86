"""Facts in time, and who differs from whom."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import mean, pstdev

import networkx as nx
import pytest

from graph import chronology, claims, network, records, stance
from graph.records import Fact, Node
from graph.store import open_store


def fact(subject: str, predicate: str, object: str, **more: str | float) -> Fact:
    given: dict[str, object] = {"status": "asserted", "date": "", "confidence": 0.8, "document": "d", "sentence": "S."}
    given |= {"frame": "f", "attributed_to": "", "start": 0, "end": 2, "subject_text": "", "object_text": ""} | more
    given.pop("number", None)
    return Fact(id=f"{subject}{predicate}{object}{more}", subject=subject, predicate=predicate, object=object, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def read(out: Path) -> list[Fact]:
    return records.facts(open_store(out))


def test_the_timeline_is_in_order_and_tells_each_fact_once() -> None:
    told = [
        fact("a", "signed", "p", date="2020-06", document="one"),
        fact("a", "signed", "p", date="2020-06", document="two", confidence=0.9),
        fact("b", "signed", "p", date="2020"),
        fact("c", "enacted", "l", date="1999-12-31"),
        fact("c", "enacted", "m"),
    ]
    found = chronology.timeline(told)
    assert list(found) == [1999, 2020]
    assert [(f.subject, f.document) for f in found[2020]] == [("b", "d"), ("a", "two")]


def test_first_and_last_activity(read: list[Fact]) -> None:
    norway = chronology.activity(read)["country/norway"]
    assert (norway.first, norway.last, norway.per_year) == ("2020-06", "2021", {2020: 1, 2021: 1})


def test_bursts_stand_out() -> None:
    told = [fact("a", "signed", f"p{n}", date="2015") for n in range(8)]
    told += [fact("a", "signed", f"q{year}", date=str(year)) for year in range(2010, 2020)]
    assert list(chronology.bursts(told)) == [2015]
    # 2010..2019: nine years with 1, one with 9: mean 1.8, standard deviation 2.4.
    assert chronology.bursts(told)[2015] == pytest.approx((9 - 1.8) / 2.4)
    assert chronology.bursts([]) == {} == chronology.bursts(told[8:])
    # Years without facts count: 2000 and 2003 with one each have a mean of 1/2 and a standard deviation of 1/2.
    sparse = [fact("a", "signed", "p", date="2000-05"), fact("a", "signed", "q", date="2003")]
    assert chronology.scores(sparse) == {2000: 1.0, 2001: -1.0, 2002: -1.0, 2003: 1.0}


def told_at_random(seed: int) -> list[Fact]:
    """Facts of a few actors about a few objects, more of them in some years, some without a date."""
    chance = Random(seed)
    dates = ["", *(f"{year}{rest}" for year in (1999, 2004, 2005, 2005, 2005, 2011) for rest in ("", "-03", "-03-09"))]
    return [
        fact(
            chance.choice("abc"), chance.choice(["signed", "hosted", "partOf"]), chance.choice("pqr"),
            date=chance.choice(dates), confidence=chance.choice([0.5, 0.7, 0.9]), document=f"d{number}",
        )
        for number in range(60)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_bursts_by_brute_force(seed: int) -> None:
    told = told_at_random(seed)
    years = [int(f.date[:4]) for f in told if f.date]
    counts = [years.count(year) for year in range(min(years), max(years) + 1)]
    scores = {min(years) + n: (count - mean(counts)) / pstdev(counts) for n, count in enumerate(counts)}
    assert chronology.scores(told) == pytest.approx(scores)
    for threshold, least in ((2.0, 3), (0.5, 3), (0.5, 20), (-10, 0)):
        wanted = {y: z for y, z in scores.items() if z >= threshold and years.count(y) >= least}
        assert chronology.bursts(told, threshold, least) == pytest.approx(wanted)


@pytest.mark.parametrize("seed", range(5))
def test_the_timeline_and_activity_by_brute_force(seed: int) -> None:
    told = told_at_random(seed)
    acts = {(f.date, f.subject, f.predicate, f.object) for f in told if f.date}
    listed = [f for facts in chronology.timeline(told).values() for f in facts]
    assert [(f.date, f.subject, f.predicate, f.object) for f in listed] == sorted(acts)
    for f in listed:
        same = [
            g for g in told if (g.date, g.subject, g.predicate, g.object) == (f.date, f.subject, f.predicate, f.object)
        ]
        assert f is max(same, key=lambda g: g.confidence)
    for actor, found in chronology.activity(listed).items():
        dates = sorted(date for date, subject, predicate, _ in acts if subject == actor and predicate != "partOf")
        assert (found.first, found.last) == (dates[0], dates[-1])
        assert found.per_year == {int(year): sum(d[:4] == year for d in dates) for year in {d[:4] for d in dates}}


@pytest.mark.parametrize("seed", range(5))
def test_disagreements_by_brute_force(seed: int) -> None:
    chance = Random(seed)
    told = [replace(f, status=chance.choice(["asserted", "planned", "negated"])) for f in told_at_random(seed)]
    wanted = set()
    for one, other in combinations(told, 2):
        apart = not one.date.startswith(other.date) and not other.date.startswith(one.date)
        denied = "negated" in (one.status, other.status) and one.status != other.status
        dated = one.status == other.status and one.predicate == "signed" and apart
        same = (one.subject, one.predicate, one.object) == (other.subject, other.predicate, other.object)
        if same and (denied or dated):
            wanted.add(frozenset((one.id + one.status, other.id + other.status)))
    found = stance.disagreements(told)
    assert {frozenset((a.id + a.status, b.id + b.status)) for a, b in found} == wanted
    assert wanted and len(found) == len(wanted)


def test_change_between_networks() -> None:
    before, after = nx.Graph([("a", "b"), ("b", "c")]), nx.Graph([("a", "b"), ("a", "d"), ("a", "e")])
    found = chronology.change(before, after)
    assert (found.entered, found.left) == (("d", "e"), ("c",))
    assert found.new_ties == (("a", "d"), ("a", "e"))
    assert list(found.rose.items()) == [("a", 2), ("b", -1)]


def test_changes_go_from_year_to_year(out: Path) -> None:
    store = open_store(out)
    found = chronology.changes(network.multigraph(records.entities(store), records.facts(store)))
    assert list(found) == [2019, 2020, 2021]
    assert found[2020].left == ("governmentbody/storting", "law/sea-cable-act")


def test_stances(read: list[Fact]) -> None:
    assert list(stance.table(read)) == [
        ("country/estonia", "law/sea-cable-act"),
        ("country/ghana", "law/sea-cable-act"),
    ]
    ((issue, (support, against)),) = stance.divided(read).items()
    assert issue == "law/sea-cable-act"
    assert [support[0].subject, against[0].subject] == ["country/ghana", "country/estonia"]


def test_agreement_is_the_mean_product_of_stances() -> None:
    told = [
        fact("a", "supports", "x"), fact("b", "supports", "x"), fact("c", "opposes", "x"),
        fact("a", "supports", "y"), fact("c", "supports", "y"), fact("d", "supports", "z"),
        fact("b", "opposes", "y", status="negated"),
    ]  # fmt: skip
    found = [(it.first, it.second, it.score, it.issues) for it in stance.agreement(told)]
    # Most issues in common first, then the most opposed.
    assert found == [("a", "c", 0.0, ("x", "y")), ("b", "c", -1.0, ("x",)), ("a", "b", 1.0, ("x",))]
    assert [it.first for it in stance.agreement(told, 2)] == ["a", "b"] and stance.agreement([]) == []


def test_agreement_by_brute_force() -> None:
    random = Random(3)
    told = [
        fact(f"a{random.randrange(9)}", random.choice(["supports", "opposes"]), f"x{random.randrange(6)}", number=n)
        for n in range(60)
    ]
    stances: dict[str, dict[str, list[int]]] = {}
    for it in told:
        stances.setdefault(it.subject, {}).setdefault(it.object, []).append(1 if it.predicate == "supports" else -1)
    found = {(it.first, it.second): it for it in stance.agreement(told)}
    for one, other in combinations(sorted(stances), 2):
        common = sorted(stances[one].keys() & stances[other].keys())
        products = [mean(stances[one][issue]) * mean(stances[other][issue]) for issue in common]
        if common:
            assert found[one, other].score == pytest.approx(mean(products))
            assert found[one, other].issues == tuple(common)
        else:
            assert (one, other) not in found


def test_what_clashes_and_what_does_not() -> None:
    def clash(one: dict[str, str], other: dict[str, str]) -> bool:
        told = [fact("a", "signed", "p", document="one", **one), fact("a", "signed", "p", document="two", **other)]
        return bool(stance.disagreements(told))

    assert clash({"date": "2019"}, {"date": "2020"})
    assert clash({"status": "asserted"}, {"status": "negated"})
    assert clash({"status": "planned"}, {"status": "negated"})
    assert not clash({"date": "2019"}, {"date": "2019-05-01"})
    annual = [fact("a", "hosted", "f", date=year, document=year) for year in ("2019", "2020")]
    assert not stance.disagreements(annual)
    assert not clash({"date": ""}, {"date": "2019"})
    assert not clash({"status": "planned", "date": "2020"}, {"status": "asserted", "date": "2021"})
    assert not stance.disagreements([fact("a", "signed", "p", date="2019"), fact("a", "signed", "p", date="2020")])


def test_claims_gather_statements_of_one_fact() -> None:
    told = [
        fact("a", "cooperatesWith", "b"), fact("b", "cooperatesWith", "a", confidence=0.9),
        fact("a", "signed", "p", date="2019"), fact("a", "signed", "p", date="2019-05", start=9),
        fact("a", "signed", "p", date="2018", start=5), fact("a", "signed", "p", status="planned"),
    ]  # fmt: skip
    found = claims.claims(told)
    assert [(claim[0].predicate, claim[0].status, len(claim)) for claim in found] == [
        ("cooperatesWith", "asserted", 2), ("signed", "asserted", 3), ("signed", "planned", 1),
    ]  # fmt: skip
    assert claims.dates(found[1]) == "2018, elsewhere 2019-05"


def test_a_claim_cites_a_sentence_for_every_date_it_tells() -> None:
    undated = [fact("a", "enacted", "l", start=n, confidence=0.9, sentence=f"Sentence {n}.") for n in range(4)]
    dated = [
        fact("a", "enacted", "l", date=date, start=len(date), sentence=f"In {date}.") for date in ("2016", "2017-02")
    ]
    nodes = {key: Node(key, "Law", "Law", key.upper(), (), (), (), "", ()) for key in "al"}
    write = claims.Writer(nodes, {"d": "d.html"})
    (claim,) = claims.claims([*undated, *dated])
    assert write.tell(claim) == "A enacted L (2016, elsewhere 2017-02)[^1][^2][^3][^4][^5]"
    assert write.notes()[3:] == [
        "[^4]: “In 2016.” ([d](d.html#p4), characters 4-2)",
        "[^5]: “In 2017-02.” ([d](d.html#p7), characters 7-2)",
    ]


def test_how_things_stood_is_told_as_of_a_date() -> None:
    nodes = {key: Node(key, "Country", "Country", key.upper(), (), (), (), "", ()) for key in "ab"}
    write = claims.Writer(nodes, {"d": "d.html"})
    assert write.tell([fact("a", "memberOf", "b", date="2019")]) == "A is member of B (as of 2019)[^1]"


def test_acts_are_no_states() -> None:
    told = [fact("a", "partOf", "b", date="1990"), fact("a", "signed", "p", date="2001")]
    assert chronology.activity(told)["a"].first == "2001"


def test_varied_claims_show_every_predicate_first() -> None:
    told = claims.claims([fact("a", "signed", f"p{n}") for n in range(5)] + [fact("z", "hosted", "f")])
    assert [claim[0].predicate for claim in claims.varied(told, 3)] == ["signed", "hosted", "signed"]
