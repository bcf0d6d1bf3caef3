"""Rows of `shared` by the hundred, without playing: for what is about lists alone."""

from __future__ import annotations

import random
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from simulator.database import Database
from simulator.sharing import quarter, search, search_row
from simulator.tables import learner, scenario_version, session, shared

NAMES = ("Amber Fox", "Amber Finch", "Birch Hare", "Ægir", "élan Vole", "Zoë_100%")
OUTCOMES = ("settled", "complied", "rupture", None)
WORDS = ("marmalade", "gooseberry", "tea-trolley", "naïve", "can't", "OR", "zebra")
START = 1_700_000_000_000


def fill(file: Path, many: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many rows, drawn at random, and with each its trainee's `name` and the `words` it is found by."""
    draw = random.Random(seed)
    database = Database(f"sqlite:///{file}")
    people = {name: uuid.UUID(int=draw.getrandbits(128)) for name in NAMES}
    made = [_row(draw, people) for _ in range(many)]
    with database.writing() as connection:
        version = {"sha256": "0" * 64, "scenario_id": "x", "text": b"", "first_seen_ms": 0}
        connection.execute(sa.insert(scenario_version).values(version))
        for name, key in people.items():
            values: dict[str, Any] = {"id": key, "pseudonym": name, "name_key": name.casefold(), "pin": None}
            values |= {"pin_tries": 0, "pin_wait_until_ms": 0, "made_ms": 0}
            connection.execute(sa.insert(learner).values(values))
        connection.execute(sa.insert(session), [_session(row) for row in made])
        columns = {column.name for column in shared.c}
        connection.execute(sa.insert(shared), [{name: row[name] for name in columns} for row in made])
        connection.execute(
            sa.insert(search),
            [
                {"rowid": row["search_row"], "session_id": row["session_id"], "body": " ".join(row["words"])}
                for row in made
                if row["words"]
            ],
        )
    database.close()
    return made


def _row(draw: random.Random, people: dict[str, uuid.UUID]) -> dict[str, Any]:
    key, name = uuid.UUID(int=draw.getrandbits(128)), draw.choice(NAMES)
    # many begin in the same instant, so that ids decide their order
    started = START + draw.randrange(5) * 86_400_000
    return {
        "session_id": key,
        "learner_id": people[name],
        "name": name,
        "name_key": name.casefold(),
        "group_name": draw.choice(("", "North", "South")),
        "scenario_id": draw.choice(("desk", "door", "walk")),
        "opening": "usual",
        "cast_place": 0,
        "started_ms": started,
        "shared_ms": started,
        "quarter": quarter(started),
        "state": draw.choice(("ended", "running")),
        "outcome": draw.choice(OUTCOMES),
        "contested": draw.random() < 0.3,
        "review_state": draw.choice(("waiting", "begun", "signed")),
        "search_row": search_row(key),
        "words": draw.sample(WORDS, draw.randrange(3)),
    }


def _session(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["session_id"],
        "learner_id": row["learner_id"],
        "scenario_id": row["scenario_id"],
        "scenario_sha": "0" * 64,
        "vocabulary_sha": "0" * 64,
        "engine_version": "format-1",
        "seed": 1,
        "opening": "usual",
        "cast_place": 0,
        "title": "A title",
        "keep": "shared",
        "started_ms": row["started_ms"],
        "state": row["state"],
        "last_seq": 1,
        "outcome": row["outcome"],
        "takes": 1,
        "turns": 2,
        "told": True,
    }
