"""Facts to N-Quads and back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from graph import nquads, records, terms, writing
from graph.errors import NotABuild, UnknownTerm
from graph.store import dataset, open_store
from graph.vocabulary import PREFIXES

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def ask(out: Path, query: str) -> bool:
    return bool(open_store(out).query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True))


def test_the_same_facts_give_the_same_bytes(facts: CorpusFacts, out: Path, tmp_path: Path) -> None:
    shuffled = CorpusFacts(
        tuple(reversed(facts.entities)),
        tuple(replace(d, mentions=d.mentions[::-1], statements=d.statements[::-1]) for d in reversed(facts.documents)),
        facts.candidates,
    )
    writing.write(facts, tmp_path / "again", "1.0")
    assert (tmp_path / "again" / "graph.nq").read_bytes() == (out / "graph.nq").read_bytes()
    writing.write(replace(shuffled, documents=shuffled.documents[::-1]), tmp_path / "again", "1.0")
    assert (tmp_path / "again" / "graph.nq").read_bytes() == (out / "graph.nq").read_bytes()


def test_hash_seeds_do_not_show(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from extraction.facts import *; from graph import writing; "
        "e = tuple(Entity(f'law/{i}', 'Law', f'Act {i}', tuple(f'A{i}{j}' for j in range(9))) for i in range(20)); "
        "d = DocumentFacts(Document('d', 'd', 'Act'), mentions=tuple(Mention(0, 3, x.id, 'Law', 'w') for x in e)); "
        "writing.write(CorpusFacts(e, (d,)), Path({out!r}))"
    )
    for seed in "1", "2":
        program = code.replace("{out!r}", repr(str(tmp_path / seed)))
        subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."})
    assert (tmp_path / "1/graph.nq").read_bytes() == (tmp_path / "2/graph.nq").read_bytes()


def test_lines_are_sorted_and_all_is_valid(out: Path) -> None:
    lines = (out / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    parsed = rdflib.Dataset()
    parsed.parse(out / "graph.nq", format="nquads")
    assert sum(1 for _ in parsed.quads()) == len(lines) == len(open_store(out))


def test_plain_triples_stand_for_asserted_facts_only_in_their_document(out: Path) -> None:
    assert ask(
        out, "ASK { GRAPH doc:pact { <https://w3id.org/policygraph/id/country/ghana> pol:cooperatesWith ?norway } }"
    )
    signed = "<https://w3id.org/policygraph/id/country/ghana> pol:signed ?pact"
    assert ask(out, f"ASK {{ GRAPH doc:pact {{ {signed} }} }}")
    assert not ask(out, f"ASK {{ GRAPH doc:act {{ {signed} }} }}")
    assert not ask(out, "ASK { GRAPH doc:programme { ?ghana pol:participatedIn ?s . ?s a pol:Summit } }")


def test_coarse_classes_are_written_out(out: Path) -> None:
    assert ask(
        out, "ASK { GRAPH ?g { ?e skos:prefLabel 'Aalesund Cable Summit'@en ; a pol:Summit, pol:Forum, pol:Entity } }"
    )
    assert ask(out, "ASK { GRAPH ?g { ?e skos:prefLabel 'Ministry of the Sea'@en ; a pol:GovernmentBody, pol:Actor } }")


def test_records_come_back(facts: CorpusFacts, out: Path) -> None:
    store = open_store(out)
    nodes = records.entities(store)
    assert set(nodes) == {entity.id for entity in facts.entities}
    for entity in facts.entities:
        node = nodes[entity.id]
        assert (node.type, node.name, node.aliases) == (entity.type, entity.name, entity.aliases)
        assert (node.labels, node.identifiers, node.jurisdiction) == (
            entity.labels, entity.identifiers, entity.jurisdiction,
        )  # fmt: skip
    said = {
        (f.subject, f.predicate, f.object, f.status, f.date, f.document, f.start, f.end) for f in records.facts(store)
    }
    assert said == {
        (s.subject, s.predicate, s.object, s.status, s.date, d.document.id, s.start, s.end)
        for d in facts.documents
        for s in d.statements
    }
    for fact in records.facts(store):
        assert fact.subject_text in fact.sentence and fact.object_text in fact.sentence
    assert sum(fact.attributed_to == "person/ingrid-moe" for fact in records.facts(store)) == 1
    sources = records.documents(store)
    assert [source.publisher for source in sources.values()] == ["Fjord Desk", "Harbour Post", "Harbour Post"]
    assert sources["programme"].date == "2021"
    assert len(records.mentions(store)) == sum(len(d.mentions) for d in facts.documents)


def test_facts_about_one_entity_and_between_two(out: Path) -> None:
    store = open_store(out)
    every = records.facts(store)
    assert records.facts(store, "country/ghana") == [f for f in every if "country/ghana" in (f.subject, f.object)]
    pair = {"country/ghana", "country/norway"}
    assert records.facts_between(store, *sorted(pair)) == [f for f in every if {f.subject, f.object} == pair]


@settings(max_examples=40, deadline=None)
@given(
    name=NAME,
    aliases=st.lists(NAME, max_size=3),
    label=NAME,
    slug=NAME,
    document=NAME,
    text=NAME,
    title=TEXT,
    frame=TEXT,
)
def test_odd_strings_survive(
    tmp_path_factory: pytest.TempPathFactory,
    name: str, aliases: list[str], label: str, slug: str, document: str, text: str, title: str, frame: str,
) -> None:  # fmt: skip
    entity = Entity(f"law/{slug}", "Law", name, tuple(aliases), (("zh", label),), (("scheme", "a:b"),))
    end = len(text)
    said = Statement(
        entity.id,
        "amends",
        entity.id,
        "negated",
        "",
        0.5,
        0,
        end,
        Span(0, end),
        Span(0, 0),
        frame,
        attributed_to=entity.id,
    )
    facts = CorpusFacts(
        (entity,),
        (DocumentFacts(Document(document, text, text, title), (), (Mention(0, end, entity.id, "Law", "w"),), (said,)),),
    )
    out = tmp_path_factory.mktemp("odd")
    writing.write(facts, out)
    store = open_store(out)
    (node,) = records.entities(store).values()
    assert (node.id, node.name, node.aliases) == (entity.id, name, tuple(sorted(set(aliases))))
    assert (node.labels, node.identifiers, node.documents) == (entity.labels, entity.identifiers, (document,))
    (fact,) = records.facts(store)
    assert (fact.subject, fact.document, fact.sentence, fact.frame) == (entity.id, document, text, frame)
    assert (fact.subject_text, fact.object_text, fact.attributed_to) == (text, "", entity.id)
    (source,) = records.documents(store).values()
    assert (source.id, source.title, source.source) == (document, title, text)


def test_lone_surrogates_do_not_stop_a_build(tmp_path: Path) -> None:
    text = "bad \ud800 text"
    said = DocumentFacts(Document("d\ud800", "d", text), mentions=(Mention(0, 3, "law/a\ud800", "Law", "w"),))
    writing.write(CorpusFacts((Entity("law/a\ud800", "Law", text),), (said,)), tmp_path / "out")
    assert len(records.entities(open_store(tmp_path / "out"))) == 1


@pytest.mark.parametrize(
    ("given_date", "written"),
    [
        ("2016", '"2016"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("2016-12", '"2016-12"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("2016-12-27", '"2016-12-27"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2015-02-30", '"2015-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("2015-13", '"2015"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("0000", ""),
        ("", ""),
        ("last spring", ""),
    ],
)
def test_dates_have_the_type_of_their_precision(given_date: str, written: str) -> None:
    assert terms.dated(given_date) == written


def test_of_two_readings_of_a_statement_the_surer_stays(facts: CorpusFacts, tmp_path: Path) -> None:
    (first, *_) = facts.documents
    twice = replace(
        first, statements=(first.statements[0], replace(first.statements[0], confidence=0.2, frame="other"))
    )
    writing.write(CorpusFacts(facts.entities, (twice,)), tmp_path / "out")
    (fact,) = records.facts(open_store(tmp_path / "out"))
    assert fact.confidence == 0.9


def test_terms_outside_the_ontology_are_refused(facts: CorpusFacts, tmp_path: Path) -> None:
    with pytest.raises(UnknownTerm, match="no class called 'Spaceship'"):
        writing.write(CorpusFacts((Entity("spaceship/x", "Spaceship", "X"),)), tmp_path / "out")
    first = facts.documents[0]
    odd = replace(first, statements=(replace(first.statements[0], predicate="befriended"),))
    with pytest.raises(UnknownTerm, match="no property called 'befriended'"):
        writing.write(CorpusFacts(facts.entities, (odd,)), tmp_path / "out")


def test_rdflib_asks_the_same_store(out: Path) -> None:
    rows = list(dataset(out).query("SELECT ?s { ?s <https://w3id.org/policygraph/ontology#hosted> ?o }"))
    assert [str(row[0]) for row in rows] == ["https://w3id.org/policygraph/id/country/norway"]


def test_a_folder_without_store_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(NotABuild, match="is not a finished build"):
        open_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_build_with_another_vocabulary_is_not_read(out: Path, tmp_path: Path) -> None:
    text = (out / "graph.nq").read_text()
    assert text.count('versionInfo> "1.0"') == 1
    (tmp_path / "graph.nq").write_text(text.replace('versionInfo> "1.0"', 'versionInfo> "0.3"'))
    nquads.load(tmp_path / "graph.nq", tmp_path / "store")
    with pytest.raises(NotABuild, match=r"version 0\.3 of the vocabulary, and this program reads 1\.0; make one with"):
        open_store(tmp_path)


def test_the_store_is_read_only_and_shared(out: Path) -> None:
    one, other = open_store(out), open_store(out)
    assert len(one) == len(other)
    with pytest.raises(RuntimeError, match="read-write"):
        one.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")))
