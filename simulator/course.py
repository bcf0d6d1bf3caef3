"""How a session has gone so far: its events taken in one after the other, live and when read back alike.

Pure: no clock, no files. The same events on the same bytes give the same course, line for line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from scenarios.load import Loaded
from scenarios.scene import SILENCE
from scenarios.unfold import NotOffered, Offer, Play, Turn, available, begin, step
from simulator.errors import Over
from simulator.events import (
    Answered,
    Began,
    Confidence,
    Event,
    Happened,
    KeepChanged,
    Paused,
    Reached,
    Reflection,
    Resumed,
    Rewound,
    State,
    SteppedOut,
    Suspended,
    Unpaused,
    Word,
)
from simulator.shown import REACH_ANSWER, STAY_QUIET, Line, LineKind, Now, Silence
from simulator.text import clean

ENGINE: Final = "format-1"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list needs of a session; written together with the event it follows from."""

    state: State
    outcome: str | None
    takes: int
    turns: int
    told: bool
    """Whether word and reflection have been given or left out, so that nothing waits for the trainee."""


@dataclass(slots=True)
class Told:
    """What the trainee said about it: `word` and `reflection` are None until given, "" where left out."""

    word: str | None = None
    reflection: str | None = None
    question: str | None = None
    confidence: dict[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether both have been given or left out, so that the debrief may open."""
        return self.word is not None and self.reflection is not None


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
        self._taking: dict[type[Event], Callable[[Happened], None]] = {
            Answered: self._answered,
            Reached: self._reached,
            Rewound: self._rewound,
            Paused: self._paused,
            Unpaused: self._unpaused,
            Resumed: self._resumed,
            Confidence: self._told,
            Word: self._told,
            Reflection: self._told,
            KeepChanged: self._kept,
        }
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

    def after(self, event: Event) -> Summary:
        """What the summary will be once this has been taken in; it must have passed `check`."""
        play = self.play
        place, takes, turns = play.state.place, len(play.takes), play.turn - 1
        if isinstance(event, Answered):
            options = available(play.scene, play.state)
            option = next(option for option in options if option.id == event.reply)
            place, turns = step(play.scene, play.state, option)[0].place, turns + 1
        elif isinstance(event, Rewound):
            place, takes, turns = "", takes + 1, event.turn - 1
        ending = play.scene.scenario.endings.get(place)
        state: State = "ended" if ending else "suspended" if isinstance(event, Suspended) else "running"
        if isinstance(event, SteppedOut) or self.state == "stepped-out":
            state = "stepped-out"
        word = self.told.word is not None or isinstance(event, Word)
        reflection = self.told.reflection is not None or isinstance(event, Reflection)
        return Summary(state, ending.outcome if ending else None, takes, turns, word and reflection)

    # taking in

    def take_in(self, rows: Iterable[Happened]) -> None:
        """Events that have been kept, in order. Raises NotOffered, Over or ValueError."""
        for row in rows:
            self.check(row.event)
            state = self.after(row.event).state
            taking = self._taking.get(type(row.event))
            if taking is not None:
                taking(row)
            self.state = state

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

    def _told(self, row: Happened) -> None:
        match row.event:
            case Confidence(when, value):
                self.told.confidence[when] = value
            case Word(text):
                self.told.word = text or ""
            case Reflection(question, text):
                self.told.question, self.told.reflection = question, text or ""

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
