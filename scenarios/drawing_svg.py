"""A map as SVG: boxes and arrows, the `whenever` rules apart, a key. Colour never says anything alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from scenarios.drawing_key import definitions, key_panel, outcome_shape, rules_panel
from scenarios.drawing_labels import Point
from scenarios.drawing_layout import Ask, Laid, lay_out
from scenarios.drawing_outline import as_text, sentence, way_line
from scenarios.drawing_text import OUTCOMES, cut, number, width, wrap
from scenarios.graph import HARD, UNREACHED, Arrow, Map, Spot
from scenarios.markup import Child, element

BOX: Final = 216
OPENING: Final = 290
PAD: Final = 11
STRIPE: Final = 24
NAME_SIZE: Final = 13.5
TEXT_SIZE: Final = 12
LINE: Final = 16
MARGIN: Final = 28
GAP: Final = 34
CORNER: Final = 8
CHIP_HIGH: Final = 18
MARK_SIGNS: Final = {UNREACHED: "\u2205", HARD: "\u25bc"}
STYLE: Final = Path(__file__).with_name("map") / "drawing.css"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text in a box, and how it looks."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Box:
    """What a box shows, and its size in pixels."""

    spot: Spot
    rows: tuple[Row, ...]
    wide: float
    high: float


def svg(plan: Map, alone: bool = True) -> Element:
    """The drawing. `alone`: a file of its own, with title, style and the whole outline as its description."""
    boxes = {spot.key: _box(spot) for kind in ("opening", "moment", "ending") for spot in plan.spots(kind)}
    arrows = plan.arrows()
    chips = [_chip_text(arrow) for arrow in arrows]
    asks = [
        Ask(arrow.source, arrow.target, (_chip_wide(chip), CHIP_HIGH) if chip else None)
        for arrow, chip in zip(arrows, chips, strict=True)
    ]
    laid = lay_out({key: (box.wide, box.high) for key, box in boxes.items()}, asks)
    head, head_wide, head_high = _head(plan, alone)
    wide = max(laid.width, head_wide) + 2 * MARGIN
    shift = (wide - laid.width) / 2, MARGIN + head_high + GAP
    return element(
        "svg",
        element("title", f"Map of {plan.title}", id="map-title"),
        element("desc", as_text(plan) if alone else sentence(plan), id="map-desc"),
        element("style", STYLE.read_text(encoding="utf-8")) if alone else None,
        element("defs", *definitions()),
        element("rect", class_="paper", width="100%", height="100%"),
        element("g", *head, transform=f"translate({MARGIN} {MARGIN})"),
        element(
            "g",
            *_figures(plan, laid, boxes, arrows, chips),
            transform=f"translate({shift[0]:g} {shift[1]:g})",
        ),
        xmlns="http://www.w3.org/2000/svg",
        class_="map",
        role="img",
        aria_labelledby="map-title map-desc",
        viewBox=f"0 0 {wide:.0f} {laid.height + shift[1] + MARGIN:.0f}",
        width=round(wide),
        height=round(laid.height + shift[1] + MARGIN),
    )


def _head(plan: Map, alone: bool) -> tuple[list[Child], float, float]:
    """Title, rules and key side by side, with their size."""
    top = 0.0
    found: list[Child] = []
    if alone:
        found.append(element("text", cut(plan.title, 900, 22, bold=True), class_="title", y=20))
        found.append(element("text", cut(plan.summary, 900, TEXT_SIZE), class_="summary", y=44))
        top = 66
    panels = [panel for panel in (rules_panel(plan), key_panel(plan)) if panel is not None]
    left = 0.0
    for panel, wide, _ in panels:
        found.append(element("g", panel, transform=f"translate({left:g} {top:g})"))
        left += wide + 24
    return found, max(left - 24, 0), top + max(high for _, _, high in panels)


def _figures(
    plan: Map, laid: Laid, boxes: dict[str, Box], arrows: Sequence[Arrow], chips: Sequence[str]
) -> list[Child]:
    lines: list[Child] = []
    labels: list[Child] = []
    for arrow, bends, chip, where in zip(arrows, laid.bends, chips, laid.labels, strict=True):
        lines.append(_line(plan, arrow, bends))
        if chip and where:
            labels.append(_chip(arrow, chip, where))
    drawn = [_drawn(box, laid.corners[key]) for key, box in boxes.items()]
    return [
        element("g", *lines, class_="arrows"),
        element("g", *drawn, class_="boxes"),
        element("g", *labels, class_="chips"),
    ]


# Boxes


def _box(spot: Spot) -> Box:
    room = BOX - 2 * PAD
    if spot.kind == "opening":
        rows = [Row(cut(f"Opening: {spot.name}", OPENING, NAME_SIZE, bold=True), "name")]
        wide = width(rows[0].text, NAME_SIZE, bold=True) + 2 * PAD + 26
    else:
        wide = BOX
        room -= STRIPE if spot.kind == "ending" else 0
        rows = [Row(line, "name") for line in wrap(spot.name, room, NAME_SIZE, 2, bold=True)]
        rows += _words(spot, room)
        if spot.rules:
            numbers = ", ".join(map(str, spot.rules))
            rows.append(Row(cut(f"\u21b3 whenever {numbers}", room, TEXT_SIZE), "rule"))
        for mark in spot.marks:
            text = f"{MARK_SIGNS.get(mark, '!')} {mark}"
            rows += [Row(line, "mark") for line in wrap(text, room, TEXT_SIZE, 2, bold=True)]
    return Box(spot, tuple(rows), wide, len(rows) * LINE + 2 * PAD - 2)


def _words(spot: Spot, room: float) -> list[Row]:
    if spot.kind == "ending":
        return [Row(OUTCOMES[spot.outcome or ""], "outcome")]
    seen = spot.words.startswith("(")
    return [Row(line, "seen" if seen else "words") for line in wrap(spot.words, room, TEXT_SIZE, 2)]


def _drawn(box: Box, corner: Point) -> Element:
    spot = box.spot
    looks = [spot.kind, spot.outcome, *(["unreached"] if UNREACHED in spot.marks else [])]
    inset = STRIPE if spot.kind == "ending" else 0
    left: float = PAD + inset + (20 if spot.kind == "opening" else 0)
    hatch = (
        element("rect", class_="hatch", width=box.wide, height=box.high, rx=6)
        if "unreached" in looks
        else None
    )
    return element(
        "g",
        element("title", _tip(spot)),
        *_shape(box),
        hatch,
        *(
            element("text", row.text, class_=row.look, x=left, y=PAD + LINE * place + 11)
            for place, row in enumerate(box.rows)
        ),
        class_=" ".join(["box", *filter(None, looks)]),
        id=f"box-{spot.key}",
        data_key=spot.key,
        transform=f"translate({corner[0]:g} {corner[1]:g})",
    )


def _shape(box: Box) -> list[Child]:
    if box.spot.kind == "ending":
        return outcome_shape(box.spot.outcome or "", box.wide, box.high, STRIPE)
    if box.spot.kind == "opening":
        middle = box.high / 2
        triangle = f"M {PAD + 1:g} {middle - 6:g} l 11 6 l -11 6 Z"
        frame = element("rect", class_="frame", width=box.wide, height=box.high, rx=box.high / 2)
        return [frame, element("path", class_="entry", d=triangle)]
    return [element("rect", class_="frame", width=box.wide, height=box.high, rx=6)]


def _tip(spot: Spot) -> str:
    if spot.kind == "ending":
        return f"{spot.name}: {OUTCOMES[spot.outcome or '']}\n{spot.words}"
    said = [f"{f'when {when}: ' if when else ''}{says}" for when, says in spot.says]
    return "\n".join([spot.name, *said, *spot.notes])


# Arrows


def _chip_text(arrow: Arrow) -> str:
    if arrow.share is not None:
        return f"quiet {arrow.share}%" if arrow.manner == "quiet" else f"{arrow.share}%"
    if arrow.manner == "quiet":
        return "quiet"
    return str(len(arrow.ways)) if len(arrow.ways) > 1 else ""


def _chip_wide(text: str) -> float:
    return round(max(width(text, 11) + 12, CHIP_HIGH), 1)


def _line(plan: Map, arrow: Arrow, bends: Sequence[Point]) -> Element:
    source, target = plan.spot(arrow.source), plan.spot(arrow.target)
    count = f": {number(len(arrow.ways), 'reply', 'replies')}" if arrow.manner == "reply" else ""
    tip = [f"{source.name} \u2192 {target.name}{count}", *(f"\u2022 {way_line(way)}" for way in arrow.ways)]
    unused = " unused" if arrow.ways and not any(way.offered for way in arrow.ways) else ""
    path = _path(bends)
    return element(
        "g",
        element("title", "\n".join(tip)),
        element("path", class_="reachable", d=path),
        element("path", class_="line", d=path, marker_end="url(#head)"),
        class_=f"arrow {arrow.manner}{unused}{_taken(arrow)}",
        data_from=arrow.source,
        data_to=arrow.target,
    )


def _taken(arrow: Arrow) -> str:
    """How thick a line is where people's shares are known; the figure stands on it."""
    return "" if not arrow.share else f" taken-{min(3, arrow.share // 20 + 1)}"


def _path(bends: Sequence[Point]) -> str:
    """Straight pieces with rounded corners; the last one ends a little early, where its head begins."""
    if len(bends) < 2:
        return ""
    steps = [f"M {bends[0][0]:g} {bends[0][1]:g}"]
    for before, here, after in zip(bends, bends[1:], bends[2:], strict=False):
        turn = min(CORNER, _far(before, here) / 2, _far(here, after) / 2)
        x, y = _towards(here, before, turn)
        u, v = _towards(here, after, turn)
        steps.append(f"L {x:g} {y:g} Q {here[0]:g} {here[1]:g} {u:g} {v:g}")
    x, y = _towards(bends[-1], bends[-2], min(3.0, _far(bends[-1], bends[-2]) / 2))
    return " ".join([*steps, f"L {x:g} {y:g}"])


def _far(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _towards(here: Point, there: Point, far: float) -> Point:
    whole = _far(here, there) or 1.0
    x = here[0] + (there[0] - here[0]) * far / whole
    y = here[1] + (there[1] - here[1]) * far / whole
    return round(x, 2), round(y, 2)


def _chip(arrow: Arrow, text: str, where: Point) -> Element:
    wide = _chip_wide(text)
    x, y = where[0] - wide / 2, where[1] - CHIP_HIGH / 2
    return element(
        "g",
        element("rect", x=x, y=y, width=wide, height=CHIP_HIGH, rx=CHIP_HIGH / 2),
        element("text", text, x=where[0], y=where[1] + 4),
        class_=f"chip {arrow.manner}",
        data_from=arrow.source,
        data_to=arrow.target,
    )
