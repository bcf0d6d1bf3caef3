"""The tables of the records, in types that SQLite and PostgreSQL share.

Times are milliseconds since 1970 UTC. Nothing cascades: what is erased is named, so that no upgrade can
erase more. Facilitators read through `shared` alone, which has a row for a session only while it is shared.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

HEAD: Final = "0002"
"""The revision this program reads and writes; four figures, counted up."""

_CONVENTION: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata: Final = MetaData(naming_convention=_CONVENTION)

learner: Final = Table(
    "learner",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("pseudonym", String(60), nullable=False),
    # the pseudonym casefolded, which can be longer: two people are never called the same
    Column("name_key", String(200), nullable=False),
    Column("pin", String(300)),
    Column("pin_tries", Integer(), nullable=False),
    Column("pin_wait_until_ms", BigInteger(), nullable=False),
    Column("made_ms", BigInteger(), nullable=False),
    Column("erased_ms", BigInteger()),
    UniqueConstraint("name_key"),
)

account: Final = Table(
    "account",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("learner_id", Uuid(), ForeignKey("learner.id"), nullable=False),
)

scenario_version: Final = Table(
    "scenario_version",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("scenario_id", String(300), nullable=False),
    Column("text", LargeBinary(), nullable=False),
    Column("first_seen_ms", BigInteger(), nullable=False),
)

vocabulary_version: Final = Table(
    "vocabulary_version",
    metadata,
    # of all its files in the order they were read, as the session names it
    Column("sha256", String(64), primary_key=True),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    Column("text", LargeBinary(), nullable=False),
    Column("first_seen_ms", BigInteger(), nullable=False),
)

session: Final = Table(
    "session",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("learner_id", Uuid(), ForeignKey("learner.id"), nullable=False),
    Column("scenario_id", String(300), nullable=False),
    Column("scenario_sha", String(64), ForeignKey("scenario_version.sha256"), nullable=False),
    Column("vocabulary_sha", String(64), nullable=False),
    Column("engine_version", String(40), nullable=False),
    Column("seed", BigInteger(), nullable=False),
    Column("opening", String(60), nullable=False),
    Column("cast_place", Integer(), nullable=False),
    Column("title", String(300), nullable=False),
    Column("keep", String(10), nullable=False),
    Column("started_ms", BigInteger(), nullable=False),
    Column("ended_ms", BigInteger()),
    # from here on: what a list needs, written together with the event it follows from
    Column("state", String(20), nullable=False),
    Column("last_seq", Integer(), nullable=False),
    Column("outcome", String(20)),
    Column("takes", Integer(), nullable=False),
    Column("turns", Integer(), nullable=False),
    Column("told", Boolean(), nullable=False),
    CheckConstraint("keep IN ('mine', 'shared')", name="keep"),
    CheckConstraint("state IN ('running', 'suspended', 'ended', 'stepped-out', 'damaged')", name="state"),
    CheckConstraint(
        "outcome IN ('settled', 'complied', 'paused', 'withdrew', 'rupture', 'stopped')", name="outcome"
    ),
    Index(None, "learner_id", "started_ms", "id"),
)

event: Final = Table(
    "event",
    metadata,
    Column("session_id", Uuid(), ForeignKey("session.id"), primary_key=True),
    Column("seq", Integer(), primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger(), nullable=False),
    Column("mono_ms", BigInteger(), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("v", Integer(), nullable=False),
    Column("body", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    Column("chain", String(64), nullable=False),
    CheckConstraint("seq >= 1", name="seq"),
)

picture: Final = Table(
    "picture",
    metadata,
    # what an ended session came to, derived from its events; no free text (simulator/picture.py)
    Column("session_id", Uuid(), ForeignKey("session.id"), primary_key=True),
    Column("body", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
)

membership: Final = Table(
    "membership",
    metadata,
    # the group a trainee practises in; at most one
    Column("learner_id", Uuid(), ForeignKey("learner.id"), primary_key=True),
    Column("group_name", String(100), nullable=False),
)

shared: Final = Table(
    "shared",
    metadata,
    Column("session_id", Uuid(), ForeignKey("session.id"), primary_key=True),
    Column("learner_id", Uuid(), ForeignKey("learner.id"), nullable=False),
    # the trainee's name casefolded, the group ("" for none) and the scenario's draws, as on the session
    Column("name_key", String(200), nullable=False),
    Column("group_name", String(100), nullable=False),
    Column("scenario_id", String(300), nullable=False),
    Column("opening", String(60), nullable=False),
    Column("cast_place", Integer(), nullable=False),
    Column("started_ms", BigInteger(), nullable=False),
    Column("shared_ms", BigInteger(), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("state", String(20), nullable=False),
    Column("outcome", String(20)),
    Column("contested", Boolean(), nullable=False),
    Column("review_state", String(10), nullable=False),
    # the row of its words in SQLite's `search`, whose rows are known by whole numbers alone
    Column("search_row", BigInteger(), nullable=False),
    CheckConstraint("review_state IN ('waiting', 'begun', 'signed')", name="review_state"),
    Index(None, "started_ms", "session_id"),
    Index(None, "review_state", "started_ms", "session_id"),
    Index(None, "scenario_id", "started_ms", "session_id"),
    Index(None, "name_key", "started_ms", "session_id"),
    Index(None, "outcome", "started_ms", "session_id"),
    Index(None, "contested", "started_ms", "session_id"),
    Index(None, "group_name", "started_ms", "session_id"),
)

facilitator: Final = Table(
    "facilitator",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("passphrase", String(300), nullable=False),
    Column("tries", Integer(), nullable=False),
    Column("wait_until_ms", BigInteger(), nullable=False),
    # "nhs", "voluntary" or "": which kind of supervisor this is, where it matters
    Column("sector", String(20), nullable=False),
    Column("all_groups", Boolean(), nullable=False),
    Column("made_ms", BigInteger(), nullable=False),
    Column("gone_ms", BigInteger()),
    UniqueConstraint("name_key"),
)

facilitator_group: Final = Table(
    "facilitator_group",
    metadata,
    Column("facilitator_id", Uuid(), ForeignKey("facilitator.id"), primary_key=True),
    Column("group_name", String(100), primary_key=True),
)

review_fact: Final = Table(
    "review_fact",
    metadata,
    # what facilitators said of a session, append-only; `seq` from 1 is what keeps two of them apart
    Column("session_id", Uuid(), ForeignKey("session.id"), primary_key=True),
    Column("seq", Integer(), primary_key=True, autoincrement=False),
    Column("facilitator_id", Uuid(), ForeignKey("facilitator.id"), nullable=False),
    Column("at_ms", BigInteger(), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("v", Integer(), nullable=False),
    Column("body", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    Column("chain", String(64), nullable=False),
    CheckConstraint("seq >= 1", name="seq"),
)

audit: Final = Table(
    "audit",
    metadata,
    # who did what and when, never what was said; an erasure names no session
    Column("id", Integer(), primary_key=True),
    Column("at_ms", BigInteger(), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("act", String(40), nullable=False),
    Column("session_id", Uuid()),
    Column("detail", String(200), nullable=False),
    Index(None, "session_id", "at_ms"),
)

SEARCH: Final = {
    "sqlite": "CREATE VIRTUAL TABLE search USING fts5("
    "session_id UNINDEXED, body, tokenize='unicode61 remove_diacritics 2')",
    "postgresql": "CREATE TABLE search (session_id uuid PRIMARY KEY, body text NOT NULL)",
}
"""The words of shared sessions, to search in; each database has its own kind of index."""
SEARCH_INDEX: Final = "CREATE INDEX ix_search ON search USING gin (to_tsvector('simple', body))"
"""PostgreSQL's; SQLite's table is the index."""
