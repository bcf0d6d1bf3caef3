"""Who looks after the records, and on what: asked of every `records` command that does not only say where they are.

Whoever runs one gives a facilitator's passphrase, so that the trail has a name. While nobody has been made a
facilitator, or where the file is too damaged to say, looking over, copying and putting back work for whoever can
open the file anyway: a ward must be able to save its records before it has named anybody, and after a disk has
failed. Taking away always needs a name.
"""

from __future__ import annotations

import contextlib
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scenarios.commands import WRONG_USE, Stop, shown
from simulator import audit, locations
from simulator.clock import SystemClock

if TYPE_CHECKING:
    from simulator.database import Database

_ALL_ONLY: Final = "looking after the records is for somebody who looks after all groups: ask one of them."
_NO_NAME: Final = (
    "nobody has been made a facilitator on these records yet: `words-first review` makes the first."
)


@dataclass(frozen=True, slots=True)
class Care:
    """Who looks after which records; `name` is the facilitator's, None while there is none."""

    name: str | None
    database: Database

    @property
    def actor(self) -> str:
        """Who the trail says it was."""
        return self.name or audit.NOBODY_YET


def present(arguments: Namespace) -> Path | None:
    """The file of the records, None for a server. Raises Stop where there is nothing yet; none is made."""
    path = locations.sqlite_path(locations.records_url(arguments.records))
    if path is not None and not os.path.lexists(path):
        raise Stop(f"there are no records there ({shown(path)}).", WRONG_USE)
    return path


@contextlib.contextmanager
def caring(arguments: Namespace, named: bool = False) -> Iterator[Care]:
    """The records, and who looks after them. Raises Stop where a name is needed and there is none yet."""
    from simulator.database import Database

    name = facilitator_of(arguments)
    if named and name is None:
        raise Stop(_NO_NAME, WRONG_USE)
    database = Database(locations.records_url(arguments.records))
    try:
        yield Care(name, database)
    finally:
        for warning in database.warnings:
            print(shown(warning), file=sys.stderr)
        database.close()


def facilitator_of(arguments: Namespace) -> str | None:
    """Who gave their passphrase; None while nobody has been made a facilitator."""
    from facilitator.asking import entered
    from facilitator.room import open_room

    room = open_room(arguments.records)
    try:
        if room.empty:
            return None
    finally:
        room.close()
    room = entered(arguments, f"records {arguments.doing}")
    try:
        if room.me.groups is not None:
            raise Stop(_ALL_ONLY, WRONG_USE)
        name: str = room.me.name
        return name
    finally:
        room.close()


def noted(database: Database, actor: str, act: str) -> None:
    with database.writing() as connection:
        audit.note(connection, SystemClock().now_ms(), actor, act)
