"""One part of looking back, as a page: where one is, going on, leaving it out, and the way to aftercare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.told import ON_TO
from simulator.tui.base import Page
from simulator.tui.pace import Grace
from simulator.tui.walk import following, whereabouts
from simulator.tui.widgets.blocks import Block
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.widgets.told import Told
from simulator.tui.words import plain, said

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.told import Part
    from simulator.tui.app import TraineeApp

OPENS: Final = "›"
KEPT_AS: Final = {
    "none": "Nothing is kept of this session.",
    "mine": "This session is kept for you.",
    "shared": "This session is shared with your facilitator.",
}


class PartPage(Page):
    """What every part has: its place in the order, keys to go on and to leave it out, a grace for early keys."""

    PART: ClassVar[Part]
    CSS_PATH = "looking_back.tcss"
    LOOKING_BACK: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "go_on",
            "go on",
            key_display="ctrl+s",
            id="part.on",
            priority=True,
            tooltip="Go on to the next part; what you said here is kept",
        ),
        Binding(
            "ctrl+b",
            "part_before",
            "part before",
            show=False,
            key_display="ctrl+b",
            id="part.before",
            priority=True,
            tooltip="Back to the part before this one",
        ),
        Binding(
            "k",
            "keep",
            "what is kept",
            show=False,
            id="part.keep",
            tooltip="Change what is kept of this session, and for whom",
        ),
        Binding(
            "q",
            "finish",
            "finish",
            id="part.finish",
            tooltip="Leave the rest for another time, by way of aftercare",
        ),
        Binding(
            "ctrl+e",
            "app.aftercare",
            "aftercare",
            show=False,
            key_display="ctrl+e",
            id="part.aftercare",
            priority=True,
            tooltip="Who to talk to, and a minute to come back to yourself; you can finish from there too",
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    @property
    def where(self) -> str:
        """The quiet line: `3 of 10, how you see it`."""
        return whereabouts(self.PART)

    def on_mount(self) -> None:
        self.grace = Grace(self.ward.clock)
        self.call_after_refresh(self.grace.shown)
        if self.query(KeyBar):  # else it was closed before it was open
            self.begin()

    def begin(self) -> None:
        """Fill in the page."""

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        if hasattr(self, "grace"):
            self.call_after_refresh(self.grace.shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "part_before" and self._before() is None)

    def _before(self) -> Part | None:
        """The part before this one, where one may go back to it."""
        from simulator.tui.walk import before

        return before(self.PART)

    # moving on

    def action_go_on(self) -> None:
        """To the next part."""
        if self.grace.open:
            self.done()

    def done(self) -> None:
        """This part has been given or left out."""
        self.ward.look_on(self.session, following(self.PART))

    def action_part_before(self) -> None:
        back = self._before()
        if back is not None and self.grace.open:
            self.ward.look_on(self.session, back)

    def action_finish(self) -> None:
        self.ward.look_on(self.session, None)

    def action_keep(self) -> None:
        self.ward.ask_keep(self.session, self._kept)

    def _kept(self) -> None:
        self.notify(said(KEPT_AS[self.session.keep]), markup=False, timeout=4)


@dataclass(frozen=True)
class Row:
    """One block of a page to read: what Enter opens there, its turn to try again, what can be contested."""

    block: Block
    opens: Callable[[], object] | None = None
    turn: int | None = None
    contest: tuple[str, int, str, int | None] | None = None


class Reading(Page):
    """A list of rows to read with a cursor. Enter opens what can be opened, and reads on elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t",
            "again",
            "try again",
            id="read.again",
            tooltip="Go back into the scene, to just before what you said at that turn",
        ),
        Binding(
            "c",
            "contest",
            "contest",
            id="read.contest",
            tooltip="Say in words what you see differently about this; it stands beside it",
        ),
    ]
    session: Session

    @property
    def listed(self) -> Told:
        return self.query_one(Told)

    def told(self) -> Told:
        """The list of this page, to be laid out."""
        return Told(lambda: self.row is not None and self.row.opens is not None)

    def lay(self, rows: Iterable[Row], cursor: int = 0) -> None:
        """Show these rows, with the cursor on one of them."""
        self.rows: Sequence[Row] = list(rows)
        if self.rows:
            self.rows[0].block.above = 0
        self.listed.set_options([Option(row.block) for row in self.rows])
        self.listed.highlighted = min(cursor, len(self.rows) - 1) if self.rows else None

    def again(self) -> None:
        """The same once more, after something was said; the cursor stays."""
        self.lay(self.made(), self.listed.highlighted or 0)

    def made(self) -> Iterable[Row]:
        """The rows of this page. A page says them."""
        raise NotImplementedError

    @property
    def row(self) -> Row | None:
        """The row that the cursor is on."""
        rows, lists = getattr(self, "rows", ()), self.query(Told)  # neither is there while it opens or closes
        place = lists.first().highlighted if lists else None
        return rows[place] if place is not None and place < len(rows) else None

    @on(OptionList.OptionHighlighted, "#told")
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#told")
    def _selected(self) -> None:
        row = self.row
        if row is not None and row.opens is not None and self.ready_for_keys:
            row.opens()

    @property
    def ready_for_keys(self) -> bool:
        """Whether an Enter counts by now."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        row = self.row if self.is_mounted and action in ("again", "contest") else None
        if action == "again":
            return row is not None and row.turn is not None
        if action == "contest":
            return row is not None and row.contest is not None
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        if self.row is not None and self.row.turn is not None:
            ward: TraineeApp = self.app  # type: ignore[assignment]
            ward.again_from_the_end(self.session, self.row.turn)

    def action_contest(self) -> None:
        """Ask for the words, keep them, and show them beside what they are about."""
        if self.row is None or self.row.contest is None:
            return
        from simulator.tui.screens.contest import contest

        contest(self.app, self.session, self.row.contest, self.again)  # type: ignore[arg-type]


class ReadPage(Reading, PartPage):
    """A part that is read; its last row goes on."""

    AUTO_FOCUS = "#told"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "go_on",
            "leave it out",
            show=False,
            key_display="esc",
            id="read.skip",
            tooltip="Leave the rest of this part out, and go on",
        ),
    ]

    def compose(self) -> ComposeResult:
        yield Title(self.session.title, self.where)
        with Vertical(id="page"):
            yield self.told()
        yield KeyBar()

    def begin(self) -> None:
        self.again()

    def again(self) -> None:
        self.lay([*self.made(), self._on()], self.listed.highlighted or 0)

    def _on(self) -> Row:
        words = onward(following(self.PART), self.session.person)
        return Row(Block(plain(words, "$you"), marker=plain("→", "bold $you"), hang=2, above=1), self.done)

    @property
    def ready_for_keys(self) -> bool:
        return self.grace.open


def onward(part: Part | None, person: str) -> str:
    """The row that goes on, in words."""
    return "Finish, by way of aftercare" if part is None else f"Go on to {ON_TO[part].format(person=person)}"


def part(heading: str, *texts: object, above: int = 1) -> Block:
    """A heading, and what stands under it."""
    from textual.content import Content

    pieces = [text if isinstance(text, Content) else plain(str(text)) for text in texts]
    return Block(Content("\n").join(pieces), label=plain(heading, "bold $person"), hang=2, above=above)
