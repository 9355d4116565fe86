"""What an analyst decided: read from a file, and done."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.errors import BadDecisions, MissingPath
from extraction.facts import CorpusFacts, Document, DocumentFacts, Entity, Mention, Span, Statement
from extraction.resolution.corpus import resolve
from extraction.resolution.decisions import Decision, read

CLASSES = frozenset({"Organization", "Person", "Initiative", "Forum", "Summit"})
PREDICATES = frozenset({"supports", "opposes"})
TEXT = "The Tide League supports the Cable Plan. The TL opposes the Net Plan."


def entity(name: str, *aliases: str, kind: str = "Organization") -> Entity:
    return Entity(f"{kind.lower()}/{name.lower().replace(' ', '-')}", kind, name, aliases)


LEAGUE = entity("Tide League", "TL")
CABLE, NET = entity("Cable Plan", kind="Initiative"), entity("Net Plan", kind="Initiative")


def mention(text: str, of: Entity) -> Mention:
    start = TEXT.index(text)
    return Mention(start, start + len(text), of.id, of.type, "name")


def said(subject: str, predicate: str, object: str, objects: Entity, start: int, end: int) -> Statement:
    spans = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in (subject, object)]
    return Statement(LEAGUE.id, predicate, objects.id, "asserted", "", 0.4, start, end, *spans, "verb")


def document(name: str = "a") -> DocumentFacts:
    full = TEXT.index(".") + 1
    return DocumentFacts(
        Document(name, name, TEXT),
        (LEAGUE, CABLE, NET),
        (mention("Tide League", LEAGUE), mention("Cable Plan", CABLE), mention("TL", LEAGUE), mention("Net Plan", NET)),
        (
            said("Tide League", "supports", "Cable Plan", CABLE, 0, full),
            said("TL", "opposes", "Net Plan", NET, full + 1, len(TEXT)),
        ),
    )


def decided(*decisions: Decision) -> CorpusFacts:
    return resolve([document()], decisions=decisions)


def by_name(corpus: CorpusFacts) -> dict[str, Entity]:
    return {each.name: each for each in corpus.entities}


def test_merge_keeps_the_first_with_all_names_and_ids() -> None:
    corpus = decided(Decision("merge", ("Cable Plan", "initiative/net-plan"), date="2024-05-01"))
    plan = by_name(corpus)["Cable Plan"]
    assert plan.id == "initiative/cable-plan" and "Net Plan" in plan.aliases
    assert ("policygraph", "initiative/net-plan") in plan.identifiers
    assert {each.object for each in corpus.documents[0].statements} == {plan.id}
    assert corpus.decisions[0].fault == "" and corpus.decisions[0].entities == (plan.id,)


def test_merge_joins_even_across_classes() -> None:
    corpus = decided(Decision("merge", ("Tide League", "Net Plan")))
    assert set(by_name(corpus)) == {"Tide League", "Cable Plan"}
    assert [each.predicate for each in corpus.documents[0].statements] == ["supports"]


def test_keep_apart_takes_a_name_out_of_a_node_with_its_mentions_and_statements() -> None:
    corpus = decided(Decision("keep apart", ("Tide League", "TL")))
    league, other = by_name(corpus)["Tide League"], by_name(corpus)["TL"]
    assert "TL" not in league.aliases
    assert [each.subject for each in corpus.documents[0].statements] == [league.id, other.id]
    assert [each.entity for each in corpus.documents[0].mentions if each.entity.startswith("org")] == [
        league.id,
        other.id,
    ]


def test_merge_undoes_what_was_kept_apart() -> None:
    apart, again = Decision("keep apart", ("Tide League", "TL")), Decision("merge", ("Tide League", "TL"))
    corpus = decided(apart, again)
    assert {each.subject for each in corpus.documents[0].statements} == {"organization/tide-league"}


def test_what_is_kept_apart_is_no_longer_in_doubt() -> None:
    a, b = entity("Amina Okoro", kind="Person"), entity("Amina Okore", kind="Person")
    documents = [
        DocumentFacts(Document(each.id[-1], "", "x"), (each,), (Mention(0, 1, each.id, "Person", "name"),))
        for each in (a, b)
    ]
    assert len(resolve(documents).candidates) == 1
    corpus = resolve(documents, decisions=[Decision("keep apart", (a.id, b.id))])
    assert corpus.candidates == () and len(corpus.entities) == 2


def test_rename_keeps_the_id_and_the_old_name() -> None:
    league = by_name(decided(Decision("rename", ("TL",), "Tidal League")))["Tidal League"]
    assert league.id == "organization/tide-league" and "Tide League" in league.aliases


def test_retype_changes_the_id_and_the_old_one_leads_on() -> None:
    corpus = decided(
        Decision("retype", ("Tide League",), "Forum"), Decision("rename", ("organization/tide-league",), "Tides")
    )
    forum = by_name(corpus)["Tides"]
    assert (forum.id, forum.type) == ("forum/tide-league", "Forum")
    assert ("policygraph", "organization/tide-league") in forum.identifiers


def statement(**fields: str) -> tuple[tuple[str, str], ...]:
    return tuple(fields.items())


def test_reject_removes_the_statement_of_that_sentence_only() -> None:
    what = statement(document="a", subject="TL", predicate="opposes", object="Net Plan", sentence="The TL opposes the")
    corpus = decided(Decision("reject", statement=what))
    assert [each.predicate for each in corpus.documents[0].statements] == ["supports"]
    assert corpus.decisions[0].entities == ("initiative/net-plan", "organization/tide-league")


def test_confirm_makes_sure_and_says_by_which_decision() -> None:
    what = Decision("confirm", statement=statement(subject="Tide League", predicate="supports", object="Cable Plan"))
    sure, other = decided(what).documents[0].statements
    assert (sure.confidence, sure.decision) == (1.0, what.id)
    assert (other.confidence, other.decision) == (0.4, "")


@pytest.mark.parametrize(
    ("decision", "fault"),
    [
        (Decision("rename", ("Moon League",), "X"), "no entity is called “Moon League”"),
        (Decision("keep apart", ("Tide League", "tide league")), "are one name"),
        (
            Decision("reject", statement=statement(subject="TL", predicate="supports", object="Net Plan")),
            "no statement",
        ),
        (
            Decision("reject", statement=statement(subject="TL", predicate="opposes", object="Net Plan", sentence="Z")),
            "no statement",
        ),
    ],
)
def test_what_matches_nothing_is_told(decision: Decision, fault: str) -> None:
    corpus = decided(decision)
    assert fault in corpus.decisions[0].fault
    assert corpus.entities == resolve([document()]).entities
    assert corpus.documents == resolve([document()]).documents


def written(folder: Path, text: str) -> tuple[Decision, ...]:
    (folder / "decisions.yaml").write_text(text, encoding="utf-8")
    return read(folder / "decisions.yaml", CLASSES, PREDICATES)


GOOD = """# by hand
decisions:
  - merge: [Tide League, organization/tidal-league]
    date: 2024-05-01
    by: A. Reader
    comment: "same statutes"
  - retype: Tide League
    to: Forum
    date: 2024-05-02
  - reject: {subject: TL, predicate: opposes, object: Net Plan}
    date: 2024-05-02
"""


def test_a_file_is_read_with_dates_authors_and_comments(tmp_path: Path) -> None:
    merge, retype, reject = written(tmp_path, GOOD)
    assert merge.entities == ("Tide League", "organization/tidal-league")
    assert (merge.date, merge.by, merge.comment, merge.line) == ("2024-05-01", "A. Reader", "same statutes", 3)
    assert (retype.action, retype.to) == ("retype", "Forum")
    assert dict(reject.statement) == {"subject": "TL", "predicate": "opposes", "object": "Net Plan"}
    assert written(tmp_path, "") == () == written(tmp_path, "decisions:\n")


def test_a_decision_has_one_id_wherever_it_stands(tmp_path: Path) -> None:
    head, entries = GOOD.split("decisions:\n")
    longer = f"{head}decisions:\n  - {{rename: A, to: B, date: 2024-01-01}}\n{entries}"
    assert [each.id for each in written(tmp_path, longer)[1:]] == [each.id for each in written(tmp_path, GOOD)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("decisions: [", 2, "expected node content"),
        ("- merge: [A, B]", 1, 'one key "decisions"'),
        ("decisions: all", 1, "should be a list"),
        ("decisions:\n- merge: [A]\n  date: 2024-01-01", 2, "two or more entities"),
        ("decisions:\n- merge: [A, A]\n  date: 2024-01-01", 2, "one entity twice"),
        ("decisions:\n- merge: [A, B]", 2, "should have a date"),
        ("decisions:\n- merge: [A, B]\n  date: 2024-02-30", 2, "should have a date"),
        ("decisions:\n- join: [A, B]\n  date: 2024-01-01", 2, "should say one of"),
        ("decisions:\n- merge: [A, B]\n  date: 2024-01-01\n  why: x", 2, '"why" is not a field'),
        ("decisions:\n\n- retype: A\n  to: Thing\n  date: 2024-01-01", 3, '"Thing" is no class'),
        ("decisions:\n- rename: A\n  date: 2024-01-01", 2, '"to" say what it becomes'),
        ("decisions:\n- reject: {subject: A, object: B}\n  date: 2024-01-01", 2, 'lacks its "predicate"'),
        ("decisions:\n- reject: {subject: A, predicate: eats, object: B}\n  date: 2024-01-01", 2, "no relation"),
        (
            "decisions:\n- {merge: [A, B], date: 2024-01-01}\n- {keep apart: [B, A], date: 2024-01-01}",
            3,
            "the opposite of line 2",
        ),
        ("decisions: []\nmore: 1", 1, '"more" should not stand'),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(BadDecisions) as caught:
        written(tmp_path, text)
    assert caught.value.line == line and reason in caught.value.reason
    assert str(tmp_path / "decisions.yaml") in str(caught.value) and str(caught.value).count("\n") == 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        read(tmp_path / "decisions.yaml", CLASSES, PREDICATES)
