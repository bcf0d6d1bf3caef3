"""The person's side of a take in five statements of their own, each with the turns that spoke for or against it.

Written for them, not by them: a prompt to talk about, beside the ratings and never inside them. No number is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from scenarios.scene import GAUGES
from scenarios.unfold import Play, Take, Turn
from scoring.evidence import evidence, seen
from scoring.rubric import Rubric
from scoring.rubric_model import DIMENSIONS, STRONGEST

KEYS: Final = ("listened", "safe", "say", "truth", "again")

Balance = Literal["yes", "mostly", "torn", "hardly", "no", "open"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the person might say afterwards, and the numbers of the turns behind it."""

    key: str
    text: str
    spoke_for: tuple[int, ...]
    spoke_against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a statement goes by: first what moved in the person, then what the reply showed on a dimension."""

    gauge: int | None = None
    dimension: str | None = None
    light: bool = False


_GROUNDS: Final[Mapping[str, _Ground]] = MappingProxyType(
    {
        "listened": _Ground(dimension="C3", light=True),
        "safe": _Ground(gauge=GAUGES.index("safety"), dimension="C2"),
        "say": _Ground(dimension="C5"),
        "truth": _Ground(dimension="X1"),
        "again": _Ground(gauge=GAUGES.index("trust")),
    }
)
_TEXTS: Final[Mapping[str, Mapping[Balance, str]]] = MappingProxyType(
    {
        "listened": {
            "yes": "I felt listened to.",
            "mostly": "Mostly I felt listened to.",
            "torn": "I felt listened to at times, and at times I didn't.",
            "hardly": "Mostly I didn't feel listened to.",
            "no": "I didn't feel listened to.",
            "open": "I couldn't tell whether you were listening.",
        },
        "safe": {
            "yes": "I felt safe with you.",
            "mostly": "Mostly I felt safe with you.",
            "torn": "I felt safe with you at times, and at times I didn't.",
            "hardly": "Mostly I didn't feel safe with you.",
            "no": "I didn't feel safe with you.",
            "open": "I felt no safer and no less safe with you.",
        },
        "say": {
            "yes": "I had a say.",
            "mostly": "Mostly I had a say.",
            "torn": "I had a say at times, and at times I had none.",
            "hardly": "Mostly I had no say.",
            "no": "I had no say.",
            "open": "It never came up what I would choose.",
        },
        "truth": {
            "yes": "You told me the truth.",
            "mostly": "Mostly you told me the truth.",
            "torn": "You told me the truth at times, and at times I couldn't rely on it.",
            "hardly": "Mostly I couldn't rely on what you told me.",
            "no": "I couldn't rely on what you told me.",
            "open": "I couldn't tell whether I was told the truth.",
        },
        "again": {
            "yes": "I would come to you again.",
            "mostly": "I think I would come to you again.",
            "torn": "I don't know yet whether I would come to you again.",
            "hardly": "I don't think I would come to you again.",
            "no": "I wouldn't come to you again.",
            "open": "I can't say yet whether I would come to you again.",
        },
    }
)


def statements(play: Play, take: Take, rubric: Rubric) -> tuple[Statement, ...]:
    """The five statements of a take, over its whole road from the beginning."""
    turns = play.path(take)
    whole = seen(play, take)
    rows = [rubric.shown(one.techniques) for one in whole]
    heavy = {
        hold.dimension
        for hold in evidence(rubric, whole).holds
        if hold.shown == -STRONGEST and hold.repaired is None
    }
    return tuple(_statement(play, key, turns, rows, heavy) for key in KEYS)


def _statement(
    play: Play, key: str, turns: Sequence[Turn], rows: Sequence[tuple[int, ...]], heavy: set[str]
) -> Statement:
    ground = _GROUNDS[key]
    said = [_says(play, ground, turn, row) for turn, row in zip(turns, rows, strict=True)]
    spoke_for = tuple(turn.number for turn, sign in zip(turns, said, strict=True) if sign > 0)
    spoke_against = tuple(turn.number for turn, sign in zip(turns, said, strict=True) if sign < 0)
    balance = _balance(len(spoke_for), len(spoke_against), ground.dimension in heavy)
    return Statement(key, _TEXTS[key][balance], spoke_for, spoke_against)


def _says(play: Play, ground: _Ground, turn: Turn, row: tuple[int, ...]) -> int:
    """Above 0 where a turn speaks for a statement, below where against. What moved in the person goes first."""
    if ground.gauge is not None:
        moved = turn.after.values[ground.gauge] - turn.before.values[ground.gauge]
        if moved:
            return int(moved)
    shown = row[DIMENSIONS.index(ground.dimension)] if ground.dimension else 0
    if shown == 0 and ground.light:
        return len(play.came_to_light(turn))
    return shown


def _balance(count: int, against: int, heavy: bool) -> Balance:
    """How the turns stand to each other. A heavy harm that nobody put right leaves nothing better than torn."""
    if not count and not against:
        return "open"
    if not count:
        return "no"
    if count < against:
        return "hardly"
    if heavy or count == against:
        return "torn"
    return "mostly" if against else "yes"
