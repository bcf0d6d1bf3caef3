"""Looking back: what the person felt turn by turn, what came to light, what may be said, and what the trainee said.

Each part is made from a course; nothing here is kept. What is rated: simulator/debrief_ratings.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from scenarios.model import Credits
from scenarios.scene import SILENCE
from scenarios.unfold import Take, Turn
from scoring.claims import CLAIM
from scoring.feedback import Feedback, Point, feedback
from scoring.rubric import Rubric, our_rubric
from scoring.voice import statements
from simulator.course import NOT_ENDED, OWN_SAY_FIRST, Course
from simulator.debrief_ratings import ratings, retakes
from simulator.errors import NotFound, Over, SimulatorError
from simulator.shown import STAY_QUIET
from simulator.shown_debrief import Asked, Debrief, DebriefTurn, TagShown, Thing, TimelinePoint, Voice
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
NOT_REVIEWED: Final = "Not yet reviewed by people with lived experience."
GAUGE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"tension": "tension", "trust": "trust", "safety": "felt safety"}
)
NOTHING_MOVED: Final = "nothing moved that could be seen"


def debrief(course: Course) -> Debrief:
    """The whole of it. Raises SimulatorError where the trainee has not yet had their own say."""
    play, scenario, told = course.play, course.loaded.scenario, course.told
    ending = scenario.endings[_ended(course)]
    rubric = our_rubric()
    said = feedback(play, rubric, course.loaded.vocabulary)
    turns = _road(course, play.take)
    first = turns if len(play.takes) == 1 else _road(course, play.takes[0])
    return Debrief(
        outcome=OUTCOMES[ending.outcome],
        ending=clean(play.fill(ending.text)),
        felt=_text(course, ending.felt),
        matters=clean(play.fill(scenario.person.matters)),
        came_to_light=_came_to_light(course),
        turns=turns,
        points=timeline(course),
        statements=_statements(course, rubric),
        first=first,
        feedback=tuple(_thing(course, first, point) for point in said.points),
        not_judged=tuple(map(clean, said.not_judged)),
        moments=_moments(course, said),
        ratings=ratings(course, rubric),
        retake_ratings=retakes(course, rubric),
        claim=CLAIM,
        word=told.word or None,
        account=told.account or None,
        question=None if told.question is None else clean(play.fill(told.question)),
        reflection=told.reflection or None,
        blind=told.blind,
        confidence=(told.confidence.get("before"), told.confidence.get("after")),
        questions=tuple(clean(play.fill(question)) for question in ending.questions),
        to_keep=told.to_keep or None,
        to_try=told.to_try or None,
        when=told.when or None,
        legal_note=_legal_note(course),
        credits_note=clean(credits_note(scenario.credits)),
    )


def _ended(course: Course) -> str:
    """The ending that is looked back on. Raises SimulatorError where that may not begin yet."""
    if course.state == "stepped-out":
        raise Over("You stepped out, so there is nothing to look back on here.")
    if course.play.take.ending is None:
        raise SimulatorError(*NOT_ENDED)
    if not course.told.complete:
        raise SimulatorError(*OWN_SAY_FIRST)
    return course.play.take.ending


def _statements(course: Course, rubric: Rubric) -> tuple[Voice, ...]:
    """The person's side of this road in their voice."""
    said = statements(course.play, course.play.take, rubric)
    return tuple(Voice(clean(voice.text), voice.spoke_for, voice.spoke_against) for voice in said)


def credits_note(credits: Credits) -> str:
    """Who with lived experience has reviewed it, by role and date, or that nobody has yet."""
    reviews = [f"{credit.role}, {credit.on}" for credit in credits.lived_experience_review]
    return f"Reviewed by: {'; '.join(reviews)}." if reviews else NOT_REVIEWED


def contestable(debrief: Debrief, what: str, turn: int, name: str, take: int | None) -> int:
    """The number of the take that the thing contested stands in. Raises NotFound where it stands nowhere."""
    if what == "rating":
        if turn == 0 and any(rating.dimension == name for rating in debrief.ratings):
            return 1
        raise NotFound("There is no such rating here.", "Name one that is shown, such as C3.")
    for played in (*debrief.turns, *debrief.first):
        here = played.turn == turn and take in (None, played.take)
        if here and any(tag.name == name for tag in played.techniques):
            return played.take
    raise NotFound("That turn shows no such technique.", "Name a turn, and a technique that stands there.")


def _legal_note(course: Course) -> str | None:
    note = course.loaded.scenario.legal_note
    return clean(f"{course.play.fill(note.text)} (Checked {note.checked}.)") if note else None


def _came_to_light(course: Course) -> tuple[tuple[str, bool], ...]:
    """Every hidden fact that has words, and whether it came to light."""
    values = course.play.state.values
    return tuple(
        (says, bool(values[place]))
        for name, place in course.play.scene.hidden
        if (says := _says(course, name)) is not None
    )


def _says(course: Course, fact: str) -> str | None:
    """A fact in words, where the author gave it any."""
    return _text(course, course.play.scene.scenario.facts[fact].says)


def _light(course: Course, names: Sequence[str]) -> tuple[str, ...]:
    """Facts in words."""
    return tuple(says for name in names if (says := _says(course, name)) is not None)


def _road(course: Course, take: Take) -> tuple[DebriefTurn, ...]:
    """The turns that led to where a take stands, each with the number of the take it was played in."""
    owners = {id(turn): take.number for take in course.play.takes for turn in take.turns}
    return tuple(_turn(course, owners[id(turn)], turn) for turn in course.play.path(take))


def _turn(course: Course, take: int, turn: Turn) -> DebriefTurn:
    answer = turn.option.source
    reaches = course.play.takes[take - 1].reaches
    return DebriefTurn(
        turn=turn.number,
        take=take,
        said=clean(turn.said),
        reply=turn.option.id,
        kind=turn.option.kind,
        reply_text=reply_text(turn),
        reaction=clean(turn.reaction) if turn.reaction else None,
        felt=_text(course, answer.felt),
        why=_text(course, answer.why),
        instead=_text(course, answer.instead),
        harmful=course.loaded.vocabulary.harms(answer.techniques),
        reaches=sum(reach.turn == turn.number for reach in reaches),
        techniques=tuple(_tag(course, take, turn.number, name) for name in answer.techniques),
    )


def reply_text(turn: Turn) -> str:
    """What the trainee said or did at a turn, as it is shown."""
    return clean(turn.reply_text or (STAY_QUIET if turn.option.id == SILENCE else ""))


def _tag(course: Course, take: int, turn: int, name: str) -> TagShown:
    technique = course.loaded.vocabulary.techniques[name]
    contested = course.told.contests.get(("tag", take, turn, name))
    return TagShown(name, clean(technique.words), technique.helps, contested.text if contested else None)


def timeline(
    course: Course, take: Take | None = None, words: Callable[[str], str | None] | None = None
) -> tuple[TimelinePoint, ...]:
    """How it was in the person as the scene began and after every turn of a take's whole road (the current one's).

    `words` tell a fact by its name; without them the author's, where there are any.
    """
    turns = course.play.path(take)
    began = (turns[0].before if turns else course.play.state).values
    points = [TimelinePoint(0, began[0], began[1], began[2], ())]
    for turn in turns:
        values = turn.after.values
        names = course.play.came_to_light(turn)
        light = _light(course, names) if words is None else tuple(filter(None, map(words, names)))
        points.append(TimelinePoint(turn.number, values[0], values[1], values[2], light))
    return tuple(points)


def _thing(course: Course, first: Sequence[DebriefTurn], point: Point) -> Thing:
    turn = next(turn for turn in first if turn.turn == point.turn)
    return Thing(
        strength=point.strength,
        turn=turn.turn,
        said=turn.said,
        kind=turn.kind,
        reply_text=turn.reply_text,
        effect=clean(_effect(course, point)),
        technique=point.technique,
        technique_words=clean(point.technique_words),
        why=clean(point.why),
        source=clean(point.source),
        instead=clean(point.instead) if point.instead else None,
    )


def _effect(course: Course, point: Point) -> str:
    """What a turn did to the person: `trust rose by 2, tension fell by 1; this came to light: …`."""
    moved = [
        f"{GAUGE_WORDS[change.gauge]} {'rose' if change.by > 0 else 'fell'} by {abs(change.by)}"
        for change in point.changes
    ]
    light = [f"this came to light: {says}" for says in _light(course, point.came_to_light)]
    mended = [] if point.repaired is None else [f"you put it right at turn {point.repaired}"]
    return "; ".join([", ".join(moved) or NOTHING_MOVED, *light, *mended])


def _moments(course: Course, said: Feedback) -> tuple[Asked, ...]:
    """The moments to ask about; one that only an earlier version asked about stays with its answer."""
    answered = course.told.inquiries
    asked = [
        Asked(
            inquiry.turn,
            clean(inquiry.observation),
            clean(inquiry.view),
            clean(inquiry.question),
            (answered[inquiry.turn].text or "") if inquiry.turn in answered else None,
        )
        for inquiry in said.inquiries
    ]
    turns = {inquiry.turn for inquiry in said.inquiries}
    earlier = [each for turn, each in sorted(answered.items()) if turn not in turns]
    return (*asked, *(Asked(each.turn, "", "", each.question, each.text or "") for each in earlier))


def _text(course: Course, text: str | None) -> str | None:
    return clean(course.play.fill(text)) if text else None
