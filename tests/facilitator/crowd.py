"""A made-up crowd who really play: pictures of scenes answered by drawing lots, without a database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from facilitator.rows import Drawn
from scenarios.load import Loaded
from scenarios.unfold import begin
from scoring.rating import rate_take

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
MOST_TURNS = 80
Pictured = tuple[Drawn, dict[str, Any]]


def crowd(
    loaded: Loaded,
    sessions: int,
    people: int,
    seed: int = 1,
    groups: Sequence[str] = ("Ash", "Birch", ""),
    days: int = 360,
    reaching: float = 0.2,
) -> list[Pictured]:
    """So many sessions by so many people, over so many days."""
    lots = random.Random(seed)
    homes = {learner: lots.choice(groups) for learner in range(people)}
    return [
        one(loaded, lots, place, learner, homes[learner], days, reaching)
        for place, learner in ((place, lots.randrange(people)) for place in range(sessions))
    ]


def one(
    loaded: Loaded, lots: random.Random, place: int, learner: int, group: str, days: int, reaching: float
) -> Pictured:
    """One of them."""
    opening = lots.choice(list(loaded.scenario.openings))
    cast = lots.randrange(len(loaded.scenario.person.cast))
    started = BEGAN + timedelta(days=lots.randrange(days), seconds=place)
    drawn = Drawn(
        session=f"s{place:06}",
        learner=f"l{learner}",
        scenario=loaded.id,
        sha=loaded.version,
        opening=opening,
        cast=cast,
        group=group,
        quarter=f"{started.year}-Q{(started.month + 2) // 3}",
        started=started,
        started_ms=int(started.timestamp() * 1000),
    )
    return drawn, pictured(loaded, lots, opening, cast, reaching)


def pictured(loaded: Loaded, lots: random.Random, opening: str, cast: int, reaching: float) -> dict[str, Any]:
    """The picture of one play (simulator/picture.py)."""
    play = begin(loaded.scene, lots.randrange(2**31), opening, cast)
    while play.take.ending is None and len(play.take.turns) < MOST_TURNS:
        if lots.random() < reaching:
            play.reach()
        play.answer(lots.choice(play.offered).id)
    take = play.take
    values = take.turns[-1].after.values
    rated = rate_take(play, take)
    sure = lots.choice([None, lots.randrange(3, 8)])
    return {
        "takes": [
            {
                "take": 1,
                "from_take": None,
                "from_turn": 0,
                "turns": [
                    [
                        t.number,
                        t.moment,
                        t.option.id,
                        t.after.place,
                        t.before.values[0],
                        *t.after.values[:3],
                        4.0,
                    ]
                    for t in take.turns
                ],
                "reaches": [[reach.turn, reach.tension] for reach in take.reaches],
                "ending": take.ending,
                "outcome": None if take.ending is None else loaded.scenario.endings[take.ending].outcome,
            }
        ],
        "found": [name for name, at in play.scene.hidden if values[at]],
        "not_found": [name for name, at in play.scene.hidden if not values[at]],
        "ratings": {name: [each.value, each.opportunities, each.capped_by] for name, each in rated.items()},
        "evidence": {name: [reading.turn for reading in each.readings] for name, each in rated.items()},
        "self": {},
        "blind": True,
        "confidence": {
            "before": sure,
            "after": None if sure is None else min(10, sure + lots.randrange(-1, 3)),
        },
        "contests": 0,
        "rubric": "",
    }
