"""Who practises, on which records, and every session they start or come back to: the door for all front ends.

Importing and opening this touches no disk; the records open at the first call that needs them, and a
practice that keeps nothing never opens them.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from simulator import locations
from simulator.clock import Clock, SystemClock
from simulator.errors import Damaged, NotFound, Over, StoreTrouble, WrongPin
from simulator.events import Confidence, Event, Happened, Keep, Resumed, happened
from simulator.keeping import Keeping
from simulator.session import Head, Session
from simulator.settings import FILE, Settings, make_settings, read_settings
from simulator.text import clean_line
from simulator.trainees import Trainee, hashed, named, pin_fits, pseudonym, trainee_of, wait_after, wait_left

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from simulator.kept import HandedOver, Learner, SessionRow, Unfinished
    from simulator.records import Records
    from simulator.sharing import Looked
    from simulator.shown_own import OwnPage
    from simulator.shown_review import ReviewShown

_ALL: Final = 100_000
"""Sessions that an own page looks at: more than anybody plays."""


def open_practice(
    records_url: str | None = None,
    acting: str | None = None,
    keep: Keep = "mine",
    *,
    clock: Clock | None = None,
    open_records: Callable[[str], Records] | None = None,
) -> Practice:
    """A practice for whoever acts: `acting` by name, else the last chosen here, else a pseudonym.

    With `keep` none nothing is ever read from or written to the records unless a session is kept after all.
    """
    return Practice(locations.records_url(records_url), acting, keep, clock or SystemClock(), open_records)


class Practice:
    """See `open_practice`. StoreTrouble where the records are needed and cannot be used."""

    def __init__(
        self,
        url: str,
        acting: str | None,
        keep: Keep,
        clock: Clock,
        open_records: Callable[[str], Records] | None = None,
    ) -> None:
        self.url = url
        self.keep: Keep = keep
        self._acting = named(acting) if acting is not None else None
        self._clock = clock
        self._opening = open_records
        self._me: Trainee | None = None
        self._known = False
        self._unlocked = False
        self._group_asked = False
        self._remembered: uuid.UUID | None = None
        self._opened: Records | None = None

    @cached_property
    def settings(self) -> Settings:
        """What the ward has set; made with notes where there is no file, unless nothing is to be kept."""
        file = locations.beside(self.url) / FILE
        if self.keep != "none":
            make_settings(file)
        return read_settings(file)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about what was put right on opening, such as a file others could read."""
        return tuple(self._opened.warnings) if self._opened else ()

    # who

    def trainee(self) -> Trainee:
        """The acting trainee. Somebody new is in memory alone until there is something of theirs to keep."""
        if self._me is None:
            self._me = self._found() or Trainee(str(uuid.uuid4()), self._acting or pseudonym(), False)
        return self._me

    @property
    def locked(self) -> bool:
        """Whether the acting trainee's PIN has still to be given, with `unlock` or `choose`."""
        return self.trainee().has_pin and not self._unlocked

    def trainees(self) -> list[Trainee]:
        """Everybody who practises on these records, by name."""
        return [trainee_of(learner) for learner in self._records().learners()] if self._anything() else []

    def choose(self, name: str, pin: str | None = None) -> Trainee:
        """Act as somebody who is here already. Raises NotFound, or WrongPin with the seconds to wait."""
        learner = self._records().find(named(name)) if self._anything() else None
        if learner is None:
            raise NotFound("Nobody of that name practises here.", "Choose from the list, or make a new name.")
        self._prove(learner, pin)
        return self._become(learner)

    def unlock(self, pin: str) -> Trainee:
        """Give the PIN of the acting trainee."""
        return self.choose(self.trainee().name, pin)

    def make(self, name: str, pin: str | None = None) -> Trainee:
        """Somebody new, who acts from now on. Raises SimulatorError where the name will not do."""
        return self._become(self._records().make(uuid.uuid4(), named(name), hashed(pin)))

    def rename(self, name: str) -> Trainee:
        """Call the acting trainee something else; what was kept stays theirs."""
        if not self._known and not self._anything():
            self._me = Trainee(self.trainee().id, named(name), False)
            self._acting = self._me.name
            return self._me
        return self._become(self._records().rename(self._mine(), named(name)))

    def set_pin(self, pin: str | None) -> Trainee:
        """Give the acting trainee a PIN, 4 to 32 characters, or take it away with None."""
        return self._become(self._records().set_pin(self._mine(), hashed(pin)))

    def group(self) -> str | None:
        """The group the acting trainee practises in, None for none."""
        return self._records().group(self._mine()) if self._somebody() else None

    def groups_to_join(self) -> tuple[str, ...]:
        """The ward's groups, to be asked about once a sitting where somebody who shares is in none yet."""
        there = () if self._group_asked else self.settings.groups
        return there if there and self.group() is None else ()

    def join_group(self, group: str | None) -> None:
        """Practise in a group of the ward's from now on, or in none: its facilitators see what is shared."""
        self._records().join_group(self._mine(), clean_line(group, 100) if group else None)
        self._group_asked = True

    # sessions

    def start(
        self,
        loaded: Loaded,
        keep: Keep | None = None,
        *,
        opening: str | None = None,
        cast: str | int | None = None,
        seed: int | None = None,
        confidence: int | None = None,
        timed: bool = True,
    ) -> Session:
        """Begin a session; kept unless `keep` is none. Opening and cast member are drawn unless named.

        `seed` 0..2**63-1, `confidence` 0..10. Raises NotFound for an opening or cast member that is not
        there.
        """
        from simulator.course import Course
        from simulator.starting import begin_with, drawn_seed, title_of

        keep = keep or self.keep
        began = begin_with(loaded, keep, opening, cast, drawn_seed(seed), timed)
        events: list[Event] = [began]
        if confidence is not None:
            events.append(Confidence("before", confidence))
            events[-1].check()
        name = self._name(keep)
        course = Course(loaded, began, name)
        session, now = str(uuid.uuid4()), self._clock.now_ms()
        head = Head(session, title_of(loaded, began), course.play.person, now, began, loaded)
        rows: list[Happened] = []
        for event in events:
            before = rows[-1].chain if rows else ""
            rows.append(happened(before, session, len(rows) + 1, now, 0, event))
        course.take_in(rows[1:])
        keeper = Keeping(self._mine, self._records)
        if keep != "none":
            keeper.begin(head, rows, course.summary(), keep)
        return Session(head, course, rows, keep, name, keeper, self._clock)

    def unfinished(self) -> list[Unfinished]:
        """The acting trainee's sessions that can be gone on with, latest first."""
        return self._records().unfinished(self._mine()) if self._somebody() else []

    def sessions(self, limit: int = 50, before: SessionRow | None = None) -> list[SessionRow]:
        """The acting trainee's sessions, latest first; `before` is the last row of the page before."""
        return self._records().sessions(self._mine(), limit, before) if self._somebody() else []

    def show(self, session: str) -> dict[str, Any]:
        """One session of the acting trainee in the shape of `show --json`. Raises NotFound and Damaged."""
        from simulator.showing import show

        records, me, key = self._its(session)
        with self._marking(key):
            shown = show(records.read(me, key))
        said = records.said_to(me, key)
        return {**shown, "review": None if said is None else said.json()}

    def lookers(self, session: str) -> tuple[Looked, ...]:
        """Who has looked at one of the acting trainee's sessions or said something of it, in order."""
        records, me, key = self._its(session)
        return records.lookers(me, key)

    def said_to(self, session: str) -> ReviewShown | None:
        """What facilitators said to the acting trainee about a session of theirs; None until their own say."""
        records, me, key = self._its(session)
        return records.said_to(me, key)

    def hand_over(self, session: str) -> HandedOver:
        """One of the acting trainee's shared sessions as it is kept, to be carried elsewhere; a line says so.

        Raises NotFound, Damaged, and SimulatorError where they have not shared it.
        """
        from simulator.replay import replay

        records, me, key = self._its(session)
        with self._marking(key):
            kept = records.read(me, key)
            replay(kept, None)
        return records.handed_over(me, key, kept)

    def resume(self, session: str | None = None) -> Session:
        """Go on with a session on the bytes it began with; the latest unfinished where none is named.

        The window it is open in elsewhere, if any, is told so at its next answer. Raises NotFound, Over,
        Damaged.
        """
        from simulator.replay import replay

        records, me, key = self._its(session)
        name = self.trainee().name
        with self._marking(key):
            kept = records.read(me, key)
            replayed = replay(kept, name)
        course, rows = replayed.course, replayed.rows
        if course.state == "stepped-out":
            raise Over(
                "You stepped out of that one, and it stays closed.", "Start it afresh whenever you like."
            )
        last = rows[-1]
        row = happened(last.chain, kept.id, last.seq + 1, self._clock.now_ms(), last.mono_ms, Resumed())
        keeper = Keeping(self._mine, self._records)
        keep: Keep = "shared" if kept.keep == "shared" else "mine"
        course.take_in([row])
        keeper.append(kept.id, [row], course.summary(), keep)
        head = Head(kept.id, kept.title, course.play.person, kept.started_ms, course.began, replayed.loaded)
        return Session(head, course, [*rows, row], keep, name, keeper, self._clock)

    def own_page(self) -> OwnPage:
        """What the acting trainee practised, kept and tried, their ratings, and what to practise next.

        Theirs alone: whoever acts under another name sees nothing of it. Raises WrongPin while locked.
        """
        from scenarios.shelf import shelf
        from simulator.own_page import NOTHING, own_page

        if not self._somebody():
            return NOTHING
        me, records = self._mine(), self._records()
        there = shelf(self.settings.scenario_folders, locations.shelf_cache())
        return own_page(records.sessions(me, _ALL), records.own(me), there.entries)

    def erase(self, session: str) -> None:
        """Take one of the acting trainee's sessions away for good."""
        records, me, key = self._its(session)
        records.erase(me, key)

    def close(self) -> None:
        """Let go of the records."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    # behind the door

    def _records(self) -> Records:
        if self._opened is None:
            if self._opening is None:
                from simulator.records import open_records

                self._opening = open_records
            self._opened = self._opening(self.url)
        return self._opened

    def _anything(self) -> bool:
        """Whether there are records to look into; looking makes none, and who keeps nothing does not look."""
        if self._opened is not None or self.keep == "none":
            return self._opened is not None
        path = locations.sqlite_path(self.url)
        return path is None or os.path.lexists(path)

    def _somebody(self) -> bool:
        """Whether the acting trainee is in the records, so that there can be anything of theirs."""
        self.trainee()
        return self._known

    def _its(self, session: str | None) -> tuple[Records, uuid.UUID, uuid.UUID]:
        """The records, who acts, and a session of theirs by its id or how that begins; None: the latest open."""
        if not self._somebody():
            raise NotFound(
                "There is no such session here.", "Start a scene, and it can be gone on with later."
            )
        me, records = self._mine(), self._records()
        return records, me, records.latest(me) if session is None else records.named(me, session)

    @contextmanager
    def _marking(self, key: uuid.UUID) -> Iterator[None]:
        """Where a session turns out to be damaged, let the list say so from now on."""
        try:
            yield
        except Damaged:
            with suppress(StoreTrouble):
                self._records().damaged(self._mine(), key)
            raise

    def _found(self) -> Trainee | None:
        """The acting trainee where the records know them."""
        if not self._anything():
            return None
        records = self._records()
        learner = (
            records.find(self._acting) if self._acting else records.last_chosen(locations.account(self.url))
        )
        if learner is None:
            return None
        self._known = True
        return trainee_of(learner)

    def _name(self, keep: Keep) -> str:
        """What the trainee is called; somebody who keeps nothing needs no records for that."""
        try:
            return self.trainee().name
        except StoreTrouble:
            if keep != "none":
                raise
            return self._acting or pseudonym()

    def _mine(self) -> uuid.UUID:
        """The acting trainee's id, written down if it was not. Raises WrongPin while locked."""
        me = self.trainee()
        if not self._known:
            records = self._records()
            learner = (
                records.find(me.name) if self._acting else records.last_chosen(locations.account(self.url))
            )
            if learner is None:
                taken = frozenset(each.name.casefold() for each in records.learners())
                name = me.name if self._acting or me.name.casefold() not in taken else pseudonym(taken)
                learner = records.make(uuid.UUID(me.id), name, None)
            self._me, self._known = trainee_of(learner), True
        if self.locked:
            raise WrongPin("This name has a PIN.", "Give the PIN, or choose another name.")
        mine = uuid.UUID(self.trainee().id)
        self._remember(mine)
        return mine

    def _remember(self, mine: uuid.UUID) -> None:
        """Let the next start on this account begin with who acts now; one that cannot be told of can wait."""
        if self._remembered != mine:
            self._remembered = mine
            records, account = self._records(), locations.account(self.url)
            last = records.last_chosen(account)
            if last is None or last.id != mine:
                with suppress(StoreTrouble):
                    records.chosen(account, mine)

    def _become(self, learner: Learner) -> Trainee:
        self._me, self._known, self._unlocked = trainee_of(learner), True, True
        self._group_asked = False
        self._remember(learner.id)
        return self._me

    def _prove(self, learner: Learner, pin: str | None) -> None:
        """Let pass whoever has no PIN or gives it; count what does not fit, and make the next try wait."""
        if learner.pin is None:
            return
        wait = wait_left(learner.wait_until_ms, self._clock.now_ms())
        if wait:
            raise WrongPin("That is too soon after a wrong PIN.", f"Try again in {wait} seconds.", wait)
        if pin is None:
            raise WrongPin("This name has a PIN.", "Give the PIN, or choose another name.")
        if pin_fits(pin, learner.pin):
            self._records().tried(learner.id, 0, 0)
            return
        tries = learner.tries + 1
        wait = wait_after(tries)
        self._records().tried(learner.id, tries, self._clock.now_ms() + wait * 1000 if wait else 0)
        advice = f"Try again in {wait} seconds." if wait else "Try again."
        raise WrongPin("That PIN does not fit.", advice, wait)
