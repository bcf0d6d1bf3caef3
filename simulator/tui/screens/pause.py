"""The pause: the screen is covered, nothing moves, and there is no hurry."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.words import paragraphs, plain


class PausePage(Screen[str]):
    """Covers everything; says `on` or `out` when left."""

    CSS_PATH = "still.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p,enter,space", "on", "go on", key_display="p", id="pause.on", tooltip="Go on where you stopped"
        ),
        Binding(
            "x", "out", "step out", id="pause.out", tooltip="Leave the scene kindly; nothing of it is judged"
        ),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="still"):
            yield Static(plain("Paused", "bold $person"))
            yield Static(
                paragraphs(
                    [
                        plain("Nothing moves until you say so. The person waits, and so does the time."),
                        plain("Put both feet on the floor. Let your shoulders drop. Breathe out slowly."),
                        plain("Press p to go on, or x to step out. Either is all right.", "$quiet"),
                    ]
                )
            )
        yield KeyBar()

    def action_on(self) -> None:
        self.dismiss("on")

    def action_out(self) -> None:
        self.dismiss("out")
