"""The rule of five: which figures of a group picture may be shown, whatever else is shown beside them.

People stand in a table: opening, cast, group, quarter and what they did; place 0 of every axis is "all". A figure is
withheld where it rests on one to four people, where what it leaves of any wider figure does, or where it could be
worked out from those beside it. What remains is told to the nearest five, so that longer sums lead nowhere either.
Pure arithmetic: docs/decisions/0010-rule-of-five.md says why it is done so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

FEWEST: Final = 5
"""People below whom nothing is said."""
STEP: Final = 5
"""To the nearest of this many are people counted."""

Counts: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
_NONE: Final = np.iinfo(np.int64).max


def table(places: Sequence[npt.NDArray[np.int64]], sizes: Sequence[int]) -> Counts:
    """How many people stand at each place (one array an axis, from 0), with every "all" before them."""
    if not len(places[0]):
        return np.zeros([size + 1 for size in sizes], dtype=np.int64)
    flat = np.ravel_multi_index(tuple(places), tuple(sizes))
    made: Counts = np.bincount(flat, minlength=int(np.prod(sizes))).reshape(sizes).astype(np.int64)
    return with_all(made, len(sizes))


def with_all(made: npt.NDArray[Any], axes: int) -> npt.NDArray[Any]:
    """A table with the sums along its first axes put before what they sum."""
    for axis in range(axes):
        made = np.concatenate([made.sum(axis=axis, keepdims=True), made], axis=axis)
    return made


def few(people: Counts) -> Mask:
    """Where one to four people stand."""
    found: Mask = np.asarray((people > 0) & (people < FEWEST), dtype=np.bool_)
    return found


def nearest(people: int) -> int:
    """A number of people as it is told; never 0 of anybody who may be told of."""
    return max(STEP, STEP * ((people + STEP // 2) // STEP)) if people else 0


def hidden_people(people: Counts) -> Mask:
    """Which filters say nothing of how many there are. Nobody and too few look the same."""
    hidden: Mask = few(people) | np.asarray(people == 0, dtype=np.bool_)
    for wider in _wider(people, people.ndim):
        hidden |= few(wider - people)
    while _spread(people, hidden, range(people.ndim), None):
        pass
    return hidden


def hidden_answers(answers: Counts, hidden: Mask, away: int | None = None) -> Mask:
    """The same for a question: its last axis is what people did (each one thing), place 0 all of them.

    `hidden` is what `hidden_people` gave for the same filters; `away` is the place of those whom the question
    could not be asked, so that the others of an answer are counted among the asked, as they are told.
    """
    filters = answers.ndim - 1
    everybody = answers[..., :1]
    others = everybody - answers
    found = few(answers) | few(others)
    for wider in _wider(answers, filters):
        found |= few(wider - answers)
    for wider in _wider(others, filters):
        found |= few(wider - others)
    if away is not None:
        left = others - answers[..., away : away + 1]
        left[..., [0, away]] = 0  # neither is an answer of anybody who was asked
        found |= few(left)
        for wider in _wider(left, filters):
            found |= few(wider - left)
    found |= hidden[..., None]
    found[..., 0] = hidden
    while _spread(answers, found, range(answers.ndim), hidden):
        pass
    return found


def _wider(people: Counts, axes: int) -> list[Counts]:
    """The same table with some of its first axes let go: what each figure is a part of."""
    found = []
    for chosen in product((False, True), repeat=axes):
        if any(chosen):
            place = tuple(slice(0, 1) if each else slice(None) for each in chosen)
            found.append(people[place])
    return found


def _spread(people: Counts, hidden: Mask, axes: range, fixed: Mask | None) -> bool:
    """Withhold what could be worked out from what is shown beside it; False once there is nothing more.

    Along every axis what is withheld must add up to nobody or at least five, and never be one alone.
    """
    before = hidden.copy()
    for axis in axes:
        here = np.moveaxis(people, axis, 0)[1:]
        whole = np.moveaxis(hidden, axis, 0)
        veiled, parent = whole[1:], whole[0]
        told_of = np.where(veiled, here, 0)
        alone = (veiled & (here > 0)).sum(axis=0) == 1
        needed = (few(told_of.sum(axis=0)) | alone) & ~parent
        open_ = np.where(~veiled & (here > 0), here, _NONE)
        smallest = open_.argmin(axis=0)
        any_left = open_.min(axis=0, initial=_NONE) < _NONE
        chosen = np.arange(here.shape[0]).reshape([-1] + [1] * (here.ndim - 1)) == smallest
        veiled |= chosen & (needed & any_left)
        veiled |= needed & ~any_left  # what is nobody's says where everybody is
        if fixed is not None:
            hidden[..., 0] = fixed
    return bool((hidden != before).any())
