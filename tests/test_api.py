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
    assert counted["n"].tolist() == ["2"]


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
    assert [hit.name for hit in graph.find("kenya", limit=1)] == ["Kenya"]
    assert graph.entity("Japan").entity.name == "Japan"
    with pytest.raises(PolicygraphError, match="Atlantis"):
        graph.statements(subject="Atlantis")


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
