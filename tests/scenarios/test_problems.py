"""Problems, their order and their three printers."""

from __future__ import annotations

import json

from scenarios.problems import CODES, FileReport, Problem, Report, as_json, as_sarif, as_text, listed, ordered

ONE = Problem("tag", "a.yaml", 3, 5, "A tag.", "Delete it.")
TWO = Problem("unknown-target", "a.yaml", 1, 1, "Nowhere.", opening="usual", play=("own-it",))
HINT = Problem("no-felt", "a.yaml", 1, 1, "No felt.", severity="warning")
REPORT = Report((FileReport("a.yaml", "a", 2, 5),), (ONE, TWO, HINT))


def test_text() -> None:
    assert (
        as_text(REPORT) == "a.yaml:3:5: error tag: A tag. Delete it.\n"
        "a.yaml:1:1: error unknown-target: Nowhere.\n"
        "a.yaml:1:1: warning no-felt: No felt.\n"
        "1 file: 2 errors, 1 warning\n"
    )
    assert as_text(Report((), ())) == "0 files: 0 errors, 0 warnings\n"


def test_json() -> None:
    whole = json.loads(as_json(REPORT))
    assert (whole["errors"], whole["warnings"]) == (2, 1)
    assert whole["problems"][0] == {
        "path": "a.yaml",
        "line": 3,
        "column": 5,
        "severity": "error",
        "code": "tag",
        "message": "A tag.",
        "hint": "Delete it.",
        "opening": None,
        "play": None,
    }
    assert whole["problems"][1]["play"] == ["own-it"]
    assert whole["files"][0]["moments"] == 2


def test_sarif() -> None:
    run = json.loads(as_sarif(REPORT))["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"tag", "unknown-target", "no-felt"}
    assert run["results"][2]["level"] == "warning"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 5,
    }


def test_what_stops_the_reading_comes_first_and_warnings_last() -> None:
    assert ordered([HINT, TWO, ONE, ONE]) == [ONE, TWO, HINT]


def test_every_code_is_explained_in_a_sentence() -> None:
    assert all(meaning.endswith(".") and len(meaning) < 130 for meaning in CODES.values())


def test_a_message_is_one_printable_line_whatever_stands_in_the_file() -> None:
    problem = Problem(
        "bad-name", "a", 1, 1, f"`a\n\n \x1b[2J\u202e{'x' * 300}` is not a name.", "Write\n`b`."
    )
    assert problem.sentence.isprintable()
    assert len(problem.sentence) < 130
    assert problem.sentence.endswith("…` is not a name. Write `b`.")


def test_long_lists_are_cut() -> None:
    assert listed(["a", "b"]) == "`a`, `b`"
    assert listed([str(n) for n in range(10)], 2) == "`0`, `1` and 8 more"
