"""The report's sections on time: the timeline, years that stand out, who was active when, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from graph import chronology
from graph.claims import Claim, Writer, claims, counted, varied
from graph.material import Material
from graph.vocabulary import ACTORS

SHOWN = 10
CLAIMS_EACH = 3


def timeline(m: Material, write: Writer) -> Iterator[str]:
    for year, facts in m.timeline.items():
        told = claims(facts)
        more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        yield f"- **{year}**: {write.series(told[:SHOWN])}{more}."


def bursts(m: Material, write: Writer) -> Iterator[str]:
    for year, score in chronology.bursts(m.dated).items():
        told = claims(m.timeline[year])
        count = f"{counted(len(m.timeline[year]), 'dated fact')} surely read"
        rise = f"{count}, {score:.1f} standard deviations above the mean year"
        yield f"- **{year}**: {rise}. Among them: {write.series(varied(told, CLAIMS_EACH))}."


def activity(m: Material, write: Writer) -> Iterator[str]:
    active = {key: it for key, it in chronology.activity(m.dated).items() if m.nodes[key].kind in ACTORS}
    busiest = nsmallest(SHOWN, active, key=lambda key: (-sum(active[key].per_year.values()), key))
    for key in busiest:
        it = active[key]
        own = [fact for fact in m.dated if fact.subject == key and fact.predicate not in chronology.STATES]
        ends = claims([own[0]]) + ([] if own[-1].date == own[0].date else claims([own[-1]]))
        span = f"from {it.first} to {it.last}" if it.first != it.last else f"in {it.first}"
        count = counted(sum(it.per_year.values()), "dated act")
        yield f"- **{write.name(key)}**: {count} surely read, {span}: {write.series(ends)}."
    if len(active) > SHOWN:
        yield f"- and {len(active) - SHOWN} more, in tables/activity.csv."


def change(m: Material, write: Writer) -> Iterator[str]:
    """The last few years: who entered, who rose."""
    found = m.changes
    before = dict(zip(list(found), m.timeline, strict=False))
    for year in list(found)[-CLAIMS_EACH:]:
        told = claims(m.timeline[year])
        new = [key for key in found[year].entered if m.nodes[key].kind in ACTORS]
        if new:
            who = f"actors of whom dated facts were surely read, and none of {before[year]}: {_names(write, new)}"
            yield f"- **{year}**, {who}. {write.series(_of(new, told)[:CLAIMS_EACH])}."
        rose = [key for key, by in found[year].rose.items() if by > 0 and m.nodes[key].kind in ACTORS][:CLAIMS_EACH]
        if rose:
            by = ", ".join(f"{write.name(key)} (+{found[year].rose[key]})" for key in rose)
            yield f"- **{year}**, actors whom the facts surely read tie to more than those of {before[year]}: {by}."
            yield f"  {write.series(_of(rose, told)[:CLAIMS_EACH])}."


def _of(keys: Iterable[str], told: Iterable[Claim]) -> list[Claim]:
    wanted = set(keys)
    return [claim for claim in told if {claim[0].subject, claim[0].object} & wanted]


def _names(write: Writer, keys: list[str]) -> str:
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return ", ".join(write.name(key) for key in keys[:SHOWN]) + more
