"""Sharing with facilitators, what they say of a session, who did what, and what a session came to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables beside those that are there. Of those, one column changes its meaning."""
    # nobody has been asked to rate themself yet, so each ended session waits for its trainee again
    op.execute(sa.table("session", sa.column("told", sa.Boolean())).update().values(told=sa.false()))
    _picture()
    _membership()
    _shared()
    _facilitator()
    _facilitator_group()
    _review_fact()
    _audit()
    _search()


def _picture() -> None:
    op.create_table(
        "picture",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("body", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id"), primary_key=True),
        sa.Column("group_name", sa.String(100), nullable=False),
    )


def _shared() -> None:
    op.create_table(
        "shared",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("learner_id", sa.Uuid(), sa.ForeignKey("learner.id"), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("group_name", sa.String(100), nullable=False),
        sa.Column("scenario_id", sa.String(300), nullable=False),
        sa.Column("opening", sa.String(60), nullable=False),
        sa.Column("cast_place", sa.Integer(), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=False),
        sa.Column("shared_ms", sa.BigInteger(), nullable=False),
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("review_state", sa.String(10), nullable=False),
        sa.Column("search_row", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("review_state IN ('waiting', 'begun', 'signed')", name="review_state"),
    )
    op.create_index(None, "shared", ["started_ms", "session_id"])
    op.create_index(None, "shared", ["review_state", "started_ms", "session_id"])
    op.create_index(None, "shared", ["scenario_id", "started_ms", "session_id"])
    op.create_index(None, "shared", ["name_key", "started_ms", "session_id"])
    op.create_index(None, "shared", ["outcome", "started_ms", "session_id"])
    op.create_index(None, "shared", ["contested", "started_ms", "session_id"])
    op.create_index(None, "shared", ["group_name", "started_ms", "session_id"])


def _facilitator() -> None:
    op.create_table(
        "facilitator",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("passphrase", sa.String(300), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("wait_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("sector", sa.String(20), nullable=False),
        sa.Column("all_groups", sa.Boolean(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("gone_ms", sa.BigInteger()),
        sa.UniqueConstraint("name_key"),
    )


def _facilitator_group() -> None:
    op.create_table(
        "facilitator_group",
        sa.Column("facilitator_id", sa.Uuid(), sa.ForeignKey("facilitator.id"), primary_key=True),
        sa.Column("group_name", sa.String(100), primary_key=True),
    )


def _review_fact() -> None:
    op.create_table(
        "review_fact",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("facilitator_id", sa.Uuid(), sa.ForeignKey("facilitator.id"), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.CheckConstraint("seq >= 1", name="seq"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("session_id", sa.Uuid()),
        sa.Column("detail", sa.String(200), nullable=False),
    )
    op.create_index(None, "audit", ["session_id", "at_ms"])


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "session_id UNINDEXED, body, tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE search (session_id uuid PRIMARY KEY, body text NOT NULL)")
        op.execute("CREATE INDEX ix_search ON search USING gin (to_tsvector('simple', body))")
