"""What a facilitator says to a trainee reaches them, wherever they look back; what is for facilitators never does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import words_first
from facilitator.reviews import Review
from simulator.practice import Practice
from simulator.session import Session
from simulator.shown_review import HEADING, ReviewShown, review_lines
from simulator.start import Start
from tests.facilitator.rooms import played, room_at
from tests.simulator.conversation import talk
from tests.simulator.service import GOOD_ROAD, at, begin, records_file, sql

OURS_ALONE = "zqxstaffroom"
SAID = (
    "Bea wrote to you about turn 1: You named the time.",
    "Bea wrote to you: Thank you for sharing this.",
    "You see own-error at turn 1 differently. Bea sees it as you do: It was theirs to say.",
)
RATED = "Bea put C3, Inquiring and listening, at 4 of 5: You asked first."


@pytest.fixture
def shared(tmp_path: Path) -> Session:
    """A session looked back on, with one thing seen differently."""
    session = played(tmp_path)
    session.contest("tag", 1, "own-error", "It was theirs.")
    return session


@pytest.fixture
def review(tmp_path: Path, shared: Session) -> Review:
    """A facilitator's, with words for the trainee and words that are not."""
    review = room_at(tmp_path).open(shared.id)
    review.note(1, "You named the time.", True)
    review.note(1, OURS_ALONE, False)
    review.note(None, OURS_ALONE, False)
    review.note(None, "Thank you for sharing this.", True)
    review.answer("tag", 1, "own-error", True, "It was theirs to say.", 1)
    review.rate("C3", 4, "You asked first.")
    return review


def everywhere(
    folder: Path, session: Session, capsys: pytest.CaptureFixture[str], practice: Practice
) -> dict[str, str]:
    """All that a trainee is told of a session in lines, by where."""
    capsys.readouterr()
    shown = {}
    for where, more in (("show", []), ("json", ["--json"])):
        assert words_first.main(["--records", str(records_file(folder)), "show", session.id, *more]) == 0
        shown[where] = capsys.readouterr().out
    _, shown["me"] = talk(practice, ("me", "", "leave"), Start())
    _, shown["back"] = talk(practice, ("felt", "done"), Start(resume=True, session=session.id))
    return shown


def test_what_is_for_the_trainee_is_read_wherever_they_look_and_nothing_else(
    tmp_path: Path, shared: Session, review: Review, capsys: pytest.CaptureFixture[str]
) -> None:
    practice = at(tmp_path)
    for where, text in everywhere(tmp_path, shared, capsys, practice).items():
        assert OURS_ALONE not in text, where
        assert "You asked first." not in text, where
        for line in SAID if where != "json" else ():
            assert line in text, where
    review.refresh()
    review.sign()
    told = everywhere(tmp_path, shared, capsys, practice)
    for where, text in told.items():
        assert OURS_ALONE not in text, where
        assert (RATED if where != "json" else "You asked first.") in text, where
    assert f"{HEADING}:" in told["show"] and "Bea signed off it" in told["me"]
    whole = json.loads(told["json"])["review"]
    assert [(note["who"], note["turn"], note["text"]) for note in whole["notes"]] == [
        ("Bea", 1, "You named the time."),
        ("Bea", None, "Thank you for sharing this."),
    ]
    assert [(each["name"], each["agree"]) for each in whole["answers"]] == [("own-error", True)]
    assert [(each["dimension"], each["value"]) for each in whole["ratings"]] == [("C3", 4)]
    review.reopen("Another look.")
    again = practice.said_to(shared.id)
    assert again is not None and again.notes and not again.ratings
    practice.close()


def test_it_waits_for_the_trainees_own_say(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    for reply in GOOD_ROAD:
        session.answer(reply)
    room_at(tmp_path).open(session.id).note(1, "You named the time.", True)
    assert practice.said_to(session.id) is None and practice.show(session.id)["review"] is None
    finish_own_say(session)
    said = practice.said_to(session.id)
    assert said is not None and [note.text for note in said.notes] == ["You named the time."]
    practice.close()


def finish_own_say(session: Session) -> None:
    """All of it left out."""
    session.skip_word()
    session.skip_account()
    session.close_self_rating()


def test_who_stepped_out_reads_what_was_written_to_them(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    session.step_out()
    room_at(tmp_path).open(session.id).note(None, "Good that you did.", True)
    assert review_lines(practice.said_to(session.id)) == ["Bea wrote to you: Good that you did."]
    practice.close()


def test_nobody_reads_what_was_said_to_another(tmp_path: Path, shared: Session, review: Review) -> None:
    at(tmp_path, "Alex").make("Alex")
    with pytest.raises(Exception, match="no such session"):
        at(tmp_path, "Alex").said_to(shared.id)


def test_what_makes_no_sense_is_passed_over(tmp_path: Path, shared: Session, review: Review) -> None:
    for body in ('{"for_trainee": true}', "[]", '{"for_trainee": 1, "turn": 1, "take": 1, "text": "x"}', "7"):
        sql(records_file(tmp_path), "UPDATE review_fact SET body = ?", body)
        assert at(tmp_path).said_to(shared.id) == ReviewShown()


def test_what_a_terminal_would_obey_is_escaped_in_json(
    tmp_path: Path, shared: Session, review: Review, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = {"take": 1, "turn": None, "text": "a\x9b31m\u202eb", "for_trainee": True}
    sql(records_file(tmp_path), "UPDATE review_fact SET body = ? WHERE seq = 1", json.dumps(forged))
    told = everywhere(tmp_path, shared, capsys, at(tmp_path))
    assert not any(letter in text for text in told.values() for letter in "\x9b\u202e")
    assert json.loads(told["json"])["review"]["notes"][0]["text"] == forged["text"]
