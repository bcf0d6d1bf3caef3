"""Alembic's way in: the connection and its transaction come from simulator/migrate.py, never from a file."""

from __future__ import annotations

from alembic import context

from simulator.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
