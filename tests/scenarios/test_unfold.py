"""The engine over generated scenarios: the same inputs give the same take, and nothing a play does breaks a rule."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.load import ScenarioError, load_bytes
from scenarios.unfold import NotOffered, Play, State, begin, enter
from tests.scenarios.strategies import Story, stories

SEEDS = st.integers(0, 2**32)
REFUSED = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "physical" / "refused.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#") and not set(line) & set("()")
]
CHOICES = st.lists(st.integers(0, 99), max_size=25)


def play_some(play: Play, choices: list[int]) -> list[str]:
    """Drive a play by numbers: mostly offered replies, sometimes a reach or a rewind. Returns the inputs made."""
    inputs = []
    for number in choices:
        ids = [offer.id for offer in play.offered]
        if number >= 95 and play.turn > 1:
            entry = f"rewind:{1 + number % (play.turn - 1)}"
        elif not ids:
            break
        elif number >= 90:
            entry = "reach"
        else:
            entry = ids[number % len(ids)]
        enter(play, entry)
        inputs.append(entry)
    return inputs


def record(play: Play) -> list[Any]:
    """Everything of a play that can be compared."""
    return [
        (take.number, take.from_take, take.from_turn, take.turns, take.reaches, take.ending)
        for take in play.takes
    ]


@given(stories(), SEEDS, CHOICES)
def test_same_inputs_give_the_same_takes(story: Story, seed: int, choices: list[int]) -> None:
    first = begin(story.scene, seed)
    inputs = play_some(first, choices)
    again = begin(load_bytes(story.data).scene, seed)
    for entry in inputs:
        enter(again, entry)
    assert [turn[:5] + turn[6:] for turn in again.path()] == [turn[:5] + turn[6:] for turn in first.path()]
    assert again.state == first.state
    assert again.offered == first.offered


@given(stories(), SEEDS, CHOICES)
def test_gauges_stay_within_0_and_10_and_numbers_within_their_most(
    story: Story, seed: int, choices: list[int]
) -> None:
    play = begin(story.scene, seed)
    play_some(play, choices)
    states = [play.state] + [
        state for take in play.takes for turn in take.turns for state in (turn.before, turn.after)
    ]
    for state in states:
        for name, variable in story.scene.variables.items():
            assert 0 <= state.values[variable.index] <= variable.high, name


@given(stories(), SEEDS, CHOICES)
def test_replaying_the_replies_of_a_take_gives_the_take(story: Story, seed: int, choices: list[int]) -> None:
    play = begin(story.scene, seed)
    play_some(play, [number for number in choices if number < 90])
    again = begin(story.scene, seed, play.opening, play.cast)
    for turn in play.take.turns:
        again.answer(turn.option.id)
    assert record(again) == record(play)


@given(stories(), SEEDS, CHOICES.filter(len), st.integers(0, 99))
def test_a_rewind_restores_exactly_the_state_of_that_turn(
    story: Story, seed: int, choices: list[int], where: int
) -> None:
    play = begin(story.scene, seed)
    play_some(play, [number % 90 for number in choices])
    answered = play.take.turns[where % len(play.take.turns)]
    take = play.rewind(answered.number)
    assert play.state == answered.before
    assert (play.said, play.cue) == (answered.said, answered.cue)
    assert {offer.id for offer in play.offered} == {offer.id for offer in answered.offered}
    assert (take.from_take, take.from_turn, play.turn) == (1, answered.number - 1, answered.number)
    assert play.takes[0].turns[answered.number - 1] == answered


@given(stories(), SEEDS, CHOICES)
def test_offers_come_in_the_order_of_their_hash(story: Story, seed: int, choices: list[int]) -> None:
    play = begin(story.scene, seed)
    play_some(play, choices)

    def key(reply: str) -> bytes:
        text = f"{seed}/{play.take.number}/{play.turn}/{reply}"
        return hashlib.blake2b(text.encode(), digest_size=8).digest()

    ids = [offer.id for offer in play.offered]
    assert ids == sorted(ids, key=key)


@given(stories(), SEEDS, CHOICES)
def test_a_reach_changes_nothing_in_the_scene(story: Story, seed: int, choices: list[int]) -> None:
    play = begin(story.scene, seed)
    play_some(play, [number % 90 for number in choices])
    before = (play.state, play.offered, play.turn)
    if play.take.ending is None:
        reach = play.reach()
        assert (reach.turn, reach.tension) == (play.turn, play.state.values[0])
    assert (play.state, play.offered, play.turn) == before


@given(stories(), SEEDS)
def test_what_is_not_offered_changes_nothing(story: Story, seed: int) -> None:
    play = begin(story.scene, seed)
    before = (play.state, play.offered, record(play))
    for entry in ("no-such-reply", "rewind:1", "rewind:0", f"rewind:{play.turn}"):
        try:
            enter(play, entry)
        except NotOffered as missed:
            assert missed.offered == tuple(offer.id for offer in play.offered)
        else:
            raise AssertionError(entry)
    assert (play.state, play.offered, record(play)) == before


@settings(max_examples=30)
@given(stories(), SEEDS, CHOICES)
def test_a_path_through_rewinds_is_one_unbroken_chain_of_states(
    story: Story, seed: int, choices: list[int]
) -> None:
    play = begin(story.scene, seed)
    play_some(play, choices)
    state: State = begin(story.scene, seed).state
    for number, turn in enumerate(play.path(), start=1):
        assert turn.number == number
        assert turn.before == state
        state = turn.after
    assert state == play.state


@settings(max_examples=60)
@given(stories(), st.sampled_from(REFUSED), st.sampled_from(["say", "do", "wordings", "instead"]), st.data())
def test_nothing_in_which_staff_use_hands_ever_loads(
    story: Story, line: str, key: str, data: st.DataObject
) -> None:
    whole = copy.deepcopy(story.whole)
    moment = data.draw(st.sampled_from(sorted(whole["moments"])))
    reply = data.draw(st.sampled_from(whole["moments"][moment]["replies"]))
    if key in ("say", "do"):
        reply.pop("say", None)
        reply.pop("do", None)
    reply[key] = [line] if key == "wordings" else line
    with pytest.raises(ScenarioError) as refused:
        load_bytes(Story(whole).data)
    assert "physical-intervention" in {problem.code for problem in refused.value.problems}
