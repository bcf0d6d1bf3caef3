"""Kept sessions read for facilitators, many at once: each as it was, or which of four reasons there is why not."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from facilitator.errors import Unreadable, Why
from simulator.errors import Damaged, SimulatorError
from simulator.events import KINDS
from simulator.kept import Kept, RawEvent, kept_session, moment
from simulator.replay import Editions, Replayed, replay
from simulator.sqlite import errors
from simulator.tables import account, event, learner, scenario_version, session, vocabulary_version

UNREADABLE: Final = (ValueError, TypeError, OverflowError, DBAPIError)
"""What a row raises that is not what it should be; see `in_the_row`."""
_EDITIONS: Final = 32
_Key = TypeVar("_Key", bound=Hashable)
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Whose:
    """A kept session, its trainee's id, and the computer accounts whose names are veiled in what they wrote."""

    kept: Kept
    learner: uuid.UUID
    accounts: tuple[str, ...]


class Reader:
    """Reads sessions one after the other; scenarios that come again are read once."""

    def __init__(self) -> None:
        self._editions = Editions()
        self._scenarios: dict[str, bytes | None] = {}
        self._vocabularies: dict[str, tuple[bytes, ...]] = {}

    def read(
        self, connection: Connection, keys: Sequence[uuid.UUID]
    ) -> Iterator[tuple[uuid.UUID, Whose | Why]]:
        """Each of these sessions in this order; where a row cannot be read at all, the reason instead."""
        found = apart(keys, lambda some: self._all(connection, some))
        for key in keys:
            yield key, found.get(key) or "damaged"

    def replayed(self, kept: Kept, name: str | None = None) -> Replayed:
        """Play a session again; `name` fills `<trainee>`. Raises Unreadable."""
        try:
            return replay(kept, name, self._editions)
        except Damaged as error:
            raise Unreadable(why(kept)) from error
        except SimulatorError as error:
            # the bytes are those that were kept, and this version cannot read them
            raise Unreadable("newer") from error

    def _all(self, connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Whose]:
        asked = (
            sa.select(session, learner.c.pseudonym)
            .join(learner, learner.c.id == session.c.learner_id)
            .where(session.c.id.in_(keys))
        )
        rows = {row["id"]: row for row in connection.execute(asked).mappings()}
        events = _events(connection, keys)
        accounts = _accounts(connection, {row["learner_id"] for row in rows.values()})
        self._have(connection, rows.values())
        return {
            key: Whose(self._kept(row, events[key]), row["learner_id"], tuple(accounts[row["learner_id"]]))
            for key, row in rows.items()
        }

    def _have(self, connection: Connection, rows: Any) -> None:
        """The bytes that these sessions were played on, where they are not at hand yet."""
        if len(self._scenarios) > _EDITIONS:
            self._scenarios.clear()
            self._vocabularies.clear()
        wanted = {row["scenario_sha"] for row in rows} - self._scenarios.keys()
        if wanted:
            self._scenarios |= dict.fromkeys(wanted)
            texts = sa.select(scenario_version.c.sha256, scenario_version.c.text)
            for sha, text in connection.execute(texts.where(scenario_version.c.sha256.in_(wanted))):
                self._scenarios[sha] = text
        wanted = {row["vocabulary_sha"] for row in rows} - self._vocabularies.keys()
        if wanted:
            self._vocabularies |= dict.fromkeys(wanted, ())
            kept = vocabulary_version
            parts = sa.select(kept.c.sha256, kept.c.text).where(kept.c.sha256.in_(wanted))
            for sha, text in connection.execute(parts.order_by(kept.c.sha256, kept.c.place)):
                self._vocabularies[sha] += (text,)

    def _kept(self, row: Mapping[Any, Any], events: Sequence[RawEvent]) -> Kept:
        for ms in (row["started_ms"], row["ended_ms"] or 0):
            # what is no time raises here, where it is found out, and not where it is shown
            moment(ms)
        scenario = self._scenarios.get(row["scenario_sha"])
        vocabularies = self._vocabularies.get(row["vocabulary_sha"], ())
        return kept_session(row, str(row["pseudonym"]), scenario, vocabularies, events)


def why(kept: Kept) -> Why:
    """Why a session that could not be replayed could not."""
    if kept.scenario is None or not kept.vocabularies:
        return "scenario-gone"
    if not _holds(kept):
        return "damaged"
    if any((raw.kind, raw.v) not in KINDS for raw in kept.events):
        return "newer"
    return "half-written" if len(kept.events) < kept.last_seq else "damaged"


def _holds(kept: Kept) -> bool:
    """Whether the chain over what is there is whole, whether or not this version knows its kinds."""
    before = ""
    for place, raw in enumerate(kept.events, start=1):
        row = [kept.id, raw.seq, raw.at_ms, raw.mono_ms, raw.kind, raw.v, raw.body]
        canonical = json.dumps(row, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256(f"{before}{canonical}".encode()).hexdigest()
        if raw.seq != place or raw.chain != before:
            return False
    return True


def _events(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[RawEvent]]:
    found: dict[uuid.UUID, list[RawEvent]] = defaultdict(list)
    asked = sa.select(event).where(event.c.session_id.in_(keys)).order_by(event.c.session_id, event.c.seq)
    for key, seq, at_ms, mono_ms, kind, v, body, chain in connection.execute(asked):
        found[key].append(RawEvent(seq, at_ms, mono_ms, kind, v, body, chain))
    return found


def _accounts(connection: Connection, learners: set[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    asked = sa.select(account.c.learner_id, account.c.name).where(account.c.learner_id.in_(learners))
    for who, name in connection.execute(asked):
        found[who].append(name)
    return found


def apart(keys: Sequence[_Key], read: Callable[[Sequence[_Key]], Mapping[_Key, _Row]]) -> dict[_Key, _Row]:
    """What `read` finds for these keys. A spoilt row spoils the reading of them all, so then one at a time."""
    try:
        return dict(read(keys))
    except UNREADABLE as error:
        if not in_the_row(error):
            raise
    if len(keys) == 1:
        return {}
    return {key: row for each in keys for key, row in apart([each], read).items()}


def spared(connection: Connection, asked: sa.Select[Any], key: sa.Column[Any]) -> list[Mapping[Any, Any]]:
    """The rows asked for, in order, without those that cannot be read; `key` is the column of their ids."""
    try:
        return list(connection.execute(asked).mappings().all())
    except UNREADABLE as error:
        if not in_the_row(error):
            raise
    keys = ids(connection, asked, key)
    found = apart(keys, lambda some: _by_id(connection, asked, key, some))
    return [found[each] for each in keys if each in found]


def _by_id(
    connection: Connection, asked: sa.Select[Any], key: sa.Column[Any], keys: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Mapping[Any, Any]]:
    rows = connection.execute(asked.where(key.in_(keys))).mappings()
    return {row[key.name]: row for row in rows}


def ids(connection: Connection, asked: sa.Select[Any], key: sa.ColumnElement[Any]) -> list[uuid.UUID]:
    """The ids alone of what is asked for, in order, without those that are none."""
    texts = connection.execute(asked.with_only_columns(sa.type_coerce(key, sa.types.NullType()))).scalars()
    return [found for text in texts if (found := known(text)) is not None]


def known(text: object) -> uuid.UUID | None:
    """An id as the database has it; None where it is none."""
    if isinstance(text, uuid.UUID):
        return text
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def raw(column: sa.Column[Any]) -> sa.Label[Any]:
    """A column of JSON as the database has it, for `parsed`: one that is spoilt is found out row by row."""
    return sa.type_coerce(column, sa.types.NullType()).label(column.name)


def parsed(kept: object) -> dict[str, Any] | None:
    """The JSON object that `raw` gave; None where it is none."""
    if isinstance(kept, str | bytes):
        try:
            kept = json.loads(kept)
        except ValueError:
            return None
    return kept if isinstance(kept, dict) else None


def in_the_row(error: Exception) -> bool:
    """Whether the fault lies in what stands in a row, not in the database being away."""
    if not isinstance(error, DBAPIError):
        return True
    # text that is no text is refused by Python's own module, which gives the error no name of SQLite's
    name = getattr(error.orig, "sqlite_errorname", None)
    return isinstance(error.orig, errors()) and (name is None or name.startswith("SQLITE_CORRUPT"))
