"""Everything facilitators read and write of sessions; whoever acts comes first in every method.

Each query starts from `shared`, narrowed to the groups of whoever asks as they are at that moment: this is the
one place where roles are enforced. What is not theirs is told in the words of what is not there.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from facilitator import search
from facilitator.errors import Moved, Unreadable, Why
from facilitator.facts import VERSION, chained, read_facts
from facilitator.people import People, scope
from facilitator.reading import Whose, apart, ids, known, parsed, raw, spared
from facilitator.rows import (
    EVERYBODY,
    AuditLine,
    CohortFilter,
    Drawn,
    Facilitator,
    Fact,
    Filter,
    ReviewState,
    Row,
    Sort,
)
from simulator import sharing
from simulator.audit import note, note_each
from simulator.errors import NotFound
from simulator.kept import moment, shown_title
from simulator.tables import audit, learner, picture, review_fact, session, shared

if TYPE_CHECKING:
    from facilitator.exported import Exported, Exporting

_NONE_SUCH: Final = ("There is no such session here.", "The list shows those that there are.")
_SHORTEST_PREFIX: Final = 4
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A session as it was read: what was kept or why it cannot be read, and what was said of it until then."""

    row: Row
    whose: Whose | Why
    facts: tuple[Fact, ...] | None
    """None where they are not there as they were written."""


class Store(People):
    """The part of the facilitators' records that is about sessions. Each method is one transaction."""

    # finding

    def page(self, me: uuid.UUID, which: Filter, sort: Sort, limit: int, after: Row | None) -> list[Row]:
        """One page of what this facilitator may see."""
        with self._reading() as connection:
            conditions = search.conditions(connection, which)
            asked = search.page(scope(connection, me), conditions, sort, limit, after)
            return _rows(connection, spared(connection, asked, shared.c.session_id))

    def count(self, me: uuid.UUID, which: Filter) -> int:
        """How many of those this facilitator may see."""
        with self._reading() as connection:
            asked = search.count(scope(connection, me), search.conditions(connection, which))
            return int(connection.execute(asked).scalar_one())

    def choices(self, me: uuid.UUID, prefix: str, limit: int) -> list[str]:
        """Trainees with something shared whose name begins like this, by name."""
        with self._reading() as connection:
            asked = sa.select(shared.c.name_key).distinct().where(search.seen_by(scope(connection, me)))
            if prefix.strip():
                asked = asked.where(search.begins(prefix, self._dialect))
            keys = connection.execute(asked.order_by(shared.c.name_key).limit(limit)).scalars().all()
            names = sa.select(learner.c.pseudonym).where(learner.c.name_key.in_(keys))
            return list(connection.execute(names.order_by(learner.c.name_key)).scalars())

    def values(self, me: uuid.UUID, column: str) -> list[Any]:
        """What there is of a column of `shared` among what this facilitator may see, in order."""
        with self._reading() as connection:
            asked = sa.select(shared.c[column]).distinct().where(search.seen_by(scope(connection, me)))
            return list(connection.execute(asked.order_by(shared.c[column])).scalars())

    def named(self, me: uuid.UUID, text: str) -> uuid.UUID:
        """The session of this id, or of an id that begins like this and no other does."""
        wanted = text.strip().lower().replace("-", "")
        try:
            low, high = uuid.UUID(wanted.ljust(32, "0")), uuid.UUID(wanted.ljust(32, "f"))
        except ValueError:
            raise NotFound(*_NONE_SUCH) from None
        if len(wanted) < _SHORTEST_PREFIX:
            raise NotFound(*_NONE_SUCH)
        with self._reading() as connection:
            asked = sa.select(shared.c.session_id).where(
                search.seen_by(scope(connection, me)), shared.c.session_id.between(low, high)
            )
            keys = ids(connection, asked.limit(2), shared.c.session_id)
        if not keys:
            raise NotFound(*_NONE_SUCH)
        if len(keys) > 1:
            raise NotFound("More than one session begins like that.", "Give more of its id.")
        return keys[0]

    # reading

    def open(self, me: uuid.UUID, key: uuid.UUID, act: str | None) -> Found:
        """A session and what was said of it. With `act` a line is written first: nobody looks unseen."""
        with self._writing() if act else self._reading() as connection:
            who = scope(connection, me)
            row = _rows(connection, [_visible(connection, who, key)])[0]
            if act:
                note(connection, self._now(), who.name, act, key)
            _, whose = next(self.reader.read(connection, [key]))
            return Found(row, whose, read_facts(connection, [key])[key])

    def exported(
        self, me: uuid.UUID, which: Filter, after: tuple[str, int] | None, act: str, detail: str
    ) -> tuple[list[Exported], tuple[str, int] | None]:
        """Some of what may be seen, the newest first, with a line for each; and the last of them, None at the end.

        `after` is the last of those before.
        """
        from facilitator.exported import page

        with self._writing() as connection:
            who = scope(connection, me)
            found = page(connection, who, search.conditions(connection, which), after, _AT_ONCE)
            keys = [key for key, _ in found]
            note_each(connection, self._now(), who.name, act, keys, detail)
            last = (str(found[-1][0]), found[-1][1]) if found else None
            return list(self._exporting.read(connection, keys)), last

    @cached_property
    def _exporting(self) -> Exporting:
        from facilitator.exported import Exporting

        return Exporting(self.reader)

    def pictures(
        self, me: uuid.UUID, which: CohortFilter, after: Drawn | None
    ) -> list[tuple[Drawn, dict[str, Any]]]:
        """Some of what may be seen, the newest first; `after` is the last of those before."""
        with self._reading() as connection:
            asked = _pictures(scope(connection, me), which)
            if after is not None:
                asked = asked.where(search.older_than(after.session, after.started_ms))
            return _pictured(connection, search.newest(asked).limit(_AT_ONCE))

    def firsts(self, me: uuid.UUID, scenario: str | None, but: Collection[uuid.UUID]) -> list[uuid.UUID]:
        """Everybody's first play of each scene among those that may be seen and have a picture, `but` these."""
        with self._reading() as connection:
            asked = search.firsts(scope(connection, me), scenario, but)
            return ids(connection, asked, asked.selected_columns[0])

    def pictures_of(self, me: uuid.UUID, keys: Collection[uuid.UUID]) -> list[tuple[Drawn, dict[str, Any]]]:
        """The pictures of these, without those that may not be seen or cannot be read."""
        with self._reading() as connection:
            asked = _pictures(scope(connection, me), EVERYBODY)
            return _pictured(connection, asked.where(shared.c.session_id.in_(keys)))

    def mark_damaged(self, me: uuid.UUID, key: uuid.UUID) -> None:
        """Let the lists say that a session's record does not hold together."""
        with self._writing() as connection:
            _visible(connection, scope(connection, me), key)
            connection.execute(sa.update(session).where(session.c.id == key).values(state="damaged"))
            sharing.damaged(connection, key)

    # saying

    def append(
        self,
        me: uuid.UUID,
        key: uuid.UUID,
        *,
        after: int,
        last_seq: int | None,
        kind: str,
        body: Mapping[str, Any],
        act: str,
        state: ReviewState,
    ) -> Fact:
        """Add a fact after the one numbered `after`, with its line on the trail.

        Raises Moved where another fact has that place, or where the session has gone on past `last_seq`; then
        nothing is written.
        """
        with self._writing() as connection:
            who = scope(connection, me)
            row = _visible(connection, who, key)
            there = read_facts(connection, [key])[key] or ()
            went_on = last_seq is not None and _last_seq(connection, key) != last_seq
            if len(there) != after or went_on:
                raise Moved(*_moved(there[after:], who, went_on))
            fact: dict[str, Any] = {"session_id": key, "seq": after + 1, "facilitator_id": me}
            fact |= {"at_ms": self._now(), "kind": kind, "v": VERSION, "body": dict(body)}
            fact["chain"] = chained(there[-1].chain if there else "", key, fact)
            try:
                connection.execute(sa.insert(review_fact).values(fact))
            except IntegrityError as error:
                raise Moved(*_moved((), who, False)) from error
            if row["review_state"] != state:
                theirs = shared.c.session_id == key
                connection.execute(sa.update(shared).where(theirs).values(review_state=state))
            if body.get("text") or body.get("reason"):
                sharing.index(connection, key)
            note(connection, fact["at_ms"], who.name, act, key)
            return _fact(fact, who)

    # the trail

    def audit_lines(self, me: uuid.UUID, key: uuid.UUID | None, limit: int) -> list[AuditLine]:
        """The latest lines first: of one session, or all that are about none or about one that may be seen."""
        with self._reading() as connection:
            who = scope(connection, me)
            said = (audit.c.at_ms, audit.c.actor, audit.c.act, audit.c.detail)
            about = sa.type_coerce(audit.c.session_id, sa.types.NullType()).label("session")
            asked = sa.select(*said, about)
            if key is not None:
                _visible(connection, who, key)
                asked = asked.where(audit.c.session_id == key)
            else:
                theirs = sa.exists().where(shared.c.session_id == audit.c.session_id, search.seen_by(who))
                asked = asked.where(sa.or_(audit.c.session_id.is_(None), theirs))
            rows = connection.execute(asked.order_by(audit.c.id.desc()).limit(limit)).mappings()
            return [_line(row) for row in rows]


def _line(row: Mapping[Any, Any]) -> AuditLine:
    session = known(row["session"])
    return AuditLine(
        moment(row["at_ms"]), row["actor"], row["act"], str(session) if session else None, row["detail"]
    )


def _visible(connection: Connection, who: Facilitator, key: uuid.UUID) -> Mapping[Any, Any]:
    """The session's row in `shared`, held until the transaction ends. Raises NotFound where it is not theirs."""
    asked = sa.select(shared).where(shared.c.session_id == key, search.seen_by(who)).with_for_update()
    row = next(iter(spared(connection, asked, shared.c.session_id)), None)
    if row is None and ids(connection, asked, shared.c.session_id):
        raise Unreadable("damaged")
    if row is None:
        raise NotFound(*_NONE_SUCH)
    return row


def _rows(connection: Connection, found: Sequence[Mapping[Any, Any]]) -> list[Row]:
    """Rows of `shared` with what the sessions and trainees say; a row that makes no sense is still listed."""
    keys, learners = [row["session_id"] for row in found], list({row["learner_id"] for row in found})
    sessions = apart(keys, lambda some: _titles(connection, some))
    names = apart(learners, lambda some: _names(connection, some))
    return [_row(row, sessions.get(row["session_id"], {}), names.get(row["learner_id"], "")) for row in found]


def _titles(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[Any, Any]]:
    said = (session.c.id, session.c.title, session.c.takes, session.c.turns, session.c.scenario_sha)
    asked = sa.select(*said).where(session.c.id.in_(keys))
    return {row["id"]: row for row in connection.execute(asked).mappings()}


def _names(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    asked = sa.select(learner.c.id, learner.c.pseudonym).where(learner.c.id.in_(keys))
    return {key: str(name) for key, name in connection.execute(asked)}


def _pictures(who: Facilitator, which: CohortFilter) -> sa.Select[Any]:
    whole = shared.join(picture, picture.c.session_id == shared.c.session_id).join(
        session, session.c.id == shared.c.session_id
    )
    asked = sa.select(shared, session.c.scenario_sha, raw(picture.c.body)).select_from(whole)
    return asked.where(*search.cohort(who, which), shared.c.state != "damaged")


def _pictured(connection: Connection, asked: sa.Select[Any]) -> list[tuple[Drawn, dict[str, Any]]]:
    rows = spared(connection, asked, shared.c.session_id)
    return [(_drawn(row), body) for row in rows if (body := parsed(row["body"])) is not None]


def _drawn(row: Mapping[Any, Any]) -> Drawn:
    return Drawn(
        session=str(row["session_id"]),
        learner=str(row["learner_id"]),
        scenario=row["scenario_id"],
        sha=row["scenario_sha"],
        opening=row["opening"],
        cast=row["cast_place"],
        group=row["group_name"],
        quarter=row["quarter"],
        started=moment(row["started_ms"]),
        started_ms=row["started_ms"],
    )


def _row(row: Mapping[Any, Any], of: Mapping[Any, Any], name: str) -> Row:
    state = row["state"]
    try:
        started, takes, turns = moment(row["started_ms"]), int(of["takes"]), int(of["turns"])
    except (ValueError, TypeError, OverflowError, OSError, KeyError):
        state, started, takes, turns = "damaged", moment(0), 0, 0
    return Row(
        session=str(row["session_id"]),
        trainee=name,
        scenario=str(row["scenario_id"]),
        title=shown_title(str(of.get("title", "")), name),
        started=started,
        state=state,
        outcome=row["outcome"],
        takes=takes,
        turns=turns,
        contested=bool(row["contested"]),
        review_state=row["review_state"],
        group=row["group_name"],
        version=str(of.get("scenario_sha", "")),
        name_key=row["name_key"],
        started_ms=row["started_ms"],
    )


def _fact(fact: Mapping[str, Any], who: Facilitator) -> Fact:
    when = moment(fact["at_ms"])
    return Fact(fact["seq"], who.id, who.name, when, fact["kind"], fact["v"], fact["body"], fact["chain"])


def _last_seq(connection: Connection, key: uuid.UUID) -> int:
    return int(connection.execute(sa.select(session.c.last_seq).where(session.c.id == key)).scalar_one())


def _moved(newer: Sequence[Fact], who: Facilitator, went_on: bool) -> tuple[str, str]:
    advice = "Nothing was overwritten. Look at what is new, then say it again if you still want to."
    if went_on and not newer:
        return "The trainee has gone on with this session since you opened it.", advice
    others = [fact.name for fact in newer if fact.who != who.id]
    by = others[-1] if others else "Another window of yours" if newer else "Somebody else"
    return f"{by} has written in this review since you opened it.", advice
