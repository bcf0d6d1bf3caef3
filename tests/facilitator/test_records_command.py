"""Looking after the records: who may, what is said, and that nothing is said of what was kept private."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator import records_command, talking
from simulator.backup import asides
from simulator.settings import FILE
from tests.facilitator.commanding import Commands, parsed
from tests.facilitator.keeping import keeping, trail, ward
from tests.facilitator.rooms import WORDS, colleague, played, room_at
from tests.simulator.service import FakeClock, at, begin, records_file, screen, sql

ACTS = (
    ("verify",),
    ("backup", "{folder}/copy"),
    ("restore", "{folder}/kept-copy", "--yes"),
    ("erase", "Sam", "--yes"),
    ("retention",),
)


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return keeping(capsys, monkeypatch)


# who may


@pytest.mark.parametrize("act", ACTS, ids=[act[0] for act in ACTS])
def test_a_passphrase_is_needed_and_a_wrong_one_does_nothing(
    tmp_path: Path, commands: Commands, act: tuple[str, ...]
) -> None:
    ward(tmp_path)
    argv = [each.format(folder=tmp_path) for each in act]
    before = sql(records_file(tmp_path), "SELECT count(*) FROM session")
    assert commands.run(tmp_path, "records", *argv, passphrase="not the right one").code == 2
    ran = commands.run(tmp_path, "records", *argv, passphrase=None)
    assert ran.code == 2 and "passphrase is needed" in ran.err
    assert sql(records_file(tmp_path), "SELECT count(*) FROM session") == before
    assert not (tmp_path / "copy").exists() and not asides(records_file(tmp_path))


@pytest.mark.parametrize("act", ACTS, ids=[act[0] for act in ACTS])
def test_whoever_looks_after_some_groups_does_not_look_after_the_records(
    tmp_path: Path, commands: Commands, act: tuple[str, ...]
) -> None:
    ward(tmp_path)
    colleague(tmp_path, "Cy", ("Spring",)).close()
    argv = [each.format(folder=tmp_path) for each in act]
    ran = commands.run(tmp_path, "records", *argv, "--facilitator", "Cy")
    assert ran.code == 2 and "looks after all groups" in ran.err
    assert len(at(tmp_path, "Sam").sessions()) == 1


def test_while_nobody_is_a_facilitator_saving_works_and_taking_away_does_not(
    tmp_path: Path, commands: Commands
) -> None:
    session = played(tmp_path)
    saving: list[tuple[str, ...]] = [("where",), ("verify",), ("backup", str(tmp_path / "copy"))]
    for argv in saving:
        assert commands.run(tmp_path, "records", *argv, passphrase=None).code == 0
    assert (
        commands.run(tmp_path, "records", "restore", str(tmp_path / "copy"), "--yes", passphrase=None).code
        == 0
    )
    assert trail(tmp_path)[-1] == ("this computer account", "restored")
    for argv in [("erase", "Sam", "--yes"), ("retention",)]:
        ran = commands.run(tmp_path, "records", *argv, passphrase=None)
        assert ran.code == 2 and "`words-first review` makes the first" in ran.err
    assert screen(at(tmp_path).resume(session.id)) == screen(session)


def test_where_there_are_no_records_none_are_made(tmp_path: Path, commands: Commands) -> None:
    assert "they will be made here" in commands.run(tmp_path, "records", "where").out
    for act in ACTS:
        argv = [each.format(folder=tmp_path) for each in act]
        assert commands.run(tmp_path, "records", *argv).code == 2
    assert not records_file(tmp_path).exists()


# where


def test_where_says_what_lies_there_and_who_can_read_it(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    file = records_file(tmp_path)
    file.with_name(file.name + ".aside-2026-01-01-000000").write_bytes(b"x" * 200_000)
    ran = commands.run(tmp_path, "records", "where", passphrase=None)
    assert ran.code == 0 and str(file) in ran.out and "aside-2026-01-01-000000 (0.2 MB)" in ran.out
    assert os.name == "nt" or "this computer account alone" in ran.out


def test_a_servers_password_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = parsed(
        (records_command.join,), ("records", "where", "--records", "postgresql://ward:hush@host/db")
    )
    assert arguments.run(arguments) == 0
    said = capsys.readouterr().out
    assert "host/db" in said and "hush" not in said
    ran = Commands(capsys, monkeypatch, (records_command.join,))
    for act in (("backup", "x"), ("restore", "x")):
        arguments = parsed(
            (records_command.join,), ("records", *act, "--records", "postgresql://ward:hush@host/db")
        )
        with pytest.raises(Exception, match="its own tools"):
            arguments.run(arguments)
    assert ran is not None


# verify


def test_whole_records_are_said_to_be(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    ran = commands.run(tmp_path, "records", "verify")
    assert (ran.code, ran.out) == (0, "Every session plays to what the records say of it.\n")
    assert trail(tmp_path) == [("Bea", "verified")]


def test_a_damaged_session_is_named_where_it_is_shared_and_not_otherwise(
    tmp_path: Path, commands: Commands
) -> None:
    ward(tmp_path)
    shared, private = at(tmp_path, "Sam").sessions()[0], at(tmp_path, "Alex").sessions()[0]
    sql(records_file(tmp_path), "UPDATE event SET chain = '' WHERE seq = 2")
    ran = commands.run(tmp_path, "records", "verify")
    assert ran.code == 1
    assert f"{shared.session} is damaged" in ran.out and private.session not in ran.out
    assert "A session that is not shared is damaged" in ran.out and "Alex" not in ran.out
    assert not re.search(r"\b[0-9]+ (session|of)", ran.out), "no count that could give one away"


def test_a_list_that_is_behind_is_told_and_mended(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    sql(records_file(tmp_path), "UPDATE session SET turns = 9, outcome = 'rupture'")
    ran = commands.run(tmp_path, "records", "verify")
    assert ran.code == 1 and "verify --mend" in ran.out
    ran = commands.run(tmp_path, "records", "verify", "--mend")
    assert ran.code == 0 and "The lists say now what the records say." in ran.out
    assert commands.run(tmp_path, "records", "verify").code == 0
    assert at(tmp_path, "Sam").sessions()[0].outcome == "settled"


def test_a_damaged_file_is_a_sentence_before_anybody_is_asked(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    records_file(tmp_path).write_text("Dear diary,\n" * 500)
    ran = commands.run(tmp_path, "records", "verify", passphrase=None)
    assert ran.code == 1 and "damaged" in ran.out


# erase


def test_erasing_asks_for_the_name_and_takes_everything(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    asked = commands.terminal("Alex")
    assert commands.run(tmp_path, "records", "erase", "Sam").code == 2
    assert "Type Sam to go on" in asked[0] and len(at(tmp_path, "Sam").sessions()) == 1
    commands.terminal("sam")
    ran = commands.run(tmp_path, "records", "erase", "Sam")
    assert ran.code == 0 and "not whose it was" in ran.out and "Sam" not in ran.out
    raw = b"".join(file.read_bytes() for file in records_file(tmp_path).parent.iterdir())
    assert b"heliotrope" not in raw and b"liotrope" not in raw and b"wisteria" in raw
    assert trail(tmp_path) == [("Bea", "erased")]


def test_a_private_trainee_is_erased_in_the_same_words_and_asked_about_before_it_is_known(
    tmp_path: Path, commands: Commands
) -> None:
    ward(tmp_path)
    here, absent = commands.terminal(), None
    commands.run(tmp_path, "records", "erase", "Alex")
    absent = commands.terminal()
    commands.run(tmp_path, "records", "erase", "Robin")
    assert here[0].replace("Alex", "Robin") == absent[0], "asking gives nothing away"
    assert commands.run(tmp_path, "records", "erase", "Robin", "--yes").code == 2
    shared = commands.run(tmp_path, "records", "erase", "Sam", "--yes")
    private = commands.run(tmp_path, "records", "erase", "Alex", "--yes")
    assert shared == private and private.code == 0
    assert sql(records_file(tmp_path), "SELECT count(*) FROM learner") == [(0,)]


def test_one_shared_session_can_be_erased_and_a_private_one_is_not_there(
    tmp_path: Path, commands: Commands
) -> None:
    shared, private = played(tmp_path, "Sam"), played(tmp_path, "Sam", "mine")
    room_at(tmp_path).close()
    for session in (private.id, "zzzz", "", shared.id[:3]):
        ran = commands.run(tmp_path, "records", "erase", "Sam", "--session", session or "0", "--yes")
        assert ran.code == 2 and "shared no session" in ran.err
    assert commands.run(tmp_path, "records", "erase", "Sam", "--session", shared.id[:8], "--yes").code == 0
    assert [row.session for row in at(tmp_path, "Sam").sessions()] == [private.id]


def test_where_nobody_can_be_asked_yes_has_to_be_said(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    ran = commands.run(tmp_path, "records", "erase", "Sam")
    assert ran.code == 2 and "--yes" in ran.err and len(at(tmp_path, "Sam").sessions()) == 1


def test_older_copies_that_may_still_hold_it_are_named(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    file = records_file(tmp_path)
    aside = file.with_name(file.name + ".aside-2026-01-01-000000")
    aside.write_bytes(file.read_bytes())
    ran = commands.run(tmp_path, "records", "erase", "Sam", "--yes")
    assert ran.code == 0 and str(aside) in ran.out and aside.exists()


# retention


def test_without_a_time_set_nothing_goes(tmp_path: Path, commands: Commands) -> None:
    ward(tmp_path)
    ran = commands.run(tmp_path, "records", "retention", "--apply", "--yes")
    assert ran.code == 0 and "No time is set" in ran.out and len(at(tmp_path, "Sam").sessions()) == 1


def test_what_has_had_its_time_is_shown_and_goes_when_that_is_asked_for(
    tmp_path: Path, commands: Commands
) -> None:
    long_ago = FakeClock()
    old = begin(at(tmp_path, "Sam", clock=long_ago), "shared")
    begin(at(tmp_path, "Alex", clock=long_ago), "mine")
    young = played(tmp_path, "Sam")
    room_at(tmp_path).close()
    (records_file(tmp_path).parent / FILE).write_text("retention_days = 30\n")
    ran = commands.run(tmp_path, "records", "retention")
    assert ran.code == 0 and old.id in ran.out and young.id not in ran.out
    assert len(at(tmp_path, "Sam").sessions()) == 2, "looking changes nothing"
    assert commands.run(tmp_path, "records", "retention", "--apply").code == 2
    assert commands.run(tmp_path, "records", "retention", "--apply", "--yes").code == 0
    assert [row.session for row in at(tmp_path, "Sam").sessions()] == [young.id]
    assert at(tmp_path, "Alex").sessions() == []
    assert trail(tmp_path) == [("Bea", "expired")]


# the command line itself


def test_every_verb_says_what_it_does_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("where", "verify", "backup", "restore", "seal", "erase", "retention"):
        with pytest.raises(SystemExit) as left:
            parsed((records_command.join,), ("records", verb, "--help"))
        said = capsys.readouterr().out
        assert left.value.code == 0 and f"  words-first records {verb}" in said and "--records" in said


def test_a_verb_is_needed() -> None:
    with pytest.raises(SystemExit) as left:
        parsed((records_command.join,), ("records",))
    assert left.value.code == 2


def test_joining_loads_nothing_heavy() -> None:
    code = (
        "import sys; import facilitator.records_command, facilitator.handover_command; "
        "heavy = {'sqlalchemy', 'alembic', 'sqlite3', 'pydantic', 'nacl', 'textual', 'yaml'}; "
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class _Terminal:
    """Standard error as a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_is_told_from_a_second_on_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, now = _Terminal(), [0.0]
    monkeypatch.setattr(sys, "stderr", terminal)
    with talking.progress("Copying", lambda: now[0]) as tell:
        tell(0.1)
        assert terminal.text == ""
        now[0] = 1.5
        tell(0.25)
        tell(0.26)
        assert terminal.text == "\rCopying: 25% …"
    assert terminal.text.endswith("\r" + " " * len("Copying: 25% …") + "\r")


def test_a_passphrase_on_the_command_line_is_no_option() -> None:
    arguments = parsed((records_command.join,), ("records", "verify"))
    assert isinstance(arguments, argparse.Namespace) and WORDS not in str(arguments)
