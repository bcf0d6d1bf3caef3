"""Scripted trainees told apart by their ratings, on every scene we ship.

A hundred seeds here, so that the suite stays quick; `python -m benchmarks.rating` plays two hundred and prints the
table.
"""

from __future__ import annotations

import pytest

from scenarios.load import library_ids
from tests.scoring.policies import KINDS
from tests.scoring.telling_apart import PLEASING, above_three, met_none, pairs

SEEDS = 50
FEWEST_PAIRS = 25
"""A quarter of the seeds, as fifty are of two hundred."""
OTHERS = [kind for kind in KINDS if kind != "skilled"]


@pytest.mark.parametrize("scene", library_ids())
@pytest.mark.parametrize("kind", OTHERS)
def test_the_skilled_stands_above(scene: str, kind: str) -> None:
    found = pairs(scene, "skilled", kind, SEEDS)
    assert found.compared >= FEWEST_PAIRS
    assert found.share >= 0.95, f"not in seeds {found.not_above}"
    assert found.least_apart >= 3.0


@pytest.mark.parametrize("scene", library_ids())
def test_the_coercive_stands_below_chance(scene: str) -> None:
    found = pairs(scene, "random", "coercive", SEEDS)
    assert found.compared >= FEWEST_PAIRS
    assert found.own_mean > found.their_mean


@pytest.mark.parametrize("scene", library_ids())
@pytest.mark.parametrize("kind", sorted(PLEASING))
def test_pleasing_words_do_not_rate_above_three(scene: str, kind: str) -> None:
    over = above_three(scene, kind, SEEDS)
    assert not over, [(one.seed, name, met_none(one)) for one, name in over]
