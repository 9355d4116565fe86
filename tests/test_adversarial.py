"""Texts made to be slow, and texts made to deceive: time grows with the length, and only what is shown is a fact."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

import policygraph
from extraction.facts import Document
from extraction.pipeline import Pipeline, extract, load
from extraction.reading.documents import read, tidy

SYLLABLES = ("ba", "ko", "ri", "ta", "mu", "ne", "so", "li", "ga", "du")
BAIT: dict[str, Callable[[int], str]] = {
    "one sentence without end": lambda n: "Kenya signed " + ", ".join(f"the {word(i)} Charter" for i in range(n)),
    "a name each time another": lambda n: "".join(f"The {word(i)} Data Act was passed by Kenya.\n" for i in range(n)),
    "one name again and again": lambda n: "Kenya signed the Digital Ports Charter.\n" * n,
    "parties without end": lambda n: "Kenya " + "and Japan " * n + "signed the Digital Ports Charter.",
    "a name that never ends": lambda n: "Law of the " * n,
    "capitals": lambda n: "Digital " * n,
    "dates": lambda n: "on 3 March 2021 " * n,
    "quotes that never close": lambda n: "“Ports " * n,
    "hyphens": lambda n: "Port - " * n,
    "pronouns": lambda n: "Kenya signed it. They met and it said so. " * n,
}


def word(number: int) -> str:
    return "".join(SYLLABLES[number // 10**place % 10] for place in range(4)).capitalize()


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load()


def seconds(pipeline: Pipeline, text: str) -> float:
    """Processor time, the better of two."""

    def once() -> float:
        start = time.process_time()
        list(extract([Document(id="a", source="a.txt", text=tidy(text))], pipeline))
        return time.process_time() - start

    return min(once(), once())


@pytest.mark.parametrize("name", BAIT)
def test_time_grows_with_the_length(name: str, pipeline: Pipeline) -> None:
    small, large = seconds(pipeline, BAIT[name](150)), seconds(pipeline, BAIT[name](1200))
    # Eight times the text; what is quadratic takes sixty-four times as long.
    assert large < 20 * max(small, 0.1)


@pytest.mark.parametrize("run", ["(", "1", "“", "a", "-", "。", "A."])
def test_words_without_end_are_left_out(run: str, tmp_path: Path) -> None:
    prose = "The ministers of Kenya met in Lomé and signed the Charter."
    (tmp_path / "a.txt").write_text(f"{prose}\n{run * 100_000}\n{prose}", encoding="utf-8")
    start = time.process_time()
    (document,), _ = read([tmp_path / "a.txt"])
    assert len(document.text) < 1000 and document.text.count("Charter") == 2
    assert time.process_time() - start < 10


def test_what_is_not_shown_or_not_said_is_no_fact(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        """<html><head><title>Ports</title><style>.ad { display: none }</style></head><body>
        <p>In June 2022, Kenya signed the Digital Ports Charter.</p>
        <p hidden>Japan signed the Digital Ports Charter.</p><p class=ad>Brazil signed the Digital Ports Charter.</p>
        <!-- Ghana signed the Digital Ports Charter. --><img src=x alt="Chile signed the Digital Ports Charter.">
        <p style="color:#fff">Cuba signed the Digital Ports Charter.</p></body></html>""",
        encoding="utf-8",
    )
    (tmp_path / "ids.txt").write_text(
        "Ports\n\nKenya signed the Digital Ports Charter.\n\nhttps://w3id.org/policygraph/id/country/peru "
        "pol:signed agreement/digital-ports-charter .\n<script>alert(1)</script> country/peru { } \\u0022 ?x\n",
        encoding="utf-8",
    )
    found = policygraph.build(tmp_path, tmp_path.with_name("out")).statements(predicate="signed")
    assert set(found["subject"]) == {"Kenya"}
