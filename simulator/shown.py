"""What a front end is given to show. Every text is filled and cleaned; gauges are not among it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from scenarios.unfold import Offer

LineKind = Literal["person", "cue", "trainee", "deed", "quiet", "reach", "note", "take"]

STAY_QUIET: Final = "You stay quiet."
REACH_ANSWER: Final = (
    "Physical intervention is not available here. Words come first. What else could you say or do?"
)
STEPPED_OUT: Final = (
    "You have stepped out, and that is always all right. Nothing of this is judged. "
    "If it has stirred something up, talk to somebody you trust."
)


@dataclass(frozen=True, slots=True)
class Silence:
    """Quiet is an answer here: after `seconds` where it is timed, or by choice."""

    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Now:
    """What waits: the person's words and cue, the replies (silence apart), and whether the take has ended."""

    turn: int
    take: int
    said: str
    cue: str
    replies: tuple[Offer, ...]
    silence: Silence | None
    ended: bool
    first: bool
    ending: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What came back at once, if anything, and what waits now."""

    reaction: str | None
    now: Now


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was shown. `turn` is the turn it belongs to, from 1; `take` likewise."""

    kind: LineKind
    text: str
    turn: int
    take: int


@dataclass(frozen=True, slots=True)
class DebriefTurn:
    """One turn looked back on, in the order of the path that was taken."""

    turn: int
    take: int
    said: str
    reply: str
    kind: str
    reply_text: str
    reaction: str | None
    felt: str | None
    why: str | None
    instead: str | None
    harmful: bool
    reaches: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the actor, out of role, and the program can say afterwards. No numbers, no pass, no fail."""

    outcome: str
    ending: str
    felt: str | None
    matters: str
    came_to_light: tuple[tuple[str, bool], ...]
    turns: tuple[DebriefTurn, ...]
    word: str | None
    question: str
    reflection: str | None
    legal_note: str | None
    credits_note: str
