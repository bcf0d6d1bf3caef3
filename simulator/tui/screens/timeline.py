"""What went on in the person, turn by turn: a chart, the same as a table, and what came to light or could have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList

from simulator.tui.screens.part import ReadPage, Row, part
from simulator.tui.telling import gauges
from simulator.tui.widgets.blocks import Block
from simulator.tui.widgets.chart import Chart
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain

if TYPE_CHECKING:
    from simulator.told import Part

FROM_0: Final = "As the scene has it, each from 0 to 10."
_WIDE: Final = 80


class TimelinePage(ReadPage):
    """The list is the table; the chart above it marks the turn that the cursor is on."""

    PART: ClassVar[Part] = "timeline"
    HELP = (
        "How tension, trust and felt safety went over the turns, each from 0 to 10: a chart, and below it the "
        "same as a table. v shows or hides the chart. Enter opens a turn with everything about it; t tries "
        "it again from there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "q",
            "finish",
            "finish",
            show=False,
            id="timeline.finish",
            tooltip="Leave the rest for another time, by way of aftercare",
        ),
        Binding("v", "chart", "chart", id="timeline.chart", tooltip="Show the chart, or the table alone"),
    ]

    def compose(self) -> ComposeResult:
        yield Title(self.session.title, self.where)
        with Vertical(id="page"):
            yield Chart(self.session.debrief().points)
            yield self.told()
        yield KeyBar()

    def made(self) -> Iterator[Row]:
        debrief = self.session.debrief()
        wide = self.app.size.width >= _WIDE
        before = None
        for point in debrief.points:
            turn = point.turn
            name = f"Turn {turn}" if turn else "Began"
            body = plain(gauges(point, before, wide))
            for says in point.came_to_light:
                body = joined(body, plain(f"\n* came to light: {says}", "$you"))
            block = Block(body, marker=plain(name, "bold $you"), hang=9)
            yield Row(block, partial(self._open, turn) if turn else None, turn=turn or None)
            before = point
        hidden = [says for says, found in debrief.came_to_light if not found]
        if hidden:
            yield Row(part("What could have come to light", "\n".join(hidden)))
        yield Row(Block(plain(FROM_0, "$quiet"), above=1))
        if debrief.legal_note:
            yield Row(part("A note on the law", debrief.legal_note))

    def _open(self, turn: int) -> None:
        from simulator.tui.screens.opened import TurnsPage

        self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", [("", False, (turn,))]))

    @on(OptionList.OptionHighlighted, "#told")
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        charts = self.query(Chart)
        if charts:
            chart = charts.first()
            place = event.option_index
            chart.show(place if place < len(chart.points) else None)

    def action_chart(self) -> None:
        chart = self.query_one(Chart)
        chart.display = not chart.display
