"""Sealed records: nothing of them is in the file, all of the program works on them, and a wrong key is a sentence."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from simulator import database, tables
from simulator.backup import asides, backup, candidate, look_over, put_in_place, sealed
from simulator.errors import SimulatorError, StoreTrouble
from simulator.settings import FILE
from simulator.sqlite import KEY_VARIABLE, OPEN, Sqlite, key_file, make_key, read_key
from tests.simulator.service import at, begin, finish, records_file, screen, sql
from tests.simulator.test_layouts import LAYOUTS, laid_out

NOW = datetime(2026, 11, 23, 3, 7, 0)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key that is named; these tests need the extra."""
    pytest.importorskip("sqlcipher3")
    file = tmp_path / "key"
    make_key(file)
    monkeypatch.setenv(KEY_VARIABLE, str(file))
    return file


def quiet(_: float) -> None:
    """Nobody to tell."""


def everything(folder: Path) -> bytes:
    """The bytes of every file in the records' folder."""
    return b"".join(file.read_bytes() for file in records_file(folder).parent.iterdir())


def test_new_records_are_sealed_and_play_goes_on_in_them(tmp_path: Path, key: Path) -> None:
    session = begin(at(tmp_path), "shared")
    finish(session)
    for word in (b"tired", b"It was the time", b"SQLite format", b"The tea trolley", b"CREATE TABLE"):
        assert word not in everything(tmp_path)
    practice = at(tmp_path)
    assert screen(practice.resume(session.id)) == screen(session)
    practice.erase(session.id)
    assert practice.sessions() == []
    assert key.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_without_the_key_or_with_another_nothing_opens_and_nothing_is_overwritten(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    practice = at(tmp_path)
    begin(practice)
    practice.close()
    before = records_file(tmp_path).read_bytes()
    other = tmp_path / "other"
    make_key(other)
    monkeypatch.setenv(KEY_VARIABLE, str(other))
    with pytest.raises(StoreTrouble, match="sealed with a key"):
        at(tmp_path).sessions()
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(StoreTrouble, match="sealed with a key"):
        at(tmp_path).sessions()
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(StoreTrouble, match="key of the records is not there"):
        at(tmp_path).sessions()
    assert records_file(tmp_path).read_bytes() == before and not (tmp_path / "gone").exists()
    assert capfd.readouterr().err == "", "SQLCipher's log would scribble on the screen"


def test_the_key_can_be_named_in_the_settings(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE)
    records_file(tmp_path).parent.mkdir()
    (records_file(tmp_path).parent / FILE).write_text('key_file = "../key"\n')
    begin(at(tmp_path))
    assert not everything(tmp_path).count(b"SQLite format")
    assert key_file(records_file(tmp_path)) == records_file(tmp_path).parent / ".." / "key"


def test_one_flipped_byte_is_found(tmp_path: Path, key: Path) -> None:
    practice = at(tmp_path)
    finish(begin(practice))
    practice.close()
    raw = bytearray(records_file(tmp_path).read_bytes())
    raw[5000] ^= 1
    records_file(tmp_path).write_bytes(raw)
    with pytest.raises(StoreTrouble):
        look_over(records_file(tmp_path))


def test_a_backup_of_sealed_records_is_sealed_and_goes_back(tmp_path: Path, key: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice)
    finish(session)
    copy = tmp_path / "copy"
    backup(records_file(tmp_path), copy, quiet)
    assert b"tired" not in copy.read_bytes() and look_over(copy) == tables.HEAD
    practice.erase(session.id)
    practice.close()
    with candidate(records_file(tmp_path), copy, quiet) as building:
        put_in_place(records_file(tmp_path), building, NOW)
    assert screen(at(tmp_path).resume(session.id)) == screen(session)
    assert b"tired" not in everything(tmp_path)


def test_open_records_are_sealed_in_place_and_the_open_ones_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3")
    practice = at(tmp_path)
    session = begin(practice, "shared")
    finish(session)
    practice.close()
    path = records_file(tmp_path)
    with pytest.raises(SimulatorError, match="No file is named for the key"), sealed(path, quiet):
        pass
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "made"))
    with sealed(path, quiet) as (building, watch):
        aside = put_in_place(path, building, NOW, watch)
    assert aside is not None and b"tired" in aside.read_bytes() and b"tired" not in path.read_bytes()
    assert screen(at(tmp_path).resume(session.id)) == screen(session)
    again = at(tmp_path)._records()._database
    with again.reading() as connection:
        found = "SELECT count(*) FROM search WHERE search MATCH 'time'"
        assert connection.exec_driver_sql(found).scalar_one() == 1
    with pytest.raises(SimulatorError, match="sealed already"), sealed(path, quiet):
        pass


def test_what_is_saved_while_they_are_sealed_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3")
    session = begin(at(tmp_path))
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "made"))
    path = records_file(tmp_path)
    with pytest.raises(StoreTrouble, match="Another program"), sealed(path, quiet) as (building, watch):
        session.answer("own-it")
        put_in_place(path, building, NOW, watch)
    assert asides(path) == [] and screen(at(tmp_path).resume()) == screen(session)


def test_open_records_stay_open_until_somebody_seals_them(tmp_path: Path, key: Path) -> None:
    laid_out(tmp_path, LAYOUTS[0])
    practice = at(tmp_path, "Slow Linnet")
    assert len(practice.sessions()) == 1, "an upgrade and all"
    assert sql(records_file(tmp_path), "SELECT version_num FROM alembic_version") == [(tables.HEAD,)]


def test_the_copy_before_an_upgrade_is_sealed_too(tmp_path: Path, key: Path) -> None:
    from simulator.migrate import copy

    session = begin(at(tmp_path))
    finish(session)
    by = Sqlite(read_key(key))
    made = copy(records_file(tmp_path), "0001", by)
    assert b"tired" not in made.read_bytes()
    connection = by.connect(made)
    assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    connection.close()
    database.forget_copies(records_file(tmp_path))


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "does not hold a key"), ("g" * 64, "does not hold a key"), ("ab" * 31, "does not hold a key"),
     ("x" * 5000, "does not hold a key"), ("ß" * 64, "cannot be read")],
)  # fmt: skip
def test_a_file_that_holds_no_key_is_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(StoreTrouble, match=told) as error:
        read_key(file)
    assert text == "" or text not in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own lists")
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(StoreTrouble, match="Others on this computer can read the key"):
        read_key(tmp_path / "key")


def test_without_the_extra_that_is_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(StoreTrouble, match="words-first\\[encrypted\\]"):
        _ = Sqlite("ab" * 32).module
    assert OPEN.key is None
