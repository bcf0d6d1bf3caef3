"""What the tests on a real PostgreSQL share: practices that are closed, and the database behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from simulator.database import Database
from simulator.events import Keep
from simulator.locations import records_url
from simulator.practice import Practice, open_practice
from tests.simulator.service import FakeClock

OPENED: list[Practice] = []


def at(url: str, name: str | None = "Sam", keep: Keep = "mine", clock: FakeClock | None = None) -> Practice:
    """A practice on a server's records; conftest closes it after the test."""
    OPENED.append(open_practice(url, name, keep, clock=clock))
    return OPENED[-1]


def sql(url: str, text: str, **values: Any) -> list[tuple[Any, ...]]:
    """Behind the program's back: one statement straight on the database."""
    engine = sa.create_engine(records_url(url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        done = connection.execute(sa.text(text), values)
        return [tuple(row) for row in done] if done.returns_rows else []


@contextmanager
def database(url: str) -> Iterator[Database]:
    """The records themselves."""
    opened = Database(records_url(url))
    try:
        yield opened
    finally:
        opened.close()
