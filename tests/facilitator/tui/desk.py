"""What the tests of the review app share: played sessions, an app on a stage, and what moves it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from facilitator.room import Room
from facilitator.tui.app import ReviewApp
from facilitator.tui.door import DoorPage
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import SessionsPage
from facilitator.tui.table import SessionTable
from simulator.session import Session
from simulator.tui.widgets.blocks import Blocks
from tests.facilitator.rooms import WORDS, closed_room, played, room_at
from tests.simulator.service import FakeClock, at, begin
from tests.simulator.tui.stage import Ticking, frame, wait_for

TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Desk:
    """A running app, and what moves it."""

    app: ReviewApp
    pilot: Pilot[int]
    room: Room
    clock: FakeClock
    ticking: Ticking

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait for a condition, never for a time."""
        await wait_for(self.pilot, true, what)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def page(self, kind: type[Any]) -> Any:
        """Wait until a page of this kind is in front; returns it."""
        await self.until(
            lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted, kind.__name__
        )
        await self.pilot.pause()
        return self.app.screen

    async def shows(self, words: str) -> None:
        """Wait until the screen shows these words."""
        await self.until(lambda: words in self.text(), words)

    async def passphrase(self) -> None:
        """Give the passphrase at the door."""
        door = await self.page(DoorPage)
        await self.until(lambda: door._asking == "passphrase", "the passphrase is asked for")
        door.query_one(Input).value = WORDS
        await self.press("enter")

    async def enter(self) -> None:
        """Give the passphrase, and wait for the table."""
        await self.passphrase()
        await self.page(SessionsPage)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        names = {" ": "space", ".": "full_stop", ",": "comma", "-": "minus"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def table(self, rows: int) -> SessionTable:
        """Enter, and wait for as many rows."""
        await self.enter()
        table = self.app.table.query_one(SessionTable)
        await self.until(lambda: len(table.rows) == rows, f"{rows} rows")
        await self.pilot.pause()
        return table

    async def session(self) -> SessionPage:
        """Enter, and open the first session of the table."""
        table = self.app.table.query_one(SessionTable)
        await self.enter()
        await self.until(lambda: table.rows, "a row")
        await self.press("enter")
        page: SessionPage = await self.page(SessionPage)
        return page

    def text(self) -> str:
        """The whole screen as lines of text."""
        return frame(self.app)

    def told(self) -> str:
        """Everything in the list of the page in front, in sight or not."""
        return self.app.screen.query_one("#told", Blocks).text()


@asynccontextmanager
async def desk(
    folder: Path,
    size: tuple[int, int] = (120, 40),
    *,
    made: bool = True,
    session: str | None = None,
    name: str | None = None,
    clock: FakeClock | None = None,
) -> AsyncIterator[Desk]:
    """The app on a stage, before its door; with `made` there is a facilitator already."""
    clock = clock or FakeClock()
    if made:
        room_at(folder, clock).close()
    room, ticking = closed_room(folder, clock), Ticking()
    app = ReviewApp(
        room,
        session=session,
        name=name,
        clock=ticking,
        today=lambda: TODAY,
        crash_folder=folder / "crashes",
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Desk(app, pilot, room, clock, ticking)
    room.close()


def rich(folder: Path, clock: FakeClock, trainee: str = "Sam") -> Session:
    """A session with a harm, a pause, a reach, a second take, a contested tag and rating, and the trainee's say."""
    session = begin(at(folder, trainee, clock=clock), "shared")
    clock.pass_ms(4_000)
    session.answer("calm")
    clock.pass_ms(9_000)
    session.pause()
    clock.pass_ms(65_000)
    session.unpause()
    session.reach()
    clock.pass_ms(3_000)
    session.answer("own-it")
    clock.pass_ms(6_000)
    session.answer("ring-now")
    session.rewind(1)
    clock.pass_ms(5_000)
    session.answer("own-it")
    clock.pass_ms(7_000)
    session.answer("ring-now")
    session.say_word("tired")
    session.say_account("It turned when I said a time.")
    session.rate_self("C5", 3)
    session.rate_self("C1", 2)
    session.close_self_rating()
    session.contest("rating", 0, "C5", "I did give a choice.", take=1)
    session.contest("tag", 1, "calm-down", "I meant it kindly.", take=1)
    session.keep_one("Say a time.")
    session.try_one("Say sorry first.", "on Thursday's shift")
    return session


__all__ = ["Desk", "desk", "played", "rich"]
