"""What counts of one session in a group picture: one person's first play of a scene, without a word of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from facilitator.rows import Drawn

NOT_HERE: Final = "\0not here"
"""Somebody who did not come to a moment, or of whom a thing cannot be said."""
UNENDED: Final = "\0unended"
NOTHING: Final = "\0nothing"


@dataclass(frozen=True, slots=True)
class Unit:
    """One person's first play of a scene: what they did in its first take, without a word of theirs."""

    learner: str
    places: tuple[str, int, str, str]
    ending: str
    replies: Mapping[str, str]
    """The reply they gave when they first came to each moment."""
    reaches: Mapping[str, tuple[str, int]]
    """Where they reached for hands-on: what they tried next, and the tension then."""
    found: frozenset[str]
    not_found: frozenset[str]
    peak: str
    ratings: Mapping[str, tuple[float, int]]
    confidence: tuple[int, int] | None


def unit(drawn: Drawn, picture: Mapping[str, Any]) -> Unit:
    """What counts of one session."""
    take = picture["takes"][0]
    turns = take["turns"]
    replies: dict[str, str] = {}
    moments: dict[int, tuple[str, str]] = {}
    peak, highest = NOTHING, -1
    for number, moment, reply, _, _, tension, *_ in turns:
        replies.setdefault(moment, reply)
        moments[number] = (moment, reply)
        if tension > highest:
            peak, highest = moment, tension
    reaches: dict[str, tuple[str, int]] = {}
    for number, tension in take["reaches"]:
        if number in moments:
            reaches.setdefault(moments[number][0], (moments[number][1], tension))
    before, after = picture["confidence"]["before"], picture["confidence"]["after"]
    return Unit(
        learner=drawn.learner,
        places=(drawn.opening, drawn.cast, drawn.group, drawn.quarter),
        ending=take["ending"] or UNENDED,
        replies=replies,
        reaches=reaches,
        found=frozenset(picture["found"]),
        not_found=frozenset(picture["not_found"]),
        peak=peak,
        ratings={
            name: (value, opportunities)
            for name, (value, opportunities, _) in picture["ratings"].items()
            if value is not None
        },
        confidence=None if before is None or after is None else (before, after),
    )


# answers to questions


def ending(unit: Unit) -> str:
    """Where their first take ended."""
    return unit.ending


def peak(unit: Unit) -> str:
    """At which moment they answered when tension came to its highest."""
    return unit.peak


def reached(unit: Unit) -> str:
    """Whether they reached for hands-on anywhere: yes or no."""
    return "yes" if unit.reaches else "no"


def reply_at(moment: str, unit: Unit) -> str:
    """What somebody answered when they first came to a moment."""
    return unit.replies.get(moment, NOT_HERE)


def reach_at(moment: str, unit: Unit) -> str:
    """Whether they reached for hands-on there: yes or no."""
    if moment not in unit.replies:
        return NOT_HERE
    return "yes" if moment in unit.reaches else "no"


def tried_next(moment: str, unit: Unit) -> str:
    """What they tried after it."""
    return unit.reaches[moment][0] if moment in unit.reaches else NOT_HERE


def tension_at(moment: str, unit: Unit) -> float:
    """The tension at that moment, 0..10."""
    return unit.reaches[moment][1] if moment in unit.reaches else 0.0


def found(fact: str, unit: Unit) -> str:
    """Whether a fact came to light; it may be in one version of a scene and not in another."""
    if fact in unit.found:
        return "found"
    return "not" if fact in unit.not_found else NOT_HERE


def is_rated(dimension: str, unit: Unit) -> str:
    """Whether enough was seen of a dimension: yes or no."""
    return "yes" if dimension in unit.ratings else "no"


def rating(dimension: str, unit: Unit) -> float:
    """What was suggested for it, 1..5."""
    return unit.ratings.get(dimension, (0.0, 0))[0]


def opportunities(dimension: str, unit: Unit) -> float:
    """How many turns that rests on."""
    return unit.ratings.get(dimension, (0.0, 0))[1]


def sure(unit: Unit) -> str:
    """Whether they said before and after how sure they felt: yes or no."""
    return "no" if unit.confidence is None else "yes"


def sure_before(unit: Unit) -> float:
    """How sure they felt before, 0..10."""
    return 0 if unit.confidence is None else unit.confidence[0]


def sure_after(unit: Unit) -> float:
    """How sure they felt after, 0..10."""
    return 0 if unit.confidence is None else unit.confidence[1]
