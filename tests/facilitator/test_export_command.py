"""`export` as it is typed: a whole file or none, never in another's place unasked, and a line on the trail."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from facilitator import export_command, exports
from facilitator.exported import Exported
from scoring.claims import CLAIM
from tests.facilitator.commanding import Commands, parsed
from tests.facilitator.exporting import csv_rows, rich
from tests.facilitator.rooms import WORDS, played, room_at
from tests.simulator.service import records_file, sql


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(capsys, monkeypatch, (export_command.join,))


def test_a_file_that_is_its_owners_alone_and_a_line_on_the_trail(tmp_path: Path, commands: Commands) -> None:
    rich(tmp_path).close()
    room_at(tmp_path).close()
    file = tmp_path / "turns.csv"
    ran = commands.run(tmp_path, "export", "--format", "csv", "-o", str(file))
    assert (ran.code, ran.out) == (0, "") and "1 session is in" in ran.err
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(b"\xef\xbb\xbfsession,")
    assert len(csv_rows(file.read_bytes().decode())) == 3
    lines = [(each.act, each.session is None, each.detail) for each in room_at(tmp_path).audit_lines()]
    assert ("exported", True, "csv, turns: 1 session") in lines
    assert ("exported", False, "csv, turns") in lines


def test_standard_output_gets_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    rich(tmp_path).close()
    room_at(tmp_path).close()
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    file = tmp_path / "turns.csv"
    for more in (("-o", str(file)), ()):
        argv = ("export", "--format", "csv", *more, "--records", str(records_file(tmp_path)))
        arguments = parsed((export_command.join,), argv)
        assert arguments.run(arguments) == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_another_file_stays_unless_it_is_to_go(tmp_path: Path, commands: Commands) -> None:
    played(tmp_path).close()
    room_at(tmp_path).close()
    file = tmp_path / "mine.jsonl"
    file.write_text("mine")
    ran = commands.run(tmp_path, "export", "--format", "jsonl", "-o", str(file))
    assert ran.code == 2 and "--force" in ran.err and file.read_text() == "mine"
    ran = commands.run(tmp_path, "export", "--format", "jsonl", "-o", str(file), "--force")
    assert ran.code == 0 and len(file.read_text(encoding="utf-8").splitlines()) == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["kept", "mine.jsonl"]


def test_nothing_is_left_of_an_export_that_was_broken_off(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        played(tmp_path).close()
    room_at(tmp_path).close()
    made = list[Exported]()

    def full(one: Exported) -> str:
        made.append(one)
        if len(made) > 1:
            raise OSError(28, "No space left on device")
        return ""

    monkeypatch.setattr(exports, "_group", full)
    with pytest.raises(OSError, match="No space"):
        commands.run(tmp_path, "export", "--format", "csv", "-o", str(tmp_path / "turns.csv"))
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


def test_damaged_sessions_are_counted_and_left_out(tmp_path: Path, commands: Commands) -> None:
    played(tmp_path).close()
    spoilt = played(tmp_path)
    spoilt.close()
    room_at(tmp_path).close()
    sql(
        records_file(tmp_path),
        "DELETE FROM event WHERE seq = 2 AND session_id = ?",
        spoilt.id.replace("-", ""),
    )
    ran = commands.run(tmp_path, "export", "--format", "xapi", "-o", str(tmp_path / "out"))
    assert ran.code == 1 and "1 session is in" in ran.err and "records verify" in ran.err


def test_filters_and_the_claim_beside_ratings(tmp_path: Path, commands: Commands) -> None:
    played(tmp_path, "Amy", group="North").close()
    played(tmp_path, "Bob", group="South").close()
    room_at(tmp_path).close()
    file = tmp_path / "some.jsonl"
    base = ("export", "--format", "jsonl", "--rows", "ratings", "-o", str(file), "--force")
    ran = commands.run(tmp_path, *base, "--group", "North", "--scenario", "tea", "--since", "2023-01-01")
    assert ran.code == 0 and CLAIM in ran.err
    assert {json.loads(line)["group"] for line in file.read_text(encoding="utf-8").splitlines()} == {"North"}
    commands.run(tmp_path, *base, "--trainee", "bo")
    assert {json.loads(line)["group"] for line in file.read_text(encoding="utf-8").splitlines()} == {"South"}
    commands.run(tmp_path, *base, "--until", "2023-01-01")
    assert file.read_text(encoding="utf-8") == ""


def test_statements_name_the_trusts_own_address(tmp_path: Path, commands: Commands) -> None:
    played(tmp_path).close()
    room_at(tmp_path).close()
    file = tmp_path / "out.jsonl"
    commands.run(
        tmp_path, "export", "--format", "xapi", "-o", str(file), "--home-page", "https://trust.example/"
    )
    homes = {
        json.loads(line)["actor"]["account"]["homePage"]
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert homes == {"https://trust.example/"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--format", "xapi", "--with-words"), "--with-words"),
        (("--format", "xapi", "--rows", "turns"), "--rows"),
        (("--format", "csv", "--home-page", "https://x.example/"), "--home-page"),
        (("--format", "csv", "--rows", "ratings", "--with-words"), "--with-words"),
    ],
)
def test_what_does_not_go_together_is_said_before_anybody_is_asked(
    tmp_path: Path, commands: Commands, more: tuple[str, ...], said: str
) -> None:
    ran = commands.run(tmp_path, "export", *more, passphrase=None)
    assert ran.code == 2 and said in ran.err


@pytest.mark.parametrize("more", [("--home-page", "here"), ("--since", "monday"), ("--format", "xls"), ()])
def test_an_argument_that_is_none(more: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        parsed(
            (export_command.join,),
            ("export", *(("--format", "xapi") if more[:1] != ("--format",) and more else ()), *more),
        )


def test_without_a_passphrase_nothing_is_written(tmp_path: Path, commands: Commands) -> None:
    played(tmp_path).close()
    room_at(tmp_path).close()
    ran = commands.run(
        tmp_path, "export", "--format", "csv", "-o", str(tmp_path / "x"), passphrase="wrong words here"
    )
    assert ran.code == 2 and not (tmp_path / "x").exists()
