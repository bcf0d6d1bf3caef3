"""The table of sessions: a row drawn only while it is in sight, and the next page asked for as one nears the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from facilitator.rows import Row
from facilitator.tui.wording import CONTESTED, REVIEWS, came_to, day, moment, size
from simulator.text import clean_line

_NEAR_THE_END: Final = 20
_GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, how many cells it has (0: all that is left), and what stands in it."""

    heading: str
    cells: int
    says: Callable[[Row], str]


def _short(row: Row) -> str:
    return (
        f"{REVIEWS[row.review_state][0]} {_SHORT[row.review_state]}{f' {CONTESTED}' if row.contested else ''}"
    )


_SHORT: Final = {"waiting": "waiting", "begun": "begun", "signed": "signed"}
_ROOMY: Final = (
    Column("when", 17, lambda row: moment(row.started)),
    Column("trainee", 14, lambda row: row.trainee),
    Column("scenario", 0, lambda row: row.title or row.scenario),
    Column("how it ended", 21, came_to),
    Column("turns", 11, size),
    Column("review", 21, lambda row: f"{_short(row)}{' contested' if row.contested else ''}"),
)
_USUAL: Final = (
    Column("when", 11, lambda row: day(row.started)),
    Column("trainee", 11, lambda row: row.trainee),
    Column("scenario", 0, lambda row: row.title or row.scenario),
    Column("how it ended", 18, came_to),
    Column("review", 11, _short),
)
_NARROW: Final = (
    Column("trainee", 10, lambda row: row.trainee),
    Column("scenario", 0, lambda row: row.title or row.scenario),
    Column("review", 11, _short),
)


def columns(width: int) -> Sequence[Column]:
    """What there is room for in so many cells."""
    return _ROOMY if width >= 112 else _USUAL if width >= 64 else _NARROW


def line(cells: Sequence[tuple[Column, str]], width: int) -> str:
    """One line of exactly `width` cells."""
    fixed = sum(column.cells for column, _ in cells) + _GAP * (len(cells) - 1)
    rest = max(width - fixed, 1)
    shown = [_cut(clean_line(text), column.cells or rest) for column, text in cells]
    return set_cell_size((" " * _GAP).join(shown), width)


def _cut(text: str, cells: int) -> str:
    """As much of a text as fits; where some is missing, the end says so."""
    fitted = set_cell_size(text, cells)
    return fitted if fitted.rstrip() == text.rstrip() else f"{set_cell_size(text, cells - 1)}…"


class SessionTable(ScrollView, can_focus=True):
    """Rows that have been read so far. It posts what is chosen and what is wanted, and reads nothing itself."""

    @dataclass
    class Opened(Message):
        """A session was chosen."""

        row: Row

    class Wanted(Message):
        """The cursor nears the end of what has been read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--cursor", "table--row", "table--marked"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="table.open", key_display="enter", tooltip="Read this session"),
        Binding("down,j", "move(1)", "down", show=False, id="table.down", tooltip="One row down"),
        Binding("up,k", "move(-1)", "up", show=False, id="table.up", tooltip="One row up"),
        Binding("pagedown", "page(1)", "page on", show=False, id="table.on", tooltip="One page on"),
        Binding("pageup", "page(-1)", "page back", show=False, id="table.back", tooltip="One page back"),
        Binding("home", "end(0)", "first", show=False, id="table.first", tooltip="The first row"),
        Binding(
            "end", "end(1)", "last read", show=False, id="table.last", tooltip="The last row read so far; more follow"
        ),
    ]  # fmt: skip
    DEFAULT_CSS = """
    SessionTable {
        height: 1fr; background: $background; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
        & > .table--head { color: $quiet; text-style: underline; }
        & > .table--row { color: $ink; }
        & > .table--marked { color: $you; }
        & > .table--cursor { color: $ink; background: $hold; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="table")
        self.rows: list[Row] = []
        self.cursor = 0
        self.marked: str | None = None
        self.whole = True

    # what is read

    def fill(self, rows: Sequence[Row], whole: bool) -> None:
        """The first page of another query; the cursor goes to the session it was on, where that is among them."""
        before = self.row
        self.rows, self.whole = list(rows), whole
        known = {row.session: place for place, row in enumerate(self.rows)}
        self.cursor = known.get(before.session, 0) if before is not None else 0
        self._resized()
        self._show_cursor()

    def more(self, rows: Sequence[Row], whole: bool) -> None:
        """The next page of the same."""
        self.rows += rows
        self.whole = whole
        self._resized()

    @property
    def row(self) -> Row | None:
        """The row that the cursor is on."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    # moving

    def action_move(self, step: int) -> None:
        self._go(self.cursor + step)

    def action_page(self, step: int) -> None:
        self._go(self.cursor + step * max(self.size.height - 2, 1))

    def action_end(self, last: int) -> None:
        self._go(len(self.rows) - 1 if last else 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.rows) if action == "open" else True

    def action_open(self) -> None:
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def on_click(self, event: events.Click) -> None:
        place = self.scroll_offset.y + event.y - 1
        if event.y and place < len(self.rows):
            if place == self.cursor:
                self.action_open()
            else:
                self._go(place)

    def on_mouse_scroll_down(self) -> None:
        self._near_the_end(self.scroll_offset.y + self.size.height)

    def _go(self, place: int) -> None:
        self.cursor = max(0, min(place, len(self.rows) - 1))
        self._show_cursor()
        self._near_the_end(self.cursor)

    def _near_the_end(self, place: int) -> None:
        if not self.whole and place >= len(self.rows) - _NEAR_THE_END:
            self.post_message(self.Wanted())

    # drawing

    def _resized(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), len(self.rows) + 1)
        self.refresh()

    def on_resize(self) -> None:
        self._resized()
        self._show_cursor()

    def _show_cursor(self) -> None:
        # the heading lies over the first line, so a row needs one more above it
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False, immediate=True, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        shown = columns(width)
        if y == 0:
            style = self.get_component_rich_style("table--head")
            text = line([(column, column.heading) for column in shown], max(width - 2, 1))
            return self._strip(text, style, width)
        place = self.scroll_offset.y + y - 1
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[place]
        kind = "cursor" if place == self.cursor else "marked" if row.session == self.marked else "row"
        text = line([(column, column.says(row)) for column in shown], max(width - 2, 1))
        mark = "›" if kind == "cursor" else "≡" if row.session == self.marked else " "
        return self._strip(text, self.get_component_rich_style(f"table--{kind}"), width, mark)

    @staticmethod
    def _strip(text: str, style: object, width: int, mark: str = " ") -> Strip:
        return Strip([Segment(f"{mark} {text}", style)], width).adjust_cell_length(width)  # type: ignore[arg-type]
