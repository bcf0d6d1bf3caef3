"""The tables of the records, in types that SQLite and PostgreSQL share.

Times are milliseconds since 1970 UTC. Nothing cascades: what is erased is named, so that no upgrade can
erase more. Reviews, groups and the audit join as further tables that point here.
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

HEAD: Final = "0001"
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
