"""Every session is played through; what does not hold together is told, named only where it is shared."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator import verifying
from facilitator.reading import Reader
from facilitator.room import Room
from facilitator.verifying import Verdict, verify
from simulator import replay
from simulator.database import Database
from simulator.session import Session
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import at, begin, records_file, sql

NOW = 1_800_000_000_000


def verdict(folder: Path, mend: bool = False) -> Verdict:
    """What is found in a folder's records."""
    database = Database(f"sqlite:///{records_file(folder)}")
    try:
        return verify(database, lambda _: None, mend_at_ms=NOW if mend else None)
    finally:
        database.close()


def spoil(folder: Path, *statements: str) -> None:
    """Behind the program's back, in one connection without foreign keys."""
    for statement in statements:
        sql(records_file(folder), statement)


def test_whole_records_are_right_and_the_progress_comes_to_its_end(tmp_path: Path) -> None:
    played(tmp_path)
    begin(at(tmp_path), "mine").answer("own-it")
    left = begin(at(tmp_path), "shared")
    left.answer("own-it")
    left.suspend()
    out = begin(at(tmp_path), "shared")
    out.step_out()
    review = room_at(tmp_path).open(left.id)
    review.note(1, "You took your time.", True)
    told: list[float] = []
    database = Database(f"sqlite:///{records_file(tmp_path)}")
    found = verify(database, told.append)
    database.close()
    assert found == Verdict() and found.right
    assert told == sorted(told) and told[-1] == 1.0


DAMAGE = {
    "an edited reply": "UPDATE event SET body = replace(body, 'own-it', 'calm') WHERE kind = 'answered'",
    "an unreadable body": "UPDATE event SET body = '{' WHERE seq = 2",
    "text that is none": "UPDATE event SET kind = cast(X'ff80' AS TEXT) WHERE seq = 2",
    "a missing event": "DELETE FROM event WHERE seq = 2",
    "a missing end": "DELETE FROM event WHERE seq = 3",
    "no events": "DELETE FROM event",
    "a time that is none": "UPDATE session SET started_ms = 'noon'",
    "missing bytes": "DELETE FROM scenario_version",
    "other bytes": "UPDATE scenario_version SET text = cast('format: 1' AS BLOB)",
    "another seed": "UPDATE session SET seed = 7",
    "another opening": "UPDATE session SET opening = 'late'",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("keep", ["shared", "mine"])
def test_damage_is_told_and_only_a_shared_one_is_named(tmp_path: Path, statement: str, keep: str) -> None:
    session = begin(at(tmp_path), keep)  # type: ignore[arg-type]
    session.answer("own-it")
    session.answer("wait")
    spoil(tmp_path, "PRAGMA foreign_keys=OFF", statement)
    found = verdict(tmp_path)
    assert not found.right
    assert found == (Verdict(damaged=[session.id]) if keep == "shared" else Verdict(unnamed={"damaged"}))


BEHIND = {
    "the turns": "UPDATE session SET turns = 9",
    "the outcome": "UPDATE session SET outcome = 'rupture'",
    "the state": "UPDATE session SET state = 'damaged'",
    "the end": "UPDATE session SET ended_ms = NULL",
    "no picture": "DELETE FROM picture",
    "another picture": "UPDATE picture SET body = replace(body, 'settled', 'rupture')",
    "a picture that is none": "UPDATE picture SET body = '{'",
    "not listed": "DELETE FROM shared",
    "listed under another name": "UPDATE shared SET name_key = 'alex'",
    "listed as contested": "UPDATE shared SET contested = 1",
    "listed in another quarter": "UPDATE shared SET quarter = '1999-Q1'",
    "listed as signed": "UPDATE shared SET review_state = 'signed'",
}


@pytest.mark.parametrize("statement", BEHIND.values(), ids=BEHIND.keys())
def test_a_list_that_is_behind_is_told_and_mended(tmp_path: Path, statement: str) -> None:
    session = played(tmp_path)
    events = sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2")
    was = tables(tmp_path)
    spoil(tmp_path, statement)
    found = verdict(tmp_path)
    assert not found.right and [*found.behind, *found.unnamed] in ([session.id], ["behind"])
    verdict(tmp_path, mend=True)
    assert verdict(tmp_path).right
    assert sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2") == events
    again = tables(tmp_path)
    if "DELETE FROM shared" in statement:
        # when it was shared is in that row alone
        was, again = ([*rows[:-1], ()] for rows in (was, again))
    assert again == was


def tables(folder: Path) -> list[tuple[object, ...]]:
    """What lists are made of."""
    return [
        *sql(records_file(folder), "SELECT * FROM session"),
        *sql(records_file(folder), "SELECT session_id, json(body) FROM picture"),
        *sql(records_file(folder), "SELECT body FROM search"),
        *sql(records_file(folder), "SELECT * FROM shared"),
    ]


def test_a_private_session_that_is_listed_is_never_named_and_is_taken_off_the_list(tmp_path: Path) -> None:
    session = played(tmp_path)
    listed = sql(records_file(tmp_path), "SELECT * FROM shared")[0]
    session.set_keep("mine")
    marks = ", ".join("?" * len(listed))
    sql(records_file(tmp_path), f"INSERT INTO shared VALUES ({marks})", *listed)
    assert verdict(tmp_path, mend=True) == Verdict(unnamed={"behind"})
    assert sql(records_file(tmp_path), "SELECT * FROM shared") == [] and verdict(tmp_path).right


def noted(room: Room, session: Session) -> None:
    """A review with a note in it."""
    room.open(session.id).note(1, "You took your time.", True)


REVIEW: dict[str, str] = {
    "an edited note": "UPDATE review_fact SET body = replace(body, 'took', 'lost')",
    "a note that cannot be read": "UPDATE review_fact SET body = '{'",
    "a missing beginning": "DELETE FROM review_fact WHERE seq = 1",
}


@pytest.mark.parametrize("statement", REVIEW.values(), ids=REVIEW.keys())
def test_a_review_that_does_not_hold_together_is_damage(tmp_path: Path, statement: str) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    noted(room, session)
    noted(room, session)
    room.close()
    assert verdict(tmp_path).right
    spoil(tmp_path, statement)
    assert verdict(tmp_path).damaged == [session.id]


def test_one_spoilt_session_spoils_the_finding_of_no_other(tmp_path: Path) -> None:
    sessions = [begin(at(tmp_path), "shared") for _ in range(4)]
    for session, statement in zip(sessions, ("body = '{'", "chain = ''", "at_ms = 'noon'"), strict=False):
        sql(records_file(tmp_path), f"UPDATE event SET {statement} WHERE session_id = ?", key(session))
    assert sorted(verdict(tmp_path).damaged) == sorted(session.id for session in sessions[:3])
    spoil(
        tmp_path,
        "PRAGMA foreign_keys=OFF",
        f"UPDATE session SET id = 'nonsense' WHERE id = '{key(sessions[3])}'",
    )
    found = verdict(tmp_path)
    assert sorted(found.damaged) == sorted(session.id for session in sessions[:3])
    assert found.unnamed == {"damaged"}


def key(session: Session) -> str:
    """An id as SQLite has it."""
    return uuid.UUID(session.id).hex


def test_mending_marks_what_is_damaged_and_leaves_the_record_as_it_is(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    session.answer("own-it")
    spoil(tmp_path, "UPDATE event SET chain = '' WHERE seq = 2")
    events = sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2")
    assert verdict(tmp_path, mend=True).damaged == [session.id]
    assert (
        sql(records_file(tmp_path), "SELECT state FROM session UNION ALL SELECT state FROM shared")
        == [("damaged",)] * 2
    )
    assert sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2") == events


def test_what_a_newer_version_kept_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begin(at(tmp_path), "shared")

    def stricter(*_: object) -> None:
        from scenarios.load import ScenarioError

        raise ScenarioError([])

    monkeypatch.setattr(replay, "load_bytes", stricter)
    found = verdict(tmp_path)
    assert found.unread == [session.id] and found.right


def test_a_picture_made_with_another_rubric_is_compared_without_its_ratings(tmp_path: Path) -> None:
    played(tmp_path)
    spoil(
        tmp_path,
        "UPDATE picture SET body = json_set(body, '$.rubric', 'older', '$.ratings', json('{}'))",
    )
    assert verdict(tmp_path).right
    spoil(tmp_path, "UPDATE picture SET body = json_set(body, '$.contests', 9)")
    assert not verdict(tmp_path).right


def test_what_goes_on_or_is_erased_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, erased = begin(at(tmp_path), "shared"), begin(at(tmp_path), "shared")
    spoil(tmp_path, "UPDATE session SET turns = 9")
    judged = verifying._judged
    acts: dict[str, Callable[[], object]] = {
        session.id: lambda: session.answer("own-it"),
        erased.id: lambda: at(tmp_path).erase(erased.id),
    }

    def meanwhile(reader: Reader, case: verifying._Case) -> verifying.Judgement:
        found = judged(reader, case)
        acts.pop(str(case.key))()
        return found

    monkeypatch.setattr(verifying, "_judged", meanwhile)
    assert sorted(verdict(tmp_path, mend=True).behind) == sorted([session.id, erased.id])
    assert acts == {}
    assert sql(records_file(tmp_path), "SELECT id, turns FROM session") == [(key(session), 1)]
