"""Looking back: what the person felt turn by turn, what came to light, and what stayed hidden."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scenarios.model import Credits
from scenarios.scene import SILENCE
from scenarios.speech import fill
from scenarios.unfold import Turn
from simulator.course import Course
from simulator.errors import Over, SimulatorError
from simulator.shown import STAY_QUIET, Debrief, DebriefTurn
from simulator.text import clean

OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "settled": "A plan you both made",
        "complied": "Quiet, but not heard",
        "paused": "Paused, safely",
        "withdrew": "You stepped away, safely",
        "rupture": "Something between you broke",
        "stopped": "The scene was stopped",
    }
)
ANY_QUESTION: Final = "Where did it turn, one way or the other?"
NOT_REVIEWED: Final = "Not yet reviewed by people with lived experience."


def asked(course: Course) -> str:
    """What is asked before the debrief, as it is kept: `<trainee>` stays unfilled. The ending's first
    question, else one that fits any scene."""
    ending = course.play.scene.scenario.endings.get(course.play.take.ending or "")
    raw = ending.questions[0] if ending and ending.questions else ANY_QUESTION
    member = course.play.scene.cast[course.play.cast]
    return clean(fill(raw, member.name, member.pronouns))


def question(course: Course) -> str:
    """The same as the trainee reads it."""
    ending = course.play.scene.scenario.endings.get(course.play.take.ending or "")
    return clean(course.play.fill(ending.questions[0] if ending and ending.questions else ANY_QUESTION))


def debrief(course: Course) -> Debrief:
    """The whole of it. Raises SimulatorError where the trainee has not yet had their own say."""
    if course.state == "stepped-out":
        raise Over("You stepped out, so there is nothing to look back on here.")
    play, scenario = course.play, course.loaded.scenario
    if play.take.ending is None:
        raise SimulatorError("The scene has not ended yet.", "Play on, or step out.")
    if not course.told.complete:
        raise SimulatorError(
            "Your own word comes first.", "Give it, or leave it out; then the debrief opens."
        )
    ending = scenario.endings[play.take.ending]
    told = course.told
    return Debrief(
        outcome=OUTCOMES[ending.outcome],
        ending=clean(play.fill(ending.text)),
        felt=_text(course, ending.felt),
        matters=clean(play.fill(scenario.person.matters)),
        came_to_light=_came_to_light(course),
        turns=tuple(_turn(course, take, turn) for take, turn in _path(course)),
        word=told.word or None,
        question=question(course),
        reflection=told.reflection or None,
        legal_note=_legal_note(course),
        credits_note=clean(credits_note(scenario.credits)),
    )


def credits_note(credits: Credits) -> str:
    """Who with lived experience has reviewed it, by role and date, or that nobody has yet."""
    reviews = [f"{credit.role}, {credit.on}" for credit in credits.lived_experience_review]
    return f"Reviewed by: {'; '.join(reviews)}." if reviews else NOT_REVIEWED


def _legal_note(course: Course) -> str | None:
    note = course.loaded.scenario.legal_note
    return clean(f"{course.play.fill(note.text)} (Checked {note.checked}.)") if note else None


def _came_to_light(course: Course) -> tuple[tuple[str, bool], ...]:
    """Every hidden fact that has words, and whether it came to light."""
    play = course.play
    facts = play.scene.scenario.facts
    return tuple(
        (clean(play.fill(says)), bool(play.state.values[place]))
        for name, place in play.scene.hidden
        if (says := facts[name].says)
    )


def _path(course: Course) -> list[tuple[int, Turn]]:
    """The turns of the current path, each with the number of the take it was played in."""
    owners = {id(turn): take.number for take in course.play.takes for turn in take.turns}
    return [(owners[id(turn)], turn) for turn in course.play.path()]


def _turn(course: Course, take: int, turn: Turn) -> DebriefTurn:
    answer = turn.option.source
    reaches = course.play.takes[take - 1].reaches
    quiet = turn.option.id == SILENCE
    return DebriefTurn(
        turn=turn.number,
        take=take,
        said=clean(turn.said),
        reply=turn.option.id,
        kind=turn.option.kind,
        reply_text=clean(turn.reply_text or (STAY_QUIET if quiet else "")),
        reaction=clean(turn.reaction) if turn.reaction else None,
        felt=_text(course, answer.felt),
        why=_text(course, answer.why),
        instead=_text(course, answer.instead),
        harmful=course.loaded.vocabulary.harms(answer.techniques),
        reaches=sum(reach.turn == turn.number for reach in reaches),
    )


def _text(course: Course, text: str | None) -> str | None:
    return clean(course.play.fill(text)) if text else None
