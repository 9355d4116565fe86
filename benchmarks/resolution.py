"""How well names are brought together across documents, and what that costs.

    python benchmarks/resolution.py

Names of real laws, bodies, organisations, agreements, initiatives, forums and people are taken from the registry, and
the registry is then left without them: what is measured is the comparison of names, not the look-up. Each name is
varied as texts vary it, every variant stands in a document of its own, and all have to meet again; the names of
different things, among them generated near-homonyms, must not. Pairwise precision and recall count pairs of documents.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log
from pathlib import Path

from figures import Figure, printed

from extraction.domain import registry
from extraction.facts import Document, DocumentFacts, Entity, Mention
from extraction.names.shortforms import stands_for
from extraction.resolution.corpus import resolve

SEED = 20240531
VARIED = 420
NATIONAL = ("Law", "GovernmentBody")
SPOKEN_OF = (*NATIONAL, "Initiative", "Organization")  # classes whose document is about their state
KINDS = (*NATIONAL, "Organization", "Agreement", "Initiative", "Forum", "Person")
SIZES = (10_000, 30_000, 100_000)
MENTIONS_EACH = 10


@dataclass(frozen=True, slots=True)
class Written:
    """A name as a document has it.

    thing, kind  whose it is, and its class
    name, also   its words, and another name beside it
    state        the state that the document is about
    how          what was done to the name
    """

    thing: str
    kind: str
    name: str
    also: str
    state: str
    how: str


def measure() -> list[Figure]:
    """Quality on variants and near-homonyms, then seconds for ever more mentions."""
    with tempfile.TemporaryDirectory() as folder:
        domain = Path(folder)
        (domain / "pack.yaml").write_text(f"without: [{', '.join(KINDS)}]\n", encoding="utf-8")
        return [*_quality(domain), *_cost(domain)]


def _quality(domain: Path) -> Iterator[Figure]:
    written = [*variants(), *homonyms()]
    nodes = _resolved(written, domain)
    yield Figure("variants of names", sum(each.how not in {"as it is", "homonym"} for each in written), "", least=1000)
    yield Figure("near-homonyms", sum(each.how == "homonym" for each in written), "", least=300)
    wrong, right, wanted = _pairs(written, nodes)
    yield Figure("pairwise precision", right / (right + wrong), "", least=0.99)
    yield Figure("pairwise recall", right / wanted, "", least=0.90)
    first = {each.thing: nodes[place] for place, each in reversed(list(enumerate(written)))}
    for how in sorted({each.how for each in written} - {"as it is", "homonym"}):
        places = [place for place, each in enumerate(written) if each.how == how]
        met = sum(nodes[place] == first[written[place].thing] for place in places)
        yield Figure(f"  met its name: {how} ({len(places)})", met / len(places), "")


def _pairs(written: Sequence[Written], nodes: Sequence[str]) -> tuple[int, int, int]:
    """Pairs of documents joined wrongly, joined rightly, and to be joined."""
    both = Counter(zip(nodes, (each.thing for each in written), strict=True))
    joined = sum(comb(count, 2) for count in Counter(nodes).values())
    right = sum(comb(count, 2) for count in both.values())
    return joined - right, right, sum(comb(count, 2) for count in Counter(each.thing for each in written).values())


def variants() -> list[Written]:
    """Names and what texts make of them."""
    known, chance = registry.load(), random.Random(SEED)
    states = {entry.entity.jurisdiction: entry for entry in known if _makes_laws(entry.entity)}
    written: list[Written] = []
    for entry in _chosen(known, chance):
        entity, kind = entry.entity, known.types[entry.entity.type]
        state = entity.jurisdiction if kind in SPOKEN_OF else ""
        core = _core(entity.name, state if kind in NATIONAL else "", states)
        forms = {"as it is": entity.name, "a letter wrong": misspelt(core, chance), "in capitals": core.upper()}
        forms["with hyphens, ampersands"] = core.replace(" and ", " & ").replace("Cyber ", "Cyber-")
        forms["in British spelling"] = re.sub(r"iz(?=ation|ed|ing)", "is", core).replace("Center", "Centre")
        if turned := _turned(core, kind):
            forms["in another order"] = turned
        if kind in NATIONAL and state in states:
            country = states[state].entity
            forms["of the state"] = f"{core} of {country.name}"
            forms["with its state before it"] = f"{country.name}'s {core}"
            if country.aliases:
                forms["of the state in full"] = f"{core} of the {max(country.aliases, key=len)}"
            if states[state].adjectives:
                forms["with an adjective"] = f"{states[state].adjectives[0]} {core}"
        acronym = next((a for a in entity.aliases if a.isupper() and len(a) > 2 and stands_for(a, entity.name)), "")
        for how, name in forms.items():
            if how == "as it is" or name != entity.name:
                also = acronym if how == "as it is" else ""
                written.append(Written(entity.id, kind, name, also, state, how))
        if acronym:
            written.append(Written(entity.id, kind, acronym, "", state, "acronym"))
    return written


def _chosen(known: registry.Registry, chance: random.Random) -> list[registry.KnownEntity]:
    """Entities with names of several words, some of each class, no two with one name."""
    by_kind: dict[str, list[registry.KnownEntity]] = {kind: [] for kind in KINDS}
    for entry in known:
        kind = known.types[entry.entity.type]
        if kind in by_kind and len(entry.entity.name.split()) > 2 - (kind == "Person") and not entry.ambiguous:
            by_kind[kind].append(entry)
    return [
        each for kind in KINDS for each in chance.sample(by_kind[kind], min(VARIED // len(KINDS), len(by_kind[kind])))
    ]


def _makes_laws(entity: Entity) -> bool:
    return entity.type == "Country" or entity.name == "European Union"


def _core(name: str, state: str, states: dict[str, registry.KnownEntity]) -> str:
    """A name without the state in it, for names of which every state has one."""
    if state in states:
        for country in sorted((states[state].entity.name, *states[state].entity.aliases), key=len, reverse=True):
            name = re.sub(rf" (?:of|for) (?:the )?{re.escape(country)}$| \({re.escape(country)}\)$", "", name)
            name = re.sub(rf"^{re.escape(country)}(?:['’]s)? ", "", name)
        for adjective in states[state].adjectives:
            name = re.sub(rf"^{re.escape(adjective)} ", "", name)
    return name


def misspelt(name: str, chance: random.Random) -> str:
    """A name with two letters of one of its longer words changed over, or one dropped, as by a slip of the hand."""
    words = name.split()
    places = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not places:
        return name
    place = chance.choice(places)
    word, at = words[place], chance.randrange(2, len(words[place]) - 2)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 1] + word[at:],
    )
    words[place] = chance.choice(slips)
    return " ".join(words)


def _turned(name: str, kind: str) -> str:
    """ "Act on Data Protection" for "Data Protection Act", "Ministry of Trade" for "Trade Ministry", and back."""
    if kind == "Person":
        return ""
    if found := re.fullmatch(r"(\w+) (?:of|on|for) (?:the )?([\w ]+)", name):
        return f"{found.group(2)} {found.group(1)}"
    words = name.split()
    return f"{words[-1]} on {' '.join(words[:-1])}" if kind == "Law" and words[-1] in {"Act", "Law"} else ""


def homonyms() -> list[Written]:
    """Names that are nearly, or wholly, those of another thing: of another state, edition, year, rank or person."""
    known, chance = registry.load(), random.Random(SEED + 1)
    names = [entry for entry in known if entry.entity.type == "Country" and not entry.ambiguous]
    states = chance.sample([entry.entity for entry in names], 60)
    found = []
    for number, state in enumerate(states):
        for kind, name in (
            ("Law", "Data Protection Act"),
            ("GovernmentBody", "National Harbour Council"),
            ("Initiative", "National Cyber Security Strategy"),
        ):
            found.append(Written(f"{kind} {name} {state.id}", kind, name, "", state.jurisdiction, "homonym"))
        year = 1990 + number % 30
        code = "KE" if number < 30 else "GH"
        found.append(Written(f"year {year} {code}", "Law", f"Finance Act {year}", "", code, "homonym"))
    for edition in range(2, 62):
        for series in ("World Harbour Forum", "Regional Cable Safety Dialogue"):
            found.append(Written(f"{series} {edition}", "Forum", f"{_ordinal(edition)} {series}", "", "", "homonym"))
    for one, other in (
        ("Trade", "Transport"),
        ("Finance", "Fisheries"),
        ("Health", "Heritage"),
        ("Justice", "Industry"),
    ):
        for state in ("KE", "GH", "SG"):
            for topic in (one, other):
                found.append(
                    Written(f"{topic} {state}", "GovernmentBody", f"Ministry of {topic}", "", state, "homonym")
                )
    given = ("Amina", "Daniel", "Grace", "Joseph", "Li", "Maria", "Omar", "Samuel")
    for surname in ("Okoro", "Hansen", "Hanson", "Mensah"):
        found += [Written(f"{name} {surname}", "Person", f"{name} {surname}", "", "", "homonym") for name in given]
    for full in ("Cable Safety Association", "Coastal Shipping Alliance", "Citizens Science Academy"):
        found.append(Written(full, "Organization", full, "CSA", "", "homonym"))
    return found


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending}"


def _resolved(written: Sequence[Written], domain: Path) -> list[str]:
    """The node of each, every one in a document of its own that is about its state."""
    known = registry.load()
    countries = {entry.entity.jurisdiction: entry.entity for entry in known if _makes_laws(entry.entity)}
    documents = []
    for number, each in enumerate(written):
        aliases = (each.also,) if each.also else ()
        named = Entity(f"{each.kind.lower()}/it", each.kind, each.name, aliases)
        entities = [named, *([countries[each.state]] if each.state in countries else [])]
        document = Document(f"d{number:06}", "", each.name)
        mentions = tuple(Mention(0, 1, entity.id, entity.type, "name") for entity in entities)
        documents.append(DocumentFacts(document, tuple(entities), mentions))
    corpus = resolve(documents, domain)
    by_document = {each.document.id: each.mentions[0].entity for each in corpus.documents}
    return [by_document[f"d{number:06}"] for number in range(len(written))]


def _cost(domain: Path) -> Iterator[Figure]:
    taken = {}
    for size in SIZES:
        facts = crowd(size)
        start = time.process_time()
        resolve(facts, domain)
        taken[size] = time.process_time() - start
        limit = 30.0 if size == SIZES[-1] else None
        yield Figure(f"{size:,} mentions of {size // MENTIONS_EACH:,} entities, one core", taken[size], "s", most=limit)
    for small, large in pairwise(SIZES):
        # What n log n would take, and a sixth more, for no two runs are alike.
        allowed = large * log(large) / (small * log(small)) * 7 / 6
        yield Figure(f"time for {large:,} beside {small:,}", taken[large] / taken[small], "x", most=allowed)


def crowd(mentions: int, each: int = 50) -> list[DocumentFacts]:
    """Documents of fifty mentions each, which name entities ten times each, in several spellings."""
    chance = random.Random(SEED)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ur")]
    # New words become rarer as names are added: Heaps' law, with the exponent of English names.
    words = ["".join(chance.sample(syllables, 3)).capitalize() for _ in range(int(12 * mentions**0.6))]
    heads = ("Agency", "Institute", "Council", "Association", "Forum for Trade", "Centre for Law", "Network", "Bureau")
    names = [
        f"{chance.choice(words)} {chance.choice(words)} {chance.choice(heads)}"
        for _ in range(mentions // MENTIONS_EACH)
    ]
    spellings = [
        (name, name, name.replace("Centre", "Center"), f"The {name}", misspelt(name, chance)) for name in names
    ]
    drawn = [chance.choice(spelt) for spelt in spellings for _ in range(MENTIONS_EACH)]
    chance.shuffle(drawn)
    found = []
    for number, start in enumerate(range(0, len(drawn), each)):
        entities = [
            Entity(f"organization/{place}", "Organization", name)
            for place, name in enumerate(drawn[start : start + each])
        ]
        told = tuple(Mention(0, 1, entity.id, entity.type, "name") for entity in entities)
        found.append(DocumentFacts(Document(f"d{number:06}", "", "x"), tuple(entities), told))
    return found


if __name__ == "__main__":
    figures = measure()
    printed(figures)
    sys.exit(not all(figure.holds for figure in figures))
