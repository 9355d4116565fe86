"""The report's sections on what is not settled: opposed, denied, told in two ways, planned, doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from graph import stance
from graph.claims import MARKS, Writer, claims, counted, escaped
from graph.material import Material

SHOWN = 10
CLAIMS_EACH = 3
QUOTED = 100


def contested(m: Material, write: Writer) -> Iterator[str]:
    told = [claim for claim in m.claims if claim[0].predicate == stance.AGAINST or claim[0].status == "negated"]
    yield from (f"- {write.tell(claim)}." for claim in told[: 2 * SHOWN])
    if len(told) > 2 * SHOWN:
        yield f"- and {len(told) - 2 * SHOWN} more, in tables/statements.csv and tables/stances.csv."
    for target, sides in list(stance.divided(m.asserted).items())[:SHOWN]:
        both = [claim for side in sides for claim in claims(side)[:CLAIMS_EACH]]
        yield f"- On {write.name(target)} they are divided: {write.series(both)}."
    for one, other in stance.disagreements(m.facts)[:SHOWN]:
        yield f"- Read in two ways: {write.tell([one])}, but {write.tell([other])}."


def agreement(m: Material, write: Writer) -> Iterator[str]:
    table = stance.table(m.facts)
    for it in stance.agreement(m.facts, SHOWN):
        side = "the same side" if it.score > 0 else "opposite sides"
        view = f"take {side}" if it.score else "take the same side as often as opposite ones"
        told = [claims(table[actor, issue])[0] for issue in it.issues[:2] for actor in (it.first, it.second)]
        names = f"**{write.name(it.first)}** and **{write.name(it.second)}**"
        over = f"{counted(len(it.issues), 'issue')} in common, agreement {it.score:+.1f}"
        yield f"- {names} {view} ({over}): {write.series(told)}."


def planned(m: Material, write: Writer) -> Iterator[str]:
    told = [claim for claim in m.claims if claim[0].status == "planned"]
    yield from (f"- {write.tell(claim)}." for claim in told[: 2 * SHOWN])
    if len(told) > 2 * SHOWN:
        yield f"- and {len(told) - 2 * SHOWN} more; `policygraph query OUT planned` lists them."


def doubtful(m: Material, write: Writer) -> Iterator[str]:
    known = [claim for claim in m.sure.claims if claim[0].status == "asserted"]
    alone = [claim for claim in known if len({fact.document for fact in claim}) == 1]
    if len(m.sources) > 1 and known:
        yield f"{len(alone)} of {counted(len(known), 'asserted fact')} that were surely read rest on one document only"
        yield "(`policygraph query OUT single-source` lists these, and the less sure ones)."
        yield ""
    sure = {fact.id for fact in m.sure.facts}
    unsure = [claim for claim in m.claims if not sure & {fact.id for fact in claim}]
    if unsure:
        yield f"{counted(len(unsure), 'fact')} {'was' if len(unsure) == 1 else 'were'} read less surely, and"
        yield f"{'is' if len(unsure) == 1 else 'are'} to be checked; in tables/statements.csv. The least sure:"
        yield ""
    for claim in sorted(unsure, key=lambda claim: claim[0].confidence)[: 2 * SHOWN]:
        sentence = shorten(claim[0].sentence, QUOTED, placeholder=" …")
        read = f"“{MARKS[claim[0].status]}{write.words(claim[0])}”"
        surety = f"with confidence {claim[0].confidence:.2f}"
        yield f"- “{escaped(sentence)}”{write.cite(claim[:1])} was read as {read}, {surety}."
    if m.doubts:
        yield from (
            "",
            f"{counted(len(m.doubts), 'pair')} of entities may be one thing each (`policygraph review OUT`):",
            "",
        )
        for doubt in m.doubts[:SHOWN]:
            yield f"- {write.name(doubt.first)} and {write.name(doubt.second)}: {escaped(doubt.reason)}."
        if len(m.doubts) > SHOWN:
            yield f"- and {len(m.doubts) - SHOWN} more, in tables/merge_candidates.csv."


def decided(m: Material, write: Writer) -> Iterator[str]:
    """What was decided by people, and which of their decisions no longer match anything."""
    if not m.decisions:
        return
    idle = [each for each in m.decisions if each.fault]
    applied = len(m.decisions) - len(idle)
    yield f"{counted(len(m.decisions), 'decision')} {'was' if len(m.decisions) == 1 else 'were'} given;"
    yield f"{applied} {'was' if applied == 1 else 'were'} applied."
    if idle:
        yield from ("", "These no longer match anything:", "")
        yield from (f"- {escaped(each.words)}: {escaped(each.fault)}." for each in idle)
