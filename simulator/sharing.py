"""What play does to what facilitators may see: a row in `shared` while a session is shared, and none else.

Every function here is called inside the transaction that writes what it follows from, so that a session is
never shared without its trainee's wish, nor for a moment longer.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator.errors import SimulatorError
from simulator.events import Happened
from simulator.kept import moment
from simulator.tables import account, audit, event, learner, membership, review_fact, session, shared
from simulator.text import unaccented
from simulator.veil import veil

WORDS: Final = ("word", "account", "reflection", "inquired", "contested", "to-keep", "to-try")
"""The kinds of events in which a trainee says something in words."""
_SAID: Final = ("text", "when", "reason")
_LOWEST_63: Final = 2**63 - 1

search: Final = sa.table(
    "search", sa.column("rowid", sa.BigInteger), sa.column("session_id", sa.Uuid), sa.column("body", sa.Text)
)
"""The words of shared sessions; `rowid` is SQLite's alone."""


@dataclass(frozen=True, slots=True)
class Looked:
    """That somebody looked at a trainee's session or did something with it: "who act it", when (UTC)."""

    who: str
    act: str
    when: datetime


def follow(connection: Connection, key: uuid.UUID, rows: Sequence[Happened], keep: str, now_ms: int) -> None:
    """Bring what facilitators see in line with a session just written. `rows` are its newest events.

    Raises SimulatorError where it is to be taken back and somebody has begun to review it.
    """
    state = _review_state(connection, key)
    if keep != "shared":
        if state is not None:
            withdraw(connection, key)
        return
    found = connection.execute(_of_it(key)).mappings().one()
    values = {"state": found["state"], "outcome": found["outcome"]}
    if state is None:
        connection.execute(sa.insert(shared).values(_new(connection, found, now_ms)))
    else:
        if any(row.event.kind == "contested" for row in rows):
            values["contested"] = True
        connection.execute(sa.update(shared).where(shared.c.session_id == key).values(values))
    if state is None or any(row.event.kind in WORDS for row in rows):
        index(connection, key)


def withdraw(connection: Connection, key: uuid.UUID) -> None:
    """Take a session back from facilitators. Raises SimulatorError once a review of it has begun."""
    may_go(connection, key)
    if _unindex(connection, key):
        purge(connection)
    connection.execute(sa.delete(shared).where(shared.c.session_id == key))


def redraw(connection: Connection, key: uuid.UUID, now_ms: int) -> None:
    """Write what facilitators see of a session anew, from what it is made of.

    Its group, when it was shared, and how far its review has come stay as they are.
    """
    state = _review_state(connection, key)
    found = connection.execute(_of_it(key)).mappings().one()
    if found["keep"] != "shared":
        if state == "waiting":
            withdraw(connection, key)
        return
    values = _new(connection, found, now_ms)
    if state is None:
        connection.execute(sa.insert(shared).values(values))
    else:
        for stays in ("group_name", "shared_ms", "review_state"):
            del values[stays]
        connection.execute(sa.update(shared).where(shared.c.session_id == key).values(values))
    index(connection, key)


def bring_along(connection: Connection) -> None:
    """Let facilitators see what was shared with them before there was a table for it."""
    unseen = session.c.id.not_in(sa.select(shared.c.session_id))
    asked = sa.select(session.c.id, session.c.started_ms).where(session.c.keep == "shared", unseen)
    for key, started_ms in connection.execute(asked).all():
        redraw(connection, key, started_ms)


def may_go(connection: Connection, key: uuid.UUID) -> None:
    """Raise SimulatorError where a review has begun, so that the trainee cannot take it back any more."""
    if _review_state(connection, key) not in (None, "waiting"):
        raise SimulatorError(
            "A review of this session has begun, so it can no longer be taken back or erased here.",
            "Ask whoever looks after the records: they can erase it for you.",
        )


def damaged(connection: Connection, key: uuid.UUID) -> None:
    """Let the facilitators' list say what the session's own row says."""
    connection.execute(sa.update(shared).where(shared.c.session_id == key).values(state="damaged"))


def renamed(connection: Connection, who: uuid.UUID, name: str) -> None:
    """Let a trainee's shared sessions be found under their new name."""
    connection.execute(sa.update(shared).where(shared.c.learner_id == who).values(name_key=name.casefold()))


def group_of(connection: Connection, who: uuid.UUID) -> str | None:
    """The group a trainee practises in."""
    asked = sa.select(membership.c.group_name).where(membership.c.learner_id == who)
    return connection.execute(asked).scalar_one_or_none()


def join_group(connection: Connection, who: uuid.UUID, group: str | None) -> None:
    """Let a trainee practise in a group from now on, or in none.

    What they shared while in no group and nobody has begun to review goes along; what they shared with
    another group stays with it.
    """
    connection.execute(sa.delete(membership).where(membership.c.learner_id == who))
    if group:
        connection.execute(sa.insert(membership).values(learner_id=who, group_name=group))
        unclaimed = (
            (shared.c.learner_id == who) & (shared.c.group_name == "") & (shared.c.review_state == "waiting")
        )
        connection.execute(sa.update(shared).where(unclaimed).values(group_name=group))


def lookers(connection: Connection, key: uuid.UUID) -> tuple[Looked, ...]:
    """Who has looked at a session or done something with it, in order."""
    asked = sa.select(audit.c.actor, audit.c.act, audit.c.at_ms).where(audit.c.session_id == key)
    rows = connection.execute(asked.order_by(audit.c.at_ms, audit.c.id))
    return tuple(Looked(actor, act, moment(at_ms)) for actor, act, at_ms in rows)


def accounts(connection: Connection, who: uuid.UUID) -> tuple[str, ...]:
    """The computer accounts a trainee has practised on: the names to be veiled in what they wrote."""
    return tuple(connection.execute(sa.select(account.c.name).where(account.c.learner_id == who)).scalars())


# the words to search in


def search_row(key: uuid.UUID) -> int:
    """Where a session's words stand in SQLite's index: a whole number made of its id."""
    return key.int & _LOWEST_63


def index(connection: Connection, key: uuid.UUID) -> None:
    """Let a shared session be found by its trainee's words and by what facilitators wrote of it."""
    who, name = connection.execute(
        sa.select(learner.c.id, learner.c.pseudonym)
        .join(shared, shared.c.learner_id == learner.c.id)
        .where(shared.c.session_id == key)
    ).one()
    said = sa.select(event.c.body).where(event.c.session_id == key, event.c.kind.in_(WORDS))
    noted = sa.select(review_fact.c.body).where(review_fact.c.session_id == key)
    bodies = [
        *connection.execute(said.order_by(event.c.seq)).scalars(),
        *connection.execute(noted.order_by(review_fact.c.seq)).scalars(),
    ]
    text = veil("\n".join(_words(bodies)), accounts(connection, who), name)
    had = _unindex(connection, key)
    if text:
        values: dict[str, Any] = {"session_id": key, "body": text}
        if connection.dialect.name == "sqlite":
            values["rowid"] = search_row(key)
        else:
            # SQLite's index sets accents aside by itself
            values["body"] = unaccented(text)
        connection.execute(sa.insert(search).values(values))
    elif had:
        purge(connection)


def purge(connection: Connection) -> None:
    """Make SQLite's index forget what was taken out of it: until then the words stand in its older parts."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")


def _unindex(connection: Connection, key: uuid.UUID) -> bool:
    where = search.c.session_id == key
    if connection.dialect.name == "sqlite":
        where = search.c.rowid == search_row(key)
    return connection.execute(sa.delete(search).where(where)).rowcount > 0


def _words(bodies: Iterable[object]) -> list[str]:
    texts = (body.get(field) for body in bodies if isinstance(body, dict) for field in _SAID)
    return [text for text in texts if isinstance(text, str) and text]


# a row while it is shared


def quarter(ms: int) -> str:
    """The calendar quarter (UTC) of a time, such as 2026-Q4."""
    day = moment(ms)
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _review_state(connection: Connection, key: uuid.UUID) -> str | None:
    """waiting, begun or signed; None while it is not shared. Held until the transaction ends."""
    asked = sa.select(shared.c.review_state).where(shared.c.session_id == key).with_for_update()
    return connection.execute(asked).scalar_one_or_none()


def _of_it(key: uuid.UUID) -> sa.Select[Any]:
    """What a shared session's row is made of."""
    from_both = session.join(learner, learner.c.id == session.c.learner_id).outerjoin(
        membership, membership.c.learner_id == learner.c.id
    )
    return (
        sa.select(session, learner.c.name_key, membership.c.group_name)
        .select_from(from_both)
        .where(session.c.id == key)
    )


def _new(connection: Connection, found: Mapping[Any, Any], now_ms: int) -> dict[str, Any]:
    key = found["id"]
    contests = sa.select(event.c.seq).where(event.c.session_id == key, event.c.kind == "contested").limit(1)
    as_it_is = ("learner_id", "name_key", "scenario_id", "opening", "cast_place", "started_ms", "state")
    return {
        **{name: found[name] for name in as_it_is},
        "session_id": key,
        "group_name": found["group_name"] or "",
        "shared_ms": now_ms,
        "quarter": quarter(found["started_ms"]),
        "outcome": found["outcome"],
        "contested": connection.execute(contests).first() is not None,
        "review_state": "waiting",
        "search_row": search_row(key),
    }
