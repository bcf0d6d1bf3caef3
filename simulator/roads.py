"""Two takes side by side, from the turn that was taken again: what each road said, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.unfold import Take, Turn
from simulator.course import Course
from simulator.debrief import reply_text
from simulator.shown_debrief import Roads, RoadStep, RoadTurn
from simulator.text import clean


def roads(course: Course) -> Roads | None:
    """This take beside the one it was taken again from.

    None before the trainee has had their own say, until this take has ended, and where nothing was taken again.
    """
    play = course.play
    here = play.take
    if here.from_take is None or here.ending is None or not course.told.complete:
        return None
    there = play.takes[here.from_take - 1]
    left, right = play.path(there)[here.from_turn :], play.path(here)[here.from_turn :]
    first = here.from_turn + 1
    return Roads(
        from_turn=first,
        left_take=there.number,
        right_take=here.number,
        steps=tuple(
            RoadStep(first + place, _at(left, place), _at(right, place))
            for place in range(max(len(left), len(right)))
        ),
        left_ending=_ending(course, there),
        right_ending=_ending(course, here),
    )


def _at(turns: Sequence[Turn], place: int) -> RoadTurn | None:
    if place >= len(turns):
        return None
    turn = turns[place]
    tension, trust, safety = turn.after.values[:3]
    return RoadTurn(
        said=clean(turn.said),
        reply_text=reply_text(turn),
        kind=turn.option.kind,
        reaction=clean(turn.reaction) if turn.reaction else None,
        tension=tension,
        trust=trust,
        safety=safety,
    )


def _ending(course: Course, take: Take) -> str | None:
    if take.ending is None:
        return None
    return clean(course.play.fill(course.play.scene.scenario.endings[take.ending].text))
