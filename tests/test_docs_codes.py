"""docs/codes.yaml: every code is explained; its wrong example gives it at the right line, its right one does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from scenarios.check import check_paths
from scenarios.problems import CODES, Problem
from scenarios.reference import AUTHORING_PAGE, Code, authoring_page, placed, read_reference, span_of
from scenarios.source import MAX_BYTES, parse
from tests.scenarios.makers import checked

REFERENCE = read_reference()
BASE = REFERENCE.base
FRAGMENTS = [code for code in REFERENCE.codes.values() if not code.made]
MOMENTS = 12


def test_every_code_is_explained_once_in_one_group() -> None:
    grouped = [name for group in REFERENCE.groups for name in group.codes]
    assert sorted(grouped) == sorted(CODES)
    assert sorted(REFERENCE.codes) == sorted(CODES)


def test_the_page_is_made_from_the_codes() -> None:
    page = AUTHORING_PAGE.read_text("utf-8")
    assert page == authoring_page(page), "run `python -m scenarios.index` (or `make generated`)"


@pytest.mark.parametrize("name", CODES)
def test_the_page_names_the_code(name: str) -> None:
    assert f"#### `{name}`\n" in AUTHORING_PAGE.read_text("utf-8")


def test_the_base_is_faultless(tmp_path: Path) -> None:
    assert checked(tmp_path, BASE) == []


def severities(code: Code) -> set[str]:
    return {"error", "warning"} if code.severity == "both" else {code.severity}


@pytest.mark.parametrize("code", FRAGMENTS, ids=lambda code: code.name)
def test_the_wrong_example_is_told_at_its_line(code: Code, tmp_path: Path) -> None:
    text, numbers = placed(BASE, code, code.wrong)
    problems = checked(tmp_path, text)
    mine = [problem for problem in problems if problem.code == code.name]
    line = numbers[code.line - 1]
    if code.told_at:
        line = span_of(parse(text.encode(), "wrong"), text.split("\n"), code.told_at)[0] + 1
    assert [problem.line for problem in mine] == [line], problems
    assert {problem.severity for problem in mine} <= severities(code)
    assert {problem.code for problem in problems} == {code.name} | code.also


@pytest.mark.parametrize("code", FRAGMENTS, ids=lambda code: code.name)
def test_the_right_example_is_clean(code: Code, tmp_path: Path) -> None:
    problems = checked(tmp_path, placed(BASE, code, code.right)[0])
    assert {problem.code for problem in problems} <= code.also, problems
    assert [problem for problem in problems if problem.severity == "error"] == []


# what no fragment can show: the test makes the file


def codes_of(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def test_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = REFERENCE.codes["not-a-file"]
    (tmp_path / "my-scene.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    named = [piece.text.split()[-1] for piece in (*code.wrong, *code.right)]
    assert [codes_of(list(check_paths([name]).problems)) for name in named] == [{code.name}, set()]


@pytest.mark.parametrize("slip", ["my-scene", "my-scnee.yaml", "my-scene.yml", "MY-SCENE.yaml.txt"])
def test_the_nearest_file_of_the_folder_is_named(slip: str, tmp_path: Path) -> None:
    (tmp_path / "my-scene.yaml").write_text(BASE, encoding="utf-8")
    problem = next(iter(check_paths([tmp_path / slip]).problems))
    assert problem.hint == f"Did you mean `{tmp_path / 'my-scene.yaml'}`?"


def test_what_to_do_fits_the_line_that_is_never_said(tmp_path: Path) -> None:
    text = BASE.replace("- when: trust >= 6", "- when: trust >= 0")
    assert [one.hint for one in checked(tmp_path, text) if one.code == "never-said"] == [
        "One of the lines before it holds each time: change a `when` there, or delete this line and the `when` of"
        " the one above it."
    ]


def test_a_walk_that_comes_to_where_nothing_is_offered(tmp_path: Path) -> None:
    code = REFERENCE.codes["stuck"]
    text = placed(BASE, code, code.wrong)[0].replace("[own-it, ring-now]", "[wait, own-it, ring-now]")
    assert [one.hint for one in checked(tmp_path, text) if one.code == "walk-fails"] == [
        "Nothing is offered there."
    ]


def test_a_scene_that_gives_itself_away(tmp_path: Path) -> None:
    code = REFERENCE.codes["gives-itself-away"]
    found = [codes_of(checked(tmp_path, twelve_moments(each[0].text))) for each in (code.wrong, code.right)]
    assert code.name in found[0]
    assert code.name not in found[1]


def twelve_moments(replies: str) -> str:
    """A scene of moments with these replies, each leading to the next, the last to the ending."""
    moments = []
    for number in range(1, MOMENTS + 1):
        following = f"m{number + 1}" if number < MOMENTS else "it-comes"
        inside = indent(re.sub(r"\bto: next\b", f"to: {following}", replies), "    ")
        moments.append(f"  m{number}:\n    person: So?\n{inside}\n")
    head = re.sub(r"(?s)\nwalks:.*", "\n", BASE).replace("moment: ten-past", "moment: m1")
    head = re.sub(r"(?s)\nshared_replies:.*\nendings:", "\nendings:", head)
    return head.replace("\nendings:", "\nmoments:\n" + "".join(moments) + "endings:")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("not-text", BASE.replace("It is ten past", "It is caf\u00e9 time").encode("latin-1")),
        ("not-text", BASE.encode("utf-16")),
        ("not-text", BASE.replace("it-comes", "it-\x1bcomes").encode()),
        ("too-big", b"#" * (MAX_BYTES + 1)),
        ("too-big", BASE.replace("Soon. Right.", "Soon. " * 4000).encode()),
        ("tab", BASE.replace("    it-comes", "\tit-comes").replace("  ten-past:", "\tten-past:").encode()),
    ],
    ids=["latin-1", "utf-16", "escape", "8 MiB", "long text", "tab"],
)
def test_bytes_that_a_page_cannot_show(name: str, made: bytes, tmp_path: Path) -> None:
    assert name in codes_of(checked(tmp_path, made))


def test_ten_replies_are_an_error_and_seven_a_warning(tmp_path: Path) -> None:
    def crowded(more: int) -> list[str]:
        replies = "".join(
            f"      - {{id: r{n}, do: You wait., techniques: [space], felt: Room., to: ten-past}}\n"
            for n in range(more)
        )
        text = BASE.replace("    replies:\n", f"    replies:\n{replies}", 1)
        return [problem.severity for problem in checked(tmp_path, text) if problem.code == "crowded"]

    assert (crowded(3), crowded(4), crowded(7)) == ([], ["warning"], ["error"])


# the rest of the page


def words_first(folder: Path, command: str) -> str:
    """What a command of the page prints in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", *command.replace("words-first", "words_first", 1).split()],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(AUTHORING_PAGE.parent.parent)},
    )
    return done.stdout


def test_what_the_page_shows_is_what_is_printed(tmp_path: Path) -> None:
    """Of every command that is followed by what it prints, in order, as somebody following the page meets them."""
    page = AUTHORING_PAGE.read_text("utf-8")
    shown = re.findall(r"```sh\n(words-first .*)\n```\n\n```text\n((?:.*\n)*?)```", page)
    still = [
        (command, text) for command, text in shown if "--watch" not in command and "preview" not in command
    ]
    assert [command.split()[1] for command, _ in still] == ["new", "check", "map", "explore"]
    assert [words_first(tmp_path, command) for command, _ in still] == [text for _, text in still]


def test_every_part_of_the_page_is_in_its_contents() -> None:
    page = AUTHORING_PAGE.read_text("utf-8")
    parts = re.findall(r"(?m)^## (.*)$", page)
    assert re.findall(r"(?m)^- \[(.*)\]\(#.*\)$", page) == parts


def test_links_within_the_page_lead_somewhere() -> None:
    page = AUTHORING_PAGE.read_text("utf-8")
    headings = re.findall(r"(?m)^#+ (.*)$", page)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) - anchors == set()
