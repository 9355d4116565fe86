"""The report's sections on pairs of actors: who works with whom, meets again, is alike, might be tied and is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph import coparticipation, network, structure
from graph.claims import Claim, Writer, counted
from graph.material import Material
from graph.vocabulary import ACTORS, ontology

SHOWN = 10
CLAIMS_EACH = 3


def together(m: Material, write: Writer) -> Iterator[str]:
    for tie in coparticipation.closest(m.coparticipation, m.graph, SHOWN):
        between = [c for c in m.claims_between(tie.first, tie.second) if c[0].predicate in network.COOPERATION]
        parts = [write.tell(claim) for claim in between[:CLAIMS_EACH]]
        parts += [_shared(m, write, tie.first, tie.second, event) for event in tie.shared[:CLAIMS_EACH]]
        names = f"{write.name(tie.first)} and {write.name(tie.second)}"
        more = f"; in all they share {len(tie.shared)}" if len(tie.shared) > CLAIMS_EACH else ""
        yield f"- **{names}** (weight {tie.weight:.1f}): {'; '.join(parts)}{more}."


def meeting(m: Material, write: Writer) -> Iterator[str]:
    depths = coparticipation.core(m.coparticipation)
    most = max(depths.values(), default=0)
    if most < 2:
        return
    circle = [actor for actor, depth in depths.items() if depth == most]
    names = ", ".join(write.name(actor) for actor in circle[:SHOWN])
    more = f" and {len(circle) - SHOWN} more" if len(circle) > SHOWN else ""
    yield f"By what was surely read, each of these {len(circle)} shares at least two forums, agreements or initiatives"
    yield f"with {most} or more others of them: {names}{more}. What they take part in together:"
    yield ""
    events = Counter(event for actor in circle for event in m.coparticipation.part[actor])
    together = [(event, number) for event, number in events.items() if number > 1]
    for event, number in sorted(together, key=lambda item: (-item[1], item[0]))[: SHOWN // 2]:
        inside = [actor for actor in circle if event in m.coparticipation.part[actor]]
        told = write.series(_taking_part(m, actor, event) for actor in inside[:CLAIMS_EACH])
        yield f"- **{write.name(event)}** ({number} of them): {told}."


def alike(m: Material, write: Writer) -> Iterator[str]:
    for who, score, common in equals(structure.similarity(m.ties, _actors(m), SHOWN**2))[:SHOWN]:
        told = write.series(m.claims_between(end, middle)[0] for middle in common[:2] for end in who[:CLAIMS_EACH])
        names = " and ".join(filter(None, [", ".join(map(write.name, who[:-1])), write.name(who[-1])]))
        yield f"- **{names}** (likeness {score:.2f}; tied to the same {len(common)}): {told}."


def expected(m: Material, write: Writer) -> Iterator[str]:
    """Pairs that nothing relates that was read, by what was surely read of them."""
    ties = m.sure.ties
    found = [it for it in structure.expected_ties(ties, _actors(m.sure), SHOWN**2) if not m.ties.has_edge(*it[0])]
    if found:
        yield "No asserted statement was read that has such a pair as its two ends, though some tie both to the same"
        yield "others:"
        yield ""
    for (one, other), score, common in found[:SHOWN]:
        told = write.series(m.sure.claims_between(end, middle)[0] for middle in common[:2] for end in (one, other))
        pair = f"{write.name(one)} and {write.name(other)}"
        yield f"- **{pair}** (score {score:.2f}; {counted(len(common), 'entity')} in common): {told}."


def equals(
    pairs: list[tuple[structure.Pair, float, tuple[str, ...]]],
) -> list[tuple[list[str], float, tuple[str, ...]]]:
    """Pairs that have all their ties in common put together where those are the same; the others as they are."""
    found: list[tuple[list[str], float, tuple[str, ...]]] = []
    groups: dict[tuple[str, ...], list[str]] = {}
    for pair, score, common in pairs:
        if score == 1 and common in groups:
            groups[common] += [end for end in pair if end not in groups[common]]
        else:
            found.append((list(pair), score, common))
            if score == 1:
                groups[common] = found[-1][0]
    return found


def _actors(m: Material) -> list[str]:
    return [node for node in m.ties if m.nodes[node].kind in ACTORS]


def _shared(m: Material, write: Writer, first: str, second: str, event: str) -> str:
    one, other = _taking_part(m, first, event), _taking_part(m, second, event)
    if one[0].predicate != other[0].predicate:
        return f"{write.tell(one)} and {write.tell(other)}"
    phrase = {"memberOf": "are members of", "supports": "support"}.get(
        one[0].predicate, ontology().phrase(one[0].predicate)
    )
    return f"both {phrase} {write.name(event)}{write.cite([one[0], other[0]])}"


def _taking_part(m: Material, actor: str, event: str) -> Claim:
    ways = network.TAKING_PART[m.nodes[event].kind]
    return next(
        claim for claim in m.claims_between(actor, event) if claim[0].subject == actor and claim[0].predicate in ways
    )
