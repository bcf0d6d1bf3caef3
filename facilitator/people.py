"""Facilitators in the records: made, let in, locked out for a while after wrong tries, gone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator.errors import Locked, NoFacilitator, WrongPassphrase
from facilitator.passphrases import fits
from facilitator.reading import Reader
from facilitator.rows import Facilitator
from simulator import sharing
from simulator.audit import note
from simulator.clock import Clock
from simulator.database import Database, OnDatabase
from simulator.errors import NotFound, SimulatorError
from simulator.tables import facilitator, facilitator_group, shared
from simulator.trainees import wait_after, wait_left

MADE: Final = "made a facilitator"
ENTERED: Final = "entered"
REFUSED: Final = "was refused"
CHANGED: Final = "changed the passphrase"
REMOVED: Final = "removed a facilitator"
REGROUPED: Final = "changed a group"

_ALL_ONLY: Final = "Only somebody who looks after all groups can do that."


class People(OnDatabase):
    """The part of the facilitators' records that is about themselves. Each method is one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._dialect = database.engine.dialect.name
        self.reader = Reader()

    def _now(self) -> int:
        return self._clock.now_ms()

    def facilitators(self) -> list[Facilitator]:
        """Everybody who reviews here, by name."""
        with self._reading() as connection:
            asked = sa.select(facilitator.c.id).where(facilitator.c.gone_ms.is_(None))
            keys = connection.execute(asked.order_by(facilitator.c.name_key)).scalars().all()
            return [scope(connection, key) for key in keys]

    def make_first(self, name: str, passphrase: str, sector: str) -> Facilitator:
        """The first facilitator, for every group; `passphrase` as it is kept. Raises where there is one."""
        with self._writing() as connection:
            if connection.execute(_here()).first() is not None:
                raise SimulatorError(
                    "There is a facilitator here already.",
                    "Enter with their passphrase, or ask them to add you.",
                )
            return self._add(connection, name, name, passphrase, sector, None)

    def add(
        self, me: uuid.UUID, name: str, passphrase: str, sector: str, groups: Sequence[str] | None
    ) -> Facilitator:
        """A further facilitator, for these groups or, with None, for all; never for more than one has."""
        with self._writing() as connection:
            who = scope(connection, me)
            if who.groups is not None and (groups is None or not set(groups) <= set(who.groups)):
                raise SimulatorError(
                    "That is more than you look after yourself.",
                    "Name groups of yours, or ask somebody who looks after all of them.",
                )
            return self._add(connection, who.name, name, passphrase, sector, groups)

    def _add(
        self,
        connection: Connection,
        by: str,
        name: str,
        passphrase: str,
        sector: str,
        groups: Sequence[str] | None,
    ) -> Facilitator:
        key = uuid.uuid4()
        taken = sa.select(facilitator.c.id).where(facilitator.c.name_key == name.casefold())
        if connection.execute(taken).first() is not None:
            raise SimulatorError("Somebody here is called that already.", "Take another name.")
        values: dict[str, Any] = {"id": key, "name": name, "name_key": name.casefold(), "sector": sector}
        values |= {"passphrase": passphrase, "tries": 0, "wait_until_ms": 0, "made_ms": self._now()}
        connection.execute(sa.insert(facilitator).values(**values, all_groups=groups is None))
        for group in dict.fromkeys(groups or ()):
            connection.execute(sa.insert(facilitator_group).values(facilitator_id=key, group_name=group))
        note(connection, self._now(), by, MADE, detail=name)
        return scope(connection, key)

    def enter(self, name: str | None, passphrase: str, purpose: str) -> Facilitator:
        """Let in whoever gives the passphrase of this facilitator (the only one, where no name is given).

        A try is counted before it is looked at, so that guesses made at the same time wait for each other.
        Raises NoFacilitator, NotFound and WrongPassphrase.
        """
        key, kept, tries = self._trying(name)
        right = fits(passphrase, kept)
        with self._writing() as connection:
            who = scope(connection, key)
            if right:
                # tries that others made meanwhile are forgiven: whoever is let in knows the passphrase
                _tries(connection, key, 0, 0)
            note(connection, self._now(), who.name, ENTERED if right else REFUSED, detail=purpose)
        if right:
            return who
        wait = wait_after(tries)
        advice = f"Try again in {wait} seconds." if wait else "Try again."
        raise WrongPassphrase("That passphrase does not fit.", advice, wait)

    def _trying(self, name: str | None) -> tuple[uuid.UUID, str, int]:
        with self._writing() as connection:
            row = _chosen(connection, name)
            wait = wait_left(row.wait_until_ms, self._now())
            if wait:
                raise WrongPassphrase(
                    "That is too soon after a wrong passphrase.", f"Try again in {wait} seconds.", wait
                )
            tries = row.tries + 1
            _tries(connection, row.id, tries, self._now() + wait_after(tries) * 1000)
            return row.id, row.passphrase, tries

    def set_passphrase(self, me: uuid.UUID, passphrase: str) -> None:
        """Keep another passphrase hash for whoever acts."""
        with self._writing() as connection:
            who = scope(connection, me)
            mine = facilitator.c.id == me
            connection.execute(sa.update(facilitator).where(mine).values(passphrase=passphrase))
            note(connection, self._now(), who.name, CHANGED)

    def remove(self, me: uuid.UUID, name: str) -> None:
        """Let somebody review no longer; what they said stays. Only who looks after all groups may."""
        with self._writing() as connection:
            who = scope(connection, me)
            if who.groups is not None:
                raise SimulatorError(_ALL_ONLY, "Ask one of them.")
            gone = scope(connection, _chosen(connection, name).id)
            if gone.id == me:
                raise SimulatorError(
                    "You cannot remove yourself.", "Somebody else who looks after all groups can."
                )
            theirs = facilitator.c.id == gone.id
            connection.execute(sa.update(facilitator).where(theirs).values(gone_ms=self._now()))
            note(connection, self._now(), who.name, REMOVED, detail=gone.name)

    def noted(self, me: uuid.UUID, act: str, key: uuid.UUID | None, detail: str) -> None:
        """A line on the trail that whoever acts did something."""
        with self._writing() as connection:
            note(connection, self._now(), scope(connection, me).name, act, key, detail)

    def put_in_group(self, me: uuid.UUID, trainee: str, group: str | None) -> None:
        """Let a trainee practise in a group from now on. Only who looks after all groups may."""
        with self._writing() as connection:
            who = scope(connection, me)
            # only of those who shared something: who practises for themselves is nobody's to find out
            asked = sa.select(shared.c.learner_id).where(shared.c.name_key == trainee.strip().casefold())
            found = connection.execute(asked.limit(1)).scalar_one_or_none()
            if who.groups is not None:
                raise SimulatorError(_ALL_ONLY, "Ask one of them.")
            if found is None:
                raise NotFound("Nobody of that name has shared a session.", "Choose from the list.")
            sharing.join_group(connection, found, group)
            note(connection, self._now(), who.name, REGROUPED)


def scope(connection: Connection, me: uuid.UUID) -> Facilitator:
    """Who acts and what they look after, as it is now. Raises Locked where they no longer review here."""
    row = connection.execute(
        sa.select(facilitator).where(facilitator.c.id == me, facilitator.c.gone_ms.is_(None))
    ).first()
    if row is None:
        raise Locked("You do not review here any more.", "Ask somebody who does to add you.")
    if row.all_groups:
        return Facilitator(row.id, row.name, row.sector, None)
    groups = sa.select(facilitator_group.c.group_name).where(facilitator_group.c.facilitator_id == me)
    names = connection.execute(groups.order_by(facilitator_group.c.group_name)).scalars().all()
    return Facilitator(row.id, row.name, row.sector, tuple(names))


def _here() -> sa.Select[Any]:
    return sa.select(facilitator).where(facilitator.c.gone_ms.is_(None))


def _chosen(connection: Connection, name: str | None) -> sa.Row[Any]:
    asked = _here() if name is None else _here().where(facilitator.c.name_key == name.strip().casefold())
    rows = connection.execute(asked.with_for_update()).all()
    if not rows and connection.execute(_here()).first() is None:
        raise NoFacilitator(
            "Nobody has been made a facilitator on these records yet.",
            "`words-first review` makes the first.",
        )
    if not rows:
        raise NotFound("Nobody of that name reviews here.", "Give the name you were added with.")
    if len(rows) > 1:
        raise SimulatorError(
            "There is more than one facilitator here.", "Say who you are: --facilitator NAME."
        )
    return rows[0]


def _tries(connection: Connection, key: uuid.UUID, tries: int, wait_until_ms: int) -> None:
    values = {"tries": tries, "wait_until_ms": wait_until_ms}
    connection.execute(sa.update(facilitator).where(facilitator.c.id == key).values(values))
