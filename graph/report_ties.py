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
        parts = [write.tell(claim) for claim in m.claims_between(tie.first, tie.second)[:CLAIMS_EACH]]
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
    yield f"Each of these {len(circle)} shares at least two forums, agreements or initiatives with {most} or more"
    yield f"others of them: {names}{more}. What most of them take part in:"
    yield ""
    events = Counter(event for actor in circle for event in m.coparticipation.part[actor])
    for event, number in sorted(events.items(), key=lambda item: (-item[1], item[0]))[: SHOWN // 2]:
        inside = [actor for actor in circle if event in m.coparticipation.part[actor]]
        told = write.series(_taking_part(m, actor, event) for actor in inside[:CLAIMS_EACH])
        yield f"- **{write.name(event)}** ({number} of them): {told}."


def alike(m: Material, write: Writer) -> Iterator[str]:
    for (one, other), score, common in structure.similarity(m.ties, _actors(m), SHOWN):
        told = write.series(m.claims_between(end, middle)[0] for middle in common[:2] for end in (one, other))
        pair = f"{write.name(one)} and {write.name(other)}"
        yield f"- **{pair}** (likeness {score:.2f}; both tied to {len(common)} entities): {told}."


def expected(m: Material, write: Writer) -> Iterator[str]:
    found = structure.expected_ties(m.ties, _actors(m), SHOWN)
    if found:
        yield "No asserted statement that was found relates these pairs to each other, though much relates both to the"
        yield "same others:"
        yield ""
    for (one, other), score, common in found:
        told = write.series(m.claims_between(end, middle)[0] for middle in common[:2] for end in (one, other))
        pair = f"{write.name(one)} and {write.name(other)}"
        yield f"- **{pair}** (score {score:.2f}; {counted(len(common), 'entity')} in common): {told}."


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
