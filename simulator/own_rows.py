"""A trainee's own sessions as their own page reads them: rows, pictures, and what they meant to keep and to try."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator.events import Kept, ToTry, read
from simulator.kept import OwnRow
from simulator.tables import event, picture, session

_PARTS: Final = ("ratings", "evidence", "confidence")
"""What an own page reads of a picture."""


def own_rows(connection: Connection, acting: uuid.UUID) -> dict[str, OwnRow]:
    """Every session of the acting trainee by its id. What cannot be read is left out."""
    asked = (
        sa.select(session.c.id, session.c.told, sa.cast(picture.c.body, sa.Text()))
        .outerjoin(picture, picture.c.session_id == session.c.id)
        .where(session.c.learner_id == acting)
    )
    rows = {str(key): OwnRow(bool(told), _drawn(body)) for key, told, body in connection.execute(asked)}
    said = (
        sa.select(
            event.c.session_id, event.c.at_ms, event.c.kind, event.c.v, sa.cast(event.c.body, sa.Text())
        )
        .join(session, session.c.id == event.c.session_id)
        .where(session.c.learner_id == acting, event.c.kind.in_((Kept.kind, ToTry.kind)))
        .order_by(event.c.session_id, event.c.seq)
    )
    for key, at_ms, kind, v, body in connection.execute(said):
        # a damaged event is told of where its session is opened
        with suppress(ValueError):
            happened = read(kind, v, json.loads(body))
            if isinstance(happened, Kept):
                rows[str(key)].kept = (at_ms, happened)
            elif isinstance(happened, ToTry):
                rows[str(key)].tries = (at_ms, happened)
    return rows


def _drawn(body: str | None) -> Mapping[str, Any] | None:
    """A picture as it was kept; None where there is none, or it is none."""
    with suppress(ValueError):
        drawn = json.loads(body or "null")
        if isinstance(drawn, dict) and all(isinstance(drawn.get(part), dict) for part in _PARTS):
            return drawn
    return None
