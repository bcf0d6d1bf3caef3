"""A kept session as plain data, for `show --json`: the play, its times, and what was said about it."""

from __future__ import annotations

from typing import Any

from scenarios.transcript import play_json
from simulator.course import Course
from simulator.kept import Kept, iso
from simulator.replay import replay


def show(kept: Kept) -> dict[str, Any]:
    """The shape of `run --json` with times and the trainee's own words; `<trainee>` stays unfilled.

    Until the trainee has had their own say, or left it out, nothing that judges is in it. Raises Damaged.
    """
    replayed = replay(kept, None)
    course, rows = replayed.course, replayed.rows
    shape = play_json(replayed.loaded, course.play)
    told = course.told
    for take in shape["takes"]:
        for turn in take["turns"]:
            turn["seconds"] = course.seconds[take["take"], turn["turn"]]
        if take["ending"] is not None:
            take["ending"]["felt"] = _felt(course, take["ending"]["id"])
    # who stepped out is never judged
    if not told.complete or course.state == "stepped-out":
        _hold_back(shape)
    return {
        **shape,
        "session": kept.id,
        "title": kept.title,
        "trainee": kept.trainee,
        "state": course.state,
        "keep": kept.keep,
        "timed": course.began.timed,
        "started": iso(kept.started_ms),
        "ended": None if kept.ended_ms is None else iso(kept.ended_ms),
        "seconds": rows[-1].mono_ms / 1000,
        "pauses": [
            {"turn": turn, "seconds": None if ms is None else ms / 1000} for turn, ms in course.pauses
        ],
        "confidence": {when: told.confidence.get(when) for when in ("before", "after")},
        "debrief": {
            "word": told.word or None,
            "question": told.question,
            "reflection": told.reflection or None,
            "complete": told.complete,
        },
    }


def _felt(course: Course, ending: str) -> str | None:
    felt = course.play.scene.scenario.endings[ending].felt
    return course.play.fill(felt) if felt else None


def _hold_back(shape: dict[str, Any]) -> None:
    for take in shape["takes"]:
        for turn in take["turns"]:
            turn["before"] = turn["after"] = None
        for reach in take["reaches"]:
            reach["tension"] = None
        if take["ending"] is not None:
            take["ending"]["felt"] = None
