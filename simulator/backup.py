"""A whole copy of the records while they are in use, and a backup put in their place.

PostgreSQL has tools of its own for both, so these are for SQLite files.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Final

from simulator import trouble
from simulator.database import BUSY_S, REVISION, Database, copies
from simulator.errors import SimulatorError, StoreTrouble
from simulator.locations import private_folder
from simulator.sqlite import Sqlite, errors, is_plain, key_file, make_key, name, read_key, sqlite_for
from simulator.tables import HEAD
from simulator.text import clean_line
from simulator.whole import also_named, flush, flush_folder, made

Tell = Callable[[float], None]
"""Told how much is done, 0..1."""

_STEP: Final = 1024
_RESTARTS: Final = 3
_HELD: Final = (5, 6)  # SQLITE_BUSY and SQLITE_LOCKED
_COMPANIONS: Final = ("-journal", "-wal", "-shm")


class _Again(Exception):
    """Somebody wrote meanwhile, so SQLite began the copy afresh once too often."""


def backup(path: Path, target: Path, tell: Tell) -> None:
    """Copy the records to a new file, its owner's alone, and look the copy over. Nobody is kept waiting long.

    Raises SimulatorError where the name is taken, and StoreTrouble.
    """
    if os.path.lexists(target):
        raise _taken(target)
    try:
        with made(target) as building:
            _copy(path, building, target, tell, sqlite_for(path))
            look_over(building, target, path)
    except FileExistsError:
        raise _taken(target) from None
    except OSError as error:
        raise _cannot_write(target, error) from error


def look_over(file: Path, named: Path | None = None, beside: Path | None = None) -> str:
    """The layout of a file that should be whole records, which is only read. Raises StoreTrouble.

    `named` is what it is called in a message; `beside` the records whose settings may name its key.
    """
    named = named or file
    try:
        with contextlib.closing(sqlite_for(file, beside).connect(file, "ro", BUSY_S)) as connection:
            faults = connection.execute("PRAGMA quick_check(1)").fetchall()
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            revision = connection.execute(REVISION).fetchone()
    except errors() as error:
        if name(error) == "SQLITE_ERROR":
            raise _not_ours(named) from error
        raise trouble.trouble(error, named) from error
    if revision is None:
        raise _not_ours(named)
    if faults != [("ok",)] or loose is not None:
        raise trouble.damaged(named)
    return str(revision[0])


@contextlib.contextmanager
def candidate(path: Path, backup: Path, tell: Tell) -> Iterator[Path]:
    """A copy of a backup beside the records, brought up to this version; gone again at the end.

    It is sealed as the records are. The backup itself is only read. Raises SimulatorError and StoreTrouble.
    """
    _regular(backup)
    if backup.resolve() == path.resolve():
        raise SimulatorError("Those are the records themselves.", "Name the backup to put in their place.")
    with _copied(path, backup, tell, sqlite_for(path)) as building:
        yield building


@dataclass(frozen=True, slots=True)
class Watch:
    """A connection that can tell whether anybody else wrote to the records since it was made."""

    connection: sqlite3.Connection
    version: int

    def quiet(self) -> bool:
        """Whether nobody did."""
        return bool(self.connection.execute("PRAGMA data_version").fetchone()[0] == self.version)


@contextlib.contextmanager
def sealed(path: Path, tell: Tell) -> Iterator[tuple[Path, Watch]]:
    """A sealed copy of open records beside them, gone again at the end, and whether they stayed as they were.

    The named key is made where it is not there yet. Raises SimulatorError and StoreTrouble.
    """
    file = key_file(path)
    if not is_plain(path):
        raise SimulatorError("The records are sealed already, or are no database.", "Nothing was changed.")
    if file is None:
        raise SimulatorError(
            "No file is named for the key.",
            "Name one with `key_file` in settings.toml, or WORDS_FIRST_KEY_FILE.",
        )
    try:
        with contextlib.suppress(FileExistsError):
            make_key(file)
    except OSError as error:
        raise _cannot_write(file, error) from error
    with contextlib.closing(sqlite_for(path).connect(path, timeout=BUSY_S)) as connection:
        with trouble.told(path):
            watch = Watch(connection, connection.execute("PRAGMA data_version").fetchone()[0])
        with _copied(path, path, tell, Sqlite(read_key(file))) as building:
            yield building, watch


@contextlib.contextmanager
def _copied(path: Path, original: Path, tell: Tell, by: Sqlite) -> Iterator[Path]:
    """A whole copy of a database beside the records, brought up to this version and looked over."""
    revision = look_over(original, beside=path)
    if not revision.isdecimal() or int(revision) > int(HEAD):
        raise trouble.newer(clean_line(str(original)))
    with contextlib.ExitStack() as held:
        try:
            private_folder(path.parent)
            building = held.enter_context(_building(path))
            _copy(original, building, path, tell, by)
            Database(f"sqlite:///{building}").close()
            look_over(building, original)
        except OSError as error:
            raise _cannot_write(path, error) from error
        yield building


def put_in_place(path: Path, building: Path, now: datetime, watch: Watch | None = None) -> Path | None:
    """Give the records' name to a finished file; what had it keeps its content under another, with the date.

    That other name is given back, None where there was nothing. Whoever has the old file open is told at the
    next answer that it was moved. Raises StoreTrouble; also where `watch` says that somebody wrote meanwhile.
    """
    try:
        with contextlib.ExitStack() as held:
            if not os.path.lexists(path):
                flush(building)
                building.replace(path)
                flush_folder(path.parent)
                return None
            held.callback(_alone(path, watch))
            flush(building)
            aside = _aside_name(path, now)
            if os.name == "nt":
                held.close()
                path.rename(aside)
            else:
                also_named(path, aside)
            # a journal left beside the name would be played into the file that has it next
            for companion in _COMPANIONS:
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + companion).replace(aside.with_name(aside.name + companion))
            building.replace(path)
            flush_folder(path.parent)
            return aside
    except OSError as error:
        raise _cannot_write(path, error) from error


def asides(path: Path) -> list[Path]:
    """What was set aside when a backup was put in place, oldest first."""
    found = sorted(path.parent.glob(f"{escape(path.name)}.aside-*"))
    return [file for file in found if not file.name.endswith(_COMPANIONS)]


def older(path: Path) -> list[Path]:
    """Every older state of the records beside them: from before an upgrade, and set aside."""
    return [*copies(path), *asides(path)]


def _copy(path: Path, building: Path, target: Path, tell: Tell, by: Sqlite) -> None:
    """Copy the database at `path`, sealed as `by` says; `target` is where the copy is to go.

    Raises StoreTrouble, about `target` where it is that which has no room.
    """
    try:
        source = sqlite_for(path, target)
        with contextlib.closing(by.connect(building)) as copy:
            if source.key != by.key:
                source.export(path, building, by)
            else:
                with contextlib.closing(source.connect(path, "ro", BUSY_S)) as original:
                    _copy_pages(original, copy, path, tell)
            # one file, whatever the records are in; and nothing of what was erased from them before
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA freelist_count").fetchone()[0]:
                copy.execute("PRAGMA secure_delete=ON")
                copy.execute("VACUUM")
    except errors() as error:
        raise trouble.trouble(error, target if name(error).startswith("SQLITE_FULL") else path) from error


def _copy_pages(source: sqlite3.Connection, copy: sqlite3.Connection, path: Path, tell: Tell) -> None:
    """Page by page, and others write in between, until that has made it begin afresh too often."""
    left, restarts, waiting_since = -1, 0, 0.0

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal left, restarts, waiting_since
        if status in _HELD:
            waiting_since = waiting_since or time.monotonic()
            if time.monotonic() - waiting_since > BUSY_S:
                raise trouble.busy(clean_line(str(path)))
            return
        waiting_since = 0.0
        if 0 <= left < remaining:
            restarts += 1
            if restarts > _RESTARTS:
                raise _Again
        left = remaining
        tell(1 - remaining / max(total, 1))

    try:
        source.backup(copy, pages=_STEP, progress=step, sleep=0.002)
    except _Again:
        source.backup(copy, progress=step)


@contextlib.contextmanager
def _building(path: Path) -> Iterator[Path]:
    """A place for a file under way beside another; nothing of it is left behind."""
    building = path.with_name(f"{path.name}.restoring-{os.getpid()}")
    leftovers = (building, *(building.with_name(building.name + each) for each in _COMPANIONS))
    for file in leftovers:
        file.unlink(missing_ok=True)
    os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield building
    finally:
        for file in (*leftovers, *copies(building)):
            file.unlink(missing_ok=True)


def _alone(path: Path, watch: Watch | None) -> Callable[[], None]:
    """Hold the file so that nobody writes to it; a damaged one nobody can. Raises StoreTrouble while in use.

    What is given back lets go of it.
    """
    connection = watch.connection if watch else sqlite_for(path).connect(path, timeout=BUSY_S)
    try:
        with trouble.told(path):
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        if watch is not None and not watch.quiet():
            raise trouble.busy(clean_line(str(path)))
    except StoreTrouble as told:
        connection.close()
        if name(told.__cause__).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return lambda: None
        raise
    return connection.close


def _aside_name(path: Path, now: datetime) -> Path:
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    names = [f"{path.name}.aside-{stamp}", *(f"{path.name}.aside-{stamp}-{n}" for n in range(2, 100))]
    return next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))


def _regular(file: Path) -> None:
    """Raise SimulatorError unless this is a file, so that a pipe cannot keep us waiting."""
    try:
        mode = file.stat().st_mode
    except OSError:
        raise SimulatorError(
            f"There is no backup there ({clean_line(str(file))}).",
            "Give the file that `records backup` made.",
        ) from None
    if not stat.S_ISREG(mode):
        raise SimulatorError(
            f"That is not a file ({clean_line(str(file))}).", "Give the file that `records backup` made."
        )


def _taken(target: Path) -> SimulatorError:
    return SimulatorError(
        f"There is a file of that name already ({clean_line(str(target))}).",
        "Give another name; a backup never takes another file's place.",
    )


def _not_ours(file: Path) -> StoreTrouble:
    return StoreTrouble(
        f"That file is a database, but not Words First records ({clean_line(str(file))}).",
        "Give the file that `records backup` made; nothing has been changed.",
    )


def _cannot_write(path: Path, error: OSError) -> StoreTrouble:
    what = (error.strerror or type(error).__name__).lower()
    return StoreTrouble(
        f"The file could not be written ({clean_line(str(path))}: {what}).",
        "See that its folder is there, is yours to write to and has room.",
        retry=True,
    )
