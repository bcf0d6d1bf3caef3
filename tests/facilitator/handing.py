"""What the tests of handing over share: two machines, a reviewed session on one, and taking it in on the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.handover import opened, sealed
from facilitator.receiving import Received, receive
from simulator.backup import backup
from simulator.database import Database
from simulator.errors import SimulatorError
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import FakeClock, records_file

WORDS = "quiet heron slow linnet"


def home(folder: Path) -> Path:
    """The machine it comes from."""
    (folder / "home").mkdir(exist_ok=True)
    return folder / "home"


def ward(folder: Path) -> Path:
    """The machine it goes to."""
    (folder / "ward").mkdir(exist_ok=True)
    return folder / "ward"


def reviewed(folder: Path) -> tuple[str, bytes]:
    """A session of Sam's, shared and reviewed at home: its id, and the file its facilitator makes of it.

    Every save waits for the disk, so it is played once and copied.
    """
    if not _MADE:
        session = played(home(folder), "Sam", word="heliotrope", group="Spring")
        room = room_at(home(folder))
        review = room.open(session.id)
        review.note(1, "You gave a time.", True)
        review.note(None, "Ask about the corridor.", False)
        review.rate("C5", 4)
        review.sign()
        data = sealed(*room.hand_over(session.id), WORDS)
        room.close()
        backup(records_file(home(folder)), folder / "made", lambda _: None)
        _MADE.append(((folder / "made").read_bytes(), session.id, data))
        return session.id, data
    records, made, data = _MADE[0]
    records_file(home(folder)).parent.mkdir()
    records_file(home(folder)).write_bytes(records)
    records_file(home(folder)).chmod(0o600)
    return made, data


_MADE: list[tuple[bytes, str, bytes]] = []


def take_in(folder: Path, data: bytes, group: str = "", clock: FakeClock | None = None) -> Received:
    """Receive it on the ward."""
    database = Database(f"sqlite:///{records_file(ward(folder))}")
    try:
        return receive(database, clock or FakeClock(), opened(data, WORDS), "Bea", group)
    finally:
        database.close()


def everything(folder: Path) -> str:
    """Every row of a folder's records."""
    connection = sqlite3.connect(records_file(folder))
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def told(call: Callable[[], object]) -> SimulatorError:
    """What a call says that must fail."""
    with pytest.raises(SimulatorError) as error:
        call()
    return error.value
