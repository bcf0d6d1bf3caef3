"""Side by side, the group picture, the people who review; and the command that opens all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from facilitator import review_command
from facilitator.tui.compare import ComparePage
from facilitator.tui.lists import OpenedPage
from facilitator.tui.people import PeoplePage
from facilitator.tui.pick import LinePage, PickPage
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import SessionsPage
from simulator.tui.screens.ask import AskPage
from tests.facilitator.commanding import Commands
from tests.facilitator.rooms import WORDS, closed_room
from tests.facilitator.tui.desk import Desk, desk, played, rich
from tests.simulator.service import FakeClock


async def test_two_takes_and_two_sessions_side_by_side(tmp_path: Path) -> None:
    clock = FakeClock()
    played(tmp_path, "Robin", clock=clock).close()
    clock.pass_ms(1_000)
    rich(tmp_path, clock).close()
    async with desk(tmp_path, clock=clock) as stage:
        await stage.table(2)
        await stage.press("v", "down", "v")
        page = await stage.page(ComparePage)
        assert "Sam | Robin" in stage.text() and "The roads part at turn 1" in stage.text()
        assert "Here the roads part" in stage.told() and "not on this road" in stage.told()
        await stage.press("p")
        assert page.line.key == f"row{page.compared.parted}"
        await stage.press("escape")
        await stage.page(SessionsPage)
        await stage.press("home", "enter")
        await stage.page(SessionPage)
        await stage.press("v")
        await stage.page(ComparePage)
        assert "take 1 | take 2" in stage.text()


async def test_the_group_picture_leaves_out_what_rests_on_too_few(tmp_path: Path) -> None:
    played(tmp_path).close()
    async with desk(tmp_path) as stage:
        await stage.table(1)
        await stage.press("g")
        await stage.page(PickPage)
        await stage.until(lambda: stage.app.screen._found)  # type: ignore[attr-defined]
        await stage.press("enter")
        await stage.page(OpenedPage)
        assert "fewer than five people" in " ".join(stage.told().split()) and "Sam" not in stage.told()


async def lined(stage: Desk, text: str) -> None:
    """Answer a page that asks for one line."""
    page = await stage.page(LinePage)
    page.query_one(Input).value = text
    await stage.press("enter")


async def test_a_colleague_is_added_and_lets_themselves_in(tmp_path: Path) -> None:
    async with desk(tmp_path) as stage:
        await stage.enter()
        await stage.press("p")
        await stage.page(PeoplePage)
        await stage.press("a")
        await lined(stage, "Robin")
        await stage.until(lambda: "passphrase for Robin" in stage.text())
        await lined(stage, "another one entirely")
        await stage.page(AskPage)
        await stage.press("2")
        await lined(stage, "Ash ward, Oak ward")
        await stage.page(PeoplePage)
        await stage.shows("groups: Ash ward, Oak ward, the voluntary sector")
        await stage.press("c")
        await lined(stage, "short")
        await stage.shows("at least 12")
        await lined(stage, "quite another passphrase")
        await stage.page(PeoplePage)
    room = closed_room(tmp_path)
    assert room.enter("another one entirely", "Robin").groups == ("Ash ward", "Oak ward")
    assert room.enter("quite another passphrase", "Bea").groups is None
    room.close()


def test_where_no_terminal_can_show_it_the_command_says_what_does_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = Commands(capsys, monkeypatch, (review_command.join,)).run(tmp_path, "review", passphrase=WORDS)
    assert ran.code == 2 and "so there is no review here" in ran.err and "words-first show SESSION" in ran.err
    assert not (tmp_path / "kept").exists(), "asking makes no records"
