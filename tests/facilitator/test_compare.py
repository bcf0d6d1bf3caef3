"""Two roads side by side: nothing lost, nothing doubled, and where they parted."""

from __future__ import annotations

import random
from typing import Any

import pytest

from facilitator.compare import compare, road
from scenarios.load import Loaded, load
from scenarios.transcript import play_json
from scenarios.unfold import begin, enter
from simulator.errors import NotFound, SimulatorError
from tests.simulator.service import tea


def played(*entries: str, loaded: Loaded | None = None, opening: str = "usual") -> dict[str, Any]:
    """A play as plain data."""
    scene = loaded or tea()
    play = begin(scene.scene, 1, opening, 0)
    for entry in entries:
        enter(play, entry)
    return play_json(scene, play)


def wandering(loaded: Loaded, seed: int) -> dict[str, Any]:
    """A long play by lots, with some turns taken again."""
    lots = random.Random(seed)
    play = begin(loaded.scene, seed)
    for _ in range(25):
        if play.take.ending is not None or (play.turn > 3 and lots.random() < 0.1):
            play.rewind(lots.randrange(1, play.turn))
        play.answer(lots.choice(play.offered).id)
    return play_json(loaded, play)


def test_the_same_road_never_parts() -> None:
    one = road(played("own-it", "ring-now"))
    compared = compare(one, one)
    assert [row.meets for row in compared.rows] == ["together", "together"]
    assert compared.parted is None
    assert compared.where == "Both roads are the same."


def test_it_says_where_they_part_and_where_they_meet_again() -> None:
    left, right = road(played("own-it", "ring-now")), road(played("calm", "step-back", "ring-now"))
    compared = compare(left, right)
    assert [row.meets for row in compared.rows] == ["parted", "right", "together"]
    assert compared.parted == 0
    assert compared.met == 2
    assert compared.where == "The roads part at turn 1, in “where-is-it”, and meet again in “what-now”."
    apart = compared.rows[0].tension_apart
    assert apart is not None and apart > 0


def test_two_takes_go_together_until_the_turn_that_was_taken_again() -> None:
    whole = played("own-it", "wait", "step-back", "ring-now", "rewind:2", "ring-now")
    compared = compare(road(whole, 1), road(whole, 2))
    assert compared.left.take == 1 and compared.right.take == 2
    assert compared.rows[0].meets == "together"
    assert compared.parted == 1
    assert compared.rows[1].right is not None and compared.rows[1].right.take == 2


def test_reaches_stand_on_the_road_they_were_on() -> None:
    whole = played("reach", "calm", "reach", "step-back", "ring-now", "rewind:2", "own-it", "ring-now")
    assert [turn for turn, _ in road(whole, 1).reaches] == [1, 2]
    assert [turn for turn, _ in road(whole, 2).reaches] == [1]


@pytest.mark.parametrize("seed", range(12))
def test_every_turn_of_both_is_there_once_and_in_order(seed: int) -> None:
    loaded = load("the-walk-that-was-promised")
    left, right = road(wandering(loaded, seed)), road(wandering(loaded, seed + 100))
    compared = compare(left, right)
    assert tuple(row.left for row in compared.rows if row.left) == left.steps
    assert tuple(row.right for row in compared.rows if row.right) == right.steps
    for row in compared.rows:
        for side in (row.left, row.right):
            assert side is None or side.moment == row.moment
        if row.left and row.right:
            assert (row.left.reply == row.right.reply) == (row.meets == "together")
    turned = compare(right, left)
    assert sum(bool(row.left and row.right) for row in turned.rows) == sum(
        bool(row.left and row.right) for row in compared.rows
    )


def test_what_is_held_back_stays_so() -> None:
    whole = played("own-it", "ring-now")
    for turn in whole["takes"][0]["turns"]:
        turn["before"] = turn["after"] = None
    assert all(row.tension_apart is None for row in compare(road(whole), road(whole)).rows)


def test_two_scenes_are_not_laid_side_by_side_and_no_take_is_made_up() -> None:
    other = played("own-it")
    other["scenario"] = "another"
    with pytest.raises(SimulatorError, match="two different scenes"):
        compare(road(played("own-it")), road(other))
    with pytest.raises(NotFound):
        road(played("own-it"), 7)
