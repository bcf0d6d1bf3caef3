"""The chooser: what can be gone on with, what can be begun, who practises. Painted before it is filled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import SimulatorError
from simulator.tui.base import Page
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import NOT_REVIEWED, ago, counted, joined, plain, said

if TYPE_CHECKING:
    from scenarios.shelf import Entry, Shelf
    from simulator.kept import Unfinished
    from simulator.tui.app import TraineeApp

_HANG: Final = 2
LOOKING: Final = "Looking along the shelf …"
EMPTY: Final = (
    "There are no scenarios here yet. Put scenario files (.yaml) in a folder and name it under "
    "scenario_folders in settings.toml, or start one straight away: words-first play FILE."
)
NO_MATCH: Final = "Nothing here fits what you typed. Take a few letters away, or press esc to see everything."


def fits(typed: str, *texts: str) -> bool:
    """Whether every word typed stands somewhere in these texts, large and small letters alike."""
    all_of_it = " ".join(texts).casefold()
    return all(word in all_of_it for word in typed.casefold().split())


def entry_block(entry: Entry) -> Block:
    """One scenario: title, what it is about, and a quiet line of role, minutes and content notes."""
    notes = ", ".join(entry.content_notes) or "no content notes"
    quiet = [entry.role, counted(entry.minutes, "minute"), notes]
    if not entry.reviewed:
        quiet.append(NOT_REVIEWED)
    body = joined(plain(entry.summary), plain("\n" + " · ".join(quiet), "$quiet"))
    return Block(body, label=plain(entry.title, "bold $person"), hang=_HANG, above=1)


class Filter(Input):
    """The line that is typed into; the arrows go to the list, and `?` asks for help while it is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", "down", show=False, id="choose.down", tooltip="The next one"),
        Binding("up", "screen.move(-1)", "up", show=False, id="choose.up", tooltip="The one before"),
        Binding("pagedown", "screen.page(1)", "page", show=False, id="choose.page-on", tooltip="One page on"),
        Binding(
            "pageup", "screen.page(-1)", "page", show=False, id="choose.page-back", tooltip="One page back"
        ),
        Binding("escape", "clear", "clear", show=False, id="choose.clear", tooltip="Empty the line"),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        if character == "?" and not self.value:
            return False
        return super().check_consume_key(key, character)

    async def _on_key(self, event: object) -> None:
        if getattr(event, "character", None) == "?" and not self.value:
            return
        await super()._on_key(event)  # type: ignore[arg-type]

    def action_clear(self) -> None:
        self.value = ""


class ChoosePage(Page):
    """Choose a scenario, or go on with one; everything that costs time is filled in after the first paint."""

    AUTO_FOCUS = "#filter"
    HELP = (
        "Type to narrow the list: by title, by role, by content note. The arrows move, Enter opens. "
        "What you have not finished stands at the top. Nothing starts before you have read its briefing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "open",
            key_display="enter",
            id="choose.open",
            tooltip="Open what the cursor is on",
        ),
        Binding(
            "ctrl+t",
            "who",
            "who",
            key_display="ctrl+t",
            id="choose.who",
            priority=True,
            tooltip="Choose under which name you practise, or make a new one",
        ),
        Binding(
            "ctrl+o",
            "own",
            "your page",
            key_display="ctrl+o",
            id="choose.own",
            priority=True,
            tooltip="What you practised, kept and tried: a page of your own, and of nobody else's",
        ),
        Binding(
            "ctrl+e",
            "app.aftercare",
            "aftercare",
            key_display="ctrl+e",
            id="choose.aftercare",
            priority=True,
            tooltip="Who to talk to, and a minute to come back to yourself",
        ),
        Binding(
            "ctrl+q",
            "app.leave",
            "leave",
            key_display="ctrl+q",
            id="choose.leave",
            priority=True,
            tooltip="Leave Words First",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shelf: Shelf | None = None
        self._unfinished: Sequence[Unfinished] = ()
        self._actions: list[tuple[str, str]] = []
        self._moved = False

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title("Words First")
        yield Filter(placeholder="Type to find a scenario", id="filter", max_length=80)
        yield Static(plain(LOOKING), id="none")
        yield Blocks(id="list")
        yield KeyBar()

    def on_mount(self) -> None:
        self.call_after_refresh(self.look_again)

    # what is on the shelf, and what is unfinished

    @work(exclusive=True, group="looking")
    async def look_again(self) -> None:
        """Fill in the shelf, then who is practising and what they have not finished."""
        if self._shelf is None:
            made = self.ward.shelf
            self._shelf = await asyncio.to_thread(made) if callable(made) else made
            self.fill()
        practice = self.ward.practice
        try:
            trainee = await asyncio.to_thread(practice.trainee)
            locked = await asyncio.to_thread(lambda: practice.locked)
            self._unfinished = () if locked else await asyncio.to_thread(practice.unfinished)
        except SimulatorError as error:
            self.query_one(Title).say("nothing can be kept just now")
            self.ward.tell(error.message, error.advice)
            return
        for warning in filter(None, (practice.settings.problem, *practice.warnings)):
            self.notify(said(warning), markup=False, timeout=12)
        self.query_one(Title).say(f"practising as {trainee.name}")
        self.fill()
        if locked:
            self.action_who()

    def fill(self) -> None:
        """The rows that fit what is typed: unfinished first, then scenarios, then what cannot be read."""
        if self._shelf is None or not self.is_mounted:
            return
        typed = self.query_one(Filter).value
        rows = self.query_one("#list", Blocks)
        kept = self._actions[rows.highlighted] if rows.highlighted is not None and self._actions else None
        made: list[tuple[Option, tuple[str, str]]] = list(self._rows(typed))
        rows.set_options([option for option, _ in made])
        self._actions = [action for _, action in made]
        open_rows = [place for place, action in enumerate(self._actions) if action[0]]
        if self._moved and kept in self._actions:
            rows.highlighted = self._actions.index(kept)
        elif open_rows:
            rows.highlighted = open_rows[0]
        anything = self._shelf.entries or self._shelf.unreadable or self._unfinished
        self.query_one("#none", Static).update(plain(NO_MATCH if anything else EMPTY))
        self.query_one("#none").display = not made
        rows.display = bool(made)

    def _rows(self, typed: str) -> Iterable[tuple[Option, tuple[str, str]]]:
        shelf = self._shelf
        assert shelf is not None
        now = self.ward.today()
        waiting = [one for one in self._unfinished if fits(typed, one.title, "go on")]
        if waiting:
            yield _heading("Go on with")
        for one in waiting:
            where = "ended; you have not looked back yet" if one.over else f"{counted(one.turns, 'turn')} in"
            when = f"{where}, begun {ago(one.started, now)}"
            body = joined(plain(one.title, "bold $person"), plain(f"  {when}", "$quiet"))
            yield Option(Block(body, hang=_HANG)), ("resume", one.session)
        entries = [e for e in shelf.entries if fits(typed, e.title, e.summary, e.role, *e.content_notes)]
        if waiting and entries:
            yield _heading("Begin")
        for entry in entries:
            yield Option(entry_block(entry)), ("open", entry.path)
        broken = [each for each in shelf.unreadable if fits(typed, *each)]
        if broken:
            yield _heading("Could not be read")
        for path, reason in broken:
            body = joined(plain(path), plain(f"\n{reason}", "$quiet"))
            yield Option(Block(body, hang=_HANG), disabled=True), ("", path)

    def entry(self, scenario: str) -> Entry | None:
        """The scenario of this id, where it is on the shelf."""
        entries = () if self._shelf is None else self._shelf.entries
        return next((entry for entry in entries if entry.id == scenario), None)

    # keys

    @on(Input.Changed)
    def _typed(self) -> None:
        self._moved = False
        self.fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_open()

    def action_move(self, step: int) -> None:
        rows = self.query_one("#list", Blocks)
        self._moved = True
        if step > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_page(self, step: int) -> None:
        rows = self.query_one("#list", Blocks)
        self._moved = True
        for _ in range(3):
            (rows.action_cursor_down if step > 0 else rows.action_cursor_up)()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        place = self.query_one("#list", Blocks).highlighted
        if place is None or place >= len(self._actions):
            return
        what, which = self._actions[place]
        if what == "open":
            self.ward.open(which)
        elif what == "resume":
            self.ward.resume(which)

    def action_own(self) -> None:
        self.ward.own_page()

    def action_who(self) -> None:
        from simulator.tui.screens.who import WhoPage

        def changed(somebody: bool | None) -> None:
            if somebody:
                self._moved = False
                self.look_again()

        self.app.push_screen(WhoPage(), changed)


def _heading(words: str) -> tuple[Option, tuple[str, str]]:
    body: Content = plain(words, "$quiet")
    return Option(Block(body, above=1), disabled=True), ("", "")
