"""What facilitators said of a session, one fact after the other: what it comes to, and whether it is whole.

Facts are added and never changed, as events are. Pure but for `read_facts`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator.reading import apart, parsed, raw
from facilitator.rows import Fact, ReviewState
from simulator.kept import moment
from simulator.tables import facilitator, review_fact

NOTE: Final = "note"
RATING: Final = "rating"
VOICE: Final = "voice"
ANSWER: Final = "answer"
SECOND: Final = "second"
UNBLINDED: Final = "unblinded"
SIGNED: Final = "signed"
REOPENED: Final = "reopened"

VERSION: Final = 1
POINTS: Final = range(1, 6)
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode

Contest = tuple[str, int, int, str]
"""What is contested (tag or rating), the take, the turn (0 for a rating), the technique or dimension."""


@dataclass(slots=True)
class Said:
    """What the facts of a session come to. By facilitator and thing, the latest of each counts."""

    ratings: dict[str, dict[UUID, Fact]] = field(default_factory=dict)
    voices: dict[UUID, dict[str, int]] = field(default_factory=dict)
    answers: dict[Contest, Fact] = field(default_factory=dict)
    notes: list[Fact] = field(default_factory=list)
    seeing: set[UUID] = field(default_factory=set)
    """Who asked to see the suggestions before rating."""
    signed: dict[UUID, Fact] = field(default_factory=dict)
    second: Fact | None = None

    @property
    def waits_for(self) -> str | None:
        """The sector of the second reviewer still waited for ("" for any); None where none is."""
        if self.second is None:
            return None
        sector = str(self.second.body["sector"])
        others = [fact for who, fact in self.signed.items() if who != self.second.who]
        met = any(sector in ("", fact.body["sector"]) for fact in others)
        return None if met else sector

    def state(self, any_fact: bool) -> ReviewState:
        """signed once everybody asked has; begun from the first fact on."""
        wanted = 1 if self.second is None else 2
        if len(self.signed) >= wanted and self.waits_for is None:
            return "signed"
        return "begun" if any_fact else "waiting"


def said(facts: Sequence[Fact]) -> Said:
    """The facts taken in one after the other; of a kind or version not known here, passed over."""
    found = Said()
    for fact in facts:
        if fact.v == VERSION:
            _take_in(found, fact)
    return found


def _take_in(found: Said, fact: Fact) -> None:
    body = fact.body
    match fact.kind:
        case "note":
            found.notes.append(fact)
        case "rating":
            found.ratings.setdefault(body["dimension"], {})[fact.who] = fact
        case "voice":
            found.voices.setdefault(fact.who, {})[body["key"]] = body["value"]
        case "answer":
            found.answers[body["what"], body["take"], body["turn"], body["name"]] = fact
        case "second":
            found.second = fact
        case "unblinded":
            found.seeing.add(fact.who)
        case "signed":
            found.signed[fact.who] = fact
        case "reopened":
            found.signed.clear()


def chained(before: str, key: UUID, fact: Mapping[str, Any]) -> str:
    """sha256 over the chain before and this fact in canonical JSON, as events are chained."""
    row = [str(key), fact["seq"], str(fact["facilitator_id"]), fact["at_ms"], fact["kind"], fact["v"]]
    return hashlib.sha256(f"{before}{_canonical([*row, fact['body']])}".encode()).hexdigest()


def read_facts(connection: Connection, keys: Sequence[UUID]) -> dict[UUID, tuple[Fact, ...] | None]:
    """What was said of each of these sessions; None where it is not there as it was written."""
    found = apart(keys, lambda some: _read(connection, some))
    return {key: found.get(key) for key in keys}


def _read(connection: Connection, keys: Sequence[UUID]) -> dict[UUID, tuple[Fact, ...] | None]:
    columns = [raw(column) if column is review_fact.c.body else column for column in review_fact.c]
    asked = (
        sa.select(*columns, facilitator.c.name)
        .outerjoin(facilitator, facilitator.c.id == review_fact.c.facilitator_id)
        .where(review_fact.c.session_id.in_(keys))
        .order_by(review_fact.c.session_id, review_fact.c.seq)
    )
    rows: dict[UUID, list[Mapping[Any, Any]]] = {key: [] for key in keys}
    for row in connection.execute(asked).mappings():
        rows[row["session_id"]].append({**row, "body": parsed(row["body"])})
    return {key: _whole(key, found) for key, found in rows.items()}


def _whole(key: UUID, rows: Sequence[Mapping[Any, Any]]) -> tuple[Fact, ...] | None:
    facts: list[Fact] = []
    before = ""
    for place, row in enumerate(rows, start=1):
        before = chained(before, key, row)
        if row["seq"] != place or row["chain"] != before or None in (row["body"], row["name"]):
            return None
        when = moment(row["at_ms"])
        facts.append(
            Fact(place, row["facilitator_id"], row["name"], when, row["kind"], row["v"], row["body"], before)
        )
    return tuple(facts)
