"""Which clusters of names are one thing beyond doubt: those that agree exactly, and what an acronym stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extraction.resolution.canonical import NATIONAL
from extraction.resolution.partition import Anchor, Clusters, Local, join_all


def join_exact(clusters: Clusters) -> None:
    """Unite what the registry names alike, then what agrees in class, form and state, then acronyms."""
    known: dict[str, list[int]] = defaultdict(list)
    named: dict[tuple[str, object], list[int]] = defaultdict(list)
    bare: dict[tuple[str, object], list[int]] = defaultdict(list)
    for place, item in enumerate(clusters.items):
        if isinstance(item, Anchor) or item.entity.known:
            known[item.entity.id].append(place)
        if isinstance(item, Local):
            for form in dict.fromkeys(item.forms[: item.telling]):
                if not form.bare:
                    named[item.kind, form.key].append(place)
            for form in {form for form in item.forms if form.bare}:
                bare[item.kind, form.key].append(place)
    for _, block in sorted(known.items()):
        join_all(clusters, block)
    for _, block in sorted(named.items(), key=lambda pair: repr(pair[0])):
        _join_by_state(clusters, [place for place in block if not clusters.known(place)])
    _join_anchors(clusters)
    for _, block in sorted(bare.items(), key=lambda pair: repr(pair[0])):
        _join_acronym(clusters, block)


def _join_by_state(clusters: Clusters, block: Sequence[int]) -> None:
    """Unite a block state by state; those of no known state with the only one there is, where there is one."""
    states: dict[str, list[int]] = defaultdict(list)
    for place in block:
        states[clusters.state(place)].append(place)
    unknown = states.pop("", [])
    for places in [*states.values(), unknown]:
        if places:
            join_all(clusters, places)
    if unknown and len(states) == 1:
        join_all(clusters, [*next(iter(states.values())), *unknown])


def _join_anchors(clusters: Clusters) -> None:
    """Unite a cluster that the text's names did not lead to the registry with the one entry that has its form."""
    entries: dict[tuple[str, object], list[tuple[int, bool]]] = defaultdict(list)
    for place, item in enumerate(clusters.items):
        if isinstance(item, Anchor):
            for forms, sure in ((item.sure, True), (item.doubtful, False)):
                for form in forms:
                    if not form.bare:
                        entries[item.kind, form.key].append((place, sure))
    for place in list(clusters.roots()):
        if clusters.known(place):
            continue
        keys = {(clusters.kind(place), form.key) for local in clusters.locals(place) for form in local.forms}
        state = clusters.state(place)
        fits = {
            clusters.root(entry)
            for key in keys
            for entry, sure in entries.get(key, ())
            if (clusters.state(entry) == state and (sure or state))
        }
        if len(fits) == 1:
            clusters.join(fits.pop(), place)


def _join_acronym(clusters: Clusters, block: Sequence[int]) -> None:
    """Unite lone acronyms with the one thing that is introduced by it in their state, or else with each other.

    What the registry knows is left out: had the acronym meant it there, it would have been found.
    """
    spelt: dict[int, int] = {}
    alone: list[int] = []
    for place in block:
        local = clusters.items[place]
        if clusters.known(place) or (isinstance(local, Local) and any(not form.bare for form in local.forms)):
            spelt[clusters.root(place)] = place
        else:
            alone.append(place)
    for place in alone:
        state = clusters.state(place)
        meant = [other for other in spelt.values() if clusters.state(other) == state]
        if (state or clusters.kind(place) not in NATIONAL) and len(meant) == 1 and not clusters.known(meant[0]):
            clusters.join(meant[0], place)
    telling = [place for place in alone if isinstance(local := clusters.items[place], Local) and local.telling]
    if telling and not spelt:
        _join_by_state(clusters, telling)
