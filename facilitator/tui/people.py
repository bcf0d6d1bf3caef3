"""Who reviews here: those there are, somebody new, another passphrase, and the group a trainee practises in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from facilitator.passphrases import SHORTEST
from facilitator.tui.lists import Listing
from facilitator.tui.pick import LinePage, PickPage
from facilitator.tui.rows import Line, block
from facilitator.tui.wording import SECTORS
from simulator.errors import SimulatorError
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import plain

if TYPE_CHECKING:
    from facilitator.rows import Facilitator
    from facilitator.tui.app import ReviewApp

MOVES = (
    "From now on. What they shared while in no group goes along, unless its review has begun; the rest stays where it "
    "is. Nothing at all: no group."
)
_PASSPHRASE = f"{SHORTEST} characters or more. It is not shown."


class PeoplePage(Listing):
    """Facilitators as a list; whoever looks after all groups can change it."""

    HELP = (
        "Who reviews on these records, and whose sessions they see. a adds a colleague; c changes your own "
        "passphrase; m puts a trainee into a group; Enter on a colleague lets them review here no longer."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add somebody", id="people.add", tooltip="Let a colleague review here"),
        Binding("c", "change", "my passphrase", id="people.change", tooltip="Another passphrase for yourself"),
        Binding("m", "member", "a trainee's group", id="people.member", tooltip="Put a trainee into a group"),
        Binding("escape,q", "back", "back", key_display="esc", id="people.back", tooltip="Back to the table"),
    ]  # fmt: skip

    @property
    def desk(self) -> ReviewApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title("Who reviews here")
        with Vertical(id="left"):
            yield Blocks(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """The list as it is now."""
        try:
            people = self.desk.room.facilitators()
        except SimulatorError as error:
            self.desk.failed(error)
            return
        self.lay(self._lines(people))

    def _lines(self, people: list[Facilitator]) -> Iterator[Line]:
        me = self.desk.room.me
        for each in people:
            sees = (
                "everybody's sessions"
                if each.groups is None
                else f"groups: {', '.join(each.groups) or 'none yet'}"
            )
            sector = f", {SECTORS[each.sector]}" if each.sector else ""
            name = f"{each.name}{' (you)' if each.id == me.id else ''}"
            opens = None if each.id == me.id else lambda name=each.name: self._remove(name)
            yield Line(block(name, f"{sees}{sector}"), opens=opens, key=each.name)
        words = "Nobody can look up a passphrase. Two who look after all groups can help each other out."
        yield Line(Block(plain(words, "$quiet"), above=1))

    def _remove(self, name: str) -> None:
        asked = AskPage(
            f"Let {name} review here no longer?",
            "What they said of sessions stays, with their name.",
            [Choice("yes", "They review here no longer"), Choice("no", "Leave it as it is")],
        )

        def decided(answer: str | None) -> None:
            if answer != "yes":
                return
            try:
                self.desk.room.remove(name)
            except SimulatorError as error:
                self.desk.failed(error)
            self.show()

        self.app.push_screen(asked, decided)

    @work(exclusive=True, group="adding")
    async def action_add(self) -> None:
        """Name, passphrase, sector and groups, one after the other."""
        given: dict[str, str] = {}

        def keep(name: str) -> None:
            if not name.strip():
                raise SimulatorError("There is no name in it.", "Write one, or leave it with esc.")
            given["name"] = name

        if not await self.app.push_screen_wait(LinePage("What is your colleague called?", "", keep)):
            return
        about = f"{_PASSPHRASE} They can change it once they are in."
        passphrase = LinePage(
            f"A passphrase for {given['name']}",
            about,
            lambda text: given.update(passphrase=text),
            hidden=True,
        )
        if not await self.app.push_screen_wait(passphrase):
            return
        choices = [
            Choice("nhs", "The NHS"),
            Choice("voluntary", "The voluntary sector"),
            Choice("neither", "Neither"),
        ]
        sector = await self.app.push_screen_wait(AskPage("Where do they review from?", "", choices))
        about = "Their names with commas between; nothing at all means every group."

        def add(text: str) -> None:
            groups = [group.strip() for group in text.split(",") if group.strip()]
            self.desk.room.add(
                given["name"], given["passphrase"], sector if sector in SECTORS else "", groups or None
            )

        await self.app.push_screen_wait(LinePage("Whose sessions do they see?", about, add))
        self.show()

    def action_change(self) -> None:
        page = LinePage("Your new passphrase", _PASSPHRASE, self.desk.room.change_passphrase, hidden=True)
        self.app.push_screen(page, lambda kept: self.notify("Changed.", markup=False) if kept else None)

    def action_member(self) -> None:
        room = self.desk.room

        def chosen(trainee: str | None) -> None:
            if trainee:
                about = MOVES
                page = LinePage(f"Which group does {trainee} practise in?", about,
                                lambda group: room.put_in_group(trainee, group.strip() or None))  # fmt: skip
                self.app.push_screen(page)

        find = lambda typed: [(name, name) for name in room.choices(typed)]  # noqa: E731
        self.app.push_screen(PickPage("Which trainee?", find), chosen)

    def action_back(self) -> None:
        self.dismiss()
