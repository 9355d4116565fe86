"""Files that are taken apart in a process of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import W, docx, zipped

from extraction.errors import UnreadableFile
from extraction.reading import sandbox
from extraction.reading.sandbox import Sandbox

GOOD = "The ministers of the region met in Lomé."


def written(path: Path, declaration: str, words: str) -> Path:
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    return zipped(path, docx(f'<?xml version="1.0"?>{declaration}<w:document {W}>{body}</w:document>'))


def test_entities_are_neither_fetched_nor_multiplied(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the launch code is 0000")
    laughs = '<!ENTITY a "ha ha ">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with Sandbox() as box:
        outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
        text, _ = box.content(written(tmp_path / "a.docx", outside, f"{GOOD} &x;"))
        assert "Lomé" in text and "launch" not in text
        text, _ = box.content(written(tmp_path / "b.docx", f"<!DOCTYPE d [{laughs}]>", f"{GOOD} &i;"))
        assert "Lomé" in text and len(text) < 1000


def test_a_file_that_ends_the_process_is_set_aside_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<p>{GOOD}</p>", encoding="utf-8")
    with Sandbox() as box:
        assert GOOD in box.content(page)[0]
        assert box._process is not None
        box._process.kill()
        with pytest.raises(UnreadableFile, match="cannot be read: taking it apart"):
            box.content(page)
        assert GOOD in box.content(page)[0]


def test_a_file_that_takes_too_long_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<p>{GOOD}</p>", encoding="utf-8")
    with Sandbox(seconds=0.001) as box, pytest.raises(UnreadableFile, match="longer than 0 seconds"):
        box.content(page)
    assert sandbox.SECONDS == 60
