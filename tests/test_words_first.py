"""The command: its help, its exit codes, and what it does when things go wrong around it or inside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import pytest

import words_first
from simulator import commands
from tests.simulator.service import TEA

ROOT: Final = Path(__file__).parents[1]
COMMANDS: Final = (
    *("play", "sessions", "show", "list", "check", "run", "schema"),
    *("preview", "new", "tidy", "map", "lsp", "explore"),
    *("review", "report", "cohort", "hand-over", "receive", "export", "records"),
)
HEAVY: Final = (
    "textual",
    "networkx",
    "numpy",
    "graphlay",
    "sqlalchemy",
    "pydantic",
    "yaml",
    "alembic",
    "platformdirs",
    "nacl",
    "jinja2",
)
RUN: Final = ("run", str(TEA), "--replies", "own-it,ring-now", "--opening", "usual")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the records, settings or crash reports of whoever runs it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("WORDS_FIRST_RECORDS", str(home / "records" / "records.sqlite3"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return home


def command(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, input empty unless given."""
    more.setdefault("input", b"")
    more.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(
        [sys.executable, str(ROOT / "words_first.py"), *arguments], stderr=subprocess.PIPE, timeout=60, **more
    )


# help


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_says_what_for_how_and_with_which_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words_first.main([*name.split(), "--help"]) == 0
    said = capsys.readouterr().out
    for part in ("examples:", "words-first", "exit codes:", "70 ", "128+n", "wrong use", "--records URL"):
        assert part in said
    assert "==SUPPRESS==" not in said


def test_only_commands_that_exist_are_offered(capsys: pytest.CaptureFixture[str]) -> None:
    words_first.main(["--help"])
    said = capsys.readouterr().out
    offered = [line.split()[0] for line in said.splitlines() if line.startswith("    ") and line[4] != " "]
    assert offered == list(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    """One process for all: where none has loaded anything, each has loaded nothing."""
    look = (
        "import sys, words_first\n"
        f"for name in {['', *COMMANDS]!r}:\n"
        "    code = words_first.main([*name.split(), '--help'])\n"
        f"    print('LOADED', name, sorted(set({HEAVY!r}) & set(sys.modules)), code)"
    )
    python = [sys.executable, "-c", look]
    done = subprocess.run(python, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    told = [line for line in done.stdout.splitlines() if line.startswith("LOADED ")]
    assert told == [f"LOADED {name} [] 0" for name in ("", *COMMANDS)]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert words_first.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("words-first ")


# exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["run"],
        ["run", "no-such-scenario", "--replies", "a"],
        ["play", "no/such/file.yaml"],
        ["play", str(TEA), "--seed", "-1"],
        ["play", str(TEA), "--seed", "99999999999999999999"],
        ["play", str(TEA), "--keep", "some"],
        ["play", str(TEA), "--keep", "mine", "--private"],
        ["play", str(TEA), "--opening", "none-such"],
        ["play", str(TEA), "--cast", "Nobody"],
        ["play", "--cast", "Marcus"],
        ["play", str(TEA), "--resume"],
        ["play", "--resume", "--keep", "none"],
        ["play", str(TEA), "--as", " ", "--plain"],
        ["show", "none-such"],
        ["sessions", "--since", "yesterday"],
        ["play", "bad\0name"],
    ],
)
def test_wrong_use_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert words_first.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "words-first" in said.err
    assert "Traceback" not in said.err
    assert not list(own_home.rglob("*crash*"))


def test_a_mistyped_name_is_answered_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "the-tea-trolley.yaml").write_bytes(TEA.read_bytes())
    settings = own_home / "records" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text(f"scenario_folders = [{str(own)!r}]\n", encoding="utf-8")
    assert words_first.main(["run", "the-tea-troley", "--replies", ""]) == 2
    assert "Did you mean `the-tea-trolley`?" in capsys.readouterr().err
    assert words_first.main(["run", "the-tea-trolley", "--replies", ""]) == 0


def test_a_scenario_with_errors_is_1_and_told_as_check_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(TEA.read_text(encoding="utf-8").replace("to: what-now", "to: nowhere"), encoding="utf-8")
    for arguments in (["run", str(bad), "--replies", ""], ["play", str(bad), "--plain"]):
        assert words_first.main(arguments) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "error unknown-target:" in said.err


def test_a_full_disk_is_3() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = command(*RUN, stdout=full)
    assert done.returncode == 3
    assert b"no space left" in done.stderr.lower()
    assert b"Exception ignored" not in done.stderr


def test_records_that_are_away_are_3(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    torn = tmp_path / "torn.sqlite3"
    torn.write_bytes(b"no database " * 1000)
    for arguments in (("sessions",), ("show", "3f2a"), ("play", str(TEA), "--plain"), ("play", "--resume")):
        done = command(*arguments, "--records", str(torn))
        assert done.returncode == 3
        assert b"Traceback" not in done.stderr
        assert b"The records are damaged" in done.stderr
    assert torn.read_bytes() == b"no database " * 1000


def test_records_that_cannot_be_made_can_be_gone_on_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    typed = b"\n\n\n\nnothing\nown-it\n"
    done = command("play", str(TEA), "--plain", "--records", str(blocked / "records.sqlite3"), input=typed)
    assert done.returncode == 0
    assert done.stdout.count(b"Nothing has moved on, and nothing was lost.") == 2
    assert b"You: You were told three and nobody came." in done.stdout
    assert b"Nothing was kept, as you chose." in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_reader_who_has_had_enough_hears_nothing_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = command(*RUN, stdout=pipe)
    assert done.returncode == 141
    assert done.stderr == b""


def test_interrupted_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "play", _raising(KeyboardInterrupt))
    assert words_first.main([]) == 130


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_a_session_is_suspended(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "words_first.py"), "play", str(TEA), "--plain", "--as", "Sam"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdin.write(b"\n\n\nown-it\n")
    process.stdin.flush()
    while not process.stdout.readline().startswith(b"Turn 2."):
        pass
    process.send_signal(number)
    process.stdout.read()
    assert process.wait(60) == 128 + number
    assert process.stderr.read() == b""
    process.stdin.close(), process.stdout.close(), process.stderr.close()
    assert b": suspended, 1 take" in command("sessions", "--as", "Sam").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
def test_being_told_to_stop_gets_through_where_python_swallows_it() -> None:
    class Going:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(words_first.Signalled) as told, words_first.listening():
        Going()
        threading.Event().wait(30)
    assert told.value.number == signal.SIGTERM


def _raising(error: BaseException | type[BaseException]) -> Any:
    def play(_arguments: object) -> int:
        raise error

    return play


# our own bugs


class Ours(RuntimeError):
    pass


def test_our_own_bug_becomes_a_report_without_a_word_in_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    monkeypatch.setattr(commands, "play", _raising(Ours("what Sam typed in the scene")))
    assert words_first.main([]) == 70
    said = capsys.readouterr()
    [report] = own_home.rglob("*crash*.txt")
    text = report.read_text(encoding="utf-8")
    assert str(report) in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "Ours" in text
    assert "test_words_first:" in text
    for hidden in ("Sam", "typed", "raise error", str(own_home)):
        assert hidden not in text
    assert "Sam" not in said.err
    if sys.platform != "win32":
        assert report.stat().st_mode & 0o077 == 0


def test_our_own_bug_with_nothing_kept_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    monkeypatch.setattr("simulator.commands._plain", lambda *_: _raising(Ours("secret"))(None))
    assert words_first.main(["play", str(TEA), "--private", "--plain"]) == 70
    assert list(own_home.iterdir()) == []
    said = capsys.readouterr().err
    assert "secret" not in said
    assert "No report was written. It happened at" in said


def test_a_log_folder_that_is_closed_is_no_reason_to_lose_the_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    blocked = own_home / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr("simulator.tui.crash.folder", lambda: blocked / "logs")
    monkeypatch.setattr(commands, "play", _raising(Ours()))
    assert words_first.main([]) == 70
    [report] = own_home.glob("*crash*.txt")
    assert str(report) in capsys.readouterr().err


# poor terminals


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252", "utf-8"])
def test_any_encoding_is_answered_with_what_it_can_show(encoding: str, tmp_path: Path) -> None:
    curly = tmp_path / "curly.yaml"
    words = "They said three\u2026 \u2018Three\u2019 \u2014 caf\u00e9 \u2192 \u4e09."
    curly.write_text(TEA.read_text(encoding="utf-8").replace("They said three.", words), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = command("run", str(curly), "--replies", "", "--seed", "0", env=environment)
    assert done.returncode == 0
    said = done.stdout.decode(encoding)
    if encoding == "utf-8":
        assert words in said
    if encoding == "ascii":
        assert "They said three... 'Three' - cafe -> ?." in said


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    typed = b"\n\n\n\xff\xfe\x80\nown-it\n"
    done = command("play", str(TEA), "--plain", "--seed", "3", input=typed, env=environment)
    assert done.returncode == 0
    assert b"That fits nothing here" in done.stdout
    assert b"Turn 2." in done.stdout


def test_without_a_capable_terminal_one_line_says_so_and_plain_mode_goes_on() -> None:
    done = command("play", str(TEA), "--seed", "3")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "Input is not a keyboard, so Words First goes on in plain mode."
    ]
    assert done.stdout.startswith(b"Words First, in plain mode.")


def test_the_words_before_a_command_hold_for_it(own_home: Path, tmp_path: Path) -> None:
    """`--records` may stand on either side of the command."""
    elsewhere = tmp_path / "elsewhere" / "records.sqlite3"
    command("--records", str(elsewhere), "play", str(TEA), "--plain", "--as", "Sam", input=b"\n\n\nown-it\n")
    assert elsewhere.exists()
    assert not (own_home / "records").exists()
    assert command("sessions", "--as", "Sam", "--records", str(elsewhere)).stdout.count(b"suspended") == 1


def test_plain_may_be_asked_for_before_or_after_play_or_alone(tmp_path: Path) -> None:
    for arguments in (("--plain",), ("--plain", "play"), ("play", "--plain")):
        done = command(*arguments)
        assert done.stderr == b""
        assert done.stdout.startswith(b"Words First, in plain mode.")


# sessions and show


def test_sessions_and_show(tmp_path: Path) -> None:
    import json

    typed = b"\n7\n\nown-it\nring-now\nlighter\n8\nI gave a time.\nskip\n\n"
    command("play", str(TEA), "--plain", "--as", "Sam", "--seed", "3", "--opening", "usual", input=typed)
    command("play", str(TEA), "--plain", "--as", "Robin", "--seed", "3", input=b"\n\n\nown-it\n")
    rows = json.loads(command("sessions", "--json", "--as", "Sam").stdout)
    assert [(row["trainee"], row["state"], row["outcome"], row["takes"]) for row in rows] == [
        ("Sam", "ended", "settled", 1)
    ]
    assert ",".join(rows[0]) == "session,scenario,version,trainee,started,state,keep,outcome,takes,reviewed"
    session = rows[0]["session"]
    shown = json.loads(command("show", session, "--json", "--as", "Sam").stdout)
    assert shown["session"] == session
    assert shown["debrief"]["word"] == "lighter"
    text = command("show", session, "--as", "Sam").stdout.decode()
    assert "You: You were told three and nobody came." in text
    assert "What happened, as you told it: I gave a time." in text
    assert "EMDABS-aligned, not EMDABS" in text
    refused = command("show", session, "--as", "Robin")
    assert (refused.returncode, refused.stdout) == (2, b"")
    for asked, count in (
        (("--scenario", "tea"), 1),
        (("--scenario", "x"), 0),
        (("--since", "2999-01-01"), 0),
    ):
        assert len(json.loads(command("sessions", "--json", "--as", "Sam", *asked).stdout)) == count


def test_a_run_keeps_nothing_of_its_making(own_home: Path) -> None:
    for arguments in (
        RUN,
        ("list",),
        ("check", str(TEA)),
        ("schema",),
        ("sessions",),
        ("sessions", "--as", "Sam"),
    ):
        command(*arguments)
    assert list(own_home.rglob("*.sqlite3*")) == []


def test_run_rates_each_take_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [*RUN[:2], "--replies", "own-it,ring-now,rewind:1,calm", "--opening", "usual", "--rate"]
    assert words_first.main([*arguments, "--json"]) == 0
    takes = json.loads(capsys.readouterr().out)["takes"]
    assert len(takes) == 2
    for take in takes:
        assert list(take["ratings"]) == [*(f"C{n}" for n in range(1, 8)), *(f"X{n}" for n in range(1, 6))]
        for rating in take["ratings"].values():
            assert set(rating) == {"value", "opportunities", "evidence", "capped_by", "for_facilitator"}
    assert words_first.main(arguments) == 0
    assert "EMDABS-aligned, not EMDABS" in capsys.readouterr().out
