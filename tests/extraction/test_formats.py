"""Every format gives the words that were put into it, and what the file says of itself."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from extraction.errors import UnreadableFile
from extraction.facts import Document
from extraction.reading import formats, markdown
from extraction.reading.documents import read

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
BRIEFS = sorted((EXAMPLES / "briefs").glob("*.md"))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("’", "'"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    documents, skipped = read([EXAMPLES / "corpus"])
    assert skipped == []
    return {document.id: document for document in documents}


def test_the_samples_are_in_every_format() -> None:
    made = {path.suffix for path in (EXAMPLES / "corpus").iterdir()}
    assert made == {".md", ".html", ".pdf", ".docx", ".odt", ".rtf", ".epub"}


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_a_file_gives_the_words_of_its_brief(brief: Path, documents: dict[str, Document]) -> None:
    document = documents[brief.stem]
    front, body = markdown.front_matter(brief.read_text(encoding="utf-8"))
    about = dict(line.split(": ", 1) for line in front.splitlines())
    assert Path(document.source).suffix == f".{about['format']}"
    assert (document.title, document.date, document.publisher) == (about["title"], about["date"], about["publisher"])
    # An EPUB has a title page before the text; of a PDF, HTML and an office file the title is the first line.
    assert words(document.text)[-len(words(body)) :] == words(markdown.plain(body))
    assert "Published by" not in document.text and "rights" not in document.text and "Page 1" not in document.text


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".odt", ".rtf", ".epub"])
@pytest.mark.parametrize("content", [b"not what the ending says", b"PK\x03\x04 cut short", b"%PDF-1.7 cut short"])
def test_a_damaged_file_is_refused_or_read_as_words(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    try:
        text, _ = formats.content(path)
    except UnreadableFile as error:
        assert path.name in str(error)
    else:
        assert len(text) <= len(content) + 1


def test_a_page_is_read_without_menu_marks_and_footnote_signs(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>The &quot;port&quot; rules</title><meta name='dcterms.date' content='2024-05-01'></head>"
        "<body><nav><a href='/'>Home</a> <a href='/a'>About</a></nav><p>The port met<sup><a href='#n1'>1</a></sup> in"
        " <a href='/lome'>Lomé</a>.</p><table><tr><th>State</th><th>Year</th></tr><tr><td>Togo</td><td>2024</td></tr>"
        "</table><aside>Togo signs a charter</aside><footer>Contact us</footer></body></html>",
        encoding="utf-8",
    )
    (document,), _ = read([path])
    assert document.text.strip() == "The port met in Lomé.\n\nState | Year\nTogo | 2024"
    assert (document.title, document.date) == ('The "port" rules', "2024-05-01")


def test_links_of_an_odt_keep_their_words(tmp_path: Path) -> None:
    path = tmp_path / "links.odt"
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    body = '<text:p>The port of <text:a xlink:href="http://x.y">Lomé</text:a> is open.</text:p>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    assert formats.content(path)[0].strip() == "The port of Lomé is open."


def test_an_rtf_says_its_title_and_day(tmp_path: Path) -> None:
    path = tmp_path / "h.rtf"
    path.write_text(
        r"{\rtf1\ansi{\info{\title The Port of Lom\'e9}{\company Port Desk}{\creatim\yr2024\mo5\dy1}}"
        r"{\pard The ministers met in the port. \par}}"
    )
    text, declared = formats.content(path)
    assert text.strip() == "The ministers met in the port."
    assert declared == {"title": "The Port of Lomé", "publisher": "Port Desk", "created": "2024-05-01"}
