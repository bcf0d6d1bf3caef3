"""Who is practising: choose a name, or make one; a PIN where somebody wants one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import SimulatorError, WrongPin
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.words import joined, plain

if TYPE_CHECKING:
    from simulator.trainees import Trainee
    from simulator.tui.app import TraineeApp

NEW: Final = "Somebody new"
ASK_NAME: Final = "What shall we call you? Any name will do; it need not be yours."
ASK_NEW_PIN: Final = "A PIN, if you want one (4 to 32 characters). Enter alone: no PIN."
ASK_PIN: Final = "The PIN of this name. It is not shown."


class WhoPage(ModalScreen[bool]):
    """Dismissed with True where somebody else practises from now on, or the PIN was given."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="who.back", key_display="esc", tooltip="Leave it as it is"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: Sequence[Trainee] = ()
        self._asking = ""
        self._who = ""

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain("Who is practising?", "bold"))
            yield Static(plain(""), id="why")
            yield Blocks(id="answers")
            yield Input(id="typed", max_length=60)

    def on_mount(self) -> None:
        self.query_one("#typed").display = False
        self.look()

    @work(exclusive=True)
    async def look(self) -> None:
        practice = self.ward.practice
        try:
            acting = await asyncio.to_thread(practice.trainee)
            self._people = await asyncio.to_thread(practice.trainees)
            locked = await asyncio.to_thread(lambda: practice.locked)
        except SimulatorError as error:
            self._say(f"{error.message} {error.advice}")
            return
        rows = []
        for person in self._people:
            marks = [
                words
                for words, there in (("has a PIN", person.has_pin), ("now", person.id == acting.id))
                if there
            ]
            rows.append(
                Option(Block(joined(plain(person.name), plain(f"  {', '.join(marks)}", "$quiet")), hang=2))
            )
        rows.append(Option(Block(plain(NEW, "italic"), hang=2)))
        listed = self.query_one(Blocks)
        listed.set_options(rows)
        ids = [person.id for person in self._people]
        listed.highlighted = ids.index(acting.id) if acting.id in ids else 0
        listed.focus()
        if locked:
            self._ask_pin(acting.name)

    def _say(self, words: str) -> None:
        self.query_one("#why", Static).update(plain(words))

    def _ask(self, asking: str, words: str, hidden: bool) -> None:
        self._asking = asking
        self._say(words)
        typed = self.query_one(Input)
        typed.value, typed.password, typed.display = "", hidden, True
        self.query_one(Blocks).display = False
        typed.focus()

    def _ask_pin(self, name: str) -> None:
        self._who = name
        self._ask("pin", f"{name}: {ASK_PIN[0].lower()}{ASK_PIN[1:]}", True)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index >= len(self._people):
            self._ask("name", ASK_NAME, False)
            return
        person = self._people[event.option_index]
        if person.has_pin:
            self._ask_pin(person.name)
        else:
            self._become(lambda: self.ward.practice.choose(person.name))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value
        practice = self.ward.practice
        if self._asking == "name":
            if typed.strip():
                self._who = typed
                self._ask("new-pin", ASK_NEW_PIN, True)
        elif self._asking == "new-pin":
            self._become(lambda: practice.make(self._who, typed or None))
        else:
            self._become(lambda: practice.choose(self._who, typed))

    @work(exclusive=True, group="becoming")
    async def _become(self, call: Callable[[], Trainee]) -> None:
        try:
            await asyncio.to_thread(call)
        except WrongPin as wrong:
            self._ask("pin", str(wrong), True)
        except SimulatorError as error:
            self._say(f"{error.message} {error.advice}")
        else:
            self.dismiss(True)

    def action_back(self) -> None:
        if self._asking and self._people:
            self._asking = ""
            self._say("")
            self.query_one(Input).display = False
            self.query_one(Blocks).display = True
            self.query_one(Blocks).focus()
        else:
            self.dismiss(False)
