"""The authors' commands that write and wait: new, tidy, and what `check --watch` calls."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from scenarios import author_commands, watch
from scenarios.author_commands import join, new, tidy
from scenarios.check import check_file
from scenarios.commands import Runner, Stop
from tests.scenarios.makers import VALID, changed

ACCOUNTS: Final = Path(__file__).with_name("accounts")


def run(*words: str) -> int:
    """Run one command as the command line would. Raises Stop."""
    top = ArgumentParser()
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Runner, examples: str, not_right: str) -> ArgumentParser:
        assert purpose.endswith(".")
        assert all(line.startswith("  words-first ") for line in examples.split("\n"))
        assert not_right
        verb = verbs.add_parser(name, allow_abbrev=False)
        verb.set_defaults(run=run)
        return verb

    join(add)
    arguments = top.parse_args(words)
    return int(arguments.run(arguments))


def stopped(*words: str) -> tuple[int, str]:
    with pytest.raises(Stop) as stop:
        run(*words)
    return stop.value.code, str(stop.value)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# new


def test_new_makes_a_scene_and_says_what_comes_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "my-scene") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Made my-scene.yaml: a whole scene, to play and then to make your own.",
        "Beside it scenario-1.json, with which an editor can help as you type.",
        "",
        "Next:",
        "  words-first check my-scene.yaml",
        "  words-first play my-scene.yaml",
    ]
    assert [problem.code for problem in check_file(here / "my-scene.yaml")[1]] == [
        "no-lived-experience-review"
    ]


def test_new_takes_its_date_from_a_clock(here: Path) -> None:
    arguments = Namespace(
        name="x", folder=here, from_incident=None, anonymised=False, incident_template=False
    )
    assert new(arguments, today=lambda: date(2031, 2, 3)) == 0
    assert "on: 2031-02-03}" in (here / "x.yaml").read_text()


def test_new_writes_over_nothing(here: Path) -> None:
    (here / "mine.yaml").write_text("mine")
    assert stopped("new", "mine") == (
        1,
        "mine.yaml is there already and was left as it is. Choose another name.",
    )
    assert (here / "mine.yaml").read_text() == "mine"


def test_new_says_that_another_schema_is_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "scenario-1.json").write_text("{}")
    assert run("new", "mine") == 0
    assert (
        "scenario-1.json was there already and is another one; it was left as it is."
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name the new scenario"),
        (["My Scene"], "`my-scene` would do"),
        (["x", "--folder", "no/such"], "there is no folder no/such"),
        (["x", "--from-incident", "none.txt"], "--incident-template"),
    ],
)
def test_new_used_wrongly(words: list[str], told: str) -> None:
    code, sentence = stopped("new", *words)
    assert code == 2
    assert told in sentence


def test_new_prints_the_headings_of_an_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "--incident-template") == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.endswith(":")] == [
        "Trigger:",
        "What was seen:",
        "What was tried:",
        "How it ended:",
    ]


def test_new_lays_out_an_account(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account = str(ACCOUNTS / "cancelled-leave.txt")
    assert run("new", "leave", "--from-incident", account, "--folder", "scenes") == 0
    assert '"Still to write"' in capsys.readouterr().out
    assert not [p for p in check_file(here / "scenes" / "leave.yaml")[1] if p.severity == "error"]


def test_new_makes_nothing_of_an_account_without_headings(here: Path) -> None:
    (here / "account.txt").write_text("It was a bad day.")
    code, sentence = stopped("new", "x", "--from-incident", "account.txt")
    assert code == 1
    assert "`Trigger:`" in sentence
    assert "--incident-template" in sentence
    assert not (here / "x.yaml").exists()


def test_new_makes_nothing_of_a_record_unless_its_author_has_looked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (ACCOUNTS / "cancelled-leave.txt").read_text().replace("She", "Sarah Jones", 1)
    (here / "account.txt").write_text(told + "\nNHS 943 476 5919\x1b[2J\n")
    code, sentence = stopped("new", "x", "--from-incident", "account.txt")
    assert code == 1
    assert sentence.startswith("people's records must not become scenarios")
    said = capsys.readouterr().err
    assert "looks like a full name: Sarah Jones" in said
    assert "looks like an NHS number" in said
    assert "\x1b" not in said
    assert not list(here.glob("*.yaml"))
    assert run("new", "x", "--from-incident", "account.txt", "--anonymised") == 0


# tidy


def test_tidy_writes_and_says_what_it_wrote(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "scene.yaml").write_text(VALID)
    assert run("tidy", "scene.yaml") == 0
    assert run("tidy", "scene.yaml") == 0
    assert capsys.readouterr().out.splitlines() == [
        "scene.yaml: tidied; 1 id written: you-take-a-step.",
        "scene.yaml: tidy already.",
    ]


@pytest.mark.parametrize(("option", "code"), [("--check", 1), ("--diff", 0)])
def test_tidy_shows_what_it_would_change(
    option: str, code: int, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "scene.yaml").write_text(VALID)
    assert run("tidy", option, "scene.yaml") == code
    out = capsys.readouterr().out
    assert out.startswith("--- scene.yaml\n+++ scene.yaml (tidy)\n@@ ")
    assert "+    - id: you-take-a-step" in out
    assert (here / "scene.yaml").read_text() == VALID
    run("tidy", "scene.yaml")
    capsys.readouterr()
    assert run("tidy", option, "scene.yaml") == 0
    assert capsys.readouterr().out == ""


def test_tidy_leaves_a_file_with_errors_alone_and_goes_on(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = changed(("to: tea", "to: tee"))
    (here / "wrong.yaml").write_text(wrong)
    (here / "right.yaml").write_text(VALID)
    assert run("tidy", "wrong.yaml", "missing.yaml", "right.yaml") == 1
    told = capsys.readouterr()
    assert "wrong.yaml:" in told.out
    assert "unknown-target" in told.out
    assert "not-a-file" in told.out
    assert "right.yaml: tidied" in told.out
    assert "wrong.yaml has errors and was left as it is" in told.err
    assert (here / "wrong.yaml").read_text() == wrong


def test_tidy_owns_up_to_its_own_slips(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "scene.yaml").write_text(VALID)
    monkeypatch.setattr("scenarios.tidy.tidied", lambda text: text + "more: x\n")
    assert run("tidy", "scene.yaml") == 70
    assert "our slip, not yours" in capsys.readouterr().err
    assert (here / "scene.yaml").read_text() == VALID


def test_tidy_says_where_a_file_was_saved_meanwhile(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenarios import tidy as tidying

    def saved(made: tidying.Tidied) -> None:
        raise tidying.ChangedMeanwhile(str(made.path))

    (here / "scene.yaml").write_text(VALID)
    monkeypatch.setattr(tidying, "write", saved)
    assert run("tidy", "scene.yaml") == 1
    assert "was saved meanwhile" in capsys.readouterr().err


def test_tidy_can_be_called_by_itself(here: Path) -> None:
    (here / "scene.yaml").write_text(VALID)
    assert tidy(Namespace(files=["scene.yaml"], check=True, diff=False)) == 1


# watch


def test_watch_tells_and_leaves_with_the_code(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    made = watch.Watcher([here / "scene.yaml"], False, print, sleep=stop)
    (here / "scene.yaml").write_text(changed(("to: tea", "to: tee")))
    assert made.run() == 1
    monkeypatch.setattr(watch, "watch", lambda paths, strict, say: say("a\x1b[2Jb") or int(strict))
    assert author_commands.watch(["scene.yaml"], strict=True) == 1
    out = capsys.readouterr().out
    assert "unknown-target" in out
    assert "\x1b" not in out
