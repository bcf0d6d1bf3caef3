"""A session goes when its time is over and somebody asks; nothing is told of those that are not shared."""

from __future__ import annotations

import uuid
from pathlib import Path

import sqlalchemy as sa

from simulator import tables
from simulator.practice import Practice
from simulator.retention import DAY_MS, Due, due, expire
from tests.simulator.service import FakeClock, at, begin, finish, records_file, sql

DAYS = 30


def asked(practice: Practice, clock: FakeClock) -> tuple[Due, ...]:
    """What would go now."""
    with practice._records()._database.reading() as connection:
        return due(connection, DAYS, clock.now_ms())


def done(practice: Practice, clock: FakeClock) -> bool:
    """Let it go."""
    with practice._records()._database.writing() as connection:
        return expire(connection, DAYS, clock.now_ms())


def test_the_shared_ones_that_would_go_are_named_and_all_whose_time_is_over_go(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    old, private = begin(practice, "shared"), begin(practice, "mine")
    started = clock.now_ms()
    finish(old)
    finish(private)
    clock.pass_ms(DAYS * DAY_MS)
    assert asked(practice, clock) == ()
    clock.pass_ms(1)
    young = begin(practice, "shared")
    assert asked(practice, clock) == (Due(old.id, "tea", started),)
    assert done(practice, clock)
    assert [row.session for row in practice.sessions()] == [young.id]
    assert not done(practice, clock) and asked(practice, clock) == ()


def test_private_ones_go_without_a_word(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    begin(practice, "mine")
    clock.pass_ms(DAYS * DAY_MS + 1)
    assert asked(practice, clock) == ()
    assert not done(practice, clock), "nobody but its trainee could know of it"
    assert practice.sessions() == []


def test_coming_back_to_it_or_reviewing_it_begins_its_time_anew(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    returned, reviewed = begin(practice, "shared"), begin(practice, "shared")
    clock.pass_ms(DAYS * DAY_MS)
    returned.answer("own-it")
    who = uuid.uuid4()
    with practice._records()._database.writing() as connection:
        values = {"passphrase": "x", "tries": 0, "wait_until_ms": 0, "sector": "", "all_groups": True}
        connection.execute(
            sa.insert(tables.facilitator).values(id=who, name="Ros", name_key="ros", made_ms=1, **values)
        )
        fact = {"kind": "note", "v": 1, "body": {}, "chain": "c", "at_ms": clock.now_ms()}
        key = uuid.UUID(reviewed.id)
        connection.execute(
            sa.insert(tables.review_fact).values(session_id=key, seq=1, facilitator_id=who, **fact)
        )
    clock.pass_ms(DAYS * DAY_MS)
    assert asked(practice, clock) == ()
    clock.pass_ms(1)
    assert {each.session for each in asked(practice, clock)} == {returned.id, reviewed.id}


def test_a_damaged_one_goes_by_when_it_was_begun(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = at(tmp_path, clock=clock)
    session = begin(practice, "shared")
    sql(records_file(tmp_path), "UPDATE event SET at_ms = 'noon'")
    sql(records_file(tmp_path), "UPDATE session SET state = 'damaged'")
    clock.pass_ms(DAYS * DAY_MS + 1)
    assert [each.session for each in asked(practice, clock)] == [session.id]
    assert done(practice, clock)
