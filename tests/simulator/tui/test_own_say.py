"""One's own say first: a word, an account, one's own view; nothing that judges shows before it, on any page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from scenarios.load import Loaded, load_bytes
from scoring.claims import CLAIM
from simulator.told import Part
from simulator.tui.screens.felt import FeltPage
from simulator.tui.screens.rate import RatePage
from simulator.tui.screens.word import WordPage
from tests.simulator.tui.stage import TEA, _Words, blocks, staged

READ: tuple[Part, ...] = ("felt", "timeline", "side", "feedback", "fork")


# nothing before the trainee's own say

SOME_SCALES = 2
"""How many are opened and rated; they are all made alike."""
PLANTED = re.compile("Zq[a-z]+")
JUDGES = ("tension", "felt safety", "suggested from", "usually helps", "can harm", CLAIM[:30])


def planted() -> Loaded:
    """The tests' scenario with a mark in everything that nobody may see before their own say."""
    data: Any = yaml.load(TEA.read_text(encoding="utf-8"), _Words)
    data["person"]["matters"] = "Zqmatters"
    for number, fact in enumerate(data["facts"].values()):
        fact["says"] = f"Zqfact {number}"
    for moment in data["moments"].values():
        for reply in [*moment["replies"], *([moment["silence"]] if "silence" in moment else [])]:
            reply |= {"felt": "Zqfelt", "why": "Zqwhy"}
        for reply in moment["replies"]:
            reply["instead"] = "Zqinstead"
    for ending in data["endings"].values():
        ending |= {"felt": "Zqending", "questions": ["Zqquestion?"]}
    return load_bytes(yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode(), None, "p.yaml", "p")


async def test_nothing_that_judges_shows_before_the_own_say(tmp_path: Path) -> None:
    async with staged(tmp_path, (80, 24)) as stage:
        frames: list[str] = []

        async def seen(*keys: str) -> None:
            """Press keys one at a time, and keep what is shown after each, from top to bottom of a list."""
            for key in keys:
                await stage.press(key)
                await stage.pilot.pause()
                frames.append(stage.text())
                for told in stage.app.screen.query("#told"):
                    frames.append(told.text())  # type: ignore[attr-defined]

        await stage.scene(planted(), timed=False)
        await stage.reply("calm")
        await stage.reply("own-it")
        await stage.reply("ring-now")
        scene = stage.app.screen
        await seen("question_mark", "escape")
        await stage.ready_again(scene)
        await seen("enter")
        await stage.part("word")
        await seen("f1", "escape", "ctrl+e", "escape")
        await stage.ready_again(stage.app.screen)
        await seen("enter")
        await stage.ready()
        await seen("5", "enter")
        await stage.part("account")
        await seen("ctrl+s")
        page = await stage.part("self-rating")
        for _ in range(3):
            await seen("down", "question_mark", "escape")
            await stage.ready_again(page)
            await seen("ctrl+s")
            await stage.ready()
        await seen("down", "enter")
        await stage.ready()
        for place in range(SOME_SCALES):
            await stage.to_row(place)
            await seen("enter")
            await stage.ready()
            await seen("ctrl+s")
            await stage.ready()
            await seen("down", "enter")
            await stage.ready()
        await seen("escape")
        await stage.ready()
        shown = "\n".join(frames)
        assert len(frames) > 40 and not page.session.debrief_open
        assert PLANTED.findall(shown) == []
        assert not [word for word in JUDGES if word in shown.lower()]
        # and the test can fail: all of it is there afterwards
        await seen("escape")
        for part in READ:
            await stage.to_part(part, page.session)
            await seen("home")
        await stage.to_part("keep", page.session)
        await seen("question_mark", "escape")
        await stage.to_part("timeline", page.session)
        await seen("down", "enter")
        marks = {"Zqfelt", "Zqwhy", "Zqinstead", "Zqmatters", "Zqfact", "Zqending", "Zqquestion"}
        assert set(PLANTED.findall("\n".join(frames))) == marks


async def test_a_second_enter_is_not_meant_for_the_next_part(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_the_end()
        await stage.press("enter")
        page = await stage.page(WordPage)
        await stage.until(lambda: page.grace._from is not None)
        await stage.press("enter", "escape", "ctrl+s")
        await stage.pilot.pause()
        assert page.step == 0 and page.session.before_reveal() == "word"
        assert stage.app.screen is page


async def test_the_own_say_can_be_left_out_part_by_part(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_own_say()
        await stage.press("escape")
        await stage.part("account")
        await stage.press("escape")
        await stage.part("self-rating")
        assert "recorded as not blind" in " ".join(stage.text().split()).replace("not │", "not")
        await stage.press("escape")
        await stage.page(FeltPage)
        debrief = page.session.debrief()
        assert (debrief.word, debrief.account, debrief.blind) == (None, None, False)
        await stage.until(lambda: "recorded as not blind" in stage.text(), "it is said plainly")


# one's own view


async def test_rating_more_and_changing_one(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_own_say()
        for part in ("account", "self-rating"):
            await stage.press("escape")
            page = await stage.part(part)
        assert isinstance(page, RatePage)
        first = page.session.scales()[0]
        await stage.press("2")
        for _ in range(2):
            await stage.ready()
            await stage.press("ctrl+s")
        await stage.ready()
        assert f"{first.name}: 2" in blocks(stage, "#told")
        await stage.press("down", "enter")
        await stage.ready()
        assert "you put yourself at 2" in blocks(stage, "#told")
        await stage.press("enter")
        await stage.ready()
        assert "you chose this" in blocks(stage, "#told")
        await stage.press("5")
        await stage.ready()
        assert page.session.scales()[0].rated == 5
        await stage.press("ctrl+s")
        await stage.part("felt")
        assert page.session.debrief().blind
