"""Bytes to data: limits, encodings, positions; whatever is thrown at it, it ends with problems."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.check import check_file
from scenarios.source import MAX_BYTES, Document, parse, read
from tests.scenarios.makers import VALID, changed

SPICE = [
    "\t",
    ":",
    ": ",
    " #",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "&a",
    "*a",
    "!x ",
    "|",
    ">",
    "- ",
    "? ",
    "%",
    "@",
    "`",
    ",",
]
SPICE += [
    "<",
    "<nme>",
    "(",
    ")",
    "\\",
    "\r",
    "\x1b",
    "\0",
    "\u2028",
    "\ufeff",
    "\u202e",
    "---\n",
    "\n",
    "\n\n",
    "~",
    "é",
]
SPICE += [
    "true",
    "null",
    "0",
    "-1",
    "1e9",
    ".nan",
    "=",
    "\U0001f468\u200d\U0001f373",
    "\u201c",
    "  ",
    "to: x",
    "when: (",
]

Change = tuple[str, int, str]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "insert", "drop-line", "double-line", "indent", "outdent", "swap"]),
        st.integers(0, 10_000),
        st.sampled_from(SPICE),
    ),
    min_size=1,
    max_size=6,
)


def spoilt(text: str, changes: list[Change]) -> str:
    """A text after some accidents of the keyboard."""
    for kind, number, spice in changes:
        if kind in ("cut", "insert"):
            place = number % (len(text) + 1)
            text = text[:place] + (spice if kind == "insert" else "") + text[place + (kind == "cut") :]
            continue
        lines = text.split("\n")
        place = number % len(lines)
        if kind == "drop-line":
            del lines[place]
        elif kind == "double-line":
            lines.insert(place, lines[place])
        elif kind == "indent":
            lines[place] = " " * (1 + number % 3) + lines[place]
        elif kind == "outdent":
            lines[place] = lines[place][1 + number % 3 :]
        else:
            lines[place : place + 2] = reversed(lines[place : place + 2])
        text = "\n".join(lines)
    return text


def assert_within(data: bytes, path: Path) -> None:
    """Every problem of these bytes has a place in them (one character past the end of a line at the most)."""
    path.write_bytes(data)
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for problem in check_file(path, "made")[1]:
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
        assert str(problem).isprintable(), problem


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source") / "made.yaml"


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_end_with_problems_inside_them(made: Path, data: bytes) -> None:
    assert_within(data, made)


@settings(max_examples=300, deadline=None)
@example(changes=[("insert", 0, "---\n"), ("insert", 4, "\t")])
@given(changes=CHANGES)
def test_any_accident_ends_with_problems_inside_the_file(made: Path, changes: list[Change]) -> None:
    assert_within(spoilt(VALID, changes).encode("utf-8", "replace"), made)


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from([*SPICE, "moments", "say: ", "person", "a"]), max_size=30))
def test_any_mixture_of_signs_ends_with_problems_inside_it(made: Path, words: list[str]) -> None:
    assert_within("".join(words).encode("utf-8", "replace"), made)


def places(document: Document) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in document.problems]


SLIPS = changed(
    ("says: They said four.", "says: They \x07said four."), ("title: The kettle", 'title: "The" kettle')
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_line_endings_and_byte_order_mark_change_no_place(mark: bytes, ending: str) -> None:
    document = parse(mark + SLIPS.replace("\n", ending).encode(), "made")
    assert places(document) == [("not-text", 42, 20), ("yaml-syntax", 2, 8)]
    assert document.data["moments"]["at-the-hatch"]["replies"][0]["id"] == "own-it"
    spot = document.spot_at(("moments", "at-the-hatch", "replies", 0, "to"))
    assert (spot.line, spot.column, spot.key_column) == (57, 13, 9)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\U0001f3fd\u200d\u2695\ufe0f waits.",
        "Mae'r tŷ yn oer, meddai ŵyr.",
        "\u200eمرحبا\u200f, she says.",
        "میں ٹھیک ہوں۔",
        "na\u00efve, cafe\u0301",
        "«bonjour» — “quoted” ‘words’…",
        "wide 字 and half ｱ",
    ],
)
def test_letters_of_every_language_are_text(text: str) -> None:
    document = parse(f"title: {text}\n".encode(), "made")
    assert places(document) == []
    assert document.data["title"] == text


@pytest.mark.parametrize(
    "written",
    [
        "No",
        "yes",
        "on",
        "off",
        "y",
        "12:30",
        "12:30:45",
        "2026-11-22",
        "2026-13-45",
        "017",
        "1_000",
        "0x10",
        "0o17",
        "1e309",
        "+2",
        "2.5",
        "-0",
        "True",
        "TRUE",
        "Null",
        "NULL",
        "=",
        "<<",
        "~x",
        ".5",
        "0b1",
        "-1a",
    ],
)
def test_words_stay_as_they_are_written(written: str) -> None:
    assert parse(f"a: {written}\n".encode(), "made").data == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-3", -3),
        ("999999", 999999),
        ("", None),
        ("~", None),
        ("null", None),
        ('"true"', "true"),
        ("'3'", "3"),
    ],
)
def test_the_few_values_that_are_not_text(written: str, value: Any) -> None:
    data = parse(f"a: {written}\n".encode(), "made").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_a_file_of_exactly_the_limit_is_read() -> None:
    data = b"a: b\n#" + b"x" * (MAX_BYTES - 6)
    assert parse(data, "made").problems == []
    assert [problem.code for problem in parse(data + b"x", "made").problems] == ["too-big"]


@pytest.mark.parametrize("digits", [6, 7])
def test_six_digits_are_read_and_seven_are_not(digits: int) -> None:
    assert len(parse(b"a: " + b"9" * digits, "made").problems) == digits - 6


@pytest.mark.parametrize("length", [20_000, 20_001])
def test_a_text_may_have_20_000_characters(length: int) -> None:
    assert len(parse(b'a: "' + b"x" * length + b'"', "made").problems) == length - 20_000


@pytest.mark.parametrize("depth", [31, 32])
def test_lists_may_be_nested_32_deep(depth: int) -> None:
    problems = parse(b"a: " + b"[" * depth + b"]" * depth, "made").problems
    assert [problem.code for problem in problems] == ["too-deep"] * (depth - 31)


def test_a_tab_in_an_empty_document_is_within_it(made: Path) -> None:
    assert_within(b"---\n\t", made)


def test_reading_a_pipe_does_not_wait(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.yaml")
    data, document = read(tmp_path / "pipe.yaml")
    assert data == b""
    assert [problem.code for problem in document.problems] == ["not-a-file"]


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 400 + ".yaml", ""])
def test_names_that_no_system_takes(name: str) -> None:
    assert [problem.code for problem in read(Path(name))[1].problems] == ["not-a-file"]


def test_the_place_of_a_character_is_found_in_every_way_of_writing() -> None:
    ways = [
        '"One\n  two <x>"',
        "'One\n  two <x>'",
        "One\n  two <x>",
        ">-\n  One\n  two <x>",
        "|\n  One\n  two <x>",
    ]
    for written in ways:
        document = parse(f"a: {written}\n".encode(), "made")
        value = document.data["a"]
        line, column = document.place_in(document.spot_at(("a",)), value, value.index("<"))
        assert document.lines[line - 1][column - 1 :].startswith("<x>"), written


def test_random_scrambles_of_the_valid_file_end(made: Path) -> None:
    draw = random.Random(7)
    lines = VALID.split("\n")
    for _ in range(30):
        draw.shuffle(lines)
        assert_within("\n".join(lines).encode(), made)
