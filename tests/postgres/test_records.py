"""The records on a real PostgreSQL: the same sessions, lists, searches, erasures and refusals as on SQLite."""

from __future__ import annotations

import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from simulator import migrate, tables
from simulator.database import Database
from simulator.errors import AlreadyOpen, NotFound, SimulatorError, StoreTrouble, WrongPin
from simulator.locations import records_url
from simulator.session import Session
from tests.postgres.served import at, database, sql
from tests.simulator import service
from tests.simulator.service import FakeClock, begin, finish, screen

LAYOUT = Path(__file__).parents[1] / "simulator" / "layout-0001.sql"


def wander(session: Session, seed: int) -> None:
    """Some steps, chosen by the seed, with a retake now and then."""
    for step in range(8):
        now = session.now()
        if now.ended or (seed + step) % 5 == 4:
            session.rewind(max(1, now.turn - 2)) if now.turn > 1 else session.reach()
        else:
            session.answer(now.replies[(seed + step * step) % len(now.replies)].id)


def test_the_versions_come_to_the_tables_of_this_program(url: str) -> None:
    with database(url) as opened, opened.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: name != "search"}
        )
        assert compare_metadata(context, tables.metadata) == []
    assert sql(url, "SELECT version_num FROM alembic_version") == [(tables.HEAD,)]


def test_every_walk_comes_back_as_it_was_and_as_on_sqlite(url: str, tmp_path: Path) -> None:
    for seed in range(6):
        here = at(url).start(service.tea(), "mine", seed=seed)
        there = service.at(tmp_path).start(service.tea(), "mine", seed=seed)
        wander(here, seed)
        wander(there, seed)
        again = at(url).resume(here.id)
        assert screen(again) == screen(here) == screen(there)
        shown, other = at(url).show(here.id), service.at(tmp_path).show(there.id)
        assert shown["takes"][0]["turns"][0]["said"] == other["takes"][0]["turns"][0]["said"]
        assert [len(take["turns"]) for take in shown["takes"]] == [
            len(take["turns"]) for take in other["takes"]
        ]


def test_lists_pages_and_prefixes(url: str) -> None:
    practice = at(url, clock=FakeClock())
    made = {begin(practice).id for _ in range(5)}
    pages, last = [], None
    while page := practice.sessions(2, last):
        pages += page
        last = page[-1]
    assert len(pages) == 5 and {row.session for row in pages} == made
    one = pages[0].session
    assert practice.resume(one[:8]).id == one
    assert practice.unfinished()[0].session in made
    with pytest.raises(NotFound):
        at(url, "Alex").show(one)


def test_who_practises(url: str) -> None:
    practice = at(url, "Sam")
    practice.make("Zoë", "1234")
    with pytest.raises(SimulatorError):
        practice.make("ZOË")
    practice.rename("Zoe")
    assert [each.name for each in practice.trainees()] == ["Zoe"]
    with pytest.raises(WrongPin):
        at(url, "zoe").choose("ZOE", "9999")
    assert at(url, "zoe").choose("ZOE", "1234").name == "Zoe"


def test_what_was_shared_and_taken_back_and_erased(url: str) -> None:
    session, other = begin(at(url), "shared"), begin(at(url))
    finish(session)
    assert sql(url, "SELECT state, outcome, review_state FROM shared") == [("ended", "settled", "waiting")]
    assert sql(url, "SELECT count(*) FROM search") == [(1,)]
    session.set_keep("mine")
    assert sql(url, "SELECT count(*) FROM shared") == sql(url, "SELECT count(*) FROM search") == [(0,)]
    session.set_keep("shared")
    at(url).erase(session.id)
    for table in ("event", "picture", "shared"):
        keys = sql(url, f"SELECT DISTINCT session_id FROM {table}")
        assert keys in ([(uuid.UUID(other.id),)], [])
    assert sql(url, "SELECT act, session_id FROM audit") == [("erased", None)]
    other.set_keep("none")
    assert sql(url, "SELECT count(*) FROM scenario_version") == [(0,)]


def test_a_second_window_takes_over_and_the_first_is_told(url: str) -> None:
    first = begin(at(url))
    second = at(url).resume()
    with pytest.raises(AlreadyOpen):
        first.answer("own-it")
    second.answer("own-it")
    assert sql(url, "SELECT max(seq), count(*) FROM event") == [(3, 3)]


def test_several_people_at_once_lose_nothing(url: str) -> None:
    sessions = [begin(at(url, name), "shared") for name in ("Sam", "Alex", "Jo", "Robin")]

    def play(session: Session) -> None:
        for _ in range(15):
            session.reach()

    with ThreadPoolExecutor(len(sessions)) as people:
        list(people.map(play, sessions))
    assert sql(url, "SELECT last_seq FROM session") == [(16,)] * 4
    assert sql(url, "SELECT count(*) FROM event") == [(64,)]


def test_two_windows_of_one_session_at_once_keep_one_answer(url: str) -> None:
    session = begin(at(url))
    windows = [at(url).resume(session.id) for _ in range(4)]

    def answer(window: Session) -> bool:
        try:
            window.answer("own-it")
        except AlreadyOpen:
            return False
        return True

    with ThreadPoolExecutor(len(windows)) as people:
        kept = list(people.map(answer, windows))
    assert kept.count(True) <= 1
    assert sql(url, "SELECT max(seq) - count(*) FROM event") == [(0,)]


def test_a_damaged_session_is_said_to_be_and_the_others_work(url: str) -> None:
    session, other = begin(at(url)), begin(at(url))
    session.answer("own-it")
    sql(url, "UPDATE event SET body = '[]' WHERE session_id = :key AND seq = 2", key=uuid.UUID(session.id))
    with pytest.raises(SimulatorError, match="damaged"):
        at(url).resume(session.id)
    states = {row.session: row.state for row in at(url).sessions()}
    assert states == {session.id: "damaged", other.id: "running"}


def test_a_server_that_is_away_is_a_sentence_without_the_password(url: str) -> None:
    away = url.replace("words@", "words:hush@").rpartition(":")[0] + ":9/records"
    with pytest.raises(StoreTrouble) as told:
        at(away).sessions()
    assert told.value.advice and "hush" not in str(told.value)


# upgrading


def test_records_of_the_first_layout_come_up_with_every_row(url: str) -> None:
    before = _first_layout(url)
    with database(url):
        pass
    assert {name: sql(url, f"SELECT count(*) FROM {name}")[0][0] for name in before} == before
    assert sql(url, "SELECT version_num FROM alembic_version") == [(tables.HEAD,)]
    assert len(sql(url, "SELECT * FROM shared")) == 1
    practice = at(url, "Quiet Heron")
    practice.unlock("1234")
    again = practice.resume("79f88447")
    again.answer("ring-now")
    assert again.state == "ended"


def _first_layout(url: str) -> dict[str, int]:
    """The rows that an earlier version left on SQLite, in the tables it would have made here."""
    engine = sa.create_engine(records_url(url), poolclass=sa.NullPool)
    kept = sqlite3.connect(":memory:")
    kept.executescript(LAYOUT.read_text(encoding="utf-8"))
    counted: dict[str, int] = {}
    with engine.begin() as connection:
        command.upgrade(migrate.config(connection), "0001")
        for name in ("learner", "account", "scenario_version", "vocabulary_version", "session", "event"):
            here = sa.Table(name, sa.MetaData(), autoload_with=connection)
            rows = kept.execute(f"SELECT * FROM {name}")
            names = [column[0] for column in rows.description]
            values = [_typed(dict(zip(names, row, strict=True))) for row in rows]
            connection.execute(sa.insert(here), values)
            counted[name] = len(values)
    kept.close()
    return counted


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """A row of SQLite's in the types of a server."""
    import json

    for name in ("id", "learner_id", "session_id"):
        if name in row:
            row[name] = uuid.UUID(row[name])
    if "body" in row:
        row["body"] = json.loads(row["body"])
    if "told" in row:
        row["told"] = bool(row["told"])
    return row


def test_an_upgrade_that_fails_never_happened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _first_layout(url)

    def failing(*_: object) -> None:
        raise sa.exc.OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as broken:
        broken.setattr(migrate, "_share", failing)
        with pytest.raises(StoreTrouble):
            Database(records_url(url))
    assert sql(url, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert {name: sql(url, f"SELECT count(*) FROM {name}")[0][0] for name in before} == before
