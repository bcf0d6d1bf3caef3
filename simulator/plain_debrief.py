"""Plain mode, afterwards: the debrief part by part; Enter alone walks through it, and every part can be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

from simulator.plain_keeping import change_keep
from simulator.plain_lines import (
    OF_FIRST,
    feedback_lines,
    felt_lines,
    moment_lines,
    opened_lines,
    rating_lines,
    roads_lines,
    side_lines,
    timeline_lines,
    turn_lines,
)
from simulator.plain_own_say import OwnSay
from simulator.plain_talk import Talk, counted, kept, turn_after, whole_number
from simulator.shown_review import HEADING, review_lines
from simulator.told import ON_TO, Part

if TYPE_CHECKING:
    from simulator.events import Contestable
    from simulator.practice import Practice
    from simulator.session import Session
    from simulator.shown_debrief import Debrief, DebriefTurn

PARTS: Final[tuple[Part, ...]] = get_args(Part)[3:]
NAMES: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "felt": "felt",
        "timeline": "timeline",
        "moments": "moments",
        "side": "side",
        "feedback": "feedback",
        "ratings": "feedback",
        "fork": "fork",
        "replay": "fork",
        "keep": "keep",
    }
)
HELP: Final = (
    "Press Enter to go on to the next part. Each can be left out so.",
    "Type a turn's number to hear everything about that turn, or all to hear every turn.",
    "Type open and the sign of a rating, such as open C3, to hear the turns it came from.",
    "Type contest and the sign of a rating, or contest, a turn's number and the name of a technique, "
    "to say that you see it differently. For a turn of the first take, say first before its number. "
    "Of ratings, it is the first take's that can be contested.",
    "Type back and a turn's number to take the scene again from there.",
    "Type roads to hear two takes side by side, and first and a turn's number for a turn of the first take.",
    "Type felt, timeline, moments, side, ratings, replay or keep to go to that part.",
    "Type share to change what is kept and who can read it. Type done to finish.",
)
KEEP_HELP: Final = ("Answer on one line. It is for you, to come back to.", "Press Enter to leave it out.")
MOMENT_HELP: Final = (
    "There is no right answer. Say what you were thinking, on one line.",
    "Press Enter to leave it out.",
)
CONTEST_HELP: Final = ("Say on one line what you see differently. Press Enter to let it stand.",)
OPEN_FITS: Final = "Type open and the sign of a rating, for example open C3."
CONTEST_FITS: Final = (
    "Type contest and the sign of a rating, as in contest C3; or a turn and a technique that it shows."
)
ONE_ROAD: Final = "There is one take so far, so there is nothing to lay beside it."
AGAIN: Final = "You can take any moment again, as often as you like. Nothing you tried is lost."
_END: Final = "end"
_SCENE: Final = "scene"


@dataclass(frozen=True)
class _Meant:
    """What is to be contested, and how it is said."""

    what: Contestable
    take: int
    turn: int
    name: str
    lines: list[str]


class After:
    """One ended session, looked back on."""

    def __init__(self, talk: Talk, session: Session, practice: Practice) -> None:
        self.talk = talk
        self.session = session
        self.practice = practice
        self.left_at: Part | None = None
        self.heard: list[str] = []

    @property
    def debrief(self) -> Debrief:
        """As it stands now, with everything said so far."""
        return self.session.debrief()

    def look_back(self) -> bool:
        """From the trainee's own say to what they keep. True where they went back into the scene.

        Raises EndOfInput and Leave.
        """
        if not self.session.debrief_open:
            OwnSay(self.talk, self.session).ask()
        part: str = self._returned() or self.session.part() or PARTS[0]
        while part not in (_END, _SCENE):
            here = NAMES[part]
            part = self._part(here)
            if part == _SCENE:
                self.left_at = here
        return part == _SCENE

    def _returned(self) -> str | None:
        """Back from a moment taken again: both roads, then on from where it was left. None at the first time."""
        left_at, self.left_at = self.left_at, None
        if left_at is None:
            return None
        self._say(self._roads())
        part = self._asked("keep" if left_at == "fork" else left_at)
        if part == _SCENE:
            self.left_at = left_at
        return part

    def _part(self, part: Part) -> str:
        """Go through one part; gives back where to go on."""
        about: dict[Part, Callable[[], list[str]]] = {
            "felt": self._felt,
            "timeline": lambda: timeline_lines(self.debrief, self.session.person),
            "moments": self._moments,
            "side": lambda: side_lines(self.debrief, self.session.person),
            "feedback": lambda: feedback_lines(self.debrief, self.session.person),
            "fork": self._fork,
            "keep": self._keep,
        }
        self._say(about[part]())
        place = PARTS.index(part)
        following = PARTS[place + 1] if place + 1 < len(PARTS) else None
        return self._asked(following)

    def _say(self, lines: list[str]) -> None:
        if lines:
            self.heard = lines
            self.talk.gap()
            self.talk.say(*lines)

    # what is typed at a part

    def _asked(self, following: Part | None) -> str:
        """What the trainee wants next; what they want to hear meanwhile is said."""
        while True:
            typed = self.talk.ask(self._question(following), about=HELP, again=self.heard)
            if typed in ("", "next", "skip", "go on"):
                return following or _END
            if typed in ("done", "finish"):
                return _END
            if typed in NAMES:
                return NAMES[typed]
            if typed.split()[0] == "back":
                if self._back(typed):
                    return _SCENE
            else:
                self._other(typed)

    def _question(self, following: Part | None) -> str:
        if following is None:
            return (
                "That was the last part. Enter finishes. Or type a turn's number, open, back, share or help."
            )
        onward = f"Enter goes on to {ON_TO[following].format(person=self.session.person)}."
        if following != "timeline":
            return f"{onward} Or type a turn's number, back and a number, done or help."
        last = len(self.debrief.turns)
        turns = f"There {'is' if last == 1 else 'are'} {counted(last, 'turn')} to look back on."
        return f"{turns} {onward} Or type a turn's number, done or help."

    def _other(self, typed: str) -> None:
        word, rest = typed.split()[0], typed.split()[1:]
        turn = whole_number(typed) if len(rest) == 0 else turn_after(word, typed)
        if typed == "all":
            self._say([line for each in self.debrief.turns for line in self._turn(each)])
        elif typed == "share":
            change_keep(self.talk, self.session, self.practice)
        elif typed == "roads":
            self._say(self._roads() or [ONE_ROAD])
        elif word == "open":
            lines = opened_lines(self.debrief, "".join(rest).upper())
            self._say(lines) if lines else self.talk.say(OPEN_FITS)
        elif word == "contest":
            self._contest(rest)
        elif turn is not None and word in ("turn", "first", typed):
            self._open_turn(turn, first=word == "first")
        else:
            self.talk.fits_nothing(typed)

    def _open_turn(self, number: int, *, first: bool) -> None:
        turns = self.debrief.first if first else self.debrief.turns
        if 1 <= number <= len(turns):
            self._say(self._turn(turns[number - 1]))
        else:
            self.talk.say(f"The turns go from 1 to {len(turns)}.")

    def _turn(self, turn: DebriefTurn) -> list[str]:
        debrief = self.debrief
        here = turn in debrief.turns
        takes = 1 + len(debrief.retake_ratings)
        return turn_lines(turn, self.session.person, takes, debrief.points[turn.turn] if here else None)

    def _back(self, typed: str) -> bool:
        turn, last = turn_after("back", typed), len(self.debrief.turns)
        if turn is None or not 1 <= turn <= last:
            self.talk.say(f"Type back and the number of a turn, from 1 to {last}, for example back 1.")
            return False
        kept(self.talk, lambda: self.session.rewind(turn))
        self.talk.say(f"You are back at turn {turn}. Nothing you tried is lost.")
        return True

    def _contest(self, rest: list[str]) -> None:
        """Take down that the trainee sees a rating, or a technique at a turn, differently."""
        meant = self._rating(rest) or self._technique(rest)
        if meant is None:
            self.talk.say(CONTEST_FITS)
            return
        question = f"What do you see differently about {meant.name}? Enter lets it stand."
        text = self.talk.ask(question, about=CONTEST_HELP, again=meant.lines, free=True)
        if text:
            contest = self.session.contest
            kept(self.talk, partial(contest, meant.what, meant.turn, meant.name, text, meant.take))
            self.talk.say(self._contested())

    def _rating(self, rest: list[str]) -> _Meant | None:
        """The rating that was named, None where none was."""
        name = "".join(rest).upper()
        rating = next((each for each in self.debrief.ratings if each.dimension == name), None)
        return None if rating is None else _Meant("rating", 1, 0, name, rating_lines(rating))

    def _technique(self, rest: list[str]) -> _Meant | None:
        """The technique of a turn that was named, or its only one; None where none is meant."""
        first = rest[:1] == ["first"]
        turns = self.debrief.first if first else self.debrief.turns
        number, *named = rest[first:] or [""]
        turn = whole_number(number)
        if turn is None or not 1 <= turn <= len(turns):
            return None
        played = turns[turn - 1]
        shown = [tag.name for tag in played.techniques]
        name = "-".join(named) or (shown[0] if len(shown) == 1 else "")
        return _Meant("tag", played.take, turn, name, self._turn(played)) if name in shown else None

    def _contested(self) -> str:
        return {
            "none": "That stands beside it for as long as you look back.",
            "mine": "That is kept beside it. Should you share this session, your facilitator reads it.",
            "shared": "That is kept beside it, and your facilitator reads it.",
        }[self.session.keep]

    def _felt(self) -> list[str]:
        """How it was for the person; before it, what facilitators said to the trainee since."""
        said: list[str] = []
        if self.session.keep == "shared":
            said = review_lines(kept(self.talk, lambda: self.practice.said_to(self.session.id)))
        told = [f"{HEADING}.", *said] if said else []
        return [*told, *felt_lines(self.debrief, self.session.person)]

    # parts that ask

    def _moments(self) -> list[str]:
        count = len(self.debrief.moments)
        of = OF_FIRST if self.debrief.retake_ratings else ""
        for place, moment in enumerate(self.debrief.moments):
            lines = [f"Moment {place + 1} of {count}{of}.", *moment_lines(moment)]
            self._say(lines)
            if moment.answer is not None:
                self.talk.say(moment.question, f"You said: {moment.answer or 'nothing, and that is fine.'}")
                continue
            question = f"{moment.question} Enter leaves it out."
            text = self.talk.ask(question, about=MOMENT_HELP, again=lines, free=True)
            kept(self.talk, partial(self.session.inquire, place, text))
        return []

    def _fork(self) -> list[str]:
        lines = [AGAIN]
        for thing in self.debrief.feedback:
            if thing.instead:
                lines.append(
                    f"Something to try at turn {thing.turn}: {thing.instead} Type back {thing.turn}."
                )
        return [*self._roads(), *lines]

    def _roads(self) -> list[str]:
        roads = self.session.roads()
        return roads_lines(roads, self.session.person) if roads is not None else []

    def _keep(self) -> list[str]:
        debrief = self.debrief
        self._say([*_sure(debrief), *(f"To take with you: {question}" for question in debrief.questions)])
        told = debrief.to_keep
        text = self._own("One thing to keep, from what you did?", told)
        if text or told is None:
            kept(self.talk, lambda: self.session.keep_one(text))
        tried = debrief.to_try
        trying = self._own("One thing to try, on the ward or in the next scene?", tried)
        if trying:
            when = self._own("When will you try it?", None, "leaves it open")
            kept(self.talk, lambda: self.session.try_one(trying, when))
        elif tried is None:
            kept(self.talk, lambda: self.session.try_one(""))
        return []

    def _own(self, question: str, told: str | None, leaves: str = "leaves it out") -> str:
        said = [f"You said: {told}"] if told else []
        self.talk.say(*said)
        asked = f"{question} Enter {'leaves it so' if told else leaves}."
        return self.talk.ask(asked, about=KEEP_HELP, again=said, free=True)


def _sure(debrief: Debrief) -> list[str]:
    """How sure the trainee felt, where they said so."""
    said = [(value, when) for value, when in zip(debrief.confidence, ("before", "after"), strict=True)]
    points = [f"{value} {when}" for value, when in said if value is not None]
    return [f"How sure you felt, of 10: {', '.join(points)}. It is no measure of skill."] if points else []
