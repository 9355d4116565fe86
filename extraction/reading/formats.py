"""A file's words and what it says of itself, by format.

Text and Markdown are read as they are, PDF through pdfium, and HTML, DOCX, ODT, RTF and EPUB through kreuzberg.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import yaml

from extraction.domain.entries import nodes, plain
from extraction.errors import UnreadableFile
from extraction.reading import markdown, markup, pdf

PLAIN = {".txt", ".text"}
MARKDOWN = {".md", ".markdown"}
PAGES = {".html", ".htm", ".xhtml"}
KNOWN = PLAIN | MARKDOWN | PAGES | {".pdf", ".docx", ".odt", ".rtf", ".epub"}
_DECLARED = {
    "title": ("citation_title", "dcterms_title", "title", "subject"),
    "date": ("citation_publication_date", "dcterms_issued", "dcterms_date", "dc_date", "article-published_time",
             "date", "custom_date"),
    "publisher": ("citation_publisher", "dcterms_publisher", "dc_publisher", "publisher", "site_name", "company"),
    "language": ("language",),
    "created": ("created_at",),
}  # fmt: skip
_RTF_INFO = re.compile(r"\{\\(title|company)\s([^{}]*)\}")
_RTF_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_RTF_LETTER = re.compile(r"\\u(-?\d+)(?:\\'[0-9a-f]{2}|[ ?])|\\'([0-9a-f]{2})")
_HEAD = re.compile(r"\A---\n(?:[\w.:-]+: [^\n]*\n|\n)*(?:#* ?title: [^\n]*\n)?(?:---\n)?")
_ODT_LINK = re.compile(rb"</?text:a(?:\s[^>]*)?>")


def content(path: Path) -> tuple[str, dict[str, str]]:
    """A file's words, a line a block, and what the file declares: title, date, publisher, language, created.

    Raises UnreadableFile.
    """
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return pdf.read(path)
    if suffix not in PLAIN | MARKDOWN:
        return _document(path, suffix)
    text = _decoded(path)
    if suffix in PLAIN:
        return text, {}
    front, body = markdown.front_matter(text)
    return markdown.plain(body), _front(front)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(path, "it is not UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise UnreadableFile(path, "it holds binary data, not text")
    return text


def _front(text: str) -> dict[str, str]:
    try:
        entry = nodes(text)
    except yaml.YAMLError:
        return {}
    found = plain(entry) if isinstance(entry, yaml.MappingNode) else {}
    return {key: value.strip() for key, value in found.items() if isinstance(value, str) and value.strip()}


def _document(path: Path, suffix: str) -> tuple[str, dict[str, str]]:
    import kreuzberg

    config = kreuzberg.ExtractionConfig(output_format="markdown", use_cache=False)
    try:
        if suffix == ".odt":
            odt = "application/vnd.oasis.opendocument.text"
            result = kreuzberg.extract_bytes_sync(_without_links(path), odt, config=config)
        elif suffix in PAGES:
            result = kreuzberg.extract_bytes_sync(_page(path), "text/html", config=config)
        else:
            result = kreuzberg.extract_file_sync(str(path), config=config)
    except (kreuzberg.KreuzbergError, RuntimeError, ValueError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableFile(path, "its format is damaged, encrypted or not what its ending says") from error
    text = result.content
    declared = _declared(dict(result.metadata or {}))
    if suffix in PAGES:
        text = _without_head(text)
        declared = {key: html.unescape(value) for key, value in declared.items()}
    return markdown.plain(text), declared | (_rtf(path) if suffix == ".rtf" else {})


def _page(path: Path) -> bytes:
    data = path.read_bytes()
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(path, "it holds binary data, not text")
    try:
        return markup.visible(data)
    except markup.TooDeep:
        raise UnreadableFile(path, f"its elements are nested more than {markup.DEEPEST} deep") from None


def _without_links(path: Path) -> bytes:
    """An ODT file whose links are plain words, because kreuzberg loses the words of links."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in ("mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml"):
            if name in source.namelist():
                data = source.read(name)
                target.writestr(name, _ODT_LINK.sub(b"", data) if name == "content.xml" else data)
    return out.getvalue()


def _without_head(text: str) -> str:
    """A page's Markdown without the list of its meta tags that kreuzberg puts first."""
    return _HEAD.sub("", text)


def _declared(metadata: dict[str, Any]) -> dict[str, str]:
    nested = [metadata, metadata.get("meta_tags"), metadata.get("open_graph"), metadata.get("app_properties")]
    flat = {key: value for part in nested if isinstance(part, dict) for key, value in part.items()}
    return {
        field: str(value).strip()
        for field, keys in _DECLARED.items()
        if (value := next((flat[key] for key in keys if isinstance(flat.get(key), str) and flat[key].strip()), ""))
    }


def _rtf(path: Path) -> dict[str, str]:
    """Title, company and day of making from the information group of an RTF file."""
    head = path.read_bytes()[:20_000].decode("cp1252", "replace")
    names = {"title": "title", "company": "publisher"}
    found = {names[key]: _RTF_LETTER.sub(_letter, value).strip() for key, value in _RTF_INFO.findall(head)}
    if made := _RTF_CREATED.search(head):
        year, month, day = map(int, made.groups())
        found["created"] = f"{year:04}-{month:02}-{day:02}"
    return {key: value for key, value in found.items() if value}


def _letter(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1]) % 65536)
    return bytes([int(match[2], 16)]).decode("cp1252", "replace")
