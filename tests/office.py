"""Zipped office documents, made of their parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
"""The namespace that the root of a DOCX document declares."""
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(document: str) -> dict[str, str]:
    """The parts of a DOCX file whose document is this XML."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGES}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_KIND}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGES}/relationships"><Relationship Id="r1" Type="{_RELATION}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }


def zipped(path: Path, parts: Mapping[str, str]) -> Path:
    """The file at `path`, holding these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path
