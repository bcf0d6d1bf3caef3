"""A bare Textual screen of the chooser's kinds of widget, with as many rows: what the framework alone costs."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option


class Bare(App[None]):
    """Title, input, list, status line."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield Static(Content("Words First"))
        yield Input(placeholder="Type")
        yield OptionList(*[Option(Content(f"Row {row}\nSecond line of it")) for row in range(self.rows)])
        yield Static(Content("keys"))

    def on_mount(self) -> None:
        self.call_after_refresh(self.exit)


if __name__ == "__main__":
    Bare(int(sys.argv[1])).run()
