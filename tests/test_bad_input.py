"""What a user gives that cannot be read: the sentence each gets, within a time, and nothing lost.

A case is a name, what lays it out (in an empty folder, giving the arguments of the command line), words of its
sentence, and the exit code where that is not 1. Every case must end in one plain sentence on standard error.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from office import W, docx, zipped

import policygraph
from extraction.reading import sandbox

SECONDS = 60
PROSE = "The ministers of Kenya met in London and they signed the Digital Ports Charter for the region."
Layout = Callable[[Path], list[object]]


def text(name: str, content: bytes) -> Layout:
    """A build of one file with this content."""

    def lay(folder: Path) -> list[object]:
        (folder / name).write_bytes(content)
        return ["build", folder / name, "-o", folder / "out"]

    return lay


def office(name: str, parts: dict[str, str]) -> Layout:
    """A build of one zipped document made of these parts."""

    def lay(folder: Path) -> list[object]:
        return ["build", zipped(folder / name, parts), "-o", folder / "out"]

    return lay


def pack(name: str, content: bytes, *others: tuple[str, bytes]) -> Layout:
    """A build with a domain pack that holds these files."""

    def lay(folder: Path) -> list[object]:
        (folder / "pack").mkdir()
        for file, data in ((name, content), *others):
            (folder / "pack" / file).write_bytes(data)
        (folder / "a.txt").write_text(PROSE)
        return ["build", folder / "a.txt", "-o", folder / "out", "--domain", folder / "pack"]

    return lay


def beside(name: str, content: bytes) -> Layout:
    """A build of a folder with one good document and this file beside it."""

    def lay(folder: Path) -> list[object]:
        (folder / "docs").mkdir()
        (folder / "docs" / "a.txt").write_text(PROSE)
        (folder / "docs" / name).write_bytes(content)
        return ["build", folder / "docs", "-o", folder / "out"]

    return lay


def ask(*arguments: str) -> Layout:
    """A command on a finished build, which stands for OUT."""
    return lambda folder: [folder if argument == "OUT" else argument for argument in arguments]


def here(*arguments: str) -> Layout:
    """A command whose arguments that begin with "./" lie in the empty folder."""
    return lambda folder: [folder / argument[2:] if argument.startswith("./") else argument for argument in arguments]


def fifo(folder: Path) -> list[object]:
    os.mkfifo(folder / "pipe.txt")
    return ["build", folder / "pipe.txt", "-o", folder / "out"]


def listening(folder: Path) -> list[object]:
    at = Path.cwd()
    os.chdir(folder)  # the name of a socket may have a hundred characters, a test's folder has more
    socket.socket(socket.AF_UNIX).bind("s.txt")
    os.chdir(at)
    return ["build", folder / "s.txt", "-o", folder / "out"]


def dangling(folder: Path) -> list[object]:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    return ["build", folder / "gone.txt", "-o", folder / "out"]


def loop(folder: Path) -> list[object]:
    (folder / "docs").mkdir()
    (folder / "docs" / "again").symlink_to(folder / "docs")
    (folder / "docs" / "self.txt").symlink_to(folder / "docs" / "self.txt")
    return ["build", folder / "docs", "-o", folder / "out"]


def query_file(content: bytes) -> Layout:
    def lay(folder: Path) -> list[object]:
        path = Path(tempfile.mkdtemp()) / "question.rq"
        path.write_bytes(content)
        return ["query", folder, path]

    return lay


ENTITIES = b"entities:\n- {id: law/x, type: Law, name: Port Act}\n"
FRAME = b"frames:\n- name: f\n  predicate: %s\n  verb: [sink]\n  subject: {role: [subject], type: [Country]}\n"
OBJECT = b"  object: {role: [object], type: [Law]}\n"

FILES: list[tuple[str, Layout, list[str]]] = [
    ("missing file", here("build", "./nowhere.txt", "-o", "./out"), ["nowhere.txt", "no file"]),
    ("missing folder", here("build", "./no/where", "-o", "./out"), ["no/where"]),
    ("empty folder", here("build", "./", "-o", "./../elsewhere"), ["nothing to read"]),
    ("empty file", text("a.txt", b""), ["a.txt", "empty"]),
    ("blank file", text("a.txt", b" \n\t\r\n\x0c"), ["a.txt", "no text"]),
    ("a million line ends", text("a.txt", b"\n" * 1_000_000), ["a.txt", "no text"]),
    ("NUL bytes", text("a.txt", PROSE.encode() + b"\0" * 50), ["a.txt", "binary"]),
    ("random bytes", text("a.txt", bytes(range(256)) * 40), ["a.txt", "UTF-8"]),
    ("a picture called text", text("a.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), ["a.md", "UTF-8"]),
    ("unknown ending", text("a.xyz", PROSE.encode()), ["a.xyz", "ending"]),
    ("a program", text("a.exe", b"MZ" + bytes(200)), ["a.exe", "ending"]),
    ("no ending", text("README", PROSE.encode()), ["README", "ending"]),
    ("UTF-16 without a mark", text("a.txt", PROSE.encode("utf-16-le")), ["a.txt", "binary"]),
    ("half a UTF-16 file", text("a.txt", PROSE.encode("utf-16")[:-1]), ["a.txt", "UTF-8"]),
    ("GB18030", text("a.txt", "中华人民共和国网络安全法于二零一六年通过。".encode("gb18030")), ["a.txt", "UTF-8"]),
    ("Latin-1", text("a.txt", "The São Tomé charter was signed by the ministers.".encode("latin-1")), ["UTF-8"]),
    ("cut in a character", text("a.txt", "The charter of São".encode() + b"\xc3"), ["a.txt", "UTF-8"]),
    ("lone surrogates", text("a.txt", b"The charter \xed\xa0\x80 of the ports."), ["a.txt", "UTF-8"]),
    ("overlong UTF-8", text("a.txt", b"The charter \xc0\xaf of the ports."), ["a.txt", "UTF-8"]),
    ("only control characters", text("a.txt", b"\x01\x02\x03\x1b\x7f" * 20), ["a.txt", "no text"]),
    ("only invisible characters", text("a.txt", "\u200b\u202e\u2060\ufeff".encode() * 20), ["a.txt", "no text"]),
    ("French", text("a.txt", ("Le ministre a signé la convention avec les pays de la région. " * 4).encode()),
     ["a.txt", "French"]),
    ("Chinese", text("a.txt", ("网络安全法于二零一六年十一月七日通过。" * 9).encode()), ["a.txt", "Chinese"]),
    ("text called PDF", text("a.pdf", PROSE.encode()), ["a.pdf", "PDF"]),
    ("truncated PDF", text("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"), ["a.pdf", "damaged"]),
    ("PDF of zeros", text("a.pdf", bytes(1000)), ["a.pdf", "damaged"]),
    ("text called DOCX", text("a.docx", PROSE.encode()), ["a.docx", "damaged"]),
    ("truncated DOCX", text("a.docx", b"PK\x03\x04" + bytes(200)), ["a.docx", "damaged"]),
    ("DOCX without its document", office("a.docx", {"x.xml": "<x/>"}), ["a.docx"]),
    ("DOCX of broken XML", office("a.docx", docx(f"<w:document {W}><w:body><w:p>")), ["a.docx"]),
    ("DOCX that is a zip bomb", office("a.docx", docx(f"<w:document {W}>" + "The ports. " * 20_000_000)), ["a.docx"]),
    ("DOCX nested without end", office("a.docx", docx(f"<w:document {W}><w:body>" + "<w:sdt>" * 200_000)), ["a.docx"]),
    ("ODT that is a DOCX", office("a.odt", docx(f"<w:document {W}/>")), ["a.odt"]),
    ("EPUB of three bytes", text("a.epub", b"PK\x03"), ["a.epub", "damaged"]),
    ("RTF of braces", text("a.rtf", b"{\\rtf1 " + b"{" * 100_000), ["a.rtf", "no text"]),
    ("HTML without words", text("a.html", b"<html><body><img src=x></body></html>"), ["a.html", "no text"]),
    ("a picture called HTML", text("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), ["a.html", "binary"]),
    ("HTML nested 10,000 deep", text("a.html", b"<div>" * 10_000 + PROSE.encode()), ["a.html", "nested"]),
    ("HTML that hides its words", text("a.html", f"<p hidden>{PROSE}</p>".encode()), ["a.html", "no text"]),
    ("a pipe", fifo, ["pipe.txt", "not a regular file"]),
    ("a socket", listening, ["s.txt", "not a regular file"]),
    ("a device", here("build", "/dev/zero", "-o", "./out"), ["/dev/zero", "not a regular file"]),
    ("a link to nowhere", dangling, ["gone.txt"]),
    ("links in a circle", loop, ["nothing to read"]),
    ("decisions that are no YAML", beside("decisions.yaml", b"decisions: [\n"), ["decisions.yaml", "line"]),
    ("decisions that are a list", beside("decisions.yaml", b"- merge\n"), ["decisions.yaml", "line 1"]),
    ("an unknown decision", beside("decisions.yaml", b"decisions:\n- {action: x}\n"), ["decisions.yaml", "line 2"]),
    ("an unknown pipeline", here("build", "examples/corpus", "-o", "./out", "--model", "no_such"), ["no_such"]),
    ("OUT among the documents", here("build", "./", "-o", "./out"), ["out"]),
    ("a name that is too long", here("build", "./" + "x" * 300, "-o", "./out"), ["xxx"]),
]  # fmt: skip

TABLES: list[tuple[str, Layout, list[str]]] = [
    ("metadata that is no YAML", beside("metadata.yaml", b"a.txt: {title: [unclosed\n"), ["metadata.yaml", "line"]),
    ("metadata that is a list", beside("metadata.yaml", b"- a\n- b\n"), ["metadata.yaml", "line 1"]),
    ("metadata of an unknown field", beside("metadata.yaml", b"a.txt:\n  colour: red\n"), ["metadata.yaml", "line 2"]),
    ("metadata with no date", beside("metadata.yaml", b"a.txt:\n  date: yesterday\n"), ["metadata.yaml", "line 2"]),
    ("metadata in UTF-16", beside("metadata.yaml", "a.txt: {}".encode("utf-16")), ["metadata.yaml"]),
]  # fmt: skip

PACKS: list[tuple[str, Layout, list[str]]] = [
    ("pack that is not there", here("build", "examples/corpus", "-o", "./out", "--domain", "./nopack"), ["nopack"]),
    ("pack that is empty", pack("notes.txt", b"to do"), ["pack"]),
    ("registry that is no YAML", pack("laws.yaml", b"entities:\n- {id: law/x\n"), ["laws.yaml", "line"]),
    ("registry in Latin-1", pack("laws.yaml", b"entities:\n- {name: \xe9}\n"), ["laws.yaml", "UTF-8"]),
    ("registry without a list", pack("laws.yaml", b"entities: {a: b}\n"), ["laws.yaml", "list"]),
    ("entry without a name", pack("laws.yaml", b"entities:\n- {id: law/x, type: Law}\n"), ["laws.yaml", "line 2"]),
    ("entry of an unknown type", pack("laws.yaml", ENTITIES.replace(b"Law,", b"Ship,")), ["laws.yaml", "Ship"]),
    ("entry with a malformed id", pack("laws.yaml", ENTITIES.replace(b"law/x", b"Law X")), ["laws.yaml", "line 2"]),
    ("two entries of one id", pack("laws.yaml", ENTITIES + ENTITIES[10:]), ["laws.yaml", "law/x"]),
    ("entities that contain themselves", pack("laws.yaml", b"entities: &a\n- *a\n"), ["laws.yaml"]),
    ("a field twice", pack("laws.yaml", ENTITIES.replace(b"type", b"id: law/y, type")), ["laws.yaml", "twice"]),
    ("unknown setting", pack("pack.yaml", b"colour: red\n"), ["pack.yaml", "colour"]),
    ("setting of another form", pack("pack.yaml", b"without: Law\n"), ["pack.yaml", "line 1", "list"]),
    ("head words that are no YAML", pack("heads.yaml", b"heads: [\n"), ["heads.yaml", "line"]),
    ("head words that are a list", pack("heads.yaml", b"- Act\n- Law\n"), ["heads.yaml"]),
    ("head words of another form", pack("heads.yaml", b"heads:\n  Law: 7\n"), ["heads.yaml"]),
    ("frames that are no YAML", pack("frames.yaml", b"frames: {\n"), ["frames.yaml", "line"]),
    ("frames that are a text", pack("frames.yaml", b"frames: none\n"), ["frames.yaml"]),
    ("frame without an object", pack("frames.yaml", FRAME % b"signed"), ["frames.yaml", "object"]),
    ("frame of an unknown relation", pack("frames.yaml", FRAME % b"sank" + OBJECT), ["sank"]),
    ("frame with a doubtful confidence", pack("frames.yaml", FRAME % b"signed" + OBJECT + b"  confidence: high\n"),
     ["frames.yaml", "line 7", "high"]),
]  # fmt: skip

QUESTIONS: list[tuple[str, Layout, list[str]]] = [
    ("a folder that is no build", here("query", "./", "laws-by-year"), ["not a finished build", "policygraph build"]),
    ("broken SPARQL", ask("query", "OUT", "SELECT ?x WHERE { ?x"), ["not valid SPARQL", "line 1"]),
    ("an update", ask("query", "OUT", "DELETE WHERE { ?s ?p ?o }"), ["DELETE", "only be read"]),
    ("a query to elsewhere", ask("query", "OUT", "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"), []),
    ("an unknown stored query", ask("query", "OUT", "laws-by-yeer"), ["laws-by-year"]),
    ("a query file that is not there", ask("query", "OUT", "nowhere.rq"), ["nowhere.rq cannot be read"]),
    ("a stored query as a file", ask("query", "OUT", "laws-by-year.rq"), ["did you mean laws-by-year?"]),
    ("a query file in Latin-1", query_file(b"SELECT ?x { ?x ?y '\xe9' }"), ["question.rq", "UTF-8"]),
    ("an empty query file", query_file(b""), ["SPARQL"]),
    ("an unknown entity", ask("show", "OUT", "Atlantis"), ["Atlantis"]),
    ("no name at all", ask("show", "OUT", ""), ["''"]),
    ("a name of control characters", ask("show", "OUT", "\x1b[2J\x07"), []),
    ("a store elsewhere that is not there", ask("push", "OUT", "http://127.0.0.1:1/sparql"), ["127.0.0.1:1"]),
    ("a build elsewhere that is not there", ask("find", "http://127.0.0.1:1/sparql", "Kenya"), ["127.0.0.1:1"]),
    ("no way", ask("path", "OUT", "Kenya", "Atlantis"), ["Atlantis"]),
    ("an unknown document", ask("compare", "OUT", "harbour-law", "nowhere"), ["nowhere"]),
    ("a target that cannot be written", ask("export", "OUT", "-f", "ttl", "--to", "/dev/null/x.ttl"), ["/dev/null"]),
]

MISUSES: list[tuple[str, Layout, list[str]]] = [
    ("an unknown format of an export", ask("export", "OUT", "-f", "docx"), ["docx", "graphml"]),
    ("an unknown format of an answer", ask("query", "OUT", "laws-by-year", "-f", "png"), ["png", "csv"]),
    ("a parameter without a value", ask("query", "OUT", "laws-by-year", "-p", "year"), ["year"]),
    ("an unknown parameter", ask("query", "OUT", "laws-by-year", "-p", "colour=red"), ["colour"]),
]


def test_there_are_sixty_and_more() -> None:
    assert len({name for name, *_ in FILES + TABLES + PACKS + QUESTIONS + MISUSES}) >= 60


@pytest.fixture(autouse=True)
def bounded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No case hangs: after a time it fails where it stands."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"it takes longer than {SECONDS} seconds")

    monkeypatch.setattr(sandbox, "SECONDS", 10.0)
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the command line in this process: its exit code and what it says on standard error."""

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["policygraph", *map(str, arguments)])
        monkeypatch.setenv("POLICYGRAPH_TRACEBACK", "1")  # a mistake of ours shall not pass for a sentence to the user
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            policygraph.main()
        said = capfd.readouterr()
        assert said.out == ""
        return int(ended.value.code or 0), said.err

    return run


def sentence(said: str, words: list[str]) -> None:
    assert said.startswith("policygraph: "), said
    assert said.count("\n") == 1, said
    assert said.rstrip().endswith((".", "?")), said
    assert not any(ord(letter) < 32 for letter in said.rstrip("\n")), repr(said)
    assert all(word in said for word in words), said


@pytest.mark.parametrize(("name", "lay", "words"), FILES + PACKS, ids=[name for name, *_ in FILES + PACKS])
def test_what_cannot_be_built(
    name: str, lay: Layout, words: list[str], tmp_path: Path, told: Callable[..., tuple[int, str]]
) -> None:
    arguments = lay(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    code, said = told(*arguments)
    assert code == 1
    sentence(said, words)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("name", "lay", "words"), TABLES, ids=[name for name, *_ in TABLES])
def test_a_bad_table_of_metadata_is_set_aside(
    name: str, lay: Layout, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, path, _, out = lay(tmp_path)
    record = policygraph.build(str(path), str(out)).record
    assert [document["id"] for document in record["read"]] == ["a"]
    (skipped,) = record["skipped"]
    assert all(word in skipped["reason"] for word in words), skipped


@pytest.mark.parametrize(
    ("name", "lay", "words", "expected"),
    [(*case, 1) for case in QUESTIONS] + [(*case, 2) for case in MISUSES],
    ids=[name for name, *_ in QUESTIONS + MISUSES],
)
def test_what_cannot_be_asked(
    name: str, lay: Layout, words: list[str], expected: int, built: Path, tmp_path: Path,
    told: Callable[..., tuple[int, str]],
) -> None:  # fmt: skip
    code, said = told(*lay(built if "no build" not in name else tmp_path))
    assert code == expected, said
    sentence(said, words)
