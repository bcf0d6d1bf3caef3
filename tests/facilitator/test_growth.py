"""What a list costs follows from what it shows, not from how many sessions there are: counted in the database's steps.

SQLite tells after how many steps of its machine it is. Milliseconds are for the benchmarks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from facilitator.room import Room
from facilitator.rows import SORTS, Filter, Sort
from tests.facilitator.bulk import START, fill
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import records_file, sql

FEW, MANY = 300, 2_400
STEPS = 4
"""Steps from one count to the next."""


class Counter:
    """Counts steps and statements of a room's database."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.steps = self.statements = 0
        engine = room._store._database.engine
        engine.dispose()
        sa.event.listen(engine, "checkout", self._watch)
        sa.event.listen(engine, "before_cursor_execute", self._one_more)

    def _watch(self, connection: Any, *_: object) -> None:
        connection.set_progress_handler(self._went_on, STEPS)

    def _went_on(self) -> int:
        self.steps += 1
        return 0

    def _one_more(self, *_: object) -> None:
        self.statements += 1

    def cost(self, call: Callable[[], object]) -> tuple[int, int]:
        """Steps and statements of a call, once what it needs has been read in."""
        call()
        self.steps = self.statements = 0
        call()
        return self.steps * STEPS, self.statements


@pytest.fixture(scope="module")
def counters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counter, Counter]]:
    """Two rooms, one over eight times as many sessions as the other."""
    from facilitator import passphrases

    made = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passphrases, "ROUNDS", 1)
        patched.setattr(passphrases, "MEMORY", 8192)
        for many in (FEW, MANY):
            folder = tmp_path_factory.mktemp("many")
            room = room_at(folder)
            fill(records_file(folder), many)
            made.append(Counter(room))
    yield made[0], made[1]
    for counter in made:
        counter.room.close()


def grows(counters: tuple[Counter, Counter], call: Callable[[Room], object]) -> float:
    """How many times as many steps the same takes where there is eight times as much; statements stay the same."""
    (few, asked), (many, asked_again) = (counter.cost(partial(call, counter.room)) for counter in counters)
    assert asked == asked_again and few > 0
    return many / few


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_costs_what_it_shows(counters: tuple[Counter, Counter], sort: Sort) -> None:
    assert grows(counters, lambda room: room.page(sort=sort, limit=10)) < 1.2


def test_the_last_page_costs_what_the_first_does(counters: tuple[Counter, Counter]) -> None:
    room = counters[1].room
    *_, last, _ = (rows[-1] for rows in pages(room))
    first, _ = counters[1].cost(lambda: room.page(limit=10))
    deep, _ = counters[1].cost(lambda: room.page(limit=10, after=last))
    assert deep < 1.5 * first


def pages(room: Room) -> Iterator[list[Any]]:
    """Page after page of a hundred."""
    rows = room.page(limit=100)
    while rows:
        yield rows
        rows = room.page(limit=100, after=rows[-1])


FILTERS = {
    "scenario": Filter(scenario="door"),
    "since": Filter(since=datetime.fromtimestamp(START / 1000 + 86_400, UTC)),
    "until": Filter(until=datetime.fromtimestamp(START / 1000 + 3 * 86_400, UTC)),
    "outcome": Filter(outcome="rupture"),
    "review": Filter(review="waiting"),
    "contested": Filter(contested=True),
    "group": Filter(group="North"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filtered_page_costs_what_it_shows(counters: tuple[Counter, Counter], name: str) -> None:
    assert grows(counters, lambda room: room.page(FILTERS[name], limit=10)) < 1.5


def test_a_trainees_page_in_the_order_of_names_costs_what_it_shows(counters: tuple[Counter, Counter]) -> None:
    which = Filter(trainee="amber fox")
    assert grows(counters, lambda room: room.page(which, "trainee", limit=10)) < 1.5


def test_words_that_few_said_cost_what_they_find(counters: tuple[Counter, Counter]) -> None:
    for counter in counters:
        file = counter.room._store._database.path
        assert file is not None
        sql(
            file,
            "INSERT INTO search(rowid, session_id, body) SELECT 1, session_id, 'quokka' FROM shared LIMIT 1",
        )
    # the index of words has more parts where there are more words
    assert grows(counters, lambda room: room.page(Filter(words="quokka"))) < 3


def test_it_would_be_noticed_where_an_index_is_missing(counters: tuple[Counter, Counter]) -> None:
    for counter in counters:
        file = counter.room._store._database.path
        assert file is not None
        index = sql(file, "SELECT name, sql FROM sqlite_master WHERE name LIKE 'ix_shared_scenario%'")[0]
        sql(file, f"DROP INDEX {index[0]}")
    assert grows(counters, lambda room: room.page(sort="scenario", limit=10)) > 4


def test_one_session_costs_the_same_beside_many(tmp_path: Path) -> None:
    session = played(tmp_path)
    counter = Counter(room_at(tmp_path))
    alone = counter.cost(lambda: counter.room.open(session.id).whole)
    fill(records_file(tmp_path), MANY)
    beside, statements = counter.cost(lambda: counter.room.open(session.id).whole)
    assert statements == alone[1] and beside < 1.2 * alone[0]


def test_pictures_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        played(tmp_path)
    monkeypatch.setattr("facilitator.store._AT_ONCE", 2)
    counter = Counter(room_at(tmp_path))
    taking = counter.room.pictures()
    asked = []
    for _ in taking:
        asked.append(counter.statements)
    assert len(asked) == 5 and asked[0] == asked[1] < asked[2] == asked[3] < asked[4]
