"""`policygraph review`: a walk through doubtful merges and doubtful statements in the terminal, by single keys.

Every decision is written to the decisions file at once, so that one may stop at any time and go on later.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extraction.facts import FURTHER
from extraction.names.spelling import key_of
from extraction.resolution.decisions import Decision
from graph import curation, folder, ledger, records
from graph.claims import counted
from graph.curation import Doubt
from graph.errors import NotABuild
from graph.keyboard import Keyboard
from graph.records import Fact, Node
from graph.store import open_store
from graph.vocabulary import ENTITY, KINDS, ontology

DOUBTFUL_BELOW = 0.5
KEYS = "s skip   c comment   r rename   t retype   b back   q quit"
HELP = """\
Each key is one letter, without Enter. What you decide is written at once; what you skip is asked again next time.
A comment is kept with the next decision on the same question. Rename and retype ask which of the two, then for the
new name or class. Back undoes the last decision of this walk."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide: its text, the entities that it is about, and the entry for a yes and for a no."""

    text: str
    entities: tuple[str, str]
    yes: dict[str, Any]
    no: dict[str, Any]


def review(
    out: Path, file: Path | None, by: str, keyboard: Keyboard, say: Callable[[str], None], below: float = DOUBTFUL_BELOW
) -> tuple[Path, int]:
    """Ask all that is not decided yet; the decisions file, and how many decisions were added to it.

    file   the decisions file; None for the one that the build looked for
    by     who decides, "" where that is not to be said
    below  the confidence below which statements are asked for

    Raises NotABuild, BadDecisions, MissingPath and UnwritableFolder.
    """
    record = folder.record(out)
    if record is None:
        raise NotABuild(out)
    path = file or Path(record.get("decisions") or "decisions.yaml")
    given = curation.read_decisions(path) if path.is_file() else ()
    store = open_store(out)
    nodes = records.entities(store)
    questions = [
        *_merges(curation.doubts(store), nodes, given),
        *_statements((fact for fact in records.facts(store) if fact.confidence < below), nodes, given),
    ]
    if not questions:
        say("There is nothing left to decide.")
        return path, 0
    return path, _walk(questions, nodes, path, by, keyboard, say)


def _walk(
    questions: Sequence[Question],
    nodes: dict[str, Node],
    path: Path,
    by: str,
    keyboard: Keyboard,
    say: Callable[[str], None],
) -> int:
    place, comment = 0, ""
    done: list[tuple[int, str | None]] = []  # the question and the file before each decision

    def add(entry: dict[str, Any]) -> None:
        extra = {"date": date.today().isoformat(), "by": by, "comment": comment}
        done.append((place, ledger.append(path, {**entry, **{name: said for name, said in extra.items() if said}})))

    say(f"{counted(len(questions), 'question')}; decisions go to {path}. ? explains the keys.")
    while place < len(questions):
        question = questions[place]
        say(f"\n[{place + 1} of {len(questions)}] {question.text}")
        key = keyboard.key()
        if key == "q":
            break
        if key == "?":
            say(HELP)
        elif key == "c":
            comment = keyboard.line("Comment: ")
        elif key in {"r", "t"}:
            if entry := _change(key, question, nodes, keyboard, say):
                add(entry)
        elif key == "b":
            if done:
                place, before = done.pop()
                ledger.restore(path, before)
                say("The last decision is undone.")
            else:
                say("There is no decision to undo.")
        elif key in {"y", "n"}:
            add(question.yes if key == "y" else question.no)
            place, comment = place + 1, ""
        elif key in {"s", " "}:
            place, comment = place + 1, ""
        else:
            say("That key means nothing here; ? explains those that do.")
    return len(done)


def _change(
    key: str, question: Question, nodes: dict[str, Node], keyboard: Keyboard, say: Callable[[str], None]
) -> dict[str, Any]:
    """The entry that renames or retypes one of the two entities of a question; empty where the user thinks better."""
    say("Which of the two, 1 or 2?")
    which = {"1": 0, "2": 1}.get(keyboard.key())
    if which is None:
        return {}
    entity = question.entities[which]
    to = keyboard.line(f"New {'name' if key == 'r' else 'class'} of {nodes[entity].name}: ")
    if key == "t" and (to not in ontology().classes or ontology().kind(to) not in KINDS):
        say(f"{to or 'Nothing'} is no class; these are: {', '.join(KINDS)}, and those below them.")
        return {}
    return {("rename" if key == "r" else "retype"): entity, "to": to} if to else {}


def _merges(doubts: Iterable[Doubt], nodes: dict[str, Node], given: Sequence[Decision]) -> Iterator[Question]:
    settled = [
        {_id_of(reference, nodes) for reference in decision.entities}
        for decision in given
        if decision.action in {"merge", "keep apart"}
    ]
    for doubt in doubts:
        pair = (doubt.first, doubt.second)
        if any(set(pair) <= ids for ids in settled):
            continue
        # The entity that is better known keeps its id and its name.
        pair = (min(pair, key=lambda id: (not _is_known(nodes[id]), -len(nodes[id].documents), id)), "")
        pair = (pair[0], doubt.second if pair[0] == doubt.first else doubt.first)
        sides = {
            doubt.first: (doubt.first_context, doubt.first_document),
            doubt.second: (doubt.second_context, doubt.second_document),
        }
        lines = ["Are these two one thing?"]
        for number, id in enumerate(pair, 1):
            context, document = sides[id]
            lines += [f"  {number}  {_called(nodes[id])}", *_wrapped(f"“{context}” ({document})")]
        lines += [f"  Likely {doubt.score:.2f}: {doubt.reason}.", f"  y merge   n keep apart   {KEYS}"]
        yield Question("\n".join(lines), pair, {"merge": list(pair)}, {"keep apart": list(pair)})


def _statements(facts: Iterable[Fact], nodes: dict[str, Node], given: Sequence[Decision]) -> Iterator[Question]:
    judged = [dict(decision.statement) for decision in given if decision.statement]
    for fact in sorted(facts, key=lambda fact: (fact.confidence, fact.document, fact.start, fact.id)):
        said = {
            "document": fact.document,
            "subject": fact.subject,
            "predicate": fact.predicate,
            "object": fact.object,
            "sentence": " ".join(fact.sentence.split()),
        }
        if any(_covers(earlier, said, nodes) for earlier in judged):
            continue
        words = f"{nodes[fact.subject].name} {ontology().phrase(fact.predicate)} {nodes[fact.object].name}"
        mark = ", ".join(part for part in (fact.date, "" if fact.status == "asserted" else fact.status) if part)
        lines = [
            "Does the sentence say so?",
            f"  {words}{f' ({mark})' if mark else ''}",
            *_wrapped(f"“{said['sentence']}” ({fact.document})"),
            f"  1  {_called(nodes[fact.subject])}",
            f"  2  {_called(nodes[fact.object])}",
            f"  Confidence {fact.confidence:.2f}.",
            f"  y confirm   n reject   {KEYS}",
        ]
        yield Question("\n".join(lines), (fact.subject, fact.object), {"confirm": said}, {"reject": said})


def _covers(earlier: dict[str, str], said: dict[str, str], nodes: dict[str, Node]) -> bool:
    """Whether an earlier decision was on this statement."""
    return (
        earlier["predicate"] == said["predicate"]
        and earlier.get("document", said["document"]) == said["document"]
        and earlier.get("sentence", "") in said["sentence"]
        and all(_id_of(earlier[end], nodes) == said[end] for end in ("subject", "object"))
    )


def _id_of(reference: str, nodes: dict[str, Node]) -> str:
    """The id of the entity that a decision speaks of; "" where it is none, or one of several."""
    id = reference.removeprefix(ENTITY.iri)
    if id in nodes:
        return id
    key = key_of(reference)
    found = [
        node.id
        for node in nodes.values()
        if (FURTHER, id) in node.identifiers or key in map(key_of, (node.name, *node.aliases))
    ]
    return found[0] if len(found) == 1 else ""


def _is_known(node: Node) -> bool:
    """Whether others know it, by an identifier of theirs."""
    return any(scheme != FURTHER for scheme, _ in node.identifiers)


def _called(node: Node) -> str:
    more = f", {node.jurisdiction}" if node.jurisdiction else ""
    count = len(node.documents)
    return f"{node.name} ({ontology().labels[node.type]}{more}; {count} {'document' if count == 1 else 'documents'})"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="     ", subsequent_indent="     ")
