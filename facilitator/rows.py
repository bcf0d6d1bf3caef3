"""What the facilitator's room hands out and is asked for: plain rows, none of which names a table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

from simulator.kept import iso

Sector = Literal["nhs", "voluntary", ""]
SECTORS: Final[tuple[str, ...]] = get_args(Sector)
ReviewState = Literal["waiting", "begun", "signed"]
Sort = Literal["newest", "oldest", "trainee", "scenario", "waiting"]
SORTS: Final[tuple[str, ...]] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Somebody who reviews. `groups` are those whose sessions they see, None for everybody's."""

    id: UUID
    name: str
    sector: str
    groups: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions; what is None does not matter. Days are UTC, `until` is not among them itself.

    `trainee` is how a name begins, `words` what was said or noted, `second` whether another's view is wanted.
    """

    scenario: str | None = None
    trainee: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    outcome: str | None = None
    state: str | None = None
    review: ReviewState | None = None
    contested: bool | None = None
    second: bool | None = None
    group: str | None = None
    words: str = ""


EVERYTHING: Final = Filter()


@dataclass(frozen=True, slots=True)
class Row:
    """A shared session as the table shows it. `started` is UTC; `contested`: its trainee sees something differently,
    answered or not.
    """

    session: str
    trainee: str
    scenario: str
    title: str
    started: datetime
    state: str
    outcome: str | None
    takes: int
    turns: int
    contested: bool
    review_state: ReviewState
    group: str
    version: str
    name_key: str
    started_ms: int

    def json(self) -> dict[str, Any]:
        """The shape of `sessions --json`."""
        shape = asdict(self)
        for own in ("title", "turns", "contested", "review_state", "group", "name_key", "started_ms"):
            del shape[own]
        return {
            **shape,
            "started": iso(self.started_ms),
            "keep": "shared",
            "reviewed": self.review_state == "signed",
        }


@dataclass(frozen=True, slots=True)
class CohortFilter:
    """The only ways in which a group picture can be narrowed: none of them can single anybody out."""

    scenario: str | None = None
    opening: str | None = None
    cast: int | None = None
    group: str | None = None
    quarter: str | None = None


EVERYBODY: Final = CohortFilter()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Whose picture it is and how its scene was drawn; `learner` tells people apart and names nobody."""

    session: str
    learner: str
    scenario: str
    sha: str
    opening: str
    cast: int
    group: str
    quarter: str
    started: datetime
    started_ms: int


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what, and when (UTC); `session` where it was about one that can be seen."""

    when: datetime
    who: str
    act: str
    session: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a facilitator said of a session, in its place; `body` is what it says, `chain` ties it there."""

    seq: int
    who: UUID
    name: str
    when: datetime
    kind: str
    v: int
    body: dict[str, Any]
    chain: str = ""
