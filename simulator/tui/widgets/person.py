"""Beside the conversation where there is room: who this is, where we are, who the trainee is here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from simulator.tui.words import paragraphs, plain


class PersonPanel(VerticalScroll, can_focus=False):
    """A few quiet lines about the person met."""

    DEFAULT_CSS = """
    PersonPanel { width: 32; padding: 1 2; border-left: solid $line; display: none; color: $quiet; }
    """

    def __init__(self, name: str, about: str, setting: str, role: str) -> None:
        super().__init__()
        self._told = paragraphs(
            [
                plain(name, "bold $person"),
                plain(about),
                plain(setting),
                plain(f"You are the {role} here." if role else ""),
            ]
        )

    def compose(self) -> ComposeResult:
        yield Static(self._told)
