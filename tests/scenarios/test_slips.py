"""A mend that is shown must mend: every line after `Write it as:` reads, and reads as the words meant."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from benchmarks.stories import story
from scenarios.problems import Problem
from scenarios.source import parse
from tests.scenarios.makers import VALID

SAY = "        say: You were told four and nobody came. I'm sorry.\n"
WORDS = {
    '"You were told four," and nobody came.': None,
    "'No one' is what they said.": None,
    "'Course you can have tea. It's on its way.": None,
    "'Course you can have tea.": None,
    '"You were told four and nobody came.': "You were told four and nobody came.",
    "'You were told four and nobody came.": "You were told four and nobody came.",
    "'It's late and nobody came.": None,
    "Here is what I know: nobody came.": None,
    "Here is what I know:": None,
    'He said "four": nobody came.': None,
    "*You were told four*": None,
    "*": None,
    "%100 my fault.": None,
    "@Sam, nobody came.": None,
    "`You were told four.`": None,
    "[You sit down.] You were told four.": None,
    "{sits} You were told four.": None,
    ", you were told four.": None,
    "? Nobody came": None,
    "- Nobody came.": None,
    "| Nobody came.": None,
    "> Nobody came.": None,
    "& Nobody came.": None,
    "&quot; Nobody came.": None,
    "] Nobody came.": None,
    "} Nobody came.": None,
    '"A \\wrong sign"': "A \\wrong sign",
    '"It\'s a \\wrong \\"sign\\""': 'It\'s a \\wrong "sign"',
}
"""What was written behind `say: `, and the words it must become (None: as written)."""


def slip(text: str) -> Problem:
    return parse(text.encode(), "made").problems[0]


@pytest.mark.parametrize("written", WORDS)
def test_the_line_shown_mends_the_slip(written: str) -> None:
    spoilt = VALID.replace(SAY, f"        say: {written}\n")
    problem = slip(spoilt)
    assert (problem.line, problem.code in ("yaml-syntax", "text-cut-short")) == (45, True)
    found = re.fullmatch(r"Write it as: (.*)", problem.hint)
    assert found is not None, problem
    mended = parse(VALID.replace(SAY, f"        {found[1]}\n").encode(), "made")
    assert mended.problems == []
    assert mended.data["moments"]["at-the-hatch"]["replies"][0]["say"] == WORDS[written] or written


@pytest.mark.parametrize("written", WORDS)
def test_reading_goes_on_behind_a_mended_slip(written: str) -> None:
    document = parse(VALID.replace(SAY, f"        say: {written}\n").encode(), "made")
    assert document.whole
    assert len(document.problems) == 1
    assert document.data["moments"]["at-the-hatch"]["replies"][0]["to"] == "tea"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "code"),
    [
        ("        say: You", "        say You", 45, 12, "yaml-syntax"),
        ("        say: You", "        say:You", 45, 12, "yaml-syntax"),
        ("        say: You", "       say: You", 45, 8, "yaml-syntax"),
        ("        say: You", "          say: You", 45, 11, "yaml-syntax"),
        ("  at-the-hatch:\n    person", "  at-the-hatch\n    person", 38, 15, "yaml-syntax"),
        ("moments:\n", "moments\n", 37, 8, "yaml-syntax"),
        ("      - id: own-it", "      -\tid: own-it", 44, 8, "tab"),
        ("        say: You were", "        say:\n        You were", 46, 9, "text-cut-short"),
        ("techniques: [own-error]", "techniques: [own-error", 46, 21, "yaml-syntax"),
        ("set: {promised: true}", "set: {promised: true", 47, 14, "yaml-syntax"),
        ("    text: Others step", '    text: "Others step', 79, 11, "yaml-syntax"),
        ("        techniques: [own-error]", "        techniques [own-error]", 46, 19, "yaml-syntax"),
        ("        to: tea\n", "        to tea\n", 57, 11, "yaml-syntax"),
        ("format: 1", "format 1", 1, 7, "yaml-syntax"),
        ("    7: (<They>", "    7:(<They>", 22, 6, "yaml-syntax"),
        ("    7: (<They>", "    7 (<They>", 22, 6, "yaml-syntax"),
        ("    7: (<They>", "     7: (<They>", 22, 6, "yaml-syntax"),
        ("    7: (<They>", '    7: "(<They>', 22, 8, "yaml-syntax"),
        ("      - when: trust >= 6\n", "        when: trust >= 6\n", 40, 9, "yaml-syntax"),
        ("      - id: own-it", "        id: own-it", 44, 9, "yaml-syntax"),
        ("reveals: [waited]", "reveals: [waited #, asks]", 49, 26, "text-cut-short"),
        ("- {role: peer trainer,", "- {role: peer #trainer,", 15, 19, "text-cut-short"),
    ],
)
def test_slips_of_shape_have_their_place_and_are_read_over(
    old: str, new: str, line: int, column: int, code: str
) -> None:
    assert old in VALID
    document = parse(VALID.replace(old, new, 1).encode(), "made")
    assert [(one.line, one.column, one.code) for one in document.problems] == [(line, column, code)]
    assert document.whole


@pytest.mark.parametrize("old", ["        say: ", "    text: ", "        instead: "])
@pytest.mark.parametrize("spoil", ['"', "'", "*", "[", "x: "])
def test_a_slip_is_found_as_well_in_a_long_file(old: str, spoil: str) -> None:
    text = story(120)
    place = text.index(old, len(text) // 2) if old in text[len(text) // 2 :] else text.index(old)
    spoilt = text[: place + len(old)] + spoil + text[place + len(old) :]
    started = time.process_time()
    document = parse(spoilt.encode(), "made")
    assert time.process_time() - started < 5
    assert [problem.line for problem in document.problems] == [text.count("\n", 0, place) + 1]
    assert document.whole


def test_where_reading_stops_it_is_said() -> None:
    problem = slip(VALID.replace(SAY, "]]] }} : - :\n"))
    assert problem.line == 45
    assert problem.hint.endswith("What follows is checked once this is mended.")


def test_hundreds_of_slips_end_soon(tmp_path: Path) -> None:
    text = story(300).replace("        say: ", "        say: '")
    started = time.process_time()
    document = parse(text.encode(), "made")
    assert time.process_time() - started < 5
    assert not document.whole
    assert document.problems[-1].hint.endswith("What follows is checked once this is mended.")
