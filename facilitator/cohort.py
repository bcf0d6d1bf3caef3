"""Many people in one scene, and a group over time: figures that keep the rule of five, and name nobody.

Each person counts once a scene, with the first play of it they shared and its first take; so the filters divide
people up and nobody stands on both sides of a difference. Pure: pictures in (simulator/picture.py), figures out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from facilitator import cohort_unit as of_one
from facilitator.cohort_rule import Counts, Mask, hidden_answers, hidden_people, nearest, table, with_all
from facilitator.cohort_unit import NOT_HERE, Unit
from facilitator.rows import EVERYBODY, CohortFilter, Drawn
from scoring.rubric_model import DIMENSIONS

By: TypeAlias = Literal["opening", "cast", "group", "quarter"]
BYS: Final[tuple[By, ...]] = get_args(By)
"""What a scene can be narrowed by, in the order of the tables' axes. There is nothing else."""

Sums: TypeAlias = tuple[int, float, float]

_SMALL: Final = 50
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """How people divide over the answers to one question. `of` is to the nearest five; shares are in per cent.

    Answers that would tell of too few are in none of it but `rest`: whether there are such.
    """

    of: int
    shares: Mapping[str, int | None]
    """0 is nobody, 100 everybody; None: somebody, and under half a step."""
    rest: bool


@dataclass(frozen=True, slots=True)
class Reaches:
    """Where people reached for hands-on: the share of those who came here, the mean tension, what came next."""

    share: int | None
    of: int
    tension: float
    next: Spread


@dataclass(frozen=True, slots=True)
class Rated:
    """A dimension: the mean of the suggested ratings, and how many opportunities they rest on (nearest five)."""

    mean: float
    opportunities: int
    people: int


@dataclass(frozen=True, slots=True)
class Sure:
    """Confidence before and after of those who gave both; 0..10. Never a measure of skill."""

    before: float
    after: float
    people: int


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that may be said of one scene through one filter. What may not is not in it."""

    people: int
    endings: Spread | None
    moments: Mapping[str, Spread]
    reached: Spread | None
    """Whether people reached for hands-on at all: `yes` and `no`."""
    reaches: Mapping[str, Reaches]
    peaks: Spread | None
    facts: Mapping[str, Spread]
    """Each hidden fact: `found` and `not`."""
    ratings: Mapping[str, Rated]
    sure: Sure | None


@dataclass(slots=True)
class _Question:
    """A question with its table, what of it is withheld, and the sums of whatever goes with an answer."""

    answers: tuple[str, ...]
    counts: Counts
    hidden: Mask
    sums: tuple[npt.NDArray[np.float64], ...]


@dataclass
class Scene:
    """Everybody who played one scene, as a table to look at through the filters."""

    scenario: str
    units: Sequence[Unit]
    _asked: dict[str, _Question] = field(default_factory=dict, repr=False)

    @cached_property
    def values(self) -> dict[By, tuple[str | int, ...]]:
        """What each filter can be set to here."""
        return {by: tuple(sorted({unit.places[axis] for unit in self.units})) for axis, by in enumerate(BYS)}

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """Every moment that anybody came to."""
        return tuple(sorted({moment for unit in self.units for moment in unit.replies}))

    @cached_property
    def _axes(self) -> list[npt.NDArray[np.int64]]:
        found = []
        for axis, by in enumerate(BYS):
            place = {value: at for at, value in enumerate(self.values[by])}
            found.append(np.array([place[unit.places[axis]] for unit in self.units], dtype=np.int64))
        return found

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(self.values[by]) for by in BYS]

    @cached_property
    def people(self) -> Counts:
        """How many there are at every setting of the filters, exactly: for the rule, not for showing."""
        return table(self._axes, self._sizes)

    @cached_property
    def hidden(self) -> Mask:
        """Which settings of the filters say nothing at all."""
        return hidden_people(self.people)

    def look(self, which: CohortFilter = EVERYBODY) -> Look | None:
        """What may be shown through a filter; None where that is nothing."""
        place = self._place(which)
        if place is None or self.hidden[place]:
            return None
        return Look(
            people=nearest(int(self.people[place])),
            endings=self._spread(place, self._ask("ending", of_one.ending)),
            moments=self._moments(place),
            reached=self._spread(place, self._ask("reached", of_one.reached, ("yes", "no"))),
            reaches=self._reaches(place),
            peaks=self._spread(place, self._ask("peak", of_one.peak)),
            facts=self._facts(place),
            ratings={name: rated for name in DIMENSIONS if (rated := self.rated(place, name)) is not None},
            sure=self.sure(place),
        )

    def place(self, which: CohortFilter) -> tuple[int, ...] | None:
        """Where a filter stands in the tables; None where it fits nobody or too few."""
        place = self._place(which)
        return None if place is None or self.hidden[place] else place

    def _place(self, which: CohortFilter) -> tuple[int, ...] | None:
        if not self.units or which.scenario not in (None, self.scenario):
            return None
        found = []
        for by in BYS:
            value = getattr(which, by)
            if value is not None and value not in self.values[by]:
                return None
            found.append(0 if value is None else self.values[by].index(value) + 1)
        return tuple(found)

    # questions

    def _ask(
        self,
        name: str,
        answer: Callable[[Unit], str],
        answers: Sequence[str] | None = None,
        values: Sequence[Callable[[Unit], float]] = (),
    ) -> _Question:
        """A question over everybody, asked once."""
        if name not in self._asked:
            given = [answer(unit) for unit in self.units]
            found = tuple(answers) if answers is not None else tuple(sorted(set(given)))
            at = {each: place for place, each in enumerate(found)}
            axis = np.array([at[each] for each in given], dtype=np.int64)
            places, sizes = [*self._axes, axis], [*self._sizes, len(found)]
            counts = table(places, sizes)
            sums = tuple(self._summed(places, sizes, value) for value in values)
            away = found.index(NOT_HERE) + 1 if NOT_HERE in found else None
            self._asked[name] = _Question(found, counts, hidden_answers(counts, self.hidden, away), sums)
        return self._asked[name]

    def _summed(
        self, places: Sequence[npt.NDArray[np.int64]], sizes: Sequence[int], value: Callable[[Unit], float]
    ) -> npt.NDArray[np.float64]:
        weights = np.array([value(unit) for unit in self.units])
        flat = np.ravel_multi_index(tuple(places), tuple(sizes))
        made = np.bincount(flat, weights=weights, minlength=int(np.prod(sizes))).reshape(sizes)
        return with_all(made, len(sizes))

    def _spread(self, place: tuple[int, ...], question: _Question) -> Spread | None:
        """The answers of those of whom the question can be asked."""
        counts, hidden = question.counts[place], question.hidden[place]
        of = int(counts[0])
        if NOT_HERE in question.answers:
            away = question.answers.index(NOT_HERE) + 1
            if hidden[away]:
                return None
            of -= int(counts[away])
        if not of:
            return None
        shares: dict[str, int | None] = {}
        for at, answer in enumerate(question.answers, start=1):
            if answer != NOT_HERE and not hidden[at]:
                shares[answer] = share(int(counts[at]), of)
        rest = any(hidden[at] for at, each in enumerate(question.answers, start=1) if each != NOT_HERE)
        if not any(value != 0 for value in shares.values()):
            return None
        return Spread(nearest(of), shares, rest)

    def share(self, place: tuple[int, ...], moment: str, replies: Sequence[str]) -> int | None:
        """How many of a hundred who came to a moment first gave one of these replies; None: not to be told."""
        question = self._at(moment)
        counts, hidden = question.counts[place], question.hidden[place]
        at = [question.answers.index(name) + 1 for name in replies if name in question.answers]
        if self._spread(place, question) is None or any(hidden[each] for each in at):
            return None
        away = question.answers.index(NOT_HERE) + 1 if NOT_HERE in question.answers else None
        of = int(counts[0]) - (0 if away is None else int(counts[away]))
        return share(sum(int(counts[each]) for each in at), of)

    def _at(self, moment: str) -> _Question:
        return self._ask(f"at {moment}", partial(of_one.reply_at, moment))

    def _moments(self, place: tuple[int, ...]) -> dict[str, Spread]:
        spreads = {moment: self._spread(place, self._at(moment)) for moment in self.moments}
        return {moment: spread for moment, spread in spreads.items() if spread is not None}

    def _reaches(self, place: tuple[int, ...]) -> dict[str, Reaches]:
        found = {}
        for moment in sorted({moment for unit in self.units for moment in unit.reaches}):
            tried = self._ask(
                f"tried {moment}",
                partial(of_one.tried_next, moment),
                values=[partial(of_one.tension_at, moment)],
            )
            here = self._ask(f"reached {moment}", partial(of_one.reach_at, moment))
            next_, all_ = self._spread(place, tried), self._spread(place, here)
            if next_ is None or all_ is None or "yes" not in all_.shares or NOT_HERE not in tried.answers:
                continue
            away = tried.answers.index(NOT_HERE) + 1
            people = int(tried.counts[place][0] - tried.counts[place][away])
            tension = float(tried.sums[0][place][0]) / people
            found[moment] = Reaches(all_.shares["yes"], all_.of, tension, next_)
        return found

    def _facts(self, place: tuple[int, ...]) -> dict[str, Spread]:
        found = {}
        for fact in sorted({fact for unit in self.units for fact in unit.found | unit.not_found}):
            spread = self._spread(place, self._ask(f"fact {fact}", partial(of_one.found, fact)))
            if spread is not None and not spread.rest:
                found[fact] = spread
        return found

    def rated(self, place: tuple[int, ...], dimension: str) -> Rated | None:
        """What may be said of a dimension there."""
        total = self.rating(place, dimension)
        if total is None:
            return None
        people, values, opportunities = total
        return Rated(values / people, nearest(round(opportunities)), nearest(people))

    def rating(self, place: tuple[int, ...], dimension: str) -> Sums | None:
        """(people, sum of ratings, sum of opportunities), where that many may be told of."""
        values = [partial(of_one.rating, dimension), partial(of_one.opportunities, dimension)]
        return self._sums(place, f"rated {dimension}", partial(of_one.is_rated, dimension), values)

    def sure(self, place: tuple[int, ...]) -> Sure | None:
        """What may be said of confidence there."""
        total = self.confidence(place)
        if total is None:
            return None
        return Sure(total[1] / total[0], total[2] / total[0], nearest(total[0]))

    def confidence(self, place: tuple[int, ...]) -> Sums | None:
        """(people, sum before, sum after) of those who gave both."""
        return self._sums(place, "sure", of_one.sure, [of_one.sure_before, of_one.sure_after])

    def _sums(
        self,
        place: tuple[int, ...],
        name: str,
        answer: Callable[[Unit], str],
        values: Sequence[Callable[[Unit], float]],
    ) -> Sums | None:
        """What goes with the answer yes, where as many people as gave it may be told of."""
        question = self._ask(name, answer, ("yes", "no"), values)
        people = int(question.counts[place][1])
        if question.hidden[place][1] or not people:
            return None
        return people, float(question.sums[0][place][1]), float(question.sums[1][place][1])


def share(people: int, of: int) -> int | None:
    """A share in per cent, to the nearest ten of few and the nearest five of many.

    100 only of everybody, 0 only of nobody; None where somebody would be rounded to nobody.
    """
    step = 10 if of < _SMALL else 5
    if people in (0, of):
        return 0 if not people else _PERCENT
    told = min(int(people * _PERCENT / of / step + 0.5) * step, _PERCENT - step)
    return told or None


def gather(pictures: Iterable[tuple[Drawn, Mapping[str, Any]]]) -> dict[str, Scene]:
    """Everybody's first play of each scene they shared, by scenario. The order they come in does not matter."""
    first: dict[tuple[str, str], tuple[tuple[int, str], Unit]] = {}
    for drawn, picture in pictures:
        key = (drawn.scenario, drawn.learner)
        when = (drawn.started_ms, drawn.session)
        if key not in first or when < first[key][0]:
            first[key] = (when, of_one.unit(drawn, picture))
    units: dict[str, list[Unit]] = {}
    for (scenario, _), (_, each) in first.items():
        units.setdefault(scenario, []).append(each)
    return {scenario: Scene(scenario, units[scenario]) for scenario in sorted(units)}
