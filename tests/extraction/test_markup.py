"""What an HTML page shows."""

from __future__ import annotations

import time

import pytest

from extraction.reading.markup import TooDeep, visible

SHOWN = "The ministers met in Lomé."


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Benin signed.</p>",
        "<p aria-hidden=true>Benin signed.</p>",
        "<div style='display : none'><p>Benin signed.</p></div>",
        "<span style='color:red;visibility:hidden'>Benin signed.</span>",
        "<p style='font-size:0px'>Benin signed.</p>",
        "<p style='opacity: 0'>Benin signed.</p>",
        "<p style='position:absolute;left:-9999px'>Benin signed.</p>",
        "<p style='color:#FFF'>Benin signed.</p>",
        "<p style='color:white;background-color:#ffffff'>Benin signed.</p>",
        "<p style='color:#123456;background:#123456'>Benin signed.</p>",
        "<p class=note>Benin signed.</p>",
        "<p id=aside>Benin signed.</p>",
        "<!-- Benin signed. -->",
        "<template><p>Benin signed.</p></template>",
        "<noscript>Benin signed.</noscript>",
        "<script>'Benin signed.'</script>",
        "<img src=x alt='Benin signed.'>",
        "<nav><a href=x>Benin signed.</a></nav>",
        "<footer>Benin signed.</footer>",
        "<select><option>Benin signed.</select>",
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    sheet = "<style>/* .all {} */ .note, #aside { display: none }</style>"
    page = visible(f"<html><head>{sheet}</head><body>{hidden}<p>{SHOWN}</p></body></html>".encode())
    assert SHOWN.encode() in page
    assert b"Benin" not in page


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='color:white;background:#003'>Benin signed.</p>",
        "<p style='opacity:0.5;font-size:0.9em'>Benin signed.</p>",
        "<p class=other>Benin signed.</p>",
        "<form><p>Benin signed.</p></form>",
        "<p style='left:-2px'>Benin signed.</p>",
    ],
)
def test_what_is_seen_stays(shown: str) -> None:
    sheet = "<style>@media print { .other { display: none } } .menu { display: none }</style>"
    assert b"Benin signed." in visible(f"<html><head>{sheet}</head><body>{shown}</body></html>".encode())


def test_declared_and_undeclared_encodings() -> None:
    assert SHOWN in visible(f"<p>{SHOWN}</p>".encode()).decode("utf-8")
    latin = f"<html><head><meta charset=iso-8859-1></head><body><p>{SHOWN}</p></body></html>".encode("latin-1")
    assert SHOWN in visible(latin).decode("utf-8")


def test_nesting_has_a_limit() -> None:
    assert visible(b"<div>" * 200 + b"Benin") != b""
    with pytest.raises(TooDeep):
        visible(b"<div>" * 10_000)


@pytest.mark.parametrize("bait", ["@a{", "/*", "a{", "a{b}", "@media x{a{b}", "{}", "}", "@", "a " * 50, "opacity:0"])
def test_style_sheets_take_linear_time(bait: str) -> None:
    page = f"<style>{bait * (400_000 // len(bait))}</style><p style='{bait * 3000}'>{SHOWN}</p>".encode()
    start = time.process_time()
    visible(page)
    assert time.process_time() - start < 5
