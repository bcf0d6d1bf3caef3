"""A backup is made while people play, is whole, and takes the records' place without anything being lost."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from simulator import backup as backups
from simulator import database, tables, whole
from simulator.backup import asides, backup, candidate, look_over, older, put_in_place
from simulator.errors import SimulatorError, StoreTrouble
from tests.simulator.service import at, begin, finish, records_file, screen, sql

NOW = datetime(2026, 11, 23, 3, 7, 0)


def quiet(_: float) -> None:
    """Nobody to tell."""


def restored(file: Path, copy: Path) -> Path | None:
    """Put a backup in place; gives back what was set aside."""
    with candidate(file, copy, quiet) as building:
        return put_in_place(file, building, NOW)


def names(folder: Path) -> set[str]:
    """What stands in a folder, the settings apart."""
    return {file.name for file in folder.iterdir()} - {"settings.toml"}


@pytest.mark.parametrize("ahead", [False, True], ids=["rollback journal", "write-ahead file"])
def test_a_backup_is_one_file_of_its_owners_with_everything_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    if ahead:
        monkeypatch.setattr(database, "SAFE_WAL", (3, 0, 0))
    session = begin(at(tmp_path), "shared")
    finish(session)
    told: list[float] = []
    (tmp_path / "usb").mkdir()
    backup(records_file(tmp_path), tmp_path / "usb" / "copy", told.append)
    assert names(tmp_path / "usb") == {"copy"} and told[-1] == 1.0
    if os.name != "nt":
        assert (tmp_path / "usb" / "copy").stat().st_mode & 0o777 == 0o600
    assert look_over(tmp_path / "usb" / "copy") == tables.HEAD
    dump = "SELECT session_id, seq, chain FROM event ORDER BY 1, 2"
    assert sql(tmp_path / "usb" / "copy", dump) == sql(records_file(tmp_path), dump)


def test_a_backup_is_made_while_others_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_STEP", 1)
    session = begin(at(tmp_path, busy_s=20))
    stop = threading.Event()

    def play() -> None:
        while not stop.is_set():
            session.reach()

    person = threading.Thread(target=play)
    person.start()
    try:
        for number in range(5):
            backup(records_file(tmp_path), tmp_path / f"copy-{number}", quiet)
            look_over(tmp_path / f"copy-{number}")
    finally:
        stop.set()
        person.join()
    seen = [sql(tmp_path / f"copy-{number}", "SELECT max(seq) FROM event")[0][0] for number in range(5)]
    assert seen == sorted(seen) and screen(at(tmp_path).resume()) == screen(session)


def test_whoever_holds_the_file_for_long_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "BUSY_S", 0.05)
    begin(at(tmp_path))
    holding = sqlite3.connect(records_file(tmp_path), isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreTrouble, match="Another program is using the records"):
            backup(records_file(tmp_path), tmp_path / "copy", quiet)
    finally:
        holding.close()
    assert not (tmp_path / "copy").exists() and not list(tmp_path.glob("copy*"))


def test_what_was_erased_before_is_in_no_backup(tmp_path: Path) -> None:
    practice = at(tmp_path)
    begin(practice)
    session = begin(practice)
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    session.say_word("heliotrope")
    file = records_file(tmp_path)
    # as if it had been taken out with another program, which leaves the words in the file's free pages
    sql(file, "PRAGMA secure_delete=OFF")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("CREATE TABLE pad (text)")
    connection.execute("INSERT INTO pad VALUES (?)", ("heliotrope " * 2000,))
    connection.execute("DROP TABLE pad")
    connection.close()
    practice.erase(session.id)
    assert b"heliotrope" in file.read_bytes()
    backup(file, tmp_path / "copy", quiet)
    assert b"heliotrope" not in (tmp_path / "copy").read_bytes()


def test_a_backup_never_takes_another_files_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(at(tmp_path))
    taken = tmp_path / "copy"
    taken.write_text("my shopping list")
    with pytest.raises(SimulatorError, match="a file of that name already"):
        backup(records_file(tmp_path), taken, quiet)
    look = backups.look_over

    def slow(file: Path, named: Path | None = None, beside: Path | None = None) -> str:
        # somebody takes the name while the copy is being looked over
        (tmp_path / "later").write_text("theirs")
        return look(file, named, beside)

    monkeypatch.setattr(backups, "look_over", slow)
    with pytest.raises(SimulatorError, match="a file of that name already"):
        backup(records_file(tmp_path), tmp_path / "later", quiet)
    assert (taken.read_text(), (tmp_path / "later").read_text()) == ("my shopping list", "theirs")


def test_on_a_disk_that_knows_no_second_names_the_copy_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    begin(at(tmp_path))
    backup(records_file(tmp_path), tmp_path / "copy", quiet)
    with pytest.raises(FileExistsError), whole.made(tmp_path / "copy") as building:
        building.write_text("another")
    assert look_over(tmp_path / "copy") == tables.HEAD


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    begin(at(tmp_path))
    with pytest.raises(StoreTrouble, match=r"could not be written .*no such file"):
        backup(records_file(tmp_path), tmp_path / "nowhere" / "copy", quiet)


# putting one back


@pytest.fixture
def _one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an SQLite that keeps no write-ahead file: what is open elsewhere and idle is in nobody's way."""
    monkeypatch.setattr(database, "SAFE_WAL", (99, 0, 0))


@pytest.mark.usefixtures("_one_file")
def test_the_present_records_are_set_aside_with_the_date(tmp_path: Path) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    session = begin(at(tmp_path))
    session.answer("own-it")
    before = screen(session)
    backup(file, copy, quiet)
    original = copy.read_bytes()
    session.answer("wait")
    after = screen(session)
    aside = restored(file, copy)
    assert aside == file.with_name("records.sqlite3.aside-2026-11-23-030700")
    assert names(file.parent) == {file.name, aside.name}
    assert copy.read_bytes() == original
    assert screen(at(tmp_path).resume()) == before
    aside.rename(file)
    assert screen(at(tmp_path).resume()) == after, "what was set aside is whole"


@pytest.mark.usefixtures("_one_file")
def test_twice_in_a_second_sets_aside_twice(tmp_path: Path) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    begin(at(tmp_path))
    backup(file, copy, quiet)
    first, second = restored(file, copy), restored(file, copy)
    assert first and second and first != second and set(asides(file)) == {first, second} == set(older(file))


@pytest.mark.usefixtures("_one_file")
def test_where_there_are_no_records_yet_nothing_is_set_aside(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    copy = tmp_path / "copy"
    backup(records_file(tmp_path), copy, quiet)
    for file in records_file(tmp_path).parent.iterdir():
        file.unlink()
    records_file(tmp_path).parent.rmdir()
    assert restored(records_file(tmp_path), copy) is None
    assert screen(at(tmp_path).resume()) == screen(session)


def _recipes(file: Path) -> None:
    file.unlink()
    sql(file, "CREATE TABLE recipes (name TEXT)")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _journal_of_its_own(file: Path) -> None:
    """Damaged, with a journal beside it that would be played into whatever has the name next."""
    with file.open("r+b") as stream:
        stream.write(b"\xff" * 64)
    file.with_name(file.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "damaged, with a journal": _journal_of_its_own,
    "a text file": lambda file: file.write_text("Dear diary,\n" * 500),
    "empty": lambda file: file.write_bytes(b""),
    "another program's": _recipes,
}


@pytest.mark.usefixtures("_one_file")
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damaged_records_are_set_aside_as_they_are(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    session = begin(at(tmp_path))
    backup(file, copy, quiet)
    damage(file)
    was = file.read_bytes()
    aside = restored(file, copy)
    assert aside is not None and aside.read_bytes() == was
    assert not file.with_name(file.name + "-journal").exists()
    assert screen(at(tmp_path).resume()) == screen(session)


def test_records_in_use_are_not_pulled_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "BUSY_S", 0.05)
    file, copy = records_file(tmp_path), tmp_path / "copy"
    begin(at(tmp_path))
    backup(file, copy, quiet)
    was = file.read_bytes()
    writing = sqlite3.connect(file, isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreTrouble, match="Another program"):
            restored(file, copy)
    finally:
        writing.close()
    assert file.read_bytes() == was and names(file.parent) == {file.name}


def test_with_a_write_ahead_file_every_window_has_to_be_closed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SAFE_WAL", (3, 0, 0))
    monkeypatch.setattr(backups, "BUSY_S", 0.05)
    file, copy = records_file(tmp_path), tmp_path / "copy"
    practice = at(tmp_path)
    session = begin(practice)
    backup(file, copy, quiet)
    session.answer("own-it")
    with pytest.raises(StoreTrouble, match="Another program"):
        restored(file, copy)
    session.answer("wait")
    shown = screen(session)
    practice.close()
    aside = restored(file, copy)
    assert aside is not None and names(file.parent) == {file.name, aside.name}
    practice = at(tmp_path)
    assert practice.resume().now().turn == 1
    practice.close()
    aside.rename(file)
    assert screen(at(tmp_path).resume()) == shown, "what was set aside is whole"


@pytest.mark.usefixtures("_one_file")
def test_a_window_left_open_is_told_and_loses_nothing(tmp_path: Path) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    session = begin(at(tmp_path))
    backup(file, copy, quiet)
    restored(file, copy)
    if os.name != "nt":
        with pytest.raises(StoreTrouble, match="moved or replaced"):
            session.answer("own-it")
    session.answer("own-it")
    assert screen(at(tmp_path).resume()) == screen(session)


def _cut(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size // 3)


def _loose(file: Path) -> None:
    sql(file, "UPDATE event SET session_id = 'nobody' || rowid")


UNFIT: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut short": (_cut, "damaged"),
    "a text file": (lambda file: file.write_text("Dear diary,\n" * 500), "damaged"),
    "rows without a session": (_loose, "damaged"),
    "empty": (lambda file: file.write_bytes(b""), "not Words First records"),
    "another program's": (
        _recipes,
        "not Words First records",
    ),
    "a newer version's": (
        lambda file: sql(file, "UPDATE alembic_version SET version_num = '0999'"),
        "newer version",
    ),
    "a folder": (_folder, "not a file"),
    "not there": (lambda file: file.unlink(), "no backup there"),
}


@pytest.mark.parametrize(("spoil", "told"), UNFIT.values(), ids=UNFIT.keys())
def test_what_is_no_whole_backup_takes_nobodys_place(
    tmp_path: Path, spoil: Callable[[Path], object], told: str
) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    for _ in range(3):
        finish(begin(at(tmp_path), "shared"))
    backup(file, copy, quiet)
    spoil(copy)
    was = file.read_bytes()
    with pytest.raises(SimulatorError, match=told) as error:
        restored(file, copy)
    assert error.value.advice
    assert file.read_bytes() == was and names(file.parent) == {file.name}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    begin(at(tmp_path))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SimulatorError, match="not a file"):
        restored(records_file(tmp_path), tmp_path / "pipe")


def test_the_records_themselves_are_no_backup(tmp_path: Path) -> None:
    begin(at(tmp_path))
    with pytest.raises(SimulatorError, match="the records themselves"):
        restored(records_file(tmp_path), records_file(tmp_path))


@pytest.mark.usefixtures("_one_file")
def test_a_fault_on_the_way_leaves_the_records_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, copy = records_file(tmp_path), tmp_path / "copy"
    session = begin(at(tmp_path))
    backup(file, copy, quiet)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(backups, "flush", full)
        with pytest.raises(StoreTrouble, match="no space left"):
            restored(file, copy)
    assert names(file.parent) == {file.name}
    assert screen(at(tmp_path).resume()) == screen(session)
