"""Where each node stands, computed before the page is written, so that nothing moves when it opens."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from random import Random

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

Positions = dict[str, tuple[int, int]]
Cloud = dict[str, tuple[float, float]]

SEED = 7
SPACING = 46.0
WHOLE = 1500
SMALL = 60
ITERATIONS = 600
EFFORT = 60_000
COMPRESSION = 0.7


def positions(graph: nx.Graph[str], communities: Mapping[str, int], isolated: Iterable[str] = ()) -> Positions:
    """Integer coordinates in pixels for every node of `graph` and, on a grid below, for the isolated ones.

    Connected parts are laid out each by itself (Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102) and packed
    in rows, the largest on top. In a graph above `WHOLE` nodes, a part above `SMALL` is laid out community by
    community.
    Nodes are taken in sorted order and all chance is seeded: the same graph gives the same coordinates.
    """
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    whole = WHOLE if len(graph) <= WHOLE else SMALL
    # A small network has room for its names: it is drawn up to three times as wide.
    room = 1 + 60 / (len(graph) + 20)
    clouds = [_separated(_part(_ordered(graph, part), communities, whole, room)) for part in parts]
    placed = _packed(clouds)
    bottom = max((y for _, y in placed.values()), default=0.0)
    placed.update(_grid(sorted(isolated), bottom + 2.5 * SPACING, _width(placed)))
    return {key: (round(x), round(y)) for key, (x, y) in sorted(placed.items())}


def _ordered(graph: nx.Graph[str], part: list[str]) -> nx.Graph[str]:
    """The part as a graph of its own, nodes and edges in sorted order: iteration order decides rounding."""
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    inside = set(part)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges(part) if set(edge) <= inside))
    return ordered


def _part(graph: nx.Graph[str], communities: Mapping[str, int], whole: int, room: float) -> Cloud:
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    if len(graph) <= whole:
        return _forces(graph, room)
    return _by_community(graph, communities)


def _forces(graph: nx.Graph[str], room: float = 1.0) -> Cloud:
    """The forces' equilibrium, far nodes drawn in, scaled so that every part has the same density of nodes."""
    keys = list(graph)
    points = _equilibrium(keys, [(*edge, 1.0) for edge in graph.edges])
    points -= np.median(points, axis=0)
    # A few far nodes would leave most of the page empty: distances from the middle grow with their 0.7th power.
    distance = np.hypot(points[:, 0], points[:, 1])[:, None]
    points *= np.maximum(distance, 1e-9) ** (COMPRESSION - 1)
    points -= points.mean(axis=0)
    spread = float(np.sqrt((points**2).sum(axis=1).mean())) or 1.0
    points *= SPACING * 0.62 * room * math.sqrt(len(keys)) / spread
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, points, strict=True)}


def _equilibrium(keys: Sequence[Hashable], ties: Sequence[tuple[Hashable, Hashable, float]]) -> NDArray[np.float64]:
    """Coordinates, one row per key, by igraph: networkx takes twenty times as long for the same drawing."""
    import igraph

    place = {key: index for index, key in enumerate(keys)}
    drawn = igraph.Graph(n=len(keys), edges=[(place[one], place[other]) for one, other, _ in ties])
    start = drawn.layout_circle()
    if len(keys) < 4:
        return np.array(start.coords, dtype=float)
    igraph.set_random_number_generator(Random(SEED))
    weights = [weight for _, _, weight in ties]
    # Large parts settle in fewer rounds, and every round costs the square of their size.
    rounds = min(ITERATIONS, max(ITERATIONS // 8, EFFORT // len(keys)))
    found = drawn.layout_fruchterman_reingold(niter=rounds, seed=start, weights=weights)
    return np.array(found.coords, dtype=float)


def _by_community(graph: nx.Graph[str], communities: Mapping[str, int]) -> Cloud:
    """Each community by itself, the communities among each other as discs that may not overlap."""
    members: dict[Hashable, list[str]] = defaultdict(list)
    for key in graph:
        members[communities.get(key, 0)].append(key)
    names = sorted(members, key=str)
    inner = {name: _inner(graph, members[name], communities) for name in names}
    home = {key: name for name in names for key in members[name]}
    bridges = Counter(tuple(sorted((home[one], home[other]), key=str)) for one, other in graph.edges)
    ties = [(one, other, float(count)) for (one, other), count in sorted(bridges.items(), key=str) if one != other]
    radii = np.array([_radius(inner[name]) for name in names])
    centres = _equilibrium(names, ties)
    spread = float(np.abs(centres - centres.mean(axis=0)).max()) or 1.0
    points = _apart(centres / spread * float(np.sqrt((radii**2).sum())) * 1.2, radii, rounds=200)
    return {
        key: (x + float(cx), y + float(cy))
        for name, (cx, cy) in zip(names, points, strict=True)
        for key, (x, y) in inner[name].items()
    }


def _inner(graph: nx.Graph[str], keys: list[str], communities: Mapping[str, int]) -> Cloud:
    inside = _ordered(graph, keys)
    pieces = sorted(
        (sorted(piece) for piece in nx.connected_components(inside)), key=lambda piece: (-len(piece), piece)
    )
    return _centred(_packed([_separated(_forces(_ordered(inside, piece))) for piece in pieces]))


def _separated(cloud: Cloud) -> Cloud:
    """Push apart nodes that would cover one another."""
    points = _apart(np.array(list(cloud.values())), np.full(len(cloud), SPACING * 0.5), rounds=120)
    return _cloud(cloud, points)


def _apart(points: NDArray[np.float64], radii: NDArray[np.float64], rounds: int) -> NDArray[np.float64]:
    """Discs moved until none overlaps, or `rounds` are over: every overlapping pair yields half of what it lacks."""
    points = points.astype(float).copy()
    for _ in range(rounds):
        pairs = KDTree(points).query_pairs(2 * float(radii.max()), output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        one, other = pairs[:, 0], pairs[:, 1]
        gap = points[other] - points[one]
        distance = np.hypot(gap[:, 0], gap[:, 1])
        lack = radii[one] + radii[other] - distance
        overlap = lack > 1e-3
        if not overlap.any():
            break
        one, other, lack = one[overlap], other[overlap], lack[overlap]
        # Two nodes in one place have no direction between them; their numbers give one.
        turn = np.stack([np.cos(other), np.sin(other)], axis=1)
        apart = np.where(distance[overlap, None] > 1e-9, gap[overlap] / np.maximum(distance[overlap, None], 1e-9), turn)
        shift = apart * (lack / 2)[:, None]
        np.add.at(points, one, -shift)
        np.add.at(points, other, shift)
    return points


def _packed(clouds: list[Cloud]) -> Cloud:
    """Rows of clouds, each row no wider than the first cloud or a square of the whole would be."""
    if not clouds:
        return {}
    boxes = [_box(cloud) for cloud in clouds]
    square = math.sqrt(sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)) * 1.25
    dominant = 2 * len(clouds[0]) >= sum(map(len, clouds))
    limit = boxes[0][2] - boxes[0][0] if dominant else max(boxes[0][2] - boxes[0][0], square)
    placed: Cloud = {}
    x = y = height = 0.0
    for cloud, (x0, y0, x1, y1) in zip(clouds, boxes, strict=True):
        if x and x + x1 - x0 > limit:
            x, y, height = 0.0, y + height, 0.0
        placed.update({key: (px - x0 + x, py - y0 + y) for key, (px, py) in cloud.items()})
        x, height = x + x1 - x0, max(height, y1 - y0)
    return _centred(placed)


def _grid(keys: list[str], top: float, width: float) -> Cloud:
    columns = max(4, int(width // (SPACING * 3.6)))
    left = -(min(columns, len(keys)) - 1) / 2
    return {
        key: ((left + index % columns) * SPACING * 3.6, top + index // columns * SPACING * 0.8)
        for index, key in enumerate(keys)
    }


def _box(cloud: Cloud) -> tuple[float, float, float, float]:
    margin = SPACING * 1.2
    xs, ys = [x for x, _ in cloud.values()], [y for _, y in cloud.values()]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _centred(cloud: Cloud) -> Cloud:
    if not cloud:
        return cloud
    x0, y0, x1, y1 = _box(cloud)
    return {key: (x - (x0 + x1) / 2, y - (y0 + y1) / 2) for key, (x, y) in cloud.items()}


def _radius(cloud: Cloud) -> float:
    return max(math.hypot(x, y) for x, y in cloud.values()) + SPACING * 1.2


def _width(cloud: Cloud) -> float:
    xs = [x for x, _ in cloud.values()]
    return max(xs) - min(xs) if xs else 8 * SPACING


def _cloud(cloud: Cloud, points: NDArray[np.float64]) -> Cloud:
    return {key: (float(x), float(y)) for key, (x, y) in zip(cloud, points, strict=True)}
