"""Every way of writing a text gives the same words; what YAML does in silence is noticed."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.source import Document, parse

WORD = st.text(alphabet="abcxyzéŵع.,;!?()<>*&-", min_size=1, max_size=8).filter(
    lambda word: word[0].isalpha() and word[-1] not in ":" and not word.startswith("---")
)
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=6), min_size=1, max_size=4)


def read(text: str) -> Document:
    return parse(text.encode(), "made")


def value(written: str) -> Any:
    document = read(f"a:\n  b: {written}\n  c: end\n# last\n")
    assert document.problems == []
    assert document.data["a"]["c"] == "end"
    return document.data["a"]["b"]


def lines(paragraphs: list[list[str]], between: str) -> str:
    """Paragraphs with a line break after every second word, further in than the key."""
    broken = ["\n".join(" ".join(words[i : i + 2]) for i in range(0, len(words), 2)) for words in paragraphs]
    return textwrap.indent(between.join(broken), "    ")


@given(PARAGRAPHS)
def test_every_style_gives_the_same_words(paragraphs: list[list[str]]) -> None:
    wanted = "\n\n".join(" ".join(words) for words in paragraphs)
    whole = lines(paragraphs, "\n\n")
    doubled = whole.replace("\\", "\\\\").replace('"', '\\"')
    styles = [f"\n{whole}", f'\n    "{doubled.strip()}"', f"\n    '{whole.strip()}'"]
    styles += [f"{sign}\n{whole}" for sign in (">", ">-", ">+", "|", "|-", "|+")]
    for written in styles:
        assert value(written) == wanted, written


@given(st.lists(WORD, min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_spaces_and_lines_at_both_ends_are_cut(words: list[str], before: int, after: int) -> None:
    text = " ".join(words)
    assert value(f'"{" " * before}{text}{" " * after}"') == text
    assert value("|\n" + "\n" * before + f"    {text}\n" + "\n" * after) == text


def test_a_comment_behind_a_block_is_no_part_of_it() -> None:
    assert value(">\n    One\n    two.\n  # aside\n") == "One two."
    assert value("|\n    One\n    two.\n\n  # aside\n") == "One two."


def test_many_blank_lines_are_one_paragraph_break() -> None:
    assert value(">\n    One\n\n\n\n    two") == "One\n\ntwo"


@pytest.mark.parametrize(
    ("written", "cut"),
    [
        ("Hello", False),
        ("Hello # there", True),
        ("Hello #there", True),
        ("Hello#there", False),
        ('"Hello" # there', False),
        ("'Hello' # there", False),
        ("3 # there", True),
    ],
)
def test_a_comment_behind_unquoted_text_is_noticed(written: str, cut: bool) -> None:
    assert read(f"a: {written}\n").spot_at(("a",)).cut is cut


def test_positions_count_from_one() -> None:
    document = read("a: b\nlist:\n  - one\n  - {key: two}\n")
    spot = document.spot_at(("list", 1, "key"))
    assert (spot.key_line, spot.key_column, spot.line, spot.column) == (4, 6, 4, 11)
    assert document.spot_at(("list", 7)).line == 3


def test_what_is_written_after_an_emoji_has_its_column() -> None:
    spot = read("\U0001f600: \U0001f468\u200d\U0001f373\nb: {\U0001f600: x}\n").spot_at(("b", "\U0001f600"))
    assert (spot.line, spot.column) == (2, 8)


@pytest.mark.parametrize("key", ["1", "true", "false", "null", "~", '""', "0", "-1", "2026-11-22", "[", "no"])
def test_odd_keys_are_kept_apart(key: str) -> None:
    document = read(f"{key}: a\n1x: b\n")
    if key == "[":
        assert not document.whole
    else:
        assert document.problems == []
        assert len(document.data) == 2


def test_one_and_true_are_two_keys() -> None:
    document = read("1: a\ntrue: b\n0: c\nfalse: d\n")
    assert document.problems == []
    assert document.data == {1: "a", "true": "b", 0: "c", "false": "d"}


def test_the_first_of_two_equal_keys_is_kept() -> None:
    document = read("a: 1\nb: {c: 2, c: {d: [3]}}\na: 4\n")
    assert document.data == {"a": 1, "b": {"c": 2}}
    assert [(problem.code, problem.line, problem.column) for problem in document.problems] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
    ]


def test_aliases_are_told_once_by_name_and_never_followed() -> None:
    document = read("a: &x [1]\nb: [*x, *x, *x]\nc: &y 2\nd: *y\n")
    assert [problem.message.split("`")[1] for problem in document.problems] == ["&x", "*x", "&y", "*y"]
    assert document.data["b"] == [None, None, None]


def test_thousands_of_one_kind_are_told_a_hundred_times() -> None:
    problems = read("a: 1\n" * 5000).problems
    assert len(problems) == 100
    assert problems[-1].hint.endswith("More of the kind follow.")


@pytest.mark.parametrize(
    "written", ["!", "! text", "!!str text", "!x text", "!!python/name:os.system", "!<tag:a> b", "!x [a]"]
)
def test_every_tag_is_refused(written: str) -> None:
    problems = read(f"a: {written}\n").problems
    assert [problem.code for problem in problems] in (["tag"], ["text-cut-short"])


@pytest.mark.parametrize(
    "escape", ["e", "0", "a", "b", "r", "N", "L", "P", "x9b", "u202e", "u2066", "ufeff", "U000e0041"]
)
def test_escaped_control_characters_are_refused_and_gone(escape: str) -> None:
    document = read(f'a: "b\\{escape}c"\n')
    assert [problem.code for problem in document.problems] == ["not-text"]
    assert document.data == {"a": "b\ufffdc"}


def test_curly_quotes_round_a_key_are_told_and_read_over() -> None:
    document = read("\u201ca\u201d: b\nc: {\u2018d\u2019: e}\n")
    assert document.data == {"a": "b", "c": {"d": "e"}}
    assert [problem.hint for problem in document.problems] == ["Write it as: a: b", "Write it as: c: {d: e}"]


def test_lines_of_three_dashes_are_told_once_and_the_parts_read_as_one() -> None:
    document = read("a: 1\n---\nb: 2\n---\nc: 3\n")
    assert [(problem.code, problem.line) for problem in document.problems] == [("several-documents", 2)]
    assert document.data == {"a": 1, "b": 2, "c": 3}


def test_a_second_scenario_is_not_mixed_with_the_first() -> None:
    document = read("a: 1\n---\na: 2\n")
    assert [problem.code for problem in document.problems] == ["several-documents"]
    assert document.data == {"a": 1}


@pytest.mark.parametrize("text", ["---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "# first\n\n---\na: 1\n...\n"])
def test_one_document_may_be_marked_as_one(text: str) -> None:
    assert read(text).problems == []
    assert read(text).data == {"a": 1}
