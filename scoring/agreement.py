"""How far raters agree, with each other and with what was suggested: a dimension at a time, with intervals.

Weighted kappa (quadratic) comes with its interval from statsmodels; ICC(2,1), absolute agreement of single ratings,
from the mean squares of its two-way analysis of variance, with the interval of McGraw and Wong 1996. statsmodels is
the extra `agreement`; nothing else here needs it, and it is imported when it is called.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from scoring.rubric import our_rubric
from scoring.rubric_model import DIMENSIONS

FEWEST_PEOPLE: Final = 5
"""Trainees below whom nothing is said either, not even that there is something: the rule of five holds here too."""
FEWEST: Final = 10
"""Pairs below which nothing is said: an interval over fewer would span most of the scale."""
SUGGESTED: Final = "suggested"
POINTS: Final = (1, 2, 3, 4, 5)
NEEDS_EXTRA: Final = (
    "Agreement is worked out with statsmodels, which is not installed here.",
    "`pip install 'words-first[agreement]'` brings it.",
)
NOT_ENOUGH: Final = "not enough"
NOBODY: Final = (
    "No five trainees' sessions have been rated by two people, or by one beside a suggestion, yet: "
    "of fewer, nothing is said."
)
HOW: Final = (
    "Kappa is quadratically weighted; ICC is (2,1), absolute agreement of one rating. In brackets, 95 % intervals. "
    "A suggestion that was seen before rating draws ratings towards it."
)
_CONFIDENCE: Final = 0.95


class NotInstalled(ImportError):
    """The library that works agreement out is not here; `NEEDS_EXTRA` says what to do."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters on one dimension. `kappa` or `icc` is None where it cannot be said: see `why`.

    `apart` is how much higher the second rates than the first on average, in points, with its interval.
    """

    dimension: str
    first: str
    second: str
    pairs: int
    kappa: Interval | None
    icc: Interval | None
    apart: Interval | None
    why: str

    @property
    def direction(self) -> str:
        """The direction of error in words; none where the interval has room for both."""
        if self.apart is None:
            return NOT_ENOUGH
        if self.apart.low > 0:
            return f"{self.second} rates higher, by {self.apart.value:.1f}"
        if self.apart.high < 0:
            return f"{self.second} rates lower, by {-self.apart.value:.1f}"
        return "neither rates clearly higher"


Rated = Mapping[str, Mapping[str, float | None]]
"""One session: dimension -> who -> rating 1..5; what was suggested stands under `suggested`."""


def agreements(sessions: Iterable[tuple[str, Rated]]) -> tuple[Agreement, ...]:
    """Every pair of raters, and each against the suggestion, on every dimension that both rated of five trainees.

    Each session comes with whose it is. Raises NotInstalled where statsmodels is not here.
    """
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    people: dict[tuple[str, str, str], set[str]] = {}
    for trainee, session in sessions:
        for dimension, by in session.items():
            known = {who: value for who, value in by.items() if value is not None}
            for first, second in combinations(sorted(known, key=_suggested_first), 2):
                key = (dimension, first, second)
                found.setdefault(key, []).append((known[first], known[second]))
                people.setdefault(key, set()).add(trainee)
    order = {name: place for place, name in enumerate(DIMENSIONS)}
    enough = [key for key, theirs in people.items() if len(theirs) >= FEWEST_PEOPLE]
    keys = sorted(enough, key=lambda key: (_suggested_first(key[1]), key[2], order.get(key[0], len(order))))
    return tuple(agreement(*key, found[key]) for key in keys)


def agreement(dimension: str, first: str, second: str, pairs: Sequence[tuple[float, float]]) -> Agreement:
    """Two raters on one dimension, from their ratings of the same sessions."""
    if len(pairs) < FEWEST:
        why = f"{NOT_ENOUGH}: {len(pairs)} of at least {FEWEST} sessions that both rated"
        return Agreement(dimension, first, second, len(pairs), None, None, None, why)
    why = ""
    kappa = icc = None
    if len({value for pair in pairs for value in map(_point, pair)}) < 2:
        why = "everything was rated alike, so there is nothing to tell apart"
    else:
        kappa, icc = _kappa(pairs), icc_2_1(pairs)
    return Agreement(dimension, first, second, len(pairs), kappa, icc, _apart(pairs), why)


def lines(found: Sequence[Agreement]) -> list[str]:
    """What was found as lines for a terminal, a pair of raters after the other."""
    about = our_rubric().file.dimensions
    told: list[str] = []
    pair = None
    for each in found:
        if (each.first, each.second) != pair:
            pair = each.first, each.second
            first = "what was suggested" if each.first == SUGGESTED else each.first
            told += ["", f"{each.second} beside {first}"] if told else [f"{each.second} beside {first}"]
        name = about[each.dimension].name if each.dimension in about else each.dimension
        said = each.why
        if not said:
            said = f"kappa {each.kappa or NOT_ENOUGH}, ICC {each.icc or NOT_ENOUGH}; {each.direction}"
        told.append(f"  {name}, {each.pairs} sessions: {said}")
    if not told:
        return [NOBODY]
    return [*told, "", HOW]


def _suggested_first(who: str) -> tuple[bool, str]:
    return who != SUGGESTED, who


def _point(value: float) -> int:
    """A suggestion lies between points; kappa is over the five."""
    return min(5, max(1, int(value + 0.5)))


def _library() -> Any:
    try:
        import statsmodels.api
    except ImportError as missing:
        raise NotInstalled(" ".join(NEEDS_EXTRA)) from missing
    return statsmodels


def _kappa(pairs: Sequence[tuple[float, float]]) -> Interval | None:
    _library()
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    table = np.zeros((len(POINTS), len(POINTS)))
    for one, other in pairs:
        table[_point(one) - 1, _point(other) - 1] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no spread at all: told as none below
        found = cohens_kappa(table, wt="quadratic")
    return _interval(found.kappa, found.kappa_low, found.kappa_upp, lowest=-1.0)


def icc_2_1(ratings: Sequence[Sequence[float]]) -> Interval | None:
    """ICC(2,1) of sessions (rows) by raters (columns) and its interval; None where no figure comes out.

    Shrout and Fleiss 1979; the interval: McGraw and Wong 1996, table 7, case 2A.
    """
    _library()
    from scipy.stats import f as f_distribution

    n, k = len(ratings), len(ratings[0])
    ms_rows, ms_columns, ms_error = _mean_squares(ratings)
    below = ms_rows + (k - 1) * ms_error + k * (ms_columns - ms_error) / n
    if below <= 0:
        return None
    icc = (ms_rows - ms_error) / below
    if ms_error < 1e-12:
        return _interval(icc, icc, icc, lowest=-1.0)
    a = k * icc / (n * (1 - icc))
    b = 1 + k * icc * (n - 1) / (n * (1 - icc))
    freedom = (a * ms_columns + b * ms_error) ** 2 / (
        (a * ms_columns) ** 2 / (k - 1) + (b * ms_error) ** 2 / ((n - 1) * (k - 1))
    )
    tail = 1 - (1 - _CONFIDENCE) / 2
    upper = f_distribution.ppf(tail, n - 1, freedom)
    lower = f_distribution.ppf(tail, freedom, n - 1)
    spread = k * ms_columns + (k * n - k - n) * ms_error
    low = n * (ms_rows - upper * ms_error) / (upper * spread + n * ms_rows)
    high = n * (lower * ms_rows - ms_error) / (spread + n * lower * ms_rows)
    return _interval(icc, low, high, lowest=-1.0)


def _mean_squares(ratings: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Of sessions, of raters and of what is left, from a two-way analysis of variance."""
    import numpy as np
    from statsmodels.api import OLS

    n, k = len(ratings), len(ratings[0])
    values = np.array(ratings, dtype=float)
    rows, columns = np.repeat(np.eye(n), k, axis=0), np.tile(np.eye(k)[:, 1:], (n, 1))
    flat = values.reshape(-1)
    by_rows = OLS(flat, rows).fit()
    by_both = OLS(flat, np.hstack([rows, columns])).fit()
    whole = float(((flat - flat.mean()) ** 2).sum())
    within, error = float(by_rows.ssr), max(float(by_both.ssr), 0.0)
    return (whole - within) / (n - 1), (within - error) / (k - 1), error / ((n - 1) * (k - 1))


def _apart(pairs: Sequence[tuple[float, float]]) -> Interval | None:
    """The mean difference, second less first, with its t interval."""
    _library()
    import numpy as np
    from statsmodels.stats.weightstats import DescrStatsW

    differences = np.array([other - one for one, other in pairs], dtype=float)
    if float(differences.std()) == 0.0:
        same = float(differences[0])
        return Interval(same, same, same)
    told = DescrStatsW(differences)
    low, high = told.tconfint_mean(1 - _CONFIDENCE)
    return Interval(float(told.mean), float(low), float(high))


def _interval(value: float, low: float, high: float, lowest: float) -> Interval | None:
    """None where a figure is no number; within its scale where the interval reaches over it."""
    if not (value == value and low == low and high == high):
        return None
    return Interval(float(value), max(float(low), lowest), min(float(high), 1.0))
