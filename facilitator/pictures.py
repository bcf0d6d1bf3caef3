"""Pictures of sessions (simulator/picture.py) read for exports: each value of its kind, or no picture at all.

Reading into a shape costs a third of reading plain data and looking at it afterwards, and there are thousands a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import DecodeError, Struct, convert
from msgspec.json import Decoder
from msgspec.structs import replace

from simulator.picture import takes_of

if TYPE_CHECKING:
    from facilitator.wording import Wording
    from simulator.course import Course

Turn: TypeAlias = tuple[int, str, str, str, int, int, int, int, float | int]
"""turn, moment, reply, to, tension before, tension, trust, felt safety after, seconds."""
Rating: TypeAlias = tuple[float | int | None, int, str | None]
"""value, opportunities, capped by."""


class Take(Struct, frozen=True, gc=False):
    """One way through a scene."""

    take: int
    from_take: int | None
    from_turn: int
    turns: list[Turn]
    reaches: list[tuple[int, int]]
    """turn and tension."""
    ending: str | None
    outcome: str | None


class Picture(Struct, frozen=True, gc=False):
    """As much of a picture as exports need."""

    takes: list[Take]
    found: list[str]
    not_found: list[str]
    ratings: dict[str, Rating]
    rubric: str


_PAIR: Final = itemgetter(1, 2)
_REPLY: Final = itemgetter(2)
_decode: Final = Decoder(Picture).decode


def read(kept: Any) -> Picture | None:
    """A picture as the database has it; None where there is none, or none that is whole."""
    if kept is None:
        return None
    try:
        return _decode(kept) if isinstance(kept, str | bytes) else convert(kept, Picture)
    except (DecodeError, RecursionError):
        return None


def agrees(picture: Picture, replies: Sequence[object], wording: Wording) -> bool:
    """Whether it tells of the very replies that were given, where the scenario has them."""
    chosen: list[str] = []
    there = wording.there
    for take in picture.takes:
        if (take.ending is None) is not (take.outcome is None) or not there.issuperset(
            map(_PAIR, take.turns)
        ):
            return False
        chosen.extend(map(_REPLY, take.turns))
    return chosen == replies


def played(course: Course) -> tuple[Sequence[Take], Picture | None]:
    """The same of a session that was played again."""
    return convert(takes_of(course), list[Take]), convert(course.summary().picture, Picture | None)


def unjudged(take: Take) -> Take:
    """A take without what judges: nobody reads these gauges, and there are none to be read."""
    none: Any = None
    turns: list[Turn] = [(*turn[:4], none, none, none, none, turn[8]) for turn in take.turns]
    return replace(take, turns=turns, reaches=[(turn, none) for turn, _ in take.reaches])
