"""Scripted trainees compared, pair by pair of the same seed, on the dimensions both were seen enough on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from scenarios.load import Loaded, load
from scenarios.unfold import Play, begin
from scoring.rating import Rating, core_mean, rate_take
from scoring.rubric_model import CORE
from tests.scoring.policies import play_out

FEWEST: Final = 4
"""Dimensions of C1 to C7 that both must have."""
HONESTY: Final = ("C4", "C5", "X1")
PLEASING: Final[dict[str, frozenset[str]]] = {
    "sweet-but-empty": frozenset(["empty-reassurance"]),
    "false-promiser": frozenset(["false-promise", "promise-secrecy"]),
}
"""The kinds that please, and the techniques that each is named for."""


@dataclass(frozen=True)
class Played:
    """One play of one scripted trainee, rated; `met` is everything that was on offer on its way."""

    seed: int
    turns: int
    ending: str | None
    ratings: dict[str, Rating]
    core: float | None
    met: frozenset[str]
    kind: str


@dataclass(frozen=True)
class Pairs:
    """One kind beside another, seed by seed. `apart`: either was not seen on enough of the same dimensions."""

    compared: int
    above: int
    apart: int
    not_above: tuple[int, ...]
    own_mean: float
    their_mean: float
    least_apart: float

    @property
    def share(self) -> float:
        """In what share of the pairs that can be compared the one stands above."""
        return self.above / self.compared if self.compared else 0.0


@cache
def loaded(scene: str) -> Loaded:
    """A library scene, read once."""
    return load(scene)


@cache
def rated(scene: str, kind: str, seeds: int) -> list[Played]:
    """One scripted trainee on one scene, a play a seed."""
    return [_rated(play_out(begin(loaded(scene).scene, seed), kind), kind) for seed in range(seeds)]


def _rated(play: Play, kind: str) -> Played:
    ratings = rate_take(play, play.take)
    met: set[str] = set()
    for turn in play.take.turns:
        offered = {offer.id for offer in turn.offered}
        for option in play.scene.places[turn.moment].options:
            if option.id in offered:
                met.update(option.source.techniques)
    turns = len(play.take.turns)
    core = core_mean(ratings)
    return Played(play.seed, turns, play.take.ending, ratings, core, frozenset(met), kind)


def pairs(scene: str, one: str, other: str, seeds: int) -> Pairs:
    """How the one kind stands to the other on a scene."""
    means: list[tuple[int, float, float]] = []
    apart: list[float] = []
    for mine, theirs in zip(rated(scene, one, seeds), rated(scene, other, seeds), strict=True):
        both = [name for name in CORE if _value(mine, name) is not None and _value(theirs, name) is not None]
        if len(both) < FEWEST:
            apart.append(mine.core or 0.0)
        else:
            means.append((mine.seed, _mean(mine, both), _mean(theirs, both)))
    count = max(len(means), 1)
    return Pairs(
        len(means),
        sum(mine > theirs for _, mine, theirs in means),
        len(apart),
        tuple(seed for seed, mine, theirs in means if mine <= theirs),
        sum(mine for _, mine, _ in means) / count,
        sum(theirs for _, _, theirs in means) / count,
        min(apart, default=5.0),
    )


def above_three(scene: str, kind: str, seeds: int) -> list[tuple[Played, str]]:
    """Every rating above 3 on honesty's dimensions."""
    return [
        (one, name)
        for one in rated(scene, kind, seeds)
        for name in HONESTY
        if (one.ratings[name].value or 0.0) > 3.0
    ]


def met_none(played: Played) -> bool:
    """Whether a pleasing kind was never offered what it is named for."""
    return PLEASING[played.kind].isdisjoint(played.met)


def _value(played: Played, dimension: str) -> float | None:
    return played.ratings[dimension].value


def _mean(played: Played, names: list[str]) -> float:
    return sum(played.ratings[name].value or 0.0 for name in names) / len(names)
