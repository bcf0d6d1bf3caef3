"""`hand-over` and `receive` as they are typed: who may, what is asked, and one sentence for what will not do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator import handover_command
from facilitator.handover import LARGEST_FILE, MAGIC
from tests.facilitator.commanding import Commands, Ran
from tests.facilitator.rooms import colleague, played, room_at
from tests.simulator.service import at

WORDS = "quiet heron slow linnet"


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("WORDS_FIRST_FILE_PASSPHRASE", WORDS)
    return Commands(capsys, monkeypatch, (handover_command.join,))


def handed(commands: Commands, folder: Path, *more: str) -> tuple[Path, Ran]:
    """A session of Sam's at home, put into a file by a facilitator there."""
    (folder / "home").mkdir()
    session = played(folder / "home", "Sam", group="Spring")
    room_at(folder / "home").close()
    file = folder / "heron.handed"
    ran = commands.run(folder / "home", "hand-over", session.id[:8], "-o", str(file), *more)
    return file, ran


def ward(folder: Path) -> Path:
    """The other machine, with a facilitator."""
    (folder / "ward").mkdir()
    room_at(folder / "ward").close()
    return folder / "ward"


def test_from_one_machine_to_the_other_and_once_more(tmp_path: Path, commands: Commands) -> None:
    file, ran = handed(commands, tmp_path)
    assert ran.code == 0 and str(file) in ran.out and WORDS not in ran.out + ran.err
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    there = ward(tmp_path)
    ran = commands.run(there, "receive", str(file))
    assert ran.code == 0 and "as Sam's" in ran.out
    assert [row.trainee for row in room_at(there).page()] == ["Sam"]
    ran = commands.run(there, "receive", str(file))
    assert ran.code == 0 and "nothing was changed" in ran.out
    assert room_at(there).count() == 1


def test_a_trainee_hands_over_their_own_without_any_facilitator(tmp_path: Path, commands: Commands) -> None:
    session = played(tmp_path, "Sam")
    file = tmp_path / "mine.handed"
    ran = commands.run(tmp_path, "hand-over", session.id, "-o", str(file), "--as", "Sam", passphrase=None)
    assert ran.code == 0 and file.exists()
    ran = commands.run(
        tmp_path, "hand-over", session.id, "-o", str(tmp_path / "x"), "--as", "Alex", passphrase=None
    )
    assert ran.code == 2 and "no such session" in ran.err and not (tmp_path / "x").exists()


def test_only_a_facilitator_takes_in(tmp_path: Path, commands: Commands) -> None:
    file, _ = handed(commands, tmp_path)
    (tmp_path / "ward").mkdir()
    ran = commands.run(tmp_path / "ward", "receive", str(file))
    assert ran.code == 2 and "`words-first review` makes the first" in ran.err
    room_at(tmp_path / "ward").close()
    for passphrase in ("not the right one", None):
        assert commands.run(tmp_path / "ward", "receive", str(file), passphrase=passphrase).code == 2
    assert room_at(tmp_path / "ward").count() == 0


def test_whoever_receives_it_sees_it_in_a_group_of_theirs(tmp_path: Path, commands: Commands) -> None:
    file, _ = handed(commands, tmp_path)
    there = ward(tmp_path)
    colleague(there, "Cy", ("Autumn", "Winter")).close()
    ran = commands.run(there, "receive", str(file), "--facilitator", "Cy", "--group", "Spring")
    assert ran.code == 2 and "not a group that you look after" in ran.err
    assert commands.run(there, "receive", str(file), "--facilitator", "Cy").code == 0
    assert [row.group for row in colleague(there, "Cy").page()] == ["Autumn"]


def test_a_file_is_never_written_over(tmp_path: Path, commands: Commands) -> None:
    session = played(tmp_path, "Sam")
    file = tmp_path / "taken"
    file.write_text("my shopping list")
    ran = commands.run(tmp_path, "hand-over", session.id, "-o", str(file), "--as", "Sam", passphrase=None)
    assert ran.code == 2 and "of that name already" in ran.err and file.read_text() == "my shopping list"


def test_what_will_not_do_is_one_sentence_each(tmp_path: Path, commands: Commands) -> None:
    file, _ = handed(commands, tmp_path)
    there = ward(tmp_path)
    cut, large, other = tmp_path / "cut", tmp_path / "large", tmp_path / "other"
    cut.write_bytes(file.read_bytes()[:-9])
    large.write_bytes(MAGIC + bytes(LARGEST_FILE))
    other.write_text("Dear diary")
    for path, words in (
        (cut, "damaged or was cut short"),
        (large, "larger than any"),
        (other, "not a file from `hand-over`"),
        (tmp_path, "not a file"),
        (tmp_path / "nowhere", "cannot be read"),
    ):
        ran = commands.run(there, "receive", str(path))
        assert ran.code == 2 and words in ran.err and "Traceback" not in ran.err
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "not a file" in commands.run(there, "receive", str(tmp_path / "pipe")).err
    assert room_at(there).count() == 0


def test_at_a_terminal_the_passphrase_is_asked_for_and_can_be_made(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORDS_FIRST_FILE_PASSPHRASE")
    session = played(tmp_path, "Sam")
    mine = ("--as", "Sam")
    ran = commands.run(tmp_path, "hand-over", session.id, "-o", str(tmp_path / "a"), *mine, passphrase=None)
    assert ran.code == 2 and "WORDS_FIRST_FILE_PASSPHRASE" in ran.err
    commands.terminal(WORDS, "something else")
    ran = commands.run(tmp_path, "hand-over", session.id, "-o", str(tmp_path / "a"), *mine, passphrase=None)
    assert ran.code == 2 and "not the same" in ran.err and not (tmp_path / "a").exists()
    commands.terminal("")
    ran = commands.run(tmp_path, "hand-over", session.id, "-o", str(tmp_path / "a"), *mine, passphrase=None)
    made = ran.err.partition(": ")[2].strip()
    assert ran.code == 0 and len(made.split()) == 8
    there = ward(tmp_path)
    asked = commands.terminal("wrong wrong wrong", made)
    ran = commands.run(there, "receive", str(tmp_path / "a"))
    assert ran.code == 0 and "does not fit" in ran.err and len(asked) == 2
    commands.terminal("wrong wrong wrong", "wrong wrong wrong", "wrong wrong wrong", made)
    assert commands.run(there, "receive", str(tmp_path / "a")).code == 2
    assert at(tmp_path, "Sam").sessions()[0].session == session.id
