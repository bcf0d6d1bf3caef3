"""The one service every front end is given: a scene, its clock and its record, saved before shown.

Importing this costs next to nothing: the engine, the reader and the database load when a session begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from simulator.clock import Clock, Stopwatch
from simulator.errors import NotFound, Over, StoreTrouble
from simulator.events import (
    Answered,
    Event,
    Happened,
    Keep,
    KeepChanged,
    Paused,
    Reached,
    Resumed,
    Rewound,
    SteppedOut,
    Suspended,
    Unpaused,
    happened,
)
from simulator.looking_back import LookingBack, Made
from simulator.shown import REACH_ANSWER, STEPPED_OUT, Line, Moved, Now
from simulator.text import clean

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from simulator.course import Course, Summary
    from simulator.events import Began

__all__ = ["Head", "Keep", "Keeper", "Session"]


@dataclass(frozen=True, slots=True)
class Head:
    """What stays the same for a session. `title` is filled for the person met, `<trainee>` left as it is."""

    id: str
    title: str
    person: str
    started_ms: int
    began: Began
    loaded: Loaded


class Keeper(Protocol):
    """Where the acting person's session is kept: committed on return, or StoreTrouble."""

    def begin(self, head: Head, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None: ...

    def append(self, session: str, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None: ...

    def last(self, session: str) -> tuple[int, str]: ...

    def erase(self, session: str) -> None: ...


class Session(LookingBack):
    """A session being played. Every method that changes something saves it first; where that fails, nothing
    has moved.

    Raises StoreTrouble (nothing changed; try again), AlreadyOpen (it went on in another window), NotOffered
    (that reply is not offered now) and Over (it was stepped out of or closed).
    """

    def __init__(
        self,
        head: Head,
        course: Course,
        rows: Sequence[Happened],
        keep: Keep,
        name: str,
        keeper: Keeper,
        clock: Clock,
    ) -> None:
        self.id = head.id
        self.loaded = head.loaded
        self.keep: Keep = keep
        self.trainee = name
        self.person = clean(head.person)
        self.timed = head.began.timed
        self.title = clean(head.title.replace("<trainee>", name))
        self.role = clean(course.play.fill(head.loaded.scenario.role))
        self.setting = clean(course.play.fill(head.loaded.scenario.setting))
        self._head = head
        self._course = course
        self._rows = list(rows)
        self._keeper = keeper
        self._clock = clock
        self._watch = Stopwatch(clock, rows[-1].mono_ms)
        self._unsure: tuple[Happened, ...] = ()
        self._asleep = False
        self._closed = False
        self._made: dict[Callable[[Course], Any], tuple[Course, Any]] = {}

    # what is shown

    def now(self) -> Now:
        """What waits for an answer."""
        return self._course.now()

    def transcript(self) -> list[Line]:
        """Everything that was shown on the way to here, in order."""
        return list(self._course.lines)

    @property
    def state(self) -> str:
        """running, suspended, ended or stepped-out."""
        return self._course.state

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self._course.paused

    @property
    def turns(self) -> int:
        """How many turns led to here."""
        return self._course.play.turn - 1

    # playing

    def answer(self, reply_id: str) -> Moved:
        """Answer with an offered reply. Raises NotOffered; nothing changes then."""
        return self._answer(reply_id, timed=False)

    def quiet(self, timed: bool) -> Moved:
        """Stay quiet, by choice or because the time has passed; in a pause no time passes."""
        if timed and self._course.paused:
            return Moved(None, self.now())
        return self._answer("silence", timed)

    def _answer(self, reply: str, timed: bool) -> Moved:
        self._record(Answered(self._course.play.turn, reply, timed))
        turns = self._course.play.take.turns
        reaction = turns[-1].reaction if turns else None
        return Moved(clean(reaction) if reaction else None, self.now())

    def reach(self) -> str:
        """Reach for physical intervention: recorded, answered, and nothing in the scene changes."""
        self._record(Reached(self._course.play.turn))
        return REACH_ANSWER

    def rewind(self, turn: int) -> Now:
        """Take it again from before the reply of an answered turn; the earlier take is kept."""
        self._record(Rewound(turn))
        return self.now()

    def pause(self) -> None:
        """Stop the clock. Once paused, pausing again changes nothing."""
        if not self._course.paused:
            self._record(Paused(self._course.play.turn))
            self._watch.stop()

    def unpause(self) -> None:
        """Let the clock go on."""
        if self._course.paused:
            self._record(self._unpaused())
            self._watch.go()

    def suspend(self) -> None:
        """Leave it for later, at exactly this place. What is over already stays as it is."""
        if not (self._asleep or self._closed or self.state == "stepped-out"):
            self._record(Suspended(), waking=False)
            self._watch.stop()
            self._asleep = True

    def step_out(self) -> str:
        """End kindly, now: nothing of it is judged, nothing follows, and it is not offered again."""
        if self._course.state != "stepped-out":
            self._record(SteppedOut(), waking=False)
        return STEPPED_OUT

    # keeping

    def set_keep(self, keep: Keep) -> None:
        """Change who may see it. `none` erases at once; from `none` all that was held in memory is saved."""
        self._open()
        if keep == self.keep:
            return
        self._settle()
        rows = self._placed((KeepChanged(keep),))
        ahead = self._course.ahead(rows)
        if keep == "none":
            # erased in another window already: that is what was wanted
            with suppress(NotFound):
                self._keeper.erase(self.id)
        elif self.keep == "none":
            self._keeper.begin(self._head, [*self._rows, *rows], ahead.summary(), keep)
        else:
            self._save(rows, ahead.summary(), keep)
        self._go_on(ahead, rows)

    def close(self) -> None:
        """Let go of it. What was not kept is gone; what was kept can be resumed."""
        self._closed = True
        self._rows.clear()

    # one way in for everything that happens

    def _record(self, event: Event, waking: bool = True) -> None:
        self._open()
        adopted = self._settle()
        if not adopted or adopted[-1].event != event:
            rows = self._placed([*(self._waking(event) if waking else ()), event])
            ahead = self._course.ahead(rows)
            if self.keep != "none":
                self._save(rows, ahead.summary(), self.keep)
            self._go_on(ahead, rows)
        if waking and not isinstance(event, Paused | Unpaused):
            self._watch.go()
            self._asleep = False

    def _waking(self, event: Event) -> list[Event]:
        """What is to be told first where the clock stood still: playing on ends a pause, and a rest."""
        if self._asleep:
            return [Resumed()]
        return [self._unpaused()] if self._course.paused and not isinstance(event, Unpaused) else []

    def _unpaused(self) -> Unpaused:
        return Unpaused(self._course.play.turn, self._watch.stopped_for())

    def _placed(self, events: Sequence[Event]) -> list[Happened]:
        at, mono = self._clock.now_ms(), self._watch.read()
        rows: list[Happened] = []
        for event in events:
            last = (rows or self._rows)[-1]
            rows.append(happened(last.chain, self.id, last.seq + 1, at, mono, event))
        return rows

    def _save(self, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None:
        try:
            self._keeper.append(self.id, rows, summary, keep)
        except StoreTrouble:
            self._unsure = tuple(rows)
            raise

    def _settle(self) -> tuple[Happened, ...]:
        """After a save that seemed to fail: what was kept all the same has happened, and is returned."""
        unsure = self._unsure
        kept = bool(unsure) and self._keeper.last(self.id) == (unsure[-1].seq, unsure[-1].chain)
        self._unsure = ()
        if not kept:
            return ()
        self._go_on(self._course.ahead(unsure), unsure)
        return unsure

    def _go_on(self, ahead: Course, rows: Sequence[Happened]) -> None:
        self._course = ahead
        self._rows += rows
        self.keep = cast(Keep, ahead.keep)

    def _once(self, making: Callable[[Course], Made]) -> Made:
        course, made = self._made.get(making, (None, None))
        if course is not self._course:
            made = making(self._course)
            self._made[making] = (self._course, made)
        return cast(Made, made)

    def _open(self) -> None:
        if self._closed:
            raise Over("This session has been closed.", "Resume it from the list if it was kept.")
