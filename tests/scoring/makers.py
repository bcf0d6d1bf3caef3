"""Takes made by hand, without a scene: menus by the values they show, and turns with their gauges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from scoring.evidence import Evidence, Reading, Seen, evidence
from scoring.rating import Rating, rate
from scoring.rubric import OURS, Rubric, rubric_from

QUIET: Final = (5, 5, 5)
TEXT: Final = OURS.read_text(encoding="utf-8")
C4: Final[dict[int, str]] = {
    -2: "false-promise",
    -1: "jargon",
    0: "comfort",
    1: "true-reason",
    2: "check-understanding",
}
"""A technique for each value on C4."""


def turn(
    number: int,
    reply: Sequence[str],
    *others: Sequence[str],
    gauges: tuple[int, int, int] = QUIET,
    light: tuple[bool, ...] = (),
) -> Seen:
    """One turn: the techniques of its reply, then those of the replies beside it."""
    techniques = tuple(reply)
    return Seen(number, techniques, (techniques, *map(tuple, others)), gauges, light)


def better(turns: Sequence[Seen]) -> list[Seen]:
    """The same turns with trust one higher each time, so that nothing counts as repeated."""
    return [
        Seen(one.number, one.techniques, one.offered, (5, place, 5), one.light)
        for place, one in enumerate(turns)
    ]


def shown(*choices: tuple[int, Sequence[int]]) -> list[Seen]:
    """Turns by what was shown and what was on offer on C4, nothing repeated."""
    turns = [
        turn(place, [C4[value]], *([C4[other]] for other in menu))
        for place, (value, menu) in enumerate(choices, 1)
    ]
    return better(turns)


def ratings(rubric: Rubric, turns: Sequence[Seen], role: str = "nurse") -> dict[str, Rating]:
    """Straight from turns to ratings."""
    return rate(rubric, evidence(rubric, turns), role)


def rubric(*pairs: tuple[str, str]) -> Rubric:
    """Our rubric with each first occurrence replaced."""
    return rubric_from(spoiled(*pairs).encode())


def spoiled(*pairs: tuple[str, str]) -> str:
    """The text of our rubric with each first occurrence replaced; an `old` that is not there is a mistake."""
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def changed_only_as_allowed(before: Evidence, after: Evidence, wider: Collection[int]) -> bool:
    """Whether a reply that nobody chose, put on offer at these turns, changed no more than it may.

    A turn may gain weight or become an opportunity; its 3 may become 2.5, its 5 for a +1 become 4.
    """
    assert before.holds == after.holds
    known = {(reading.turn, reading.dimension): reading for reading in before.readings}
    for reading in after.readings:
        was = known.pop((reading.turn, reading.dimension), None)
        if was is None:  # nothing was said or offered there until now
            assert reading.turn in wider and reading.shown == 0
        elif reading.turn not in wider:
            assert was == reading
        else:
            _wider(was, reading)
    return not known


def _wider(was: Reading, now: Reading) -> None:
    assert now.opportunity or not was.opportunity
    assert now.weight >= was.weight
    assert (now.shown, now.technique) == (was.shown, was.technique)
    assert (now.phase, now.repeated) == (was.phase, was.repeated)
    allowed = {(3.0, 2.5), (5.0, 4.0)} if now.best > was.best else set()
    assert was.value == now.value or (was.value, now.value) in allowed
