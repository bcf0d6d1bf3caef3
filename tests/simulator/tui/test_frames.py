"""What every page looks like, letter for letter, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.kept import Unfinished
from simulator.tui.screens.account import AccountPage
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.briefing import BriefingPage
from simulator.tui.screens.contest import ContestPage
from simulator.tui.screens.help import HelpPage
from simulator.tui.screens.opened import RatingPage, TurnsPage
from simulator.tui.screens.own import OwnPage, SourcesPage
from simulator.tui.screens.pause import PausePage
from simulator.tui.screens.rate import RatePage
from tests.simulator.tui.own_pages import an_own_page
from tests.simulator.tui.stage import ROUGH, blocks, staged, tea

SIZES = [(80, 24), (120, 40), (40, 16)]
YESTERDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_page(size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    at = f"{size[0]}x{size[1]}"
    waiting = [Unfinished("s", "The tea trolley", "tea", YESTERDAY, 4, "mine")]
    async with staged(tmp_path, size, waiting=waiting) as stage:

        def keep(name: str) -> None:
            golden(f"tui-{name}-{at}", stage.text())

        await stage.until(lambda: "yesterday" in stage.text(), "the unfinished session is listed")
        keep("choose")
        stage.app.brief(tea())
        await stage.page(BriefingPage)
        keep("briefing")
        await stage.scene(timed=False)
        keep("scene-first")
        await stage.reply("own-it")
        keep("scene")
        await stage.press("h")
        await stage.until(lambda: "Physical intervention" in stage.text(), "the reach is answered")
        keep("reach")
        await stage.press("p")
        await stage.page(PausePage)
        keep("pause")
        await stage.press("p", "question_mark")
        await stage.page(HelpPage)
        keep("help")
        await stage.press("escape", "x")
        await stage.page(AskPage)
        keep("step-out")
        await stage.press("escape", "a")
        await stage.page(AftercarePage)
        keep("aftercare")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_end(size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    at = f"{size[0]}x{size[1]}"
    async with staged(tmp_path, size) as stage:
        await stage.to_the_end()
        golden(f"tui-scene-over-{at}", stage.text())
        page = await stage.to_own_say(there=True)
        golden(f"tui-word-{at}", stage.text())
        await stage.press("enter")
        await stage.until(lambda: page.step == 1)
        await stage.ready()
        await stage.press("7")
        golden(f"tui-sure-{at}", stage.text())
        await stage.press("enter")
        await stage.page(AccountPage)
        await stage.pilot.pause()
        golden(f"tui-account-{at}", stage.text())
        await stage.ready()
        await stage.press("escape")
        await stage.page(RatePage)
        await stage.ready()
        golden(f"tui-rate-{at}", stage.text())
        await stage.press("2")
        for _ in range(2):
            await stage.ready()
            await stage.press("ctrl+s")
        await stage.until(lambda: "Rate more" in blocks(stage, "#told"))
        await stage.pilot.pause()
        golden(f"tui-rate-more-{at}", stage.text())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_debrief(size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    at = f"{size[0]}x{size[1]}"
    async with staged(tmp_path, size) as stage:
        session = stage.looked_back(ROUGH)
        for part in ("felt", "timeline", "moments", "side", "feedback", "fork", "keep"):
            await stage.to_part(part, session)
            if part == "timeline":
                await stage.press("down", "down")
                await stage.pilot.pause()
            golden(f"tui-{part}-{at}", stage.text())
        page = await stage.to_part("feedback", session)
        await stage.to_row(page.rating("C4"))
        golden(f"tui-ratings-{at}", stage.text())
        await stage.press("c")
        await stage.page(ContestPage)
        golden(f"tui-contest-{at}", stage.text())
        await stage.press("escape")
        await stage.ready_again(page)
        await stage.press("enter")
        await stage.page(RatingPage)
        await stage.pilot.pause()
        golden(f"tui-rating-{at}", stage.text())
        await stage.to_row(3)
        await stage.press("enter")
        await stage.page(TurnsPage)
        await stage.pilot.pause()
        golden(f"tui-turn-{at}", stage.text())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_two_roads_and_the_own_page(
    size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    at = f"{size[0]}x{size[1]}"
    async with staged(tmp_path, size) as stage:
        session = stage.looked_back(ROUGH)
        session.rewind(1)
        session.answer("own-it")
        session.answer("ring-now")
        await stage.to_part("fork", session)
        golden(f"tui-roads-{at}", stage.text())
        stage.app.home()
        own = an_own_page()
        stage.practice.own = own
        stage.app.own_page()
        await stage.page(OwnPage)
        await stage.until(lambda: "Kept" in blocks(stage, "#told"))
        await stage.pilot.pause()
        golden(f"tui-own-{at}", stage.text())
        stage.app.push_screen(SourcesPage(own.ratings[0], own.claim))
        await stage.page(SourcesPage)
        await stage.pilot.pause()
        golden(f"tui-own-rating-{at}", stage.text())
