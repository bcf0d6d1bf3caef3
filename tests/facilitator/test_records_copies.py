"""`records backup`, `restore` and `seal` as they are typed: nothing is lost, nothing is written over."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from simulator.backup import asides
from simulator.tables import HEAD
from tests.facilitator.commanding import Commands
from tests.facilitator.keeping import keeping, trail, ward
from tests.simulator.service import at, records_file, sql


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return keeping(capsys, monkeypatch)


# backup, restore


def test_a_backup_in_a_folder_is_named_after_the_day_and_can_be_verified(
    tmp_path: Path, commands: Commands
) -> None:
    ward(tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    ran = commands.run(tmp_path, "records", "backup", str(stick))
    (copy,) = stick.iterdir()
    assert ran.code == 0 and str(copy) in ran.out
    assert re.fullmatch(r"words-first-\d{4}-\d\d-\d\d-\d{6}\.sqlite3", copy.name)
    assert commands.on(copy, "records", "verify").code == 0
    again = commands.run(tmp_path, "records", "backup", str(copy))
    assert again.code == 2 and "of that name already" in again.err


def test_a_backup_is_looked_over_without_changing_anything(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    copy = tmp_path / "copy"
    commands.run(tmp_path, "records", "backup", str(copy))
    before = (copy.read_bytes(), sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2"))
    assert commands.run(tmp_path, "records", "restore", "--check", str(copy)).code == 0
    sql(copy, "UPDATE event SET chain = '' WHERE seq = 2")
    spoilt = copy.read_bytes()
    ran = commands.run(tmp_path, "records", "restore", "--check", str(copy))
    assert ran.code == 1 and "is damaged" in ran.out and copy.read_bytes() == spoilt
    copy.write_bytes(before[0][:5000])
    ran = commands.run(tmp_path, "records", "restore", "--check", str(copy))
    assert ran.code == 3 and "damaged" in ran.err
    assert sql(records_file(tmp_path), "SELECT * FROM event ORDER BY 1, 2") == before[1]
    assert not asides(records_file(tmp_path))


def test_restoring_asks_sets_aside_and_keeps_the_trail(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    copy = tmp_path / "copy"
    commands.run(tmp_path, "records", "backup", str(copy))
    assert commands.run(tmp_path, "records", "erase", "Sam", "--yes").code == 0
    asked = commands.terminal("no")
    ran = commands.run(tmp_path, "records", "restore", str(copy))
    assert ran.code == 2 and "nothing was changed" in ran.err and "(yes/no)" in asked[0]
    assert at(tmp_path, "Sam").sessions() == []
    commands.terminal("yes")
    ran = commands.run(tmp_path, "records", "restore", str(copy))
    assert ran.code == 0 and "something was erased. It is back now: erase it again." in ran.out
    (aside,) = asides(records_file(tmp_path))
    assert str(aside) in ran.out
    assert len(at(tmp_path, "Sam").sessions()) == 1
    assert trail(tmp_path) == [("Bea", "backed up"), ("Bea", "erased"), ("Bea", "restored")]


def test_a_backup_of_an_older_layout_comes_up_to_this_one(tmp_path: Path, commands: Commands) -> None:
    old = tmp_path / "old"
    script = Path(__file__).parents[1] / "simulator" / "layout-0001.sql"
    connection = sqlite3.connect(old)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    before = old.read_bytes()
    ran = commands.run(tmp_path, "records", "restore", str(old), "--yes", passphrase=None)
    assert ran.code == 0
    assert sql(records_file(tmp_path), "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert old.read_bytes() == before and not list(tmp_path.rglob("*.restoring-*"))


def test_damaged_records_are_restored_by_whoever_can_open_the_file(
    tmp_path: Path, commands: Commands
) -> None:
    ward(tmp_path)
    copy = tmp_path / "copy"
    commands.run(tmp_path, "records", "backup", str(copy))
    records_file(tmp_path).write_text("Dear diary,\n" * 500)
    ran = commands.run(tmp_path, "records", "restore", str(copy), "--yes", passphrase=None)
    assert ran.code == 0 and len(at(tmp_path, "Sam").sessions()) == 1
    assert trail(tmp_path)[-1] == ("this computer account", "restored")


# seal


def test_sealing_asks_names_the_key_and_what_is_still_open(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3")
    ward(tmp_path)
    ran = commands.run(tmp_path, "records", "seal", "--yes")
    assert ran.code == 2 and "key_file" in ran.err
    monkeypatch.setenv("WORDS_FIRST_KEY_FILE", str(tmp_path / "key"))
    commands.terminal("no")
    assert commands.run(tmp_path, "records", "seal").code == 2 and not (tmp_path / "key").exists()
    commands.terminal("yes")
    ran = commands.run(tmp_path, "records", "seal")
    (aside,) = asides(records_file(tmp_path))
    assert ran.code == 0 and str(tmp_path / "key") in ran.out and str(aside) in ran.out
    assert b"heliotrope" not in records_file(tmp_path).read_bytes()
    assert "with a key" in commands.run(tmp_path, "records", "where").out
    assert commands.run(tmp_path, "records", "verify").code == 0
    assert len(at(tmp_path, "Sam").sessions()) == 1
