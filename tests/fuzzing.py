"""Bytes from outside, thrown at everything that reads them: only a PolicygraphError may come of it.

python tests/fuzzing.py 20000                  so many inputs for each target, led by coverage (pip install atheris)
python tests/fuzzing.py 20000 reading query    for these targets only
`tests/test_fuzzing.py` does the same briefly, with inputs of hypothesis.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from extraction.errors import PolicygraphError

# Pieces of the genre: random bytes alone would never get past the tokenizer.
PIECES = (
    "Kenya", "Japan", "the European Union", "China and", "Norlandia's", "Minister Ana Duarte", "Digital Ports Charter",
    "Cable Safety Act", "Directive (EU) 2031/17", "Resolution 81/4", "Open Harbours Initiative", "Lomé", "SCO", "its",
    "the Third Ports Forum", "Ministry of Ports and Cables", " signed ", " hosted ", " was adopted by ", " joined ",
    " has not ", " will ", " to establish ", " opposes ", " members of ", " under the framework of ", "(DPC)",
    " and ", ", ", ". ", "; ", ": ", "\n", "\n\n", "- ", "• ", "“", "”", "(", ")", "’s ", " of ", " the ", " on ",
    "they ", "in 2021", "on 3 March 2021", "last year", "2019-2024", "Article 5", "|", "\t", "The ", "respectively",
)  # fmt: skip
FILES = ("pack.yaml", "heads.yaml", "frames.yaml", "laws.yaml")
SUFFIXES = (".txt", ".md", ".html", ".pdf", ".docx", ".odt", ".rtf", ".epub")
Target = Callable[[bytes], None]


def prose(data: bytes) -> str:
    """Text of the genre that the bytes choose: below 128 a piece, above it two bytes' own character."""
    out, at = [], 0
    while at < len(data):
        if data[at] < 128:
            out.append(PIECES[data[at] % len(PIECES)])
            at += 1
        else:
            out.append(chr((data[at] - 128) * 256 + (data[at + 1] if at + 1 < len(data) else 65)))
            at += 2
    return " ".join(out)


def reading(data: bytes) -> None:
    from extraction.reading import markdown, metadata
    from extraction.reading.documents import normal, tidy

    text = data.decode("utf-8", "ignore")
    assert not set(normal(text)) & {"\0", "\r", "\u202e", "\u200b"}
    tidy(text)
    metadata.completed({"date": text[:40]}, text, text[:20])
    front, body = markdown.front_matter(text)
    markdown.plain(front + body)


def page(data: bytes) -> None:
    from extraction.reading.markup import TooDeep, visible

    with contextlib.suppress(TooDeep):
        assert b"<script" not in visible(data).lower()


def file(data: bytes) -> None:
    path = _folder() / f"a{SUFFIXES[data[0] % len(SUFFIXES)] if data else '.txt'}"
    path.write_bytes(data[1:])
    _sandbox().content(path)


def language(data: bytes) -> None:
    from extraction.pipeline import extract

    document = _document(prose(data))
    (facts,) = extract([document], _pipeline())
    ids = {entity.id for entity in facts.entities}
    for mention in facts.mentions:
        assert 0 <= mention.start < mention.end <= len(document.text)
    for statement in facts.statements:
        assert 0 <= statement.start < statement.end <= len(document.text)
        assert all(
            0 <= span[0] < span[1] <= len(document.text) for span in (statement.subject_span, statement.object_span)
        )
        assert {statement.subject, statement.object} <= ids
        assert 0 <= statement.confidence <= 1


def dates(data: bytes) -> None:
    from extraction.statements.dates import find

    text = prose(data)
    for found in find(text, "2024-05-01", "2021"):
        assert 0 <= found.start < found.end <= len(text)


def pack(data: bytes) -> None:
    from extraction.domain.pack import require
    from graph.vocabulary import ontology

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILES[data[0] % len(FILES) if data else 0]).write_bytes(data[1:])
        require(Path(folder), ontology().properties)


def decisions(data: bytes) -> None:
    from extraction.resolution.decisions import read

    path = _folder() / "decisions.yaml"
    path.write_bytes(data if data[:1] == b"#" else b"decisions:\n- " + data)
    read(path, frozenset({"Law", "Country"}), frozenset({"signed"}))


def table(data: bytes) -> None:
    from extraction.reading.metadata import table

    (_folder() / "metadata.yaml").write_bytes(data)
    table(_folder())


def query(data: bytes) -> None:
    from graph.query import find_query

    find_query("# title: " + data.decode("utf-8", "ignore"))


def accept(data: bytes) -> None:
    from graph.endpoint.negotiation import choose

    offered = ("text/csv", "application/json")
    assert choose(data.decode("latin-1"), offered) in (*offered, None)


def rendering(data: bytes) -> None:
    from graph.pages.rendering import embedded, environment

    text = data.decode("utf-8", "replace")
    script = str(embedded({"name": text}))
    assert "<" not in script and json.loads(script).keys() == {"name"}
    shown = environment().from_string("<a title='{{ x }}'>{{ x }}</a>").render(x=text)
    assert shown.count("<") == 2 and shown.count("'") == 2


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (reading, page, file, language, dates, pack, decisions, table, query, accept, rendering)
}


def survives(target: Target, data: bytes) -> None:
    """Run a target; what users are told in a sentence is no crash."""
    with contextlib.suppress(PolicygraphError):
        target(data)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp())


@cache
def _sandbox() -> Any:
    from extraction.reading.sandbox import Sandbox

    return Sandbox(10)


@cache
def _pipeline() -> Any:
    from extraction.pipeline import load

    return load()


def _document(text: str) -> Any:
    from extraction.facts import Document
    from extraction.reading.documents import tidy

    return Document(id="a", source="a.txt", text=tidy(text))


def main() -> None:
    count, *names = sys.argv[1:]
    if names[:1] == ["--one"]:
        import atheris

        target = TARGETS[names[1]]
        with atheris.instrument_imports(include=["extraction", "graph"]):
            survives(target, b"Kenya")
        atheris.Setup(
            [sys.argv[0], f"-runs={count}", "-max_len=600", "-verbosity=0"], lambda data: survives(target, data)
        )
        atheris.Fuzz()
    failed = []
    for name in names or TARGETS:
        done = subprocess.run([sys.executable, __file__, count, "--one", name], capture_output=True, text=True)
        print(f"{name}: {count} inputs, {'a crash' if done.returncode else 'no crash'}", flush=True)
        if done.returncode:
            print((done.stdout + done.stderr)[-3000:])
            failed.append(name)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
