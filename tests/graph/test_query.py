"""Questions: stored ones with parameters, free ones, and malformed ones."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import query, records
from graph.errors import BadFormat, BadParameter, BadQuery, FailedQuery, RefusedQuery, UnknownEntity, UnknownQuery
from graph.store import open_store

REQUIRED = {
    "actor": "Norway",
    "body": "Norway",
    "document": "pact",
    "first": "Ghana",
    "second": "Estonia",
    "subject": "Storting",
    "object": "SCA",
}


def rows(out: Path, name: str, **parameters: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(query.run(out, name, "csv", parameters))))


def test_there_are_the_queries_that_analysts_ask() -> None:
    names = {each.name for each in query.stored()}
    assert len(names) >= 20
    assert {"laws-by-year", "forum-participants", "evidence", "disagreements", "missing-ties"} <= names


@pytest.mark.parametrize("each", query.stored(), ids=lambda each: each.name)
def test_every_stored_query_says_what_it_is_and_finds_something(out: Path, each: query.StoredQuery) -> None:
    assert each.title and each.description.endswith(".")
    assert each.name in query.listing()
    found = rows(out, each.name, **{p.name: REQUIRED[p.name] for p in each.parameters if p.required})
    assert found
    assert all(any(row.values()) for row in found)


@pytest.mark.parametrize("each", query.stored(), ids=lambda each: each.name)
def test_every_parameter_narrows(out: Path, each: query.StoredQuery) -> None:
    given = {p.name: REQUIRED[p.name] for p in each.parameters if p.required}
    every = rows(out, each.name, **given)
    nothing = {"entity": "Telegraph Act", "document": "programme", "predicate": "jurisdiction", "year": "1850"}
    for parameter in each.parameters:
        if not parameter.required:
            value = "2900" if parameter.name == "since" else nothing[parameter.kind]
            assert len(rows(out, each.name, **given, **{parameter.name: value})) < len(every), parameter.name


def test_laws_by_year(out: Path) -> None:
    found = [(row["year"], row["law"], row["enactedBy"], row["document"]) for row in rows(out, "laws-by-year")]
    assert found == [("2018", "Sea Cable Act", "Storting", "pact"), ("2019", "Sea Cable Act", "Storting", "act")]
    assert [row["year"] for row in rows(out, "laws-by-year", since="2019")] == ["2019"]
    assert rows(out, "laws-by-year", actor="Ghana") == []


def test_who_takes_part_in_which_forum(out: Path) -> None:
    found = rows(out, "forum-participants", forum="aalesund cable summit")
    assert [(row["actorName"], row["role"]) for row in found] == [
        ("Estonia", "participated in"), ("Ghana", "participated in"), ("Norway", "hosted"),
    ]  # fmt: skip


def test_shared_forums_are_those_of_both(out: Path) -> None:
    found = {row["forumName"] for row in rows(out, "shared-forums", first="Ghana", second="Norway")}
    assert found == {"Aalesund Cable Summit"}


def test_bodies_under_a_body_at_any_depth(out: Path) -> None:
    found = [(row["name"], row["directlyUnder"]) for row in rows(out, "bodies-under", body="Norway")]
    assert found == [("Cable Safety Office", "Ministry of the Sea"), ("Ministry of the Sea", "Norway")]


def test_disagreements_are_clashes_and_no_refinements(out: Path) -> None:
    found = {(row["subject"], row["relation"], row["object"]): row for row in rows(out, "disagreements")}
    assert set(found) == {
        ("Storting", "enacted", "Sea Cable Act"), ("Ghana", "participated in", "Aalesund Cable Summit"),
    }  # fmt: skip
    assert found["Storting", "enacted", "Sea Cable Act"]["firstSays"] == "asserted 2019-03-04"


def test_plans_that_came_true(out: Path) -> None:
    (row,) = rows(out, "planned-then-asserted")
    assert (row["subject"], row["plannedIn"], row["assertedIn"]) == ("Ghana", "act", "pact")


def test_what_only_one_document_says(out: Path) -> None:
    found = rows(out, "single-source")
    assert not any(row["relation"] == "enacted" for row in found)
    assert {row["documentId"] for row in rows(out, "single-source", document="programme")} == {"programme"}


def test_pairs_without_a_tie(out: Path) -> None:
    pairs = {(row["firstName"], row["secondName"]): row["inCommon"] for row in rows(out, "missing-ties")}
    assert pairs == {("Estonia", "Ghana"): "3", ("Estonia", "Norway"): "3"}


def test_evidence_of_a_triple(out: Path) -> None:
    found = rows(out, "evidence", subject="storting", object="SCA", predicate="enacted")
    assert [row["document"] for row in found] == ["act", "pact"]
    assert all("passed" in row["sentence"] for row in found)


def test_the_default_graph_is_the_union(out: Path) -> None:
    assert query.run(out, "ASK { ?act pol:amends ?old . ?old skos:prefLabel ?name }") == "yes"
    assert query.run(out, "ASK { ?act pol:amends ?act }") == "no"


def test_a_file_with_a_query(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "# title: Mine\n# parameter: host (entity): who { hosted\n"
        "SELECT ?forum WHERE { ?host pol:hosted/skos:prefLabel ?forum }"
    )
    assert rows(out, str(path), host="Norway") == [{"forum": "Aalesund Cable Summit"}]
    with pytest.raises(BadParameter, match=r"needs the parameter 'host': who \{ hosted"):
        query.run(out, str(path))


def test_formats(out: Path) -> None:
    select = "SELECT ?name { ?s pol:hosted ?f . ?f skos:prefLabel ?name }"
    assert query.run(out, select) == "name\n---------------------\nAalesund Cable Summit\n(1 row)"
    assert query.run(out, select, "csv").split() == ["name", "Aalesund", "Cable", "Summit"]
    assert query.run(out, select, "tsv").splitlines() == ["?name", '"Aalesund Cable Summit"@en']
    assert json.loads(query.run(out, select, "json"))["results"]["bindings"][0]["name"]["xml:lang"] == "en"
    assert query.run(out, select, "xml").startswith("<?xml")
    construct = "CONSTRUCT { ?s pol:hosted ?f } WHERE { ?s pol:hosted ?f }"
    for format, snippet in (
        ("turtle", "pol:hosted"),
        ("ntriples", "#hosted>"),
        ("jsonld", "#hosted"),
        ("rdfxml", "<rdf:RDF"),
    ):
        assert snippet in query.run(out, construct, format)


@pytest.mark.parametrize(
    ("text", "format"), [("ASK {}", "docx"), ("ASK {}", "turtle"), ("CONSTRUCT WHERE {?s ?p ?o}", "csv")]
)
def test_formats_that_do_not_fit(out: Path, text: str, format: str) -> None:
    with pytest.raises(BadFormat, match="choose one of"):
        query.run(out, text, format)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * WHERE { ?s ?p }", 1, 24),
        ("SELECT *\nWHERE { ?s nope:p ?o }", 2, 12),
        ("SELEC ?x { }", 1, 1),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x a ?y }", 1, 1),
    ],
)
def test_malformed_queries_say_where(out: Path, text: str, line: int, column: int) -> None:
    with pytest.raises(BadQuery) as caught:
        query.run(out, text)
    assert caught.value.line == line and caught.value.column >= column
    assert f"at line {line}, column {caught.value.column}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE would ask another server"),
        ('SELECT * { BIND(""" " """ AS ?a) SERVICE <urn:x> { ?s ?p "x" } }', "SERVICE would ask another server"),
        ("SELECT (<urn:f>(1) AS ?x) { }", "custom function <urn:f> is not supported"),
    ],
)
def test_queries_that_cannot_be_answered(out: Path, text: str, reason: str) -> None:
    with pytest.raises(FailedQuery, match=re.escape(reason)):
        query.run(out, text)


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:c> <a:d> }", "DROP ALL", "LOAD <http://127.0.0.1/x>"])
def test_nothing_but_questions_is_taken(out: Path, text: str) -> None:
    with pytest.raises(RefusedQuery, match=f"{text.split()[0]} would change the graph"):
        query.run(out, text)


def test_an_empty_query(out: Path) -> None:
    with pytest.raises(BadQuery, match="it is empty"):
        query.run(out, "  ")


@pytest.mark.parametrize("each", query.stored(), ids=lambda each: each.name)
def test_the_example_of_a_query_is_valid(out: Path, each: query.StoredQuery) -> None:
    text = query.example(each)
    assert all(f"?{parameter.name}" in text for parameter in each.parameters)
    query.answer(open_store(out), text)


def test_the_word_service_may_be_spoken(out: Path) -> None:
    text = """ASK { # service
        ?service a pol:Law ; skos:prefLabel ?n FILTER(?n != 'SERVICE "x"'@en)
        OPTIONAL { ?service <urn:service> ?x } }"""
    assert query.run(out, text) == "yes"


def test_unknown_names(out: Path) -> None:
    with pytest.raises(UnknownQuery, match="did you mean laws-by-year"):
        query.run(out, "law-by-year")
    with pytest.raises(BadParameter, match="no parameter 'country'; its parameters are actor, since, until"):
        query.run(out, "laws-by-year", parameters={"country": "Norway"})
    with pytest.raises(BadParameter, match="must be a whole number, not 'soon'"):
        query.run(out, "laws-by-year", parameters={"since": "soon"})
    with pytest.raises(BadParameter, match="property of the ontology, not 'befriended'"):
        query.run(out, "timeline", parameters={"predicate": "befriended"})
    with pytest.raises(UnknownEntity, match="did you mean Norway"):
        query.run(out, "actor-activity", parameters={"actor": "Norw"})


def test_a_parameter_binds_sub_selects_that_do_not_hand_it_out(out: Path) -> None:
    text = """SELECT ?n ?x { # {
      { SELECT (COUNT(?x) AS ?n) {
        { SELECT (?x AS ?y) { VALUES ?x { 1 2 2 } } ORDER BY ?x LIMIT 1 } VALUES ?x { 3 2 2 } } }
      { SELECT * { VALUES ?x { 1 2 3 4 } FILTER("{ ?x" != '}') } } }"""

    def found(x: int) -> list[dict[str, str]]:
        return list(records.rows(open_store(out), query.bound(text, {"x": ox.Literal(x)})))

    assert [found(x) for x in (2, 3, 4)] == [[{"n": "2", "x": "2"}], [{"n": "0", "x": "3"}], [{"n": "0", "x": "4"}]]
    assert query.bound(text, {"x": ox.Literal(2)}).count("VALUES ?x") == 7


def test_a_value_cannot_break_out_of_its_place(out: Path) -> None:
    parameter = query.Parameter("text", "text", True, "some text")
    asked = query.StoredQuery("x", "", "", (parameter,), "SELECT ?text { } ")
    value = '"} ?s ?p ?o #\\ \n'
    text = query.bound(asked.text, query.bindings(out, asked, {"text": value}))
    assert [row["text"] for row in records.rows(open_store(out), text)] == [value]
