"""A list to read where some rows open: Enter opens those, and reads on elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from simulator.tui.widgets.blocks import Blocks


class Told(Blocks):
    """`opens` says whether the row with the cursor opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            "open",
            key_display="enter",
            id="told.open",
            tooltip="Open what the cursor is on",
        ),
        Binding("enter", "read_on", "read on", show=False, id="told.on", tooltip="Read on"),
    ]

    def __init__(self, opens: Callable[[], bool]) -> None:
        super().__init__(id="told")
        self._opens = opens
        self._following = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._opens() if action == "select" else True

    def action_page_on(self) -> None:
        super().action_page_on()
        self.call_after_refresh(self._follow)

    def action_page_back(self) -> None:
        super().action_page_back()
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """The cursor comes along with a page, so that Enter never opens what is out of sight."""
        top, window = self.scroll_offset.y, self.scrollable_content_region.height
        starts = [self._index_to_line[place] for place in range(self.option_count)]
        begun = [place for place, line in enumerate(starts) if top <= line < top + window]
        before = [place for place, line in enumerate(starts) if line < top]
        if begun or before:
            self._following = True
            self.highlighted = begun[0] if begun else before[-1]
            self._following = False

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Show the row with the cursor, unless the cursor has just followed what is shown."""
        if not self._following:
            super().scroll_to_highlight(top)

    def action_read_on(self) -> None:
        """The next row; where all is in sight, the last, which goes on."""
        if self.max_scroll_y:
            self.action_cursor_down()
        else:
            self.action_last()
