"""Nobody sees anything before the passphrase, nor after ten minutes without a key; what was typed stays."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, TextArea

from facilitator.tui.door import DoorPage
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import SessionsPage
from facilitator.tui.write import WritePage
from tests.facilitator.rooms import WORDS, colleague
from tests.facilitator.tui.desk import Desk, desk, played
from tests.simulator.service import FakeClock


async def answered(stage: Desk, asking: str, text: str) -> None:
    """Wait until this is asked for, and answer."""
    door = await stage.page(DoorPage)
    await stage.until(lambda: door._asking == asking, asking)
    door.query_one(Input).value = text
    await stage.press("enter")


async def test_the_first_who_comes_is_made_a_facilitator(tmp_path: Path) -> None:
    async with desk(tmp_path, made=False) as stage:
        await answered(stage, "name", "Bea")
        await answered(stage, "choose", "short")
        await stage.shows("fewer than 12")
        await answered(stage, "choose", WORDS)
        await answered(stage, "again", WORDS.upper())
        await stage.shows("not the same")
        await answered(stage, "choose", WORDS)
        await answered(stage, "again", WORDS)
        await stage.shows("Where do you review from?")
        await stage.press("down", "enter")
        await stage.page(SessionsPage)
        assert (stage.room.me.name, stage.room.me.sector, stage.room.me.groups) == ("Bea", "voluntary", None)
        assert WORDS not in stage.text()


async def test_wrong_tries_are_met_with_a_wait_that_counts_down(tmp_path: Path) -> None:
    played(tmp_path).close()
    async with desk(tmp_path) as stage:
        door = await stage.page(DoorPage)
        for _ in range(8):
            await answered(stage, "passphrase", "not this one at all")
            await stage.until(lambda: door._asking == "passphrase", "asked again")
            await stage.shows("not fit")
            if door._until:
                break
        assert door._until, "some try has to be met with a wait"
        await stage.shows("You can try again in")
        assert "Sam" not in stage.text() and not stage.app.table.query_one("#table").rows  # type: ignore[attr-defined]
        stage.ticking.pass_s(10_000)
        await stage.shows("try again now")
        stage.clock.pass_ms(10_000_000)
        await answered(stage, "passphrase", WORDS)
        await stage.page(SessionsPage)


async def test_ten_minutes_without_a_key_cover_the_screen_and_lose_nothing(tmp_path: Path) -> None:
    played(tmp_path, word="unmistakable").close()
    clock = FakeClock()
    async with desk(tmp_path, clock=clock) as stage:
        await stage.session()
        await stage.press("n")
        page = await stage.page(WritePage)
        page.query_one(TextArea).text = "half a thou"
        clock.pass_ms(9 * 60_000)
        await stage.press("left")
        clock.pass_ms(9 * 60_000)
        stage.app.look()
        assert isinstance(stage.app.screen, WritePage), "the key nine minutes ago counts"
        clock.pass_ms(60_000)
        await stage.press("x")  # the key that comes too late only covers the screen
        await stage.page(DoorPage)
        await stage.shows("ten minutes")
        assert "thou" not in stage.text() and "trolley" not in stage.text()
        await stage.press("escape", "ctrl+p", "question_mark")
        assert isinstance(stage.app.screen, DoorPage), "there is no way round the door"
        await answered(stage, "passphrase", WORDS)
        await stage.page(WritePage)
        assert page.query_one(TextArea).text == "half a thou"
        await stage.press("ctrl+s")
        session = await stage.page(SessionPage)
        assert session.review.facts[0].body["text"] == "half a thou"


async def test_minding_the_lock_needs_no_key_and_ctrl_o_covers_at_once(tmp_path: Path) -> None:
    clock = FakeClock()
    async with desk(tmp_path, clock=clock) as stage:
        await stage.enter()
        clock.pass_ms(10 * 60_000)
        stage.app.look()
        await stage.page(DoorPage)
        await answered(stage, "passphrase", WORDS)
        await stage.page(SessionsPage)
        await stage.press("ctrl+o")
        await stage.page(DoorPage)
        assert stage.room.locked, "a covered room is a locked one"


async def test_where_there_are_several_one_is_asked_who_one_is(tmp_path: Path) -> None:
    colleague(tmp_path, "Robin").close()
    async with desk(tmp_path) as stage:
        door = await stage.page(DoorPage)
        await stage.until(lambda: door._asking == "who")
        await stage.press("down", "enter")
        await answered(stage, "passphrase", WORDS)
        await stage.page(SessionsPage)
        assert stage.room.me.name == "Robin"
