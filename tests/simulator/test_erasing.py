"""What is erased is in no table, no index and no file beside the records; what somebody did stays, unnamed."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from simulator import database, erasing, tables
from simulator.audit import note
from simulator.erasing import erase_learner, erase_sessions, sessions_of
from simulator.practice import Practice
from simulator.session import Session
from tests.simulator.service import FakeClock, at, begin, finish, records_file, screen, sql

PLANTED = ("heliotrope", "Zebedee", "wisteria", "gentian", "celandine")


def everything(folder: Path) -> bytes:
    """The bytes of every file in the records' folder."""
    return b"".join(file.read_bytes() for file in records_file(folder).parent.iterdir())


def left(folder: Path, *words: str) -> list[str]:
    """Which of these words can still be found, whole or without their first letters, which an index shares."""
    raw = everything(folder).lower()
    return [word for word in words if word.lower().encode() in raw or word[2:].lower().encode() in raw]


def tell_all(session: Session) -> None:
    """A session to its end, with planted words wherever somebody can write some."""
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    session.say_word("heliotrope")
    session.say_account("The wisteria was in the corridor.")
    session.rate_self("C3", 4)
    session.close_self_rating()
    session.keep_one("the gentian")
    session.try_one("the celandine", "on Monday")


def reviewed(practice: Practice, session: Session) -> None:
    """What a facilitator's room leaves: a fact with words in it, who looked, and the trainee's group."""
    records, key = practice._records(), uuid.UUID(session.id)
    who = uuid.uuid4()
    with records._database.writing() as connection:
        values = {"passphrase": "x", "tries": 0, "wait_until_ms": 0, "sector": "", "all_groups": True}
        connection.execute(
            sa.insert(tables.facilitator).values(id=who, name="Ros", name_key="ros", made_ms=1, **values)
        )
        fact = {"kind": "note", "v": 1, "body": {"text": "She said wisteria."}, "chain": "c", "at_ms": 1}
        connection.execute(
            sa.insert(tables.review_fact).values(session_id=key, seq=1, facilitator_id=who, **fact)
        )
        connection.execute(sa.insert(tables.membership).values(learner_id=practice._mine(), group_name="A"))
        note(connection, 1, "Ros", "opened", key)
        note(connection, 2, "Ros", "exported", None, "trainee=Zebedee")
        note(connection, 3, "Zebedee", "withdrew", key)


def test_every_table_that_knows_of_a_session_or_a_trainee_is_named() -> None:
    def knowing(of: sa.Table) -> set[str]:
        return {
            table.name
            for table in tables.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table is of and table is not tables.session
        }

    of_a_session = {table.name for table in erasing.OF_A_SESSION}
    assert knowing(tables.session) == of_a_session
    assert knowing(tables.learner) - of_a_session == {table.name for table in erasing.OF_A_LEARNER}


@pytest.mark.parametrize("ahead", [False, True], ids=["rollback journal", "write-ahead file"])
def test_an_erased_trainee_is_nowhere_in_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    if ahead:
        monkeypatch.setattr(database, "SAFE_WAL", (3, 0, 0))
    other = begin(at(tmp_path, "Alex"), "shared")
    finish(other)
    practice = at(tmp_path, "Zebedee")
    for keep in ("shared", "mine"):
        session = begin(practice, keep)
        tell_all(session)
        if keep == "shared":
            reviewed(practice, session)
    copy = records_file(tmp_path).with_name("records.sqlite3.before-0002")
    copy.write_bytes(records_file(tmp_path).read_bytes())
    assert left(tmp_path, *PLANTED) == list(PLANTED)
    records = practice._records()
    with records._database.writing() as connection:
        erase_learner(connection, practice._mine())
    assert records._database.wipe()
    assert left(tmp_path, *PLANTED) == []
    assert session.id.replace("-", "").encode() not in everything(tmp_path)
    assert at(tmp_path, "Zebedee").sessions() == []
    trail = sql(records_file(tmp_path), "SELECT actor, act, session_id, detail FROM audit ORDER BY id")
    assert trail == [
        ("Ros", "opened", None, ""),
        ("Ros", "exported", None, ""),
        ("somebody since erased", "withdrew", None, ""),
    ]
    assert screen(at(tmp_path, "Alex").resume(other.id)) == screen(other), "others stay, with their bytes"


def test_a_shared_session_erased_by_its_trainee_leaves_a_line_and_a_private_one_none(tmp_path: Path) -> None:
    practice = at(tmp_path, clock=FakeClock())
    shared, private = begin(practice, "shared"), begin(practice, "mine")
    practice.erase(private.id)
    assert sql(records_file(tmp_path), "SELECT * FROM audit") == []
    practice.erase(shared.id)
    assert sql(records_file(tmp_path), "SELECT actor, act, session_id, detail FROM audit") == [
        ("a trainee", "erased", None, "")
    ]


def test_many_sessions_at_once_and_only_those(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "_AT_ONCE", 2)
    practice = at(tmp_path)
    kept = begin(practice, "shared")
    gone = [begin(practice, "shared") for _ in range(5)]
    with practice._records()._database.writing() as connection:
        assert erase_sessions(connection, (uuid.UUID(session.id) for session in gone))
        assert not erase_sessions(connection, [uuid.uuid4()])
        assert sessions_of(connection, practice._mine()) == [uuid.UUID(kept.id)]
    for table in ("session", "event", "shared"):
        column = "id" if table == "session" else "session_id"
        keys = sql(records_file(tmp_path), f"SELECT DISTINCT {column} FROM {table}")
        assert keys == [(uuid.UUID(kept.id).hex,)]


def test_while_another_window_reads_the_write_ahead_file_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SAFE_WAL", (3, 0, 0))
    practice = at(tmp_path)
    tell_all(begin(practice, "shared"))
    records = practice._records()
    with at(tmp_path)._records()._database.reading() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        with records._database.writing() as connection:
            erase_learner(connection, practice._mine())
        assert not records._database.wipe()
    assert records._database.wipe()
    assert left(tmp_path, *PLANTED) == []
