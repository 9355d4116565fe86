"""New briefs out of the sample ones: as many as wanted, the same for the same number.

    python benchmarks/documents.py COUNT FOLDER [PARAGRAPHS [PROSE]]

A brief puts together paragraphs of the sample briefs and sentences about laws, forums and bodies of its own, which its
neighbours cite; so a corpus of twice as many briefs names about twice as many things, and the same states. Between
them stands prose that names something now and then and states no fact. With as much of it as a brief has by default,
there is a fact to 88 words and a name to 28; white papers and analyses of cyber policy have one to 86, and to 24.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "examples" / "corpus"
PARAGRAPHS = 6
PROSE = 5

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
OPENINGS = (
    "", "", "", "In practice, ", "For smaller operators, ", "As with earlier rules, ", "By most accounts, ",
    "After a decade of drafts, ", "Outside the capital, ", "Among engineers, ", "On paper, ", "Even so, ",
)  # fmt: skip
MATTER = (
    "the cost of keeping records", "a shortage of trained staff", "trust between operators and inspectors",
    "the question of who must report a breach", "the slow renewal of old equipment", "a clear line of responsibility",
    "the habit of sharing little and late", "public confidence in online services", "the price of insurance",
    "a common vocabulary for incidents", "the wish to be seen to act", "the division of work among ministries",
    "an honest count of what went wrong", "the reach of rules across borders", "the pace of procurement",
    "the patience of those who fund the work", "the fear of being first to admit a fault",
)  # fmt: skip
BEARINGS = (
    "has proved harder to settle than", "depends less on technology than on", "is often mistaken for",
    "has grown alongside", "cannot be separated from", "came to matter more than", "is now discussed together with",
    "rarely improves without", "tends to be overshadowed by", "was for a long time taken for granted, unlike",
    "weighs more heavily on newcomers than", "is difficult to measure, and so is",
)  # fmt: skip
TAILS = (
    ", which is why officials ask for time.", ", as several speakers noted with some regret.",
    " when a small port has two engineers and no budget to hire a third.", ", and few expect this to change soon.",
    ", although the evidence for it is thin and mostly anecdotal.", ", a point that recurs in almost every interview.",
    "; what follows from this is a matter of temper rather than of law.", " once the first enthusiasm has passed.",
    ", not least because nobody has been asked to pay for the alternative.", " wherever the two have been compared.",
)  # fmt: skip
NAMING_TAILS = (
    ", as observers in {state} point out.", " in {state} and to a lesser degree in {other}.",
    ", whatever the {cited} Act may say about it.", ", and debate on the {cited} Agreement did little to change this.",
    "; nothing said at the {cited} Forum has made it easier.", ", to judge by what is heard in {third}.",
)  # fmt: skip
# How many sentences of prose name something.
NAMING = 0.4
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "November")


def documents(count: int, length: int = PARAGRAPHS, prose: int = PROSE) -> Iterator[tuple[str, str]]:
    """(file name, Markdown text) of each brief.

    length  paragraphs that state facts, of about 55 words each
    prose   paragraphs that state none, for each that does
    """
    known = _paragraphs()
    for number in range(count):
        chance = random.Random(number)
        own = [_composed(chance, number) for _ in range((length + 1) // 2)]
        parts = [*chance.sample(known, length // 2), *own, *(_prose(chance, number) for _ in range(length * prose))]
        chance.shuffle(parts)
        year, month = chance.randint(2005, 2024), chance.randint(1, 12)
        head = f"---\ntitle: {_name(number)} in review\ndate: {year}-{month:02}-15\npublisher: Desk {number % 7}\n---\n"
        yield f"brief-{number:05}.md", "\n\n".join([head, f"# {_name(number)} in review", *parts]) + "\n"


def texts(count: int, length: int = PARAGRAPHS, prose: int = PROSE) -> Iterator[tuple[str, str]]:
    """(name, text) of each brief, without what stands at the head of its file."""
    for name, text in documents(count, length, prose):
        yield name.removesuffix(".md"), text.split("---\n", 2)[2]


def write(count: int, folder: Path, length: int = PARAGRAPHS, prose: int = PROSE) -> list[Path]:
    """Write the briefs into a folder, and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents(count, length, prose):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _paragraphs() -> list[str]:
    texts = (path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(SAMPLE.glob("*.md")))
    return [part for text in texts for part in text.split("\n\n") if len(part.split()) > 20]


def _composed(chance: random.Random, number: int) -> str:
    """Sentences that state facts."""
    sentences = []
    for pattern in chance.sample(SENTENCES, 4):
        when = {"day": chance.randint(1, 28), "month": chance.choice(MONTHS), "year": chance.randint(2001, 2024)}
        sentences.append(pattern.format(**_names(chance, number), **when))
    return " ".join(sentences)


def _prose(chance: random.Random, number: int) -> str:
    """Sentences that state none."""
    sentences = []
    for _ in range(3):
        one, other = chance.sample(MATTER, 2)
        begun = f"{chance.choice(OPENINGS)}{one} {chance.choice(BEARINGS)} {other}"
        tail = chance.choice(NAMING_TAILS if chance.random() < NAMING else TAILS).format(**_names(chance, number))
        sentences.append(f"{begun[0].upper()}{begun[1:]}{tail}")
    return " ".join(sentences)


def _names(chance: random.Random, number: int) -> dict[str, str]:
    state, other, third = chance.sample(STATES, 3)
    cited = _name(max(0, number - chance.randint(0, 20)))
    return {"state": state, "other": other, "third": third, "name": _name(number), "cited": cited}


def _name(number: int) -> str:
    field, rest = number % len(FIELDS), number // len(FIELDS)
    matter, rest = rest % len(MATTERS), rest // len(MATTERS)
    words = [FIELDS[field], MATTERS[matter], AIMS[rest % len(AIMS)]]
    # Beyond three thousand briefs names take a second field.
    again = rest // len(AIMS)
    return " ".join([FIELDS[(field + again) % len(FIELDS)], *words] if again else words)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
