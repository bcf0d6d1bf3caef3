"""The window is too small to talk in: said in as little room as there is, and nothing moves meanwhile."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from simulator.terminal import SMALLEST
from simulator.tui.base import BaseApp
from simulator.tui.words import plain


class SmallPage(Screen[None]):
    """No list, no input: only words that can be cut."""

    CSS_PATH = "still.tcss"

    def compose(self) -> ComposeResult:
        columns, rows = SMALLEST
        wanted = f"This window is too small.\nMake it {columns} by {rows} or more; everything waits."
        yield Static(plain(f"{wanted}\nOr: words-first play --plain"))

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        """What lay over this page is gone; the window may have grown meanwhile."""
        if isinstance(self.app, BaseApp):
            self.call_after_refresh(self.app.mind_the_size)
