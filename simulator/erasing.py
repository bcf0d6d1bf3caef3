"""Taking sessions and people out of the records for good: every table that knows of them is named here.

What stays is a line that something was erased, never whose; and that only where somebody but the trainee
could know of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator import sharing
from simulator.tables import (
    account,
    audit,
    event,
    learner,
    membership,
    picture,
    review_fact,
    scenario_version,
    session,
    shared,
    vocabulary_version,
)

OF_A_SESSION: Final = (event, picture, review_fact, shared)
OF_A_LEARNER: Final = (account, membership)
SOMEBODY: Final = "somebody since erased"
_AT_ONCE: Final = 500


def erase_sessions(connection: Connection, keys: Iterable[uuid.UUID]) -> bool:
    """Take sessions away, and the bytes they were played on where no other session needs them.

    True where one of them was shared, so that others may know of it.
    """
    known = False
    for some in _some(keys):
        known = _any_shared(connection, some) or known
        forget_words(connection, some)
        for table in OF_A_SESSION:
            connection.execute(sa.delete(table).where(table.c.session_id.in_(some)))
        connection.execute(sa.update(audit).where(audit.c.session_id.in_(some)).values(session_id=None))
        connection.execute(sa.delete(session).where(session.c.id.in_(some)))
    scenarios, vocabularies = sa.select(session.c.scenario_sha), sa.select(session.c.vocabulary_sha)
    connection.execute(sa.delete(scenario_version).where(scenario_version.c.sha256.not_in(scenarios)))
    connection.execute(sa.delete(vocabulary_version).where(vocabulary_version.c.sha256.not_in(vocabularies)))
    return known


def erase_learner(connection: Connection, who: uuid.UUID) -> None:
    """Take a trainee away with everything of theirs; lines that say what was done stay, without a name."""
    name = connection.execute(sa.select(learner.c.pseudonym).where(learner.c.id == who)).scalar_one()
    erase_sessions(connection, sessions_of(connection, who))
    for table in OF_A_LEARNER:
        connection.execute(sa.delete(table).where(table.c.learner_id == who))
    connection.execute(sa.delete(learner).where(learner.c.id == who))
    connection.execute(sa.update(audit).where(audit.c.actor == name).values(actor=SOMEBODY))
    told = audit.c.detail.contains(name, autoescape=True)
    connection.execute(sa.update(audit).where(told).values(detail=""))


def forget_words(connection: Connection, keys: Sequence[uuid.UUID]) -> None:
    """Take the words of sessions out of what can be searched, its index included."""
    which = sharing.search.c.session_id.in_(keys)
    if connection.dialect.name == "sqlite":
        which = sharing.search.c.rowid.in_([sharing.search_row(key) for key in keys])
    if connection.execute(sa.delete(sharing.search).where(which)).rowcount:
        sharing.purge(connection)


def sessions_of(connection: Connection, who: uuid.UUID) -> Sequence[uuid.UUID]:
    """Every session of a trainee, shared or not."""
    return connection.execute(sa.select(session.c.id).where(session.c.learner_id == who)).scalars().all()


def _any_shared(connection: Connection, keys: Sequence[uuid.UUID]) -> bool:
    asked: sa.Select[Any] = sa.select(shared.c.session_id).where(shared.c.session_id.in_(keys)).limit(1)
    return connection.execute(asked).first() is not None


def _some(keys: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """A few at a time: a database takes only so many values in one statement."""
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some
