"""The table of what was shared, and the ways to narrow and order it. A page is read at a time, never all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from facilitator.errors import Locked
from facilitator.rows import EVERYTHING, Filter, Row
from facilitator.rows import SORTS as ORDERS
from facilitator.tui.filters import NAMES, changed, finder, said, told
from facilitator.tui.pick import PickPage
from facilitator.tui.table import SessionTable
from facilitator.tui.wording import SORTS
from simulator.errors import SimulatorError
from simulator.tui.base import Page
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import counted, plain

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from facilitator.rows import Sort
    from facilitator.tui.app import ReviewApp

Value = TypeVar("Value")
AT_ONCE: Final = 60
LOOKING: Final = "Looking …"
EMPTY: Final = (
    "Nothing has been shared with you yet. A session appears here once the trainee keeps it as “shared with my "
    "facilitator”: before the scene, or afterwards with the key k. What they keep for themselves is not here, "
    "not even as a count."
)
NOTHING_FITS: Final = "Nothing fits all of that. x takes every filter away; f changes one of them."


class SessionsPage(Page):
    """Sessions as rows. Every change asks anew, in a thread of its own; the newest question wins."""

    AUTO_FOCUS = "#table"
    HELP = (
        "Every session that was shared with you. Enter opens one. / looks for words that were said or noted; f "
        "narrows the list by scenario, trainee, day, outcome, state, group; s orders it. ○ awaits review, ◐ has "
        "one begun, ● is signed off, ≠ the trainee sees something differently. v marks a session, and then "
        "another of the same scene, to lay them side by side."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "words", "words", key_display="/", id="sessions.words",
                tooltip="Look for words that were said or noted"),
        Binding("f", "filter", "filter", id="sessions.filter",
                tooltip="Narrow by scenario, trainee, day, outcome, state of review, group"),
        Binding("t", "only('trainee')", "trainee", show=False, id="sessions.trainee",
                tooltip="Only the sessions of one trainee"),
        Binding("w", "waiting", "awaiting", id="sessions.waiting",
                tooltip="Only what awaits review, or everything again"),
        Binding("c", "contested", "contested", show=False, id="sessions.contested",
                tooltip="Only what a trainee contests, or everything again"),
        Binding("x", "clear", "all", show=False, id="sessions.clear", tooltip="Take every filter away"),
        Binding("s", "sort", "sort", id="sessions.sort", tooltip="Another order"),
        Binding("v", "compare", "compare", id="sessions.compare",
                tooltip="Mark this session, then another of the same scene, to lay them side by side"),
        Binding("g", "group", "group picture", show=False, id="sessions.group",
                tooltip="The picture of a group over a scenario"),
        Binding("p", "people", "people", show=False, id="sessions.people",
                tooltip="Who reviews here: add somebody, change a passphrase"),
        Binding("r", "look", "read again", show=False, id="sessions.again", tooltip="Read the list again"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.which: Filter = EVERYTHING
        self.sort: Sort = "newest"

    @property
    def desk(self) -> ReviewApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title("Sessions shared with you", LOOKING)
        yield Input(placeholder="Words that were said or noted", id="words", max_length=100)
        yield Static(plain(""), id="narrowed")
        yield SessionTable()
        yield Static(plain(""), id="nothing")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#words").display = False
        self.query_one("#nothing").display = False

    def begin(self) -> None:
        """Somebody has entered."""
        self.query_one(SessionTable).focus()
        self.look()

    # reading

    def action_look(self) -> None:
        self.look()

    def look(self) -> None:
        """Ask anew for the first page, and how many there are."""
        narrowed = told(self.which)
        order = "" if self.sort == "newest" else f"{' · ' if narrowed else ''}{SORTS[self.sort]}"
        line = self.query_one("#narrowed", Static)
        line.update(plain(f"{narrowed}{order}", "$you"))
        line.display = bool(narrowed or order)
        self._first_page()

    @work(exclusive=True, group="page")
    async def _first_page(self) -> None:
        room, which = self.desk.room, self.which
        rows = await self._asked(lambda: room.page(which, self.sort, AT_ONCE))
        if rows is None:
            return
        table = self.query_one(SessionTable)
        table.fill(rows, len(rows) < AT_ONCE)
        nothing = self.query_one("#nothing", Static)
        nothing.update(plain(EMPTY if which == EVERYTHING else NOTHING_FITS))
        nothing.display, table.display = not rows, bool(rows)
        if rows and self.focused is None:
            table.focus()  # it lost the cursor while there was nothing to show
        self.refresh_bindings()
        if len(rows) < AT_ONCE:
            self._say_count(len(rows))
            return
        many = await self._asked(lambda: room.count(which))
        if many is not None:
            self._say_count(many)

    @on(SessionTable.Wanted)
    @work(exclusive=True, group="page")
    async def _next_page(self) -> None:
        table = self.query_one(SessionTable)
        if table.whole or not table.rows:
            return
        room, which, last = self.desk.room, self.which, table.rows[-1]
        rows = await self._asked(lambda: room.page(which, self.sort, AT_ONCE, last))
        if rows is not None:
            table.more(rows, len(rows) < AT_ONCE)

    async def _asked(self, call: Callable[[], Value]) -> Value | None:
        try:
            return await asyncio.to_thread(call)
        except Locked:
            self.desk.mind_the_lock()
        except SimulatorError as error:
            nothing = self.query_one("#nothing", Static)
            nothing.update(plain(str(error)))
            nothing.display, self.query_one(SessionTable).display = True, False
        return None

    def _say_count(self, many: int) -> None:
        me = self.desk.room.me
        self.query_one(Title).say(f"{many:,} session{'' if many == 1 else 's'} · {me.name}")

    # narrowing

    def narrow(self, which: Filter) -> None:
        """Show these from now on."""
        if which != self.which:
            self.which = which
            self.look()

    def action_words(self) -> None:
        words = self.query_one("#words", Input)
        words.display = True
        words.focus()

    @on(Input.Changed, "#words")
    def _typed(self, event: Input.Changed) -> None:
        self.narrow(changed(self.which, "words", event.value.strip()))

    @on(Input.Submitted, "#words")
    def _entered(self) -> None:
        self._leave_words()

    def _leave_words(self) -> None:
        words = self.query_one("#words", Input)
        words.display = bool(words.value.strip())
        self.query_one(SessionTable).focus()

    def key_escape(self) -> None:
        self._leave_words()

    def key_down(self) -> None:
        if self.query_one("#words", Input).has_focus:
            self._leave_words()

    def action_filter(self) -> None:
        choices = [
            Choice(name, f"{words}: {said(self.which, name)}")
            for name, words in NAMES.items()
            if name != "words"
        ]
        clear = [Choice("clear", "Take every filter away")] if told(self.which) else []

        def chosen(name: str | None) -> None:
            if name == "clear":
                self.action_clear()
            elif name in NAMES:
                assert name is not None
                self.action_only(name)

        self.app.push_screen(
            AskPage("Which sessions?", "", [*choices, *clear, Choice("leave", "Leave it as it is")]), chosen
        )

    def action_only(self, name: str) -> None:
        def chosen(value: str | None) -> None:
            if value is None:
                return
            try:
                self.narrow(changed(self.which, name, value))
            except SimulatorError as error:
                self.desk.failed(error)

        hint = "A day, like 2026-11-03" if name in ("since", "until") else "Type the beginning of it"
        find = finder(self.desk.room, name, self.desk.today())
        self.app.push_screen(PickPage(f"{NAMES[name].capitalize()}?", find, hint), chosen)

    def action_waiting(self) -> None:
        self.narrow(changed(self.which, "review", "" if self.which.review == "waiting" else "waiting"))

    def action_contested(self) -> None:
        self.narrow(changed(self.which, "contested", "" if self.which.contested else "yes"))

    def action_clear(self) -> None:
        words = self.query_one("#words", Input)
        words.value, words.display = "", False
        self.narrow(EVERYTHING)

    def action_sort(self) -> None:
        choices = [Choice(order, SORTS[order].capitalize()) for order in ORDERS]

        def chosen(order: str | None) -> None:
            if order is not None and order != self.sort:
                self.sort = order  # type: ignore[assignment]
                self.look()

        self.app.push_screen(AskPage("In which order?", "", choices, start=self.sort), chosen)

    # pages

    @on(SessionTable.Opened)
    def _opened(self, event: SessionTable.Opened) -> None:
        self.desk.open(event.row.session)

    def action_compare(self) -> None:
        """Mark a session; with another marked, lay the two side by side."""
        table = self.query_one(SessionTable)
        row = table.row
        if row is None:
            return
        if table.marked is None:
            self._mark(row)
        elif table.marked == row.session:
            self._mark(None)
        else:
            first = table.marked
            self._mark(None)
            self.desk.open(first, lambda left: self._with(left, row.session))

    def _with(self, left: Review, session: str) -> None:
        from facilitator.tui.compare import side_by_side

        self.desk.open(session, lambda right: side_by_side(self.desk, left, right))

    def _mark(self, row: Row | None) -> None:
        table = self.query_one(SessionTable)
        table.marked = None if row is None else row.session
        table.refresh()
        if row is not None:
            self.notify(
                f"{row.trainee}, {counted(row.turns, 'turn')}: marked with ≡. Press v on another session of the "
                "same scene to lay them side by side, or here again to let it be.",
                markup=False,
                timeout=6,
            )

    def action_group(self) -> None:
        from facilitator.tui.group import group_picture

        group_picture(self.desk, self.which.group)

    def action_people(self) -> None:
        from facilitator.tui.people import PeoplePage

        self.app.push_screen(PeoplePage())
