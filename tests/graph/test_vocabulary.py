"""The ontology: complete, consistent, and the only source of terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SKOS

from graph import vocabulary
from graph.errors import UnknownTerm
from graph.vocabulary import KINDS, ontology

POL = rdflib.Namespace(vocabulary.POL.iri)
ROOT = Path(vocabulary.__file__).parent
CONTRACT = """
enacted initiated signed hosted participatedIn established memberOf partOf holdsPositionIn cooperatesWith supports
opposes adoptedAt amends implements concerns locatedIn mentionedIn evidence status date confidence text start end
"""


@pytest.fixture(scope="module")
def turtle() -> rdflib.Graph:
    return rdflib.Graph().parse(vocabulary.ontology_path())


def test_every_term_is_labelled_and_defined_in_both_languages(turtle: rdflib.Graph) -> None:
    terms = {term for term in turtle.subjects(RDF.type) if str(term).startswith(POL)}
    assert len(terms) > 80
    for term in terms:
        for property in (RDFS.label, SKOS.definition):
            assert {value.language for value in turtle.objects(term, property)} >= {"en", "zh"}, (term, property)


def test_every_property_has_domain_and_range(turtle: rdflib.Graph) -> None:
    for name in ontology().properties:
        assert (POL[name], RDFS.domain, None) in turtle, name
        assert (POL[name], RDFS.range, None) in turtle, name


def test_the_contract_is_kept() -> None:
    assert set(KINDS) | {"Actor", "Instrument", "Document", "Passage", "Statement"} <= ontology().classes
    assert set(CONTRACT.split()) <= ontology().properties
    assert ontology().symmetric == {"cooperatesWith"}


def test_every_relation_reads_both_ways() -> None:
    relations = {name for name in ontology().properties if "relatesTo" in ontology().parents.get(name, ())}
    assert relations == set(ontology().inverses) | ontology().symmetric
    assert ontology().phrase("hosted", inverse=True) == "was hosted by"


def test_consistent_under_owl_rl(turtle: rdflib.Graph) -> None:
    import owlrl

    graph = rdflib.Graph() + turtle
    norway, summit = rdflib.URIRef("urn:norway"), rdflib.URIRef("urn:summit")
    graph.add((norway, POL.hosted, summit))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = rdflib.Namespace("http://www.daml.org/2002/03/agents/agent-ont#").ErrorMessage
    assert not list(graph.subjects(RDF.type, error))
    assert (summit, POL.hostedBy, norway) in graph
    assert (summit, RDF.type, POL.Forum) in graph


def test_a_contradiction_is_found(turtle: rdflib.Graph) -> None:
    import owlrl

    graph = rdflib.Graph() + turtle
    graph.add((rdflib.URIRef("urn:it"), RDF.type, POL.Person))
    graph.add((rdflib.URIRef("urn:it"), RDF.type, POL.Summit))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    messages = [
        str(message)
        for message in graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))
    ]
    assert any("isjoint" in message for message in messages)


def test_the_ten_kinds_are_disjoint_in_pairs(turtle: rdflib.Graph) -> None:
    pairs = {frozenset((s, o)) for s, o in turtle.subject_objects(OWL.disjointWith)}
    assert all(frozenset((POL[a], POL[b])) in pairs for a in KINDS for b in KINDS if a != b)


def test_code_and_queries_use_no_term_that_the_ontology_lacks() -> None:
    used: dict[str, str] = {}
    for path in [*ROOT.rglob("*.py"), *ROOT.rglob("*.rq"), ROOT / "shapes.ttl"]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"\bPOL\(\"(\w+)\"\)|\bpol:(\w+)", text):
            used["".join(name)] = path.name
    known = ontology().classes | ontology().properties | {"Asserted", "Planned", "Negated"}
    assert len(used) > 40
    assert {name: where for name, where in used.items() if name not in known} == {}


def test_lineage_and_kind() -> None:
    assert ontology().lineage("Summit") == ("Summit", "Forum", "Entity")
    assert ontology().kind("Summit") == "Forum"
    assert ontology().kind("Law") == "Law"
    with pytest.raises(UnknownTerm, match="no class called 'Spaceship'"):
        ontology().lineage("Spaceship")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_ids_survive_as_iris(text: str) -> None:
    import pyoxigraph as ox

    for iri, back in (
        (vocabulary.entity_iri(f"law/{text}"), lambda iri: vocabulary.entity_id(iri).removeprefix("law/")),
        (vocabulary.document_iri(text), vocabulary.document_id),
    ):
        assert re.fullmatch(r"[!-~]+", iri)
        ox.NamedNode(iri)
        assert back(iri) == text
