"""Two facilitators on one session, a trainee who takes it back, a room that locks: nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.errors import Locked, Moved
from facilitator.reviews import Review
from facilitator.room import IDLE_MS
from facilitator.rows import Filter
from simulator.errors import NotFound, SimulatorError
from tests.facilitator.rooms import WORDS, colleague, played, room_at
from tests.facilitator.test_reviews import ACTS, state
from tests.simulator.service import FakeClock, at, records_file, sql


def test_others_ratings_are_hidden_as_long(tmp_path: Path) -> None:
    session = played(tmp_path)
    room_at(tmp_path).open(session.id).rate("C5", 1, "Marmalade.")
    review = colleague(tmp_path, "Cy").open(session.id)
    assert list(review.facts) == [] and list(review.ratings["C5"].given) == []
    review.rate("C5", 4)
    assert [(each.name, each.value) for each in review.ratings["C5"].given] == [("Bea", 1), ("Cy", 4)]
    assert [fact.name for fact in review.facts] == ["Bea", "Cy"]


def test_a_second_reviewer_from_the_other_sector_closes_it(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.ask_second("voluntary")
    review.sign()
    assert (review.state, state(tmp_path)) == ("begun", "begun")
    assert review.kept == "Signed off by Bea; waiting for a second reviewer from the voluntary sector."
    assert room.count(Filter(second=True)) == 1 and room.count(Filter(second=False)) == 0
    from_nhs = colleague(tmp_path, "Cy", sector="nhs").open(session.id)
    from_nhs.sign()
    assert from_nhs.state == "begun", "that is not the view that was asked for"
    from_mind = colleague(tmp_path, "Dee", sector="voluntary").open(session.id)
    from_mind.note(1, "He was heard here.", True)
    from_mind.sign()
    assert (from_mind.state, state(tmp_path)) == ("signed", "signed")
    assert from_mind.kept == "Signed off by Bea and Cy and Dee."
    assert room.count(Filter(second=True)) == 0
    from_mind.reopen("One more thing.")
    assert from_mind.signed_by == () and room.count(Filter(second=True)) == 1


def test_whoever_asked_for_a_second_is_not_the_second(tmp_path: Path) -> None:
    session = played(tmp_path)
    other = colleague(tmp_path, "Cy").open(session.id)
    other.sign()
    assert state(tmp_path) == "signed"
    other.reopen("Let us both look.")
    other.ask_second()
    other.sign()
    assert state(tmp_path) == "begun" and other.kept.endswith("waiting for a second reviewer.")
    room_at(tmp_path).open(session.id).sign()
    assert state(tmp_path) == "signed"


@pytest.mark.parametrize("act", ACTS)
def test_two_at_once_nothing_is_overwritten(tmp_path: Path, act: str) -> None:
    session = played(tmp_path)
    mine, theirs = room_at(tmp_path).open(session.id), colleague(tmp_path, "Cy").open(session.id)
    theirs.note(1, "Written first.", True)
    with pytest.raises(Moved, match="Cy has written"):
        ACTS[act](mine)
    assert len(sql(records_file(tmp_path), "SELECT seq FROM review_fact")) == 1
    mine.refresh()
    assert mine.facts[0].body["text"] == "Written first."
    ACTS[act](mine)
    assert [fact.seq for fact in mine.facts] == [1, 2]


def test_two_windows_of_ones_own_are_two(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    one, two = room.open(session.id), room.open(session.id)
    one.note(1, "Here.", True)
    with pytest.raises(Moved, match="Another window of yours"):
        two.note(1, "There.", True)


def test_what_was_not_read_is_not_signed(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    review.note(1, "So far.", True)
    assert len(review.whole["takes"]) == 1
    session.rewind(1)
    with pytest.raises(Moved, match="gone on"):
        review.sign()
    review.note(2, "A note on what was read stands.", True)
    review.refresh()
    assert len(review.whole["takes"]) == 2
    review.sign()


def test_what_was_withdrawn_meanwhile_is_not_there_any_more(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    session.set_keep("mine")
    for act in (*ACTS.values(), Review.refresh):
        with pytest.raises(NotFound):
            act(review)
    with pytest.raises(NotFound):
        room.open(session.id)
    assert room.count() == 0 and sql(records_file(tmp_path), "SELECT * FROM review_fact") == []
    assert all(line.session is None for line in room.audit_lines())
    assert [each.act for each in at(tmp_path).lookers(session.id)] == ["opened"]


def test_after_the_first_note_it_cannot_be_withdrawn(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    review.note(1, "Begun.", True)
    with pytest.raises(SimulatorError, match="A review of this session has begun"):
        session.set_keep("none")


def test_a_locked_room_adds_nothing_and_forgets_nothing(tmp_path: Path) -> None:
    session = played(tmp_path)
    clock = FakeClock()
    room = room_at(tmp_path, clock)
    review = room.open(session.id)
    clock.pass_ms(IDLE_MS)
    for act in (*ACTS.values(), Review.refresh):
        with pytest.raises(Locked):
            act(review)
    assert review.whole["debrief"]["word"] == "tired" and review.hidden("C5")
    room.enter(WORDS)
    review.note(1, "Where we were.", True)


def test_who_enters_after_another_opens_it_anew(tmp_path: Path) -> None:
    session = played(tmp_path)
    colleague(tmp_path, "Cy").close()
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.rate("C5", 3)
    room.enter(WORDS, "Cy")
    for act in (*ACTS.values(), Review.refresh):
        with pytest.raises(Locked, match="Somebody else"):
            act(review)
    assert room.open(session.id).hidden("C5")
