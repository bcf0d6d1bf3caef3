"""Tension, trust and felt safety over the turns, as three strips of blocks; marks, not colour, tell them apart.

The figures stand in the table beside it: the chart shows the shape of them. Where a terminal's letters have no
blocks, plain letters are drawn.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import Static

from simulator.tui.words import joined, plain, stacked

if TYPE_CHECKING:
    from simulator.shown_debrief import TimelinePoint

HIGHEST: Final = 10
GAUGES: Final = (("tension", "$person"), ("trust", "$you"), ("felt safety", "$ink"))
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_GUTTER: Final = 15
_WIDEST: Final = 4
_NO_BLOCKS: Final = frozenset({"linux", "vt100", "vt102", "vt220", "ansi", "cygwin"})


def without_blocks(environment: Mapping[str, str]) -> bool:
    """Whether this terminal's own letters are known to lack the blocks."""
    return environment.get("TERM", "") in _NO_BLOCKS


def column(value: int, height: int, letters: bool = False) -> list[str]:
    """A gauge 0..10 as one column of `height` cells, the top first; 0 is the thinnest line there is.

    With `letters` a full cell is `#`, and the cell that it ends in is the figure itself (`X` for 10).
    """
    if letters:
        full = min(value * height // (HIGHEST + 1), height - 1)
        top = "X" if value == HIGHEST else str(value)
        return [*" " * (height - 1 - full), top, *"#" * full]
    eighths = max(round(value * height * 8 / HIGHEST), 1)
    return [_EIGHTHS[min(max(eighths - 8 * (height - 1 - row), 0), 8)] for row in range(height)]


def span(count: int, cursor: int | None, width: int) -> tuple[range, int]:
    """Which points fit into `width` cells, the cursor's among them, and the cells that each has."""
    each = max(min(width // max(count, 1), _WIDEST), 1)
    fits = max(width // each, 1)
    if count <= fits:
        return range(count), each
    last = min(max(fits, (cursor if cursor is not None else count - 1) + 1), count)
    return range(last - fits, last), each


def chart(
    points: Sequence[TimelinePoint], cursor: int | None, width: int, height: int, letters: bool = False
) -> Content:
    """The chart in `width` cells, each strip `height` lines; below it the turns, and a mark at the cursor's."""
    gutter = _GUTTER if width >= 56 else 12
    there, each = span(len(points), cursor, width - gutter)
    lines = []
    for place, (name, colour) in enumerate(GAUGES):
        if place and height > 2:
            lines.append(plain(""))
        columns = [column(_value(points[at], place), height, letters) for at in there]
        for row in range(height):
            scale = (
                {0: str(HIGHEST), height - 1: "0"}.get(row, "") if height > 1 and gutter == _GUTTER else ""
            )
            label = f"{name if row == 0 else '':<11} {scale:>2}" if gutter == _GUTTER else f"{name:<11}"
            bars = "".join(column[row] * max(each - 1, 1) + " " * (each > 1) for column in columns)
            lines.append(joined(plain(f"{label:<{gutter}}", "$quiet"), plain(bars, colour)))
    if any(points[at].came_to_light for at in there):
        marks = "".join(("*" if points[at].came_to_light else " ").ljust(each) for at in there)
        lines.append(joined(plain(f"{'to light':<{gutter}}", "$quiet"), plain(marks)))
    lines.append(_axis(there, each, cursor, gutter))
    return stacked(lines)


def _value(point: TimelinePoint, place: int) -> int:
    return (point.tension, point.trust, point.safety)[place]


def _axis(there: range, each: int, cursor: int | None, gutter: int) -> Content:
    """The numbers of the turns where they fit, and `^` with its number under the one the cursor is on."""
    cells = [" "] * (len(there) * each + 4)
    step = 1 if each > 2 else 5
    for at in there:
        if at % step == 0:
            _write(cells, (at - there.start) * each, str(at))
    if cursor is not None and cursor in there:
        place = (cursor - there.start) * each
        _write(cells, place, f"^{cursor}")
    return joined(plain(f"{'turn':<{gutter}}", "$quiet"), plain("".join(cells).rstrip(), "bold"))


def _write(cells: list[str], place: int, text: str) -> None:
    for offset, letter in enumerate(text):
        if place + offset < len(cells):
            cells[place + offset] = letter


class Chart(Static):
    """The chart, drawn anew for the room there is."""

    def __init__(self, points: Sequence[TimelinePoint]) -> None:
        super().__init__(id="chart")
        self.points = points
        self.cursor: int | None = None

    def on_resize(self) -> None:
        self.show(self.cursor)

    def show(self, cursor: int | None) -> None:
        """Mark a turn, or none."""
        self.cursor = cursor
        rows = self.app.size.height
        height = 1 if rows < 20 else 2 if rows < 32 else 3
        width = self.content_size.width
        if width > 20:
            self.update(chart(self.points, cursor, width, height, without_blocks(os.environ)))
