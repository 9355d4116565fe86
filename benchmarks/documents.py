"""New briefs out of the sample ones: as many as wanted, the same for the same number.

    python benchmarks/documents.py COUNT FOLDER [PARAGRAPHS]

A brief puts together paragraphs of the sample briefs and sentences about laws, forums and bodies of its own, which its
neighbours cite; so a corpus of twice as many briefs names about twice as many things, and the same states.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "examples" / "corpus"
PARAGRAPHS = 6

STATES = (
    "Kenya", "Ghana", "Japan", "Brazil", "Estonia", "Singapore", "Chile", "Canada", "India", "Norway", "Rwanda",
    "Australia", "Mexico", "Poland", "Jordan", "Malaysia", "Uruguay", "Senegal", "Finland", "Thailand",
)  # fmt: skip
FIELDS = (
    "Harbour", "Cable", "Satellite", "Payment", "Hospital", "Railway", "Election", "Grid", "Water", "School",
    "Airport", "Library", "Archive", "Mining", "Fishery", "Postal", "Bridge", "Stadium", "Museum", "Border",
)  # fmt: skip
MATTERS = (
    "Data", "Cyber", "Network", "Identity", "Software", "Cloud", "Signal", "Record", "Sensor", "Code", "Device",
    "Platform", "Key", "Traffic", "Account",
)  # fmt: skip
AIMS = (
    "Protection", "Security", "Safety", "Resilience", "Integrity", "Reporting", "Oversight", "Assurance", "Exchange",
    "Defence",
)  # fmt: skip
SENTENCES = (
    "The Parliament of {state} passed the {name} Act on {day} {month} {year}.",
    "{state} hosted the {name} Forum in {month} {year}, and {other} and {third} took part in the {name} Forum.",
    "In {month} {year}, {state}, {other} and {third} signed the {name} Agreement.",
    "{state} launched the {name} Initiative in {year}, which {other} supports.",
    "The {name} Authority is part of the Ministry of Justice of {state}.",
    "{other} opposed the {cited} Act, and {third} did not sign the {cited} Agreement.",
    "The {name} Authority of {state} implements the {cited} Act of {year}.",
    "{third} welcomed the {cited} Initiative and joined the {cited} Forum in {month} {year}.",
)
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "November")


def documents(count: int, length: int = PARAGRAPHS) -> Iterator[tuple[str, str]]:
    """(file name, Markdown text) of each brief; `length` is its number of paragraphs, of about 55 words each."""
    known = _paragraphs()
    for number in range(count):
        chance = random.Random(number)
        own = [_composed(chance, number) for _ in range((length + 1) // 2)]
        parts = [*chance.sample(known, length // 2), *own]
        chance.shuffle(parts)
        year, month = chance.randint(2005, 2024), chance.randint(1, 12)
        head = f"---\ntitle: {_name(number)} in review\ndate: {year}-{month:02}-15\npublisher: Desk {number % 7}\n---\n"
        yield f"brief-{number:05}.md", "\n\n".join([head, f"# {_name(number)} in review", *parts]) + "\n"


def write(count: int, folder: Path, length: int = PARAGRAPHS) -> list[Path]:
    """Write the briefs into a folder, and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents(count, length):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _paragraphs() -> list[str]:
    texts = (path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(SAMPLE.glob("*.md")))
    return [part for text in texts for part in text.split("\n\n") if len(part.split()) > 20]


def _composed(chance: random.Random, number: int) -> str:
    sentences = []
    for pattern in chance.sample(SENTENCES, 4):
        state, other, third = chance.sample(STATES, 3)
        named = {"name": _name(number), "cited": _name(max(0, number - chance.randint(0, 20)))}
        when = {"day": chance.randint(1, 28), "month": chance.choice(MONTHS), "year": chance.randint(2001, 2024)}
        sentences.append(pattern.format(state=state, other=other, third=third, **named, **when))
    return " ".join(sentences)


def _name(number: int) -> str:
    field, rest = number % len(FIELDS), number // len(FIELDS)
    matter, rest = rest % len(MATTERS), rest // len(MATTERS)
    words = [FIELDS[field], MATTERS[matter], AIMS[rest % len(AIMS)]]
    # Beyond three thousand briefs names take a second field.
    again = rest // len(AIMS)
    return " ".join([FIELDS[(field + again) % len(FIELDS)], *words] if again else words)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else PARAGRAPHS)
