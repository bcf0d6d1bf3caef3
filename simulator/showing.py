"""A kept session as plain data, for `show --json`: the play, its times, and what was said about it."""

from __future__ import annotations

from typing import Any

from scenarios.transcript import play_json
from scoring.rating import ratings_json
from simulator.course import Course
from simulator.kept import Kept, iso
from simulator.replay import Replayed, replay


def show(kept: Kept, whole: bool = False) -> dict[str, Any]:
    """The shape of `run --json --rate` with times and the trainee's own words; `<trainee>` stays unfilled.

    Until the trainee has had their own say, or left it out, nothing that judges is in it: no gauge, rating,
    technique or outcome; nor is there ever of who stepped out.

    `whole`: for somebody else than its trainee, with nothing held back. Raises Damaged.
    """
    return shape(kept, replay(kept, None), whole)


def shape(kept: Kept, replayed: Replayed, whole: bool) -> dict[str, Any]:
    """The same of a session that has been replayed; `<trainee>` stands as it was replayed with."""
    course, rows = replayed.course, replayed.rows
    made = play_json(replayed.loaded, course.play)
    for take, played in zip(made["takes"], course.play.takes, strict=True):
        take["ratings"] = ratings_json(replayed.loaded, course.play, played)
        for turn in take["turns"]:
            turn["seconds"] = course.seconds[take["take"], turn["turn"]]
        if take["ending"] is not None:
            take["ending"]["felt"] = _felt(course, take["ending"]["id"])
    if not whole and (not course.told.complete or course.state == "stepped-out"):
        _hold_back(made)
    return {
        **made,
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
        "confidence": {when: course.told.confidence.get(when) for when in ("before", "after")},
        "debrief": _said(course),
    }


def _said(course: Course) -> dict[str, Any]:
    """What the trainee said afterwards; null where it was left out or not asked yet. The latest of each."""
    told = course.told
    return {
        "word": told.word or None,
        "question": told.question,
        "reflection": told.reflection or None,
        "account": told.account or None,
        "self_ratings": dict(told.ratings),
        "blind": told.blind,
        "inquiries": [
            {"turn": each.turn, "question": each.question, "text": each.text}
            for _, each in sorted(told.inquiries.items())
        ],
        "contests": [
            {"what": each.what, "take": each.take, "turn": each.turn, "name": each.name, "text": each.text}
            for each in told.contests.values()
        ],
        "to_keep": told.to_keep or None,
        "to_try": told.to_try or None,
        "when": told.when or None,
        "complete": told.complete,
    }


def _felt(course: Course, ending: str) -> str | None:
    felt = course.play.scene.scenario.endings[ending].felt
    return course.play.fill(felt) if felt else None


def _hold_back(made: dict[str, Any]) -> None:
    for take in made["takes"]:
        take["ratings"] = None
        for turn in take["turns"]:
            turn["before"] = turn["after"] = turn["techniques"] = None
        for reach in take["reaches"]:
            reach["tension"] = None
        if take["ending"] is not None:
            take["ending"]["felt"] = take["ending"]["outcome"] = None
