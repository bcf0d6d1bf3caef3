"""Slips made on purpose: `check` tells nearly every one, at its line. `make mutations` makes more of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from benchmarks.mutations.__main__ import CAUGHT, RIGHT_LINE, shares, table
from benchmarks.mutations.judging import EXPECTED_OF_ALL, Mutation, alarms, judge, mutations, sample, subjects
from benchmarks.mutations.kinds import KINDS, misspelt
from benchmarks.mutations.subject import Subject

COUNT = 200
SEED = 20261125
FEWEST_KINDS = 35
SHORT = [subject for subject in subjects() if not subject.long]


@cache
def chosen() -> list[Mutation]:
    """The slips of this suite; every place of a long file has to be looked for, so once."""
    return sample(COUNT, SEED)


def test_a_seeded_choice_of_slips_is_told_at_its_line() -> None:
    done = [judge(mutation) for mutation in chosen()]
    caught, right = shares(done)
    others = "\n".join(one.shown for one in done if one.verdict in ("missed", "elsewhere"))
    assert caught >= CAUGHT, others
    assert right >= RIGHT_LINE, others
    assert f"{COUNT - sum(one.apart for one in done)}" in table(done)


def test_the_choice_holds_every_kind_and_is_the_same_each_time() -> None:
    assert len(chosen()) == COUNT
    assert {mutation.kind.name for mutation in chosen()} == set(KINDS)
    assert len(KINDS) >= FEWEST_KINDS
    assert [mutation.slip for mutation in chosen()] == [mutation.slip for mutation in sample(COUNT, SEED)]


@pytest.mark.parametrize("subject", SHORT, ids=lambda subject: subject.name)
def test_nothing_is_said_of_the_unspoilt_files(subject: Subject) -> None:
    assert {problem.code for problem in alarms(subject.name, subject.text)} <= EXPECTED_OF_ALL


@pytest.mark.parametrize("subject", SHORT, ids=lambda subject: subject.name)
def test_every_slip_changes_the_text_at_a_line_that_is_there(subject: Subject) -> None:
    for mutation in mutations(subject):
        text = mutation.text
        assert text != subject.text, mutation.kind.name
        assert mutation.lines, mutation.kind.name
        assert 1 <= min(mutation.lines) <= max(mutation.lines) <= text.count("\n") + 1, mutation.kind.name


def test_every_kind_finds_a_place_in_the_short_files() -> None:
    made = Counter(mutation.kind.name for subject in SHORT for mutation in mutations(subject))
    assert set(made) == set(KINDS)


@pytest.mark.parametrize("word", ["to", "says", "say", "a", "hidden", "at-the-hatch", "promised_time"])
@pytest.mark.parametrize("turn", range(6))
def test_a_misspelt_word_is_another_word(word: str, turn: int) -> None:
    made = misspelt(word, turn, ["to", "say", "says"])
    assert made not in (word, "to", "say", "says")
    assert made[0].isalpha()
    assert made[-1].isalnum()
