"""What the tests of looking after records share: a ward's records, and what their trail says."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator import records_command
from simulator import database
from simulator.backup import backup
from tests.facilitator.commanding import Commands
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import records_file, sql


def keeping(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The `records` command, as with an SQLite that keeps no write-ahead file: windows left open are idle then."""
    monkeypatch.setattr(database, "SAFE_WAL", (99, 0, 0))
    return Commands(capsys, monkeypatch, (records_command.join,))


def ward(folder: Path) -> None:
    """A facilitator, a shared session of Sam's and a private one of Alex's."""
    if not _PLAYED:
        # every save waits for the disk, so it is played once and copied
        played(folder, "Sam", word="heliotrope")
        played(folder, "Alex", "mine", word="wisteria")
        room_at(folder).close()
        backup(records_file(folder), folder / "played", lambda _: None)
        _PLAYED.append((folder / "played").read_bytes())
        return
    records_file(folder).parent.mkdir(exist_ok=True)
    records_file(folder).write_bytes(_PLAYED[0])
    records_file(folder).chmod(0o600)


_PLAYED: list[bytes] = []


def trail(folder: Path) -> list[tuple[str, str]]:
    """Who did what, without who came in."""
    rows = sql(records_file(folder), "SELECT actor, act FROM audit ORDER BY id")
    return [(who, act) for who, act in rows if act not in ("entered", "made a facilitator")]
