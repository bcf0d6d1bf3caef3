"""Places as we count them and as editors do: emoji, CJK, CRLF, lone carriage returns, a byte-order mark."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.lsp.positions import Positions

LETTERS = st.sampled_from(
    ["a", " ", "é", "茶", "😋", "👩🏽‍⚕️", "\n", "\r\n", "\r", "\ufeff", "\u2028", "\ud83d", "\x0b"]
)
TEXTS = st.lists(LETTERS, max_size=30).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
END_OF_LINE = re.compile(r"\r\n|\n|\r")


def units(text: str, encoding: str) -> int:
    if encoding == "utf-32":
        return len(text)
    code, width = ("utf-16-le", 2) if encoding == "utf-16" else ("utf-8", 1)
    return len(text.encode(code, "surrogatepass")) // width


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", 10), ("utf-16", 5), ("utf-32", 4), ("something new", 5)]
)
def test_a_place_behind_an_emoji_and_cjk(encoding: str, expected: int) -> None:
    positions = Positions("a\n😋é茶 b", encoding)
    assert positions.to_client(2, 5) == (1, expected)


def test_the_middle_of_an_emoji_is_its_beginning() -> None:
    assert Positions("x😋y").from_client(0, 2) == (1, 2)
    assert Positions("x😋y").from_client(0, 3) == (1, 3)


def test_a_carriage_return_and_newline_are_one_end() -> None:
    positions = Positions("a: 1\r\nb: 2\r\n")
    assert positions.lines == ["a: 1", "b: 2", ""]
    assert positions.to_client(2, 1) == (1, 0)
    assert positions.ending == "\r\n"


def test_a_lone_carriage_return_ends_a_line_for_editors_alone() -> None:
    positions = Positions("a\rb\nc")
    assert positions.to_client(1, 3) == (1, 0)
    assert positions.to_client(2, 1) == (2, 0)
    assert positions.from_client(2, 1) == (2, 2)


def test_a_byte_order_mark_is_no_character_of_ours() -> None:
    positions = Positions("\ufefftitle: x")
    assert positions.to_client(1, 1) == (0, 1)
    assert positions.from_client(0, 0) == (1, 1)
    assert positions.from_client(0, 3) == (1, 3)


@given(text=TEXTS, encoding=ENCODINGS, data=st.data())
def test_every_place_comes_back(text: str, encoding: str, data: st.DataObject) -> None:
    positions = Positions(text, encoding)
    line = data.draw(st.integers(1, len(positions.lines)))
    column = data.draw(st.integers(1, len(positions.lines[line - 1]) + 1))
    there = positions.to_client(line, column)
    assert positions.from_client(*there) == (line, column)
    written = END_OF_LINE.split(text)
    assert there[0] < len(written)
    assert 0 <= there[1] <= units(written[there[0]], encoding)


@given(text=TEXTS, encoding=ENCODINGS, line=st.integers(-2, 40), unit=st.integers(-2, 40))
def test_whatever_an_editor_says_is_a_place_of_the_file(
    text: str, encoding: str, line: int, unit: int
) -> None:
    positions = Positions(text, encoding)
    row, column = positions.from_client(line, unit)
    assert 1 <= row <= len(positions.lines)
    assert 1 <= column <= len(positions.lines[row - 1]) + 1
