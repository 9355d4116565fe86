"""The report's first section: the first of everything, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from graph import analysis, stance
from graph.analysis import Measures
from graph.claims import Writer, counted, varied
from graph.material import Material
from graph.report_doubt import DOUBTFUL_BELOW
from graph.vocabulary import ACTORS

KINDS: tuple[tuple[str, Collection[str], Callable[[Measures], float]], ...] = (
    ("The best connected actor is", ACTORS, lambda it: it.pagerank),
    ("The law of which most passages state something is", {"Law"}, lambda it: it.strength),
    ("The agreement of which most do is", {"Agreement"}, lambda it: it.strength),
    ("The initiative of which most do is", {"Initiative"}, lambda it: it.strength),
    ("The forum of which most do is", {"Forum"}, lambda it: it.strength),
)


def short(m: Material, write: Writer) -> Iterator[str]:
    for words, kinds, rank in KINDS:
        for key in m.ranked(kinds, rank)[:1]:
            yield f"- {words} **{write.name(key)}**: {write.series(varied(m.claims_of[key], 2))}."
    if between := analysis.brokers(m.measures, 2):
        names = " and ".join(f"**{write.name(key)}** ({100 * row.betweenness:.1f} %)" for key, row in between)
        told = write.series(claim for key, _ in between for claim in varied(m.claims_of[key], 1))
        yield f"- Who stands between the most pairs of others: {names}: {told}."
    if m.timeline:
        most = max(map(len, m.timeline.values()))
        years = " and ".join(str(year) for year, facts in m.timeline.items() if len(facts) == most)
        span = f"from {min(m.timeline)} to {max(m.timeline)}" if len(m.timeline) > 1 else f"in {years}"
        yield f"- {counted(len(m.dated), 'dated fact')} {span}; the most in one year are {most}, in {years}."
    if m.claims:
        planned = sum(claim[0].status == "planned" for claim in m.claims)
        against = sum(claim[0].status == "negated" or claim[0].predicate == stance.AGAINST for claim in m.claims)
        unsure = sum(claim[0].confidence < DOUBTFUL_BELOW for claim in m.claims)
        sorts = f"{planned} planned, {against} opposed or denied, {unsure} read with confidence below {DOUBTFUL_BELOW}"
        yield f"- Of {counted(len(m.claims), 'fact')}: {sorts}."
