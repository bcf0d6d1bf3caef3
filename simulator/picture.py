"""What a session came to, as one plain shape without a word that anybody typed: for lists, own pages and cohorts.

It follows from the session's events alone and is kept beside them only so that many can be read at once.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.unfold import Take
    from scoring.rating import Rating
    from simulator.course import Course


def picture(course: Course) -> dict[str, Any] | None:
    """None until a take has ended, and for who stepped out.

    `ratings`, `evidence` (the turns they rest on), `found` and `not_found` are the first take's, over its whole
    road. A turn is `[turn, moment, reply, to, tension before, tension, trust, felt safety after, seconds]`, a
    rating `[value, opportunities, capped by]`; gauges 0..10.
    """
    if course.state == "stepped-out" or all(take.ending is None for take in course.play.takes):
        return None
    from scoring.rating import rate_take

    told, first = course.told, course.play.takes[0]
    rated = rate_take(course.play, first)
    return {
        "takes": takes_of(course),
        **_facts(course, first),
        "ratings": {name: _rating(rating) for name, rating in rated.items()},
        "evidence": {name: [reading.turn for reading in rating.readings] for name, rating in rated.items()},
        "self": dict(told.ratings),
        "blind": told.blind,
        "confidence": {when: told.confidence.get(when) for when in ("before", "after")},
        "contests": len(told.contests),
        "rubric": rubric_sha(),
    }


def takes_of(course: Course) -> list[dict[str, Any]]:
    """The takes as they stand in a picture, also of a session that has none yet."""
    return [_take(course, take) for take in course.play.takes]


@lru_cache(maxsize=1)
def rubric_sha() -> str:
    """sha256 of the rubric that ratings are made with."""
    from scoring.rubric import OURS

    return hashlib.sha256(OURS.read_bytes()).hexdigest()


def _take(course: Course, take: Take) -> dict[str, Any]:
    endings = course.play.scene.scenario.endings
    return {
        "take": take.number,
        "from_take": take.from_take,
        "from_turn": take.from_turn,
        "turns": [
            [
                turn.number,
                turn.moment,
                turn.option.id,
                turn.after.place,
                turn.before.values[0],
                *turn.after.values[:3],
                course.seconds[take.number, turn.number],
            ]
            for turn in take.turns
        ],
        "reaches": [[reach.turn, reach.tension] for reach in take.reaches],
        "ending": take.ending,
        "outcome": None if take.ending is None else endings[take.ending].outcome,
    }


def _facts(course: Course, take: Take) -> dict[str, list[str]]:
    """The hidden facts that a take's road brought to light, and those that it did not."""
    play = course.play
    road = play.path(take)
    values = road[-1].after.values if road else play.scene.start(play.opening)
    return {
        "found": [name for name, place in play.scene.hidden if values[place]],
        "not_found": [name for name, place in play.scene.hidden if not values[place]],
    }


def _rating(rating: Rating) -> list[Any]:
    from scoring.rating import DECIMALS

    value = None if rating.value is None else round(rating.value, DECIMALS)
    return [value, rating.opportunities, rating.capped_by]
