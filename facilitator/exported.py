"""Shared sessions read for export, hundreds at a time: each checked against its chain, none of them played again.

What a session came to is in its picture (simulator/picture.py); a session whose picture is missing, or says something
else than its events, is played again instead. Nobody is named: the names are there only for taking them out of words.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple, TypeAlias

import sqlalchemy as sa
from msgspec import DecodeError
from msgspec.json import Decoder, Encoder
from sqlalchemy import Connection

from facilitator import pictures, search
from facilitator.errors import Unreadable, Why
from facilitator.facts import read_facts, said
from facilitator.forms import stamp
from facilitator.pictures import Picture, Take
from facilitator.pseudonyms import facilitator_code, trainee_code
from facilitator.reading import Reader, Whose, apart, parsed, raw, spared
from facilitator.rows import Facilitator, Fact, ReviewState
from facilitator.wording import Wording
from simulator.course import Course
from simulator.events import KINDS
from simulator.sqlite import errors
from simulator.tables import account, event, learner, picture, session, shared

Happening: TypeAlias = tuple[int, int, int, str, Mapping[str, Any]]
"""seq from 1, milliseconds since 1970 UTC, milliseconds of time played, the kind, the body."""
_Event: TypeAlias = tuple[str, dict[str, Any]]
_ITS_OWN: Final = frozenset({
    "began", "unpaused", "word", "reflection", "account", "inquired", "contested", "to-keep", "to-try",
})  # fmt: skip
"""Kinds whose bodies hardly ever come twice, or have words in them."""
_MOST_REMEMBERED: Final = 20_000
_FEW: Final = 100
"""Sessions whose events are read at once: more of them no longer fit where a processor is quick."""
_FIRST_MS: Final = -62_135_596_800_000
_END_MS: Final = 253_402_300_800_000
"""Times that have a date: of the years 1 to 9999."""
_object = Decoder(dict[str, Any]).decode
_sorted = Encoder(order="sorted").encode
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Exported(NamedTuple):
    """One session for export. Where `why` is not None it cannot be shown, and nothing else of it is told.

    `takes` are as in its picture, gauges 0..10, and without any where not `judged`; `picture` is None until a take
    has ended.
    """

    session: str
    trainee: str
    names: tuple[str, ...]
    group: str
    scenario: str
    version: str
    opening: str
    cast: int
    started_ms: int
    ended_ms: int | None
    state: str
    outcome: str | None
    takes: Sequence[Take]
    picture: Picture | None
    events: Sequence[Happening]
    wording: Wording
    review_state: ReviewState
    given: Mapping[str, Mapping[str, int]]
    """Facilitators' ratings: dimension, who, 1..5."""
    why: Why | None = None

    @property
    def judged(self) -> bool:
        """Whether what judges may be told: of who stepped out, nothing."""
        return self.state != "stepped-out"


class _Row(NamedTuple):
    """What stands beside a session's events."""

    id: uuid.UUID
    learner_id: uuid.UUID
    scenario_id: str
    scenario_sha: str
    vocabulary_sha: str
    started_ms: int
    ended_ms: int | None
    state: str
    last_seq: int
    outcome: str | None
    group_name: str
    review_state: ReviewState
    pseudonym: str
    body: Any
    """The picture as it is kept."""


class Exporting:
    """Reads one page of sessions after the other; scenarios that come again are read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._wordings: dict[tuple[str, str], Wording] = {}
        self._slow: dict[uuid.UUID, Whose | Why] = {}
        """Those of a page that are known to need playing again, read together."""
        self._known: dict[tuple[str, int, str], _Event] = {}
        """What was read already, by kind, version and body as kept; nothing with words."""

    def read(self, connection: Connection, keys: Sequence[uuid.UUID]) -> Iterator[Exported]:
        """Each of these sessions in this order."""
        rows = apart(keys, lambda some: _rows(connection, some))
        facts = read_facts(connection, keys)
        names = _names(connection, rows.values())
        self._slow = dict(
            self._reader.read(connection, [key for key in keys if _needs_playing(rows.get(key))])
        )
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        for place in range(0, len(keys), _FEW):
            few = keys[place : place + _FEW]
            events = apart(few, lambda some: _events(connection, some))
            for key in few:
                row, said_of_it = rows.get(key), facts[key]
                if row is None or said_of_it is None or not _has_days(row):
                    yield _not_shown(key, "damaged")
                    continue
                yield self._one(
                    connection, row, events.get(key, ()), names[row.learner_id], _given(said_of_it)
                )

    def _one(
        self,
        connection: Connection,
        row: _Row,
        events: Sequence[Sequence[Any]],
        names: tuple[str, ...],
        given: Mapping[str, Mapping[str, int]],
    ) -> Exported:
        key: uuid.UUID = row.id
        session = str(key)
        happened = self._checked(session, row, events)
        drawn = pictures.read(row.body)
        sources = row.scenario_sha, row.vocabulary_sha
        wording = self._wordings.get(sources)
        judged = row.state != "stepped-out"
        if drawn and happened and wording and judged and _tells(drawn, happened, wording):
            takes: Sequence[Take] = drawn.takes
        else:
            # why it cannot be shown, or what it comes to all the same, is for the slow way to say
            try:
                course = self._played(connection, key)
            except Unreadable as error:
                return _not_shown(key, error.why)
            wording = self._wordings.setdefault(sources, Wording(course.loaded))
            takes, drawn = pictures.played(course)
            judged = judged and course.state != "stepped-out"
            if not judged:
                takes, drawn = [pictures.unjudged(take) for take in takes], None
            if happened is None:
                return _not_shown(key, "damaged")
        began = happened[0][4]
        return Exported(
            session=session,
            trainee=_trainee(row.learner_id),
            names=names,
            group=row.group_name,
            scenario=row.scenario_id,
            version=row.scenario_sha,
            opening=began["opening"],
            cast=began["cast"],
            started_ms=row.started_ms,
            ended_ms=row.ended_ms,
            state=row.state if judged else "stepped-out",
            outcome=row.outcome,
            takes=takes,
            picture=drawn,
            events=happened,
            wording=wording,
            review_state=row.review_state,
            given=given,
        )

    def _checked(self, session: str, row: _Row, events: Sequence[Sequence[Any]]) -> list[Happening] | None:
        """The events where each is in its place and the chain over them is whole, else None."""
        known, made, chain, begins = self._known, list[Happening](), "", f'["{session}",'
        for place, (_, seq, at_ms, mono_ms, kind, v, kept, noted) in enumerate(events, start=1):
            # PostgreSQL gives bodies as objects, which cannot be looked up
            it = known.get((kind, v, kept)) if kept.__class__ is str else None
            if it is None:
                it = _event(kind, v, kept)
                if it is None:
                    return None
                if kind not in _ITS_OWN and kept.__class__ is str:
                    known[kind, v, kept] = it
            rest, body = it
            chain = sha256(f"{chain}{begins}{seq},{at_ms},{mono_ms}{rest}".encode()).hexdigest()
            if chain != noted or seq != place or not _FIRST_MS <= at_ms < _END_MS:
                return None
            made.append((seq, at_ms, mono_ms, kind, body))
        if not made or len(made) != row.last_seq:
            return None
        began = made[0][4]
        named = began.get("scenario"), began.get("vocabulary")
        return made if named == (row.scenario_sha, row.vocabulary_sha) else None

    def _played(self, connection: Connection, key: uuid.UUID) -> Course:
        """The session played again. Raises Unreadable."""
        whose = self._slow.get(key) or next(self._reader.read(connection, [key]))[1]
        if isinstance(whose, str):
            raise Unreadable(whose)
        return self._reader.replayed(whose.kept).course


def page(
    connection: Connection, who: Facilitator, conditions: Sequence[sa.ColumnElement[bool]],
    after: tuple[str, int] | None, limit: int,
) -> list[tuple[uuid.UUID, int]]:  # fmt: skip
    """The ids of some sessions and when they began, the newest first; `after` is the last of those before."""
    asked = sa.select(shared.c.session_id, shared.c.started_ms).where(search.seen_by(who), *conditions)
    if after is not None:
        asked = asked.where(search.older_than(*after))
    found = spared(connection, search.newest(asked).limit(limit), shared.c.session_id)
    return [(row["session_id"], row["started_ms"]) for row in found]


def _not_shown(key: uuid.UUID, why: Why) -> Exported:
    return Exported(
        str(key), "", (), "", "", "", "", 0, 0, None, "damaged", None, (), None, (), Wording(None), "waiting", {}, why
    )  # fmt: skip


def _rows(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Row]:
    whole = (
        session.join(shared, shared.c.session_id == session.c.id)
        .join(learner, learner.c.id == session.c.learner_id)
        .outerjoin(picture, picture.c.session_id == session.c.id)
    )
    beside = (shared.c.group_name, shared.c.review_state, learner.c.pseudonym, raw(picture.c.body))
    asked = sa.select(*(session.c[name] for name in _Row._fields[: -len(beside)]), *beside)
    found = connection.execute(asked.select_from(whole).where(session.c.id.in_(keys))).fetchall()
    return {row[0]: _Row._make(row) for row in found}


def _events(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Sequence[Any]]]:
    found: dict[object, list[Sequence[Any]]] = defaultdict(list)
    # ids as the database has them: making each of thousands an object costs more than reading it
    bare = sa.type_coerce(event.c.session_id, sa.types.NullType())
    columns = (event.c.seq, event.c.at_ms, event.c.mono_ms, event.c.kind, event.c.v, raw(event.c.body))
    asked = sa.select(bare, *columns, event.c.chain).where(event.c.session_id.in_(keys))
    for row in _driven(connection, asked.order_by(event.c.session_id, event.c.seq)):
        found[row[0]].append(row)
    return {_key(key): rows for key, rows in found.items()}


def _driven(connection: Connection, asked: sa.Select[Any]) -> Sequence[Sequence[Any]]:
    """All rows at once, as the driver has them: taking each into another object costs a sixth of reading it."""
    found = connection.execute(asked)
    try:
        return found.cursor.fetchall() if found.cursor is not None else ()
    except errors():
        # asked again, so that what is wrong has its name
        return connection.execute(asked).fetchall()
    finally:
        found.close()


def _key(kept: object) -> uuid.UUID:
    return kept if isinstance(kept, uuid.UUID) else uuid.UUID(str(kept))


def _names(connection: Connection, rows: Iterable[_Row]) -> dict[uuid.UUID, tuple[str, ...]]:
    """What each trainee is known by: the name they practise under, and their computer accounts."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for row in rows:
        found[row.learner_id].add(str(row.pseudonym))
    asked = sa.select(account.c.learner_id, account.c.name).where(account.c.learner_id.in_(list(found)))
    for who, name in connection.execute(asked):
        found[who].add(name)
    return {who: tuple(sorted(names)) for who, names in found.items()}


def _event(kind: str, v: int, kept: Any) -> _Event | None:
    """An event of a kind that is known here: its row in the chain from the kind on, and its body."""
    try:
        body = _object(kept) if kept.__class__ is str else parsed(kept)
    except DecodeError:
        # what is JSON to Python alone, or none at all
        body = parsed(kept)
    if body is None or (kind, v) not in KINDS:
        return None
    plain = kept.__class__ is str and kept.isascii() and "\\" not in kept and "\x7f" not in kept
    # of plain letters both make the same text, the one in a tenth of the time
    return f',"{kind}",{v},{_sorted(body).decode() if plain else _canonical(body)}]', body


def _given(facts: Sequence[Fact]) -> dict[str, dict[str, int]]:
    return (
        {
            dimension: {facilitator_code(who): int(fact.body["value"]) for who, fact in by.items()}
            for dimension, by in said(facts).ratings.items()
        }
        if facts
        else {}
    )


@lru_cache(maxsize=4096)
def _trainee(learner: uuid.UUID) -> str:
    return trainee_code(learner)


def _tells(drawn: Picture, events: Sequence[Happening], wording: Wording) -> bool:
    """Whether a picture tells of the very replies that were given."""
    given = [body.get("reply") for _, _, _, kind, body in events if kind == "answered"]
    return pictures.agrees(drawn, given, wording)


def _needs_playing(row: _Row | None) -> bool:
    """Whether a session has no picture that could stand for its events."""
    return row is not None and (row.body is None or row.state == "stepped-out")


def _has_days(row: _Row) -> bool:
    """Whether the times on a session's own row, which no chain holds, are times."""
    try:
        stamp(row.started_ms)
        stamp(row.started_ms if row.ended_ms is None else row.ended_ms)
    except (ValueError, TypeError, OverflowError, OSError):
        return False
    return True
