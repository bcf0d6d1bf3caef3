"""The chart of the timeline: what it draws for which figures, in which room, and without blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.shown_debrief import TimelinePoint
from simulator.tui.widgets.chart import chart, column, span, without_blocks


def points(count: int) -> list[TimelinePoint]:
    return [TimelinePoint(at, at % 11, (at * 3) % 11, 10 - at % 11, ()) for at in range(count)]


@pytest.mark.parametrize(
    ("value", "height", "drawn"),
    [(0, 1, "▁"), (5, 1, "▄"), (10, 1, "█"), (0, 2, " ▁"), (5, 2, " █"), (6, 2, "▂█"), (10, 3, "███")],
)
def test_a_column(value: int, height: int, drawn: str) -> None:
    assert "".join(column(value, height)) == drawn


@pytest.mark.parametrize("height", [1, 2, 3])
@pytest.mark.parametrize("letters", [False, True])
def test_more_is_never_drawn_lower(height: int, letters: bool) -> None:
    def filled(value: int) -> int:
        return sum(cell != " " for cell in column(value, height, letters))

    heights = [filled(value) for value in range(11)]
    assert heights == sorted(heights) and heights[0] == 1 and heights[10] == height


@pytest.mark.parametrize("value", range(11))
def test_letters_tell_the_figure(value: int) -> None:
    drawn = "".join(column(value, 3, letters=True))
    assert ("X" if value == 10 else str(value)) in drawn and drawn.isascii()


@given(st.integers(1, 61), st.integers(0, 60), st.integers(10, 100))
def test_the_cursor_is_always_in_what_is_drawn(count: int, cursor: int, width: int) -> None:
    cursor = min(cursor, count - 1)
    there, each = span(count, cursor, width)
    assert cursor in there and len(there) * each <= width and there.start >= 0 and there.stop <= count


@pytest.mark.parametrize("width", [38, 76, 116])
@pytest.mark.parametrize("letters", [False, True])
def test_the_longest_scene_fits(width: int, letters: bool) -> None:
    drawn = chart(points(61), 60, width, 2, letters).plain
    assert max(map(len, drawn.splitlines())) <= width + 4
    assert "^60" in drawn and "tension" in drawn and "felt safety" in drawn
    assert not letters or drawn.isascii()


def test_where_there_are_no_blocks() -> None:
    assert without_blocks({"TERM": "linux"}) and not without_blocks({"TERM": "xterm-256color"})
