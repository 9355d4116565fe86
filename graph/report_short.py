"""The report's first section: the first of everything, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from graph import analysis, stance
from graph.analysis import Measures
from graph.claims import Writer, counted
from graph.material import Material
from graph.vocabulary import ACTORS

KINDS: tuple[tuple[str, Collection[str], Callable[[Measures], float]], ...] = (
    ("In the network that was read, the actor of the highest PageRank is", ACTORS, lambda it: it.pagerank),
    ("The law that was read to be tied to others most often is", {"Law"}, lambda it: it.strength),
    ("The agreement tied most often is", {"Agreement"}, lambda it: it.strength),
    ("The initiative tied most often is", {"Initiative"}, lambda it: it.strength),
    ("The forum tied most often is", {"Forum"}, lambda it: it.strength),
)


def short(m: Material, write: Writer) -> Iterator[str]:
    for words, kinds, rank in KINDS:
        for key in m.ranked(kinds, rank)[:1]:
            yield f"- {words} **{write.name(key)}**{write.examples(m.sure.claims_of[key], m.claims_of[key], 2)}."
    if between := analysis.brokers(m.measures, 2):
        names = " and ".join(f"**{write.name(key)}** ({100 * row.betweenness:.1f} %)" for key, row in between)
        sure, read = ([claim for key, _ in between for claim in of[key]] for of in (m.sure.claims_of, m.claims_of))
        yield f"- In that network, {names} stand between the most pairs of others{write.examples(sure, read, 2)}."
    if years := m.sure.timeline:
        most = max(map(len, years.values()))
        when = " and ".join(str(year) for year, facts in years.items() if len(facts) == most)
        span = f"from {min(years)} to {max(years)}" if len(years) > 1 else f"in {when}"
        dated = counted(len(m.sure.dated), "dated fact")
        yield f"- {dated} {'was' if len(m.sure.dated) == 1 else 'were'} surely read, {span}; the most in one year are"
        yield f"  {most}, in {when}."
    if m.claims:
        planned = sum(claim[0].status == "planned" for claim in m.claims)
        against = sum(claim[0].status == "negated" or claim[0].predicate == stance.AGAINST for claim in m.claims)
        sorts = f"{planned} as planned, {against} as opposed or denied, {len(m.sure.claims)} surely"
        yield f"- Of {counted(len(m.claims), 'fact')} read: {sorts}."
