"""What a report is written from: the records of a store, and the networks and claims that follow from them."""

from __future__ import annotations

from functools import cached_property

from graph import analysis, network
from graph.claims import Claim, Writer, claims
from graph.records import Fact, Node, Source


class Material:
    """Entities, facts and documents; `graph` and `ties` hold the asserted facts, `write` puts claims in words."""

    def __init__(self, nodes: dict[str, Node], facts: list[Fact], sources: dict[str, Source]) -> None:
        self.nodes, self.facts, self.sources = nodes, facts, sources
        self.asserted = [fact for fact in facts if fact.status == "asserted"]
        self.graph = network.multigraph(nodes, facts)
        self.ties = network.simple(self.graph)
        self.write = Writer(nodes)

    @cached_property
    def measures(self) -> dict[str, analysis.Measures]:
        return analysis.measures(self.ties, self.communities)

    @cached_property
    def communities(self) -> list[analysis.Community]:
        return analysis.communities(self.ties)

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """Asserted claims by entity, the surest first."""
        found: dict[str, list[Claim]] = {key: [] for key in self.nodes}
        for claim in claims(self.asserted):
            for end in {claim[0].subject, claim[0].object}:
                found[end].append(claim)
        return found

    def claims_between(self, one: str, other: str) -> list[Claim]:
        """Asserted claims that tie two entities, in either direction, the surest first."""
        return [claim for claim in self.claims_of[one] if {claim[0].subject, claim[0].object} == {one, other}]
