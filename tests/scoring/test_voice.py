"""The person's five statements: in their voice, without a number, each with the turns behind it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from scenarios.load import Loaded
from scenarios.unfold import Play, begin
from scoring.rubric import our_rubric
from scoring.voice import _TEXTS, KEYS, Statement, statements
from tests.scenarios.strategies import Story
from tests.scoring.roads import plays, replayed
from tests.scoring.small import scene

OURS = our_rubric()
REPLIES = {
    "ask": ["ask-need"],
    "fix": ["premature-fix"],
    "say": ["introduce"],
    "true": ["true-reason"],
    "lie": ["false-promise"],
    "mend": ["repair", "true-reason"],
    "threat": ["threat"],
    "room": ["space"],
    "plain": ["fair-challenge"],
}


def told(*replies: str, **reveals: str) -> dict[str, Statement]:
    """The statements after these replies, each the only one on offer."""
    small: Loaded = scene(REPLIES, [[reply] for reply in replies], reveals=reveals)
    play = begin(small.scene, 1, None, 0)
    for reply in replies:
        play.answer(reply)
    return {one.key: one for one in statements(play, play.take, OURS)}


def turns(found: Statement) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What spoke for and against."""
    return found.spoke_for, found.spoke_against


def test_five_in_order() -> None:
    assert tuple(told("ask")) == KEYS


def test_listening_goes_by_what_was_asked_and_heard() -> None:
    assert turns(told("ask", "fix", "ask")["listened"]) == ((1, 3), (2,))
    assert told("ask", "fix", "ask")["listened"].text == "Mostly I felt listened to."


def test_what_came_to_light_speaks_for_listening() -> None:
    assert turns(told("say", say="secret")["listened"]) == ((1,), ())
    assert turns(told("say")["listened"]) == ((), ())


def test_safety_goes_by_what_the_person_felt_before_what_was_shown() -> None:
    assert turns(told("room", "threat")["safe"]) == ((1,), (2,))
    assert turns(told("plain")["safe"]) == ((), ())
    # Felt safety cannot rise past ten: then what was shown speaks.
    assert turns(told(*["room"] * 5)["safe"]) == ((1, 2, 3, 4, 5), ())


def test_coming_again_goes_by_trust_alone() -> None:
    assert turns(told("ask", "room", "fix")["again"]) == ((1,), (3,))


@pytest.mark.parametrize(
    ("replies", "text"),
    [
        (["true", "true"], "You told me the truth."),
        (["true", "true", "lie", "mend"], "Mostly you told me the truth."),
        (["true", "true", "lie"], "You told me the truth at times, and at times I couldn't rely on it."),
        (["true", "lie"], "You told me the truth at times, and at times I couldn't rely on it."),
        (["true", "lie", "lie"], "Mostly I couldn't rely on what you told me."),
        (["lie"], "I couldn't rely on what you told me."),
        (["room"], "I couldn't tell whether I was told the truth."),
    ],
)
def test_one_lie_that_nobody_put_right_is_not_outnumbered(replies: list[str], text: str) -> None:
    assert told(*replies)["truth"].text == text


def test_every_text_is_in_their_voice_and_holds_no_number() -> None:
    for texts in _TEXTS.values():
        assert len(set(texts.values())) == 6
        for text in texts.values():
            assert re.search(r"\b(?:I|me|you)\b", text, re.I), text
            assert not re.search(r"\d", text)
            assert len(text) <= 80


@given(plays())
def test_each_turn_speaks_at_most_once_for_a_statement_and_who_is_met_changes_nothing(
    drawn: tuple[Story, list[str]],
) -> None:
    story, replies = drawn
    first: Play = replayed(story, replies)
    second = replayed(story, replies, cast=1, trainee="Sam")
    found = statements(first, first.take, OURS)
    assert found == statements(second, second.take, OURS)
    numbers = {turn.number for turn in first.take.turns}
    for one in found:
        assert not set(one.spoke_for) & set(one.spoke_against)
        assert {*one.spoke_for, *one.spoke_against} <= numbers
