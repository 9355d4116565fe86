"""What tables, report and pictures are made from: the records of a store, and what follows from them, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.facts import CorpusFacts, Decided
from graph import analysis, chronology, curation, network, records, structure
from graph.claims import Claim, claims
from graph.curation import Doubt
from graph.records import Fact, Mention, Node, Source
from graph.remote import Endpoint
from graph.store import open_store
from graph.sureness import sure

if TYPE_CHECKING:
    from graph.coparticipation import Coparticipation


class Material:
    """Entities, facts and documents; `graph` and `ties` hold the asserted facts.

    `sure` is the same of the facts alone that were read surely.
    """

    def __init__(
        self,
        nodes: dict[str, Node],
        facts: list[Fact],
        sources: dict[str, Source],
        mentions: list[Mention] | None = None,
        doubts: Sequence[Doubt] = (),
        decisions: Sequence[Decided] = (),
    ) -> None:
        self.nodes, self.facts, self.sources, self.mentions = nodes, facts, sources, mentions or []
        self.doubts, self.decisions = doubts, decisions
        self.asserted = [fact for fact in facts if fact.status == "asserted"]
        self.graph = network.multigraph(nodes, facts)

    @classmethod
    def read(cls, out: Path | Endpoint) -> Material:
        """From OUT/store, or an endpoint; raises NotABuild where there is none."""
        store = open_store(out)
        return cls(
            records.entities(store),
            records.facts(store),
            records.documents(store),
            records.mentions(store),
            curation.doubts(store),
            curation.decisions(store),
        )

    @classmethod
    def of(cls, facts: CorpusFacts) -> Material:
        """From facts that are not in a store yet: the same as `read` gives from one that holds them."""
        from graph import retelling

        return cls(
            retelling.entities(facts),
            retelling.statements(facts),
            retelling.documents(facts),
            retelling.mentions(facts),
            retelling.doubts(facts),
            retelling.decisions(facts),
        )

    @cached_property
    def sure(self) -> Material:
        return Material(self.nodes, sure(self.facts, self.sources), self.sources, self.mentions)

    @cached_property
    def ties(self) -> network.Ties:
        return network.simple(self.graph)

    @cached_property
    def measures(self) -> dict[str, analysis.Measures]:
        return analysis.measures(self.ties, self.communities)

    @cached_property
    def communities(self) -> list[analysis.Community]:
        return analysis.communities(self.ties)

    def ranked(self, kinds: Collection[str], rank: Callable[[analysis.Measures], float]) -> list[str]:
        """Entities of these kinds of which something is asserted, by a measure, and then by how many documents."""
        among = [key for key, node in self.nodes.items() if node.kind in kinds and self.claims_of[key]]
        return sorted(among, key=lambda key: (-rank(self.measures[key]), -len(self.nodes[key].documents), key))

    @cached_property
    def losses(self) -> dict[str, int]:
        return structure.losses(self.ties)

    @cached_property
    def bridges(self) -> list[structure.Pair]:
        return structure.bridges(self.ties)

    @cached_property
    def ties_among(self) -> dict[str, int]:
        return structure.ties_among(self.ties)

    @cached_property
    def coparticipation(self) -> Coparticipation:
        from graph.coparticipation import coparticipation

        return coparticipation(self.graph)

    @cached_property
    def timeline(self) -> dict[int, list[Fact]]:
        """Dated asserted facts by year, each once."""
        return chronology.timeline(self.asserted)

    @cached_property
    def dated(self) -> list[Fact]:
        """The facts of the timeline, in its order."""
        return [fact for facts in self.timeline.values() for fact in facts]

    @cached_property
    def changes(self) -> dict[int, chronology.Change]:
        """From each year with dated facts to the next, by the later."""
        return chronology.changes(self.graph)

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims, the surest first."""
        return claims(self.facts)

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """Asserted claims by entity, the surest first."""
        found: dict[str, list[Claim]] = {key: [] for key in self.nodes}
        for claim in self.claims:
            if claim[0].status == "asserted":
                for end in {claim[0].subject, claim[0].object}:
                    found[end].append(claim)
        return found

    def claims_between(self, one: str, other: str) -> list[Claim]:
        """Asserted claims that tie two entities, in either direction, the surest first."""
        fewer, end = sorted((one, other), key=lambda key: (len(self.claims_of[key]), key))
        return [claim for claim in self.claims_of[fewer] if end in (claim[0].subject, claim[0].object)]
