"""Bringing older records up to this version, with a copy first, and every row counted before and after.

Foreign keys are off meanwhile: SQLite rebuilds a table to change it, and a cascade would take its children
along.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, inspect, select, table

from simulator import sharing, trouble
from simulator.errors import StoreTrouble
from simulator.sqlite import OPEN, Sqlite
from simulator.tables import HEAD
from simulator.text import clean_line

if TYPE_CHECKING:
    from simulator.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def config(connection: Connection) -> Any:
    """Alembic's configuration, with the connection it is to use."""
    from alembic.config import Config

    made = Config()
    # interpolation is Alembic's own, so a percent sign in the path is doubled
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(database: Database, revision: str | None) -> None:
    """From `revision` (None: nothing yet) to HEAD. After StoreTrouble the records are as they were."""
    if revision is not None and (not revision.isdecimal() or int(revision) > int(HEAD)):
        raise trouble.newer(clean_line(str(database.path or database.engine.url.render_as_string())))
    if database.path is not None:
        copy(database.path, revision or "0000", database.sqlite)
    with database.engine.connect() as connection:
        if database.path is not None:
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _upgrade(connection, database.path)
        finally:
            if database.path is not None:
                _foreign_keys(connection, on=True)


def _upgrade(connection: Connection, path: Path | None) -> None:
    from alembic import command

    before = counts(connection)
    command.upgrade(config(connection), HEAD)
    sharing.bring_along(connection)
    after = counts(connection)
    lost = [name for name, rows in before.items() if after.get(name) != rows]
    broken = path is not None and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None
    if lost or broken:
        where = clean_line(str(path or "the server"))
        raise StoreTrouble(
            f"Upgrading the records would have lost some of them, so it was undone ({where}).",
            "They are as they were. Use the version that made them, and please report this.",
        )
    _share(connection)


def _share(connection: Connection) -> None:
    """Let facilitators find what was shared before there was a place for it."""
    from simulator import sharing
    from simulator.clock import SystemClock
    from simulator.tables import session, shared

    there = select(shared.c.session_id)
    asked = select(session.c.id).where(session.c.keep == "shared", session.c.id.not_in(there))
    for key in connection.execute(asked).scalars().all():
        sharing.redraw(connection, key, SystemClock().now_ms())


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, Alembic's own apart."""
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names
    }


def copy(path: Path, revision: str, by: Sqlite = OPEN) -> Path:
    """A whole copy beside the file, its owner's alone; kept until the next start. An older one gives way."""
    target = path.with_name(f"{path.name}.before-{int(revision) + 1:04d}")
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = by.connect(path)
    try:
        source.execute("VACUUM INTO ?", (str(target),))
    finally:
        source.close()
    return target


def _foreign_keys(connection: Connection, on: bool) -> None:
    """Outside a transaction, where alone SQLite heeds it."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
