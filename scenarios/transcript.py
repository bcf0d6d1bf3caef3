"""A play as plain data: the one JSON shape that `run`, `show` and every export begin from."""

from __future__ import annotations

from typing import Any

from scenarios.load import Loaded
from scenarios.scene import GAUGES
from scenarios.unfold import Offer, Play, State, Take, Turn


def play_json(loaded: Loaded, play: Play) -> dict[str, Any]:
    """The shape of `run --json`. Gauges 0..10; turns from 1; `<trainee>` as the play was begun with."""
    return {
        "scenario": loaded.id,
        "version": loaded.version,
        "seed": play.seed,
        "opening": play.opening,
        "cast": play.person,
        "takes": [take_json(play, take) for take in play.takes],
        "vocabulary": loaded.vocabulary_version,
    }


def take_json(play: Play, take: Take) -> dict[str, Any]:
    """One take: its turns, its reaches, how it ended, and what waits where it has not."""
    return {
        "take": take.number,
        "from_take": take.from_take,
        "from_turn": take.from_turn,
        "turns": [turn_json(play, turn) for turn in take.turns],
        "reaches": [{"turn": reach.turn, "tension": reach.tension} for reach in take.reaches],
        "ending": _ending(play, take),
        "next": _next(play, take),
    }


def turn_json(play: Play, turn: Turn) -> dict[str, Any]:
    """One turn: `before` and `after` as held before the effects and after all of them."""
    return {
        "turn": turn.number,
        "moment": turn.moment,
        "said": turn.said,
        "cue": turn.cue,
        "offered": offers_json(turn.offered),
        "reply": turn.option.id,
        "reply_text": turn.reply_text,
        "techniques": list(turn.option.source.techniques),
        "before": state_json(play, turn.before),
        "after": state_json(play, turn.after),
        "came_to_light": play.came_to_light(turn),
        "reaction": turn.reaction,
        "diverted_by": turn.diverted_by,
        "to": turn.after.place,
    }


def state_json(play: Play, state: State) -> dict[str, Any]:
    """The gauges by name, and every fact of the scenario."""
    gauges: dict[str, Any] = dict(zip(GAUGES, state.values, strict=False))
    facts = zip(play.scene.scenario.facts, state.values[len(GAUGES) :], strict=True)
    return {**gauges, "facts": dict(facts)}


def offers_json(offered: tuple[Offer, ...]) -> list[dict[str, str]]:
    """What is offered, in the order it is shown, silence too."""
    return [{"id": offer.id, "text": offer.text, "kind": offer.kind} for offer in offered]


def _ending(play: Play, take: Take) -> dict[str, Any] | None:
    if take.ending is None:
        return None
    ending = play.scene.scenario.endings[take.ending]
    return {"id": take.ending, "outcome": ending.outcome, "text": play.fill(ending.text)}


def _next(play: Play, take: Take) -> dict[str, Any] | None:
    """What waits for an answer. A take left by a rewind has nothing waiting."""
    if take is not play.take or take.ending is not None:
        return None
    return {
        "moment": play.state.place,
        "said": play.said,
        "cue": play.cue,
        "offered": offers_json(play.offered),
    }
