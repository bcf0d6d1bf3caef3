"""What every page of the review app looks like, letter for letter, at two sizes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import TextArea

from facilitator.tui.compare import ComparePage
from facilitator.tui.door import DoorPage
from facilitator.tui.help import ReviewHelp
from facilitator.tui.lists import OpenedPage
from facilitator.tui.people import PeoplePage
from facilitator.tui.pick import PickPage
from facilitator.tui.rate import RatePage
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import SessionsPage
from facilitator.tui.write import WritePage
from simulator.tui.screens.ask import AskPage
from tests.facilitator.tui.desk import Desk, desk, played, rich
from tests.facilitator.tui.test_session import shows_section
from tests.simulator.service import FakeClock

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")


def three(folder: Path, clock: FakeClock) -> None:
    """Three shared sessions, an hour apart."""
    for trainee in ("Sam", "Robin"):
        played(folder, trainee, clock=clock).close()
        clock.pass_ms(3_600_000)
    rich(folder, clock, "Priya").close()


@SIZES
async def test_the_door_and_the_table(
    size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    def keep(name: str) -> None:
        golden(f"review-{name}-{size[0]}x{size[1]}", stage.text())

    clock = FakeClock()
    async with desk(tmp_path, size, made=False, clock=clock) as stage:
        await stage.shows("Nobody reviews")
        keep("door-first")
    async with desk(tmp_path, size, clock=clock) as stage:
        door = await stage.page(DoorPage)
        await stage.until(lambda: door._asking == "passphrase")
        await stage.pilot.pause()
        keep("door")
        await stage.enter()
        await stage.shows("Nothing has been shared")
        await stage.until(lambda: "enter open" not in stage.text(), "there is nothing to open")
        keep("empty")
    three(tmp_path, clock)
    async with desk(tmp_path, size, clock=clock) as stage:
        await stage.table(3)
        keep("sessions")
        await stage.press("f")
        await stage.page(AskPage)
        keep("filter")
        await stage.press("2")
        picking = await stage.page(PickPage)
        await stage.press("r")
        await stage.until(lambda: len(picking._found) == 1, "Robin is found")
        await stage.pilot.pause()
        keep("pick")
        await stage.press("enter")
        await stage.page(SessionsPage)
        await stage.shows("trainee: Robin")
        await stage.shows("1 session ")
        keep("narrowed")
        await stage.press("p")
        await stage.page(PeoplePage)
        keep("people")


async def noting(stage: Desk, for_trainee: bool) -> None:
    """A note that is written and not kept yet."""
    await stage.press("n")
    written = await stage.page(WritePage)
    written.query_one(TextArea).text = "What was in your mind here?"
    if for_trainee:
        await stage.press("ctrl+t")
    await stage.pilot.pause()


async def turned_to(stage: Desk, page: SessionPage, number: int) -> None:
    """A section, with the cursor on its second row."""
    await stage.press(str(number))
    await stage.until(partial(shows_section, page, number))
    await stage.press("down")
    await stage.pilot.pause()


async def rating(stage: Desk) -> None:
    """One's own rating is in, and what was suggested shows."""
    await stage.press("5")
    await stage.page(WritePage)
    await stage.press("ctrl+s")
    await stage.page(RatePage)
    await stage.until(lambda: "Suggested" in stage.told())
    await stage.pilot.pause()


@SIZES
async def test_one_session(size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    def keep(name: str) -> None:
        golden(f"review-{name}-{size[0]}x{size[1]}", stage.text())

    clock = FakeClock()
    rich(tmp_path, clock).close()
    async with desk(tmp_path, size, clock=clock) as stage:
        page = await stage.session()
        await stage.press("down")
        await stage.pilot.pause()
        keep("talk")
        await stage.press("enter")
        await stage.page(OpenedPage)
        keep("turn")
        await stage.press("escape")
        await stage.page(SessionPage)
        for whom in ("us", "trainee"):
            await noting(stage, whom == "trainee")
            keep(f"note-for-{whom}")
            await stage.press("ctrl+s")
            await stage.page(SessionPage)
        for number, name in enumerate(("person", "ratings", "words", "voice", "notes", "trail"), 2):
            await turned_to(stage, page, number)
            keep(name)
        await stage.press("3", "down", "enter")
        await stage.page(RatePage)
        keep("rate-blind")
        await rating(stage)
        keep("rate-seen")
        await stage.press("escape", "o")
        await stage.page(AskPage)
        keep("sign")
        await stage.press("escape")
        await stage.page(SessionPage)
        await stage.press("v")
        await stage.page(ComparePage)
        keep("compare")
        await stage.press("question_mark")
        await stage.page(ReviewHelp)
        keep("help")
