"""Where things are kept: as named, else where the variable says, else in the platform's folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator import database, locations
from tests.simulator.service import at, begin


def test_what_is_named_comes_first_then_the_variable_then_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(locations.RECORDS_VARIABLE, raising=False)
    usual = locations.records_url()
    assert locations.sqlite_path(usual) == locations.home() / "records.sqlite3"
    monkeypatch.setenv(locations.RECORDS_VARIABLE, str(tmp_path / "a.db"))
    assert locations.sqlite_path(locations.records_url()) == tmp_path / "a.db"
    assert locations.sqlite_path(locations.records_url(str(tmp_path / "b.db"))) == tmp_path / "b.db"
    monkeypatch.chdir(tmp_path)
    assert locations.sqlite_path(locations.records_url("c.db")) == tmp_path / "c.db"
    assert locations.sqlite_path("sqlite:///e.db") == tmp_path / "e.db"
    assert locations.records_url(f"sqlite:///{tmp_path}/d.db") == f"sqlite:///{tmp_path}/d.db"


def test_a_server_has_no_file_and_its_accounts_carry_the_computer() -> None:
    url = locations.records_url("postgresql://trust/words")
    assert url == "postgresql+psycopg://trust/words" and locations.sqlite_path(url) is None
    assert locations.beside(url) == locations.home()
    assert "@" in locations.account(url) and "@" not in locations.account("sqlite:////x")


def test_our_own_folder_is_narrowed_and_anybody_elses_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(0o755)
    practice = at(tmp_path)
    begin(practice)
    practice.close()
    if os.name != "nt":
        assert folder.stat().st_mode & 0o777 == 0o755
    monkeypatch.setattr(database, "home", lambda: folder)
    practice.sessions()
    if os.name != "nt":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert str(folder) in practice.warnings[0]


def test_narrowing_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o444)
    if os.name != "nt":
        assert locations.narrow(file) and file.stat().st_mode & 0o777 == 0o400
        assert not locations.narrow(file)
