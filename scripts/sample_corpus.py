"""The briefs of examples/briefs as files of other formats in examples/corpus, so that the samples try every reader.

A brief's front matter says which format it becomes. Each file looks like what one meets: pages of a site with menu and
footer, PDFs with running heads and hyphenation. The same briefs give the same bytes.

    pip install -e ".[data]" && python scripts/sample_corpus.py
"""

from __future__ import annotations

import html
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pypandoc
import typst
import yaml

EXAMPLES = Path(__file__).parent.parent / "examples"
BRIEFS, CORPUS = EXAMPLES / "briefs", EXAMPLES / "corpus"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{date}">
</head>
<body>
<nav>
<a href="/">Home</a> | <a href="/briefs">Briefs</a> | <a href="/about">About</a> | <a href="/search">Search</a>
</nav>
<main>
<h1>{title}</h1>
{body}
</main>
<aside>Read more: Kenya signs a charter for the ports</aside>
<footer>© {publisher}. All rights reserved. <a href="/privacy">Privacy</a> | <a href="/contact">Contact</a></footer>
</body>
</html>
"""

SHEET = """#set document(
  title: "{title}",
  author: "{publisher}",
  date: datetime(year: {year}, month: {month}, day: {day}),
)
#set page(
  paper: "a5",
  margin: (x: 18mm, y: 20mm),
  header: text(8pt)[{publisher}],
  footer: text(8pt)[#h(1fr) Page #context counter(page).display() of #context counter(page).final().first()],
)
#set text(10pt, lang: "en", hyphenate: true)
#set par(justify: true)
#show heading: set text(hyphenate: false)
= {title}

Published by {publisher}, {day} {month_name} {year}

{body}
"""


def main() -> None:
    """Write every brief in its format."""
    for brief in sorted(BRIEFS.glob("*.md")):
        _, front, text = brief.read_text(encoding="utf-8").split("---\n", 2)
        about = yaml.safe_load(front)
        target = CORPUS / f"{brief.stem}.{about['format']}"
        day = about["date"]
        os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
        match about["format"]:
            case "html":
                target.write_text(page(about, text), encoding="utf-8")
            case "pdf":
                target.write_bytes(sheet(about, text))
            case _:
                office(about, text, target)
        print(target)


def page(about: dict[str, object], text: str) -> str:
    """A brief as a page of a web site."""
    body = pypandoc.convert_text(text, "html", format="markdown", extra_args=["--wrap=none"])
    return PAGE.format(**{key: html.escape(str(value)) for key, value in about.items()}, body=body)


def sheet(about: dict[str, object], text: str) -> bytes:
    """A brief as a PDF."""
    body = pypandoc.convert_text(text, "typst", format="markdown", extra_args=["--shift-heading-level-by=0"])
    day: datetime = about["date"]  # type: ignore[assignment]
    when = {"year": day.year, "month": day.month, "day": day.day, "month_name": day.strftime("%B")}
    source = SHEET.format(title=about["title"], publisher=about["publisher"], body=body, **when)
    return typst.compile(source.encode(), format="pdf")


def office(about: dict[str, object], text: str, target: Path) -> None:
    """A brief as DOCX, ODT, RTF or EPUB, with a line that says who published it and when."""
    day: datetime = about["date"]  # type: ignore[assignment]
    byline = f"Published by {about['publisher']}, {day.day} {day.strftime('%B %Y')}"
    metadata = {"title": about["title"], "identifier": uuid5(NAMESPACE_URL, target.stem).urn, "lang": "en"}
    if target.suffix == ".epub":
        metadata |= {"date": day.isoformat(), "publisher": about["publisher"]}
    extra = ["--standalone", *(f"--metadata={key}={value}" for key, value in metadata.items())]
    pypandoc.convert_text(
        f"{byline}\n\n{text}", target.suffix[1:], "markdown", extra_args=extra, outputfile=str(target)
    )


if __name__ == "__main__":
    main()
