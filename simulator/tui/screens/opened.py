"""What a number, a statement or a suggestion opens to: the turns behind it, word for word, over the page it is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from simulator.debrief_ratings import BY_WEIGHT, weighed
from simulator.shown_debrief import SHOWN_WORDS
from simulator.tui.screens.part import OPENS, Reading, Row, part
from simulator.tui.telling import again_from, exchange, gauges, judged, lines, tag, yours
from simulator.tui.widgets.blocks import Block
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown_debrief import DebriefTurn, EvidenceShown, RatingShown
    from simulator.tui.app import TraineeApp

NOT_ON_SCREEN: Final = "What words on a screen do not show of it"


class OpenedPage(Reading):
    """A page over another; escape goes back to it."""

    CSS_PATH = "looking_back.tcss"
    AUTO_FOCUS = "#told"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", "back", key_display="esc", id="opened.back", tooltip="Back to where you were"
        ),
        Binding(
            "ctrl+e",
            "app.aftercare",
            "aftercare",
            show=False,
            key_display="ctrl+e",
            id="opened.aftercare",
            priority=True,
            tooltip="Who to talk to, and a minute to come back to yourself",
        ),
    ]

    def __init__(self, session: Session, heading: str) -> None:
        super().__init__()
        self.session = session
        self._heading = heading

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title(self._heading, "opened")
        with Vertical(id="page"):
            yield self.told()
        yield KeyBar()

    def on_mount(self) -> None:
        self.again()

    def action_back(self) -> None:
        self.dismiss()


class TurnsPage(OpenedPage):
    """Turns with everything there is to each: `groups` are a heading, whether of the first take, and numbers."""

    HELP = (
        "Turns of this scene, word for word, with what each shows. t tries it again from there. On a line "
        "that says what a turn shows, c lets you say that you see it differently."
    )

    def __init__(
        self, session: Session, heading: str, groups: Sequence[tuple[str, bool, Sequence[int]]]
    ) -> None:
        super().__init__(session, heading)
        self._groups = groups

    def made(self) -> Iterator[Row]:
        debrief = self.session.debrief()
        for heading, first, numbers in self._groups:
            if heading:
                yield Row(Block(plain(heading, "bold"), above=1))
            turns = debrief.first if first else debrief.turns
            for turn in turns:
                if turn.turn in numbers:
                    yield from self._turn(turn)

    def _turn(self, turn: DebriefTurn) -> Iterator[Row]:
        debrief, person = self.session.debrief(), self.session.person
        take = f", take {turn.take}" if debrief.retake_ratings else ""
        told = exchange(turn, person)
        if turn in debrief.turns:
            points = debrief.points
            told.append(("After it", plain(gauges(points[turn.turn], points[turn.turn - 1]))))
        told += judged(turn, person)
        again = again_from(debrief, turn)
        yield Row(part(f"Turn {turn.turn}{take}", lines(told)), turn=again)
        for shown in turn.techniques:
            block = Block(tag(shown), marker=plain("·", "$quiet"), hang=2, left=2)
            yield Row(block, turn=again, contest=("tag", turn.turn, shown.name, turn.take))


class RatingPage(OpenedPage):
    """One suggested rating, beside one's own, with the turns it came from; each opens to all of itself."""

    HELP = (
        "One suggestion, and every turn it came from. Enter opens a turn; c lets you say that you see the "
        "rating differently. The suggestion is there to talk over, no more."
    )

    def __init__(self, session: Session, dimension: str, name: str) -> None:
        super().__init__(session, name)
        self._dimension = dimension

    def made(self) -> Iterator[Row]:
        debrief = self.session.debrief()
        for rating in debrief.ratings:
            if rating.dimension == self._dimension:
                yield Row(self._standing(rating), contest=("rating", 0, rating.dimension, None))
                yield from self._evidence(rating, first=True)
        for retake in debrief.retake_ratings:
            for rating in retake.ratings:
                if rating.dimension == self._dimension:
                    heading = f"Take {retake.take}, beside it: {rating.standing}."
                    yield Row(Block(plain(heading, "bold"), above=1))
                    here = any(turn.take == retake.take for turn in debrief.turns)
                    yield from self._evidence(rating, first=False, here=here)

    def _standing(self, rating: RatingShown) -> Block:
        told = [("Rating", plain(rating.standing, "bold"))]
        own = "You did not rate this." if rating.own is None else f"You put yourself at {rating.own} of 5."
        told.append(("Your own view", plain(own)))
        if rating.held:
            told.append(("What holds it", plain(rating.held)))
        if rating.contest:
            told.append(("You see it differently", plain(rating.contest, "$you")))
        if rating.facilitator:
            told.append((NOT_ON_SCREEN, plain(rating.facilitator)))
        told.append(("What it is", plain(self.session.debrief().claim)))
        return part(f"{rating.dimension}, {rating.name}", lines(told), above=0)

    def _evidence(self, rating: RatingShown, *, first: bool, here: bool = True) -> Iterator[Row]:
        if rating.value is not None:
            yield Row(Block(plain(BY_WEIGHT, "$quiet"), above=1))
        for each in rating.evidence:
            block = Block(evidence(each), marker=plain(OPENS if here else "·", "bold $you"), hang=2, above=1)
            yield Row(block, partial(self._open, each.turn, first) if here else None)

    def _open(self, turn: int, first: bool) -> None:
        self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", [("", first, (turn,))]))


def evidence(each: EvidenceShown) -> Content:
    """A turn that a rating rests on: what was said, what that showed, and how much it counts."""
    shown = f"It {SHOWN_WORDS[each.shown]} ({each.shown:+d})" if each.shown else f"It {SHOWN_WORDS[0]} (0)"
    by = f": {each.technique_words}, {each.technique}" if each.shown else ""
    said = joined(plain(f"Turn {each.turn}: ", "bold"), yours(each.kind, each.reply_text))
    return joined(said, plain(f"\n{shown}{by}. {weighed(each)}"))
