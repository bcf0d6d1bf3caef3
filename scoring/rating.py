"""Evidence -> a rating (1..5) a dimension, with the turns it came from and what holds it down.

A rating is a suggestion beside a facilitator's own, never a mark: fewer than two opportunities give none at all,
and how a scene ended is no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from scenarios.load import Loaded
from scenarios.unfold import Play, Take
from scoring.evidence import Evidence, Hold, Reading, evidence, seen
from scoring.rubric import Rubric, our_rubric
from scoring.rubric_model import CORE, DIMENSIONS

FEWEST: Final = 2
"""Opportunities below which a dimension was not seen enough."""
NOT_ENOUGH: Final = "not enough seen"
DECIMALS: Final = 2

Standing = Literal["rated", "not enough seen", "not for this role"]


@dataclass(frozen=True, slots=True)
class Rating:
    """One dimension of one take.

    `value` is 1..5 or None (see `standing`), `mean` the same before any limit. `readings` are the turns it was
    taken from, all of them opportunities; `held` is what lowered it, `holds` every limit on this dimension.
    `weighs` is for the report alone. `facilitator` says what text cannot show here.
    """

    dimension: str
    value: float | None
    mean: float | None
    standing: Standing
    readings: tuple[Reading, ...]
    held: Hold | None
    holds: tuple[Hold, ...]
    weighs: int
    facilitator: str | None

    @property
    def opportunities(self) -> int:
        """How many turns let the trainee show more or less of it."""
        return len(self.readings)

    @property
    def capped_by(self) -> str | None:
        """The technique that holds the rating below its mean."""
        return None if self.held is None else self.held.technique


@dataclass(frozen=True, slots=True)
class Rated:
    """A whole play: the first take is rated; retakes stand beside it, so that trying again costs nothing."""

    first: Mapping[str, Rating]
    retakes: tuple[Mapping[str, Rating], ...]


def rate(rubric: Rubric, shown: Evidence, role: str = "") -> dict[str, Rating]:
    """A rating for each of the twelve dimensions, for a trainee in this role."""
    readings: dict[str, list[Reading]] = {dimension: [] for dimension in DIMENSIONS}
    for reading in shown.readings:
        if reading.opportunity:
            readings[reading.dimension].append(reading)
    holds: dict[str, list[Hold]] = {dimension: [] for dimension in DIMENSIONS}
    for hold in shown.holds:
        holds[hold.dimension].append(hold)
    left_out = rubric.leaves_out(role)
    return {
        dimension: _rating(rubric, dimension, readings[dimension], holds[dimension], role, left_out)
        for dimension in DIMENSIONS
    }


def _rating(
    rubric: Rubric,
    dimension: str,
    readings: list[Reading],
    holds: list[Hold],
    role: str,
    left_out: frozenset[str],
) -> Rating:
    standing: Standing = "rated"
    if dimension in left_out:
        standing = "not for this role"
    elif len(readings) < FEWEST:
        standing = NOT_ENOUGH
    average = mean(readings) if standing == "rated" else None
    lowest = min(holds, key=lambda hold: (hold.at_most, hold.turn), default=None)
    held = lowest if lowest is not None and average is not None and lowest.at_most < average else None
    return Rating(
        dimension,
        average if held is None else float(held.at_most),
        average,
        standing,
        tuple(readings),
        held,
        tuple(holds),
        rubric.weighs(role, dimension),
        rubric.file.dimensions[dimension].facilitator,
    )


def mean(readings: list[Reading]) -> float:
    """The mean of the values, each by its weight."""
    weight = sum(reading.weight for reading in readings)
    return sum(reading.weight * reading.value for reading in readings) / weight


def rate_take(play: Play, take: Take, rubric: Rubric | None = None) -> dict[str, Rating]:
    """The ratings of one take, over its whole road from the beginning (ours unless another rubric is given)."""
    by = rubric or our_rubric()
    return rate(by, evidence(by, seen(play, take)), play.scene.scenario.role)


def rate_play(play: Play, rubric: Rubric | None = None) -> Rated:
    """The first take's ratings, and those of every retake beside them."""
    first, *retakes = [rate_take(play, take, rubric) for take in play.takes]
    return Rated(first, tuple(retakes))


def core_mean(ratings: Mapping[str, Rating]) -> float | None:
    """The mean of those of C1 to C7 that have a rating. EMDABS-aligned, not EMDABS; never a headline."""
    values = [value for name in CORE if (value := ratings[name].value) is not None]
    return sum(values) / len(values) if values else None


def ratings_json(loaded: Loaded, play: Play, take: Take, rubric: Rubric | None = None) -> dict[str, Any]:
    """The `ratings` of one take in `run --rate`; `loaded` is the scenario that was played."""
    by = rubric or our_rubric()
    ratings = rate(by, evidence(by, seen(play, take)), loaded.scenario.role)
    return {dimension: rating_json(rating) for dimension, rating in ratings.items()}


def rating_json(rating: Rating) -> dict[str, Any]:
    """One rating for programs; the turn that holds it is among its evidence, opportunity or not."""
    shown = {reading.turn: _entry(reading) for reading in rating.readings}
    if rating.held is not None:
        shown.setdefault(rating.held.turn, _entry(rating.held))
    return {
        "value": None if rating.value is None else round(rating.value, DECIMALS),
        "opportunities": rating.opportunities,
        "evidence": [shown[turn] for turn in sorted(shown)],
        "capped_by": rating.capped_by,
        "for_facilitator": rating.facilitator is not None,
    }


def _entry(source: Reading | Hold) -> dict[str, Any]:
    return {"turn": source.turn, "technique": source.technique, "shown": source.shown}
