"""The statements of a session as one would write them down: nothing remembered, put together or cut short.

What facilitator/xapi.py writes is held against this. It is slow, and meant to be read.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from facilitator.exported import Exported, Happening
from facilitator.pictures import Take, Turn
from simulator.kept import iso

BASE = "https://words-first.example/xapi/"
VERBS = "http://adlnet.gov/expapi/verbs/"
ACTIVITIES = "http://adlnet.gov/expapi/activities/"
Statement = dict[str, Any]


def statements(one: Exported, home_page: str) -> Iterator[Statement]:
    """Of one session, in order; of one that cannot be shown, none."""
    if one.why is not None:
        return
    turns = [(take, turn) for take in one.takes for turn in take.turns]
    told: set[str] = set()
    ended: Take | None = None
    completed = False
    for happening in one.events:
        match happening[3]:
            case "began":
                yield _whole(one, home_page, "initialized", happening)
            case "suspended" | "resumed" as kind:
                yield _whole(one, home_page, kind, happening)
            case "stepped-out":
                yield _whole(one, home_page, "terminated", happening)
            case "word" | "account" | "self-rated" as kind:
                told.add(kind)
            case "answered":
                take, turn = turns.pop(0)
                yield _responded(one, home_page, happening, take, turn)
                if take.ending is not None and turn is take.turns[-1]:
                    yield _progressed(one, home_page, happening, take)
                    ended = ended or take
        if ended and not completed and len(told) == 3:
            completed = True
            yield _completed(one, home_page, happening, ended)


def _responded(one: Exported, home_page: str, happening: Happening, take: Take, turn: Turn) -> Statement:
    number, moment, reply, _, before, after, trust, safety, seconds = turn
    worded = one.wording.reply(one.cast, moment, reply)
    shown: dict[str, Any] = {"kind": worded.kind, "techniques": list(worded.techniques)}
    if one.judged:
        shown |= {"tension-before": before, "tension-after": after}
        shown |= {"trust-after": trust, "felt-safety-after": safety}
    if reached := sum(each == number for each, _ in take.reaches):
        shown["reaches"] = reached
    if happening[4]["timed"]:
        shown["timed"] = True
    scenario = _scenario(one)["id"]
    activity = {
        "id": f"{scenario}/{one.version[:16]}/moments/{quote(moment, safe='')}",
        "definition": {
            "type": f"{ACTIVITIES}cmi.interaction",
            "name": {"en-GB": moment},
            "interactionType": "choice",
            "choices": [{"id": each} for each, _ in one.wording.replies(one.cast, moment)],
        },
    }
    made = _statement(one, home_page, "responded", happening, activity, {"take": take.take, "turn": number})
    made["context"]["contextActivities"]["parent"] = [{"id": scenario}]
    made["result"] = {"response": reply, "duration": f"PT{seconds:.2f}S", "extensions": _ours(shown)}
    return made


def _progressed(one: Exported, home_page: str, happening: Happening, take: Take) -> Statement:
    about = {**_scene(one), "take": take.take}
    made = _statement(one, home_page, "progressed", happening, _scenario(one), about, "/progressed")
    if one.judged:
        made["result"] = {"extensions": _ours({"ending": take.ending, "outcome": take.outcome})}
    return made


def _completed(one: Exported, home_page: str, happening: Happening, ended: Take) -> Statement:
    made = _statement(one, home_page, "completed", happening, _scenario(one), _scene(one), "/completed")
    came_to = _ours({"ending": ended.ending, "outcome": ended.outcome})
    lasted = f"PT{happening[2] / 1000:.2f}S"
    made["result"] = {"completion": True, "duration": lasted, "extensions": came_to}
    return made


def _whole(one: Exported, home_page: str, verb: str, happening: Happening) -> Statement:
    return _statement(one, home_page, verb, happening, _scenario(one), _scene(one))


def _scene(one: Exported) -> dict[str, str]:
    return {"opening": one.opening, "person": one.wording.person(one.cast)}


def _scenario(one: Exported) -> Statement:
    return {
        "id": f"{BASE}scenarios/{quote(one.scenario, safe='')}",
        "definition": {"type": f"{ACTIVITIES}simulation", "name": {"en-GB": one.wording.title}},
    }


def _ours(values: dict[str, Any]) -> dict[str, Any]:
    return {f"{BASE}extensions/{name}": value for name, value in values.items()}


def _statement(
    one: Exported, home_page: str, verb: str, happening: Happening, about: Statement, of: dict[str, Any],
    also: str = "",
) -> Statement:  # fmt: skip
    shown = "initialised" if verb == "initialized" else verb
    profile = {"id": f"{BASE}profile/v1", "definition": {"type": f"{ACTIVITIES}profile"}}
    return {
        "id": str(uuid.uuid5(uuid.UUID(one.session), f"{happening[0]}{also}")),
        "actor": {"account": {"homePage": home_page, "name": one.trainee}},
        "verb": {"id": f"{VERBS}{verb}", "display": {"en-GB": shown}},
        "object": about,
        "context": {
            "registration": one.session,
            "revision": one.version,
            "platform": "Words First",
            "language": "en-GB",
            "contextActivities": {"category": [profile]},
            "extensions": _ours(of),
        },
        "timestamp": iso(happening[1]),
        "version": "1.0.3",
    }
