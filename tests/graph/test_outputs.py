"""Tables, the report, exports and validation of a build."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import export, records, report, tables, validation, writing
from graph.columns import COLUMNS
from graph.errors import BadFormat, NotABuild
from graph.material import Material
from graph.store import open_store


def test_tables_have_their_documented_columns(out: Path) -> None:
    described = (out / "tables/README.md").read_text()
    for name, columns in COLUMNS.items():
        frame = pd.read_csv(out / f"tables/{name}.csv")
        assert list(frame.columns) == list(columns)
        assert len(frame)
        assert all(f"`{column}`" in described for column in columns)


def test_tables_count_right(out: Path) -> None:
    entities = pd.read_csv(out / "tables/entities.csv").set_index("id")
    ghana = entities.loc["country/ghana"]
    assert (ghana.documents, ghana.mentions, ghana.statements) == (3, 7, 7)
    assert (ghana.first_date, ghana.last_date, ghana.labels) == ("2020-06", "2020-06", "ak:Gaana|zh:加纳")
    documents = pd.read_csv(out / "tables/documents.csv").set_index("id")
    assert list(documents.statements) == [9, 11, 5]


def test_stances_and_missing_ties(out: Path) -> None:
    stances = pd.read_csv(out / "tables/stances.csv")
    assert [tuple(row) for row in stances[["actor_name", "issue_name", "supports", "opposes"]].values] == [
        ("Estonia", "Sea Cable Act", 0, 1), ("Ghana", "Sea Cable Act", 1, 0),
    ]  # fmt: skip
    missing = pd.read_csv(out / "tables/expected_ties.csv")
    assert {("country/estonia", "country/ghana"), ("country/estonia", "country/norway")} <= set(
        zip(missing["first"], missing["second"], strict=True)
    )
    assert ("country/ghana", "country/norway") not in set(zip(missing["first"], missing["second"], strict=True))


def test_tables_are_the_same_each_time(out: Path, tmp_path: Path) -> None:
    for path in tables.write_to(out, tmp_path):
        assert path.read_bytes() == (out / "tables" / path.name).read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert tables.safe(text) == "'" + text


@pytest.mark.parametrize("value", ["China", "a=b", "", 3, -0.5, None, "2020-06", "'quoted"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert tables.safe(value) == value


def test_every_claim_of_the_report_has_its_sentence(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out")
    text = report.write(tmp_path / "out").read_text()
    body, notes = text[: text.index("\n[^1]:")], dict(re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE))
    assert set(re.findall(r"\[\^(\d+)\]", body)) == set(notes)
    sentences = {fact.sentence for fact in records.facts(open_store(out))}
    for note in notes.values():
        found = re.match(r"“(.+)” \(\[(\w+)\]\(site/document/(\w+)\.html#p(\d+)\), characters (\d+)-\d+\)$", note)
        assert found and found[1] in sentences and found[2] == found[3] and found[4] == found[5], note
    for line in body[: body.index("## Method and limits")].splitlines():
        if re.match(r"- \*\*|  [A-Z]", line) and not line.endswith(":"):
            assert "[^" in line, line


def test_the_report_tells_what_is_so_planned_denied_and_doubtful(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out")
    text = report.write(tmp_path / "out").read_text()
    sections = dict(re.findall(r"^## (.+)\n\n((?:.*\n)+?)(?=^## |^\[\^1\])", text, re.MULTILINE))
    assert list(sections) == list(report.SECTIONS)
    assert (
        "3 documents were read.\n15 named entities were found\nin them: 3 countries, 3 government bodies"
        in sections["What was read"]
    )
    assert "and 25 statements (23 asserted, 1 planned, 1 negated), 24 of them surely." in sections["What was read"]
    assert "the actor of the highest PageRank is **" in sections["In short"]
    assert "- 7 dated facts were surely read, from 2018 to 2021; the most in one year are" in sections["In short"]
    assert "- Of 24 facts read: 1 as planned, 2 as opposed or denied, 23 surely." in sections["In short"]
    assert "Storting enacted Sea Cable Act (2018, elsewhere 2019-03-04)" in sections["Laws"]
    assert "planned: Ghana signed Coastal Data Pact (2020, according to Ingrid Moe)" in sections["What is planned"]
    contested = sections["What is opposed, denied or told in two ways"]
    assert "On Sea Cable Act they are divided" in contested
    assert "Ghana participated in Aalesund" not in contested
    assert "was read as “denied: Ghana participated in Aalesund Cable Summit”" in sections["What is doubtful"]
    assert "both signed Coastal Data Pact" in sections["Who works with whom"]
    assert sections["How instruments rest on each other"].startswith("- Cable Ordinance implements Sea Cable Act[^")
    assert "- **Estonia and Ghana** (score" in sections["Ties one would expect"]
    changed = sections["What changed from year to year"]
    assert (
        "- **2020**, actors of whom dated facts were surely read, and none of 2019: Estonia, Ghana, Norway." in changed
    )
    assert "- **2021**" not in changed
    assert (
        "- **Estonia** and **Ghana** take opposite sides (1 issue in common, agreement -1.0): Estonia opposes Sea"
        in (sections["Who agrees with whom"])
    )
    assert (
        "each of these 3 shares at least two forums, agreements or initiatives\nwith 2 or more others"
        in sections["Who meets again and again"]
    )
    assert "- **Aalesund Cable Summit** (3 of them): Estonia participated in" in sections["Who meets again and again"]
    assert "(reciprocity)" in sections["What holds the network together"]
    assert "- **Norway**: 2 dated acts surely read, from 2020-06 to 2021:" in sections["First and last activity"]
    assert sections["Years that stand out"] == "Nothing of this was surely read.\n\n"


def test_a_report_on_nothing(tmp_path: Path) -> None:
    writing.write(CorpusFacts(), tmp_path / "out")
    text = report.write(tmp_path / "out").read_text()
    assert "0 documents were read.\n0 named entities were found\nin them;\nand 0 statements." in text
    assert "pictures/" not in text and not list((tmp_path / "out/pictures").iterdir())
    rows = tables.contents(Material.read(tmp_path / "out"))
    assert all(len(list(found)) == 0 for name, found in rows.items() if name != "network")


def test_markup_in_names_is_plain_in_the_report(tmp_path: Path) -> None:
    name = "*Act* [x](http://a) <b>|`#_"
    entity = Entity("law/a", "Law", name)
    said = Statement("law/a", "amends", "law/a", "asserted", "", 1, 0, 3, Span(0, 3), Span(0, 3), "f")
    document = DocumentFacts(Document("d", "d", "Act"), (), (Mention(0, 3, "law/a", "Law", "w"),), (said,))
    writing.write(CorpusFacts((entity,), (document,)), tmp_path / "out")
    assert r"\*Act\* \[x\](http://a) \<b\>\|\`\#\_" in report.write(tmp_path / "out").read_text()


def quads_of(path: Path, format: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=format))


@pytest.mark.parametrize(
    ("name", "format"), [("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)]
)
def test_datasets_come_back(out: Path, tmp_path: Path, name: str, format: ox.RdfFormat) -> None:
    export.export(out, name, tmp_path / "graph")
    found, wanted = (ox.Dataset(quads_of(path, kind)) for path, kind in (
        (tmp_path / "graph", format), (out / "graph.nq", ox.RdfFormat.N_QUADS),
    ))  # fmt: skip
    for dataset in (found, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == wanted


def test_json_ld_has_a_context_and_plain_names(out: Path, tmp_path: Path) -> None:
    export.export(out, "jsonld", tmp_path / "graph.jsonld")
    data = json.loads((tmp_path / "graph.jsonld").read_text())
    assert data["@context"]["hosted"] == {"@id": "pol:hosted", "@type": "@id"}
    graphs = {graph["@id"]: graph["@graph"] for graph in data["@graph"]}
    (norway,) = [node for node in graphs["doc:pact"] if node["@id"] == "id:country/norway"]
    assert norway["hosted"] == "id:forum/aalesund-cable-summit"
    read = rdflib.Dataset(default_union=True)
    read.parse(tmp_path / "graph.jsonld", format="json-ld")
    assert len(read) > 0


def test_turtle_is_the_union(out: Path, tmp_path: Path) -> None:
    export.export(out, "ttl", tmp_path / "graph.ttl")
    found = rdflib.Graph().parse(tmp_path / "graph.ttl")
    assert len(found) == len({quad.triple for quad in quads_of(out / "graph.nq", ox.RdfFormat.N_QUADS)})


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_come_back(out: Path, tmp_path: Path, name: str, read: Callable[[Path], nx.Graph]) -> None:
    export.export(out, name, tmp_path / "graph")
    graph = read(tmp_path / "graph")
    asserted = [fact for fact in records.facts(open_store(out)) if fact.status == "asserted"]
    assert graph.number_of_edges() == len(asserted) and len(graph) == 15
    assert graph.nodes["country/norway"]["label"] == "Norway" and graph.nodes["country/norway"]["kind"] == "Country"
    dates = {(one, data["label"], other): data["date"] for one, other, data in graph.edges(data=True)}
    assert dates["country/norway", "signed", "agreement/coastal-data-pact"] == "2020-06"
    weights = {(one, other): data["weight"] for one, other, data in graph.edges(data=True)}
    assert weights["governmentbody/storting", "law/sea-cable-act"] == 2.0


def test_gephi_gets_whole_dates_and_no_clock(out: Path, tmp_path: Path) -> None:
    export.export(out, "gexf", tmp_path / "graph.gexf")
    text = (tmp_path / "graph.gexf").read_text()
    assert 'start="2020-06-01"' in text and 'start="2019-03-04"' in text and 'start="2021-01-01"' in text
    assert "lastmodifieddate" not in text


def test_tables_come_back_from_parquet(out: Path, tmp_path: Path) -> None:
    export.export(out, "parquet", tmp_path / "tables")
    export.export(out, "csv", tmp_path / "csv")
    for name, columns in COLUMNS.items():
        frame = pd.read_parquet(tmp_path / f"tables/{name}.parquet")
        with (tmp_path / f"csv/{name}.csv").open(newline="") as file:
            assert len(list(csv.reader(file))) == len(frame) + 1
        assert list(frame.columns) == list(columns)


def test_exports_that_cannot_be(out: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFormat, match="choose one of ttl, trig"):
        export.export(out, "docx", tmp_path / "x")
    with pytest.raises(NotABuild):
        export.export(tmp_path, "nq", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_good_build_conforms(out: Path) -> None:
    assert validation.validate(out) == []
    assert validation.render([]) == "The graph conforms to the ontology and the shapes."


def broken(facts: CorpusFacts, tmp_path: Path, edit: Callable[[str], str]) -> list[validation.Violation]:
    """What validation says of a build whose N-Quads were edited."""
    out = tmp_path / "out"
    writing.write(facts, out)
    path = out / "graph.nq"
    path.write_text("".join(edit(line) for line in path.read_text().splitlines(keepends=True)))
    shutil.rmtree(out / "store")
    store = ox.Store(str(out / "store"))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    return validation.validate(out)


@pytest.mark.parametrize(
    ("pattern", "replacement", "message"),
    [
        (r".*country/norway> <\S+prefLabel>.*\n", "", "exactly one preferred label"),
        (r".*country/norway> <\S+type> <\S+Country>.*\n", "", "exactly one of the ten coarse classes"),
        (r".*country/norway> <\S+#hosted>.*\n", "", "must have its plain triple"),
        (r"(.*statement=\S+> <\S+status> <\S+#)Negated(>.*\n)", r"\1Asserted\2", "must have its plain triple"),
        (
            r"(.*statement=\S+> <\S+status> <\S+#)Asserted(>.*doc/act.*\n)",
            r"\1Planned\2",
            "must have an asserted statement",
        ),
        (r"(.*statement=\S+> <\S+status> <\S+#)Planned(>.*\n)", r"\1Doubted\2", "must be asserted, planned or negated"),
        (r"(.*<\S+#date> \")2020-06(\".*\n)", r"\g<1>2020-66\2", "one well-formed year, month or day"),
        (r".*#statement=\S+> <\S+evidence>.*\n", "", "one passage as its evidence"),
        (r"(.*#char=\S+> <\S+#end> \")\d+(\".*\n)", r"\g<1>9999\2", "must be as long as its offsets say"),
        (r"(.*#char=\S+> <\S+#start> \")\d+(\".*\n)", r"\g<1>9999\2", "before its end"),
        (r"(.*<\S+confidence> \")0\.9(\".*\n)", r"\g<1>1.9\2", "one confidence from 0 to 1"),
    ],
)
def test_violations_are_told_in_words(
    facts: CorpusFacts, tmp_path: Path, pattern: str, replacement: str, message: str
) -> None:
    found = broken(facts, tmp_path, lambda line: re.sub(pattern, replacement, line))
    assert any(message in violation.message for violation in found), found
    assert message in validation.render(found)


def test_domain_range_and_cycles(facts: CorpusFacts, tmp_path: Path) -> None:
    first = facts.documents[0]
    said = first.statements[0]
    wrong = (
        replace(said, subject="law/telegraph-act", status="planned"),
        replace(said, object="country/ghana", status="negated"),
        replace(
            said, subject="governmentbody/storting", predicate="partOf", object="governmentbody/ministry-of-the-sea"
        ),
        replace(
            said, subject="governmentbody/ministry-of-the-sea", predicate="partOf", object="governmentbody/storting"
        ),
    )
    writing.write(
        CorpusFacts(facts.entities, (replace(first, statements=wrong), *facts.documents[1:])), tmp_path / "out"
    )
    found = validation.validate(tmp_path / "out")
    by_message = {violation.message: violation.value for violation in found}
    assert by_message["The subject of a statement must be in the domain of its predicate."] == "law/telegraph-act"
    assert by_message["The object of a statement must be in the range of its predicate."] == "country/ghana"
    assert "Nothing may be part of itself, directly or through its parts." in by_message
