"""A group over time: the dimensions a quarter, with their opportunities, and confidence beside them, never mixed.

Made from figures that may be shown scene by scene and from nothing else, so it says nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitator.cohort import Rated, Scene, Sure
from facilitator.cohort_rule import nearest
from facilitator.rows import CohortFilter
from scoring.rubric_model import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Quarter:
    """What may be said of a group in one calendar quarter, over its scenes; those too few played are left out."""

    quarter: str
    scenes: tuple[str, ...]
    ratings: Mapping[str, Rated]
    sure: Sure | None


def over_time(scenes: Mapping[str, Scene], group: str | None = None) -> tuple[Quarter, ...]:
    """The quarters in order, for a group or for everybody."""
    quarters = sorted({str(value) for scene in scenes.values() for value in scene.values["quarter"]})
    return tuple(_quarter(scenes, CohortFilter(group=group, quarter=quarter)) for quarter in quarters)


def _quarter(scenes: Mapping[str, Scene], which: CohortFilter) -> Quarter:
    held = [(scene, place) for scene in scenes.values() if (place := scene.place(which)) is not None]
    ratings = {}
    for name in DIMENSIONS:
        totals = _added(scene.rating(place, name) for scene, place in held)
        if totals is not None:
            people, values, opportunities = totals
            ratings[name] = Rated(values / people, nearest(round(opportunities)), nearest(int(people)))
    said = _added(scene.confidence(place) for scene, place in held)
    sure = None if said is None else Sure(said[1] / said[0], said[2] / said[0], nearest(int(said[0])))
    return Quarter(which.quarter or "", tuple(scene.scenario for scene, _ in held), ratings, sure)


def _added(totals: Iterable[tuple[int, float, float] | None]) -> tuple[float, float, float] | None:
    """Each place summed over the scenes that say anything."""
    known = [total for total in totals if total is not None]
    if not known:
        return None
    return sum(one[0] for one in known), sum(one[1] for one in known), sum(one[2] for one in known)
