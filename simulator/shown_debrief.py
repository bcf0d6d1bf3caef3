"""What a front end is given to look back with, once the trainee has had their own say; filled and cleaned.

Every number can be opened: whatever has one names the turns that it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SHOWN_WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        -2: "did real harm to it",
        -1: "got in its way",
        0: "did nothing for it",
        1: "showed some of it",
        2: "showed it clearly",
    }
)
"""What a reply showed on a dimension, -2..2, in words."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One dimension to rate oneself on: five anchors from 1 to 5, and one's own rating so far.

    `facilitator` says what words on a screen cannot show of it.
    """

    dimension: str
    name: str
    definition: str
    anchors: tuple[str, str, str, str, str]
    facilitator: str | None
    rated: int | None


@dataclass(frozen=True, slots=True)
class TagShown:
    """A technique that a reply shows, and what the trainee said against that, if anything."""

    name: str
    words: str
    helps: bool
    contest: str | None


@dataclass(frozen=True, slots=True)
class DebriefTurn:
    """One turn looked back on; `take` is the one it was played in."""

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
    techniques: tuple[TagShown, ...]


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """How it was in the person after a turn (0: as the scene began); gauges 0..10."""

    turn: int
    tension: int
    trust: int
    safety: int
    came_to_light: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to say of one turn of the first take, a strength or something to try.

    `effect` is what it did to the person, in words. `said` is the person's line before it.
    """

    strength: bool
    turn: int
    said: str
    kind: str
    reply_text: str
    effect: str
    technique: str
    technique_words: str
    why: str
    source: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A moment of the first take to ask about. `answer` is None until given, "" where it was left out."""

    turn: int
    observation: str
    view: str
    question: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement in the person's voice, and the turns of this road that spoke for it and against it."""

    text: str
    spoke_for: tuple[int, ...]
    spoke_against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A turn that a rating rests on: what its reply showed, -2..2, the point (1..5) and how much it weighs.

    No point where the turn was no opportunity and only holds the rating down; `repeated`: it weighs half.
    """

    turn: int
    technique: str
    technique_words: str
    shown: int
    point: float | None
    weight: float
    repeated: bool
    kind: str
    reply_text: str


@dataclass(frozen=True, slots=True)
class RatingShown:
    """A suggested rating: `value` 1..5, None where too little was seen. `standing` says it in words.

    `own` is the trainee's, `held` what holds it down, `facilitator` what text cannot show, `contest` what the
    trainee said against it.
    """

    dimension: str
    name: str
    value: float | None
    standing: str
    own: int | None
    opportunities: int
    evidence: tuple[EvidenceShown, ...]
    held: str | None
    facilitator: str | None
    contest: str | None


@dataclass(frozen=True, slots=True)
class RetakeShown:
    """The ratings of a later take over its whole road, beside the first; trying again costs nothing."""

    take: int
    ratings: tuple[RatingShown, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the actor, out of role, and the program can say afterwards. No pass, no fail, no total.

    `outcome` to `points`, and `statements`, look at the road that led to this ending. `feedback`, `moments`
    and `ratings` look at the first take, whose turns are `first`: the same where nothing was taken again.
    `questions` are the author's, to take along. `question` and `reflection`: what an earlier version asked.
    """

    outcome: str
    ending: str
    felt: str | None
    matters: str
    came_to_light: tuple[tuple[str, bool], ...]
    turns: tuple[DebriefTurn, ...]
    points: tuple[TimelinePoint, ...]
    statements: tuple[Voice, ...]
    first: tuple[DebriefTurn, ...]
    feedback: tuple[Thing, ...]
    not_judged: tuple[str, ...]
    moments: tuple[Asked, ...]
    ratings: tuple[RatingShown, ...]
    retake_ratings: tuple[RetakeShown, ...]
    claim: str
    word: str | None
    account: str | None
    question: str | None
    reflection: str | None
    blind: bool | None
    confidence: tuple[int | None, int | None]
    questions: tuple[str, ...]
    to_keep: str | None
    to_try: str | None
    when: str | None
    legal_note: str | None
    credits_note: str


@dataclass(frozen=True, slots=True)
class RoadTurn:
    """One turn of one road; gauges 0..10 after it."""

    said: str
    reply_text: str
    kind: str
    reaction: str | None
    tension: int
    trust: int
    safety: int


@dataclass(frozen=True, slots=True)
class RoadStep:
    """The same turn on both roads; None where a road had ended by then."""

    turn: int
    left: RoadTurn | None
    right: RoadTurn | None


@dataclass(frozen=True, slots=True)
class Roads:
    """Two takes side by side from the first turn that was taken again; `left` is the earlier."""

    from_turn: int
    left_take: int
    right_take: int
    steps: tuple[RoadStep, ...]
    left_ending: str | None
    right_ending: str | None
