"""How long sessions are kept: which have had their time, and letting those go.

A session's time runs from the last thing that happened in it, or that a facilitator said of it. Nothing goes
by itself: somebody has to ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator.erasing import erase_sessions
from simulator.tables import event, review_fact, session, shared

DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Due:
    """A shared session whose time is over: its id, its scenario, and when it was begun (ms since 1970)."""

    session: str
    scenario: str
    started_ms: int


def due(connection: Connection, days: int, now_ms: int) -> tuple[Due, ...]:
    """The shared sessions whose time is over, oldest first. Of the others nothing is said, not even a count."""
    asked = (
        sa.select(shared.c.session_id, shared.c.scenario_id, shared.c.started_ms)
        .where(shared.c.session_id.in_(_over(days, now_ms)))
        .order_by(shared.c.started_ms, shared.c.session_id)
    )
    return tuple(Due(str(key), scenario, started) for key, scenario, started in connection.execute(asked))


def expire(connection: Connection, days: int, now_ms: int) -> bool:
    """Erase every session whose time is over, shared or not. True where there was one that was shared."""
    keys = list(connection.execute(_over(days, now_ms)).scalars())
    return erase_sessions(connection, keys)


def _over(days: int, now_ms: int) -> sa.Select[Any]:
    """The ids of those whose last event and last review fact lie further back than that."""
    last = sa.func.coalesce(event.c.at_ms, session.c.ended_ms, session.c.started_ms)
    # the events of a damaged one may say anything
    when = sa.case((session.c.state == "damaged", session.c.started_ms), else_=last)
    reviewed = sa.select(sa.func.max(review_fact.c.at_ms)).where(review_fact.c.session_id == session.c.id)
    its_last = (event.c.session_id == session.c.id) & (event.c.seq == session.c.last_seq)
    before = now_ms - days * DAY_MS
    return (
        sa.select(session.c.id)
        .select_from(session.outerjoin(event, its_last))
        .where(when < before, sa.func.coalesce(reviewed.scalar_subquery(), 0) < before)
    )
