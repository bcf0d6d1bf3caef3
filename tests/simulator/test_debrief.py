"""The debrief: what the trainee says is kept at once, and every number in it can be opened to its turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenarios.load import load
from scoring.claims import CLAIM
from scoring.evidence import value
from scoring.rating import FEWEST
from simulator.errors import NotFound, Over, SimulatorError
from simulator.events import Inquired, Reflection, SelfRated, Word
from simulator.session import Session
from simulator.shown_debrief import Debrief, RatingShown
from tests.simulator.service import at, begin, finish, own_say, tea, wandered

BAD_ROAD = ("own-it", "wait", "calm", "own-it", "ring-now")


def private(folder: Path, *replies: str) -> Session:
    """A session held in memory alone, played so far."""
    session = begin(at(folder, keep="none"), "none")
    for reply in replies:
        session.answer(reply)
    return session


def looked_back(folder: Path, *replies: str) -> Session:
    """The same, with the debrief open."""
    session = private(folder, *replies)
    own_say(session)
    return session


def all_ratings(debrief: Debrief) -> list[RatingShown]:
    """The first take's and every later one's."""
    return [*debrief.ratings, *(rating for take in debrief.retake_ratings for rating in take.ratings)]


# the trainee's own say


def test_own_say_comes_in_order_and_each_part_can_be_left_out(tmp_path: Path) -> None:
    session = private(tmp_path, "own-it", "ring-now")
    seen = [session.before_reveal()]
    for step in (session.skip_word, session.skip_account, session.close_self_rating):
        step()
        seen.append(session.before_reveal())
    assert seen == ["word", "account", "self-rating", None]
    back = session.debrief()
    assert (back.word, back.account, back.blind) == (None, None, False)


def test_rating_oneself_first_is_blind_and_cannot_be_undone_afterwards(tmp_path: Path) -> None:
    session = private(tmp_path, *BAD_ROAD)
    session.skip_word()
    session.skip_account()
    session.rate_self("C1", 2)
    session.rate_self("C1", 4)
    assert {scale.dimension: scale.rated for scale in session.scales()}["C1"] == 4
    session.close_self_rating()
    assert session.debrief().blind is True
    late_ones: tuple[Callable[[], object], ...] = (
        lambda: session.rate_self("C1", 5),
        session.close_self_rating,
    )
    for late in late_ones:
        with pytest.raises(Over):
            late()
    assert {rating.dimension: rating.own for rating in session.debrief().ratings}["C1"] == 4


@pytest.mark.parametrize(("dimension", "value"), [("C9", 3), ("C1", 0), ("C1", 6), ("", 1)])
def test_what_is_no_rating_is_refused(tmp_path: Path, dimension: str, value: int) -> None:
    session = private(tmp_path, "own-it", "ring-now")
    with pytest.raises(ValueError):
        session.rate_self(dimension, value)
    assert all(scale.rated is None for scale in session.scales())


def test_scales_come_with_most_turns_first(tmp_path: Path) -> None:
    session = private(tmp_path, *BAD_ROAD)
    scales = session.scales()
    own_say(session)
    turns = {rating.dimension: rating.opportunities for rating in session.debrief().ratings}
    assert [turns[scale.dimension] for scale in scales] == sorted(turns.values(), reverse=True)
    assert len({scale.dimension for scale in scales}) == len(scales) == 12
    assert all(len(scale.anchors) == 5 and all(scale.anchors) for scale in scales)


def test_nothing_can_be_said_of_a_scene_that_runs(tmp_path: Path) -> None:
    session = private(tmp_path, "own-it")
    early_ones: tuple[Callable[[], object], ...] = (
        lambda: session.say_account("x"),
        lambda: session.rate_self("C1", 3),
        session.close_self_rating,
        lambda: session.keep_one("x"),
    )
    for early in early_ones:
        with pytest.raises(SimulatorError, match="not ended"):
            early()


# what follows


def test_the_timeline_is_what_was_held_after_every_turn(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    back = session.debrief()
    turns = session._course.play.path()
    assert [point.turn for point in back.points] == [0, *(turn.number for turn in turns)]
    assert (back.points[0].tension, back.points[0].trust, back.points[0].safety) == (5, 3, 4)
    for point, turn in zip(back.points[1:], turns, strict=True):
        assert (point.tension, point.trust, point.safety) == turn.after.values[:3]
    assert [point.came_to_light for point in back.points if point.came_to_light] == [
        ("He waited an hour yesterday too",)
    ]


def test_at_most_three_things_with_their_words_and_a_strength_among_them(tmp_path: Path) -> None:
    back = looked_back(tmp_path, *BAD_ROAD).debrief()
    assert 1 <= len(back.feedback) <= 3 and any(thing.strength for thing in back.feedback)
    for thing in back.feedback:
        turn = back.first[thing.turn - 1]
        assert (thing.said, thing.reply_text) == (turn.said, turn.reply_text)
        assert thing.why and thing.source and thing.effect and thing.technique_words
        assert thing.strength or thing.instead
    strength = next(thing for thing in back.feedback if thing.strength)
    assert strength.turn != 1 or "this came to light: He waited an hour yesterday too" in strength.effect


def test_moments_are_answered_or_left_out_and_stay_so(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    assert [moment.answer for moment in session.debrief().moments] == [None, None]
    session.inquire(1, "  I was rushed.  ")
    session.inquire(0, "")
    assert [moment.answer for moment in session.debrief().moments] == ["", "I was rushed."]
    with pytest.raises(IndexError):
        session.inquire(2, "There is no third.")


def test_any_tag_and_any_rating_can_be_contested_in_words(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    for turn in session.debrief().turns:
        for tag in turn.techniques:
            session.contest("tag", turn.turn, tag.name, f"not {tag.name} at {turn.turn}")
    for rating in session.debrief().ratings:
        session.contest("rating", 0, rating.dimension, "I see that differently.")
    session.contest("rating", 0, "C1", "On second thoughts.")
    session.contest("rating", 0, "C2", "   ")
    back = session.debrief()
    for turn in back.turns:
        for tag in turn.techniques:
            assert tag.contest == f"not {tag.name} at {turn.turn}"
    said = {rating.dimension: rating.contest for rating in back.ratings}
    assert said.pop("C1") == "On second thoughts." and set(said.values()) == {"I see that differently."}
    assert session._course.summary().contested


@pytest.mark.parametrize(
    ("what", "turn", "name"),
    [
        ("tag", 1, "calm-down"),
        ("tag", 9, "own-error"),
        ("tag", 0, "own-error"),
        ("rating", 0, "C9"),
        ("rating", 1, "C1"),
    ],
)
def test_what_is_not_there_cannot_be_contested(tmp_path: Path, what: Any, turn: int, name: str) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    with pytest.raises(NotFound):
        session.contest(what, turn, name, "No.")
    assert not session._course.told.contests


def test_one_to_keep_and_one_to_try(tmp_path: Path) -> None:
    session = looked_back(tmp_path, "own-it", "ring-now")
    session.keep_one("Naming the time.")
    session.try_one("", "on Friday")
    assert (session.debrief().to_try, session.debrief().when) == (None, None)
    session.try_one("Say sorry first.", "on Friday")
    back = session.debrief()
    assert (back.to_keep, back.to_try, back.when) == ("Naming the time.", "Say sorry first.", "on Friday")


def test_the_debrief_is_made_anew_only_when_something_has_happened(tmp_path: Path) -> None:
    session = looked_back(tmp_path, "own-it", "ring-now")
    first = session.debrief()
    assert session.debrief() is first
    session.keep_one("A time.")
    assert session.debrief() is not first


def test_the_claim_stands_where_ratings_are(tmp_path: Path) -> None:
    assert looked_back(tmp_path, "own-it", "ring-now").debrief().claim == CLAIM


# every number


def openable(back: Debrief) -> None:
    """Every rating follows from the turns it names, and those are the turns as they were played."""
    for rating in all_ratings(back):
        counted = [each for each in rating.evidence if each.point is not None]
        assert len(counted) == rating.opportunities
        assert (rating.value is None) == (rating.opportunities < FEWEST)
        for each in counted:
            assert each.point in {value(each.shown, best) for best in range(-2, 3)}
        if rating.value is not None:
            weight = sum(each.weight for each in counted)
            mean = sum(each.weight * (each.point or 0) for each in counted) / weight
            assert rating.value == pytest.approx(mean) or (rating.held and rating.value < mean)
    words = {turn.turn: turn.reply_text for turn in back.first}
    for rating in back.ratings:
        assert all(words[each.turn] == each.reply_text for each in rating.evidence)
    for voice in back.statements:
        assert {*voice.spoke_for, *voice.spoke_against} <= {turn.turn for turn in back.turns}


@pytest.mark.parametrize("seed", range(8))
def test_every_number_can_be_opened_to_its_turns(tmp_path: Path, seed: int) -> None:
    practice = at(tmp_path, keep="none")
    session = practice.start(tea() if seed % 2 else load("not-that-tablet"), "none", seed=seed)
    wandered(session, seed)
    own_say(session)
    openable(session.debrief())
    session.rewind(1)
    wandered(session, seed + 1)
    openable(session.debrief())


# taking a moment again


def test_both_roads_stand_side_by_side(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    assert session.roads() is None
    session.rewind(2)
    assert session.roads() is None, "the second road has not come to its end"
    session.answer("ring-now")
    roads = session.roads()
    assert roads is not None
    assert (roads.left_take, roads.right_take, roads.from_turn) == (1, 2, 2)
    assert [(step.turn, step.left is None, step.right is None) for step in roads.steps] == [
        (2, False, False), (3, False, True), (4, False, True), (5, False, True),
    ]  # fmt: skip
    here = roads.steps[0]
    assert here.left is not None and here.right is not None
    assert here.left.said == here.right.said
    assert (here.left.reply_text, here.left.tension) == ("It'll be here soon.", 5)
    assert (here.right.tension, here.right.trust) == (3, 8)
    assert roads.left_ending == roads.right_ending


def test_roads_wait_for_the_trainees_own_say_too(tmp_path: Path) -> None:
    session = private(tmp_path, "own-it", "wait")
    session.rewind(1)
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    assert session.roads() is None
    own_say(session)
    roads = session.roads()
    assert roads is not None and roads.left_ending is None


def test_a_retake_stands_beside_and_changes_nothing_of_the_first(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    before = session.debrief()
    session.rewind(2)
    session.answer("ring-now")
    after = session.debrief()
    assert (after.ratings, after.feedback, after.first) == (before.ratings, before.feedback, before.first)
    assert [take.take for take in after.retake_ratings] == [2]
    assert [turn.take for turn in after.turns] == [1, 2] and len(after.points) == 3


def test_a_tag_is_contested_on_the_road_it_stands_on(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    session.rewind(2)
    session.answer("ring-now")
    session.contest("tag", 2, "small-promise", "A big one.")
    session.contest("tag", 2, "vague-wait", "I did not know.")
    takes = {(each.name, each.take) for each in session._course.told.contests.values()}
    assert takes == {("small-promise", 2), ("vague-wait", 1)}
    assert session.debrief().first[1].techniques[0].contest == "I did not know."
    with pytest.raises(NotFound):
        session.contest("tag", 2, "vague-wait", "Not there.", take=2)


# coming back


def test_it_goes_on_at_the_first_part_that_waits(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    for reply in BAD_ROAD:
        session.answer(reply)
    steps: tuple[Callable[[Session], object], ...] = (
        Session.now,
        Session.skip_word,
        Session.skip_account,
        Session.close_self_rating,
        lambda session: session.inquire(0, ""),
        lambda session: session.inquire(1, "Yes."),
        lambda session: session.keep_one(""),
        lambda session: session.try_one(""),
    )
    parts = []
    for step in steps:
        step(session)
        session = at(tmp_path).resume(session.id)
        parts.append(session.part())
    assert parts == ["word", "account", "self-rating", "felt", "moments", "side", "keep", None]
    assert at(tmp_path).unfinished() == []


def test_what_was_said_is_there_after_coming_back(tmp_path: Path) -> None:
    session = begin(at(tmp_path), confidence=4)
    finish(session)
    session.say_confidence(7)
    session.inquire(0, "Because.")
    session.contest("rating", 0, "C3", "I did ask.")
    session.keep_one("A time.")
    assert at(tmp_path).resume(session.id).debrief() == session.debrief()
    assert session.confidence == (4, 7)


def test_a_session_of_an_earlier_version_is_asked_what_it_was_not(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    session._record(Word("tired"))
    session._record(Reflection("What changed when you gave a time, <trainee>?", "It was the time."))
    again = at(tmp_path).resume(session.id)
    assert again.before_reveal() == "account"
    assert at(tmp_path).unfinished()[0].over
    again.skip_account()
    again.close_self_rating()
    back = again.debrief()
    assert (back.word, back.question, back.reflection) == (
        "tired",
        "What changed when you gave a time, Sam?",
        "It was the time.",
    )


def test_a_moment_an_earlier_version_asked_about_stays_with_its_answer(tmp_path: Path) -> None:
    session = looked_back(tmp_path, *BAD_ROAD)
    other = next(n for n in range(1, 6) if n not in {each.turn for each in session.debrief().moments})
    session._record(Inquired(other, "What then?", "I waited."))
    last = session.debrief().moments[-1]
    assert (last.turn, last.question, last.answer) == (other, "What then?", "I waited.")


def test_who_closed_nothing_blind_is_not_taken_for_blind(tmp_path: Path) -> None:
    session = private(tmp_path, "own-it", "ring-now")
    session.close_self_rating()
    assert session._rows[-1].event == SelfRated(False)
