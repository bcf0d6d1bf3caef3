"""A question in a quiet box, with its answers as a list: one way of asking for every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.words import joined, plain


@dataclass(frozen=True)
class Choice:
    """One answer: what it is called inside, what it says, and a quieter line about it."""

    id: str
    says: str
    about: str = ""


class AskPage(ModalScreen[str]):
    """Ask, and dismiss with the id of what was chosen; escape gives the last answer offered."""

    CSS_PATH = "ask.tcss"
    AUTO_FOCUS = "#answers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", "back", id="ask.back", key_display="esc", tooltip="Leave things as they are"
        ),
    ]

    def __init__(self, question: str, text: str, choices: Sequence[Choice], *, start: str = "") -> None:
        super().__init__()
        self._question, self._text, self._choices = question, text, list(choices)
        self._start = start

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            with VerticalScroll(id="asked", can_focus=False):
                yield Static(plain(self._question, "bold"), id="question")
                if self._text:
                    yield Static(plain(self._text), id="why")
            yield Blocks(
                *[self._option(place, choice) for place, choice in enumerate(self._choices, 1)],
                id="answers",
                pages="#asked",
            )

    def _option(self, place: int, choice: Choice) -> Option:
        body = plain(choice.says)
        if choice.about:
            body = joined(body, plain(f"\n{choice.about}", "$quiet"))
        return Option(Block(body, marker=plain(str(place), "bold $you"), hang=3))

    def on_mount(self) -> None:
        ids = [choice.id for choice in self._choices]
        self.query_one(Blocks).highlighted = ids.index(self._start) if self._start in ids else 0

    def on_key(self, event: events.Key) -> None:
        key = event.key
        if key.isdecimal() and 1 <= int(key) <= len(self._choices):
            event.stop()  # else the page beneath takes the same digit as meant for it
            self.dismiss(self._choices[int(key) - 1].id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index].id)

    def action_back(self) -> None:
        self.dismiss(self._start or self._choices[-1].id)
