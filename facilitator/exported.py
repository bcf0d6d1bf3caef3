"""Shared sessions read for export, hundreds at a time: each checked against its chain, none of them played again.

What a session came to is in its picture (simulator/picture.py); a session whose picture is missing, or says something
else than its events, is played again instead. Nobody is named: the names are there only for taking them out of words.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator import search
from facilitator.errors import Unreadable, Why
from facilitator.facts import read_facts, said
from facilitator.pseudonyms import facilitator_code, trainee_code
from facilitator.reading import Reader, Whose, apart, parsed, raw, spared
from facilitator.rows import Facilitator, ReviewState
from facilitator.wording import Wording
from simulator.course import Course
from simulator.events import KINDS
from simulator.kept import iso
from simulator.picture import takes_of
from simulator.tables import account, event, learner, picture, session, shared

Happening: TypeAlias = tuple[int, int, int, str, Mapping[str, Any]]
"""seq from 1, milliseconds since 1970 UTC, milliseconds of time played, the kind, the body."""
_NEEDED: Final = frozenset({"takes", "found", "not_found", "ratings", "rubric"})
_OF_TAKE: Final = frozenset({"take", "from_take", "from_turn", "turns", "reaches", "ending", "outcome"})
_LONGEST_REMEMBERED: Final = 200
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Exported:
    """One session for export. Where `why` is not None it cannot be shown, and nothing else of it is told.

    `takes` are as in its picture, gauges 0..10 and null for who stepped out; `picture` is None until a take has ended.
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
    takes: Sequence[Mapping[str, Any]]
    picture: Mapping[str, Any] | None
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


class Exporting:
    """Reads one page of sessions after the other; scenarios that come again are read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._wordings: dict[tuple[str, str], Wording] = {}
        self._slow: dict[uuid.UUID, Whose | Why] = {}
        """Those of a page that are known to need playing again, read together."""

    def read(self, connection: Connection, keys: Sequence[uuid.UUID]) -> Iterator[Exported]:
        """Each of these sessions in this order."""
        rows = apart(keys, lambda some: _rows(connection, some))
        events = apart(keys, lambda some: _events(connection, some))
        facts = read_facts(connection, keys)
        names = _names(connection, rows.values())
        self._slow = dict(
            self._reader.read(connection, [key for key in keys if _needs_playing(rows.get(key))])
        )
        for key in keys:
            row, said_of_it = rows.get(key), facts[key]
            if row is None or said_of_it is None or not _has_days(row):
                yield _not_shown(key, "damaged")
                continue
            found = said(said_of_it)
            given = {
                dimension: {facilitator_code(who): int(fact.body["value"]) for who, fact in by.items()}
                for dimension, by in found.ratings.items()
            }
            yield self._one(connection, row, events.get(key, ()), names[row["learner_id"]], given)

    def _one(
        self,
        connection: Connection,
        row: Mapping[Any, Any],
        events: Sequence[Sequence[Any]],
        names: tuple[str, ...],
        given: Mapping[str, Mapping[str, int]],
    ) -> Exported:
        key: uuid.UUID = row["id"]
        happened = _checked(row, events)
        drawn: Mapping[str, Any] | None = parsed(row["body"])
        sources = row["scenario_sha"], row["vocabulary_sha"]
        wording = self._wordings.get(sources)
        takes: Sequence[Mapping[str, Any]] = []
        if drawn and happened and wording and row["state"] != "stepped-out" and _agree(drawn, happened):
            takes = drawn["takes"]
        else:
            # why it cannot be shown, or what it comes to all the same, is for the slow way to say
            try:
                course = self._played(connection, key)
            except Unreadable as error:
                return _not_shown(key, error.why)
            wording = self._wordings.setdefault(sources, Wording(course.loaded))
            happened, takes, drawn = _checked(row, events), takes_of(course), course.summary().picture
            if row["state"] == "stepped-out":
                takes = [_unjudged(take) for take in takes]
            if happened is None:
                return _not_shown(key, "damaged")
        return Exported(
            session=str(key),
            trainee=trainee_code(row["learner_id"]),
            names=names,
            group=row["group_name"],
            scenario=row["scenario_id"],
            version=row["scenario_sha"],
            opening=row["opening"],
            cast=row["cast_place"],
            started_ms=row["started_ms"],
            ended_ms=row["ended_ms"],
            state=row["state"],
            outcome=row["outcome"],
            takes=takes,
            picture=drawn,
            events=happened,
            wording=wording,
            review_state=row["review_state"],
            given=given,
        )

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


def _rows(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[Any, Any]]:
    whole = (
        session.join(shared, shared.c.session_id == session.c.id)
        .join(learner, learner.c.id == session.c.learner_id)
        .outerjoin(picture, picture.c.session_id == session.c.id)
    )
    said_of_it = (shared.c.group_name, shared.c.review_state, learner.c.pseudonym, raw(picture.c.body))
    asked = sa.select(session, *said_of_it).select_from(whole).where(session.c.id.in_(keys))
    return {row["id"]: row for row in connection.execute(asked).mappings()}


def _events(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Sequence[Any]]]:
    found: dict[object, list[Sequence[Any]]] = defaultdict(list)
    # ids as the database has them: making each of thousands an object costs more than reading it
    bare = sa.type_coerce(event.c.session_id, sa.types.NullType())
    columns = (event.c.seq, event.c.at_ms, event.c.mono_ms, event.c.kind, event.c.v, raw(event.c.body))
    asked = sa.select(bare, *columns, event.c.chain).where(event.c.session_id.in_(keys))
    # all at once: one at a time costs twice as much
    for row in connection.execute(asked.order_by(event.c.session_id, event.c.seq)).fetchall():
        found[row[0]].append(row)
    return {_key(key): rows for key, rows in found.items()}


def _key(kept: object) -> uuid.UUID:
    return kept if isinstance(kept, uuid.UUID) else uuid.UUID(str(kept))


def _names(connection: Connection, rows: Any) -> dict[uuid.UUID, tuple[str, ...]]:
    """What each trainee is known by: the name they practise under, and their computer accounts."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for row in rows:
        found[row["learner_id"]].add(str(row["pseudonym"]))
    asked = sa.select(account.c.learner_id, account.c.name).where(account.c.learner_id.in_(list(found)))
    for who, name in connection.execute(asked):
        found[who].add(name)
    return {who: tuple(sorted(names)) for who, names in found.items()}


def _checked(row: Mapping[Any, Any], events: Sequence[Sequence[Any]]) -> list[Happening] | None:
    """The events where each is in its place and the chain over them is whole, else None."""
    key, before, made = str(row["id"]), "", list[Happening]()
    for place, (_, seq, at_ms, mono_ms, kind, v, kept, chain) in enumerate(events, start=1):
        try:
            canonical, body = _body(kept) if _short(kept) else _body.__wrapped__(kept)
        except (ValueError, TypeError):
            return None
        said = f'["{key}",{seq},{at_ms},{mono_ms},"{kind}",{v},{canonical}]'
        before = hashlib.sha256(f"{before}{said}".encode()).hexdigest()
        if seq != place or before != chain or (kind, v) not in KINDS:
            return None
        made.append((seq, at_ms, mono_ms, kind, body))
    if not made or len(made) != row["last_seq"]:
        return None
    began = made[0][4]
    named = began.get("scenario"), began.get("vocabulary")
    return made if named == (row["scenario_sha"], row["vocabulary_sha"]) else None


def _short(kept: object) -> bool:
    return isinstance(kept, str) and len(kept) <= _LONGEST_REMEMBERED


@lru_cache(maxsize=8192)
def _body(kept: Any) -> tuple[str, dict[str, Any]]:
    """A body as the chain has it, and as plain data: the same replies come again and again."""
    body = json.loads(kept) if isinstance(kept, str | bytes) else kept
    if not isinstance(body, dict):
        raise ValueError("the body of an event is an object")
    return _canonical(body), body


def _needs_playing(row: Mapping[Any, Any] | None) -> bool:
    """Whether a session has no picture that could stand for its events."""
    return row is not None and (row["body"] is None or row["state"] == "stepped-out")


def _unjudged(take: Mapping[str, Any]) -> dict[str, Any]:
    """A take without what judges."""
    turns = [[*turn[:4], None, None, None, None, turn[8]] for turn in take["turns"]]
    return {**take, "turns": turns, "reaches": [[turn, None] for turn, _ in take["reaches"]]}


def _agree(drawn: Mapping[str, Any], events: Sequence[Happening]) -> bool:
    """Whether a picture is whole, and tells of the very replies that were given."""
    try:
        takes, ratings = drawn["takes"], drawn["ratings"].values()
        whole = (
            drawn.keys() >= _NEEDED
            and all(take.keys() >= _OF_TAKE for take in takes)
            and all(len(reach) == 2 for take in takes for reach in take["reaches"])
            and all(len(turn) == 9 for take in takes for turn in take["turns"])
            and all(len(rating) == 3 for rating in ratings)
        )
        replies = [turn[2] for take in takes for turn in take["turns"]] if whole else None
    except (TypeError, KeyError, AttributeError):
        return False
    return replies == [body["reply"] for _, _, _, kind, body in events if kind == "answered"]


def _has_days(row: Mapping[Any, Any]) -> bool:
    """Whether the times on a session's own row, which no chain holds, are times."""
    try:
        iso(row["started_ms"])
        iso(row["started_ms"] if row["ended_ms"] is None else row["ended_ms"])
    except (ValueError, TypeError, OverflowError, OSError):
        return False
    return True
