"""What follows from a graph, beside what it states."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph import inference, query
from graph.store import open_store
from graph.vocabulary import INFERENCE_GRAPH, POL, PREFIXES, ROOT


@pytest.fixture(scope="module")
def build(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inferred") / "out"
    shutil.copytree(out, folder)
    return folder


def names(out: Path, pattern: str, inferred: bool) -> set[str]:
    text = f"SELECT DISTINCT ?name {{ {pattern} . ?x skos:prefLabel ?name }}"
    return set(query.run(out, text, "csv", inferred=inferred).splitlines()[1:])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("?x pol:enactedBy ?who", {"Sea Cable Act"}),
        ("?x pol:cooperatesWith ?y", {"Ghana", "Norway"}),
        ("?x pol:partOf ?y . ?y a pol:Country", {"Cable Safety Office", "Ministry of the Sea"}),
        ("?x dcterms:isPartOf ?y . ?y a pol:Country", {"Cable Safety Office", "Ministry of the Sea"}),
        ("?x pol:hasPart ?y . ?y a pol:GovernmentBody", {"Norway", "Ministry of the Sea"}),
        ("?x schema:organizer ?y", {"Aalesund Cable Summit"}),
        ("?x a schema:Legislation", {"Sea Cable Act", "Cable Ordinance", "Telegraph Act"}),
        ("?x pol:relatesTo ?y . ?y a pol:Place", {"Cable Ordinance", "Aalesund Cable Summit"}),
    ],
)
def test_what_follows_is_found_when_asked_for(build: Path, pattern: str, found: set[str]) -> None:
    assert names(build, pattern, inferred=True) == found
    assert names(build, pattern, inferred=False) < found


def test_what_is_stated_stays_as_it_is(out: Path, build: Path) -> None:
    inference.open_inferred(build)
    assert len(open_store(build)) == len(open_store(out))
    graph = ox.NamedNode(INFERENCE_GRAPH)
    store = inference.open_inferred(build)
    inferred = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    stated = {quad.triple for quad in open_store(build)}
    assert inferred and not inferred & stated
    assert len(store) == len(open_store(build)) + len(inferred)


def test_it_agrees_with_an_owl_reasoner(build: Path) -> None:
    import owlrl

    graph = rdflib.Graph()
    for quad in open_store(build):
        graph.add(tuple(rdflib.util.from_n3(str(term)) for term in quad.triple))  # type: ignore[arg-type]
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    relations = {
        str(p) for p in graph.subjects(rdflib.RDF.type, rdflib.OWL.ObjectProperty) if str(p).startswith(POL.iri)
    }
    ours = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in inference.open_inferred(build)
        if quad.predicate.value in relations and quad.subject.value.startswith(ROOT + "id/")
    }
    theirs = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        # Of a thing and what it is the same as, the reasoner says everything of both; we keep to our own names.
        if str(p) in relations and str(s).startswith(ROOT + "id/") and str(o).startswith(ROOT)
    }
    assert ours == theirs


def test_a_new_build_is_closed_anew(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(out, folder)
    inference.open_inferred(folder)
    text = (folder / "graph.nq").read_text()
    (folder / "graph.nq").write_text(text.replace("#cooperatesWith>", "#supports>"))
    store = inference.open_inferred(folder)
    assert not store.query("ASK { ?a pol:cooperatesWith ?b FILTER(ISIRI(?a)) }", prefixes=dict(PREFIXES))


def test_the_command_asks_for_it(build: Path, cli: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    asked = "ASK { ?law pol:enactedBy ?who }"
    assert cli("query", build, asked).stdout == "no\n"
    assert cli("query", build, asked, "--inferred").stdout == "yes\n"
