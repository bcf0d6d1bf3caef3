"""The first line of a page: where we are on the left, a quiet word on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from simulator.tui.words import plain


class Title(Horizontal):
    """Two texts on one line, a thin rule below."""

    DEFAULT_CSS = """
    Title {
        dock: top; height: 2; padding: 0 2; border-bottom: solid $line; background: $background;
        & > Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #title-left { width: 1fr; text-style: bold; }
        & > #title-right { width: auto; max-width: 60%; color: $quiet; padding: 0 0 0 2; }
    }
    """

    def __init__(self, left: str, right: str = "") -> None:
        super().__init__()
        self._left, self._right = left, right

    def compose(self) -> ComposeResult:
        yield Static(plain(self._left), id="title-left")
        yield Static(plain(self._right), id="title-right")

    def say(self, right: str) -> None:
        """Change the word on the right."""
        self.query_one("#title-right", Static).update(plain(right))
