"""What a front end is given for a trainee's own page: theirs alone, and every number with where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.events import Keep


@dataclass(frozen=True, slots=True)
class Practised:
    """A session that came to an ending. `started` is UTC.

    `waiting`: it has not been looked back on yet, and how it came out is left unsaid till then.
    """

    session: str
    title: str
    scenario: str
    started: datetime
    outcome: str | None
    keep: Keep
    waiting: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What they meant to keep, or with `tries` to try and when, from which session, said when."""

    session: str
    title: str
    said: datetime
    tries: bool
    text: str
    when: str | None


@dataclass(frozen=True, slots=True)
class OwnSource:
    """One session's part in a rating, with the turns of its first take; opens as that session's debrief."""

    session: str
    title: str
    started: datetime
    value: float | None
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnRating:
    """A dimension over all sessions looked back on: the mean by turns, None where none had enough of them."""

    dimension: str
    name: str
    value: float | None
    opportunities: int
    sources: tuple[OwnSource, ...]


@dataclass(frozen=True, slots=True)
class OwnConfidence:
    """How sure they felt, 0..10, before and after a session. Never shown as skill."""

    session: str
    title: str
    started: datetime
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scene to practise next, by its library id, and why."""

    scenario: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Latest first; ratings in the rubric's order. `claim` stands where they are shown."""

    practised: tuple[Practised, ...]
    lines: tuple[OwnLine, ...]
    ratings: tuple[OwnRating, ...]
    confidence: tuple[OwnConfidence, ...]
    next: Suggestion | None
    claim: str
