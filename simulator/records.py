"""Events in a database: one code path for SQLite and PostgreSQL; nobody is told of another's.

Every method that concerns a session takes the acting trainee first, and says NotYours, in the words of
NotFound, where it is somebody else's.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from simulator import sharing
from simulator.audit import A_TRAINEE, ERASED, HANDED_OVER, note
from simulator.clock import Clock, SystemClock
from simulator.database import BUSY_S, Database
from simulator.erasing import erase_sessions
from simulator.errors import AlreadyOpen, NotFound, NotYours, SimulatorError
from simulator.events import Happened, Keep, State, body, chained
from simulator.kept import (
    HandedOver,
    Kept,
    OwnRow,
    RawEvent,
    SessionRow,
    Unfinished,
    damage,
    kept_session,
    moment,
    shown_title,
)
from simulator.learners import Learners
from simulator.own_rows import own_rows
from simulator.session import Head
from simulator.sharing import Looked
from simulator.shown_review import ReviewShown
from simulator.tables import event, learner, picture, scenario_version, session, shared, vocabulary_version
from simulator.text import clean_line

if TYPE_CHECKING:
    from simulator.course import Summary

_OPEN: Final = ("running", "suspended")
_NONE_SUCH: Final = ("There is no such session here.", "The list shows those that there are.")
_SHORTEST_PREFIX: Final = 4


def open_records(
    url: str, busy_s: float = BUSY_S, pragmas: Sequence[str] = (), clock: Clock | None = None
) -> Records:
    """The records at an address as `locations.records_url` gives it, made where there are none.

    `busy_s` seconds are waited for another program. Raises StoreTrouble.
    """
    return Records(Database(url, busy_s, pragmas), clock or SystemClock())


class Records(Learners):
    """See `open_records`. Each method is one transaction: it has happened when the method returns."""

    # a session being played

    def begin(
        self, acting: uuid.UUID, head: Head, rows: Sequence[Happened], summary: Summary, keep: Keep
    ) -> None:
        """Keep a session from its first event on, with the bytes it is played on. All of it, or nothing."""
        key = uuid.UUID(head.id)
        began = head.began
        values: dict[str, Any] = {
            "id": key,
            "learner_id": acting,
            "scenario_id": clean_line(head.loaded.id, 300),
            "scenario_sha": began.scenario,
            "vocabulary_sha": began.vocabulary,
            "engine_version": began.engine,
            "seed": began.seed,
            "opening": began.opening,
            "cast_place": began.cast,
            "title": head.title,
            "started_ms": head.started_ms,
        }
        with self._writing() as connection:
            # a save that seemed to fail may have been kept after all; this one takes its place
            if _owned(connection, acting, key) is not None:
                sharing.may_go(connection, key)
                erase_sessions(connection, [key])
            self._keep_bytes(connection, head)
            connection.execute(sa.insert(session).values(values | summed(rows, summary, keep)))
            _insert(connection, key, rows)
            draw(connection, key, summary)
            sharing.follow(connection, key, rows, keep, self._clock.now_ms())

    def append(
        self, acting: uuid.UUID, key: uuid.UUID, rows: Sequence[Happened], summary: Summary, keep: Keep
    ) -> None:
        """Add what happened next, and the summary with it. Raises AlreadyOpen where it went on elsewhere."""
        first = rows[0]
        with self._writing() as connection:
            found = _owned(connection, acting, key)
            if found is None:
                raise NotYours(*_NONE_SUCH)
            before = _last(connection, key)
            follows = chained(before[1], str(key), first.seq, first.at_ms, first.mono_ms, first.event)
            if before[0] != first.seq - 1 or follows != first.chain:
                raise _elsewhere()
            try:
                _insert(connection, key, rows)
            except IntegrityError as error:
                raise _elsewhere() from error
            values = summed(rows, summary, keep)
            connection.execute(sa.update(session).where(session.c.id == key).values(values))
            draw(connection, key, summary)
            sharing.follow(connection, key, rows, keep, self._clock.now_ms())

    def last(self, acting: uuid.UUID, key: uuid.UUID) -> tuple[int, str]:
        """The place and chain of the last event kept; (0, "") where there is none."""
        with self._reading() as connection:
            return (0, "") if _owned(connection, acting, key) is None else _last(connection, key)

    def erase(self, acting: uuid.UUID, key: uuid.UUID) -> None:
        """Take a session away for good, and the bytes it was played on where no other session needs them."""
        with self._writing() as connection:
            if _owned(connection, acting, key) is None:
                raise NotYours(*_NONE_SUCH)
            sharing.may_go(connection, key)
            if erase_sessions(connection, [key]):
                note(connection, self._clock.now_ms(), A_TRAINEE, ERASED)
        self._database.wipe()

    def damaged(self, acting: uuid.UUID, key: uuid.UUID) -> None:
        """Mark a session whose record does not hold together."""
        with self._writing() as connection:
            mine = (session.c.id == key) & (session.c.learner_id == acting)
            if connection.execute(sa.update(session).where(mine).values(state="damaged")).rowcount:
                sharing.damaged(connection, key)

    def handed_over(self, acting: uuid.UUID, key: uuid.UUID, kept: Kept) -> HandedOver:
        """What goes along with a shared session that is carried elsewhere; that it was is on the trail."""
        with self._writing() as connection:
            row = _owned(connection, acting, key)
            if row is None:
                raise NotYours(*_NONE_SUCH)
            if row["keep"] != "shared":
                raise SimulatorError(
                    "That session is kept for you alone.",
                    "Share it first, if you want somebody else to have it.",
                )
            note(connection, self._clock.now_ms(), A_TRAINEE, HANDED_OVER, key)
            accounts, group = sharing.accounts(connection, acting), sharing.group_of(connection, acting)
            return HandedOver(kept, acting, accounts, group or "")

    def lookers(self, acting: uuid.UUID, key: uuid.UUID) -> tuple[Looked, ...]:
        """Who has looked at a session or done something with it, in order."""
        with self._reading() as connection:
            if _owned(connection, acting, key) is None:
                raise NotYours(*_NONE_SUCH)
            return sharing.lookers(connection, key)

    def said_to(self, acting: uuid.UUID, key: uuid.UUID) -> ReviewShown | None:
        """What facilitators said to the trainee; None while the trainee's own say is waited for."""
        from simulator.review_said import said_to

        with self._reading() as connection:
            row = _owned(connection, acting, key)
            if row is None:
                raise NotYours(*_NONE_SUCH)
            if not row["told"] and row["state"] != "stepped-out":
                return None
            return said_to(connection, key)

    # finding and reading

    def named(self, acting: uuid.UUID, text: str) -> uuid.UUID:
        """The acting trainee's session of this id, or of an id that begins like this and no other does."""
        wanted = text.strip().lower().replace("-", "")
        with self._reading() as connection:
            asked = sa.select(session.c.id).where(session.c.learner_id == acting)
            ids = connection.execute(asked).scalars().all()
        fits = [key for key in ids if key.hex.startswith(wanted)]
        if len(wanted) < _SHORTEST_PREFIX or not fits:
            raise NotYours(*_NONE_SUCH)
        if len(fits) > 1:
            raise NotFound("More than one session begins like that.", "Give more of its id.")
        return cast(uuid.UUID, fits[0])

    def latest(self, acting: uuid.UUID) -> uuid.UUID:
        """The acting trainee's latest unfinished session. Raises NotFound where there is none."""
        with self._reading() as connection:
            key = connection.execute(_listed(acting, 1, open_only=True)).scalars().first()
        if key is None:
            raise NotFound(
                "There is nothing unfinished here.", "Start a scene, and it can be gone on with later."
            )
        return cast(uuid.UUID, key)

    def unfinished(self, acting: uuid.UUID, limit: int = 50) -> list[Unfinished]:
        """The acting trainee's sessions that can be gone on with, latest first."""
        rows = self._rows(acting, _listed(acting, limit, open_only=True))
        return [
            Unfinished(
                row.session, row.title, row.scenario, row.started, row.turns, row.keep, row.state == "ended"
            )
            for row in rows
            if row.state in (*_OPEN, "ended")
        ]

    def sessions(
        self, acting: uuid.UUID, limit: int = 50, before: SessionRow | None = None
    ) -> list[SessionRow]:
        """The acting trainee's sessions, latest first; `before` is the last row of the page before."""
        return self._rows(acting, _listed(acting, limit, before))

    def own(self, acting: uuid.UUID) -> dict[str, OwnRow]:
        """What the acting trainee's own page is made of, by session."""
        with self._reading() as connection:
            return own_rows(connection, acting)

    def read(self, acting: uuid.UUID, key: uuid.UUID) -> Kept:
        """Everything kept of one session, unchecked. Raises Damaged where not even that can be read."""
        try:
            with self._reading() as connection:
                row = _owned(connection, acting, key)
                if row is None:
                    raise NotYours(*_NONE_SUCH)
                name = connection.execute(
                    sa.select(learner.c.pseudonym).where(learner.c.id == acting)
                ).scalar_one()
                return _kept(connection, row, name)
        except (ValueError, TypeError) as error:
            raise damage() from error

    def _rows(self, acting: uuid.UUID, asked: sa.Select[Any]) -> list[SessionRow]:
        with self._reading() as connection:
            name = connection.execute(
                sa.select(learner.c.pseudonym).where(learner.c.id == acting)
            ).scalar_one()
            return [_row(row, name) for row in connection.execute(asked).mappings()]

    def _keep_bytes(self, connection: Connection, head: Head) -> None:
        now = self._clock.now_ms()
        began, loaded = head.began, head.loaded
        kept = sa.select(scenario_version.c.sha256).where(scenario_version.c.sha256 == began.scenario)
        if connection.execute(kept).first() is None:
            values: dict[str, Any] = {"sha256": began.scenario, "scenario_id": clean_line(loaded.id, 300)}
            connection.execute(
                sa.insert(scenario_version).values(**values, text=loaded.data, first_seen_ms=now)
            )
        kept = sa.select(vocabulary_version.c.place).where(vocabulary_version.c.sha256 == began.vocabulary)
        if connection.execute(kept).first() is None:
            parts = [
                {"sha256": began.vocabulary, "place": place, "text": data, "first_seen_ms": now}
                for place, data in enumerate(loaded.vocabularies)
            ]
            connection.execute(sa.insert(vocabulary_version), parts)


def summed(rows: Sequence[Happened], summary: Summary, keep: Keep) -> dict[str, Any]:
    """The columns of a session that follow from its events."""
    over = summary.state in ("ended", "stepped-out")
    return {
        "keep": keep,
        "state": summary.state,
        "last_seq": rows[-1].seq,
        "outcome": summary.outcome,
        "takes": summary.takes,
        "turns": summary.turns,
        "told": summary.told,
        "ended_ms": rows[-1].at_ms if over else None,
    }


def _elsewhere() -> AlreadyOpen:
    return AlreadyOpen(
        "This session has gone on in another window.", "Go on there, or resume it here from the list."
    )


def _owned(connection: Connection, acting: uuid.UUID, key: uuid.UUID) -> Mapping[Any, Any] | None:
    asked = sa.select(session).where(session.c.id == key, session.c.learner_id == acting)
    return connection.execute(asked).mappings().first()


def _last(connection: Connection, key: uuid.UUID) -> tuple[int, str]:
    asked = sa.select(event.c.seq, event.c.chain).where(event.c.session_id == key)
    row = connection.execute(asked.order_by(event.c.seq.desc()).limit(1)).first()
    return (0, "") if row is None else (row[0], row[1])


def _insert(connection: Connection, key: uuid.UUID, rows: Sequence[Happened]) -> None:
    values = [
        {
            "session_id": key,
            "seq": row.seq,
            "at_ms": row.at_ms,
            "mono_ms": row.mono_ms,
            "kind": row.event.kind,
            "v": row.event.v,
            "body": body(row.event),
            "chain": row.chain,
        }
        for row in rows
    ]
    connection.execute(sa.insert(event), values)


def draw(connection: Connection, key: uuid.UUID, summary: Summary) -> None:
    """Put the picture of a session in place of the one before; one that has none is left without."""
    body = summary.picture
    if body is None:
        connection.execute(sa.delete(picture).where(picture.c.session_id == key))
    elif not connection.execute(
        sa.update(picture).where(picture.c.session_id == key).values(body=body)
    ).rowcount:
        connection.execute(sa.insert(picture).values(session_id=key, body=body))


def _listed(
    acting: uuid.UUID, limit: int, before: SessionRow | None = None, open_only: bool = False
) -> sa.Select[Any]:
    with_review = session.outerjoin(shared, shared.c.session_id == session.c.id)
    asked = sa.select(session, shared.c.review_state).select_from(with_review)
    asked = asked.where(session.c.learner_id == acting)
    if open_only:
        waiting = sa.and_(session.c.state == "ended", session.c.told.is_(False))
        asked = asked.where(sa.or_(session.c.state.in_(_OPEN), waiting))
    if before is not None:
        here = sa.tuple_(session.c.started_ms, session.c.id)
        last = sa.tuple_(
            sa.literal(before.started_ms, sa.BigInteger()), sa.literal(uuid.UUID(before.session), sa.Uuid())
        )
        asked = asked.where(here < last)
    return asked.order_by(session.c.started_ms.desc(), session.c.id.desc()).limit(limit)


def _row(row: Mapping[Any, Any], name: str) -> SessionRow:
    """A row as a list shows it; one whose columns make no sense is damaged and still listed."""
    state: State = row["state"]
    try:
        started_ms, started = row["started_ms"], moment(row["started_ms"])
        takes, turns = int(row["takes"]), int(row["turns"])
    except (ValueError, TypeError, OverflowError, OSError):
        state, started_ms, started, takes, turns = "damaged", 0, moment(0), 0, 0
    return SessionRow(
        session=str(row["id"]),
        scenario=str(row["scenario_id"]),
        version=str(row["scenario_sha"]),
        trainee=name,
        started=started,
        state=state,
        keep=row["keep"],
        # how it came out waits, as everything that judges does, for the trainee's own say
        outcome=row["outcome"] if row["told"] else None,
        takes=takes,
        reviewed=row["review_state"] == "signed",
        title=shown_title(str(row["title"]), name),
        turns=turns,
        started_ms=started_ms,
    )


def _kept(connection: Connection, row: Mapping[Any, Any], name: str) -> Kept:
    asked = sa.select(event).where(event.c.session_id == row["id"]).order_by(event.c.seq)
    events = [
        RawEvent(e["seq"], e["at_ms"], e["mono_ms"], e["kind"], e["v"], e["body"], e["chain"])
        for e in connection.execute(asked).mappings()
    ]
    scenario = sa.select(scenario_version.c.text).where(scenario_version.c.sha256 == row["scenario_sha"])
    parts = sa.select(vocabulary_version.c.text).where(vocabulary_version.c.sha256 == row["vocabulary_sha"])
    vocabularies = connection.execute(parts.order_by(vocabulary_version.c.place)).scalars().all()
    return kept_session(row, name, connection.execute(scenario).scalar_one_or_none(), vocabularies, events)
