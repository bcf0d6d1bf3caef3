"""The door of the review app: the first facilitator is made here, and everybody gives their passphrase here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from facilitator.errors import WrongPassphrase
from facilitator.first import AGAIN, CHOOSE, FIRST, NAME, NOT_THE_SAME, TOO_SHORT
from facilitator.passphrases import SHORTEST
from simulator.errors import SimulatorError
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from facilitator.room import Room
    from facilitator.rows import Facilitator

SECTOR: Final = "Where do you review from? A session can ask for a second view from the other."
WHO: Final = "Who are you?"
PASSPHRASE: Final = "The passphrase of {name}. It is not shown."
LOOKING: Final = "Looking …"
_SECTORS: Final = (
    ("nhs", "The NHS"),
    ("voluntary", "The voluntary sector"),
    ("", "Neither, or I would rather not say"),
)


class DoorPage(Screen[bool]):
    """Dismissed once somebody has been let in. It covers all of whatever it stands before."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", "back", id="door.back", key_display="esc", priority=True, tooltip="Somebody else"
        ),
        Binding("ctrl+q", "app.leave", "leave", id="door.leave", key_display="ctrl+q", priority=True,
                tooltip="Leave"),
    ]  # fmt: skip

    def __init__(self, room: Room, name: str | None = None, why: str = "") -> None:
        super().__init__()
        self.room = room
        self._called = name
        self._why = why
        self._names: list[str] = []
        self._asking = ""
        self._given = ""
        self._until = 0.0

    @property
    def _relock(self) -> bool:
        return bool(self._why)

    def compose(self) -> ComposeResult:
        yield Title("Words First", "review")
        with Vertical(id="door"):
            yield Static(plain(LOOKING), id="asked", classes="words")
            yield Static(plain(""), id="wrong", classes="words")
            yield Input(id="typed", max_length=500)
            yield Blocks(id="answers")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#typed").display = False
        self.query_one("#answers").display = False
        self.set_interval(0.5, self._count_down)
        self.look()

    @work(exclusive=True, group="looking")
    async def look(self) -> None:
        """Who reviews here decides what is asked."""
        try:
            self._names = await asyncio.to_thread(lambda: self.room.names)
        except SimulatorError as error:
            self.query_one("#asked", Static).update(plain(str(error)))
            return
        if not self._names:
            self._ask("name", *FIRST, NAME)
        elif self._called is None and len(self._names) > 1:
            self._who()
        else:
            self._called = self._called or self._names[0]
            self._passphrase()

    # asking

    def _ask(self, asking: str, *words: str, wrong: str = "") -> None:
        self._asking = asking
        said = [plain(each) for each in words[:-1]]
        self.query_one("#asked", Static).update(paragraphs([*said, plain(words[-1], "bold")]))
        self._say(wrong)
        listing = asking in ("who", "sector")
        typed, answers = self.query_one(Input), self.query_one(Blocks)
        typed.value = ""
        typed.password = asking in ("passphrase", "choose", "again")
        typed.display, answers.display = not listing, listing
        (answers if listing else typed).focus()
        self.refresh_bindings()

    def _say(self, words: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(plain(words, "$person"))
        wrong.display = bool(words)

    def _list(self, rows: list[str]) -> None:
        answers = self.query_one(Blocks)
        answers.set_options(
            [Option(Block(plain(row), marker=plain("›", "bold $you"), hang=2)) for row in rows]
        )
        answers.highlighted = 0

    def _who(self) -> None:
        self._list(self._names)
        self._ask("who", WHO)

    def _passphrase(self, wrong: str = "") -> None:
        above = [self._why] if self._why else []
        self._ask("passphrase", *above, PASSPHRASE.format(name=self._called), wrong=wrong)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return self._asking in ("choose", "again", "sector") or (
                self._asking == "passphrase" and not self._relock and len(self._names) > 1
            )
        return True

    def action_back(self) -> None:
        if self._asking == "passphrase":
            self._who()
        else:
            self._ask("name", *FIRST, NAME)

    # answering

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value
        if self._asking == "name" and typed.strip():
            self._called = typed
            self._ask("choose", CHOOSE)
        elif self._asking == "choose":
            if len(typed.strip()) < SHORTEST:
                self._ask("choose", CHOOSE, wrong=TOO_SHORT)
                return
            self._given = typed
            self._ask("again", AGAIN)
        elif self._asking == "again":
            if typed.strip() != self._given.strip():
                self._ask("choose", CHOOSE, wrong=NOT_THE_SAME)
                return
            self._list([words for _, words in _SECTORS])
            self._ask("sector", SECTOR)
        elif self._asking == "passphrase" and typed:
            self._let_in(lambda: self.room.enter(typed, self._called))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._asking == "who":
            self._called = self._names[event.option_index]
            self._passphrase()
            return
        sector = _SECTORS[event.option_index][0]
        name, given = self._called or "", self._given
        self._let_in(lambda: self.room.make_first(name, given, sector))

    @work(exclusive=True, group="entering")
    async def _let_in(self, call: Callable[[], Facilitator]) -> None:
        first = self._asking == "sector"
        self._asking = "entering"
        try:
            await asyncio.to_thread(call)
        except WrongPassphrase as wrong:
            self._until = self._now() + wrong.wait if wrong.wait else 0.0
            self._passphrase(wrong.message)
            self._count_down()
        except SimulatorError as error:
            if first:
                self._ask("name", *FIRST, NAME, wrong=str(error))
            else:
                self._passphrase(str(error))
        else:
            self._given = ""
            self.dismiss(True)

    def _now(self) -> float:
        clock: Callable[[], float] = self.app.clock  # type: ignore[attr-defined]
        return clock()

    def _count_down(self) -> None:
        """After wrong tries, how long to let pass; nothing is lost by waiting."""
        if not self._until:
            return
        left = round(self._until - self._now() + 0.49)
        if left > 0:
            self._say(
                f"That passphrase does not fit. You can try again in {left} s; nothing is lost meanwhile."
            )
        else:
            self._until = 0.0
            self._say("That passphrase did not fit. You can try again now.")
