"""What explains a drawing: the `whenever` rules, the key, and the shapes and patterns of outcomes."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from scenarios.drawing_outline import rule_line
from scenarios.drawing_text import OUTCOMES, width, wrap
from scenarios.graph import HARD, UNREACHED, Map
from scenarios.markup import Child, element

SIZE: Final = 12
LINE: Final = 18
PAD: Final = 14
RULES_WIDE: Final = 500
ENTRY_WIDE: Final = 190

Panel = tuple[Element, float, float]

_PATTERNS: Final = {
    "complied": "M 4 2 a 2 2 0 1 0 0.01 0 Z",
    "paused": "M 1 0 h 3 v 8 h -3 Z",
    "withdrew": "M 0 8 L 8 0 h -3 L 0 5 Z M 8 8 v -3 L 5 8 Z",
    "rupture": "M 0 5 L 4 1 L 8 5 v 2.6 L 4 3.6 L 0 7.6 Z",
    "stopped": "M 0 0 h 8 v 2 h -8 Z M 0 0 h 2 v 8 h -2 Z",
}
"""Settled is plain; the others have dots, bars, slants, zigzags and a grid, each 8 by 8 pixels."""


def definitions() -> list[Child]:
    """Arrow heads, patterns and the hatching of what no play reaches."""
    found: list[Child] = [
        element(
            "marker",
            element("path", d="M 0 0 L 8 4 L 0 8 Z", class_="head"),
            id="head",
            viewBox="0 0 8 8",
            refX=5,
            refY=4,
            markerWidth=8,
            markerHeight=8,
            markerUnits="userSpaceOnUse",
            orient="auto",
        ),
        _pattern("hatch", element("path", d="M 0 8 L 8 0", class_="hatching")),
    ]
    for outcome, path in _PATTERNS.items():
        ground = element("rect", class_=f"ground {outcome}", width=8, height=8)
        found.append(_pattern(f"pattern-{outcome}", ground, element("path", d=path, class_="pattern")))
    return found


def _pattern(name: str, *inside: Element) -> Element:
    return element("pattern", *inside, id=name, width=8, height=8, patternUnits="userSpaceOnUse")


def outcome_shape(outcome: str, wide: float, high: float, stripe: float) -> list[Child]:
    """The frame of an ending: its outline and the pattern of its stripe both tell the outcome."""
    frame = _outline(outcome, wide, high)
    fill = None if outcome == "settled" else f"url(#pattern-{outcome})"
    # the stripe is the frame's own left end, so that it follows its corners
    side = element("path", class_=f"stripe {outcome}", d=_left_end(outcome, high, stripe), fill=fill)
    return [element("path", class_=f"frame {outcome}", d=frame), side]


def _corner(outcome: str, high: float) -> tuple[str, float]:
    """Round for settled, cut for stopped and broken ties, square for the others."""
    if outcome == "settled":
        return "round", min(high / 2, 18)
    if outcome in {"stopped", "rupture"}:
        return "cut", min(14 if outcome == "stopped" else 7, high / 3)
    return "round", 3


def _outline(outcome: str, wide: float, high: float) -> str:
    kind, c = _corner(outcome, high)
    turn = f"a {c:g} {c:g} 0 0 1" if kind == "round" else "l"
    return (
        f"M {c:g} 0 H {wide - c:g} {turn} {c:g} {c:g} V {high - c:g} {turn} {-c:g} {c:g} "
        f"H {c:g} {turn} {-c:g} {-c:g} V {c:g} {turn} {c:g} {-c:g} Z"
    )


def _left_end(outcome: str, high: float, stripe: float) -> str:
    kind, c = _corner(outcome, high)
    turn = f"a {c:g} {c:g} 0 0 1" if kind == "round" else "l"
    return f"M {stripe:g} 0 V {high:g} H {c:g} {turn} {-c:g} {-c:g} V {c:g} {turn} {c:g} {-c:g} Z"


def rules_panel(plan: Map) -> Panel | None:
    """The `whenever` rules in order with their targets, or None where there are none."""
    if not plan.rules:
        return None
    rows: list[tuple[str, float, str]] = []
    top = PAD + 12.0
    for rule in plan.rules:
        text = f"{rule.number}. {rule_line(plan, rule)}"
        for place, line in enumerate(wrap(text, RULES_WIDE - 2 * PAD - 18, SIZE, 3)):
            top += LINE
            rows.append((line, PAD + (18 if place else 0), f"{top:g}"))
    high = top + PAD
    panel = element(
        "g",
        element("rect", class_="panel", width=RULES_WIDE, height=high, rx=6),
        element("text", "Whenever \u2026", class_="name", x=PAD, y=PAD + 10),
        element(
            "text",
            "after every reply, the first that holds takes over",
            class_="note",
            x=PAD + 100,
            y=PAD + 10,
        ),
        *(element("text", text, class_="words", x=x, y=y) for text, x, y in rows),
        class_="whenever",
        id="box-whenever",
    )
    return panel, RULES_WIDE, high


def key_panel(plan: Map) -> Panel:
    """What the signs mean; of the marks, those that occur."""
    present = {spot.outcome for spot in plan.spots("ending")}
    marks = {mark for kind in ("moment", "ending") for spot in plan.spots(kind) for mark in spot.marks}
    entries: list[tuple[str, list[Child]]] = [
        ("one reply", [_sample("reply")]),
        ("several replies", [_sample("reply"), *_sample_chip("3")]),
        ("staying quiet", [_sample("quiet"), *_sample_chip("quiet")]),
    ]
    if any(not way.offered for spot in plan.spots("moment") for way, _ in plan.ways(spot.key)):
        entries.append(("no play is offered it", [_sample("reply unused")]))
    for outcome, words in OUTCOMES.items():
        if outcome in present:
            shape = element("g", *outcome_shape(outcome, 60, 20, 22), class_=f"box ending {outcome}")
            entries.append((words, [shape]))
    if UNREACHED in marks:
        sample = [element("rect", class_=look, width=60, height=20, rx=4) for look in ("frame", "hatch")]
        entries.append((UNREACHED, [element("g", *sample, class_="box moment unreached")]))
    if HARD in marks:
        entries.append((HARD, [element("text", "\u25bc", class_="mark", x=24, y=15)]))
    return _key(entries)


def _key(entries: list[tuple[str, list[Child]]]) -> Panel:
    """Entries down two columns."""
    rows = (len(entries) + 1) // 2
    column = max([ENTRY_WIDE, *(width(text, SIZE) + 84 for text, _ in entries)])
    drawn = []
    for place, (text, sample) in enumerate(entries):
        x, y = PAD + column * (place // rows), PAD + 22 + 26 * (place % rows)
        label = element("text", text, class_="words", x=72, y=14)
        drawn.append(element("g", *sample, label, transform=f"translate({x:g} {y:g})"))
    wide, high = 2 * column + 2 * PAD - 10, 26 * rows + 2 * PAD + 20
    panel = element(
        "g",
        element("rect", class_="panel", width=wide, height=high, rx=6),
        element("text", "Key", class_="name", x=PAD, y=PAD + 10),
        *drawn,
        class_="key",
    )
    return panel, wide, high


def _sample(manner: str) -> Element:
    line = element("path", class_="line", d="M 0 10 H 59", marker_end="url(#head)")
    return element("g", line, class_=f"arrow {manner}")


def _sample_chip(text: str) -> list[Child]:
    wide = max(width(text, 11) + 10, 18)
    chip = element("rect", x=27 - wide / 2, y=1, width=wide, height=18, rx=9)
    return [element("g", chip, element("text", text, x=27, y=14), class_="chip")]
