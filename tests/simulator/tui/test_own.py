"""The trainee's own page: filled, empty or unreadable; every figure of it opens to sessions and turns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scoring.claims import CLAIM
from simulator.errors import StoreTrouble
from simulator.session import Session
from simulator.shown_review import HEADING, GivenShown, NoteShown, ReviewShown
from simulator.tui.groups import ask_group
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.screens.opened import RatingPage
from simulator.tui.screens.own import OwnPage, SourcesPage
from tests.simulator.tui.own_pages import an_own_page
from tests.simulator.tui.stage import TODAY, Stage, blocks, staged


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


SAID = ReviewShown(
    (NoteShown("Asha", TODAY, 1, 2, "You [b]waited[/b]."),),
    (),
    (GivenShown("Asha", TODAY, "C3", 4, "Heard."),),
)


async def test_what_facilitators_said_stands_there_and_where_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.own, stage.practice.review = an_own_page(), SAID
        session = stage.looked_back(keep="shared")
        monkeypatch.setattr(stage.practice, "resume", lambda name=None: session)
        page = await opened(stage)
        told = [row.block.plain for row in page.rows if "Asha" in row.block.plain]
        assert len(told) == 1, "of the session that was shared alone"
        for words in ("Asha wrote to you about turn 2: You [b]waited[/b].", "at 4 of 5: Heard.", CLAIM):
            assert words in told[0]
        await stage.to_row(place(page, "Asha wrote"))
        await stage.press("enter")
        await stage.part("felt")
        assert HEADING in stage.text() and "You [b]waited[/b]." in blocks(stage, "#told")


async def test_who_shares_is_asked_once_for_a_group(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        practice = stage.practice
        practice.__dict__["settings"] = replace(practice.settings, groups=("Spring", "Autumn"))
        went_on: list[str] = []
        ask_group(stage.app, "mine", lambda: went_on.append("mine"))
        assert went_on == ["mine"] and practice.joined == []
        ask_group(stage.app, "shared", lambda: went_on.append("shared"))
        await stage.page(AskPage)
        assert "Spring" in stage.text() and went_on == ["mine"]
        await stage.press("2")
        await stage.until(lambda: practice.joined == ["Autumn"], "it is joined")
        assert went_on == ["mine", "shared"]
        ask_group(stage.app, "shared", lambda: went_on.append("again"))
        assert went_on[-1] == "again", "asked once a sitting"


async def test_no_group_is_what_escape_means(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        practice = stage.practice
        practice.__dict__["settings"] = replace(practice.settings, groups=("Spring",))
        went_on: list[str] = []
        ask_group(stage.app, "shared", lambda: went_on.append("shared"))
        await stage.page(AskPage)
        await stage.press("escape")
        await stage.until(lambda: went_on == ["shared"], "it goes on")
        assert practice.joined == [None]
