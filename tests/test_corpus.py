"""The five annotated documents, from files to scores."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from extraction.facts import read_jsonl

REPOSITORY = Path(__file__).parent.parent
Command = Callable[..., subprocess.CompletedProcess[str]]

SHARED = REPOSITORY.parent / "shared"
ENTITIES, RELATIONS = 0.70, 0.35

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true",
    reason="the annotated documents are not beside this checkout",
)


@pytest.fixture(scope="module")
def out(cli: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus") / "out"
    done = cli("build", SHARED / "corpus", "-o", out)
    assert done.returncode == 0, done.stderr
    return out


def test_scores_reach_the_floor(out: Path) -> None:
    command = [sys.executable, SHARED / "score.py", out / "graph.nq"]
    scored = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    summary = re.search(r"entities F1 ([\d.]+)  relations F1 ([\d.]+)", scored.stdout)
    assert summary, scored.stdout
    assert float(summary[1]) >= ENTITIES, scored.stdout
    assert float(summary[2]) >= RELATIONS, scored.stdout


def test_every_statement_has_its_sentence(out: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(out / "graph.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    query = """
        PREFIX pol: <https://w3id.org/policygraph/ontology#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?id ?statement ?text ?start ?end {
            ?statement a pol:Statement
            OPTIONAL {
                ?statement pol:evidence ?passage .
                ?passage pol:text ?text ; pol:start ?start ; pol:end ?end ; dcterms:isPartOf/dcterms:identifier ?id
            }
        }"""
    texts = {path.stem: read_jsonl(path).document.text for path in (out / "facts").iterdir()}
    statements = list(store.query(query, use_default_graph_as_union=True))
    assert len(statements) > 100
    for row in statements:
        assert row["text"] is not None, row["statement"]
        start, end = int(row["start"].value), int(row["end"].value)
        assert row["text"].value == texts[row["id"].value][start:end]


def test_every_passage_holds_both_names_or_the_words_that_stand_for_them(out: Path) -> None:
    checked = 0
    for path in sorted((out / "facts").iterdir()):
        facts = read_jsonl(path)
        text = facts.document.text
        forms = {entity.id: {entity.name, *entity.aliases} for entity in facts.entities}
        mentions = {(mention.start, mention.end): mention.entity for mention in facts.mentions}
        for stated in facts.statements:
            for entity, span in ((stated.subject, stated.subject_span), (stated.object, stated.object_span)):
                assert stated.start <= span.start < span.end <= stated.end
                words = text[span.start : span.end]
                meant = mentions.get((span.start, span.end))
                if meant is None:
                    # a pronoun, a noun ("the Act") or the verb that leaves it out
                    assert re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", words), (path.stem, stated)
                else:
                    assert meant == entity or any(form in words for form in forms[entity]), (path.stem, stated)
                checked += 1
    assert checked > 400
