"""A take -> what each reply showed and what could have been shown, turn by turn and dimension by dimension.

Pure: turns and a rubric in, evidence out. The method in words, with an example: docs/rating.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.unfold import Play, Take, Turn
from scoring.rubric import Rubric, Techniques
from scoring.rubric_model import DIMENSIONS, STRONGEST, Cap, Limit, Phase

CRISIS: Final = 8
"""Tension (0..10) from which a turn stands in the crisis."""
AFTER: Final = 3
"""Tension up to which a turn stands in what comes after. Both are Words First, our own design."""
REPEATED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What rating knows of one turn; no words, no names.

    `techniques` are the reply's, `offered` those of every reply of that state, its own among them;
    `gauges` are tension, trust and felt safety (0..10) before the reply; `light` the hidden facts known by then.
    """

    number: int
    techniques: Techniques
    offered: tuple[Techniques, ...]
    gauges: tuple[int, int, int]
    light: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One turn on one dimension. `technique` is the one that the value rests on (the reply's first at 0)."""

    turn: int
    dimension: str
    technique: str
    shown: int
    best: int
    worst: int
    phase: Phase
    repeated: bool
    weight: float
    value: float

    @property
    def opportunity(self) -> bool:
        """Whether the state let the trainee show more or less than this reply."""
        return self.best != self.worst


@dataclass(frozen=True, slots=True)
class Hold:
    """A dimension's rating is held at `at_most`, because of a technique at a turn; `repaired` at that turn, or not."""

    dimension: str
    at_most: int
    turn: int
    technique: str
    shown: int
    repaired: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a take showed: a reading for each turn and dimension that said or offered anything."""

    readings: tuple[Reading, ...]
    holds: tuple[Hold, ...]


def seen(play: Play, take: Take) -> list[Seen]:
    """The whole road to where a take stands, the turns before its rewinds included."""
    hidden = [place for _, place in play.scene.hidden]
    return [_seen(play, turn, hidden) for turn in play.path(take)]


def _seen(play: Play, turn: Turn, hidden: Sequence[int]) -> Seen:
    ids = {offer.id for offer in turn.offered}
    options = play.scene.places[turn.moment].options
    offered = tuple([option.source.techniques for option in options if option.id in ids])
    values = turn.before.values
    gauges = (values[0], values[1], values[2])
    light = tuple([bool(values[place]) for place in hidden])
    return Seen(turn.number, turn.option.source.techniques, offered, gauges, light)


def evidence(rubric: Rubric, turns: Sequence[Seen]) -> Evidence:
    """What a take showed, by a rubric."""
    readings: list[Reading] = []
    for turn, phase, stale in zip(turns, phases(turns), _stale(rubric, turns), strict=True):
        readings += _readings(rubric, turn, phase, stale)
    return Evidence(tuple(readings), tuple(_holds(rubric, turns)))


def phases(turns: Sequence[Seen]) -> list[Phase]:
    """Where in the crisis each turn stands, by the tension before its reply and the turns before it."""
    found: list[Phase] = []
    had_crisis = False
    for turn in turns:
        tension = turn.gauges[0]
        had_crisis = had_crisis or tension >= CRISIS
        if tension >= CRISIS:
            found.append("crisis")
        elif tension <= AFTER:
            found.append("after")
        else:
            found.append("recovery" if had_crisis else "escalation")
    return found


def value(shown: int, best: int) -> float:
    """The point (1..5) on the fixed anchors; what was on offer matters in two cases alone.

    A reply that shows nothing is decent practice where nothing better was there, and a part shown is all that
    could be asked where no reply showed more.
    """
    if shown == 0:
        return 2.5 if best > 0 else 3.0
    if shown == 1:
        return 5.0 if best == 1 else 4.0
    return {-2: 1.0, -1: 2.0, 2: 5.0}[shown]


def _readings(rubric: Rubric, turn: Seen, phase: Phase, stale: frozenset[str]) -> Iterator[Reading]:
    weighs = rubric.phase_weights[phase]
    for dimension, shown, best, worst, bearing in rubric.glances(turn.techniques, turn.offered):
        technique, repeated = bearing[0], False
        if shown > 0 and stale:  # harm is never repetition
            fresh = [name for name in bearing if name not in stale]
            technique, repeated = (fresh or bearing)[0], not fresh
        weight = float((max(best, 0) - min(worst, 0)) * weighs)
        yield Reading(
            turn.number,
            dimension,
            technique,
            shown,
            best,
            worst,
            phase,
            repeated,
            weight * REPEATED if repeated else weight,
            value(shown, best),
        )


def _stale(rubric: Rubric, turns: Sequence[Seen]) -> Iterator[frozenset[str]]:
    """For each turn, its techniques that were used before with nothing better and nothing come to light since."""
    last: dict[str, Seen] = {}
    for turn in turns:
        again = [name for name in turn.techniques if name in last and name not in rubric.never_halved]
        yield frozenset(name for name in again if not _moved(last[name], turn))
        for name in turn.techniques:
            last[name] = turn


def _moved(then: Seen, now: Seen) -> bool:
    """Whether a gauge stands better than before the earlier reply, or a hidden fact has come to light since."""
    better = (
        now.gauges[0] < then.gauges[0] or now.gauges[1] > then.gauges[1] or now.gauges[2] > then.gauges[2]
    )
    return better or any(new and not old for new, old in zip(now.light, then.light, strict=True))


def _holds(rubric: Rubric, turns: Sequence[Seen]) -> Iterator[Hold]:
    """Every limit that the replies of a take bring on a dimension, in order of turns."""
    capping = {name for cap in rubric.file.caps for name in cap.techniques}
    for place, (turn, repaired) in enumerate(zip(turns, repairs(rubric, turns), strict=True)):
        own = rubric.shown(turn.techniques)
        if min(own) > -STRONGEST and capping.isdisjoint(turn.techniques):
            continue
        for glance in rubric.glances(turn.techniques, turn.offered):
            if glance.shown == -STRONGEST:
                technique = glance.bearing[0]
                yield _hold(
                    rubric.file.any_strong_harm, glance.dimension, turn, technique, glance.shown, repaired
                )
        for cap in rubric.file.caps:
            technique = next((name for name in turn.techniques if name in cap.techniques), "")
            if technique and _comes_in(rubric, cap, turns, place):
                for dimension in cap.dimensions:
                    shown = own[DIMENSIONS.index(dimension)]
                    yield _hold(cap, dimension, turn, technique, shown, repaired)


def _hold(limit: Limit, dimension: str, turn: Seen, technique: str, shown: int, repaired: int | None) -> Hold:
    lifted = limit.at_most if limit.repaired is None else limit.repaired
    at_most = limit.at_most if repaired is None else lifted
    return Hold(dimension, at_most, turn.number, technique, shown, repaired)


def repairs(rubric: Rubric, turns: Sequence[Seen]) -> list[int | None]:
    """For each turn the first later one that repairs and does not harm, or None."""
    found: list[int | None] = []
    after: int | None = None
    for turn in reversed(turns):
        found.append(after)
        if _does(rubric, turn, rubric.repairs):
            after = turn.number
    return found[::-1]


def _comes_in(rubric: Rubric, cap: Cap, turns: Sequence[Seen], place: int) -> bool:
    """Whether a cap holds from this turn on; kind words get their turns to be followed up."""
    if cap.without_step is None:
        return True
    window = turns[place : place + cap.without_step + 1]
    return len(window) > cap.without_step and not any(_does(rubric, turn, rubric.steps) for turn in window)


def _does(rubric: Rubric, turn: Seen, techniques: frozenset[str]) -> bool:
    """Whether a reply shows one of these techniques; a reply that also harms does not."""
    return not techniques.isdisjoint(turn.techniques) and not rubric.harms(turn.techniques)
