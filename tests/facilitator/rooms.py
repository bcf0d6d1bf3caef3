"""What the tests of the facilitator's room share: a room on a folder's records, and sessions to find in it."""

from __future__ import annotations

from pathlib import Path

from facilitator.room import Room, open_room
from simulator.events import Keep
from simulator.session import Session
from tests.simulator.service import GOOD_ROAD, FakeClock, at, begin, records_file

WORDS = "three little words"


def room_at(folder: Path, clock: FakeClock | None = None, name: str = "Bea") -> Room:
    """A room on the records of a folder, entered; the facilitator is made where there is none yet."""
    room = closed_room(folder, clock)
    if name in room.names:
        room.enter(WORDS, name)
    elif room.empty:
        room.make_first(name, WORDS)
    return room


def closed_room(folder: Path, clock: FakeClock | None = None) -> Room:
    """The same before anybody has entered."""
    return open_room(str(records_file(folder)), clock)


def colleague(
    folder: Path,
    name: str,
    groups: tuple[str, ...] | None = None,
    clock: FakeClock | None = None,
    sector: str = "",
) -> Room:
    """Another facilitator's room; they are added by the first."""
    first = room_at(folder, clock)
    if name not in first.names:
        first.add(name, WORDS, sector, groups)
    first.close()
    room = closed_room(folder, clock)
    room.enter(WORDS, name)
    return room


def played(
    folder: Path,
    trainee: str = "Sam",
    keep: Keep = "shared",
    word: str = "tired",
    group: str | None = None,
    clock: FakeClock | None = None,
) -> Session:
    """A session on the good road, with the trainee's own say; left open for more."""
    practice = at(folder, trainee, clock=clock)
    if group is not None:
        practice.join_group(group)
    session = begin(practice, keep)
    for reply in GOOD_ROAD:
        session.answer(reply)
    session.say_word(word)
    session.say_account("It was the time I gave.")
    session.rate_self("C5", 3)
    session.close_self_rating()
    return session
