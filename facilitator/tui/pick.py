"""One thing to be chosen out of many, by typing the beginning of it; and one line to be typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import SimulatorError
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.words import plain

Found = Sequence[tuple[str, str]]
"""What can be chosen: what it is called inside, and what it says."""
NOTHING = "Nothing here begins like that."


class PickPage(ModalScreen[str]):
    """Dismissed with what was chosen, or with None where things are left as they are.

    `find` gives what fits the letters typed so far. It runs in a thread; only the latest answer counts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", key_display="esc", id="pick.back", priority=True,
                tooltip="Leave it as it is"),
        Binding("down", "move(1)", "down", show=False, id="pick.down", priority=True, tooltip="One down"),
        Binding("up", "move(-1)", "up", show=False, id="pick.up", priority=True, tooltip="One up"),
    ]  # fmt: skip

    def __init__(
        self, question: str, find: Callable[[str], Found], hint: str = "Type the beginning of it"
    ) -> None:
        super().__init__()
        self._question, self._find, self._hint = question, find, hint
        self._found: Found = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._question, "bold"))
            yield Input(placeholder=self._hint, id="typed", max_length=100)
            yield Static(plain(""), id="nothing")
            yield Blocks(id="found")

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.look("")

    @work(exclusive=True, group="finding")
    async def look(self, typed: str) -> None:
        """Find what fits; an answer to what was typed before comes to nothing."""
        try:
            found = await asyncio.to_thread(self._find, typed)
            said = "" if found else NOTHING
        except SimulatorError as error:
            found, said = (), str(error)
        self._found = found
        listed = self.query_one(Blocks)
        listed.set_options([Option(Block(plain(says), hang=2)) for _, says in found])
        listed.highlighted = 0 if found else None
        self.query_one("#nothing", Static).update(plain(said, "$quiet"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.look(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self.query_one(Blocks).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int | None) -> None:
        if place is not None and place < len(self._found):
            self.dismiss(self._found[place][0])

    def action_move(self, step: int) -> None:
        listed = self.query_one(Blocks)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def action_back(self) -> None:
        self.dismiss(None)


class LinePage(ModalScreen[bool]):
    """One line to type. It stays, with what is typed in it, until it could be kept; esc leaves it.

    `keep` raises SimulatorError where that is not possible yet.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", key_display="esc", id="line.back", priority=True,
                tooltip="Leave it as it is"),
    ]  # fmt: skip

    def __init__(
        self,
        question: str,
        about: str,
        keep: Callable[[str], object],
        *,
        said: str = "",
        hidden: bool = False,
    ) -> None:
        super().__init__()
        self._question, self._about, self._keep = question, about, keep
        self._said, self._hidden = said, hidden

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(self._question, "bold"))
            yield Static(plain(self._about, "$quiet"))
            yield Input(self._said, id="typed", max_length=500, password=self._hidden)
            yield Static(plain(""), id="wrong")
            yield Static(plain("enter keeps it   esc leaves it", "$quiet"))

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._keep(event.value)
        except SimulatorError as error:
            self.query_one("#wrong", Static).update(plain(str(error), "$person"))
            return
        self.dismiss(True)

    def on_key(self, event: events.Key) -> None:
        self.query_one("#wrong", Static).update(plain(""))

    def action_back(self) -> None:
        self.dismiss(False)
