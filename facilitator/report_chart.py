"""The way tension, trust and felt safety went, as a drawing. Each line has its own dash, mark and name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from scenarios.markup import Child, element
from simulator.shown_debrief import TimelinePoint

WIDE: Final = 680
HIGH: Final = 250
LEFT: Final = 64
RIGHT: Final = 112
TOP: Final = 16
BOTTOM: Final = 42
MOST: Final = 10
GAUGES: Final = (("tension", "tension"), ("trust", "trust"), ("safety", "felt safety"))
_ENDS: Final = {0: "low 0", MOST: "high 10"}
_APART: Final = 16
_MARK: Final = 4.5
_MOST_TICKS: Final = 16


def chart(points: Sequence[TimelinePoint], name: str, key: str) -> Element | None:
    """The drawing; `key` keeps its ids apart from others on the page. None where there is nothing to draw."""
    if len(points) < 2:
        return None
    lines = [_line(points, gauge) for gauge, _ in GAUGES]
    return element(
        "svg",
        element("title", name, id=f"{key}-name"),
        element("desc", _told(points), id=f"{key}-told"),
        *_grid(points),
        *lines,
        *_names(points),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        role="img",
        aria_labelledby=f"{key}-name",
        aria_describedby=f"{key}-told",
        viewBox=f"0 0 {WIDE} {HIGH}",
    )


def _told(points: Sequence[TimelinePoint]) -> str:
    """The drawing in a sentence; the table beside it has every figure."""
    first, last = points[0], points[-1]
    said = [
        f"{words} from {getattr(first, gauge)} to {getattr(last, gauge)}, highest {_highest(points, gauge)}"
        for gauge, words in GAUGES
    ]
    return f"Over {last.turn} turns: {'; '.join(said)}. Every figure is in the table below."


def _highest(points: Sequence[TimelinePoint], gauge: str) -> str:
    top = max(points, key=lambda point: (getattr(point, gauge), -point.turn))
    return (
        f"{getattr(top, gauge)} after turn {top.turn}"
        if top.turn
        else f"{getattr(top, gauge)} at the beginning"
    )


def _x(points: Sequence[TimelinePoint], place: int) -> float:
    return LEFT + (WIDE - LEFT - RIGHT) * place / (len(points) - 1)


def _y(value: float) -> float:
    return TOP + (HIGH - TOP - BOTTOM) * (1 - value / MOST)


def _grid(points: Sequence[TimelinePoint]) -> list[Child]:
    made: list[Child] = []
    for value in (0, 5, 10):
        made.append(element("path", class_="grid", d=f"M {LEFT} {_y(value):g} H {WIDE - RIGHT}"))
        made.append(
            element("text", _ENDS.get(value, str(value)), class_="scale", x=LEFT - 10, y=_y(value) + 4)
        )
    every = -(-len(points) // _MOST_TICKS)
    for place in range(0, len(points), every):
        turn = points[place].turn
        label = str(turn) if turn else "start"
        made.append(element("text", label, class_="tick", x=_x(points, place), y=HIGH - BOTTOM + 18))
    middle = LEFT + (WIDE - LEFT - RIGHT) / 2
    made.append(element("text", "after turn", class_="tick", x=middle, y=HIGH - 6))
    return made


def _line(points: Sequence[TimelinePoint], gauge: str) -> Element:
    places = [(_x(points, at), _y(getattr(point, gauge))) for at, point in enumerate(points)]
    path = " ".join(f"{'L' if at else 'M'} {x:.1f} {y:.1f}" for at, (x, y) in enumerate(places))
    marks = [_mark(gauge, x, y) for x, y in places]
    return element("g", element("path", class_="way", d=path), *marks, class_=f"gauge {gauge}")


def _mark(gauge: str, x: float, y: float) -> Element:
    """A round, a square or a diamond."""
    if gauge == "tension":
        return element("circle", class_="mark", cx=x, cy=y, r=_MARK)
    if gauge == "trust":
        return element("rect", class_="mark", x=x - _MARK, y=y - _MARK, width=2 * _MARK, height=2 * _MARK)
    far = _MARK * 1.3
    return element(
        "path", class_="mark", d=f"M {x:.1f} {y - far:.1f} l {far} {far} l {-far} {far} l {-far} {-far} Z"
    )


def _names(points: Sequence[TimelinePoint]) -> list[Child]:
    """Each line's name at its end, moved apart where two end together."""
    last = points[-1]
    ends = sorted((_y(getattr(last, gauge)), gauge, words) for gauge, words in GAUGES)
    made: list[Child] = []
    above: float = TOP - _APART
    left = len(ends)
    for y, gauge, words in ends:
        left -= 1
        lowest = HIGH - BOTTOM - left * _APART  # room is kept for those still to come
        here = min(max(y, above + _APART), lowest)
        made.append(element("g", _mark(gauge, WIDE - RIGHT + 18, here), class_=f"gauge {gauge}"))
        made.append(element("text", words, class_=f"named {gauge}", x=WIDE - RIGHT + 28, y=here + 4))
        above = here
    return made
