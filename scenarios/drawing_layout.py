"""Where boxes and arrows go. The layout is graphlay's; no other module knows of it.

Why graphlay: docs/decisions/0005-map-layout.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import graphlay

from scenarios.drawing_labels import Point, place_labels

PRESET: Final = "process_map"
MANY: Final = 150
CLEARANCE: Final = 5
GAPS: Final = ((20, 18), (20, 14), (14, 18), (14, 14))


@dataclass(frozen=True, slots=True)
class Ask:
    """An arrow to be routed; `label` is the room its label needs (width, height), where it has one."""

    source: str
    target: str
    label: Point | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A layout in pixels from 0, 0: the upper left corner of every box; for every arrow asked for, in order,
    its bends from border to border and the middle of its label."""

    corners: Mapping[str, Point]
    bends: tuple[tuple[Point, ...], ...]
    labels: tuple[Point | None, ...]
    width: float
    height: float


def lay_out(sizes: Mapping[str, Point], asks: Sequence[Ask]) -> Laid:
    """Lay out boxes of these sizes (width, height) and the arrows between them, always in the same way."""
    graph = graphlay.Graph()
    for key, (wide, high) in sizes.items():
        graph.node(key, width=wide, height=high)
    for ask in asks:
        room: dict[str, Any] = {}
        if ask.label:
            room["label_size"] = {"width": ask.label[0], "height": ask.label[1]}
        graph.edge(ask.source, ask.target, **room)
    several = [*((gaps, "priority") for gaps in GAPS), (GAPS[0], "none")]
    laid = min((_try(graph, *each) for each in several[: None if len(asks) <= MANY else 1]), key=_faults)
    left, top = _point(laid.bounds["min"])
    right, bottom = _point(laid.bounds["max"])

    def moved(raw: Mapping[str, float]) -> Point:
        x, y = _point(raw)
        return round(x - left, 2), round(y - top, 2)

    corners = {}
    for key, node in zip(sizes, laid.nodes, strict=True):
        x, y = moved(node["center"])
        corners[key] = (x - sizes[key][0] / 2, y - sizes[key][1] / 2)
    bends = tuple(tuple(map(moved, edge["points"])) for edge in laid.edges)
    areas = [(x, y, x + sizes[key][0], y + sizes[key][1]) for key, (x, y) in corners.items()]
    labels = place_labels([ask.label for ask in asks], bends, areas)
    return Laid(corners, bends, tuple(labels), right - left, bottom - top)


def _try(graph: graphlay.Graph, gaps: tuple[int, int], compaction: str) -> graphlay.Layout:
    """One layout. `gaps` are those between arrows side by side and between their ends, in pixels."""
    options = {
        "direction": "topbottom",
        "effort": "thorough" if len(graph.edges) <= MANY else "balanced",
        "seed": 0,
        "routing": {"style": "orthogonal"},
        "coords": {"branch_style": "symmetric"},
        "compaction": {"mode": compaction},
        "spacing": {
            "layer_gap": 40,
            "node_gap": 26,
            "dummy_gap": gaps[0],
            "port_gap": gaps[1],
            "port_stroke_clear": 14,
        },
    }
    return graphlay.layout(graph, preset=PRESET, options=options)


def _faults(laid: graphlay.Layout) -> tuple[float, ...]:
    """What makes a layout hard to read, worst first, by the library's own measures."""
    found = laid.metrics()
    worst = found["node_edge_hits"] + found["node_overlaps"], found["overlaps"]
    return *worst, found["min_edge_node_clearance"] < CLEARANCE, found["crossings"] + found["width"] / 25


def _point(raw: Mapping[str, float]) -> Point:
    return raw["x"], raw["y"]
