"""Does every session still play to what the records say of it? Each is looked at, and named only if shared."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator.errors import Unreadable, Why
from facilitator.facts import read_facts, said
from facilitator.reading import Reader, Whose, apart
from facilitator.rows import ReviewState
from simulator import sharing
from simulator.backup import Tell
from simulator.course import Summary
from simulator.database import Database
from simulator.events import Keep
from simulator.picture import rubric_sha
from simulator.records import draw, summed
from simulator.replay import Replayed
from simulator.tables import event, learner, picture, session, shared

Judgement = Literal["whole", "damaged", "unread", "behind"]

_AT_ONCE: Final = 50
_RATED: Final = ("ratings", "evidence", "rubric")
_AS_THE_SESSION: Final = (
    "learner_id", "name_key", "scenario_id", "opening", "cast_place", "started_ms", "state", "outcome",
)  # fmt: skip


@dataclass(slots=True)
class Verdict:
    """What was found. Ids are of shared sessions; of the others only whether there is one.

    `damaged`: a record that does not hold together. `unread`: a newer version kept it. `behind`: the record is
    whole and a list says otherwise, which can be mended.
    """

    damaged: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    unnamed: set[Judgement] = field(default_factory=set)

    @property
    def right(self) -> bool:
        """Whether every session is whole, and every list says so."""
        return not (self.damaged or self.behind or self.unnamed & {"damaged", "behind"})

    def add(self, judgement: Judgement, key: uuid.UUID, named: bool) -> None:
        """Take in what was found of one session."""
        if judgement == "whole":
            return
        if named:
            getattr(self, judgement).append(str(key))
        else:
            self.unnamed.add(judgement)


def verify(database: Database, tell: Tell, *, mend_at_ms: int | None = None) -> Verdict:
    """Play every session through and compare. `tell` is told how much is done, 0..1. Raises StoreTrouble.

    With `mend_at_ms`, the time it is now, the lists are brought in line with the records; what was played is
    never changed.
    """
    verdict, reader = Verdict(), Reader()
    keys = _keys(database, verdict)
    for start in range(0, len(keys), _AT_ONCE):
        tell(start / len(keys))
        for case in _cases(database, reader, keys[start : start + _AT_ONCE]):
            judgement = _judged(reader, case)
            verdict.add(judgement, case.key, case.named)
            if mend_at_ms is not None:
                _mend(database, case, judgement, mend_at_ms)
    tell(1.0)
    return verdict


@dataclass(slots=True)
class _Case:
    """One session as the tables tell it: its rows, None where there is none or it cannot be read."""

    key: uuid.UUID
    found: Whose | Why
    row: Mapping[Any, Any] | None
    listed: Mapping[Any, Any] | None
    picture: Mapping[Any, Any] | None
    review: ReviewState | None
    """What the facts of its review come to; None where they do not hold together."""
    replayed: Replayed | None = None

    @property
    def named(self) -> bool:
        """Whether its trainee wished others to know of it: by the events, where they can be read."""
        if self.listed is None:
            return False
        if self.replayed is not None:
            return self.replayed.course.keep == "shared"
        return self.row is None or self.row["keep"] == "shared"


def _judged(reader: Reader, case: _Case) -> Judgement:
    """What is to be said of a session."""
    if not isinstance(case.found, Whose) or case.row is None or case.review is None:
        return "damaged"
    try:
        case.replayed = reader.replayed(case.found.kept)
    except Unreadable as unreadable:
        return "unread" if unreadable.why == "newer" else "damaged"
    if not _began(case.row, case.replayed):
        return "damaged"
    summary, keep = case.replayed.course.summary(), cast(Keep, case.replayed.course.keep)
    wanted = summed(case.replayed.rows, summary, keep)
    same = all(case.row[name] == value for name, value in wanted.items())
    same = same and _pictured(case.picture["body"] if case.picture else None, summary)
    return "whole" if same and _listed(case, case.row, summary, keep) else "behind"


def _began(row: Mapping[Any, Any], replayed: Replayed) -> bool:
    """Whether what stays the same for a session is what its first event says."""
    began = replayed.course.began
    kept = (row["seed"], row["opening"], row["cast_place"], row["engine_version"], row["started_ms"])
    return kept == (began.seed, began.opening, began.cast, began.engine, replayed.rows[0].at_ms)


def _pictured(kept: object, summary: Summary) -> bool:
    """Whether the picture that is kept is the one that its events come to."""
    drawn = json.loads(json.dumps(summary.picture))
    if not isinstance(drawn, dict) or not isinstance(kept, dict):
        return drawn is kept is None
    if kept.get("rubric") != rubric_sha():
        # made with another version's rubric, whose ratings cannot be made again
        return all(kept.get(name) == value for name, value in drawn.items() if name not in _RATED)
    return bool(drawn == kept)


def _listed(case: _Case, row: Mapping[Any, Any], summary: Summary, keep: Keep) -> bool:
    """Whether facilitators see it exactly while it is shared, and as it is."""
    listed = case.listed
    if listed is None or keep != "shared":
        return listed is None and keep != "shared"
    return (
        all(listed[name] == row[name] for name in _AS_THE_SESSION)
        and listed["contested"] == summary.contested
        and listed["quarter"] == sharing.quarter(row["started_ms"])
        and listed["search_row"] == sharing.search_row(row["id"])
        and listed["review_state"] == case.review
    )


def _mend(database: Database, case: _Case, judgement: Judgement, now_ms: int) -> None:
    """Let the lists say what was found; nothing where the session has gone on meanwhile."""
    if judgement not in ("damaged", "behind"):
        return
    with database.writing() as connection:
        if judgement == "damaged":
            marked = sa.update(session).where(session.c.id == case.key).values(state="damaged")
            connection.execute(marked)
            sharing.damaged(connection, case.key)
            return
        assert case.replayed is not None, "what is only behind was played through"
        course, rows = case.replayed.course, case.replayed.rows
        last = sa.select(event.c.chain).where(event.c.session_id == case.key).order_by(event.c.seq.desc())
        if connection.execute(last.limit(1)).scalar_one_or_none() != rows[-1].chain:
            return
        summary = course.summary()
        values = summed(rows, summary, cast(Keep, course.keep))
        connection.execute(sa.update(session).where(session.c.id == case.key).values(values))
        connection.execute(sa.delete(picture).where(picture.c.session_id == case.key))
        draw(connection, case.key, summary)
        sharing.redraw(connection, case.key, now_ms)
        theirs = shared.c.session_id == case.key
        connection.execute(sa.update(shared).where(theirs).values(review_state=case.review))


def _keys(database: Database, verdict: Verdict) -> list[uuid.UUID]:
    """Every session there is. One whose very id cannot be read is damaged, and nobody's to name."""
    found: list[uuid.UUID] = []
    with database.reading() as connection:
        for (text,) in connection.execute(sa.select(sa.type_coerce(session.c.id, sa.String()))):
            try:
                found.append(uuid.UUID(str(text)))
            except ValueError:
                verdict.unnamed.add("damaged")
    return sorted(found)


def _cases(database: Database, reader: Reader, keys: Sequence[uuid.UUID]) -> list[_Case]:
    """These sessions, all read in one transaction; those erased meanwhile are left out."""
    with database.reading() as connection:
        found = dict(reader.read(connection, keys))
        whose = session.join(learner, learner.c.id == session.c.learner_id)
        with_name = sa.select(session, learner.c.name_key).select_from(whose)
        rows = _by_key(connection, with_name, session.c.id, keys)
        listed = _by_key(connection, sa.select(shared), shared.c.session_id, keys)
        pictures = _by_key(connection, sa.select(picture), picture.c.session_id, keys)
        reviews = _reviews(connection, keys)
        return [
            _Case(key, found[key], rows[key], listed.get(key), pictures.get(key), reviews.get(key, "waiting"))
            for key in keys
            if key in rows
        ]


def _reviews(connection: Connection, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, ReviewState | None]:
    """How far the reviews of sessions have come, where there is one; None for one that does not hold together."""
    read = read_facts(connection, keys)
    return {
        key: None if facts is None else said(facts).state(True) for key, facts in read.items() if facts != ()
    }


def _by_key(
    connection: Connection, asked: sa.Select[Any], column: sa.Column[Any], keys: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Mapping[Any, Any] | None]:
    """The rows of sessions, where they have one; None for one that cannot be read."""
    spoilt: dict[uuid.UUID, Mapping[Any, Any] | None] = {}

    def read(some: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[Any, Any] | None]:
        if len(some) == 1:
            spoilt[some[0]] = None
        rows = connection.execute(asked.where(column.in_(some))).mappings()
        found: dict[uuid.UUID, Mapping[Any, Any] | None] = {row[column.name]: row for row in rows}
        spoilt.pop(some[0], None)
        return found

    return {**spoilt, **apart(keys, read)}
