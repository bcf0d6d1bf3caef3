"""Records that earlier versions left come up to this one with every row, and what was played goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from simulator import tables
from simulator.database import Database, copies
from simulator.errors import WrongPin
from tests.simulator.service import at, records_file, sql

LAYOUTS = sorted(Path(__file__).parent.glob("layout-*.sql"))
SHARED, LEFT, OUT = "8596e1bd", "79f88447", "3168b7bd"


def laid_out(folder: Path, layout: Path) -> dict[str, int]:
    """Records of an earlier version in a folder; gives back how many rows each table has."""
    file = records_file(folder)
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    connection.executescript(layout.read_text(encoding="utf-8"))
    connection.close()
    return rows(file)


def rows(file: Path) -> dict[str, int]:
    """How many rows there are in each table, SQLite's own apart."""
    names = sql(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
    return {str(name): sql(file, f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in names}


def test_there_is_one_of_every_layout_before_this_one() -> None:
    assert [file.stem for file in LAYOUTS] == [f"layout-{n:04d}" for n in range(1, int(tables.HEAD))]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[file.stem for file in LAYOUTS])
def test_every_row_is_there_afterwards(tmp_path: Path, layout: Path) -> None:
    before = laid_out(tmp_path, layout)
    assert all(before.values()), "rows in every table"
    events = "SELECT session_id, seq, at_ms, kind, body, chain FROM event ORDER BY 1, 2"
    was = sql(records_file(tmp_path), events)
    Database(f"sqlite:///{records_file(tmp_path)}").close()
    after = rows(records_file(tmp_path))
    assert {name: after[name] for name in before} == before
    assert sql(records_file(tmp_path), events) == was
    assert sql(records_file(tmp_path), "SELECT version_num FROM alembic_version") == [(tables.HEAD,)]
    (copy,) = copies(records_file(tmp_path))
    assert rows(copy) == before


def test_what_was_played_goes_on(tmp_path: Path) -> None:
    laid_out(tmp_path, LAYOUTS[0])
    practice = at(tmp_path, "Quiet Heron")
    with pytest.raises(WrongPin):
        practice.sessions()
    practice.unlock("1234")
    states = {row.session[:8]: (row.state, row.keep) for row in practice.sessions()}
    assert states == {SHARED: ("ended", "shared"), LEFT: ("suspended", "mine")}
    again = practice.resume(LEFT)
    assert (again.now().turn, again.now().take) == (2, 2)
    again.answer("ring-now")
    assert again.state == "ended"
    told = practice.show(SHARED)
    assert told["debrief"]["word"] == "tired" and told["debrief"]["reflection"] == "It was the time I gave."
    assert [row.state for row in at(tmp_path, "Slow Linnet").sessions()] == ["stepped-out"]


def test_what_was_shared_before_there_was_a_room_is_found_in_it_and_nothing_else(tmp_path: Path) -> None:
    laid_out(tmp_path, LAYOUTS[0])
    at(tmp_path, "Slow Linnet").sessions()
    found = sql(records_file(tmp_path), "SELECT session_id, name_key, review_state, quarter FROM shared")
    assert [(key[:8], *rest) for key, *rest in found] == [(SHARED, "quiet heron", "waiting", "2023-Q4")]
    words = sql(records_file(tmp_path), "SELECT body FROM search WHERE search MATCH 'time'")
    assert len(words) == 1
