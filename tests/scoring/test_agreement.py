"""Agreement between raters: held to a published table, and silent where there is too little to say."""

from __future__ import annotations

import builtins
import random
import sys
from typing import Any

import pytest

from scoring.agreement import (
    FEWEST,
    NOBODY,
    SUGGESTED,
    Interval,
    NotInstalled,
    Rated,
    agreement,
    agreements,
    icc_2_1,
    lines,
)

# Shrout and Fleiss 1979, Psychological Bulletin 86:420, table 2: six targets, four judges.
PUBLISHED = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def pairs(seed: int, count: int, shift: int = 0, noise: int = 1) -> list[tuple[float, float]]:
    lots = random.Random(seed)
    found = []
    for _ in range(count):
        one = lots.randrange(1, 6)
        found.append((float(one), float(min(5, max(1, one + shift + lots.randrange(-noise, noise + 1))))))
    return found


def test_icc_is_that_of_the_published_table() -> None:
    found = icc_2_1(PUBLISHED)
    assert found is not None
    assert found.value == pytest.approx(0.29, abs=0.005)
    assert found.low == pytest.approx(0.019, abs=0.002)
    assert found.high == pytest.approx(0.761, abs=0.002)


def test_kappa_is_that_of_its_definition() -> None:
    made = pairs(3, 40)
    told = agreement("C3", "Ada", "Bea", made)
    assert told.kappa is not None
    seen = sum((one - other) ** 2 for one, other in made) / len(made)
    chance = sum((one - other) ** 2 for one, _ in made for _, other in made) / len(made) ** 2
    assert told.kappa.value == pytest.approx(1 - seen / chance)
    assert told.kappa.low < told.kappa.value < told.kappa.high


def test_raters_who_agree_agree_and_one_who_is_kinder_is_said_to_be() -> None:
    alike = agreement("C3", "Ada", "Bea", [(one, one) for one, _ in pairs(1, 20)])
    assert alike.kappa is not None and alike.kappa.value == pytest.approx(1)
    assert alike.icc is not None and alike.icc.value == pytest.approx(1)
    assert alike.direction == "neither rates clearly higher"
    kinder = agreement("C3", "Ada", "Bea", pairs(2, 40, shift=1, noise=0))
    assert kinder.apart is not None and kinder.apart.low > 0
    assert kinder.direction.startswith("Bea rates higher")
    assert kinder.icc is not None and kinder.icc.value < 1


def test_too_few_and_all_alike_give_no_figure_and_say_why() -> None:
    few = agreement("C3", "Ada", "Bea", pairs(1, FEWEST - 1))
    assert (few.kappa, few.icc, few.apart) == (None, None, None)
    assert few.why.startswith("not enough") and few.direction == "not enough"
    alike = agreement("C3", "Ada", "Bea", [(3.0, 3.0)] * 20)
    assert (alike.kappa, alike.icc) == (None, None) and "alike" in alike.why


def test_every_pair_of_raters_and_each_against_the_suggestion() -> None:
    sessions: list[tuple[str, Rated]] = [
        (
            f"p{place % 5}",
            {"C3": {"Bea": two, "Ada": one, SUGGESTED: one}, "C1": {"Ada": one, SUGGESTED: None}},
        )
        for place, (one, two) in enumerate(pairs(4, 15))
    ]
    found = agreements(sessions)
    assert [(each.first, each.second, each.dimension, each.pairs) for each in found] == [
        (SUGGESTED, "Ada", "C3", 15),
        (SUGGESTED, "Bea", "C3", 15),
        ("Ada", "Bea", "C3", 15),
    ]


@pytest.mark.parametrize("people", [1, 4])
def test_many_sessions_of_fewer_than_five_people_are_told_as_none(people: int) -> None:
    sessions = [
        (f"p{place % people}", {"C3": {"Bea": two, "Ada": one}})
        for place, (one, two) in enumerate(pairs(4, 20))
    ]
    assert lines(agreements(sessions)) == lines(agreements([])) == [NOBODY]


def test_a_suggestion_between_two_points_counts_as_the_nearer_for_kappa() -> None:
    made = [(1.4, 1.0), (2.6, 3.0), (4.5, 5.0), (3.2, 3.0)] * 4
    told = agreement("C3", SUGGESTED, "Ada", made)
    assert told.kappa is not None and told.kappa.value == pytest.approx(1)
    assert told.icc is not None and 0.9 < told.icc.value < 1


def test_without_the_library_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("statsmodels"):
            raise ImportError(name)
        return real(name, *rest, **more)

    for name in [name for name in sys.modules if name.startswith("statsmodels")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NotInstalled, match="pip install"):
        agreement("C3", "Ada", "Bea", pairs(1, 20))


def test_an_interval_reads_as_one() -> None:
    assert str(Interval(0.5, 0.25, 0.75)) == "0.50 (0.25 to 0.75)"
