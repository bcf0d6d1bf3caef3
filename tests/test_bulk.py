"""The bulk writer of the benchmarks writes, row for row and letter for letter, what playing the same sessions does."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bulk
from benchmarks.ward import TURNS, Hands, Sitting, loaded, people, play, sittings
from facilitator import passphrases
from facilitator.room import Room, open_room
from simulator.practice import open_practice
from simulator.records import Records, open_records
from simulator.tables import metadata

MANY = 22
PEOPLE = 8
SEED = 11
LEFT_OUT = {"account", "facilitator", "facilitator_group"}
"""Tables that hold who uses the program and no session: no computer account played these."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The same sessions played for real, and written in bulk; the facilitator is the same in both."""
    folder = tmp_path_factory.mktemp("both")
    real, fast = folder / "real.sqlite3", folder / "fast.sqlite3"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passphrases, "ROUNDS", 1)
        patched.setattr(passphrases, "MEMORY", 8192)
        patched.setattr(bulk, "AT_ONCE", 7)
        key = uuid.UUID(int=77, version=4)
        patched.setattr("facilitator.people.uuid.uuid4", lambda: key)
        list(bulk.fill(fast, MANY, SEED, PEOPLE))
        room = open_room(str(real), Hands())
        room.make_first(bulk.NAME, bulk.PASSPHRASE)
        room.close()
        _play_all(real, patched)
    yield real, fast


def _play_all(file: Path, patched: pytest.MonkeyPatch) -> None:
    clock = Hands()
    records = open_records(f"sqlite:///{file}", 1, ("synchronous=OFF",), clock)
    room = open_room(str(file), Hands())
    who = people(PEOPLE, SEED)
    for each in who:
        records.make(each.id, each.name, None)
        if each.group:
            records.join_group(each.id, each.group)
    for sitting in sittings(MANY, who, SEED):
        patched.setattr("simulator.practice.uuid.uuid4", lambda chosen=sitting: chosen.id)
        _play_one(file, records, room, sitting, clock)
    records.close()


def _play_one(file: Path, records: Records, room: Room, sitting: Sitting, clock: Hands) -> None:
    bulk.set_clock(clock, sitting)
    practice = open_practice(str(file), sitting.who.name, clock=clock, open_records=lambda _: records)
    known = loaded(sitting.scenario)
    session = practice.start(known, "shared", seed=sitting.seed, confidence=sitting.confidence)
    play(session, sitting, clock)
    drawn = session._course.summary().picture
    if sitting.review is None or drawn is None:
        return
    assert isinstance(room._clock, Hands)
    room._clock.wall = sitting.started_ms + bulk.REVIEWED_AFTER_MS
    room.enter(bulk.PASSPHRASE)
    review = room.open(session.id)
    for (dimension, _), value in zip(bulk.to_rate(drawn), sitting.review.ratings, strict=False):
        review.rate(dimension, value)
    review.note(1, sitting.review.note, True)
    if sitting.review.signed:
        review.sign()


def rows(file: Path, table: str) -> list[tuple[Any, ...]]:
    """Everything in a table as the file has it; of the trail, the lines about a session."""
    columns = "rowid, *" if table == "search" else "*"
    where = " WHERE session_id IS NOT NULL" if table == "audit" else ""
    if table == "audit":
        columns = "session_id, at_ms, actor, act, detail"
    connection = sqlite3.connect(file)
    try:
        return sorted(connection.execute(f"SELECT {columns} FROM {table}{where}").fetchall(), key=repr)
    finally:
        connection.close()


@pytest.mark.parametrize("table", [table.name for table in bulk.ORDER])
def test_every_row_is_the_one_that_play_writes(both: tuple[Path, Path], table: str) -> None:
    real, fast = (rows(file, table) for file in both)
    assert real and fast == real


def test_every_table_is_compared_or_left_out_for_a_reason(both: tuple[Path, Path]) -> None:
    compared = {table.name for table in bulk.ORDER}
    assert set(metadata.tables) | {"search"} == compared | LEFT_OUT and not compared & LEFT_OUT


def test_what_is_compared_has_everything_in_it(both: tuple[Path, Path]) -> None:
    kinds = {row[4] for row in rows(both[0], "event")}
    assert kinds >= {
        "began", "answered", "reached", "rewound", "paused", "unpaused", "suspended", "resumed", "stepped-out",
        "confidence", "word", "account", "self-rating", "self-rated", "inquired", "contested", "to-keep", "to-try",
    }  # fmt: skip
    connection = sqlite3.connect(both[0])
    said = "SELECT DISTINCT {} FROM shared"
    states, reviews = (
        {row[0] for row in connection.execute(said.format(column))} for column in ("state", "review_state")
    )
    connection.close()
    assert states == {"ended", "suspended", "stepped-out"} and reviews == {"waiting", "begun", "signed"}


def test_a_session_has_about_twenty_turns(both: tuple[Path, Path]) -> None:
    answered = sum(row[4] == "answered" for row in rows(both[1], "event"))
    assert 0.8 * TURNS * MANY <= answered <= 1.8 * TURNS * MANY


def test_the_written_ones_play_again_to_what_they_say(both: tuple[Path, Path]) -> None:
    room = open_room(str(both[1]), Hands())
    room.enter(bulk.PASSPHRASE)
    listed = list(room.rows())
    played = [(row, room.open(row.session).course.summary()) for row in listed]
    room.close()
    assert len(listed) == MANY
    assert all(
        (row.state, row.outcome, row.takes, row.turns) == (it.state, it.outcome, it.takes, it.turns)
        for row, it in played
    )
