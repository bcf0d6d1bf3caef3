"""The trail of who did what and when with the records: lines are added, and no word of anybody's is in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator.tables import audit
from simulator.text import clean_line

ERASED: Final = "erased"
EXPIRED: Final = "expired"
BACKED_UP: Final = "backed up"
RESTORED: Final = "restored"
VERIFIED: Final = "verified"
SEALED: Final = "sealed"
HANDED_OVER: Final = "handed over"
RECEIVED: Final = "received"

TAKEN_AWAY: Final = (ERASED, EXPIRED)

A_TRAINEE: Final = "a trainee"
NOBODY_YET: Final = "this computer account"
"""Who looks after records on which no facilitator has been made."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the trail; `at_ms` is since 1970 UTC."""

    at_ms: int
    actor: str
    act: str
    session: uuid.UUID | None
    detail: str


def note(
    connection: Connection, at_ms: int, actor: str, act: str, key: uuid.UUID | None = None, detail: str = ""
) -> None:
    """Add a line, in the transaction of what it is about. An erasure is given no `key`."""
    connection.execute(
        sa.insert(audit).values(
            at_ms=at_ms,
            actor=clean_line(actor, 60),
            act=act,
            session_id=key,
            detail=clean_line(detail, 200),
        )
    )


def note_each(
    connection: Connection, at_ms: int, actor: str, act: str, keys: Sequence[uuid.UUID], detail: str = ""
) -> None:
    """The same line for each of many sessions."""
    if keys:
        line = {"at_ms": at_ms, "actor": clean_line(actor, 60), "act": act, "detail": clean_line(detail, 200)}
        connection.execute(sa.insert(audit), [{**line, "session_id": key} for key in keys])


def lines(connection: Connection) -> list[Line]:
    """The whole trail, in order."""
    columns = (audit.c.at_ms, audit.c.actor, audit.c.act, audit.c.session_id, audit.c.detail)
    return [Line(*row) for row in connection.execute(sa.select(*columns).order_by(audit.c.id))]


def carry(connection: Connection, others: Sequence[Line]) -> list[Line]:
    """Add the lines of another trail that this one has not, so that a restored one is never shorter."""
    had = {(line.at_ms, line.actor, line.act) for line in lines(connection)}
    new = [line for line in others if (line.at_ms, line.actor, line.act) not in had]
    for line in new:
        note(connection, line.at_ms, line.actor, line.act, line.session, line.detail)
    return new
