"""The suggested ratings of a session as they are shown, each with its turns, and the scales to rate oneself on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenarios.unfold import Take
from scoring.evidence import Reading
from scoring.rating import Rating, rate_take
from scoring.rubric import Rubric, our_rubric
from scoring.rubric_model import DIMENSIONS
from simulator.course import Course
from simulator.shown import STAY_QUIET
from simulator.shown_debrief import EvidenceShown, RatingShown, RetakeShown, Scale
from simulator.text import clean

NOT_FOR_ROLE: Final = "not for this role"
BY_WEIGHT: Final = "The rating is the mean of these points, each by its weight."


def scales(course: Course) -> tuple[Scale, ...]:
    """What can be rated in this role, what the first take gave most turns for first; no turn is named."""
    rubric = our_rubric()
    rated = _applying(rate_take(course.play, course.play.takes[0], rubric))
    most_first = sorted(rated, key=lambda name: (-rated[name].opportunities, DIMENSIONS.index(name)))
    return tuple(_scale(course, rubric, name) for name in most_first)


def _scale(course: Course, rubric: Rubric, name: str) -> Scale:
    about = rubric.file.dimensions[name]
    points = about.anchors
    return Scale(
        dimension=name,
        name=clean(about.name),
        definition=clean(about.definition),
        anchors=(
            clean(points.one),
            clean(points.two),
            clean(points.three),
            clean(points.four),
            clean(points.five),
        ),
        facilitator=clean(about.facilitator) if about.facilitator else None,
        rated=course.told.ratings.get(name),
    )


def ratings(course: Course, rubric: Rubric) -> tuple[RatingShown, ...]:
    """The first take's, with the trainee's own beside them."""
    take = course.play.takes[0]
    rated = _applying(rate_take(course.play, take, rubric))
    return tuple(_shown(course, rubric, take, rating, beside=True) for rating in rated.values())


def retakes(course: Course, rubric: Rubric) -> tuple[RetakeShown, ...]:
    """Those of every later take, each over its whole road."""
    shown = []
    for take in course.play.takes[1:]:
        rated = _applying(rate_take(course.play, take, rubric))
        each = tuple(_shown(course, rubric, take, rating, beside=False) for rating in rated.values())
        shown.append(RetakeShown(take.number, each))
    return tuple(shown)


def _applying(rated: Mapping[str, Rating]) -> dict[str, Rating]:
    """Without the dimensions that are no part of this role."""
    return {name: rating for name, rating in rated.items() if rating.standing != NOT_FOR_ROLE}


def _shown(course: Course, rubric: Rubric, take: Take, rating: Rating, *, beside: bool) -> RatingShown:
    told = course.told
    contested = told.contests.get(("rating", 1, 0, rating.dimension))
    return RatingShown(
        dimension=rating.dimension,
        name=clean(rubric.file.dimensions[rating.dimension].name),
        value=rating.value,
        standing=standing(rating.value, rating.opportunities),
        own=told.ratings.get(rating.dimension) if beside else None,
        opportunities=rating.opportunities,
        evidence=_evidence(course, take, rating),
        held=_held(course, rating),
        facilitator=clean(rating.facilitator) if rating.facilitator else None,
        contest=contested.text if beside and contested else None,
    )


def standing(value: float | None, opportunities: int) -> str:
    """A rating in words: `3.5 of 5, suggested from 6 turns`, or that too little was seen."""
    turns = "1 turn" if opportunities == 1 else f"{opportunities or 'no'} turns"
    if value is None:
        return f"not enough seen: {turns}"
    return f"{number(value)} of 5, suggested from {turns}"


def number(value: float) -> str:
    """A figure with one decimal where it needs it; more would claim more than it is."""
    return f"{value:.1f}".removesuffix(".0")


def weighed(each: EvidenceShown) -> str:
    """How much a turn counts for a rating, in words."""
    if each.point is None:
        counts = "It is no part of the mean; it holds the rating."
    else:
        counts = f"Point {number(each.point)}, weight {number(each.weight)}."
    again = " It weighs half, having been tried before with nothing moved." if each.repeated else ""
    return counts + again


def _evidence(course: Course, take: Take, rating: Rating) -> tuple[EvidenceShown, ...]:
    """The turns that a rating was taken from, and the one that holds it even where it was no opportunity."""
    shown = {reading.turn: _from(course, take, reading) for reading in rating.readings}
    held = rating.held
    if held is not None and held.turn not in shown:
        kind, text = _reply(course, take, held.turn)
        words = _words(course, held.technique)
        shown[held.turn] = EvidenceShown(
            held.turn, held.technique, words, held.shown, None, 0.0, False, kind, text
        )
    return tuple(shown[turn] for turn in sorted(shown))


def _from(course: Course, take: Take, reading: Reading) -> EvidenceShown:
    kind, text = _reply(course, take, reading.turn)
    return EvidenceShown(
        turn=reading.turn,
        technique=reading.technique,
        technique_words=_words(course, reading.technique),
        shown=reading.shown,
        point=reading.value,
        weight=reading.weight,
        repeated=reading.repeated,
        kind=kind,
        reply_text=text,
    )


def _held(course: Course, rating: Rating) -> str | None:
    """What holds a rating down, in words."""
    held = rating.held
    if held is None:
        return None
    mended = "not put right" if held.repaired is None else f"put right at turn {held.repaired}"
    return f"held at {held.at_most} by turn {held.turn}: {_words(course, held.technique)}; {mended}"


def _words(course: Course, technique: str) -> str:
    return clean(course.loaded.vocabulary.techniques[technique].words)


def _reply(course: Course, take: Take, number: int) -> tuple[str, str]:
    """What kind of reply a turn of a take's road was, and its words."""
    turn = course.play.path(take)[number - 1]
    return turn.option.kind, clean(turn.reply_text or STAY_QUIET)
