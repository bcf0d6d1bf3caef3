"""Shared sessions by the ten thousand, written in big transactions: the rows that playing them would have written.

tests/test_bulk.py plays the same sessions for real and compares every table. `python -m benchmarks.bulk FILE MANY`.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from benchmarks.ward import TRAINEES, Hands, Person, Sitting, loaded, people, play, sittings
from facilitator.facts import NOTE, RATING, SIGNED, VERSION, chained
from facilitator.reviews import _ACTS as ACTS
from facilitator.room import OPENED, open_room
from facilitator.rows import Facilitator
from simulator import sharing
from simulator.course import Course, Summary
from simulator.database import Database
from simulator.events import (
    Confidence,
    Contested,
    Event,
    Happened,
    Inquired,
    Kept,
    SelfRating,
    ToTry,
    body,
    happened,
)
from simulator.records import summed
from simulator.session import Head, Session
from simulator.starting import begin_with, title_of
from simulator.tables import (
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
from simulator.text import unaccented

AT_ONCE: Final = 250
"""Sessions a transaction: enough that committing costs little, and few enough to be held."""
PASSPHRASE: Final = "three plain words"
NAME: Final = "Bea"
REVIEWED_AFTER_MS: Final = 2 * 86_400_000
ORDER: Final = (
    learner, membership, scenario_version, vocabulary_version, session, event, picture, shared, sharing.search,
    review_fact, audit,
)  # fmt: skip
"""What refers to something comes after it."""
_SAID: Final = (SelfRating, Inquired, Contested, Kept, ToTry)
"""What leaves as it is what can be rated, asked or contested next, so that it need not be worked out again."""


@dataclass(frozen=True, slots=True)
class Played:
    """A session that was played, and kept nowhere yet."""

    sitting: Sitting
    head: Head
    rows: Sequence[Happened]
    summary: Summary


class Unkept(Session):
    """A session that goes on without being saved; its course takes everything in where it stands."""

    def _record(self, event: Event, waking: bool = True) -> None:
        rows = self._placed([*(self._waking(event) if waking else ()), event])
        self._course.take_in(rows)
        self._rows += rows
        if not isinstance(event, _SAID):
            self._made.clear()
        if waking:
            self._watch.go()
            self._asleep = False

    def played(self, sitting: Sitting) -> Played:
        """Everything that happened."""
        return Played(sitting, self._head, self._rows, self._course.summary())


class _Nowhere:
    """Where nothing is kept."""

    def begin(self, *_: object) -> None: ...

    def append(self, *_: object) -> None: ...

    def last(self, session: str) -> tuple[int, str]:
        return 0, ""

    def erase(self, session: str) -> None: ...


def played(sitting: Sitting, clock: Hands) -> Played:
    """Play a session as Practice.start begins one, in memory alone."""
    set_clock(clock, sitting)
    known = loaded(sitting.scenario)
    began = begin_with(known, "shared", None, None, sitting.seed, timed=True)
    events: list[Event] = [began]
    if sitting.confidence is not None:
        events.append(Confidence("before", sitting.confidence))
    key, name = str(sitting.id), sitting.who.name
    rows: list[Happened] = []
    for place, each in enumerate(events, start=1):
        rows.append(happened(rows[-1].chain if rows else "", key, place, clock.now_ms(), 0, each))
    course = Course(known, began, name)
    course.take_in(rows[1:])
    head = Head(key, title_of(known, began), course.play.person, clock.now_ms(), began, known)
    made = Unkept(head, course, rows, "shared", name, _Nowhere(), clock)
    play(made, sitting, clock)
    return made.played(sitting)


def set_clock(clock: Hands, sitting: Sitting) -> None:
    """Put the wall's clock to when a session begins."""
    clock.wall = sitting.started_ms


class Bulk:
    """The writer. `by` reviews what is reviewed."""

    def __init__(self, database: Database, by: Facilitator) -> None:
        self._database = database
        self._sqlite = database.path is not None
        self._by = by
        self._clock = Hands()
        self._versions: set[str] = set()

    def people(self, who: Sequence[Person]) -> None:
        """Write trainees and their groups, as made at the beginning."""
        now = Hands().now_ms()
        rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        for each in who:
            rows[learner].append(
                {
                    "id": each.id,
                    "pseudonym": each.name,
                    "name_key": each.name.casefold(),
                    "pin": None,
                    "pin_tries": 0,
                    "pin_wait_until_ms": 0,
                    "made_ms": now,
                }
            )
            if each.group:
                rows[membership].append({"learner_id": each.id, "group_name": each.group})
        with self._database.writing() as connection:
            _insert(connection, rows)

    def sessions(self, them: Iterator[Sitting]) -> Iterator[int]:
        """Play and write them all; yields how many were written, transaction after transaction."""
        done = 0
        while some := list(islice(them, AT_ONCE)):
            rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
            for each in some:
                self._rows_of(rows, played(each, self._clock))
            with self._database.writing() as connection:
                _insert(connection, rows)
            done += len(some)
            yield done

    def _rows_of(self, rows: dict[Any, list[dict[str, Any]]], it: Played) -> None:
        began, sitting, key = it.head.began, it.sitting, it.sitting.id
        self._bytes(rows, it)
        of_session = {
            "id": key,
            "learner_id": sitting.who.id,
            "scenario_id": it.head.loaded.id,
            "scenario_sha": began.scenario,
            "vocabulary_sha": began.vocabulary,
            "engine_version": began.engine,
            "seed": began.seed,
            "opening": began.opening,
            "cast_place": began.cast,
            "title": it.head.title,
            "started_ms": it.head.started_ms,
            **summed(it.rows, it.summary, "shared"),
        }
        rows[session].append(of_session)
        rows[event] += [_event(it, row) for row in it.rows]
        if it.summary.picture is not None:
            rows[picture].append({"session_id": key, "body": it.summary.picture})
        facts = self._reviewed(rows, it)
        rows[shared].append(_shared(it, of_session, facts))
        self._words(rows, it, facts)

    def _bytes(self, rows: dict[Any, list[dict[str, Any]]], it: Played) -> None:
        began, known, now = it.head.began, it.head.loaded, it.head.started_ms
        if began.scenario not in self._versions:
            self._versions.add(began.scenario)
            values = {"sha256": began.scenario, "scenario_id": known.id, "text": known.data}
            rows[scenario_version].append({**values, "first_seen_ms": now})
        if began.vocabulary not in self._versions:
            self._versions.add(began.vocabulary)
            rows[vocabulary_version] += [
                {"sha256": began.vocabulary, "place": place, "text": data, "first_seen_ms": now}
                for place, data in enumerate(known.vocabularies)
            ]

    def _reviewed(self, rows: dict[Any, list[dict[str, Any]]], it: Played) -> list[dict[str, Any]]:
        """The facts of its review, with their lines on the trail."""
        review = it.sitting.review
        if review is None or it.summary.picture is None:
            return []
        now = it.sitting.started_ms + REVIEWED_AFTER_MS
        said: list[tuple[str, dict[str, Any]]] = []
        for (dimension, rating), value in zip(to_rate(it.summary.picture), review.ratings, strict=False):
            about = {"dimension": dimension, "value": value, "reason": "", "suggested": rating[0]}
            said.append((RATING, {**about, "seen": False}))
        said.append((NOTE, {"take": 1, "turn": 1, "text": review.note, "for_trainee": True}))
        if review.signed:
            said.append((SIGNED, {"sector": self._by.sector}))
        facts: list[dict[str, Any]] = []
        rows[audit].append(_line(self._by.name, OPENED, it, now))
        for place, (kind, about) in enumerate(said, start=1):
            fact = {
                "session_id": it.sitting.id,
                "seq": place,
                "facilitator_id": self._by.id,
                "at_ms": now,
                "kind": kind,
                "v": VERSION,
                "body": about,
            }
            fact["chain"] = chained(facts[-1]["chain"] if facts else "", it.sitting.id, fact)
            facts.append(fact)
            rows[audit].append(_line(self._by.name, ACTS[kind], it, now))
        rows[review_fact] += facts
        return facts

    def _words(
        self, rows: dict[Any, list[dict[str, Any]]], it: Played, facts: Sequence[dict[str, Any]]
    ) -> None:
        said = [body(row.event) for row in it.rows if row.event.kind in sharing.WORDS]
        text = "\n".join(sharing._words([*said, *(fact["body"] for fact in facts)]))
        if text:
            values: dict[str, Any] = {
                "session_id": it.sitting.id,
                "body": text if self._sqlite else unaccented(text),
            }
            if self._sqlite:
                values["rowid"] = sharing.search_row(it.sitting.id)
            rows[sharing.search].append(values)


def to_rate(drawn: Any) -> list[tuple[str, list[Any]]]:
    """What a reviewer rates of a picture, in order: the dimensions that applied."""
    return [(name, rating) for name, rating in sorted(drawn["ratings"].items()) if rating[1]]


def _event(it: Played, row: Happened) -> dict[str, Any]:
    return {
        "session_id": it.sitting.id,
        "seq": row.seq,
        "at_ms": row.at_ms,
        "mono_ms": row.mono_ms,
        "kind": row.event.kind,
        "v": row.event.v,
        "body": body(row.event),
        "chain": row.chain,
    }


def _shared(it: Played, row: dict[str, Any], facts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    as_it_is = ("learner_id", "scenario_id", "opening", "cast_place", "started_ms", "state", "outcome")
    signed = bool(facts) and facts[-1]["kind"] == SIGNED
    return {
        **{name: row[name] for name in as_it_is},
        "session_id": row["id"],
        "name_key": it.sitting.who.name.casefold(),
        "group_name": it.sitting.who.group,
        "shared_ms": row["started_ms"],
        "quarter": sharing.quarter(row["started_ms"]),
        "contested": it.summary.contested,
        "review_state": "signed" if signed else "begun" if facts else "waiting",
        "search_row": sharing.search_row(row["id"]),
    }


def _line(who: str, act: str, it: Played, now: int) -> dict[str, Any]:
    return {"at_ms": now, "actor": who, "act": act, "session_id": it.sitting.id, "detail": ""}


def _insert(connection: Connection, rows: dict[Any, list[dict[str, Any]]]) -> None:
    for table in ORDER:
        if rows.get(table):
            connection.execute(sa.insert(table), rows[table])


def fill(file: Path, many: int, seed: int = 1, trainees: int = TRAINEES) -> Iterator[int]:
    """Make records with so many sessions and a facilitator; yields how many are there, step by step.

    Nothing waits for the disk: what is thrown away afterwards need not outlive a power cut.
    """
    room = open_room(str(file), Hands())
    by = room.make_first(NAME, PASSPHRASE)
    room.close()
    database = Database(f"sqlite:///{file}", pragmas=("synchronous=OFF",))
    try:
        bulk, who = Bulk(database, by), people(trainees, seed)
        bulk.people(who)
        yield from bulk.sessions(sittings(many, who, seed))
    finally:
        database.close()


def main(file: str, many: str) -> None:
    """Write them, and say how long it takes."""
    began = time.perf_counter()
    for done in fill(Path(file), int(many)):
        seconds = time.perf_counter() - began
        print(f"\r  {done:,} sessions in {seconds:,.0f} s", end="", flush=True)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
