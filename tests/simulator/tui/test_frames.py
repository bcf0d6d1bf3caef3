"""What every page looks like, letter for letter, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.kept import Unfinished
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.briefing import BriefingPage
from simulator.tui.screens.help import HelpPage
from simulator.tui.screens.pause import PausePage
from simulator.tui.screens.reflect import ReflectPage
from tests.simulator.tui.stage import staged, tea

YESTERDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
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


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 16)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_end(size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    at = f"{size[0]}x{size[1]}"
    async with staged(tmp_path, size) as stage:
        await stage.to_the_end()
        golden(f"tui-scene-over-{at}", stage.text())
        await stage.press("enter")
        page = await stage.page(ReflectPage)
        golden(f"tui-word-{at}", stage.text())
        await stage.ready()
        await stage.press("enter")
        await stage.until(lambda: page._asking)
        await stage.pilot.pause()
        golden(f"tui-question-{at}", stage.text())
    async with staged(tmp_path, size) as stage:
        await stage.to_debrief()
        golden(f"tui-end-{at}", stage.text())
