"""Two takes, or two sessions, side by side: aligned by moment, with where the roads parted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from facilitator.compare import Compared, Road, Row, Step, compare, road
from facilitator.tui.lists import Listing
from facilitator.tui.pick import PickPage
from facilitator.tui.rows import Line
from facilitator.tui.talk import reply
from facilitator.tui.wording import seconds, take_ended
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
    return take_ended(None if side.ending is None else {"outcome": side.outcome})


def _ending(side: Road) -> Content:
    return spoken(side.ending_text) if side.ending_text else plain("(no ending)", "italic $quiet")


def side_by_side(desk: ReviewApp, left: Review, right: Review) -> None:
    """Lay two sessions side by side: of each the take that is chosen, where there are several."""

    def chosen(first: int, second: int) -> None:
        _lay(desk, left, right, (first, second), (_called(left, first), _called(right, second)))

    _pick(
        desk,
        left,
        f"Which take of {left.row.trainee}'s, on the left?",
        lambda first: _pick(
            desk,
            right,
            f"Which take of {right.row.trainee}'s, on the right?",
            lambda second: chosen(first, second),
        ),
    )


def takes_beside(desk: ReviewApp, review: Review) -> None:
    """Lay any two takes of a session side by side; where there are only two, those."""
    numbers = _takes(review)
    if len(numbers) < 2:
        return

    def lay(first: int, second: int) -> None:
        _lay(desk, review, review, (first, second), (f"take {first}", f"take {second}"))

    if len(numbers) == 2:
        lay(numbers[0], numbers[1])
        return
    _pick(
        desk,
        review,
        "Which take on the left?",
        lambda first: _pick(desk, review, "Which on the right?", lambda second: lay(first, second), first),
    )


def _takes(review: Review) -> list[int]:
    return [each["take"] for each in review.whole["takes"]]


def _called(review: Review, take: int) -> str:
    name = review.row.trainee
    return name if len(_takes(review)) == 1 else f"{name}, take {take}"


def _pick(
    desk: ReviewApp, review: Review, question: str, then: Callable[[int], None], but: int | None = None
) -> None:
    """Ask for a take of a session; where there is one alone, go on with it."""
    found = [each for each in review.whole["takes"] if each["take"] != but]
    if len(found) == 1:
        then(found[0]["take"])
        return
    rows = [(str(each["take"]), _take(each)) for each in found]

    def fitting(typed: str) -> list[tuple[str, str]]:
        return [row for row in rows if typed.strip().casefold() in row[1].casefold()]

    def chosen(number: str | None) -> None:
        if number is not None:
            then(int(number))

    desk.push_screen(PickPage(question, fitting), chosen)


def _take(take: Mapping[str, Any]) -> str:
    """A take as it is chosen: its number, where it begins, and how it ended."""
    ending = take_ended(take["ending"])
    if take["from_take"] is None:
        return f"take {take['take']}: {ending}"
    return (
        f"take {take['take']}, again from turn {take['from_turn'] + 1} of take {take['from_take']}: {ending}"
    )


def _lay(desk: ReviewApp, left: Review, right: Review, of: tuple[int, int], names: tuple[str, str]) -> None:
    """Open the two roads, or say why that cannot be."""
    try:
        compared = compare(road(left.whole, of[0]), road(right.whole, of[1]))
    except SimulatorError as error:
        desk.failed(error)
        return
    desk.push_screen(ComparePage(compared, *names))
