"""Plain mode, the debrief as lines: each is clear when it is heard alone, and every number names its turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from scenarios.script import answered, spoken
from simulator.debrief_ratings import BY_WEIGHT, number, weighed
from simulator.shown_debrief import (
    SHOWN_WORDS,
    Asked,
    Debrief,
    DebriefTurn,
    EvidenceShown,
    RatingShown,
    Roads,
    RoadTurn,
    Thing,
    TimelinePoint,
    Voice,
)

REACHED: Final = "You reached for hands-on here. It was not available, and the scene waited."
NOBODY_SAID: Final = "They are written for {person}, to talk about; nobody has said them."
FROM_0: Final = "What went on in {person}, as the scene has it, each from 0 to 10."
OF_FIRST: Final = " of the first take"
FIRST_TAKE: Final = (
    "They are the first take's, and those you can contest. Later takes stand beside them, to look at."
)


def felt_lines(debrief: Debrief, person: str) -> list[str]:
    """How it came out, and the person on the whole of it, out of role."""
    lines = [f"How it came out: {debrief.outcome}.", "There is no pass and no fail here."]
    if debrief.felt:
        lines.append(f"{person}, out of role, looking back: {debrief.felt}")
    lines.append(f"What it was about for {person}: {debrief.matters}")
    if debrief.reflection:
        lines += [f"You were asked then: {debrief.question}", f"You answered: {debrief.reflection}"]
    lines.append(debrief.credits_note)
    return lines


def timeline_lines(debrief: Debrief, person: str) -> list[str]:
    """The chart as a table in words, and what came to light and what could have."""
    lines = [FROM_0.format(person=person)]
    before: TimelinePoint | None = None
    for point in debrief.points:
        lines.append(_point(point, before))
        lines += [f"At turn {point.turn} this came to light: {says}" for says in point.came_to_light]
        before = point
    lines += [f"This could have come to light: {says}" for says, found in debrief.came_to_light if not found]
    if debrief.legal_note:
        lines.append(f"A note on the law: {debrief.legal_note}")
    return lines


def _point(point: TimelinePoint, before: TimelinePoint | None) -> str:
    now = (("tension", point.tension), ("trust", point.trust), ("felt safety", point.safety))
    if before is None:
        return f"As it began: {', '.join(f'{name} {value}' for name, value in now)}."
    then = (before.tension, before.trust, before.safety)
    moved = [f"{name} {value}{_by(value - was)}" for (name, value), was in zip(now, then, strict=True)]
    return f"After turn {point.turn}: {'; '.join(moved)}."


def _by(change: int) -> str:
    return f", {'up' if change > 0 else 'down'} {abs(change)}" if change else ""


def turn_lines(turn: DebriefTurn, person: str, takes: int, point: TimelinePoint | None) -> list[str]:
    """One turn with everything there is to it."""
    take = f", take {turn.take}" if takes > 1 else ""
    lines = [f"Turn {turn.turn}{take}.", *spoken(person, turn.said)]
    if turn.reaches:
        lines.append(REACHED)
    lines += answered(turn.kind, turn.reply_text)
    if turn.reaction:
        lines += spoken(person, turn.reaction)
    if point is not None:
        lines.append(
            f"After it: tension {point.tension}, trust {point.trust}, felt safety {point.safety}, of 10."
        )
    if turn.felt:
        lines.append(f"How that felt to {person}: {turn.felt}")
    if turn.why:
        lines.append(f"Why it may have gone so: {turn.why}")
    if turn.instead:
        lines.append(f"What could have been said instead: {turn.instead}")
    for tag in turn.techniques:
        does = "usually helps" if tag.helps else "can harm"
        lines.append(f"What it shows: {tag.words}. That is {tag.name}, which {does}.")
        if tag.contest:
            lines.append(f"You see {tag.name} differently: {tag.contest}")
    return lines


def moment_lines(moment: Asked) -> list[str]:
    """A moment as it is put to the trainee, without the question."""
    return [line for line in (moment.observation, moment.view) if line]


def side_lines(debrief: Debrief, person: str) -> list[str]:
    """How it felt along the way, and five statements in the person's voice, each with its turns."""
    lines = [f"{person}'s side, along the way."]
    for turn in debrief.turns:
        if turn.felt:
            lines += [f"Turn {turn.turn}.", *answered(turn.kind, turn.reply_text)]
            lines.append(f"How that felt to {person}: {turn.felt}")
    lines.append(f"Five things that {person} might say. {NOBODY_SAID.format(person=person)}")
    lines += [f"{person}: {voice.text} {_rests(voice)}" for voice in debrief.statements]
    return lines


def _rests(voice: Voice) -> str:
    sides = [(voice.spoke_for, "for it"), (voice.spoke_against, "against it")]
    spoke = [f"{turns_named(turns)} spoke {side}" for turns, side in sides if turns]
    if not spoke:
        return "No turn spoke for it or against it."
    said = ", ".join(spoke)
    return f"{said[0].upper()}{said[1:]}."


def turns_named(turns: Sequence[int]) -> str:
    """`turn 3`, `turns 3 and 5`, `turns 1, 3 and 5`."""
    if len(turns) == 1:
        return f"turn {turns[0]}"
    return f"turns {', '.join(map(str, turns[:-1]))} and {turns[-1]}"


def feedback_lines(debrief: Debrief, person: str) -> list[str]:
    """At most three things, what could not be judged, and the suggested ratings beside one's own."""
    of = OF_FIRST if debrief.retake_ratings else ""
    lines = [line for thing in debrief.feedback for line in _thing_lines(thing, person, of)]
    lines += [f"What could not be judged. {said}" for said in debrief.not_judged]
    lines += ["The suggested ratings.", debrief.claim]
    if debrief.retake_ratings:
        lines.append(FIRST_TAKE)
    for rating in debrief.ratings:
        if rating.value is not None or rating.own is not None or rating.contest:
            lines += rating_lines(rating)
    lines += retake_lines(debrief)
    return lines


def _thing_lines(thing: Thing, person: str, of: str) -> Iterator[str]:
    kind = "A strength" if thing.strength else "Something to try"
    yield f"{kind}, at turn {thing.turn}{of}."
    yield from spoken(person, thing.said)
    yield from answered(thing.kind, thing.reply_text)
    yield f"What it did to {person}: {thing.effect}."
    yield f"What it shows: {thing.technique_words}."
    yield f"Why it matters: {thing.why}"
    yield f"Where that is from: {thing.source}."
    if thing.instead:
        yield f"You could try: {thing.instead}"
        yield f"To try it from there, type back {thing.turn}."


def rating_lines(rating: RatingShown) -> list[str]:
    """One rating, beside one's own, with what holds it and what was said against it."""
    own = f" You put yourself at {rating.own}." if rating.own is not None else ""
    lines = [f"{rating.dimension}, {rating.name}: {rating.standing}.{own}"]
    if rating.held:
        lines.append(f"{rating.dimension} is {rating.held}.")
    if rating.contest:
        lines.append(f"You see {rating.dimension} differently: {rating.contest}")
    return lines


def retake_lines(debrief: Debrief) -> list[str]:
    """Later takes beside the first, a line a take."""
    lines = []
    for retake in debrief.retake_ratings:
        rated = [
            f"{rating.dimension} {number(rating.value)}"
            for rating in retake.ratings
            if rating.value is not None
        ]
        lines.append(f"Take {retake.take}, beside it: {', '.join(rated) or 'not enough seen'}.")
    return lines


def opened_lines(debrief: Debrief, dimension: str) -> list[str]:
    """A rating with the turns it came from, and the same for later takes; nothing where there is none."""
    lines: list[str] = []
    takes = [(0, debrief.ratings), *((each.take, each.ratings) for each in debrief.retake_ratings)]
    for take, ratings in takes:
        for rating in ratings:
            if rating.dimension == dimension:
                lines += [f"Take {take}."] if take else []
                lines += [*rating_lines(rating), *_evidence_lines(rating)]
    return lines


def _evidence_lines(rating: RatingShown) -> list[str]:
    lines = [_evidence(each) for each in rating.evidence]
    if rating.value is not None:
        lines.append(BY_WEIGHT)
    if rating.facilitator:
        lines.append(f"What words on a screen do not show of it: {rating.facilitator}")
    return lines


def _evidence(each: EvidenceShown) -> str:
    words = answered(each.kind, each.reply_text)
    shown = f"It {SHOWN_WORDS[each.shown]}, {each.shown:+d}" if each.shown else f"It {SHOWN_WORDS[0]}, 0"
    by = f": {each.technique_words}, {each.technique}" if each.shown else ""
    return f"Turn {each.turn}. {' '.join(words)} {shown}{by}. {weighed(each)}"


def roads_lines(roads: Roads, person: str) -> list[str]:
    """Two takes side by side, turn for turn; a table in words."""
    lines = [f"Take {roads.left_take} and take {roads.right_take}, side by side from turn {roads.from_turn}."]
    for step in roads.steps:
        for take, turn in ((roads.left_take, step.left), (roads.right_take, step.right)):
            if turn is None:
                continue
            lines += [f"Turn {step.turn}, take {take}.", *spoken(person, turn.said)]
            lines += answered(turn.kind, turn.reply_text)
            if turn.reaction:
                lines += spoken(person, turn.reaction)
            lines.append(_after(turn))
    for take, ending in ((roads.left_take, roads.left_ending), (roads.right_take, roads.right_ending)):
        lines.append(f"Take {take} ended so: {ending}" if ending else f"Take {take} was left before its end.")
    return lines


def _after(turn: RoadTurn) -> str:
    return f"After it: tension {turn.tension}, trust {turn.trust}, felt safety {turn.safety}."
