"""Older records come up to this version whole, or stay exactly as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.schema import CreateTable

from simulator import database, migrate, tables
from simulator.database import Database, copies, create
from simulator.errors import StoreTrouble
from tests.simulator.service import at, begin, finish, records_file, sql

NEXT = f"{int(tables.HEAD) + 1:04d}"
_OF_SEARCH = "search"


def schema(file: Path) -> set[str]:
    """Every table and index as SQLite keeps it, spaces left out."""
    kept = sql(file, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {"".join(text.split()) for (text,) in kept}


def migrated(file: Path) -> sa.Engine:
    """A database made by the versions, one after the other."""
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate._upgrade(connection, file)
    return engine


def _ours(name: str | None, kind: str, _: object) -> bool:
    """Not the search index, which SQLite makes of several tables of its own."""
    return not (kind == "table" and str(name).startswith(_OF_SEARCH))


def test_a_fresh_database_is_the_one_the_versions_come_to(tmp_path: Path) -> None:
    create(tmp_path / "fresh")
    engine = migrated(tmp_path / "grown")
    assert schema(tmp_path / "fresh") == schema(tmp_path / "grown")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(context, tables.metadata) == []
    assert sql(tmp_path / "fresh", database.REVISION) == sql(tmp_path / "grown", database.REVISION)
    engine.dispose()


def test_the_versions_end_at_the_one_this_program_writes() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(migrate.config(connection)).get_current_head() == tables.HEAD
    engine.dispose()


def test_the_tables_can_be_made_on_postgresql() -> None:
    dialect = sa.make_url("postgresql://").get_dialect()()
    made = " ".join(str(CreateTable(each).compile(dialect=dialect)) for each in tables.metadata.sorted_tables)
    assert "JSONB" in made and "UUID" in made and "BYTEA" in made


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Records of the version before, with rows in every table, under a program that has one more version."""
    practice = at(tmp_path)
    finish(begin(practice))
    begin(practice)
    practice.close()
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr(database, "HEAD", NEXT)
    yield records_file(tmp_path)


def version_two(monkeypatch: pytest.MonkeyPatch, work: Any) -> None:
    """Let the next version do `work` with Alembic's operations."""
    from alembic import command
    from alembic.operations import Operations

    def upgrade(config: Any, head: str) -> None:
        connection = config.attributes["connection"]
        running = MigrationContext.configure(connection, opts={"render_as_batch": True})
        with Operations.context(running):
            work()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :head"), {"head": head})

    monkeypatch.setattr(command, "upgrade", upgrade)


def rows(file: Path) -> dict[str, int]:
    """How many rows there are in each table."""
    names = [table.name for table in tables.metadata.sorted_tables]
    return {name: sql(file, f"SELECT count(*) FROM {name}")[0][0] for name in names}


def _rebuild_session() -> None:
    """What a change of a parent table comes to in SQLite: a new table, the rows copied, the old one
    dropped."""
    with op.batch_alter_table("session", recreate="always") as batch:
        batch.add_column(sa.Column("group_id", sa.Integer()))


def test_an_upgrade_keeps_every_row_and_a_copy_until_the_next_start(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version_two(monkeypatch, _rebuild_session)
    before = rows(older)
    assert before["event"] > 5
    Database(f"sqlite:///{older}").close()
    assert rows(older) == before
    assert "group_id" in " ".join(schema(older))
    (copy,) = copies(older)
    assert copy.name.endswith(f".before-{NEXT}") and rows(copy) == before
    assert copy.stat().st_mode & 0o077 == 0 or not hasattr(copy, "owner")
    Database(f"sqlite:///{older}").close()
    assert copies(older) == []


def _lose_a_row() -> None:
    _rebuild_session()
    op.execute("DELETE FROM event WHERE seq = 3")


def _break_a_key() -> None:
    op.execute("UPDATE event SET session_id = 'nobody' WHERE seq = 1")


def _fail() -> None:
    _rebuild_session()
    raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize("work", [_lose_a_row, _break_a_key, _fail])
def test_an_upgrade_that_goes_wrong_never_happened(
    older: Path, monkeypatch: pytest.MonkeyPatch, work: Any
) -> None:
    version_two(monkeypatch, work)
    dump = _dump(older)
    with pytest.raises(StoreTrouble) as told:
        Database(f"sqlite:///{older}")
    assert told.value.advice
    assert _dump(older) == dump


def _dump(file: Path) -> str:
    connection = sqlite3.connect(file)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()
