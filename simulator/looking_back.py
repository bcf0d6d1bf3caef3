"""The part of a session that comes after the scene: what the trainee says, and what is said to them.

What they say is saved before the call returns. Nothing that judges leaves here before they have had their say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from simulator.events import (
    Account,
    Confidence,
    Contestable,
    Contested,
    Event,
    Inquired,
    Kept,
    SelfRated,
    SelfRating,
    ToTry,
    Word,
)
from simulator.text import clean

if TYPE_CHECKING:
    from simulator.course import Course
    from simulator.shown_debrief import Debrief, Roads, Scale
    from simulator.told import BeforeReveal, Part

Made = TypeVar("Made")


class LookingBack:
    """See above. Each method that says something raises what Session does."""

    _course: Course

    def _record(self, event: Event, waking: bool = True) -> None:
        raise NotImplementedError

    # what waits

    def before_reveal(self) -> BeforeReveal | None:
        """What of the trainee's own say was neither given nor left out yet; None once the debrief is open."""
        return self._course.told.waiting

    @property
    def debrief_open(self) -> bool:
        """Whether the trainee has had their own say, or left it out."""
        return self._course.told.complete

    def part(self) -> Part | None:
        """The first part of the debrief that waits for the trainee; None once all was given or left out.

        Who stepped out is asked nothing.
        """
        told = self._course.told
        if self._course.state == "stepped-out":
            return None
        moments = len(self.debrief().moments) if told.complete and self._course.play.take.ending else 0
        return told.part(moments)

    @property
    def confidence(self) -> tuple[int | None, int | None]:
        """How sure the trainee said they felt, 0..10, before and after; None where they did not say."""
        said = self._course.told.confidence
        return said.get("before"), said.get("after")

    # the trainee's own say

    def say_confidence(self, value: int, when: str = "after") -> None:
        """How sure the trainee feels, 0..10, `before` or `after`. Raises ValueError outside these."""
        event = Confidence(when, value)
        event.check()
        self._record(event)

    def say_word(self, word: str) -> None:
        """The trainee's own word for how they are now; cleaned and cut. Empty leaves it out."""
        self._record(Word(_own(word)))

    def skip_word(self) -> None:
        """Leave the word out."""
        self._record(Word(None))

    def say_account(self, text: str) -> None:
        """What happened, as the trainee tells it; cleaned and cut. Empty leaves it out."""
        self._record(Account(_own(text)))

    def skip_account(self) -> None:
        """Leave the account out."""
        self._record(Account(None))

    def scales(self) -> tuple[Scale, ...]:
        """What one can rate oneself on in this role, what the first take gave most room for first."""
        from simulator.debrief_ratings import scales

        return self._once(scales)

    def rate_self(self, dimension: str, value: int) -> None:
        """The trainee's own rating, 1..5; a later one takes its place. Raises ValueError outside these."""
        if dimension not in {scale.dimension for scale in self.scales()}:
            raise ValueError("not a dimension that can be rated here")
        event = SelfRating(dimension, value)
        event.check()
        self._record(event)

    def close_self_rating(self) -> None:
        """Close it, and open the debrief. With nothing rated it has been left out, and is told so."""
        self._record(SelfRated(bool(self._course.told.ratings)))

    # what is said to them, and what they say to that

    def debrief(self) -> Debrief:
        """What can be said afterwards. Raises SimulatorError before the trainee has had their own say."""
        from simulator.debrief import debrief

        return self._once(debrief)

    def roads(self) -> Roads | None:
        """This take beside the one it was taken again from; None where there is no such pair to look at."""
        from simulator.roads import roads

        return self._once(roads)

    def inquire(self, place: int, text: str) -> None:
        """Answer the question about one of the debrief's moments, by its place. Empty leaves it out."""
        asked = self.debrief().moments[place]
        self._record(Inquired(asked.turn, asked.question, _own(text)))

    def contest(self, what: Contestable, turn: int, name: str, text: str, take: int | None = None) -> None:
        """See a technique at a turn, or a rating (turn 0), differently, in words; saying it again replaces them.

        `take` is the one the turn was played in: of this road's turns unless it is named. Raises NotFound
        where there is no such thing to contest; words that say nothing change nothing.
        """
        from simulator.debrief import contestable

        said = _own(text)
        played_in = contestable(self.debrief(), what, turn, name, take)
        if said is not None:
            self._record(Contested(what, played_in, turn, name, said))

    def keep_one(self, text: str) -> None:
        """One thing to keep; cleaned and cut. Empty leaves it out."""
        self._record(Kept(_own(text)))

    def try_one(self, text: str, when: str = "") -> None:
        """One thing to try, and when; cleaned and cut. Empty leaves it out."""
        said = _own(text)
        self._record(ToTry(said, _own(when) if said else None))

    def _once(self, making: Callable[[Course], Made]) -> Made:
        """What follows from the course alone, made anew only where something has happened since."""
        raise NotImplementedError


def _own(text: str) -> str | None:
    """What somebody typed, as it is kept; None where it says nothing."""
    return clean(text).strip() or None
