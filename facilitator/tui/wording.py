"""Phrases the pages of the review app share: states, outcomes, days and durations, in words and marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from facilitator.rows import AuditLine, Row

REVIEWS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "waiting": ("○", "awaiting review"),
        "begun": ("◐", "review begun"),
        "signed": ("●", "signed off"),
    }
)
"""The state of a review as a mark and in words."""
CONTESTED: Final = "≠"
OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "settled": "a plan both made",
        "complied": "quiet, not heard",
        "paused": "paused, safely",
        "withdrew": "stepped away, safely",
        "rupture": "something broke",
        "stopped": "the scene was stopped",
    }
)
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "running": "still in play",
        "suspended": "put by, unfinished",
        "ended": "ended",
        "stepped-out": "stepped out",
        "damaged": "! record damaged",
    }
)
SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "newest": "the newest first",
        "oldest": "the oldest first",
        "trainee": "by trainee",
        "scenario": "by scenario",
        "waiting": "awaiting review first",
    }
)
SECTORS: Final[Mapping[str, str]] = MappingProxyType(
    {"nhs": "the NHS", "voluntary": "the voluntary sector", "": "either"}
)
VOICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "listened": "I felt listened to.",
        "safe": "I felt safe with them.",
        "say": "I had a say.",
        "truth": "They told me the truth.",
        "again": "I would go to them again.",
    }
)
"""The statements a facilitator answers as the person would; what play suggests for them is worded apart."""
FOR_TRAINEE: Final = "for {trainee} to read"
FOR_US: Final = "facilitators only"


def came_to(row: Row) -> str:
    """How a session ended, or how it stands."""
    if row.state == "ended" and row.outcome is not None:
        return OUTCOMES.get(row.outcome, row.outcome)
    return STATES.get(row.state, row.state)


def take_ended(ending: Mapping[str, Any] | None) -> str:
    """How a take ended; of who stepped out, only that it came to an ending."""
    if ending is None:
        return "left there"
    outcome = ending["outcome"]
    return "came to an ending" if outcome is None else OUTCOMES.get(outcome, outcome)


def day(when: datetime) -> str:
    """`3 Nov 2026`, by the calendar of this place."""
    here = _here(when)
    return f"{here.day} {here:%b %Y}"


def moment(when: datetime) -> str:
    """`3 Nov 2026 14:05`, by the clock of this place."""
    return f"{day(when)} {_here(when):%H:%M}"


def seconds(length: float | None) -> str:
    """`14 s`, `2 min 5 s`; a time that is not known is said to be so."""
    if length is None:
        return "time not known"
    whole = round(length)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def turns(numbers: tuple[int, ...] | list[int]) -> str:
    """`turn 3`, `turns 1, 2 and 5`, `no turn`."""
    known = [str(number) for number in numbers]
    if not known:
        return "no turn"
    if len(known) == 1:
        return f"turn {known[0]}"
    return f"turns {', '.join(known[:-1])} and {known[-1]}"


def size(row: Row) -> str:
    """`9`, or `9, 2 takes`."""
    return f"{row.turns}, {row.takes} takes" if row.takes > 1 else str(row.turns)


def note_for(for_trainee: bool, trainee: str) -> str:
    """Whom a note is for, with a mark that says it too."""
    return f"✎ {FOR_TRAINEE.format(trainee=trainee)}" if for_trainee else f"▪ {FOR_US}"


def trail(line: AuditLine) -> str:
    """One line of the trail: when, who, what."""
    detail = f" ({line.detail})" if line.detail else ""
    return f"{moment(line.when)}  {line.who} {line.act}{detail}"


def gauges(state: Mapping[str, Any] | None) -> tuple[int, int, int] | None:
    """Tension, trust and felt safety, 0..10, of a turn's `before` or `after`; None where they are held back."""
    return None if state is None else (state["tension"], state["trust"], state["safety"])


def _here(when: datetime) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone()
