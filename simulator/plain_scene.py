"""Plain mode, the scene: turn after turn until it ends, or the trainee leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from scenarios.script import answered, seen, spoken
from simulator.plain_talk import Talk, either, kept, numbered, turn_after, whole_number

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown import Line, Moved, Now

HELP: Final = (
    "Type the number of an answer to give it.",
    "Type quiet to stay quiet, where the scene allows it. There is no clock: quiet is yours to choose.",
    "Type pause to stop for a moment, and press Enter to go on.",
    "Type back and a turn's number to take the scene again from there. Nothing you tried is lost.",
    "Type hands if you catch yourself reaching for hands-on. It is not available here, and the scene waits.",
    "Type so far to hear the scene from its beginning.",
    "Type leave to go out. Nobody asks why.",
)
NO_CLOCK: Final = "There is no clock in plain mode. Where quiet is an answer, you choose it: type quiet."
_BACK_FITS: Final = "Type back and the number of a turn you have answered, for example back 1."


class Scene:
    """One session's scene, spoken."""

    def __init__(self, talk: Talk, session: Session) -> None:
        self.talk = talk
        self.session = session

    def play(self) -> None:
        """Play until the take has ended. Raises EndOfInput, and Leave where the trainee wants out."""
        self.talk.scene = self.session
        try:
            now = self.session.now()
            while not now.ended:
                now = self._turn(now)
        finally:
            self.talk.scene = None
        self.talk.gap()
        self.talk.say("The scene ends here.", now.ending or "")

    def so_far(self) -> list[str]:
        """Everything that was shown on the way to here, as lines."""
        return [line for shown in self.session.transcript() for line in self._lines(shown)]

    def _lines(self, line: Line) -> list[str]:
        match line.kind:
            case "person":
                return spoken(self.session.person, line.text)
            case "trainee":
                return spoken("You", line.text)
            case "cue" | "deed" | "quiet":
                return [seen(line.text)]
            case _:
                return [line.text]

    def _turn(self, now: Now) -> Now:
        lines = self._turn_lines(now)
        self.talk.gap()
        self.talk.say(*lines)
        while True:
            typed = self._ask(now, lines)
            if typed == "":
                self.talk.say(*lines)
            elif typed == "so far":
                self.talk.say(*self.so_far())
            elif typed == "hands":
                answer = kept(self.talk, self.session.reach)
                self.talk.say(answer)
            elif typed.split()[0] == "back":
                went = self._back(typed, now)
                if went is not None:
                    return went
            else:
                moved = self._answered(typed, now)
                if moved is not None:
                    return moved

    def _turn_lines(self, now: Now) -> list[str]:
        take = f", take {now.take}" if now.take > 1 else ""
        lines = [f"Turn {now.turn}{take}.", *spoken(self.session.person, now.said)]
        if now.cue:
            lines.append(seen(now.cue))
        if now.replies:
            lines.append("You can answer with one of these.")
        lines += numbered(seen(reply.text) if reply.kind == "do" else reply.text for reply in now.replies)
        if now.silence is not None:
            lines.append(f"Or type quiet: {now.silence.text}")
        return lines

    def _ask(self, now: Now, lines: list[str]) -> str:
        own = [reply.id for reply in now.replies]
        return self.talk.ask(_question(now), about=HELP, again=lines, own=own)

    def _answered(self, typed: str, now: Now) -> Now | None:
        """Give the answer that was typed; None where it fits nothing."""
        number = whole_number(typed)
        for place, reply in enumerate(now.replies, start=1):
            if typed == reply.id or number == place:
                return self._moved(reply.kind, reply.text, partial(self.session.answer, reply.id))
        if typed == "quiet" and now.silence is not None:
            return self._moved("silence", now.silence.text, partial(self.session.quiet, timed=False))
        if typed == "quiet":
            self.talk.say("Staying quiet is not an answer the scene takes at this turn.")
        else:
            self.talk.fits_nothing(typed)
        return None

    def _moved(self, kind: str, text: str, doing: Callable[[], Moved]) -> Now:
        moved = kept(self.talk, doing)
        self.talk.say(*answered(kind, text))
        if moved.reaction:
            self.talk.say(*spoken(self.session.person, moved.reaction))
        return moved.now

    def _back(self, typed: str, now: Now) -> Now | None:
        turn = turn_after("back", typed)
        if turn is None or not 1 <= turn < now.turn:
            if now.turn == 1:
                self.talk.say("This is the first turn, so there is nothing to go back to.")
            else:
                self.talk.say(_BACK_FITS, f"You are at turn {now.turn}.")
            return None
        went = kept(self.talk, lambda: self.session.rewind(turn))
        self.talk.say(f"You are back at turn {turn}. Nothing you tried is lost.")
        return went


def _question(now: Now) -> str:
    quiet = ("quiet",) if now.silence is not None else ()
    return f"Your answer: {either(len(now.replies), *quiet, 'help')}? Enter repeats the turn."
