"""A trainee's own page: theirs alone, every number with its sessions and turns, and what to practise next."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.load import load
from scoring.claims import CLAIM
from scoring.rubric import our_rubric
from simulator.errors import WrongPin
from simulator.own_page import rooms_of
from simulator.practice import Practice
from simulator.session import Session
from tests.simulator.service import FakeClock, at, begin, finish, own_say, records_file, sql, wandered

DAY = 86_400_000


def played(practice: Practice, *replies: str, keep: str = "mine") -> Session:
    """A session played by these replies and looked back on."""
    session = begin(practice, keep)  # type: ignore[arg-type]
    for reply in replies:
        session.answer(reply)
    own_say(session)
    return session


def test_whoever_has_practised_nothing_has_an_empty_page_and_no_records(tmp_path: Path) -> None:
    page = at(tmp_path).own_page()
    assert (page.practised, page.lines, page.ratings, page.next) == ((), (), (), None)
    assert not records_file(tmp_path).exists()


def test_what_was_practised_kept_and_tried_latest_first(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    first = played(practice, "own-it", "ring-now")
    first.keep_one("Naming the time.")
    clock.pass_ms(DAY)
    second = played(practice, "own-it", "wait", "step-back", "ring-now", keep="shared")
    second.try_one("Say sorry first.", "on Friday")
    clock.pass_ms(DAY)
    waiting = begin(practice)
    for reply in ("own-it", "ring-now"):
        waiting.answer(reply)
    begin(practice).step_out()
    begin(practice).answer("own-it")
    page = practice.own_page()
    assert [(each.session, each.outcome, each.keep, each.waiting) for each in page.practised] == [
        (waiting.id, None, "mine", True),
        (second.id, "A plan you both made", "shared", False),
        (first.id, "A plan you both made", "mine", False),
    ]
    assert [(line.session, line.tries, line.text, line.when) for line in page.lines] == [
        (second.id, True, "Say sorry first.", "on Friday"),
        (first.id, False, "Naming the time.", None),
    ]
    assert page.lines[0].said > page.lines[1].said
    assert page.claim == CLAIM


def test_every_rating_names_the_sessions_and_turns_it_came_from(tmp_path: Path) -> None:
    practice = at(tmp_path, clock=FakeClock())
    sessions = [
        played(practice, "own-it", "ring-now"),
        played(practice, "own-it", "wait", "calm", "own-it", "ring-now"),
        played(practice, "step-back", "wait", "own-it", "ring-now"),
    ]
    shown = {session.id: {each.dimension: each for each in session.debrief().ratings} for session in sessions}
    for rating in practice.own_page().ratings:
        assert rating.opportunities == sum(len(source.turns) for source in rating.sources)
        rated = []
        for source in rating.sources:
            there = shown[source.session][rating.dimension]
            assert source.turns == tuple(each.turn for each in there.evidence if each.point is not None)
            assert source.value == (None if there.value is None else round(there.value, 2))
            rated += [source.value] * len(source.turns) if source.value is not None else []
        assert rating.value == (pytest.approx(sum(rated) / len(rated)) if rated else None)


def test_confidence_stands_before_and_after_and_beside_no_rating(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, confidence=3)
    finish(session)
    session.say_confidence(7)
    played(practice, "own-it", "ring-now")
    assert [(each.session, each.before, each.after) for each in practice.own_page().confidence] == [
        (session.id, 3, 7)
    ]


def test_a_session_not_looked_back_on_gives_no_rating_away(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    for reply in ("own-it", "wait", "calm", "own-it", "ring-now"):
        session.answer(reply)
    page = practice.own_page()
    assert all(rating.opportunities == 0 and not rating.sources for rating in page.ratings)
    assert page.next is None
    own_say(session)
    assert any(rating.opportunities for rating in practice.own_page().ratings)


def test_the_page_is_its_trainees_alone(tmp_path: Path) -> None:
    practice = at(tmp_path, "Sam")
    played(practice, "own-it", "ring-now", keep="shared").keep_one("A time.")
    assert at(tmp_path, "Alex").own_page().practised == ()
    other = at(tmp_path, "Alex")
    begin(other)
    assert (other.own_page().practised, other.own_page().lines) == ((), ())
    practice.set_pin("4711")
    locked = at(tmp_path, "Sam")
    with pytest.raises(WrongPin):
        locked.own_page()


def test_what_to_practise_next_gives_room_for_what_was_seen_least(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    for name in ("not-that-tablet", "the-walk-that-was-promised"):
        session = practice.start(load(name), "mine", seed=5)
        wandered(session, 5)
        own_say(session)
        clock.pass_ms(DAY)
    page = practice.own_page()
    assert page.next is not None
    fewest = sorted(page.ratings, key=lambda rating: rating.opportunities)
    named = next(rating for rating in page.ratings if page.next.why.startswith(f"{rating.name} "))
    room = rooms_of(our_rubric(), load(page.next.scenario))
    assert room[named.dimension] >= 2
    for rating in fewest:
        if rating.opportunities >= named.opportunities:
            break
        rooms = [rooms_of(our_rubric(), load(each))[rating.dimension] for each in _library()]
        assert max(rooms) < 2, "what was seen less has no room anywhere"
    if page.next.scenario not in {each.scenario for each in page.practised}:
        assert "You have not played it yet." in page.next.why


def _library() -> list[str]:
    from scenarios.load import library_ids

    return list(library_ids())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE picture SET body = '{'",
        "UPDATE picture SET body = '[]'",
        "UPDATE picture SET body = '{\"ratings\": 1}'",
        "DELETE FROM picture",
        "UPDATE event SET body = '{' WHERE kind = 'to-keep'",
    ],
)
def test_what_cannot_be_read_is_left_out_and_the_rest_is_there(tmp_path: Path, statement: str) -> None:
    practice = at(tmp_path)
    session = played(practice, "own-it", "wait", "calm", "own-it", "ring-now")
    session.keep_one("A time.")
    session.try_one("Again.")
    sql(records_file(tmp_path), statement)
    page = practice.own_page()
    assert [each.session for each in page.practised] == [session.id]
    assert "Again." in [line.text for line in page.lines]
