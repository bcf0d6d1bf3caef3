"""The authors' subcommands: list, check, run and schema, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

import words_first
from scenarios import commands
from scenarios.script import answered, play_lines, seen, spoken

TEA: Final = Path(__file__).parents[1] / "simulator" / "tea.yaml"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORDS_FIRST_RECORDS", str(tmp_path / "home" / "records.sqlite3"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert words_first.main(arguments) == code
    return capsys.readouterr().out


def ran(capsys: pytest.CaptureFixture[str], replies: str, *more: str, code: int = 0) -> Any:
    arguments = (
        "run",
        str(TEA),
        "--replies",
        replies,
        "--opening",
        "usual",
        "--cast",
        "Marcus",
        "--json",
        *more,
    )
    return json.loads(said(capsys, *arguments, code=code))


# run


def test_run_json_has_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    whole = ran(capsys, "own-it, reach, ring-now, rewind:2, wait")
    assert set(whole) == {"scenario", "version", "seed", "opening", "cast", "takes", "vocabulary"}
    assert (whole["scenario"], whole["seed"], whole["opening"], whole["cast"]) == (
        "tea",
        0,
        "usual",
        "Marcus",
    )
    first, second = whole["takes"]
    assert set(first) == {"take", "from_take", "from_turn", "turns", "reaches", "ending", "next"}
    assert [turn["reply"] for turn in first["turns"]] == ["own-it", "ring-now"]
    assert [reach["turn"] for reach in first["reaches"]] == [2]
    assert first["ending"]["outcome"] == "settled"
    assert first["next"] is None
    assert (second["from_take"], second["from_turn"]) == (1, 1)
    assert [turn["turn"] for turn in second["turns"]] == [2]
    assert second["next"]["moment"] == "where-is-it"


def test_run_is_the_same_every_time_and_seed_0_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "own-it") == ran(capsys, "own-it", "--seed", "0")
    offered = [ran(capsys, "", "--seed", str(seed))["takes"][0]["next"]["offered"] for seed in range(6)]
    assert len({json.dumps(each) for each in offered}) > 1


def test_a_reply_that_is_not_offered_is_told_with_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    refusal = ran(capsys, "own-it,silence,wait", code=1)
    assert set(refusal) == {"error", "turn", "reply", "offered", "takes"}
    assert (refusal["error"], refusal["turn"], refusal["reply"]) == ("not-offered", 2, "silence")
    assert sorted(refusal["offered"]) == ["ring-now", "wait"]
    assert [turn["reply"] for turn in refusal["takes"][0]["turns"]] == ["own-it"]


@pytest.mark.parametrize(
    "wrong", ["nonsense", "rewind:1", "rewind:x", "rewind:", "rewind:999999999999", "own-it;x"]
)
def test_nothing_but_what_is_offered_is_taken(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    refusal = ran(capsys, wrong, code=1)
    assert (refusal["turn"], refusal["reply"]) == (1, wrong)


def test_after_an_ending_a_rewind_alone_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "own-it,ring-now,reach", code=1)["offered"] == []
    assert len(ran(capsys, "own-it,ring-now,rewind:1")["takes"]) == 2


def test_run_reads_as_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("run", str(TEA), "--replies", "silence,reach,ring-now,rewind:1", "--opening", "usual")
    text = said(capsys, *arguments, "--cast", "marcus")
    for line in (
        "The tea trolley",
        "Opening usual, meeting Marcus, seed 0.",
        "Turn 1.",
        "(He is by the hatch.)",
        "Marcus: They said three. It's ten past.",
        "(You stay quiet.)",
        "(You reach for physical intervention. It is not available here, and nothing changes.)",
        "The take ends: tea, settled.",
        "Take 2, from before the reply of turn 1.",
        "Turn 1 waits for an answer.",
        "silence: stay quiet",
    ):
        assert line in text.splitlines()


def test_run_says_on_standard_error_what_is_not_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert words_first.main(["run", str(TEA), "--replies", "\x1b[2Jx", "--opening", "usual"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("words-first: at turn 1 `\ufffd[2Jx` is not offered. Offered there: ")
    assert "\x1b" not in told.err + told.out


# check, list, schema


def test_check_of_a_good_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "check", str(TEA))
    assert "0 errors" in text
    whole = json.loads(said(capsys, "check", str(TEA), "--format", "json"))
    assert set(whole) == {"files", "problems", "errors", "warnings"}
    assert whole["errors"] == 0
    assert json.loads(said(capsys, "check", str(TEA), "--format", "sarif"))["version"] == "2.1.0"


def test_strict_turns_warnings_into_errors(capsys: pytest.CaptureFixture[str]) -> None:
    relaxed = json.loads(said(capsys, "check", str(TEA), "--format", "json"))
    assert relaxed["warnings"] > 0
    strict = json.loads(said(capsys, "check", str(TEA), "--format", "json", "--strict", code=1))
    assert (strict["errors"], strict["warnings"]) == (relaxed["warnings"], 0)
    assert {problem["severity"] for problem in strict["problems"]} == {"error"}


def test_check_of_a_file_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad\x1b[31m.yaml"
    bad.write_text(TEA.read_text(encoding="utf-8").replace("to: what-now", "to: nowhere"), encoding="utf-8")
    text = said(capsys, "check", str(bad), str(TEA), code=1)
    assert "unknown-target" in text
    assert "\x1b" not in text
    assert words_first.main(["check", str(tmp_path / "missing.yaml")]) == 1
    assert "not-a-file" in capsys.readouterr().out
    assert words_first.main(["check"]) == 2


def test_list_for_people_and_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    (home / "own").mkdir(parents=True)
    (home / "own" / "tea.yaml").write_bytes(TEA.read_bytes())
    (home / "own" / "torn.yaml").write_text("format: 1\ntitle: [", encoding="utf-8")
    (home / "settings.toml").write_text('scenario_folders = ["own"]\n', encoding="utf-8")
    whole = json.loads(said(capsys, "list", "--json"))
    assert set(whole) == {"scenarios", "unreadable"}
    [found] = [each for each in whole["scenarios"] if each["id"] == "tea"]
    assert found == {
        "id": "tea",
        "title": "The tea trolley",
        "role": "healthcare assistant",
        "minutes": 3,
        "content_notes": ["raised voices"],
        "reviewed": False,
        "path": str(home / "own" / "tea.yaml"),
    }
    assert str(home / "own" / "torn.yaml") in [each["path"] for each in whole["unreadable"]]
    text = said(capsys, "list")
    assert "tea: The tea trolley\nMarcus was told tea was at three and it is ten past.\n" in text
    assert "May touch on: raised voices." in text
    assert "Not yet reviewed by people with lived experience." in text
    assert f"Not readable: {home / 'own' / 'torn.yaml'}: " in text


def test_a_bare_name_is_the_shelf_and_a_path_is_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my tea.yml").write_bytes(TEA.read_bytes())
    assert "The tea trolley" in said(capsys, "run", "my tea.yml", "--replies", "")
    assert words_first.main(["run", "my tea", "--replies", ""]) == 2


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert "properties" in json.loads(said(capsys, "schema"))


# the script


def test_speech_and_what_is_seen_are_told_apart() -> None:
    assert spoken("Marcus", "(He turns.) No. (Quiet.)\n\nGo away,\nplease.") == [
        "(He turns.)",
        "Marcus: No.",
        "(Quiet.)",
        "Marcus: Go away, please.",
    ]
    assert spoken("Marcus", "") == []
    assert [seen("(His jaw is set.)"), seen("You step back.")] == ["(His jaw is set.)", "(You step back.)"]
    assert answered("say", "Hello. (You wave.)") == ["You: Hello.", "(You wave.)"]
    assert [answered("do", "You step back."), answered("silence", "")] == [
        ["(You step back.)"],
        ["(You stay quiet.)"],
    ]


def test_an_empty_play_is_a_heading() -> None:
    assert play_lines({"opening": "usual", "cast": "Jo", "seed": 1, "takes": []}) == [
        "Opening usual, meeting Jo, seed 1."
    ]


def test_what_is_shown_is_one_line_and_harmless() -> None:
    assert commands.shown("a\n\tb\x1b[2J\u202ec\x9b") == "a b\ufffd[2J\ufffdc\ufffd"
