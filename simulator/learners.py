"""Who practises, in the records: found by name or account, made, renamed, given a PIN."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from simulator import sharing
from simulator.database import OnDatabase
from simulator.errors import NotFound, SimulatorError
from simulator.kept import Learner
from simulator.tables import account, learner
from simulator.trainees import CLOSED


class Learners(OnDatabase):
    """The part of the records that is about people. Each method is one transaction."""

    def learners(self) -> list[Learner]:
        """Everybody who practises here and has not been erased, by name."""
        here = sa.or_(learner.c.pin.is_(None), learner.c.pin != CLOSED)
        with self._reading() as connection:
            asked = sa.select(learner).where(learner.c.erased_ms.is_(None), here).order_by(learner.c.name_key)
            return [_learner(row) for row in connection.execute(asked).mappings()]

    def find(self, name: str) -> Learner | None:
        """Who is called this, whatever the capitals."""
        with self._reading() as connection:
            return _one(connection, learner.c.name_key == name.casefold())

    def last_chosen(self, name: str) -> Learner | None:
        """Who was last chosen by this computer account."""
        with self._reading() as connection:
            row = connection.execute(sa.select(account.c.learner_id).where(account.c.name == name)).first()
            return None if row is None else _one(connection, learner.c.id == row[0])

    def chosen(self, name: str, who: uuid.UUID) -> None:
        """Remember whom this computer account chose."""
        with self._writing() as connection:
            had = connection.execute(sa.update(account).where(account.c.name == name).values(learner_id=who))
            if not had.rowcount:
                connection.execute(sa.insert(account).values(name=name, learner_id=who))

    def make(self, who: uuid.UUID, name: str, pin: str | None) -> Learner:
        """Somebody new. Raises SimulatorError where the name is taken."""
        with self._writing() as connection:
            if _one(connection, learner.c.name_key == name.casefold(), erased=True) is not None:
                raise _taken()
            values: dict[str, Any] = {"id": who, "pseudonym": name, "name_key": name.casefold(), "pin": pin}
            values |= {"pin_tries": 0, "pin_wait_until_ms": 0, "made_ms": self._clock.now_ms()}
            connection.execute(sa.insert(learner).values(values))
        return Learner(who, name, pin, 0, 0)

    def rename(self, acting: uuid.UUID, name: str) -> Learner:
        """Call the acting trainee something else."""
        with self._writing() as connection:
            other = _one(connection, learner.c.name_key == name.casefold(), erased=True)
            if other is not None and other.id != acting:
                raise _taken()
            sharing.renamed(connection, acting, name)
            return _changed(connection, acting, {"pseudonym": name, "name_key": name.casefold()})

    def group(self, acting: uuid.UUID) -> str | None:
        """The group the acting trainee practises in."""
        with self._reading() as connection:
            return sharing.group_of(connection, acting)

    def join_group(self, acting: uuid.UUID, group: str | None) -> None:
        """Let the acting trainee practise in a group from now on, or in none."""
        with self._writing() as connection:
            sharing.join_group(connection, acting, group)

    def set_pin(self, acting: uuid.UUID, pin: str | None) -> Learner:
        """Keep another PIN hash for the acting trainee, or none."""
        with self._writing() as connection:
            return _changed(connection, acting, {"pin": pin, "pin_tries": 0, "pin_wait_until_ms": 0})

    def tried(self, who: uuid.UUID, tries: int, wait_until_ms: int) -> None:
        """Count PINs that did not fit, 0 after one that did."""
        with self._writing() as connection:
            _changed(connection, who, {"pin_tries": tries, "pin_wait_until_ms": wait_until_ms})


def _taken() -> SimulatorError:
    return SimulatorError(
        "Somebody here is called that already.", "Choose it from the list, or take another name."
    )


def _learner(row: Mapping[Any, Any]) -> Learner:
    return Learner(row["id"], row["pseudonym"], row["pin"], row["pin_tries"], row["pin_wait_until_ms"])


def _one(connection: Connection, which: sa.ColumnElement[bool], erased: bool = False) -> Learner | None:
    asked = sa.select(learner).where(which)
    if not erased:
        asked = asked.where(learner.c.erased_ms.is_(None))
    row = connection.execute(asked).mappings().first()
    return None if row is None else _learner(row)


def _changed(connection: Connection, who: uuid.UUID, values: dict[str, Any]) -> Learner:
    connection.execute(sa.update(learner).where(learner.c.id == who).values(values))
    found = _one(connection, learner.c.id == who)
    if found is None:
        raise NotFound("That trainee is not here any more.", "Choose another name.")
    return found
