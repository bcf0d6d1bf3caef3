"""What a front end is given to show while a scene runs: filled, cleaned, and without gauges."""

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
