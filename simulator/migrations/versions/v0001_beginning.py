"""The first layout: learners, what was played, and everything that happened in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _people()
    _versions()
    _sessions()
    op.create_table(
        "event",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("mono_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.CheckConstraint("seq >= 1", name="seq"),
    )


def _people() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("pseudonym", sa.String(60), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("pin", sa.String(300)),
        sa.Column("pin_tries", sa.Integer(), nullable=False),
        sa.Column("pin_wait_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("erased_ms", sa.BigInteger()),
        sa.UniqueConstraint("name_key"),
    )
    op.create_table(
        "account",
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id"), nullable=False),
    )


def _versions() -> None:
    op.create_table(
        "scenario_version",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("scenario_id", sa.String(300), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "vocabulary_version",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
    )


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id"), nullable=False),
        sa.Column("scenario_id", sa.String(300), nullable=False),
        sa.Column("scenario_sha", sa.String(64), sa.ForeignKey("scenario_version.sha256"), nullable=False),
        sa.Column("vocabulary_sha", sa.String(64), nullable=False),
        sa.Column("engine_version", sa.String(40), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("opening", sa.String(60), nullable=False),
        sa.Column("cast_place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("keep", sa.String(10), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("keep IN ('mine', 'shared')", name="keep"),
        sa.CheckConstraint(
            "state IN ('running', 'suspended', 'ended', 'stepped-out', 'damaged')", name="state"
        ),
        sa.CheckConstraint(
            "outcome IN ('settled', 'complied', 'paused', 'withdrew', 'rupture', 'stopped')", name="outcome"
        ),
    )
    op.create_index(None, "session", ["learner_id", "started_ms", "id"])
