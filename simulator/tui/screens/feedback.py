"""What stood out, at most three things, and the suggested ratings beside one's own; each opens to its turns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from simulator.tui.screens.part import OPENS, ReadPage, Row, part
from simulator.tui.telling import again_from, lines, yours
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain, spoken

if TYPE_CHECKING:
    from simulator.shown_debrief import Debrief, RatingShown, RetakeShown, Thing
    from simulator.told import Part

NOT_ENOUGH: Final = "Not enough seen."
FIRST: Final = (
    "They are the first take's, and those you can contest. Later takes stand beside them, to look at; trying "
    "again costs nothing."
)


class FeedbackPage(ReadPage):
    """Things open to their turn, ratings to their evidence; any of it can be seen differently."""

    PART: ClassVar[Part] = "feedback"
    HELP = (
        "What stood out, and what the scene suggests on each dimension, beside your own view. Enter opens the "
        "turns behind it, t tries it again from there, c says that you see it differently. There is no total."
    )

    def made(self) -> Iterator[Row]:
        debrief = self.session.debrief()
        for place, thing in enumerate(debrief.feedback):
            turn = debrief.first[thing.turn - 1]
            block = self._thing(thing, debrief, above=int(place > 0))
            yield Row(block, partial(self._turn, thing.turn), turn=again_from(debrief, turn))
        if debrief.not_judged:
            yield Row(part("What could not be judged", "\n".join(debrief.not_judged)))
        told = f"{debrief.claim} {FIRST}" if debrief.retake_ratings else debrief.claim
        yield Row(part("The suggested ratings", plain(told)))
        for rating in sorted(debrief.ratings, key=lambda each: each.value is None):
            contest = ("rating", 0, rating.dimension, None)
            yield Row(self._rating(rating), partial(self._open, rating), contest=contest)
        for retake in debrief.retake_ratings:
            yield from self._beside(retake)

    def rating(self, dimension: str) -> int:
        """The row that a dimension's rating stands at."""
        wanted = ("rating", 0, dimension, None)
        return next(place for place, row in enumerate(self.rows) if row.contest == wanted)

    def _thing(self, thing: Thing, debrief: Debrief, above: int) -> Block:
        person = self.session.person
        kind = "A strength" if thing.strength else "Something to try"
        of = " of the first take" if debrief.retake_ratings else ""
        told = [
            (person, spoken(thing.said)),
            ("You", yours(thing.kind, thing.reply_text)),
            (f"What it did to {person}", plain(thing.effect)),
            ("What it shows", plain(thing.technique_words)),
            ("Why it matters", plain(thing.why)),
            ("Where that is from", plain(thing.source, "$quiet")),
        ]
        if thing.instead:
            told.append(("You could try", plain(thing.instead, "$you")))
        return part(f"{kind}, turn {thing.turn}{of}", lines(told), above=above)

    def _rating(self, rating: RatingShown) -> Block:
        own = f"; you put yourself at {rating.own}" if rating.own is not None else ""
        style = "$quiet" if rating.value is None else ""
        told = joined(plain(rating.name, "bold" if rating.value is not None else "$quiet"))
        told = joined(told, plain(f"\n{rating.standing}{own}", style))
        if rating.held:
            told = joined(told, plain(f"\n{rating.held[0].upper()}{rating.held[1:]}.", "$quiet"))
        if rating.contest:
            told = joined(told, plain(f"\nYou see it differently: {rating.contest}", "$you"))
        return Block(told, marker=plain(f"{OPENS} {rating.dimension}", "bold $you"), hang=5)

    def _beside(self, retake: RetakeShown) -> Iterator[Row]:
        """A later take's ratings, a line each."""
        rated = [each for each in retake.ratings if each.value is not None]
        yield Row(part(f"Take {retake.take}, beside it", "" if rated else NOT_ENOUGH))
        for rating in rated:
            told = plain(f"{rating.name}: {rating.standing}")
            marker = plain(f"{OPENS} {rating.dimension}", "bold $you")
            yield Row(Block(told, marker=marker, hang=5), partial(self._open, rating))

    def _turn(self, turn: int) -> None:
        from simulator.tui.screens.opened import TurnsPage

        self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", [("", True, (turn,))]))

    def _open(self, rating: RatingShown) -> None:
        from simulator.tui.screens.opened import RatingPage

        self.ward.push_screen(RatingPage(self.session, rating.dimension, rating.name))
