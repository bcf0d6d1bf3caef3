"""Which turns of a take are worth a word: those that changed most, and those where another reply would have.

What another reply would have changed is, on each dimension, the turn's weight times the points between what was shown
and what it would have shown; more where a harm was never put right, or something stayed hidden that it would have
brought to light. What a dimension is rated plays no part. The figures below are Words First, our own design.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.scene import GAUGES, Option
from scenarios.techniques import Vocabulary
from scenarios.unfold import Play, Take, Turn
from scoring.evidence import Reading, evidence, repairs, seen, value
from scoring.rubric import Rubric
from scoring.rubric_model import DIMENSIONS

MOST: Final = 3
UNREPAIRED: Final = 2.0
"""A harm that nobody put right matters this many times as much."""
LIGHT: Final = 5.0
"""A hidden fact come to light matters as much as one dimension's strongest technique against showing nothing."""
MENDED: Final = 5.0
"""So does putting a harm right."""
_DECENT: Final = 3.0
STAYED: Final = ""
"""Stands for a technique where a strength rests on none: somebody stayed with a hard scene."""


@dataclass(frozen=True, slots=True)
class Better:
    """What a turn could have been: with which reply (None: one without harm), how much it would have changed."""

    gain: float
    dimension: str
    technique: str
    option: Option | None


@dataclass(frozen=True, slots=True)
class Look:
    """One turn as the choice sees it. `eased` is above 0 where the person was better off after it."""

    turn: Turn
    harms: bool
    repaired: int | None
    eased: int
    stirred: int
    strength: float
    shown_best: Reading | None
    spared: str
    better: Better | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to say: of which turn, as a strength or not, by which technique on which dimension."""

    at: Look
    strength: bool
    technique: str
    dimension: str
    better: Option | None
    size: float


def look(play: Play, take: Take, rubric: Rubric, vocabulary: Vocabulary) -> list[Look]:
    """Every turn of a take's whole road."""
    return list(_Looking(play, take, rubric, vocabulary).looks())


def choose(looks: Sequence[Look]) -> list[Choice]:
    """At most three: the greatest strength, what would have changed most, and whichever of the rest is larger.

    Strengths come first, and there is always one. No technique is spoken of twice, and no turn, unless it is there
    both as a strength and for its harm.
    """
    strengths = sorted(_strengths(looks), key=_order) or _stayed(looks)
    others = sorted(_others(looks), key=_order)
    chosen = [*strengths[:1], *_apart(others, strengths[:1])[:1]]
    rest = sorted([*strengths, *others], key=_order)
    while len(chosen) < MOST and (left := _apart(rest, chosen)):
        chosen.append(left[0])
    return sorted(chosen, key=lambda choice: (not choice.strength, *_order(choice)))


def _order(choice: Choice) -> tuple[float, int]:
    return -choice.size, choice.at.turn.number


def _apart(choices: Sequence[Choice], chosen: Sequence[Choice]) -> list[Choice]:
    techniques = {one.technique for one in chosen}
    turns = {one.at.turn.number for one in chosen}
    mixed = {one.at.turn.number for one in chosen if one.strength and one.at.harms}
    return [
        choice
        for choice in choices
        if choice.technique not in techniques
        and (choice.at.turn.number not in turns or (not choice.strength and choice.at.turn.number in mixed))
    ]


def _strengths(looks: Sequence[Look]) -> Iterator[Choice]:
    """Turns that harmed nothing; where there is none, what was good about a turn that also harmed."""
    harmless = [at for at in looks if not at.harms]
    for at in harmless or looks:
        best = at.shown_best
        if best is not None:
            yield Choice(at, True, best.technique, best.dimension, None, at.strength)
        elif not at.harms:
            yield Choice(at, True, at.turn.option.source.techniques[0], at.spared, None, at.strength)


def _stayed(looks: Sequence[Look]) -> list[Choice]:
    """Where every reply harmed and showed nothing besides: the turn that the person came out of least worse off."""
    least = max(looks, key=lambda at: (at.eased, -at.turn.number), default=None)
    return [] if least is None else [Choice(least, True, STAYED, least.spared, None, least.strength)]


def _others(looks: Sequence[Look]) -> Iterator[Choice]:
    for at in looks:
        if at.better is not None:
            better = at.better
            yield Choice(at, False, better.technique, better.dimension, better.option, better.gain)


class _Looking:
    def __init__(self, play: Play, take: Take, rubric: Rubric, vocabulary: Vocabulary) -> None:
        self.play = play
        self.rubric = rubric
        self.vocabulary = vocabulary
        self.turns = play.path(take)
        self.seen = seen(play, take)
        self.left_out = rubric.leaves_out(play.scene.scenario.role)
        self.readings: dict[int, dict[str, Reading]] = {turn.number: {} for turn in self.turns}
        for reading in evidence(rubric, self.seen).readings:
            if reading.dimension not in self.left_out:
                self.readings[reading.turn][reading.dimension] = reading

    def looks(self) -> Iterator[Look]:
        """Each turn, in order."""
        harmed = False
        for turn, mended in zip(self.turns, repairs(self.rubric, self.seen), strict=True):
            names = turn.option.source.techniques
            harms = self.vocabulary.harms(names) or self.rubric.harms(names)
            mends = harmed and not harms and not self.rubric.repairs.isdisjoint(names)
            harmed = (harmed and not mends) or harms
            repaired = mended if harms else None
            moved = [turn.after.values[gauge] - turn.before.values[gauge] for gauge in range(len(GAUGES))]
            eased = moved[1] + moved[2] - moved[0]
            light = len(self.play.came_to_light(turn))
            above = [one for one in self.readings[turn.number].values() if one.shown > 0]
            shown = sum(one.weight * (one.value - _DECENT) for one in above)
            yield Look(
                turn,
                harms,
                repaired,
                eased,
                sum(map(abs, moved)) + 2 * light,
                shown + eased + LIGHT * light + (MENDED if mends else 0.0),
                max(above, key=lambda one: self._telling(turn, one, mends), default=None),
                self._spared(turn),
                self._better(turn, harms, repaired),
            )

    def _telling(self, turn: Turn, reading: Reading, mends: bool = False) -> tuple[bool, int, int, float]:
        """Which of a reply's readings to speak of: a repair, the thing itself, the author's first technique."""
        repair = mends and reading.technique in self.rubric.repairs
        place = turn.option.source.techniques.index(reading.technique)
        return repair, abs(reading.shown), -place, reading.weight * abs(reading.value - _DECENT)

    def _spared(self, turn: Turn) -> str:
        """The dimension that a reply without harm spared most: the worst that was on offer beside it."""
        here = self.readings[turn.number]
        applying = [name for name in DIMENSIONS if name not in self.left_out] or list(DIMENSIONS)
        return min(applying, key=lambda name: here[name].worst if name in here else 0)

    def _better(self, turn: Turn, harms: bool, repaired: int | None) -> Better | None:
        """The reply beside it that would have changed most; for a harm at least one without it."""
        found = [self._instead(turn, option) for option in self._helping(turn)]
        if harms:
            found.append(self._without_harm(turn))
        best = max(found, key=lambda better: better.gain, default=None)
        if best is None or best.gain <= 0:
            return None
        if not harms:
            return best
        dimension, technique = self._harm(turn)
        gain = best.gain * (UNREPAIRED if repaired is None else 1.0)
        return Better(gain, dimension or best.dimension, technique, best.option)

    def _helping(self, turn: Turn) -> list[Option]:
        """The other replies that were on offer and harm nothing, in order of id, so that no draw decides."""
        ids = {offer.id for offer in turn.offered} - {turn.option.id}
        options = [option for option in self.play.scene.places[turn.moment].options if option.id in ids]
        options.sort(key=lambda option: option.id)
        return [
            option
            for option in options
            if not self.vocabulary.harms(option.source.techniques)
            and not self.rubric.harms(option.source.techniques)
        ]

    def _instead(self, turn: Turn, option: Option) -> Better:
        techniques = option.source.techniques
        row = dict(zip(DIMENSIONS, self.rubric.shown(techniques), strict=True))
        gains = self._gains(turn, row)
        dimension = max(
            gains, key=lambda name: (gains[name] > 0, row[name], gains[name]), default=self._spared(turn)
        )
        own = turn.option.source.techniques
        technique = max(techniques, key=lambda name: (name not in own, self.rubric.says(name, dimension)))
        now, then = turn.before.values, self.turns[-1].after.values
        hidden = sum(not now[place] and not then[place] for place in option.effects.reveals)
        return Better(sum(gains.values()) + LIGHT * hidden, dimension, technique, option)

    def _without_harm(self, turn: Turn) -> Better:
        gains = self._gains(turn, {name: max(0, one.shown) for name, one in self._here(turn).items()})
        return Better(sum(gains.values()), self._spared(turn), turn.option.source.techniques[0], None)

    def _gains(self, turn: Turn, row: Mapping[str, int]) -> dict[str, float]:
        """What showing this row instead would have changed, a dimension."""
        return {
            name: one.weight * (value(row[name], one.best) - one.value)
            for name, one in self._here(turn).items()
        }

    def _here(self, turn: Turn) -> dict[str, Reading]:
        return self.readings[turn.number]

    def _harm(self, turn: Turn) -> tuple[str, str]:
        """Where a reply harmed most, and by which technique."""
        below = [one for one in self._here(turn).values() if one.shown < 0]
        worst = max(below, key=lambda one: self._telling(turn, one), default=None)
        if worst is not None:
            return worst.dimension, worst.technique
        names = turn.option.source.techniques
        return "", next(name for name in names if self.vocabulary.harms([name]) or self.rubric.harms([name]))
