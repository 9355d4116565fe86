#!/usr/bin/env python3
"""Whether one thing is one node: B-cubed of a graph against annotated names, and the share of entities kept whole.

    python benchmarks/bcubed.py build/score/gold/graph.nq --gold ../shared/gold [--across] [--errors]

Elements are the mentions in the graph whose words are a name, or another name, of exactly one annotated entity of that
document. B-cubed (Bagga & Baldwin 1998, "Algorithms for Scoring Coreference Chains") is the mean over elements of
    precision   the share of the elements of its node that are of the same annotated entity
    recall      the share of the elements of its annotated entity that are in the same node
An entity is whole where no other node has elements of it, and no other entity has elements in its node. Entities count
within a document; with --across those of one id and class are one over all documents, as they are in a set of
annotations whose ids are kept from document to document. What the annotations mark as optional does not count.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from extraction.names.spelling import key_of
from graph import records
from graph.nquads import load

Element = tuple[str, str]  # node, annotated entity


def main() -> None:
    """Print the figures; the last line is the summary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotations in JSON")
    parser.add_argument("--across", action="store_true", help="one id and class is one entity in all documents")
    parser.add_argument("--errors", action="store_true", help="list what is split and what is swallowed")
    given = parser.parse_args()
    elements = list(_elements(_mentions(given.graph), _names(given.gold, given.across)))
    if not elements:
        parser.exit(1, f"bcubed: no annotated name of {given.gold} is a mention in {given.graph}\n")
    split, swallowed = _broken(elements)
    if given.errors:
        for entity, nodes in sorted(split.items()):
            print(f"split      {entity}: {', '.join(sorted(nodes))}")
        for node, entities in sorted(swallowed.items()):
            print(f"swallowed  {node}: {', '.join(sorted(entities))}")
    precision, recall = b_cubed(elements)
    found = {entity for _, entity in elements}
    broken = set(split) | {entity for entities in swallowed.values() for entity in entities}
    print(
        f"B-cubed precision {precision:.3f} recall {recall:.3f} "
        f"F1 {2 * precision * recall / (precision + recall):.3f}  "
        f"entities whole {1 - len(broken) / len(found):.3f} ({len(found) - len(broken)} of {len(found)} found; "
        f"{len(split)} split, {len(swallowed)} nodes of several)"
    )


def b_cubed(elements: list[Element]) -> tuple[float, float]:
    """Precision and recall, means over elements."""
    nodes, entities = Counter(node for node, _ in elements), Counter(entity for _, entity in elements)
    shared = Counter(elements)
    total = len(elements)
    precision = sum(count * count / nodes[node] for (node, _), count in shared.items()) / total
    recall = sum(count * count / entities[entity] for (_, entity), count in shared.items()) / total
    return precision, recall


def _broken(elements: list[Element]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Entities with the several nodes that have elements of them, and nodes with their several entities."""
    nodes: dict[str, set[str]] = defaultdict(set)
    entities: dict[str, set[str]] = defaultdict(set)
    for node, entity in elements:
        nodes[entity].add(node)
        entities[node].add(entity)
    return (
        {entity: found for entity, found in nodes.items() if len(found) > 1},
        {node: found for node, found in entities.items() if len(found) > 1},
    )


def _names(gold: Path, across: bool) -> dict[str, dict[str, set[str]]]:
    """Annotated document -> folded name -> the entities that have it; "" for the optional."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in sorted(gold.glob("*.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        for entity in part["entities"]:
            label = f"{entity['type']}/{entity['id']}" if across else f"{part['doc']}: {entity['type']}/{entity['id']}"
            for name in (entity["name"], *entity.get("aliases", ())):
                names[part["doc"]][key_of(name)].add("" if entity.get("optional") else label)
    return names


def _mentions(graph: Path) -> list[records.Mention]:
    import tempfile

    import pyoxigraph as ox

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        load(graph, store)
        return records.mentions(ox.Store.read_only(str(store)))


def _elements(mentions: list[records.Mention], names: dict[str, dict[str, set[str]]]) -> Iterator[Element]:
    """The mentions of annotated entities; an annotation is of the document whose id is or begins with its own."""
    documents: dict[str, dict[str, set[str]]] = {}
    for mention in mentions:
        if mention.document not in documents:
            fits = (n for doc, n in names.items() if re.match(rf"{re.escape(doc)}(?![0-9a-z])", mention.document, re.I))
            documents[mention.document] = next(fits, {})
        meant = documents[mention.document].get(key_of(mention.text), set())
        if len(meant) == 1 and (entity := min(meant)):
            node = mention.entity if entity.count(": ") == 0 else f"{mention.document} {mention.entity}"
            yield node, entity


if __name__ == "__main__":
    main()
