"""Seeded play that looks for what it has not seen: for scenes too large to exhaust. It shows, it proves nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from scenarios.scene import Scene
from scenarios.unfold import Play, begin

PLAYS: Final = 400
MOST_TURNS: Final = 60


@dataclass(slots=True)
class Coverage:
    """What so many plays met: moments, endings, replies as (moment, reply id), against all there are."""

    plays: int = 0
    moments: set[str] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    replies: set[tuple[str, str]] = field(default_factory=set)


def guided(scene: Scene, seed: int = 0, plays: int = PLAYS) -> Coverage:
    """Play from every opening in turn, each time choosing what was chosen least so far."""
    rng, used, found = random.Random(seed), Counter[tuple[str, str]](), Coverage()
    openings = list(scene.openings)
    for number in range(plays):
        play = begin(scene, seed + number, openings[number % len(openings)])
        for moment, reply in _choices(play, rng, used):
            found.moments.add(moment)
            found.replies.add((moment, reply))
        if play.take.ending is not None:
            found.endings.add(play.take.ending)
        found.plays += 1
    return found


def _choices(play: Play, rng: random.Random, used: Counter[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for _ in range(MOST_TURNS):
        if not play.offered:
            return
        moment = play.state.place
        least = min(used[moment, offer.id] for offer in play.offered)
        rare = [offer.id for offer in play.offered if used[moment, offer.id] == least]
        reply = rng.choice(rare)
        used[moment, reply] += 1
        play.answer(reply)
        yield moment, reply


def coverage_lines(scene: Scene, found: Coverage) -> list[str]:
    """What was and was not covered, a sentence each."""
    replies = {(place.name, option.id) for place in scene.places.values() for option in place.options}
    missing = {
        "moments": sorted(set(scene.places) - found.moments),
        "endings": sorted(set(scene.scenario.endings) - found.endings),
        "replies": sorted(f"{moment}/{reply}" for moment, reply in replies - found.replies),
    }
    totals = {"moments": len(scene.places), "endings": len(scene.scenario.endings), "replies": len(replies)}
    lines = []
    for kind, names in missing.items():
        met = f"{found.plays} guided plays met {totals[kind] - len(names)} of {totals[kind]} {kind}"
        more = f" and {len(names) - 12} more" if len(names) > 12 else ""
        lines.append(f"{met}; not met: {', '.join(names[:12])}{more}." if names else f"{met}.")
    return lines
