"""What `records where`, `verify`, `erase` and `retention` do; nobody is told of a session that was kept private,
not even by a count. `where` asks for no passphrase: it says no more than the folder does.
"""

from __future__ import annotations

import contextlib
import os
import sys
import uuid
from argparse import Namespace
from datetime import UTC, datetime
from typing import Final

from facilitator.care import Care, caring, noted, present
from facilitator.talking import progress, say, sure
from scenarios.commands import DONE, NOT_RIGHT, shown
from simulator import audit, locations
from simulator.clock import SystemClock
from simulator.errors import NotFound, StoreTrouble
from simulator.settings import FILE, read_settings

_SEALED: Final = {
    True: "no: whoever can open the file can read it",
    False: "with a key, unless it is damaged",
    None: "there is nothing in it",
}


def where(arguments: Namespace) -> int:
    """`records where`."""
    from simulator.backup import older
    from simulator.sqlite import is_plain

    path = locations.sqlite_path(locations.records_url(arguments.records))
    if path is None:
        from sqlalchemy import make_url

        address = make_url(locations.records_url(arguments.records)).render_as_string(hide_password=True)
        print(f"The records are on a server: {shown(address)}")
        return DONE
    if not os.path.lexists(path):
        print(f"There are no records yet; they will be made here: {shown(path)}")
        return DONE
    found = path.stat()
    print(f"The records:  {shown(path)} ({_size(found.st_size)})")
    if os.name != "nt":
        others = "others on this computer too" if found.st_mode & 0o077 else "this computer account alone"
        print(f"Readable by:  {others}")
    print(f"Sealed:       {_SEALED[is_plain(path)]}")
    print(f"Settings:     {shown(path.parent / FILE)}")
    for copy in older(path):
        print(f"Older copy:   {shown(copy)} ({_size(copy.stat().st_size)})")
    return DONE


def verify(arguments: Namespace) -> int:
    """`records verify`: 1 where the file or a session is damaged, or a list is behind."""
    from facilitator import verifying
    from simulator.backup import look_over

    path = present(arguments)
    if path is not None:
        try:
            look_over(path)
        except StoreTrouble as damage:
            if damage.retry:
                raise
            print(shown(damage))
            return NOT_RIGHT
    with caring(arguments) as care:
        now = SystemClock().now_ms()
        with progress("Playing every session through") as tell:
            verdict = verifying.verify(care.database, tell, mend_at_ms=now if arguments.mend else None)
        with contextlib.suppress(StoreTrouble):
            # a backup on a disk that may only be read has no trail to write to
            noted(care.database, care.actor, audit.VERIFIED)
    say(verdict, arguments.mend)
    damaged = verdict.damaged or "damaged" in verdict.unnamed
    return NOT_RIGHT if damaged or not (verdict.right or arguments.mend) else DONE


def erase(arguments: Namespace) -> int:
    """`records erase`: a trainee with everything of theirs, or one session that they shared."""
    from simulator.backup import older

    present(arguments)
    with caring(arguments, named=True) as care:
        name = shown(arguments.trainee)
        what = "This session of theirs" if arguments.session else "Everything kept of them"
        sure(f"{what} will be gone for good. Type {name} to go on:", arguments.trainee.strip(), arguments.yes)
        _erase(care, arguments.trainee, arguments.session)
        clean = care.database.wipe()
    print("It is erased. The trail keeps that it was done, and not whose it was.")
    if not clean:
        print(
            "Another window was reading meanwhile; the last traces go when it is closed and something is saved."
        )
    if care.database.path is None:
        print(
            "The server gives the room back at its next VACUUM; its own logs and backups age out by its own rules."
        )
    for copy in older(care.database.path) if care.database.path else ():
        print(f"An older copy may still hold it: {shown(copy)}. Take that away once nobody needs it.")
    return DONE


def retention(arguments: Namespace) -> int:
    """`records retention`: what has had its time; with --apply it goes."""
    from simulator.retention import due, expire

    present(arguments)
    url = locations.records_url(arguments.records)
    settings = read_settings(locations.beside(url) / FILE)
    if settings.problem:
        print(shown(settings.problem), file=sys.stderr)
    days = settings.retention_days
    with caring(arguments, named=True) as care:
        if days is None:
            print(
                "No time is set: sessions are kept until somebody erases them (`retention_days` in settings.toml)."
            )
            return DONE
        now = SystemClock().now_ms()
        print(f"Sessions are kept {days} days after the last thing that happened in them, shared or not.")
        with care.database.reading() as connection:
            found = due(connection, days, now)
        for each in found:
            begun = datetime.fromtimestamp(each.started_ms / 1000, UTC).astimezone()
            print(f"{each.session}  {begun:%Y-%m-%d %H:%M}  {shown(each.scenario)}")
        if not found:
            print("No shared session has had its time.")
        if not arguments.apply:
            return DONE
        sure("All that have had their time will be gone for good. Go on? (yes/no)", "yes", arguments.yes)
        with care.database.writing() as connection:
            expire(connection, days, now)
            audit.note(connection, now, care.actor, audit.EXPIRED)
        care.database.wipe()
    print("What has had its time is gone.")
    return DONE


def _erase(care: Care, trainee: str, session: str | None) -> None:
    """Raises NotFound where there is nobody of that name, or where they shared no such session."""
    import sqlalchemy as sa

    from simulator.erasing import erase_learner, erase_sessions
    from simulator.tables import learner, shared

    with care.database.writing() as connection:
        asked = sa.select(learner.c.id).where(learner.c.name_key == trainee.strip().casefold())
        who = connection.execute(asked).scalar_one_or_none()
        if who is None:
            raise NotFound("Nobody of that name practises here.", "Nothing was changed.")
        if session is None:
            erase_learner(connection, who)
        else:
            theirs = sa.select(shared.c.session_id).where(shared.c.learner_id == who)
            keys = [key for key in connection.execute(theirs).scalars() if _begins(key, session)]
            if len(keys) != 1:
                raise NotFound("They shared no session, or more than one, of which the id begins like that.")
            erase_sessions(connection, keys)
        audit.note(connection, SystemClock().now_ms(), care.actor, audit.ERASED)


def _begins(key: uuid.UUID, text: str) -> bool:
    wanted = text.strip().lower().replace("-", "")
    return len(wanted) >= 4 and key.hex.startswith(wanted)


# what is said


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.0f} kB"
