"""The trainee's own page: filled, empty or unreadable; every figure of it opens to sessions and turns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import StoreTrouble
from simulator.session import Session
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.screens.opened import RatingPage
from simulator.tui.screens.own import OwnPage, SourcesPage
from tests.simulator.tui.own_pages import an_own_page
from tests.simulator.tui.stage import Stage, blocks, staged


async def opened(stage: Stage) -> OwnPage:
    """The own page, by its key, filled."""
    await stage.until(lambda: "practising as" in stage.text(), "the chooser is filled")
    await stage.press("ctrl+o")
    page: OwnPage = await stage.page(OwnPage)
    await stage.until(lambda: "Looking" not in blocks(stage, "#told"), "it is filled")
    return page


def place(page: Any, words: str) -> int:
    return next(at for at, row in enumerate(page.rows) if words in row.block.plain)


async def test_all_of_it_is_told(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.own = an_own_page()
        page = await opened(stage)
        told = blocks(stage, "#told")
        for words in (
            "yours alone",
            "Saying sorry first",
            "Naming a time",
            "When: Monday's early.",
            "3.5 of 5, suggested from 4 turns",
            "not enough seen: 1 turn",
            "4 before, 6 after",
            "no measure of skill",
            "It waits to be looked back on.",
            "Asha opened it, 20 November 2026.",
            "EMDABS-aligned, not EMDABS",
        ):
            assert words in told, words
        assert "Aftermath and repair" not in told, "no turn has spoken for it"
        rows = [row for row in page.rows if any(letter.isdigit() for letter in row.block.plain)]
        assert all(
            row.opens for row in rows if "of 10" not in row.block.plain and "times" not in row.block.plain
        )
        await stage.press("escape")
        await stage.page(ChoosePage)


async def test_there_is_nothing_yet(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await opened(stage)
        assert "There is nothing here yet." in stage.text()


async def test_it_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise StoreTrouble("The records are away.", "Ask whoever looks after this computer.")

    async with staged(tmp_path) as stage:
        monkeypatch.setattr(stage.practice, "own_page", away)
        await opened(stage)
        assert "The records are away." in stage.text()


async def test_a_figure_opens_to_the_session_and_its_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.own = an_own_page()
        session = stage.looked_back()
        asked: list[str | None] = []

        def resume(name: str | None = None) -> Session:
            asked.append(name)
            return session

        monkeypatch.setattr(stage.practice, "resume", resume)
        page = await opened(stage)
        await stage.to_row(place(page, "Inquiring and listening"))
        await stage.press("enter")
        sources = await stage.page(SourcesPage)
        await stage.to_row(place(sources, "turns 1, 3 and 4"))
        await stage.press("enter")
        await stage.page(RatingPage)
        assert asked == ["s1"] and "C3, Inquiring and listening" in blocks(stage, "#told")
        await stage.press("escape")
        await stage.part("feedback")


async def test_a_session_that_waits_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.own = an_own_page()
        session = stage.practice.start(
            stage.looked_back().loaded, "mine", opening="usual", cast="Marcus", seed=1
        )
        session.answer("own-it")
        session.answer("ring-now")
        monkeypatch.setattr(stage.practice, "resume", lambda name=None: session)
        page = await opened(stage)
        await stage.to_row(place(page, "It waits"))
        await stage.press("enter")
        await stage.part("word")


async def test_what_to_practise_next_opens_its_briefing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.own = an_own_page()
        page = await opened(stage)
        await stage.to_row(place(page, "Staying calm has been seen least"))
        await stage.press("enter")
        await stage.page(AskPage)
        assert "cannot be opened" in stage.text(), "the tests' shelf has it, the library has not"
