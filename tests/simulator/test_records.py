"""What is kept comes back as it was, on the bytes it was played on; what is erased is gone."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scenarios.load import ScenarioError, load_bytes
from scenarios.transcript import play_json
from scenarios.unfold import begin as begin_play
from scoring.rating import ratings_json
from simulator import database, replay
from simulator.errors import AlreadyOpen, Damaged, NotFound, NotYours, Over, SimulatorError, StoreTrouble
from simulator.practice import Practice
from simulator.session import Session
from tests.simulator.service import TEA, FakeClock, at, begin, finish, own_say, records_file, screen, sql, tea


def test_coming_back_shows_exactly_what_was_there(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    for step in ("own-it", "wait", "calm"):
        session.answer(step)
    session.reach()
    session.rewind(2)
    again = at(tmp_path).resume()
    assert screen(again) == screen(session)
    assert (again.id, again.title, again.person, again.keep) == (
        session.id,
        "The tea trolley",
        "Marcus",
        "mine",
    )
    again.answer("ring-now")
    assert again.state == "ended"


def test_it_goes_on_with_the_bytes_it_began_with(tmp_path: Path) -> None:
    edited = tmp_path / "mine.yaml"
    edited.write_bytes(TEA.read_bytes())
    loaded = load_bytes(edited.read_bytes(), None, str(edited), "mine")
    session = at(tmp_path).start(loaded, "mine", seed=1, opening="usual")
    edited.unlink()
    assert screen(at(tmp_path).resume()) == screen(session)


def test_unfinished_ones_are_listed_latest_first_and_ended_ones_are_not(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    first = begin(practice)
    clock.pass_ms(1000)
    second = begin(practice, "shared")
    second.answer("own-it")
    second.suspend()
    clock.pass_ms(1000)
    ended, left = begin(practice), begin(practice)
    finish(ended)
    left.step_out()
    rows = at(tmp_path).unfinished()
    assert [(row.session, row.turns, row.keep) for row in rows] == [
        (second.id, 1, "shared"),
        (first.id, 0, "mine"),
    ]
    assert rows[0].title == "The tea trolley" and rows[0].started.utcoffset() is not None
    assert at(tmp_path).resume().id == second.id
    with pytest.raises(Over):
        at(tmp_path).resume(left.id)
    assert at(tmp_path).resume(ended.id).debrief().word == "tired"


def test_a_session_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    assert practice.resume(session.id[:6]).id == session.id
    for wrong in ("", session.id[:3], "zzzz", "%"):
        with pytest.raises(NotFound):
            practice.resume(wrong)


def test_pages_follow_each_other_without_gap_or_repeat(tmp_path: Path) -> None:
    practice = at(tmp_path, clock=FakeClock())
    made = {begin(practice).id for _ in range(5)}
    pages, last = [], None
    while page := practice.sessions(2, last):
        pages += page
        last = page[-1]
    assert len(pages) == 5 and {row.session for row in pages} == made


def test_a_second_window_takes_over_and_the_first_is_told(tmp_path: Path) -> None:
    first = begin(at(tmp_path))
    second = at(tmp_path).resume()
    shown = screen(first)
    with pytest.raises(AlreadyOpen):
        first.answer("own-it")
    assert screen(first) == shown
    second.answer("own-it")
    with pytest.raises(AlreadyOpen):
        first.answer("own-it")
    assert sql(records_file(tmp_path), "SELECT max(seq), count(*) FROM event") == [(3, 3)]


def test_where_the_records_were_put_back_to_before_nothing_is_added_with_a_gap(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    session.answer("own-it")
    sql(records_file(tmp_path), "DELETE FROM event WHERE seq = 2")
    with pytest.raises(AlreadyOpen):
        session.answer("wait")
    assert sql(records_file(tmp_path), "SELECT max(seq) FROM event") == [(1,)]


def test_two_sessions_share_the_records(tmp_path: Path) -> None:
    sessions = [begin(at(tmp_path, name)) for name in ("Sam", "Alex")]
    for reply in ("own-it", "wait", "step-back", "ring-now"):
        for session in sessions:
            session.answer(reply)
    assert [session.state for session in sessions] == ["ended", "ended"]


def test_the_summary_is_what_a_replay_comes_to(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    for step in ("own-it", "wait", "calm"):
        session.answer(step)
    session.rewind(2)
    session.answer("ring-now")
    row = practice.sessions()[0]
    assert (row.state, row.outcome, row.takes, row.turns) == ("ended", None, 2, 2)
    own_say(session)
    row = practice.sessions()[0]
    assert (row.state, row.outcome, row.takes, row.turns) == ("ended", "settled", 2, 2)
    session.rewind(1)
    row = practice.sessions()[0]
    assert (row.state, row.outcome, row.takes, row.turns) == ("running", None, 3, 0)
    names = "session scenario version trainee started state keep outcome takes reviewed"
    assert list(row.json()) == names.split()


# show


def test_show_is_run_with_times_and_words(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, confidence=3)
    finish(session)
    session.say_confidence(6)
    shown = practice.show(session.id)
    play = begin_play(tea().scene, 1, "usual", 0)
    for reply in ("own-it", "ring-now"):
        play.answer(reply)
    as_run: Any = play_json(tea(), play)
    for take, played in zip(as_run["takes"], play.takes, strict=True):
        take["ending"]["felt"] = "You said a time and you kept it."
        take["ratings"] = ratings_json(tea(), play, played)
        for turn in take["turns"]:
            turn["seconds"] = shown["takes"][0]["turns"][0]["seconds"]
    for take in shown["takes"]:
        for turn in take["turns"]:
            assert turn["seconds"] >= 0
            turn["seconds"] = as_run["takes"][0]["turns"][0]["seconds"]
    assert {key: shown[key] for key in as_run} == as_run
    assert shown["state"] == "ended" and shown["session"] == session.id
    assert shown["confidence"] == {"before": 3, "after": 6}


def test_show_has_what_was_said_in_the_debrief(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    finish(session)
    session.inquire(0, "Because.")
    session.contest("tag", 2, "small-promise", "It was a big promise.")
    session.contest("tag", 2, "small-promise", "It was a big one.")
    session.keep_one("")
    session.try_one("Say the time.", "Friday")
    question = session.debrief().moments[0].question
    assert practice.show(session.id)["debrief"] == {
        "word": "tired",
        "question": None,
        "reflection": None,
        "account": "It was the time I gave.",
        "self_ratings": {"C3": 4},
        "blind": True,
        "inquiries": [{"turn": 1, "question": question, "text": "Because."}],
        "contests": [
            {"what": "tag", "take": 1, "turn": 2, "name": "small-promise", "text": "It was a big one."}
        ],
        "to_keep": None,
        "to_try": "Say the time.",
        "when": "Friday",
        "complete": True,
    }


def test_nothing_that_judges_is_shown_before_the_trainees_own_say(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    session.reach()
    session.answer("own-it")
    session.answer("ring-now")

    def held_back() -> list[bool]:
        take = practice.show(session.id)["takes"][0]
        judged = [turn[side] for turn in take["turns"] for side in ("before", "after")]
        judged += [take["reaches"][0]["tension"], take["ending"]["felt"], take["ratings"]]
        return [each is None for each in judged]

    assert all(held_back())
    session.say_word("tired")
    assert all(held_back())
    session.skip_account()
    assert all(held_back())
    session.rate_self("C1", 2)
    assert all(held_back())
    session.close_self_rating()
    assert not any(held_back())


def test_who_stepped_out_is_never_judged(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    session.answer("own-it")
    session.step_out()
    shown = practice.show(session.id)
    assert shown["state"] == "stepped-out"
    assert shown["takes"][0]["turns"][0]["before"] is None


def test_what_is_kept_names_nobody_in_the_scene(tmp_path: Path) -> None:
    session = begin(at(tmp_path, "Zebedee"))
    finish(session)
    session.inquire(0, "Because.")
    assert "I'm Zebedee." in session.debrief().moments[0].observation
    kept = sql(records_file(tmp_path), "SELECT group_concat(body) FROM event")[0][0]
    assert "Zebedee" not in kept and "Because." in kept
    assert "Zebedee" not in sql(records_file(tmp_path), "SELECT body FROM picture")[0][0]


# keep


def test_none_erases_at_once_and_for_good(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session, other = begin(practice), begin(practice)
    finish(session)
    session.say_account("The heliotrope was in the corridor.")
    raw = records_file(tmp_path)
    assert b"heliotrope" in raw.read_bytes()
    session.set_keep("none")
    left = b"".join(file.read_bytes() for file in raw.parent.iterdir())
    assert b"heliotrope" not in left and b"It was the time" not in left
    assert session.id.replace("-", "").encode() not in left
    assert [row.session for row in practice.sessions()] == [other.id]
    session.rewind(2)
    assert [row.session for row in practice.sessions()] == [other.id], "what follows is not kept either"
    assert screen(at(tmp_path).resume(other.id)) == screen(other), "its bytes are still needed"


def test_the_last_session_erased_takes_its_scenario_along(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    session.set_keep("none")
    file = records_file(tmp_path)
    assert sql(file, "SELECT count(*) FROM scenario_version") == [(0,)]
    assert b"The tea trolley" not in file.read_bytes()


def test_from_none_the_whole_session_is_kept(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "none", confidence=2)
    session.answer("own-it")
    assert not records_file(tmp_path).exists()
    session.set_keep("shared")
    session.answer("wait")
    again = at(tmp_path).resume()
    assert screen(again) == screen(session) and again.keep == "shared"
    session = again
    session.set_keep("mine")
    assert at(tmp_path).sessions()[0].keep == "mine"
    session.set_keep("mine")
    assert sql(records_file(tmp_path), "SELECT max(seq) FROM event") == [(7,)]


def test_where_erasing_or_keeping_fails_the_choice_stays_as_it_was(tmp_path: Path) -> None:
    held = begin(at(tmp_path, "Sam"), "none")
    kept = begin(at(tmp_path, "Alex"))
    with _locked(records_file(tmp_path)):
        for session, keep in ((held, "mine"), (kept, "none")):
            before = session.keep
            with pytest.raises(StoreTrouble):
                session.set_keep(keep)  # type: ignore[arg-type]
            assert session.keep == before
    held.set_keep("mine")
    kept.set_keep("none")
    assert at(tmp_path, "Sam").sessions()[0].session == held.id
    assert at(tmp_path, "Alex").sessions() == []


def test_erased_elsewhere_is_said_and_not_written_again(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    at(tmp_path).erase(session.id)
    with pytest.raises(NotFound):
        session.answer("own-it")
    assert at(tmp_path).sessions() == []


def test_a_session_stays_with_who_began_it(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    practice.make("Alex")
    session.answer("own-it")
    assert practice.sessions() == []
    assert [row.turns for row in at(tmp_path, "Sam").sessions()] == [1]
    with pytest.raises(NotYours):
        practice.show(session.id)


# damage


DAMAGE = {
    "an edited reply": ("UPDATE event SET body = replace(body, 'own-it', 'calm') WHERE kind = 'answered'",),
    "an unreadable body": ("UPDATE event SET body = '{' WHERE seq = 2",),
    "a body of another shape": ("UPDATE event SET body = '[]' WHERE seq = 2",),
    "an unknown kind": ("UPDATE event SET kind = 'danced' WHERE seq = 2",),
    "a later version": ("UPDATE event SET v = 9 WHERE seq = 2",),
    "a broken chain": ("UPDATE event SET chain = '' WHERE seq = 2",),
    "a missing event": ("DELETE FROM event WHERE seq = 2",),
    "a missing end": ("DELETE FROM event WHERE seq = 3",),
    "no events": ("DELETE FROM event",),
    "a time that is none": ("UPDATE event SET at_ms = 'noon' WHERE seq = 2",),
    "missing bytes": ("PRAGMA foreign_keys=OFF", "DELETE FROM scenario_version"),
    "a missing vocabulary": ("DELETE FROM vocabulary_version",),
    "other bytes": ("UPDATE scenario_version SET text = cast('format: 1' AS BLOB)",),
    "another vocabulary": ("UPDATE vocabulary_version SET text = cast('x' AS BLOB)",),
    "another scenario named": ("UPDATE session SET vocabulary_sha = 'x'",),
}


@pytest.mark.parametrize("statements", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_session_is_said_to_be_and_the_others_work(
    tmp_path: Path, statements: tuple[str, ...]
) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    session.answer("own-it")
    session.answer("wait")
    for statement in statements:
        sql(records_file(tmp_path), statement)
    other = load_bytes(
        TEA.read_bytes() + b"# other bytes", [tea().vocabularies[0] + b"\n# another\n"], "", "other"
    )
    later = practice.start(other, "mine")
    before = sql(records_file(tmp_path), "SELECT * FROM event ORDER BY session_id, seq")
    for call in (practice.resume, practice.show):
        with pytest.raises(Damaged, match="damaged"):
            call(session.id)
    states = {row.session: row.state for row in practice.sessions()}
    assert states == {session.id: "damaged", later.id: "running"}
    assert [row.session for row in practice.unfinished()] == [later.id]
    assert sql(records_file(tmp_path), "SELECT * FROM event ORDER BY session_id, seq") == before
    practice.erase(session.id)


def test_a_list_survives_a_row_that_makes_no_sense(tmp_path: Path) -> None:
    practice = at(tmp_path)
    for _ in range(2):
        begin(practice)
    sql(records_file(tmp_path), "UPDATE session SET started_ms = 'noon' WHERE rowid = 1")
    assert sorted(row.state for row in practice.sessions()) == ["damaged", "running"]


def test_every_walk_of_the_scene_replays_to_the_same_screen(tmp_path: Path) -> None:
    practice = at(tmp_path)
    for seed in range(12):
        session = practice.start(tea(), "mine", seed=seed)
        _wander(session, seed)
        assert screen(practice.resume(session.id)) == screen(session)


def _wander(session: Session, seed: int) -> None:
    """Some steps, chosen by the seed, with a retake now and then."""
    for step in range(8):
        now = session.now()
        if now.ended or (seed + step) % 5 == 4:
            session.rewind(max(1, now.turn - 2)) if now.turn > 1 else session.reach()
        elif now.silence and (seed * step) % 3 == 1:
            session.quiet(timed=False)
        else:
            session.answer(now.replies[(seed + step * step) % len(now.replies)].id)


def _locked(file: Path) -> Any:
    """Another program that holds the file."""
    import contextlib
    import sqlite3

    @contextlib.contextmanager
    def holding() -> Any:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.close()

    return holding()


def test_only_the_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    practice: Practice = at(tmp_path)
    begin(practice)
    practice.close()
    if os.name != "nt":
        file = records_file(tmp_path)
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
        file.chmod(0o644)
        practice.sessions()
        assert "now only you can" in practice.warnings[0]
        assert file.stat().st_mode & 0o777 == 0o600


def test_titles_are_filled_and_cleaned_when_shown(tmp_path: Path) -> None:
    text = TEA.read_text(encoding="utf-8").replace("title: The tea trolley", "title: <name> and <trainee>")
    loaded = load_bytes(text.encode(), None, "", "titled")
    practice = at(tmp_path)
    session = practice.start(replace(loaded), "mine", seed=1, cast="joanne")
    assert session.title == "Joanne and Sam"
    assert practice.unfinished()[0].title == "Joanne and Sam"


def test_with_a_write_ahead_file_erased_words_are_gone_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SAFE_WAL", (3, 0, 0))
    practice = at(tmp_path)
    session = begin(practice)
    finish(session)
    session.say_account("The heliotrope was in the corridor.")
    folder = records_file(tmp_path).parent
    assert (folder / "records.sqlite3-wal").exists()
    other = at(tmp_path)
    assert screen(other.resume(session.id)) == screen(session)
    other.close()
    practice.erase(session.id)
    assert b"heliotrope" not in b"".join(file.read_bytes() for file in folder.iterdir())
    monkeypatch.undo()
    practice.close()
    assert begin(at(tmp_path)).answer("own-it").reaction, "an older SQLite goes back to the rollback journal"
    assert sql(records_file(tmp_path), "PRAGMA journal_mode") == [("delete",)]


def test_a_scenario_this_version_cannot_read_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = at(tmp_path)
    begin(practice)

    def stricter(*_: object) -> None:
        raise ScenarioError([])

    with monkeypatch.context() as later:
        later.setattr(replay, "load_bytes", stricter)
        with pytest.raises(SimulatorError, match="cannot read the scenario"):
            practice.resume()
    assert practice.sessions()[0].state == "running"
    assert practice.resume().answer("own-it").reaction


def test_erasing_what_was_erased_in_another_window_is_no_trouble(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    practice.erase(session.id)
    session.set_keep("none")
    assert session.keep == "none" and session.answer("own-it").reaction


def test_an_ended_scene_is_offered_until_it_has_been_looked_back_on(tmp_path: Path) -> None:
    session = at(tmp_path, "Sam").start(tea(), "mine", opening="usual", seed=1)
    session.answer("own-it")
    session.answer("ring-now")
    waiting = at(tmp_path, "Sam").unfinished()
    assert [(row.session, row.over) for row in waiting] == [(session.id, True)]
    again = at(tmp_path, "Sam").resume()
    assert again.now().ended
    again.skip_word()
    again.skip_account()
    assert at(tmp_path, "Sam").unfinished() != []
    again.close_self_rating()
    assert again.debrief_open
    assert at(tmp_path, "Sam").unfinished() == []
