"""What `records backup`, `restore` and `seal` do: whole copies, and whole copies put in place."""

from __future__ import annotations

import contextlib
import os
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from facilitator.care import caring, facilitator_of, noted, present
from facilitator.talking import progress, say, sure
from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Stop, shown
from simulator import audit, locations
from simulator.clock import SystemClock
from simulator.errors import StoreTrouble

if TYPE_CHECKING:
    from simulator.database import Database

_SERVERS_OWN: Final = "these records are on a server: copy them with its own tools (pg_dump, pg_restore)."


def backup(arguments: Namespace) -> int:
    """`records backup`: a whole new file, or none at all."""
    from simulator.backup import backup as copy

    path = present(arguments)
    if path is None:
        raise Stop(_SERVERS_OWN, WRONG_USE)
    target = Path(arguments.target)
    if target.is_dir():
        target /= f"words-first-{datetime.now():%Y-%m-%d-%H%M%S}.sqlite3"
    with caring(arguments) as care:
        with progress("Copying the records") as tell:
            copy(path, target, tell)
        noted(care.database, care.actor, audit.BACKED_UP)
    print(
        f"A whole copy of the records is in {shown(target)}. It holds all they hold: keep it as safe as them."
    )
    return DONE


def restore(arguments: Namespace) -> int:
    """`records restore`: with --check 1 where the backup holds a damaged session, and nothing is changed."""
    from facilitator import verifying
    from simulator.backup import candidate, put_in_place
    from simulator.database import Database

    path = locations.sqlite_path(locations.records_url(arguments.records))
    if path is None:
        raise Stop(_SERVERS_OWN, WRONG_USE)
    actor = _restorer(arguments, path)
    with contextlib.ExitStack() as held:
        with progress("Copying the backup") as tell:
            building = held.enter_context(candidate(path, Path(arguments.backup), tell))
        database = Database(f"sqlite:///{building}")
        held.callback(database.close)
        with progress("Playing every session through") as tell:
            verdict = verifying.verify(database, tell)
        say(verdict, mended=False)
        if arguments.check:
            return DONE if verdict.right else NOT_RIGHT
        sure(
            f"Put {shown(arguments.backup)} in the place of the present records? (yes/no)",
            "yes",
            arguments.yes,
        )
        lost = _carry_the_trail(path, database, actor)
        database.close()
        aside = put_in_place(path, building, datetime.now())
    print(f"The backup is in place: {shown(path)}")
    if aside is not None:
        print(f"What was there before is kept as it was in {shown(aside)}")
    for when in lost:
        print(
            f"After this backup was made, on {when:%Y-%m-%d}, something was erased. It is back now: erase it again."
        )
    return DONE


def seal(arguments: Namespace) -> int:
    """`records seal`: the same records, in a file that only the key opens."""
    from simulator.backup import put_in_place, sealed
    from simulator.database import Database
    from simulator.sqlite import key_file

    path = present(arguments)
    if path is None:
        raise Stop("records on a server are sealed by the server's own means.", WRONG_USE)
    actor = facilitator_of(arguments) or audit.NOBODY_YET
    sure("Without the key nobody will be able to open the records. Go on? (yes/no)", "yes", arguments.yes)
    with progress("Sealing the records") as tell, sealed(path, tell) as (building, watch):
        database = Database(f"sqlite:///{building}")
        try:
            noted(database, actor, audit.SEALED)
        finally:
            database.close()
        aside = put_in_place(path, building, datetime.now(), watch)
    print(f"The records are sealed: {shown(path)}")
    print(f"The key is in {shown(key_file(path))}. Keep a copy of it apart from this computer.")
    print(
        f"What was there before is still open to read in {shown(aside)}: take it away, and open backups too."
    )
    return DONE


def _restorer(arguments: Namespace, path: Path) -> str:
    """Who puts a backup in place, for the trail; records too damaged to say who may ask nobody."""
    from simulator.backup import look_over

    if not os.path.lexists(path):
        return audit.NOBODY_YET
    try:
        look_over(path)
    except StoreTrouble as damage:
        if damage.retry:
            raise
        return audit.NOBODY_YET
    return facilitator_of(arguments) or audit.NOBODY_YET


def _carry_the_trail(path: Path, restored: Database, actor: str) -> list[datetime]:
    """Add what the present trail has and the backup's has not, and that it was restored.

    Gives back when something was erased that the backup still holds.
    """
    from simulator.database import Database

    lines: list[audit.Line] = []
    with contextlib.suppress(StoreTrouble):
        present = Database(f"sqlite:///{path}") if os.path.lexists(path) else None
        if present is not None:
            try:
                with present.reading() as connection:
                    lines = audit.lines(connection)
            finally:
                present.close()
    with restored.writing() as connection:
        added = audit.carry(connection, lines)
        audit.note(connection, SystemClock().now_ms(), actor, audit.RESTORED)
    return [datetime.fromtimestamp(line.at_ms / 1000) for line in added if line.act in audit.TAKEN_AWAY]
