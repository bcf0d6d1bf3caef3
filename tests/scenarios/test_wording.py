"""Words that were lost, and words that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.wording import unbracketed
from tests.scenarios.makers import VALID, changed, checked

TEXTS = {
    "title: The kettle": 2,
    "summary: <name> asks for tea after the trolley has gone.": 3,
    "setting: Day room, 4 pm": 5,
    "  - raised voices": 8,
    "  - Say what will happen next": 10,
    "  matters: Being told the truth about times.": 19,
    "    7: (<They> pace<s>.)": 22,
    "    - do: You take a step back.": 33,
    "        says: You said four. I believed you.": 41,
    "      - says: They said four.": 42,
    "        person: Thank you.": 50,
    "        felt: The first one who said sorry.": 51,
    "        why: An owned mistake takes away the fight about whether it happened.": 52,
    "          - sorry no one came": 55,
    "        instead: You have been waiting. I will find out.": 62,
    "    text: The tea comes.": 73,
    "      - What changed when you said sorry?": 76,
}
"""Lines that end in speech, and where they stand."""


@pytest.mark.parametrize("line", TEXTS)
def test_a_comment_behind_any_speech_is_told_where_it_begins(tmp_path: Path, line: str) -> None:
    problems = checked(tmp_path, changed((line + "\n", line + " # aside\n")))
    assert [(one.code, one.line, one.column) for one in problems] == [
        ("text-cut-short", TEXTS[line], len(line) + 2)
    ]


@pytest.mark.parametrize("line", TEXTS)
def test_an_unknown_placeholder_is_found_in_every_text(tmp_path: Path, line: str) -> None:
    problems = checked(tmp_path, changed((line + "\n", line + " <nme>\n")))
    assert [(one.code, one.line, one.column) for one in problems] == [
        ("unknown-placeholder", TEXTS[line], len(line) + 2)
    ]


@pytest.mark.parametrize("line", TEXTS)
@pytest.mark.parametrize("value", ["", " ~", " |", ' "  "', " >-"])
def test_an_empty_text_is_told_in_every_place(tmp_path: Path, line: str, value: str) -> None:
    start = line[: line.index(": ") + 1] if ": " in line else line[: line.index("- ") + 1]
    problems = checked(tmp_path, changed((line + "\n", start + value + "\n")))
    assert [(one.code, one.line) for one in problems if one.severity == "error"] == [
        ("text-cut-short", TEXTS[line])
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('about: "40, on the ward a week."', "about: 40, on the ward a week", 46),
        ('about: "40, on the ward a week."', "about: Tall, quiet, likes tea", 48),
        ("{says: You promised tea}", "{says: Tea, please}", 25),
        ("{says: <They> waited an hour, hidden: true}", "{says: <They> waited, sadly, hidden: true}", 33),
    ],
)
def test_a_comma_inside_curly_brackets_is_told(tmp_path: Path, old: str, new: str, column: int) -> None:
    problems = checked(tmp_path, changed((old, new)))
    assert {one.code for one in problems} == {"text-cut-short"}
    assert problems[0].column == column


def test_a_list_in_square_brackets_is_told_once(tmp_path: Path) -> None:
    problems = checked(
        tmp_path, changed(("aims:\n  - Say what will happen next", "aims: [Say it, calmly, and soon, Wait]"))
    )
    assert [(one.code, one.line, one.column) for one in problems] == [("text-cut-short", 9, 16)]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("(You sit.)", "You sit."),
        ("You sit.", "You sit."),
        ("(You) sit (down)", "(You) sit (down)"),
        ("( a )", "a"),
    ],
)
def test_brackets_round_the_whole_are_taken_off(text: str, bare: str) -> None:
    assert unbracketed(text) == bare


@pytest.mark.parametrize("style", ["plain", "quoted", "block"])
def test_the_bracket_without_a_partner_is_pointed_at(tmp_path: Path, style: str) -> None:
    written = {
        "plain": "says: They (all said four.",
        "quoted": 'says: "They (all said four."',
        "block": "says: |\n          They (all said four.",
    }[style]
    problem = checked(tmp_path, changed(("says: They said four.", written)))[0]
    place = {"plain": (42, 20), "quoted": (42, 21), "block": (43, 16)}[style]
    assert (problem.code, problem.line, problem.column) == ("text-cut-short", *place)


@pytest.mark.parametrize("key", ["say: You grab <their> arm.", "do: You grab <their> arm."])
def test_hands_are_refused_in_what_staff_do(tmp_path: Path, key: str) -> None:
    say = "say: You were told four and nobody came. I'm sorry."
    assert "physical-intervention" in [one.code for one in checked(tmp_path, changed((say, key)))]


def test_what_the_person_tells_of_hands_is_theirs_to_tell(tmp_path: Path) -> None:
    text = changed(
        ("says: They said four.", "says: Last time they grabbed my arm."),
        ("felt: Only tea. To you.", "felt: They held me down once."),
    )
    assert checked(tmp_path, text) == []


def test_the_valid_file_has_each_of_these_lines() -> None:
    lines = VALID.split("\n")
    assert all(lines[number - 1] == line for line, number in TEXTS.items())
