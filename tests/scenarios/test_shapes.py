"""Shape errors in an author's words: one a slip, at the right place, with what to write instead."""

from __future__ import annotations

import pytest

from scenarios.model import Scenario
from scenarios.problems import Problem
from scenarios.shapes import check_shape, keys_at
from scenarios.source import parse
from tests.scenarios.makers import VALID, changed


def shape(*pairs: tuple[str, str]) -> list[Problem]:
    model, problems = check_shape(Scenario, parse(changed(*pairs).encode(), "made"))
    assert (model is None) == bool(problems)
    return problems


def test_the_valid_file_has_the_right_shape() -> None:
    assert check_shape(Scenario, parse(VALID.encode(), "made"))[1] == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("017", "Write 17."),
        ("1_0", "Write 10."),
        ("0x10", "Write 16."),
        ("+2", "Write 2."),
        ('"3"', "Write 3."),
        ("3.0", "Write 3."),
        ("2.5", "Write a whole number in figures, such as 3."),
        ("ten", "Write a whole number in figures, such as 3."),
        ("1e309", "Write a whole number in figures, such as 3."),
        ("true", "Write a whole number in figures, such as 3."),
        ("[3]", "Write a whole number in figures, such as 3."),
    ],
)
def test_a_number_is_asked_for_by_the_number_meant(written: str, hint: str) -> None:
    problems = shape(("minutes: 3", f"minutes: {written}"))
    assert [(one.code, one.line, one.column, one.hint) for one in problems] == [("wrong-type", 6, 10, hint)]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("yes", "Write true."),
        ("No", "Write false."),
        ("on", "Write true."),
        ("maybe", "Write true or false."),
        ("1", "Write true or false."),
    ],
)
def test_true_and_false_are_asked_for(written: str, hint: str) -> None:
    problems = shape(("hidden: true}", f"hidden: {written}}}"))
    assert [(one.code, one.line, one.column, one.hint) for one in problems] == [("wrong-type", 24, 49, hint)]


@pytest.mark.parametrize("written", ["42", "true", "-1"])
def test_words_that_look_like_something_else_are_put_in_quotes(written: str) -> None:
    problems = shape(("title: The kettle", f"title: {written}"))
    assert [one.hint for one in problems] == [f'Write it in quotes: "{written}".']


def test_what_is_missing_in_one_part_is_told_together() -> None:
    problems = shape(
        ("title: The kettle\n", ""),
        ("minutes: 3\n", ""),
        ("        techniques: [own-error]\n", ""),
        ("        to: tea\n", ""),
    )
    assert [(one.code, one.message) for one in problems] == [
        ("missing-key", "`title`, `minutes` are missing in this file."),
        ("missing-key", "`techniques`, `to` are missing in this entry of `replies`."),
    ]


def test_a_mistyped_key_explains_the_missing_one() -> None:
    problems = shape(("setting: Day", "seting: Day"), ("minutes: 3\n", ""))
    assert [(one.code, one.message.split("`")[1]) for one in problems] == [
        ("missing-key", "minutes"),
        ("unknown-key", "seting"),
    ]


@pytest.mark.parametrize(
    ("key", "guess"),
    [
        ("tittle", "title"),
        ("Title", "title"),
        ("sumary", "summary"),
        ("opening", "openings"),
        ("ending", "endings"),
        ("walk", "walks"),
    ],
)
def test_the_nearest_key_is_offered(key: str, guess: str) -> None:
    assert [one.hint for one in shape((f"{guess}:", f"{key}:"))] == [f"Did you mean `{guess}`?"]


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ((), "title"),
        (("moments",), None),
        (("moments", "person"), "replies"),
        (("moments", "at-the-hatch", "replies", 0), "say"),
        (("moments", "at-the-hatch", "silence"), "after"),
        (("shared_replies", "always-there", 3), "techniques"),
        (("person",), "cast"),
        (("person", "cast", 0), "pronouns"),
        (("facts", "title"), "hidden"),
        (("credits", "written_by", 1), "role"),
        (("title",), None),
    ],
)
def test_keys_known_at_a_path(path: tuple[str | int, ...], some: str | None) -> None:
    keys = keys_at(Scenario, path)
    assert (some in keys) if some else keys == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ("# nothing yet\n", "The file is empty."),
        ("~\n", "The file is empty."),
        ("tea\n", "The file does not begin with keys such as `title:`."),
        ("- tea\n", "The file does not begin with keys such as `title:`."),
        ("3\n", "The file does not begin with keys such as `title:`."),
    ],
)
def test_what_is_no_scenario_at_all(text: str, message: str) -> None:
    model, problems = check_shape(Scenario, parse(text.encode(), "made"))
    assert model is None
    assert [(one.message, one.line, one.column) for one in problems] == [(message, problems[0].line, 1)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("max: 3}", "max: 3, start: 21}", "`21` is too large here; the most is 20."),
        ("max: 3}", "max: 3, start: -1}", "`-1` is too small here; the least is 0."),
        ("techniques: [own-error]", "techniques: []", "`techniques` has nothing in it."),
        ("safety: 4}", "safety: 4, weight: 101}", "`101` is too large here; the most is 100."),
        ("format: 1", "format: one", '`format` is "one"; this program reads format 1.'),
        ("format: 1", "format: 2", "`format` is the number 2; this program reads format 1."),
        (
            "outcome: settled",
            "outcome: [settled]",
            "A list is not one of `settled`, `complied`, `paused`, `withdrew`, `rupture` or `stopped`.",
        ),
    ],
)
def test_sentences(old: str, new: str, message: str) -> None:
    assert [one.message for one in shape((old, new))] == [message]
