"""Two takes, or two sessions, side by side: aligned by moment, with where the roads parted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from facilitator.compare import Compared, Road, Row, Step, compare, road, takes
from facilitator.tui.lists import Listing
from facilitator.tui.rows import Line
from facilitator.tui.talk import reply
from facilitator.tui.wording import OUTCOMES, seconds
from simulator.errors import SimulatorError
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.pair import Pair
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain, spoken, stacked

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from facilitator.tui.app import ReviewApp

MEETS: Final = {
    "together": ("=", "the same reply"),
    "parted": ("≠", "another reply in the same moment"),
    "left": ("‹", "only on the left"),
    "right": ("›", "only on the right"),
}
OTHER_VERSION: Final = "The scene was changed between the two; moments of the same name may read differently."


class ComparePage(Listing):
    """Rows of two columns; where there is no room beside each other, left stands above right."""

    HELP = (
        "Two roads through the same scene, moment by moment. = is the same reply, ≠ another reply in the same "
        "moment, ‹ and › a moment that only one of them came to. p goes to where the roads first part."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "parted", "where they part", id="compare.parted", tooltip="To where the roads first part"),
        Binding("escape,q", "back", "back", key_display="esc", id="compare.back", tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, compared: Compared, left: str, right: str) -> None:
        super().__init__()
        self.compared = compared
        self._names = left, right

    def compose(self) -> ComposeResult:
        yield Title("Side by side", f"{self._names[0]} | {self._names[1]}")
        yield Static(plain(self.compared.where), id="where")
        with Vertical(id="left"):
            yield Blocks(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        self.lay(self._lines(), stay=False)

    def _lines(self) -> Iterator[Line]:
        compared = self.compared
        heads = [
            joined(plain(name, "bold $you"), plain(f"\n{_ended(side)}"))
            for name, side in zip(self._names, (compared.left, compared.right), strict=True)
        ]
        yield Line(Pair(heads[0], heads[1]))
        if not compared.same_version:
            yield Line(Block(plain(OTHER_VERSION, "$person"), above=1))
        for place, row in enumerate(compared.rows):
            mark, words = MEETS[row.meets]
            parts = "Here the roads part: " if place == compared.parted else ""
            again = "Here they meet again: " if place == compared.met else ""
            heading = f"{mark} {parts}{again}{row.moment}, {words}"
            yield Line(
                Block(plain(heading, "bold $person" if parts else "$quiet"), above=1), key=f"row{place}"
            )
            yield Line(self._row(row))
        endings = [_ending(side) for side in (compared.left, compared.right)]
        yield Line(Pair(endings[0], endings[1], above=1))

    def _row(self, row: Row) -> Block:
        reaches = [dict(side.reaches) for side in (self.compared.left, self.compared.right)]
        left, right = self._names
        return Pair(_step(row.left, left, reaches[0]), _step(row.right, right, reaches[1]))

    def action_parted(self) -> None:
        keys = [line.key for line in self.lines]
        key = f"row{self.compared.parted}"
        if key in keys:
            self.listed.highlighted = keys.index(key)

    def action_back(self) -> None:
        self.dismiss()


def _step(step: Step | None, name: str, reaches: dict[int, int | None]) -> Content:
    if step is None:
        return joined(plain(f"{name}: ", "$quiet"), plain("(not on this road)", "italic $quiet"))
    lines = [
        joined(
            plain(f"{name}, turn {step.turn}, {seconds(step.seconds)}: ", "bold $you"),
            reply(step.reply_text, step.kind),
        ),
    ]
    if step.reaction:
        lines.append(spoken(step.reaction))
    if step.after is not None:
        names = ("tension", "trust", "felt safety")
        figures = " · ".join(f"{name} {value}" for name, value in zip(names, step.after, strict=True))
        lines.append(plain(figures, "$quiet"))
    if step.turn in reaches:
        lines.append(plain(f"– reached for hands-on, tension {reaches[step.turn]}", "$person"))
    return stacked(lines)


def _ended(side: Road) -> str:
    return OUTCOMES.get(side.outcome or "", "left there")


def _ending(side: Road) -> Content:
    return spoken(side.ending_text) if side.ending_text else plain("(no ending)", "italic $quiet")


def side_by_side(desk: ReviewApp, left: Review, right: Review) -> None:
    """Lay the first takes of two sessions side by side, or say why that cannot be."""
    try:
        compared = compare(road(left.whole), road(right.whole))
    except SimulatorError as error:
        desk.failed(error)
        return
    desk.push_screen(ComparePage(compared, left.row.trainee, right.row.trainee))


def takes_beside(desk: ReviewApp, review: Review) -> None:
    """Lay the latest take beside the one it was taken again from."""
    compared = takes(review.whole)
    if compared is not None:
        desk.push_screen(ComparePage(compared, f"take {compared.left.take}", f"take {compared.right.take}"))
