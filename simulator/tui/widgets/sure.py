"""From 0 to 10 on one line: the arrows or the digits choose, and nothing is chosen to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from simulator.tui.words import joined, plain

MOST: Final = 10


class Sure(Static, can_focus=True):
    """A point from 0 to 10, or none."""

    @dataclass
    class Said(Message):
        """Enter was pressed; `value` is what stands there."""

        value: int | None

    DEFAULT_CSS = "Sure { height: auto; margin: 1 0 0 0; padding: 0 1; width: 1fr; max-width: 80; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,down", "move(-1)", "less", show=False, id="sure.less", tooltip="One less"),
        Binding("right,up", "move(1)", "more", show=False, id="sure.more", tooltip="One more"),
        Binding("enter", "said", "go on", show=False, id="sure.said", tooltip="Keep it and go on"),
        *[
            Binding(
                str(digit),
                f"digit({digit})",
                "choose",
                show=False,
                id=f"sure.{digit}",
                key_display="0–9" if digit == 0 else str(digit),
                tooltip="That number; 1 and then 0 is ten",
                system=digit > 0,
            )
            for digit in range(10)
        ],
    ]

    def __init__(self) -> None:
        super().__init__(id="sure")
        self.value: int | None = None

    def on_mount(self) -> None:
        self.show(self.value)

    def show(self, value: int | None) -> None:
        """Choose a point, or none."""
        self.value = value
        points = []
        for point in range(MOST + 1):
            chosen = point == value
            points.append(
                plain(f"[{point}]" if chosen else f" {point} ", "bold $you" if chosen else "$quiet")
            )
        said = "not said" if value is None else f"{value} of {MOST}"
        ends = plain("\n0 not at all, 10 completely", "$quiet")
        self.update(joined(Content("").join(points), ends, plain(f"\n{said}", "bold")))

    def action_move(self, step: int) -> None:
        if self.value is None:
            self.show(MOST // 2)
            return
        moved = self.value + step
        self.show(moved if 0 <= moved <= MOST else self.value)

    def action_digit(self, digit: int) -> None:
        self.show(MOST if self.value == 1 and digit == 0 else digit)

    def action_said(self) -> None:
        self.post_message(self.Said(self.value))
