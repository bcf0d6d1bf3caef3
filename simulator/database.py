"""The records' database: what is committed outlives a power cut, and only its owner can read it.

SQLite below 3.51.3 can damage a WAL file that two programs write (sqlite.org/wal.html#walresetbug), so it
runs with a rollback journal and `synchronous=EXTRA`: `FULL` alone loses the last commit in a quarter of
simulated power cuts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from simulator import trouble
from simulator.clock import Clock
from simulator.errors import StoreTrouble
from simulator.locations import home, narrow, private_folder, sqlite_path
from simulator.sqlite import OPEN, Sqlite, errors, sqlite_for
from simulator.tables import HEAD, SEARCH, metadata
from simulator.text import clean_line
from simulator.whole import made

SAFE_WAL: Final = (3, 51, 3)
BUSY_S: Final = 4.0
REVISION: Final = "SELECT version_num FROM alembic_version"


class Database:
    """One database. `busy_s`: how long to wait for another program; `pragmas`: further SQLite settings."""

    def __init__(self, url: str, busy_s: float = BUSY_S, pragmas: Sequence[str] = ()) -> None:
        self.path = sqlite_path(url)
        self.warnings: list[str] = []
        self._busy_s = busy_s
        self._pragmas = pragmas
        self.sqlite = sqlite_for(self.path) if self.path else OPEN
        self.wal = self.sqlite.version >= SAFE_WAL
        self.engine = self._sqlite(self.path) if self.path else _server(url)
        try:
            self._make_ready()
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; committed at the end. After StoreTrouble nothing was written."""
        try:
            with trouble.told(self.path), self.engine.begin() as connection:
                yield connection
        except StoreTrouble:
            # the next try opens the file anew: it may have been moved, put back, or made writable meanwhile
            self.engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, so that records nobody may write to can still be looked at."""
        with trouble.told(self.path), self.engine.connect().execution_options(reading=True) as connection:
            yield connection

    def wipe(self) -> bool:
        """After an erasure: take the erased words out of the write-ahead file and older copies too.

        False where another program is reading and the write-ahead file still has them; its end takes them.
        """
        if self.path is None:
            return True
        forget_copies(self.path)
        if not self.wal:
            return True
        with trouble.told(self.path), self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            held = cursor.fetchone()
            return held is not None and held[0] == 0

    # opening

    def _sqlite(self, path: Path) -> Engine:
        # the pool that SQLAlchemy takes for "sqlite://" closes connections which other threads are using
        engine = create_engine(
            "sqlite://",
            creator=lambda: self._connect(path),
            module=self.sqlite.module,
            poolclass=QueuePool,
            hide_parameters=True,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # a deferred BEGIN that reads and then writes fails at once where another has written in between
            reading = connection.get_execution_options().get("reading")
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

        return engine

    def _connect(self, path: Path) -> sqlite3.Connection:
        connection = self.sqlite.connect(path, timeout=self._busy_s)
        try:
            mode = "wal" if self.wal else "delete"
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
                connection.execute(f"PRAGMA journal_mode={mode}")
            wanted = (f"synchronous={'FULL' if self.wal else 'EXTRA'}", "secure_delete=ON", "foreign_keys=ON")
            for pragma in (*wanted, *self._pragmas):
                connection.execute(f"PRAGMA {pragma}")
        except errors():
            connection.close()
            raise
        return connection

    def _make_ready(self) -> None:
        try:
            with trouble.told(self.path):
                if self.path is not None:
                    self._have_file(self.path)
                revision = self._revision()
                if revision != HEAD:
                    from simulator.migrate import upgrade

                    upgrade(self, revision)
                elif self.path is not None:
                    forget_copies(self.path)
        except OSError as error:
            raise trouble.unreachable(self.path or home()) from error

    def _have_file(self, path: Path) -> None:
        """See that the file is there, whole enough to be one, and its owner's alone. Raises OSError."""
        if not os.path.lexists(path):
            private_folder(path.parent)
            create(path, self.sqlite)
        if path.is_file() and path.stat().st_size == 0:
            raise StoreTrouble(
                f"The records are empty where there should be a database ({clean_line(str(path))}).",
                "Put a backup in its place; or, if nothing was ever kept, "
                "take the empty file away and start again.",
            )
        for place in (path, path.parent):
            # a folder that was named to us may be anybody's: ours alone is narrowed
            if place != path and place != home():
                continue
            try:
                if narrow(place):
                    self.warnings.append(
                        f"Others on this computer could read {clean_line(str(place))}; now only you can."
                    )
            except OSError:
                self.warnings.append(f"Others on this computer may be able to read {clean_line(str(place))}.")

    def _revision(self) -> str | None:
        """The revision of the layout, None where there is none yet (a server's empty database)."""
        with self.reading() as connection:
            dialect = connection.engine.dialect
            if dialect.has_table(connection, "alembic_version"):
                return connection.exec_driver_sql(REVISION).scalar_one_or_none()
            if self.path is not None:
                raise StoreTrouble(
                    f"That file is a database, but not Words First records ({clean_line(str(self.path))}).",
                    "Name another place with --records; nothing has been changed.",
                )
            return None


class OnDatabase:
    """What every part of the records is made on: a database, and a clock for what it writes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def warnings(self) -> list[str]:
        """What was put right on opening, as sentences."""
        return self._database.warnings

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.reading()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._database.writing()


def create(path: Path, by: Sqlite = OPEN) -> None:
    """Make an empty database, whole or not at all: it is built under another name and then given this one.

    Where another program made one meanwhile, theirs stays. Raises OSError and what SQLite raises.
    """
    with suppress(FileExistsError), made(path) as building:
        _lay_out(building, by)


def _lay_out(building: Path, by: Sqlite) -> None:
    """The tables of this version in an empty file, in one transaction."""
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = create_engine("sqlite://").dialect
    connection = by.connect(building)
    try:
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("BEGIN IMMEDIATE")
        for table in metadata.sorted_tables:
            connection.execute(str(CreateTable(table).compile(dialect=dialect)))
            for index in table.indexes:
                connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
        connection.execute(SEARCH["sqlite"])
        connection.execute(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        connection.execute("COMMIT")
    finally:
        connection.close()


def copies(path: Path) -> list[Path]:
    """The copies made before upgrades of this file."""
    return sorted(path.parent.glob(f"{escape(path.name)}.before-*"))


def forget_copies(path: Path) -> None:
    """Take away the copy from before the last upgrade: it has served, and erased words may stand in it."""
    for copy in copies(path):
        copy.unlink(missing_ok=True)


def _server(url: str) -> Engine:
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreTrouble(
            "The address of the records is not one this program can use.",
            "Give a file, or postgresql://… with the PostgreSQL extra installed.",
        ) from error
