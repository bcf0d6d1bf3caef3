"""Filters, sorts and pages as SQL over `shared`: what is not shared has no row there to be found or counted.

Every sort walks an index from where the last page ended, so that the thousandth page costs what the first did.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator.reading import ids
from facilitator.rows import CohortFilter, Facilitator, Filter, Row, Sort
from simulator.sharing import search
from simulator.tables import picture, review_fact, shared
from simulator.text import unaccented

_FEW: Final = 500
_LAST_LETTER: Final = "\U0010ffff"
_BEGINNING: Final = (shared.c.started_ms, shared.c.session_id)
_SORTS: Final[Mapping[Sort, tuple[tuple[sa.Column[Any], ...], bool]]] = MappingProxyType(
    {
        # the columns, and whether they go down
        "newest": (_BEGINNING, True),
        "oldest": (_BEGINNING, False),
        "trainee": ((shared.c.name_key, *_BEGINNING), False),
        "scenario": ((shared.c.scenario_id, *_BEGINNING), False),
        # the words happen to stand in the right order: waiting, signed, begun
        "waiting": ((shared.c.review_state, *_BEGINNING), True),
    }
)


def seen_by(who: Facilitator) -> sa.ColumnElement[bool]:
    """The matrix, in one line: shared, and with a group that this facilitator looks after."""
    return sa.true() if who.groups is None else shared.c.group_name.in_(who.groups)


def page(
    who: Facilitator, conditions: Sequence[sa.ColumnElement[bool]], sort: Sort, limit: int, after: Row | None
) -> sa.Select[Any]:
    """The rows of `shared` for one page, in order; `after` is the last row of the page before."""
    columns, down = _SORTS[sort]
    asked = sa.select(shared).where(seen_by(who), *conditions)
    if after is not None:
        here, last = sa.tuple_(*columns), sa.tuple_(*(_value(column, after) for column in columns))
        asked = asked.where(here < last if down else here > last)
    return asked.order_by(*(column.desc() if down else column for column in columns)).limit(limit)


def count(who: Facilitator, conditions: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """How many there are."""
    return sa.select(sa.func.count()).select_from(shared).where(seen_by(who), *conditions)


def conditions(connection: Connection, which: Filter) -> list[sa.ColumnElement[bool]]:
    """A filter as conditions on `shared`."""
    dialect = connection.dialect.name
    equal = {
        shared.c.scenario_id: which.scenario,
        shared.c.outcome: which.outcome,
        shared.c.state: which.state,
        shared.c.review_state: which.review,
        shared.c.group_name: which.group,
    }
    found: list[sa.ColumnElement[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if which.contested is not None:
        found.append(shared.c.contested == which.contested)
    if which.trainee:
        found.append(begins(which.trainee, dialect))
    if which.since is not None:
        found.append(shared.c.started_ms >= _ms(which.since.timestamp()))
    if which.until is not None:
        found.append(shared.c.started_ms < _ms(which.until.timestamp()))
    if which.second is not None:
        found.append(_second() if which.second else sa.not_(_second()))
    words = _words(which.words)
    return [*found, _saying(connection, words)] if words else found


def begins(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Trainees whose name begins like this, whatever the capitals."""
    key = " ".join(text.split()).casefold()
    if dialect != "sqlite":
        return shared.c.name_key.startswith(key, autoescape=True)
    # SQLite compares letter by letter, so that a range walks the index where LIKE would not
    return shared.c.name_key.between(key, key + _LAST_LETTER)


def cohort(who: Facilitator, which: CohortFilter) -> list[sa.ColumnElement[bool]]:
    """The closed list of ways to narrow a group picture, as conditions on `shared`."""
    equal = {
        shared.c.scenario_id: which.scenario,
        shared.c.opening: which.opening,
        shared.c.cast_place: which.cast,
        shared.c.group_name: which.group,
        shared.c.quarter: which.quarter,
    }
    return [seen_by(who), *(column == value for column, value in equal.items() if value is not None)]


def firsts(who: Facilitator, scenario: str | None, but: Collection[uuid.UUID]) -> sa.Select[Any]:
    """The ids of everybody's first play of each scene among those with a picture, `but` these."""
    theirs = sa.func.row_number().over(
        partition_by=(shared.c.scenario_id, shared.c.learner_id), order_by=_BEGINNING
    )
    asked = sa.select(shared.c.session_id, theirs.label("place")).join(
        picture, picture.c.session_id == shared.c.session_id
    )
    conditions = [*cohort(who, CohortFilter(scenario=scenario)), shared.c.state != "damaged"]
    if but:
        conditions.append(shared.c.session_id.not_in(but))
    ranked = asked.where(*conditions).subquery()
    return sa.select(ranked.c.session_id).where(ranked.c.place == 1)


def newest(asked: sa.Select[Any]) -> sa.Select[Any]:
    """The newest first."""
    return asked.order_by(*(column.desc() for column in _BEGINNING))


def older_than(session: str, started_ms: int) -> sa.ColumnElement[bool]:
    """Behind this one, where the newest come first."""
    last = (sa.literal(started_ms, sa.BigInteger()), sa.literal(uuid.UUID(session), sa.Uuid()))
    return sa.tuple_(*_BEGINNING) < sa.tuple_(*last)


def _second() -> sa.ColumnElement[bool]:
    asked = sa.exists().where(review_fact.c.session_id == shared.c.session_id, review_fact.c.kind == "second")
    return sa.and_(shared.c.review_state == "begun", asked)


def _words(text: str) -> Sequence[str]:
    """What to look for; signs alone are nothing to look for."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def _saying(connection: Connection, words: Sequence[str]) -> sa.ColumnElement[bool]:
    if connection.dialect.name != "sqlite":
        # as SQLite's index has them: words as they are, accents aside, and the last may go on
        each = ["'" + unaccented(word).replace("\\", "\\\\").replace("'", "''") + "'" for word in words]
        vector = sa.func.to_tsvector(sa.text("'simple'"), search.c.body)
        asked = sa.func.to_tsquery(sa.text("'simple'"), " & ".join(each) + ":*")
        return shared.c.session_id.in_(sa.select(search.c.session_id).where(vector.op("@@")(asked)))
    # each word in quotation marks, so that none of them is one of FTS5's own; the last may go on
    phrases = " ".join('"' + word.replace('"', '""') + '"' for word in words) + "*"
    matching = sa.literal_column("search").op("MATCH")(phrases)
    # few are looked up by their ids; of many, the list is walked in its order, and left when a page is full
    few = ids(connection, sa.select(search.c.session_id).where(matching).limit(_FEW + 1), search.c.session_id)
    if len(few) <= _FEW:
        return shared.c.session_id.in_(few)
    return shared.c.search_row.in_(sa.select(search.c.rowid).where(matching))


def _value(column: sa.Column[Any], row: Row) -> sa.ColumnElement[Any]:
    value: Any = {
        "started_ms": row.started_ms,
        "session_id": uuid.UUID(row.session),
        "name_key": row.name_key,
        "scenario_id": row.scenario,
        "review_state": row.review_state,
    }[column.name]
    return sa.literal(value, column.type)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
