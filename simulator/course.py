"""How a session has gone so far: its events taken in one after the other, live and when read back alike.

Pure: no clock, no files. The same events on the same bytes give the same course, line for line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from scenarios.load import Loaded
from scenarios.scene import SILENCE
from scenarios.unfold import NotOffered, Offer, Play, Turn, begin
from simulator.errors import Over
from simulator.events import (
    Account,
    Answered,
    Began,
    Contested,
    Event,
    Happened,
    Inquired,
    KeepChanged,
    Kept,
    Paused,
    Reached,
    Resumed,
    Rewound,
    SelfRated,
    SelfRating,
    State,
    SteppedOut,
    Suspended,
    ToTry,
    Unpaused,
)
from simulator.shown import REACH_ANSWER, STAY_QUIET, Line, LineKind, Now, Silence
from simulator.text import clean
from simulator.told import Told

ENGINE: Final = "format-1"
OWN_SAY_FIRST: Final = ("Your own word comes first.", "Give it, or leave it out; then the debrief opens.")
NOT_ENDED: Final = ("The scene has not ended yet.", "Play on, or step out.")
_AFTERWARDS: Final = (Account, SelfRating, SelfRated)
_REVEALED: Final = (Inquired, Contested, Kept, ToTry)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list needs of a session; written together with the event it follows from.

    `told`: word, account and self-rating were given or left out, so that nothing waits for the trainee.
    `picture`: see simulator/picture.py. `contested`: the trainee sees a tag or a rating differently.
    """

    state: State
    outcome: str | None
    takes: int
    turns: int
    told: bool
    picture: Mapping[str, Any] | None
    contested: bool


class Course:
    """One session's play, its lines as shown, and what was said about it. `name` fills `<trainee>`."""

    def __init__(self, loaded: Loaded, began: Began, name: str | None) -> None:
        cast = loaded.scene.cast
        if began.opening not in loaded.scene.openings or not 0 <= began.cast < len(cast):
            raise ValueError("the opening or the cast member is not in this scenario")
        self.loaded = loaded
        self.began = began
        self.play: Play = begin(loaded.scene, began.seed, began.opening, began.cast, name)
        self.lines: list[Line] = []
        self.state: State = "running"
        self.keep: str = began.keep
        self.told = Told()
        self.paused = False
        self.seconds: dict[tuple[int, int], float] = {}
        self.pauses: list[tuple[int, int | None]] = []
        self._marked = 0
        self._starts: dict[int, int] = {}
        brief = loaded.scene.openings[began.opening].brief
        if brief:
            self._line("note", self.play.fill(brief))
        self._enter()

    # what may happen, and what it would come to

    def check(self, event: Event) -> None:
        """Raise NotOffered or Over where this cannot happen now; nothing changes."""
        if self.state == "stepped-out" and not isinstance(event, KeepChanged):
            raise Over("You have stepped out of this one.", "Start another whenever you like.")
        play = self.play
        offered = [offer.id for offer in play.offered]
        if isinstance(event, Answered) and (event.turn != play.turn or event.reply not in offered):
            raise NotOffered(play.turn, event.reply, offered)
        if isinstance(event, Reached) and (event.turn != play.turn or play.take.ending is not None):
            raise NotOffered(play.turn, "reach", offered)
        if isinstance(event, Rewound) and not 1 <= event.turn < play.turn:
            raise NotOffered(play.turn, f"rewind:{event.turn}", offered)
        if isinstance(event, Began):
            raise ValueError("a session begins once")
        if isinstance(event, _AFTERWARDS + _REVEALED) and play.take.ending is None:
            raise Over(*NOT_ENDED)
        if isinstance(event, _REVEALED) and not self.told.complete:
            raise Over(*OWN_SAY_FIRST)
        if isinstance(event, SelfRating | SelfRated) and self.told.blind is not None:
            raise Over("Your own ratings are closed.", "They stay as you gave them, beside the suggestions.")

    def ahead(self, rows: Iterable[Happened]) -> Course:
        """The course with these taken in as well; this one stays as it is. Raises as `take_in` does.

        What is saved is summed up from it first, so that nothing has moved where saving fails.
        """
        twin = copy(self)
        twin.play = copy(self.play)
        twin.play.takes = [
            replace(take, turns=[*take.turns], reaches=[*take.reaches]) for take in self.play.takes
        ]
        twin.lines, twin.pauses = [*self.lines], [*self.pauses]
        twin.seconds, twin._starts = {**self.seconds}, {**self._starts}
        twin.told = self.told.twin()
        twin.take_in(rows)
        return twin

    def summary(self) -> Summary:
        """What a list needs of it, as it stands."""
        from simulator.picture import picture

        ending = self.play.scene.scenario.endings.get(self.play.take.ending or "")
        return Summary(
            state=self.state,
            outcome=ending.outcome if ending else None,
            takes=len(self.play.takes),
            turns=self.play.turn - 1,
            told=self.told.complete,
            picture=picture(self),
            contested=bool(self.told.contests),
        )

    # taking in

    def take_in(self, rows: Iterable[Happened]) -> None:
        """Events that have been kept, in order. Raises NotOffered, Over or ValueError."""
        for row in rows:
            self.check(row.event)
            taking = _TAKING.get(type(row.event))
            if taking is not None:
                taking(self, row)
            else:
                self.told.take_in(row.event)
            self.state = self._after(row.event)

    def _after(self, event: Event) -> State:
        """The state an event leaves it in; who stepped out stays out."""
        if isinstance(event, SteppedOut) or self.state == "stepped-out":
            return "stepped-out"
        if self.play.take.ending is not None:
            return "ended"
        return "suspended" if isinstance(event, Suspended) else "running"

    def _answered(self, row: Happened) -> None:
        event = row.event
        assert isinstance(event, Answered)
        number, take = self.play.turn, self.play.take.number
        turn = self.play.answer(event.reply)
        self.seconds[take, number] = (row.mono_ms - self._marked) / 1000
        self._marked = row.mono_ms
        self._line(*_spoken(turn), number)
        if turn.reaction:
            self._line("person", turn.reaction, number)
        self._enter()

    def _reached(self, row: Happened) -> None:
        self.play.reach()
        self._line("reach", REACH_ANSWER)

    def _rewound(self, row: Happened) -> None:
        event = row.event
        assert isinstance(event, Rewound)
        self.play.rewind(event.turn)
        self._marked = row.mono_ms
        del self.lines[self._starts[event.turn] :]
        while self.lines and self.lines[-1].kind == "take":
            self.lines.pop()
        self._line("take", f"Take {self.play.take.number}, again from turn {event.turn}.")
        self._enter()

    def _paused(self, row: Happened) -> None:
        self.paused = True
        self.pauses.append((self.play.turn, None))

    def _unpaused(self, row: Happened) -> None:
        event = row.event
        assert isinstance(event, Unpaused)
        if self.paused:
            self.pauses[-1] = (self.pauses[-1][0], event.paused_ms)
        self.paused = False

    def _resumed(self, row: Happened) -> None:
        self.paused = False

    def _kept(self, row: Happened) -> None:
        event = row.event
        assert isinstance(event, KeepChanged)
        self.keep = event.keep

    # what is shown

    def now(self) -> Now:
        """What waits for an answer."""
        play = self.play
        ended = play.take.ending is not None
        replies = tuple(
            Offer(offer.id, clean(offer.text), offer.kind)
            for offer in play.offered
            if offer.kind != "silence"
        )
        return Now(
            turn=play.turn,
            take=play.take.number,
            said=clean(play.said),
            cue=clean(play.cue),
            replies=replies,
            silence=self._silence(),
            ended=ended,
            first=play.turn == 1 and len(play.takes) == 1,
            ending=self.ending_text() if ended else None,
        )

    def ending_text(self) -> str:
        """How the take ended, in the author's words; empty where it has not."""
        ending = self.play.scene.scenario.endings.get(self.play.take.ending or "")
        return clean(self.play.fill(ending.text)) if ending else ""

    def _silence(self) -> Silence | None:
        if not any(offer.kind == "silence" for offer in self.play.offered):
            return None
        silence = self.play.scene.scenario.moments[self.play.state.place].silence
        assert silence is not None, "silence is offered where the moment has it"
        return Silence(silence.after, clean(self.play.fill(silence.do or STAY_QUIET)))

    def _enter(self) -> None:
        """The lines of the moment that was come to, or of the ending."""
        play = self.play
        self._starts[play.turn] = len(self.lines)
        if play.take.ending is not None:
            self._line("note", self.ending_text(), play.turn - 1)
            return
        if play.said:
            self._line("person", play.said)
        if play.cue:
            self._line("cue", play.cue)

    def _line(self, kind: LineKind, text: str, turn: int | None = None) -> None:
        number = self.play.turn if turn is None else turn
        self.lines.append(Line(kind, clean(text), number, self.play.take.number))


def _spoken(turn: Turn) -> tuple[LineKind, str]:
    """A reply as a line: what was said, what was done, or that it was quiet."""
    if turn.option.id == SILENCE:
        return "quiet", turn.reply_text or STAY_QUIET
    return ("trainee" if turn.option.kind == "say" else "deed"), turn.reply_text


_TAKING: Final[Mapping[type[Event], Callable[[Course, Happened], None]]] = MappingProxyType(
    {
        Answered: Course._answered,
        Reached: Course._reached,
        Rewound: Course._rewound,
        Paused: Course._paused,
        Unpaused: Course._unpaused,
        Resumed: Course._resumed,
        KeepChanged: Course._kept,
    }
)
