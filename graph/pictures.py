"""The report's pictures: types and relations; of what was surely read, the actors as a matrix, and the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from graph import chronology, coparticipation, drawing
from graph.claims import counted
from graph.drawing import colour
from graph.material import Material
from graph.vocabulary import ACTORS, ontology

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANES = 12
CELLS = 24
LABEL = 38
SPAN = 60
"""Years that a timeline shows at most: one stray early year must not squeeze the rest into a corner."""


def write(m: Material, folder: Path) -> list[Path]:
    """Write every picture that has something to show; give their paths. The same graph gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (draw, _) in PICTURES.items():
        if text := alt(m, name):
            target = folder / f"{name}.svg"
            target.write_text(drawing.svg(draw(m), name, text), encoding="utf-8", newline="\n")
            written.append(target)
    return written


def alt(m: Material, name: str) -> str:
    """What a picture shows, in words; "" where it would show nothing."""
    return PICTURES[name][1](m)


def _kinds(m: Material) -> Figure:
    from graph.pages import theme

    kinds = [(theme.kind_label(kind, True), n, f"kind-{kind}") for kind, n in _counts(m)[0]]
    relations = [(ontology().phrase(name), n, f"family-{theme.family(name)}") for name, n in _counts(m)[1]]
    figure = drawing.figure(9.6, 0.6 + 0.27 * max(len(kinds), len(relations)))
    for place, (title, bars) in enumerate((("Entities", kinds), ("Statements", relations)), 1):
        axes = figure.add_subplot(1, 2, place)
        axes.barh(range(len(bars)), [n for _, n, _ in bars], 0.7, color=[colour(name) for *_, name in bars])
        for row, (_, n, _) in enumerate(bars):
            axes.annotate(str(n), (n, row), (4, 0), textcoords="offset points", va="center", color=colour("muted"))
        axes.set_yticks(range(len(bars)), [_short(label) for label, *_ in bars])
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_title(title, loc="left", color=colour("ink"))
        axes.margins(x=0.12)
        _bare(axes)
        axes.set_xticks([])
    return figure


def _kinds_alt(m: Material) -> str:
    kinds, relations = _counts(m)
    if not relations:
        return ""
    most, name = relations[0][1], ontology().phrase(relations[0][0])
    among = ", ".join(counted(n, ontology().labels[kind]) for kind, n in kinds[:3])
    return (
        f"Two bar charts: how many entities of each type (most: {among}) and how many statements of each relation "
        f"(most: {name}, {most})"
    )


def _counts(m: Material) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    kinds = Counter(node.kind for node in m.nodes.values())
    relations = Counter(fact.predicate for fact in m.facts)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])) for found in (kinds, relations))  # type: ignore[return-value]


def _matrix(m: Material) -> Figure:
    import numpy as np
    from matplotlib.collections import PolyCollection

    keys, weights = _closest(m)
    figure = drawing.figure(8.6, 2.6 + 0.25 * len(keys))
    axes = figure.add_subplot()
    # From the weight to the shade by the root: weights are skewed, and most cells would be white.
    shades = np.sqrt(weights / weights.max())
    # All cells as one: to add them one by one takes ten times as long.
    tied = list(zip(*np.nonzero(weights), strict=True))
    tints = [(colour("accent"), round(0.12 + 0.88 * shades[cell], 2)) for cell in tied]
    axes.add_collection(PolyCollection([_square(column, row) for row, column in tied], facecolors=tints, linewidths=0))
    names = [_short(m.nodes[key].name) for key in keys]
    axes.set_xticks(range(len(keys)), names, rotation=60, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(keys)), names)
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(keys) - 0.5), ylim=(len(keys) - 0.5, -0.5), aspect="equal")
    borders = np.arange(0.5, len(keys) - 1)
    for lines in (axes.hlines, axes.vlines):
        lines(borders, -0.5, len(keys) - 0.5, colors=colour("line"), lw=0.5, zorder=0)
    _bare(axes)
    return figure


def _matrix_alt(m: Material) -> str:
    keys, _ = _closest(m)
    if len(keys) < 2:
        return ""
    (most,) = coparticipation.closest(m.sure.coparticipation, m.sure.graph, 1)
    pair = f"{m.nodes[most.first].name} and {m.nodes[most.second].name}"
    return (
        f"Matrix of the {len(keys)} most closely tied actors by what was surely read, grouped by community: the darker "
        f"a cell, the closer the actors of its row and column are tied (most: {pair}, weight {most.weight:.1f})"
    )


def _closest(m: Material):  # type: ignore[no-untyped-def]
    """The actors with the greatest strength in the actor network, by community and strength, and their weights."""
    import numpy as np

    it = m.sure.coparticipation
    upper = it.shares + it.direct
    whole = upper + upper.T
    strength = np.round(whole.sum(axis=0), 9)
    chosen = sorted(np.flatnonzero(strength), key=lambda at: (-strength[at], at))[:CELLS]
    homes = {at: m.measures[it.actors[at]].community for at in chosen}
    order = sorted(chosen, key=lambda at: (homes[at], -strength[at], at))
    return [it.actors[at] for at in order], whole[order][:, order].toarray()


def _timeline(m: Material) -> Figure:
    from graph.pages import theme

    first, last = _years(m)
    lanes = _lanes(m)
    figure = drawing.figure(9.6, 2.2 + 0.27 * len(lanes))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(5.5, max(len(lanes), 1)))
    years = {year: len(facts) for year, facts in m.sure.timeline.items() if year >= first}
    standing_out = chronology.bursts(m.sure.dated)
    bars = [colour("accent" if year in standing_out else "edge") for year in years]
    above.bar(list(years), list(years.values()), 0.75, color=bars)
    for year, n in years.items():
        if year in standing_out or n == max(years.values()):
            above.annotate(str(n), (year, n), (0, 3), textcoords="offset points", ha="center", color=colour("muted"))
    above.set_title("Dated facts per year", loc="left", color=colour("ink"))
    above.margins(y=0.15)
    for row, (key, per_year) in enumerate(lanes.items()):
        shown = {year: n for year, n in per_year.items() if year >= first}
        tint = colour(f"kind-{theme.kind(m.nodes[key].type)}")
        below.plot([min(shown), max(shown)], [row, row], color=tint, lw=1.2, alpha=0.5)
        below.scatter(list(shown), [row] * len(shown), [18 * n**0.5 for n in shown.values()], color=tint)
    below.set_yticks(range(len(lanes)), [_short(m.nodes[key].name) for key in lanes])
    below.set(xlim=(first - 0.7, last + 0.7), ylim=(len(lanes) - 0.4, -0.6))
    below.xaxis.get_major_locator().set_params(integer=True)
    for axes in (above, below):
        _bare(axes)
        axes.grid(axis="x", color=colour("line"), lw=0.6)
        axes.set_axisbelow(True)
    above.set_yticks([])
    return figure


def _timeline_alt(m: Material) -> str:
    if not _lanes(m):
        return ""
    first, last = _years(m)
    most = max(m.sure.timeline, key=lambda year: (len(m.sure.timeline[year]), -year))
    names = ", ".join(m.nodes[key].name for key in list(_lanes(m))[:3])
    return (
        f"Dated facts surely read, per year from {first} to {last} (most: "
        f"{counted(len(m.sure.timeline[most]), 'fact')} in {most}), "
        f"and the years in which the most active actors acted, {names} first"
    )


def _lanes(m: Material) -> dict[str, dict[int, int]]:
    """Facts per year of the actors with the most dated facts."""
    if not m.sure.timeline:
        return {}
    first, _ = _years(m)
    active = {
        key: {year: n for year, n in it.per_year.items() if year >= first}
        for key, it in chronology.activity(m.sure.dated).items()
        if m.nodes[key].kind in ACTORS
    }
    ranked = sorted((key for key in active if active[key]), key=lambda key: (-sum(active[key].values()), key))
    return {key: active[key] for key in ranked[:LANES]}


def _years(m: Material) -> tuple[int, int]:
    last = max(m.sure.timeline)
    return next(year for year in m.sure.timeline if year > last - SPAN), last


def _bare(axes: Axes) -> None:
    axes.tick_params(length=0, colors=colour("ink"), labelsize=9)
    axes.set_frame_on(False)


def _square(x: int, y: int) -> list[tuple[float, float]]:
    return [(x - 0.46, y - 0.46), (x + 0.46, y - 0.46), (x + 0.46, y + 0.46), (x - 0.46, y + 0.46)]


def _short(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"


PICTURES: dict[str, tuple[Callable[[Material], Figure], Callable[[Material], str]]] = {
    "kinds": (_kinds, _kinds_alt),
    "matrix": (_matrix, _matrix_alt),
    "timeline": (_timeline, _timeline_alt),
}
"""Every picture by name: what draws it, and what says in words what it shows."""
