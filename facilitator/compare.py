"""Two takes, or two sessions, side by side: aligned by moment, with where the roads parted and where they met again.

Pure: what comes in is the shape of `show --json` (a review's `whole` will do), what goes out are rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from simulator.errors import NotFound, SimulatorError

Meets: TypeAlias = Literal["together", "parted", "left", "right"]
"""The same reply in the same moment; the same moment and another reply; a moment only one of the two came to."""
Gauges: TypeAlias = tuple[int, int, int]
"""Tension, trust, felt safety; 0..10."""

_SAME_REPLY: Final = 3
_SAME_MOMENT: Final = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a road. `take` is the take in which it was played; `seconds` is None where it is not known.

    `before` and `after` are None where they are held back.
    """

    take: int
    turn: int
    moment: str
    said: str
    reply: str
    reply_text: str
    kind: str
    techniques: tuple[str, ...]
    came_to_light: tuple[str, ...]
    reaction: str | None
    before: Gauges | None
    after: Gauges | None
    seconds: float | None
    not_taken: tuple[str, ...]
    """The texts of the other replies that were offered."""


@dataclass(frozen=True, slots=True)
class Road:
    """The whole way of a take from the beginning of the scene, with the reaches on it."""

    session: str | None
    scenario: str
    version: str
    opening: str
    cast: int
    take: int
    steps: tuple[Step, ...]
    reaches: tuple[tuple[int, int | None], ...]
    """(turn, tension at that moment)."""
    ending: str | None
    outcome: str | None
    ending_text: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison."""

    meets: Meets
    moment: str
    left: Step | None
    right: Step | None

    @property
    def tension_apart(self) -> int | None:
        """Tension after it on the right less that on the left; None where it cannot be said."""
        if self.left is None or self.right is None or self.left.after is None or self.right.after is None:
            return None
        return self.right.after[0] - self.left.after[0]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two roads side by side. `parted` is the place in `rows` where they first part, `met` where they next meet."""

    left: Road
    right: Road
    rows: tuple[Row, ...]
    parted: int | None
    met: int | None
    same_version: bool

    @property
    def where(self) -> str:
        """In a sentence: where the roads parted."""
        return _where(self)


def compare(left: Road, right: Road) -> Compared:
    """Align two roads by moment. Raises SimulatorError where they are of two different scenes."""
    if left.scenario != right.scenario:
        raise SimulatorError(
            "These are two different scenes, so there is nothing to lay side by side.",
            "Choose two sessions of the same scene, or two takes of one.",
        )
    rows = tuple(_rows(left.steps, right.steps))
    apart = next((place for place, row in enumerate(rows) if row.meets != "together"), None)
    met = None
    if apart is not None:
        later = range(apart + 1, len(rows))
        met = next((place for place in later if rows[place].meets in ("together", "parted")), None)
    return Compared(left, right, rows, apart, met, left.version == right.version)


def road(whole: Mapping[str, Any], take: int = 1) -> Road:
    """The whole way of one take in a session's plain data. Raises NotFound where there is no such take."""
    takes = {each["take"]: each for each in whole["takes"]}
    if take not in takes:
        raise NotFound(f"There is no take {take} in this session.", "Choose one that was played.")
    steps, reaches = _way(takes, take)
    ending = takes[take]["ending"] or {}
    return Road(
        session=whole.get("session"),
        scenario=whole["scenario"],
        version=whole["version"],
        opening=whole["opening"],
        cast=whole["cast"],
        take=take,
        steps=tuple(steps),
        reaches=tuple(reaches),
        ending=ending.get("id"),
        outcome=ending.get("outcome"),
        ending_text=ending.get("text"),
    )


def _way(
    takes: Mapping[int, Mapping[str, Any]], number: int
) -> tuple[list[Step], list[tuple[int, int | None]]]:
    """A take's turns, after those of the takes that it goes on from."""
    take = takes[number]
    steps: list[Step] = []
    reaches: list[tuple[int, int | None]] = []
    if take["from_take"] is not None:
        steps, reaches = _way(takes, take["from_take"])
        steps = [step for step in steps if step.turn <= take["from_turn"]]
        reaches = [reach for reach in reaches if reach[0] <= take["from_turn"]]
    steps += [_step(number, turn) for turn in take["turns"]]
    reaches += [(reach["turn"], reach["tension"]) for reach in take["reaches"]]
    return steps, reaches


def _step(take: int, turn: Mapping[str, Any]) -> Step:
    kinds = {offer["id"]: offer["kind"] for offer in turn["offered"]}
    return Step(
        take=take,
        turn=turn["turn"],
        moment=turn["moment"],
        said=turn["said"],
        reply=turn["reply"],
        reply_text=turn["reply_text"],
        kind=kinds.get(turn["reply"], "say"),
        techniques=tuple(turn["techniques"] or ()),
        came_to_light=tuple(turn["came_to_light"]),
        reaction=turn["reaction"],
        before=_gauges(turn["before"]),
        after=_gauges(turn["after"]),
        seconds=turn.get("seconds"),
        not_taken=tuple(offer["text"] for offer in turn["offered"] if offer["id"] != turn["reply"]),
    )


def _gauges(state: Mapping[str, Any] | None) -> Gauges | None:
    return None if state is None else (state["tension"], state["trust"], state["safety"])


def _rows(left: Sequence[Step], right: Sequence[Step]) -> list[Row]:
    """Together as long as they go together; the moment they part in is one row; from there on, aligned."""
    rows: list[Row] = []
    for one, other in zip(left, right, strict=False):
        worth = _worth(one, other)
        if not worth:
            break
        rows.append(Row("together" if worth == _SAME_REPLY else "parted", one.moment, one, other))
        if worth != _SAME_REPLY:
            break
    return rows + _aligned(left[len(rows) :], right[len(rows) :])


def _aligned(left: Sequence[Step], right: Sequence[Step]) -> list[Row]:
    """The pairing with the most moments in common, and of those the one with the most replies in common."""
    best = _table(left, right)
    rows: list[Row] = []
    i = j = 0
    while i < len(left) and j < len(right):
        worth = _worth(left[i], right[j])
        if worth and best[i][j] == worth + best[i + 1][j + 1]:
            meets: Meets = "together" if worth == _SAME_REPLY else "parted"
            rows.append(Row(meets, left[i].moment, left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            rows.append(Row("left", left[i].moment, left[i], None))
            i += 1
        else:
            rows.append(Row("right", right[j].moment, None, right[j]))
            j += 1
    rows += [Row("left", step.moment, step, None) for step in left[i:]]
    rows += [Row("right", step.moment, None, step) for step in right[j:]]
    return rows


def _table(left: Sequence[Step], right: Sequence[Step]) -> list[list[int]]:
    """How much the rest of two roads has in common, from every pair of places on."""
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            skipped = max(best[i + 1][j], best[i][j + 1])
            worth = _worth(left[i], right[j])
            best[i][j] = max(skipped, worth + best[i + 1][j + 1]) if worth else skipped
    return best


def _worth(left: Step, right: Step) -> int:
    if left.moment != right.moment:
        return 0
    return _SAME_REPLY if left.reply == right.reply else _SAME_MOMENT


def _where(compared: Compared) -> str:
    if compared.parted is None:
        return "Both roads are the same."
    row = compared.rows[compared.parted]
    if row.meets == "parted" and row.left is not None and row.right is not None:
        told = f"The roads part at turn {row.left.turn}, in “{row.moment}”"
        if row.left.turn != row.right.turn:
            told += f" (turn {row.right.turn} on the right)"
    else:
        side = row.left or row.right
        assert side is not None  # a row has at least one side
        whom = "left" if row.left is not None else "right"
        told = f"The roads part at turn {side.turn}: only the {whom} one comes to “{row.moment}” here"
    if compared.met is None:
        return f"{told}, and do not meet again."
    return f"{told}, and meet again in “{compared.rows[compared.met].moment}”."
