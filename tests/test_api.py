"""The Python API: `build`, `load` and what a KnowledgeGraph answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import policygraph
from policygraph import KnowledgeGraph, PolicygraphError


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    return policygraph.load(built)


def test_tables(graph: KnowledgeGraph) -> None:
    entities = graph.entities()
    assert entities.loc["country/kenya", "name"] == "Kenya"
    assert entities.loc["country/kenya", "documents"] == 2
    assert graph.documents().loc["harbour-law", "publisher"] == "Test Desk"


def test_statements_are_filtered_by_every_part(graph: KnowledgeGraph) -> None:
    every = graph.statements()
    assert set(every.columns) >= {"subject", "predicate", "object", "date", "status", "sentence"}
    assert (every["sentence"].str.len() > 0).all()
    signed = graph.statements(predicate="signed", object="Digital Ports Charter")
    assert set(signed["subject"]) >= {"Japan", "Brazil"}
    assert signed.set_index("subject").loc["Singapore", "status"] == "negated"
    assert set(graph.statements(subject="Japan")["subject"]) == {"Japan"}
    assert set(graph.statements(document="harbour-law")["document"]) == {"harbour-law"}
    later = graph.statements(since="2022")
    assert 0 < len(later) < len(every) and (later["date"] >= "2022").all()


def test_query_gives_a_frame(graph: KnowledgeGraph) -> None:
    laws = graph.query("laws-by-year")
    assert "Harbour Data Protection Act" in set(laws["law"])
    counted = graph.query("SELECT (COUNT(?d) AS ?n) WHERE { ?d a pol:Document }")
    assert counted["n"].tolist() == [2] and counted["n"].dtype == "Int64"
    assert graph.query("ASK { ?law a pol:Law }")["answer"].tolist() == [True]
    triples = graph.query("CONSTRUCT { ?a pol:signed ?b } WHERE { ?a pol:signed ?b }")
    assert "country/japan" in set(triples["subject"]) and set(triples["predicate"]) == {"pol:signed"}
    some = graph.query("SELECT ?who ?c ?x { ?st rdf:subject ?who ; pol:confidence ?c OPTIONAL { ?st pol:none ?x } }")
    assert some["c"].dtype == "Float64" and some["who"].str.contains("/").all() and some["x"].isna().all()
    assert len(graph.query("laws-by-year", since=2030)) == 0


def test_network_and_rdf_agree_with_the_table(graph: KnowledgeGraph) -> None:
    network = graph.network()
    statements = graph.statements()
    assert network.number_of_edges() == (statements["status"] == "asserted").sum()
    assert network.nodes["country/japan"]["name"] == "Japan"
    select = "SELECT ?what { GRAPH ?document { ?who <https://w3id.org/policygraph/ontology#signed> ?what } }"
    assert (
        len(list(graph.graph.query(select)))
        == ((statements["predicate"] == "signed") & (statements["status"] == "asserted")).sum()
    )


def test_names_are_resolved_or_refused(graph: KnowledgeGraph) -> None:
    assert graph.find("kenya", limit=1)["name"].tolist() == ["Kenya"]
    assert graph.entity("Japan").entity.name == "Japan"
    with pytest.raises(PolicygraphError, match="Atlantis"):
        graph.statements(subject="Atlantis")


@pytest.mark.parametrize("written", ["Digital Ports Chrter", "the digital ports charter", "Ports Charter"])
def test_a_name_may_be_misspelt_or_cut_short(graph: KnowledgeGraph, written: str) -> None:
    assert graph.entity(written).entity.name == "Digital Ports Charter"


@pytest.mark.parametrize("written", ["Kenia Republic", "Clean Initiative 2024", "Digital Ports"])
def test_a_name_that_may_be_several_or_none_is_answered_with_candidates(graph: KnowledgeGraph, written: str) -> None:
    with pytest.raises(PolicygraphError) as error:
        graph.entity(written)
    if written == "Digital Ports":
        assert "Several" in str(error.value) and "Digital Ports Charter" in str(error.value)


def test_tables_have_types(graph: KnowledgeGraph) -> None:
    statements, documents = graph.statements(), graph.documents()
    kinds = {name: str(dtype) for name, dtype in statements.dtypes.items()}
    assert kinds["predicate"] == kinds["status"] == "category" and kinds["year"] == "Int64"
    assert kinds["confidence"] == "float64" and kinds["sentence"].startswith("str")
    assert statements["date"].isna().equals(statements["year"].isna())
    assert documents["statements"].sum() == len(statements)
    assert set(graph.entities(type="Law")["kind"]) == {"Law"}
    assert len(graph.entities(type="Nothing")) == 0


def test_statements_take_several_values_and_bounds(graph: KnowledgeGraph) -> None:
    both = graph.statements(subject=["Japan", "Brazil"], predicate=["signed", "initiated"])
    assert set(both["subject"]) == {"Japan", "Brazil"}
    assert set(graph.statements(about="Digital Ports Charter")["predicate"]) >= {"signed", "supports"}
    assert set(graph.statements(status="negated")["subject"]) == {"Singapore"}
    assert (graph.statements(until=2021)["year"] <= 2021).all() and len(graph.statements(until=2021)) > 0
    assert (graph.statements(confidence=0.8)["confidence"] >= 0.8).all()
    for wrong in ({"predicate": "singed"}, {"status": "perhaps"}):
        with pytest.raises(PolicygraphError, match="choose from"):
            graph.statements(**wrong)


def test_networks_by_view_and_filter(graph: KnowledgeGraph) -> None:
    assert {graph.nodes[node].kind for node in graph.network("agreements")} >= {"Agreement", "Country"}
    assert graph.network("ties").is_directed() is False
    assert graph.network(since=2023).number_of_edges() < graph.network().number_of_edges()
    assert graph.network(predicates="signed", statuses=["negated"]).number_of_edges() == 1
    assert "country/japan" in graph.network(entity="Digital Ports Charter")
    for wrong in ({"view": "flowers"}, {"colour": "red"}):
        with pytest.raises(PolicygraphError, match="choose"):
            graph.network(**wrong)


def test_tables_and_pictures_of_the_build_by_name(graph: KnowledgeGraph) -> None:
    assert "Kenya" in set(graph.table("entities")["name"])
    assert "<svg" in graph.picture("timeline")._repr_html_()
    for wrong in (graph.table, graph.picture):
        with pytest.raises(PolicygraphError, match="choose from"):
            wrong("../build")


def test_every_answer_shows_itself_in_a_notebook(graph: KnowledgeGraph, tmp_path: Path) -> None:
    for answer in (
        graph.entity("Digital Ports Charter"),
        graph.path("Brazil", "Japan"),
        graph.compare("harbour-law", "ports-charter"),
        graph,
        graph.statements(),
        graph.show(title="Ports"),
    ):
        assert "<" in answer._repr_html_()
    assert "did not sign the <mark>Digital Ports Charter</mark>" in graph.entity("Singapore")._repr_html_()
    saved = graph.show("actors", title="Ports <b>").save(tmp_path / "ports.html").read_text(encoding="utf-8")
    assert saved.startswith("<!DOCTYPE html>") and "Ports &lt;b&gt;" in saved


def test_what_texts_say_is_escaped_in_cells(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Harbour rules of the year\n\nThe Parliament of Kenya passed the Harbour <img src=x onerror=alert(1)> Data"
        " Protection Act in 2021. Kenya & Togo signed the <script>alert(2)</script> Ports Charter in 2022.",
        encoding="utf-8",
    )
    graph = policygraph.build(tmp_path / "a.txt", tmp_path / "out")
    shown = "".join(graph.entity(id)._repr_html_() for id in graph.entities().index)
    assert "&lt;script&gt;" in shown or "&lt;img" in shown
    assert "<script" not in shown and "<img" not in shown


def test_build_takes_one_path_or_many(briefs: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    one = policygraph.build(briefs / "harbour-law.md", tmp_path / "one", progress=lambda step, *_: steps.append(step))
    assert list(one.documents().index) == ["harbour-law"]
    assert steps[0] == "Reading" and steps[-1] == "Drawing"
    with pytest.raises(PolicygraphError, match="nowhere"):
        policygraph.build([tmp_path / "nowhere"], tmp_path / "two")


def test_load_refuses_what_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(PolicygraphError, match="not a finished build"):
        policygraph.load(tmp_path)
