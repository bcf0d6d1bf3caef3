"""The facilitator's room: who is let in, what they find there, and the one object that app and commands are given.

Nothing of it can be had before `enter`, nor after ten minutes without a key. Sessions that were not shared are
not in it, not even as a count.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from facilitator.errors import Locked, Unreadable
from facilitator.passphrases import hashed
from facilitator.rows import (
    EVERYBODY,
    EVERYTHING,
    AuditLine,
    CohortFilter,
    Drawn,
    Facilitator,
    Fact,
    Filter,
    Row,
    Sort,
)
from simulator import locations
from simulator.audit import HANDED_OVER
from simulator.clock import Clock, SystemClock
from simulator.errors import NotFound, SimulatorError, StoreTrouble
from simulator.kept import HandedOver
from simulator.text import clean_line
from simulator.trainees import named

if TYPE_CHECKING:
    from facilitator.exported import Exported
    from facilitator.reviews import Review
    from facilitator.store import Store

IDLE_MS: Final = 10 * 60 * 1000
"""How long nobody need touch a key before the room locks."""
OPENED: Final = "opened"
EXPORTED: Final = "exported"
_AT_ONCE: Final = 200


def open_room(records_url: str | None = None, clock: Clock | None = None) -> Room:
    """The facilitators' side of the records at an address; nobody has entered yet. Raises StoreTrouble."""
    return Room(locations.records_url(records_url), clock or SystemClock())


class Room:
    """See `open_room`. Every method but those of entering raises Locked unless somebody has, and is awake.

    Reading and writing say NotFound of what is not there and of what is not this facilitator's alike.
    """

    def __init__(self, url: str, clock: Clock) -> None:
        from facilitator.store import Store
        from simulator.database import Database

        self.url = url
        self._clock = clock
        self._store: Store = Store(Database(url), clock)
        self._me: Facilitator | None = None
        self._touched = (0, 0)
        self._salt = secrets.token_bytes(16)

    # entering

    @property
    def empty(self) -> bool:
        """Whether nobody has been made a facilitator yet."""
        return not self._store.facilitators()

    @property
    def names(self) -> list[str]:
        """What those who review here are called."""
        return [each.name for each in self._store.facilitators()]

    def make_first(self, name: str, passphrase: str, sector: str = "") -> Facilitator:
        """Make the first facilitator, who looks after every group, and let them in.

        `sector` is "nhs", "voluntary" or "". Raises SimulatorError where there is one already, or where name or
        passphrase will not do.
        """
        return self._let_in(self._store.make_first(named(name), hashed(passphrase), _sector(sector)))

    def enter(self, passphrase: str, name: str | None = None, purpose: str = "review") -> Facilitator:
        """Let in whoever gives the passphrase; `name` is needed where there are several.

        Raises NoFacilitator, NotFound, and WrongPassphrase with the seconds to wait. Each try is on the trail,
        with its `purpose`.
        """
        return self._let_in(self._store.enter(name, passphrase, purpose))

    @property
    def me(self) -> Facilitator:
        """Who has entered. Raises Locked where nobody has; a room that has locked itself still knows who."""
        if self._me is None:
            raise Locked("Nobody has entered yet.", "Give the facilitator's passphrase first.")
        return self._me

    @property
    def locked(self) -> bool:
        """Whether the passphrase is needed: nobody has entered, or nobody has touched a key for ten minutes."""
        if self._me is None:
            return True
        wall, mono = self._clock.now_ms() - self._touched[0], self._clock.mono_ms() - self._touched[1]
        # the one stands still while the computer sleeps, the other may be put back
        return max(wall, mono) >= IDLE_MS

    def touch(self) -> None:
        """Somebody is there: call it for every key. What a locked room needs is the passphrase."""
        if not self.locked:
            self._touched = (self._clock.now_ms(), self._clock.mono_ms())

    def leave(self) -> None:
        """Lock it now."""
        self._me = None

    def close(self) -> None:
        """Let go of the records."""
        self.leave()
        self._store.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about what was put right on opening the records."""
        return tuple(self._store.warnings)

    # facilitators and groups

    def add(
        self, name: str, passphrase: str, sector: str = "", groups: Sequence[str] | None = None
    ) -> Facilitator:
        """Make another facilitator, for these groups or, with None, for everybody.

        Nobody can give more than they have. Raises SimulatorError.
        """
        cleaned = None if groups is None else [clean_line(group, 100) for group in groups]
        return self._store.add(self._mine, named(name), hashed(passphrase), _sector(sector), cleaned)

    def remove(self, name: str) -> None:
        """Let somebody review here no longer; what they said of sessions stays."""
        self._store.remove(self._mine, name)

    def change_passphrase(self, passphrase: str) -> None:
        """Another passphrase for whoever has entered."""
        self._store.set_passphrase(self._mine, hashed(passphrase))

    def facilitators(self) -> list[Facilitator]:
        """Everybody who reviews here, by name."""
        _ = self._mine
        return self._store.facilitators()

    def put_in_group(self, trainee: str, group: str | None) -> None:
        """Let a trainee who has shared something practise in a group from now on, or in none.

        What they shared while in no group goes along, unless its review has begun.
        """
        self._store.put_in_group(self._mine, trainee, clean_line(group, 100) if group else None)

    # finding

    def page(
        self, which: Filter = EVERYTHING, sort: Sort = "newest", limit: int = 50, after: Row | None = None
    ) -> list[Row]:
        """A page of sessions in order; `after` is the last row of the page before."""
        return self._store.page(self._mine, which, sort, limit, after)

    def count(self, which: Filter = EVERYTHING) -> int:
        """How many there are."""
        return self._store.count(self._mine, which)

    def choices(self, prefix: str = "", limit: int = 20) -> list[str]:
        """Trainees whose name begins like this, for typing ahead."""
        return self._store.choices(self._mine, prefix, limit)

    def scenarios(self) -> list[str]:
        """The ids of the scenarios that were played."""
        return self._store.values(self._mine, "scenario_id")

    def groups(self) -> list[str]:
        """The groups that shared something; who is in none is in none of them."""
        return [group for group in self._store.values(self._mine, "group_name") if group]

    def quarters(self) -> list[str]:
        """The calendar quarters in which something was played, such as 2026-Q4."""
        return self._store.values(self._mine, "quarter")

    def named(self, session: str) -> str:
        """The full id of a session given by its id or by the beginning of it, four letters at least."""
        return str(self._store.named(self._mine, session))

    # reading

    def open(self, session: str, act: str = OPENED) -> Review:
        """One session with everything said of it; that it was looked at is on the trail, as `act`.

        Raises NotFound, and Unreadable where it is there and cannot be shown.
        """
        from facilitator.reviews import Review

        me = self._mine
        key = self._store.named(me, session)
        try:
            return Review(self, self._store, key, self._store.open(me, key, act))
        except Unreadable as error:
            if error.why in ("damaged", "half-written"):
                with suppress(StoreTrouble, NotFound):
                    self._store.mark_damaged(me, key)
            raise

    def hand_over(self, session: str) -> tuple[HandedOver, tuple[Fact, ...]]:
        """One session as it is kept and what was said of it, to be carried elsewhere; that it was is on the trail.

        Raises NotFound, and Unreadable.
        """
        found = self._store.open(self._mine, self._store.named(self._mine, session), HANDED_OVER)
        whose = found.whose
        if isinstance(whose, str):
            raise Unreadable(whose)
        if found.facts is None:
            raise Unreadable("damaged")
        self._store.reader.replayed(whose.kept)
        return HandedOver(whose.kept, whose.learner, whose.accounts, found.row.group), found.facts

    def rows(self, which: Filter = EVERYTHING, sort: Sort = "newest") -> Iterator[Row]:
        """All of them, page after page."""
        last: Row | None = None
        while found := self.page(which, sort, _AT_ONCE, last):
            yield from found
            last = found[-1]
            self.touch()

    def exported(self, which: Filter = EVERYTHING, detail: str = "") -> Iterator[Exported]:
        """Each session as exports need it, the newest first, with a line on the trail for each.

        Nothing is played again where its picture tells the same, so that thousands a second can be read. `detail`
        says on the trail what for.
        """
        last: tuple[str, int] | None = None
        while True:
            found, last = self._store.exported(self._mine, which, last, EXPORTED, detail)
            yield from found
            if last is None:
                return
            self.touch()

    def pictures(self, which: CohortFilter = EVERYBODY) -> Iterator[tuple[Drawn, dict[str, Any]]]:
        """What each ended session came to (simulator/picture.py), for a group picture. Nobody is named."""
        last: Drawn | None = None
        while found := self._store.pictures(self._mine, which, last):
            for drawn, body in found:
                yield replace(drawn, learner=self._unknown(drawn.learner)), body
            last = found[-1][0]
            self.touch()

    def first_pictures(self, scenario: str | None = None) -> Iterator[tuple[Drawn, dict[str, Any]]]:
        """The same of everybody's first play of each scene alone: all that counts in a group picture.

        Where the first cannot be read, the next counts, as if it were not there.
        """
        done, unread = set[uuid.UUID](), set[uuid.UUID]()
        keys = self._store.firsts(self._mine, scenario, unread)
        while keys:
            for begin in range(0, len(keys), _AT_ONCE):
                for drawn, body in self._store.pictures_of(self._mine, keys[begin : begin + _AT_ONCE]):
                    done.add(uuid.UUID(drawn.session))
                    yield replace(drawn, learner=self._unknown(drawn.learner)), body
                self.touch()
            unread.update(fresh := set(keys) - done)
            again = self._store.firsts(self._mine, scenario, unread) if fresh else []
            keys = [key for key in again if key not in done]

    def audit_lines(self, session: str | None = None, limit: int = 500) -> list[AuditLine]:
        """Who did what, the latest first: with one session, or with everything that may be seen."""
        me = self._mine
        return self._store.audit_lines(me, None if session is None else self._store.named(me, session), limit)

    def noted(self, act: str, session: str | None = None, detail: str = "") -> None:
        """A line on the trail that whoever has entered did something. No word of anybody's belongs in it."""
        self._store.noted(self.me.id, act, None if session is None else uuid.UUID(session), detail)

    # behind the door

    @property
    def entered(self) -> Facilitator:
        """Who has entered, while the room is not locked. Raises Locked."""
        who = self.me
        if self.locked:
            raise Locked("Nobody has touched a key for ten minutes.", "Give the passphrase to go on.")
        return who

    @property
    def _mine(self) -> uuid.UUID:
        return self.entered.id

    def _let_in(self, who: Facilitator) -> Facilitator:
        self._me = who
        self._touched = (self._clock.now_ms(), self._clock.mono_ms())
        return who

    def _unknown(self, learner: str) -> str:
        """Tells trainees apart while this room is open, and nobody afterwards."""
        return hashlib.blake2b(learner.encode(), key=self._salt, digest_size=8).hexdigest()


def _sector(sector: str) -> str:
    from facilitator.rows import SECTORS

    if sector not in SECTORS:
        raise SimulatorError("There is no such sector.", "Say nhs, voluntary, or leave it out.")
    return sector
