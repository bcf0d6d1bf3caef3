"""The service every front end is given: saved before shown, and nothing moves where saving fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from scenarios.unfold import NotOffered
from simulator.course import Summary
from simulator.errors import Over, SimulatorError, StoreTrouble
from simulator.events import Happened, Keep
from simulator.session import Head, Session
from simulator.shown import REACH_ANSWER
from tests.simulator.service import FakeClock, at, begin, finish, screen


class BadDisk:
    """A keeper that fails the next `failing` saves, before or after they are kept."""

    def __init__(self, failing: int = 0, kept_all_the_same: bool = False) -> None:
        self.failing = failing
        self.kept_all_the_same = kept_all_the_same
        self.rows: list[Happened] = []

    def begin(self, head: Head, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None:
        self.append(head.id, rows, summary, keep)

    def append(self, session: str, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None:
        fails = self.failing > 0
        self.failing -= fails
        if not fails or self.kept_all_the_same:
            self.rows += rows
        if fails:
            raise StoreTrouble("The disk did not take it.", "Try again.", retry=True)

    def last(self, session: str) -> tuple[int, str]:
        return (self.rows[-1].seq, self.rows[-1].chain) if self.rows else (0, "")

    def erase(self, session: str) -> None:
        self.rows.clear()


def private(folder: Path, clock: FakeClock | None = None) -> Session:
    """A session held in memory alone."""
    return begin(at(folder, keep="none", clock=clock), "none")


def on_bad_disk(folder: Path, disk: BadDisk) -> Session:
    """A kept session whose keeper can be made to fail."""
    practice = at(folder, keep="none")
    held = begin(practice, "none")
    return Session(held._head, held._course, held._rows, "mine", "Sam", disk, FakeClock())


def test_a_scene_from_its_beginning_to_its_debrief(tmp_path: Path) -> None:
    session = private(tmp_path)
    first = session.now()
    assert (first.turn, first.take, first.first, first.ended) == (1, 1, True, False)
    assert {offer.id for offer in first.replies} == {"own-it", "calm", "step-back"}
    assert first.silence is not None and first.silence.seconds == 12
    assert any("I'm Sam." in offer.text for offer in first.replies)
    moved = session.answer("own-it")
    assert moved.reaction == "Same yesterday. An hour."
    assert not moved.now.first
    end = session.answer("ring-now").now
    assert (
        end.ended and end.replies == () and end.ending is not None and "Marcus takes two sugars" in end.ending
    )
    assert session.before_reveal() == "word"
    session.say_word("tired")
    session.say_account("the time")
    session.close_self_rating()
    back = session.debrief()
    assert back.outcome == "A plan you both made"
    assert back.came_to_light == (
        ("He waited an hour yesterday too", True),
        ("His mother took two sugars", False),
    )
    assert [turn.felt for turn in back.turns] == ["First one who said sorry.", "A time. An actual time."]
    assert (back.word, back.account, back.blind, back.legal_note) == ("tired", "the time", False, None)
    assert back.questions == ("What changed when you gave a time, Sam?",)
    assert back.credits_note == "Not yet reviewed by people with lived experience."


def test_lines_stand_in_the_order_they_were_shown(tmp_path: Path) -> None:
    session = private(tmp_path)
    session.quiet(timed=True)
    session.reach()
    session.answer("wait")
    session.answer("step-back")
    kinds = [line.kind for line in session.transcript()]
    assert " ".join(kinds) == "person cue quiet person cue reach trainee person cue deed person cue"


def test_a_brief_is_shown_before_anything_is_said(tmp_path: Path) -> None:
    session = begin(at(tmp_path, keep="none"), "none", opening="late-night")
    assert session.transcript()[0].text == "Handover says he did not sleep."


def test_what_is_not_offered_changes_nothing(tmp_path: Path) -> None:
    session = private(tmp_path)
    before = screen(session)
    for wrong in (lambda: session.answer("ring-now"), lambda: session.rewind(1), lambda: session.rewind(0)):
        with pytest.raises(NotOffered):
            wrong()
        assert screen(session) == before


def test_reaching_changes_nothing_in_the_scene(tmp_path: Path) -> None:
    session = private(tmp_path)
    before = session.now()
    assert session.reach() == REACH_ANSWER
    assert session.now() == before


def test_again_from_a_turn_shows_that_turn_and_keeps_what_led_there(tmp_path: Path) -> None:
    session = private(tmp_path)
    session.answer("own-it")
    waiting = session.now()
    session.answer("wait")
    session.answer("calm")
    again = session.rewind(2)
    assert (again.turn, again.take, again.said, again.cue) == (2, 2, waiting.said, waiting.cue)
    lines = session.transcript()
    assert [line.kind for line in lines] == ["person", "cue", "trainee", "person", "take", "person", "cue"]
    session.answer("ring-now")
    session.rewind(1)
    assert [line.kind for line in session.transcript()] == ["take", "person", "cue"]


def test_an_ending_can_be_taken_again(tmp_path: Path) -> None:
    session = private(tmp_path)
    finish(session)
    assert session.state == "ended"
    assert not session.rewind(2).ended
    assert session.state == "running"


def test_own_words_come_first_and_may_be_left_out(tmp_path: Path) -> None:
    session = private(tmp_path)
    with pytest.raises(SimulatorError, match="not ended"):
        session.debrief()
    session.answer("own-it")
    session.answer("ring-now")
    with pytest.raises(SimulatorError, match="own word"):
        session.debrief()
    session.skip_word()
    assert not session.debrief_open
    session.skip_account()
    assert session.before_reveal() == "self-rating"
    with pytest.raises(SimulatorError, match="own word"):
        session.keep_one("A time.")
    session.close_self_rating()
    assert session.debrief().word is None


def test_what_is_typed_is_cleaned_and_cut(tmp_path: Path) -> None:
    session = private(tmp_path)
    finish(session)
    session.say_word("\x1b]0;title\x07 sad")
    session.say_account("x" * 1_000_000)
    back = session.debrief()
    assert back.word is not None and "\x1b" not in back.word
    assert back.account is not None and len(back.account) == 20_000


def test_stepping_out_ends_kindly_and_leads_to_no_debrief(tmp_path: Path) -> None:
    session = private(tmp_path)
    session.answer("calm")
    assert "Nothing of this is judged" in session.step_out()
    assert (session.state, session.part()) == ("stepped-out", None)
    session.step_out()
    for further in (lambda: session.answer("own-it"), session.debrief, session.reach):
        with pytest.raises(Over):
            further()


def test_what_was_stepped_out_of_can_still_be_erased(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    session.step_out()
    session.suspend()
    session.set_keep("shared")
    assert [(row.state, row.keep) for row in practice.sessions()] == [("stepped-out", "shared")]
    session.set_keep("none")
    assert practice.sessions() == []


def test_a_closed_session_is_over(tmp_path: Path) -> None:
    session = private(tmp_path)
    session.close()
    with pytest.raises(Over):
        session.answer("own-it")


def test_pauses_are_no_part_of_a_turn_and_the_wall_clock_may_go_back(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    session = begin(practice)
    clock.pass_ms(4_000)
    session.pause()
    session.pause()
    assert session.paused
    clock.pass_ms(60_000)
    assert session.quiet(timed=True).now.turn == 1, "time that passes in a pause is not silence"
    session.unpause()
    session.unpause()
    clock.pass_ms(1_000)
    clock.wall -= 3_600_000
    session.answer("own-it")
    clock.pass_ms(2_500)
    session.pause()
    clock.pass_ms(10_000)
    session.answer("ring-now")
    shown = practice.show(session.id)
    assert [turn["seconds"] for turn in shown["takes"][0]["turns"]] == [5.0, 2.5]
    assert shown["pauses"] == [{"turn": 1, "seconds": 60.0}, {"turn": 2, "seconds": 10.0}]
    assert shown["seconds"] == 7.5


def test_time_between_leaving_and_coming_back_is_nobody_s(tmp_path: Path) -> None:
    clock = FakeClock()
    session = begin(at(tmp_path, clock=clock))
    clock.pass_ms(1_000)
    session.suspend()
    session.suspend()
    assert session.state == "suspended"
    clock.wall += 86_400_000
    clock.mono = 7  # another process, another count
    practice = at(tmp_path, clock=clock)
    again = practice.resume()
    clock.pass_ms(2_000)
    again.answer("own-it")
    assert practice.show(again.id)["takes"][0]["turns"][0]["seconds"] == 3.0


def test_playing_on_wakes_a_suspended_session(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    session.suspend()
    session.answer("own-it")
    assert session.state == "running"


def test_where_saving_fails_nothing_moves_and_the_same_answer_can_be_given_again(tmp_path: Path) -> None:
    disk = BadDisk()
    session = on_bad_disk(tmp_path, disk)
    before = screen(session)
    disk.failing = 2
    for _ in range(2):
        with pytest.raises(StoreTrouble) as told:
            session.answer("own-it")
        assert told.value.retry and screen(session) == before
    session.answer("own-it")
    assert [row.seq for row in disk.rows] == [2]
    assert session.turns == 1


def test_a_save_that_failed_only_in_appearance_happens_once(tmp_path: Path) -> None:
    disk = BadDisk(1, kept_all_the_same=True)
    session = on_bad_disk(tmp_path, disk)
    with pytest.raises(StoreTrouble):
        session.answer("own-it")
    assert session.answer("own-it").reaction == "Same yesterday. An hour."
    assert session.turns == 1 and len(disk.rows) == 1


def test_after_such_a_save_another_answer_is_not_taken_for_the_next_turn(tmp_path: Path) -> None:
    disk = BadDisk(1, kept_all_the_same=True)
    session = on_bad_disk(tmp_path, disk)
    with pytest.raises(StoreTrouble):
        session.answer("calm")
    with pytest.raises(NotOffered):
        session.answer("step-back")  # offered then and now, but meant for the turn before
    assert session.turns == 1 and [row.seq for row in disk.rows] == [2]
    session.answer("step-back")
    assert session.turns == 2
