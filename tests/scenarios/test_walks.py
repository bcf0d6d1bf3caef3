"""The author's own tests, rewinds and reaches included."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.load import load_bytes
from scenarios.model import Walk
from scenarios.walks import walk
from tests.scenarios.makers import VALID, changed, checked

SCENE = load_bytes(VALID.encode()).scene


@pytest.mark.parametrize(
    ("replies", "ends", "then"),
    [
        (["own-it"], "tea", "waited and promised and asks == 1"),
        (["calm", "own-it"], "tea", None),
        (["silence", "silence", "own-it"], "tea", "trust >= 5"),
        (["you-take-a-step", "own-it"], "tea", None),
        (["calm", "rewind:1", "own-it"], "tea", "tension == 4"),
        (["own-it", "rewind:1", "calm", "rewind:1", "own-it"], "tea", None),
        (["reach", "own-it"], "tea", "tension == 4"),
        (["calm", "reach", "reach"], None, None),
        ([], None, "tension == 5"),
        (["calm", "calm", "calm"], "stopped", "tension >= 10"),
    ],
)
def test_walks_that_go_as_written(replies: list[str], ends: str | None, then: str | None) -> None:
    assert walk(SCENE, Walk(replies=tuple(replies), ends=ends, then=then)) is None


@pytest.mark.parametrize(
    ("replies", "ends", "entry", "part"),
    [
        (["clam"], None, 0, "Did you mean `calm`?"),
        (["own-it", "calm"], None, 1, "ended at `tea` before"),
        (["own-it", "reach"], None, 1, "ended at `tea` before"),
        (["own-it", "rewind:9"], None, 1, "no turn that was answered"),
        (["rewind:1"], None, 0, "no turn that was answered"),
        (["calm", "rewind:0"], None, 1, "no turn that was answered"),
        (["calm", "rewind:x"], None, 1, "no turn that was answered"),
        (["calm"], "tea", None, "After 1 turn this walk is still in `at-the-hatch`"),
        (["calm", "own-it"], "stopped", None, "After 2 turns this walk ends at `tea`"),
        (["Own-It"], None, 0, "Did you mean `own-it`?"),
    ],
)
def test_walks_that_stray_say_where(
    replies: list[str], ends: str | None, entry: int | None, part: str
) -> None:
    strayed = walk(SCENE, Walk(replies=tuple(replies), ends=ends))
    assert strayed is not None
    assert strayed.entry == entry
    assert part in f"{strayed.message} {strayed.hint}"
    assert strayed.opening == "usual"
    assert strayed.play == tuple(replies[:entry])


def test_then_tells_what_held_instead() -> None:
    strayed = walk(SCENE, Walk(replies=("own-it",), then="trust >= 9 and waited"))
    assert strayed is not None
    assert strayed.message.endswith("does not hold there: trust is 5, waited is true.")


def test_a_walk_that_strays_is_told_at_the_entry(tmp_path: Path) -> None:
    text = changed(
        ("replies: [own-it]", "replies:\n      - calm\n      - own-itt"),
        ("{name: the good road, opening: usual, ", "name: the good road\n    opening: usual\n    "),
        (", ends: tea, then: waited}", "\n    ends: tea"),
    )
    problems = checked(tmp_path, text)
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [("walk-fails", 85, 9)]
    assert (problems[0].opening, problems[0].play) == ("usual", ("calm",))


def test_every_walk_is_run(tmp_path: Path) -> None:
    more = (
        "  - {replies: [calm], ends: tea}\n  - {name: fine, replies: [own-it], ends: tea}\n  - {replies:"
        " [no-such]}\n"
    )
    assert [problem.line for problem in checked(tmp_path, VALID + more)] == [82, 84]
