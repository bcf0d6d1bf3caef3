"""What the records hand out: plain rows, none of which names a table or a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from simulator import events
from simulator.errors import Damaged
from simulator.events import Keep, State
from simulator.text import clean


@dataclass(frozen=True, slots=True)
class Learner:
    """A trainee as kept; `pin` is its hash or None, `tries` the wrong PINs since the last right one."""

    id: UUID
    name: str
    pin: str | None
    tries: int
    wait_until_ms: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that can be gone on with. `turns` led to where it stands; `started` is UTC.

    `over` says that the scene has ended and only the looking back is left.
    """

    session: str
    title: str
    scenario: str
    started: datetime
    turns: int
    keep: Keep
    over: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as a list shows it; `reviewed` says whether a facilitator has signed it off."""

    session: str
    scenario: str
    version: str
    trainee: str
    started: datetime
    state: State
    keep: Keep
    outcome: str | None
    takes: int
    reviewed: bool
    title: str
    turns: int
    started_ms: int

    def json(self) -> dict[str, Any]:
        """The shape of `sessions --json`."""
        shape = asdict(self)
        for own in ("title", "turns", "started_ms"):
            del shape[own]
        return {**shape, "started": iso(self.started_ms)}


@dataclass(slots=True)
class OwnRow:
    """A session for its trainee's own page: whether it was looked back on, its picture, and what was said when.

    Times are milliseconds since 1970 UTC.
    """

    told: bool
    picture: Mapping[str, Any] | None
    kept: tuple[int, events.Kept] | None = None
    tries: tuple[int, events.ToTry] | None = None


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it stands in the records, not yet checked."""

    seq: int
    at_ms: int
    mono_ms: int
    kind: str
    v: int
    body: object
    chain: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One session with everything it began with and everything that happened in it, not yet checked."""

    id: str
    title: str
    trainee: str
    scenario_id: str
    scenario_sha: str
    vocabulary_sha: str
    scenario: bytes | None
    vocabularies: tuple[bytes, ...]
    started_ms: int
    ended_ms: int | None
    state: State
    keep: Keep
    last_seq: int
    events: Sequence[RawEvent]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A shared session to be carried to another machine, and of its trainee what goes along: their id, the
    computer accounts whose names are veiled in what they wrote, and their group ("" for none).
    """

    kept: Kept
    learner: UUID
    accounts: tuple[str, ...]
    group: str


def kept_session(
    row: Mapping[Any, Any],
    trainee: str,
    scenario: bytes | None,
    vocabularies: Sequence[bytes],
    happened: Sequence[RawEvent],
) -> Kept:
    """A row of the table of sessions with all that belongs to it."""
    return Kept(
        id=str(row["id"]),
        title=str(row["title"]),
        trainee=trainee,
        scenario_id=str(row["scenario_id"]),
        scenario_sha=row["scenario_sha"],
        vocabulary_sha=row["vocabulary_sha"],
        scenario=scenario,
        vocabularies=tuple(vocabularies),
        started_ms=row["started_ms"],
        ended_ms=row["ended_ms"],
        state=row["state"],
        keep=row["keep"],
        last_seq=row["last_seq"],
        events=happened,
    )


def moment(ms: int) -> datetime:
    """UTC of milliseconds since 1970. Raises ValueError or OverflowError where no date is meant."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def iso(ms: int) -> str:
    """The same as `2026-11-22T14:20:00.000Z`."""
    return moment(ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown_title(title: str, name: str) -> str:
    """A kept title as the trainee reads it."""
    return clean(title.replace("<trainee>", name))


def damage() -> Damaged:
    """What is said of a session whose record does not hold together."""
    return Damaged(
        "The record of this session is damaged and has been left as it is.",
        "Your other sessions are untouched. Start the scene afresh, or put a backup in place.",
    )
