"""The rule of five on random crowds: every pair of settings of the filters, every figure that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.cohort import BYS, Look, Scene, Spread, share
from facilitator.cohort_rule import FEWEST, hidden_answers, hidden_people, nearest, table
from facilitator.cohort_unit import NOT_HERE, Unit
from facilitator.rows import CohortFilter

Figures: TypeAlias = dict[str, int]
"""Each figure shown, as the people it tells of: a bit a person."""
OPENINGS, CASTS, GROUPS, QUARTERS = ("usual", "late"), (0, 1), ("Ash", "Birch", ""), ("2026-Q1", "2026-Q2")
ENDINGS, REPLIES = ("calm", "broke", "left"), ("ask", "order", "wait")


def somebody(place: int, lot: tuple[int, ...]) -> Unit:
    """A person who does what the lot says."""
    opening, cast, group, quarter, ending, first, second, reach, found = lot
    replies = {"door": REPLIES[first]} | ({"hall": REPLIES[second]} if second < 3 else {})
    return Unit(
        learner=f"l{place}",
        places=(OPENINGS[opening], CASTS[cast], GROUPS[group], QUARTERS[quarter]),
        ending=ENDINGS[ending],
        replies=replies,
        reaches={"door": (REPLIES[first], 6)} if reach else {},
        found=frozenset(["tea"] if found else []),
        not_found=frozenset([] if found else ["tea"]),
        peak="door" if first else "hall",
        ratings={"C3": (3.0, 2)} if found or reach else {},
        confidence=(4, 5) if second else None,
    )


LOTS = st.tuples(*(st.integers(0, most) for most in (1, 1, 2, 1, 2, 2, 3, 1, 1)))
CROWDS = st.integers(0, 2**32).flatmap(
    lambda seed: st.tuples(st.just(seed), st.integers(0, 90), st.floats(0.2, 4))
)


def crowd(seed: int, people: int, skew: float) -> Scene:
    """Some settings are rare, so that small groups stand beside large ones."""
    lots = np.random.default_rng(seed)
    tops = (1, 1, 2, 1, 2, 2, 3, 1, 1)
    rows = [[int((top + 1) * lots.random() ** skew) for top in tops] for _ in range(people)]
    return Scene("any", [somebody(place, tuple(row)) for place, row in enumerate(rows)])


def every_filter(scene: Scene) -> Iterator[CohortFilter]:
    """All that can be set, and a value that nobody has."""
    for chosen in product(*([None, *scene.values[by]] for by in BYS)):
        opening, cast, group, quarter = chosen
        yield CohortFilter("any", opening, cast, group, quarter)  # type: ignore[arg-type]


def fits(unit: Unit, which: CohortFilter) -> bool:
    wanted = (which.opening, which.cast, which.group, which.quarter)
    return all(want is None or want == has for want, has in zip(wanted, unit.places, strict=True))


def wider(one: CohortFilter, other: CohortFilter) -> bool:
    """Whether everything that the other lets through passes the one."""
    return all(getattr(one, by) in (None, getattr(other, by)) for by in BYS)


def figures(scene: Scene, which: CohortFilter, look: Look) -> Figures:
    """Whom each figure in a look tells of, worked out from the people themselves."""
    here = [(1 << place, unit) for place, unit in enumerate(scene.units) if fits(unit, which)]

    def those(name: str, spread: Spread | None, answer: dict[int, str]) -> Figures:
        if spread is None:
            return {}
        asked = {bit: said for bit, said in answer.items() if said != NOT_HERE}
        told = {f"{name}: asked": sum(asked)}
        for said in spread.shares:
            told[f"{name}: {said}"] = sum(bit for bit, each in asked.items() if each == said)
            told[f"{name}: not {said}"] = sum(bit for bit, each in asked.items() if each != said)
        return told

    found: Figures = {"people": sum(bit for bit, _ in here)}
    found |= those("ending", look.endings, {bit: unit.ending for bit, unit in here})
    found |= those("peak", look.peaks, {bit: unit.peak for bit, unit in here})
    found |= those("reached", look.reached, {bit: "yes" if unit.reaches else "no" for bit, unit in here})
    for moment, spread in look.moments.items():
        found |= those(moment, spread, {bit: unit.replies.get(moment, NOT_HERE) for bit, unit in here})
    for moment, reach in look.reaches.items():
        tried = {bit: unit.reaches[moment][0] if moment in unit.reaches else NOT_HERE for bit, unit in here}
        found |= those(f"tried {moment}", reach.next, tried)
    for fact, spread in look.facts.items():
        found |= those(fact, spread, {bit: "found" if fact in unit.found else "not" for bit, unit in here})
    if "C3" in look.ratings:
        found["rated"] = sum(bit for bit, unit in here if "C3" in unit.ratings)
    if look.sure is not None:
        found["sure"] = sum(bit for bit, unit in here if unit.confidence is not None)
    return found


def few(people: int) -> bool:
    return 0 < people.bit_count() < FEWEST


@settings(max_examples=25, deadline=None)
@given(CROWDS)
@example((36, 35, 0.5))  # those asked who gave another answer: one of them, between two groups
def test_no_pair_of_settings_tells_of_one_to_four_people(made: tuple[int, int, float]) -> None:
    scene = crowd(*made)
    shown = [
        (which, figures(scene, which, look))
        for which in every_filter(scene)
        if (look := scene.look(which)) is not None
    ]
    for which, told in shown:
        for name, people in told.items():
            assert not few(people), (which, name)
    for (one, ones), (other, others) in combinations(shown, 2):
        for wide, narrow, whole, part in ((one, other, ones, others), (other, one, others, ones)):
            if wider(wide, narrow):
                for name in whole.keys() & part.keys():
                    assert not few(whole[name] & ~part[name]), (wide, narrow, name)


@settings(max_examples=25, deadline=None)
@given(CROWDS)
def test_what_is_withheld_beside_what_is_shown_is_never_one_alone_nor_few(
    made: tuple[int, int, float],
) -> None:
    scene = crowd(*made)
    shown = {which: scene.look(which) is not None for which in every_filter(scene)}
    for which, is_shown in shown.items():
        for by in BYS:
            if not is_shown or getattr(which, by) is not None:
                continue
            parts = [
                narrow
                for narrow in shown
                if getattr(narrow, by) is not None
                and all(getattr(narrow, each) == getattr(which, each) for each in BYS if each != by)
            ]
            left = [sum(fits(unit, each) for unit in scene.units) for each in parts if not shown[each]]
            inhabited = [people for people in left if people]
            assert not 0 < sum(left) < FEWEST
            assert len(inhabited) != 1 or len(left) > 1


def test_a_crowd_large_enough_is_shown_whole() -> None:
    lots = product(range(2), range(2), range(3), range(2), range(3))
    scene = Scene(
        "any",
        [
            somebody(place * 6 + copy, (*lot, copy % 3, 0, copy % 2, copy % 2))
            for place, lot in enumerate(lots)
            for copy in range(12)
        ],
    )
    for which in every_filter(scene):
        look = scene.look(which)
        assert look is not None
        assert look.endings is not None and not look.endings.rest
        assert look.reached is not None and look.reached.shares == {"yes": 50, "no": 50}


def test_nobody_and_too_few_look_the_same_through_a_filter() -> None:
    scene = crowd(3, 40, 1.0)
    assert scene.look(CohortFilter("any", group="Nobody's")) is None
    assert Scene("any", scene.units[:4]).look() is None
    assert Scene("any", []).look() is None


def test_two_of_twenty_three_are_not_told_of_by_the_other_twenty_one() -> None:
    groups = np.array([0] * 21 + [1] * 2)
    people = table([groups], [2])
    assert hidden_people(people).tolist() == [False, True, True]


def test_the_next_smallest_goes_where_one_alone_could_be_worked_out() -> None:
    groups = np.array([0] * 30 + [1] * 9 + [2] * 3)
    hidden = hidden_people(table([groups], [3]))
    assert hidden.tolist() == [False, False, True, True]


def test_an_answer_of_everybody_is_told_and_an_answer_of_a_few_takes_another_with_it() -> None:
    groups = np.zeros(20, dtype=np.int64)
    people = hidden_people(table([groups], [1]))
    alike = table([groups, groups], [1, 2])
    assert not hidden_answers(alike, people)[0].any()
    mixed = table([groups, np.array([0] * 12 + [1] * 6 + [2] * 2)], [1, 3])
    assert hidden_answers(mixed, people)[0].tolist() == [False, False, True, True]


@pytest.mark.parametrize("people", range(60))
def test_people_are_told_to_the_nearest_five(people: int) -> None:
    told = nearest(people)
    assert told % 5 == 0
    assert (told == 0) == (people == 0)
    assert people < FEWEST or abs(told - people) <= 2


def test_a_share_is_everybody_only_where_it_is_and_nobody_only_where_it_is() -> None:
    for of in range(FEWEST, 300):
        for people in range(of + 1):
            told = share(people, of)
            assert (told == 100) == (people == of)
            assert (told == 0) == (people == 0)
            assert told is None or abs(told - 100 * people / of) <= 10
