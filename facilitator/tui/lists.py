"""A list of lines to read with a cursor, whatever the section; the cursor stays with its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.tui.rows import Line
from simulator.tui.base import Page
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title


class Listing(Page):
    """A page with such a list, `#told`."""

    AUTO_FOCUS = "#told"

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    @property
    def listed(self) -> Blocks:
        return self.query_one("#told", Blocks)

    def lay(self, lines: Iterable[Line], stay: bool = True) -> None:
        """Show these lines; with `stay` the cursor goes to the line of the same key, or keeps its place."""
        before, place = self.line, self.listed.highlighted or 0
        self.lines = list(lines)
        keys = [line.key for line in self.lines]
        self.listed.set_options([Option(line.block) for line in self.lines])
        if not self.lines:
            return
        if not stay:
            place = 0
        elif before is not None and before.key and before.key in keys:
            place = keys.index(before.key)
        self.listed.highlighted = min(place, len(self.lines) - 1)

    @property
    def line(self) -> Line | None:
        """The line that the cursor is on."""
        place = self.listed.highlighted if self.lines else None
        return self.lines[place] if place is not None and place < len(self.lines) else None

    @on(OptionList.OptionSelected, "#told")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.opened()

    def opened(self) -> None:
        """Enter was pressed: open what the line opens, else read on."""
        line = self.line
        if line is not None and line.opens is not None:
            line.opens()
        else:
            self.listed.action_cursor_down()


class OpenedPage(Listing):
    """Blocks over another page, to read; escape goes back."""

    HELP = "Everything there is to this one. Escape goes back to where you were."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", key_display="esc", id="opened.back", tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, heading: str, blocks: Iterable[Block]) -> None:
        super().__init__()
        self._heading = heading
        self._blocks = list(blocks)

    def compose(self) -> ComposeResult:
        yield Title(self._heading, "opened")
        with Vertical(id="left"):
            yield Blocks(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        self.lay([Line(block) for block in self._blocks])

    def action_back(self) -> None:
        self.dismiss()
