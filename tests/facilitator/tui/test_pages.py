"""Side by side, the group picture, the people who review; and the command that opens all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from facilitator import review_command
from facilitator.cohort import BYS
from facilitator.rows import CohortFilter
from facilitator.tui.compare import ComparePage
from facilitator.tui.group import GroupPage
from facilitator.tui.people import PeoplePage
from facilitator.tui.pick import LinePage, PickPage
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import SessionsPage
from simulator.tui.screens.ask import AskPage
from tests.facilitator.commanding import Commands
from tests.facilitator.rooms import WORDS, closed_room
from tests.facilitator.tui.desk import Desk, desk, played, rich
from tests.simulator.service import FakeClock, at, begin


async def take_of(stage: Desk, words: str) -> None:
    """Choose the first take that is offered in these words."""
    page = await stage.page(PickPage)
    page.query_one(Input).value = words
    await stage.until(lambda: page._found and all(words in says for _, says in page._found), words)
    await stage.press("enter")


async def compared(stage: Desk, names: str) -> ComparePage:
    """Wait until two roads lie side by side under these names; their lines are in the list by then."""
    page: ComparePage = await stage.page(ComparePage)
    await stage.shows(names)
    await stage.until(stage.told, "both roads")
    return page


async def picture(stage: Desk, *keys: str) -> GroupPage:
    """Ask for the group picture, and with these keys for what it is of."""
    await stage.press("g")
    await stage.page(PickPage)
    await stage.until(lambda: stage.app.screen._found)  # type: ignore[attr-defined]
    await stage.press(*keys)
    page: GroupPage = await stage.page(GroupPage)
    return page


async def test_any_two_takes_side_by_side(tmp_path: Path) -> None:
    session = begin(at(tmp_path, "Sam"), "shared")
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    for _ in range(2):
        session.rewind(2)
        session.answer("ring-now")
    session.close()
    async with desk(tmp_path) as stage:
        await stage.session()
        await stage.press("v")
        await take_of(stage, "take 2,")
        await take_of(stage, "take 3,")
        await compared(stage, "take 2 | take 3")


async def test_two_takes_and_two_sessions_side_by_side(tmp_path: Path) -> None:
    clock = FakeClock()
    played(tmp_path, "Robin", clock=clock).close()
    clock.pass_ms(1_000)
    rich(tmp_path, clock).close()
    async with desk(tmp_path, clock=clock) as stage:
        await stage.table(2)
        await stage.press("v", "down", "v")
        await take_of(stage, "again from turn")
        await compared(stage, "Sam, take 2 | Robin")
        await stage.press("escape")
        await stage.page(SessionsPage)
        await stage.press("home", "v", "down", "v")
        await take_of(stage, "take 1")
        page = await compared(stage, "Sam, take 1 | Robin")
        assert "The roads part at turn 1" in stage.text()
        assert "Here the roads part" in stage.told() and "not on this road" in stage.told()
        await stage.press("p")
        assert page.line is not None and page.line.key == f"row{page.compared.parted}"
        await stage.press("escape")
        await stage.page(SessionsPage)
        await stage.press("home", "enter")
        await stage.page(SessionPage)
        await stage.press("v")
        await compared(stage, "take 1 | take 2")


async def test_the_group_picture_leaves_out_what_rests_on_too_few(tmp_path: Path) -> None:
    played(tmp_path).close()
    async with desk(tmp_path) as stage:
        await stage.table(1)
        await picture(stage, "enter")
        await stage.until(stage.told)
        assert "fewer than five people" in " ".join(stage.told().split()) and "Sam" not in stage.told()


async def test_the_group_picture_is_narrowed_by_the_closed_filters_alone(tmp_path: Path) -> None:
    for place in range(10):
        group = "Ash" if place < 5 else "Birch"
        played(tmp_path, f"Person {place}", group=group).close()
    async with desk(tmp_path) as stage:
        await stage.table(10)
        page = await picture(stage, "enter")
        await stage.until(lambda: "About 10 people." in stage.told(), "everybody")
        await stage.press("b", "3")
        await stage.until(lambda: "Side by side: Ash (about 5) and Birch (about 5)." in stage.told())
        assert "Ash everybody; Birch everybody" in stage.told()
        await stage.press("b", "5")
        await stage.until(lambda: "Birch" not in stage.told())
        await stage.press("f")
        asked = await stage.page(AskPage)
        assert [choice.id for choice in asked._choices] == [*BYS, "leave"]
        await stage.press("3")
        await stage.page(PickPage)
        await stage.until(lambda: stage.app.screen._found)  # type: ignore[attr-defined]
        await stage.type("ash")
        await stage.until(lambda: len(stage.app.screen._found) == 1)  # type: ignore[attr-defined]
        await stage.press("enter")
        await stage.until(lambda: "About 5 people of the group Ash." in stage.told(), "Ash alone")
        assert page.which == CohortFilter("tea", group="Ash")


async def test_every_scene_over_time(tmp_path: Path) -> None:
    for place in range(5):
        played(tmp_path, f"Person {place}").close()
    async with desk(tmp_path) as stage:
        await stage.table(5)
        await picture(stage, "down", "enter")
        await stage.until(lambda: "A group over time: everybody who shared" in stage.told(), "over time")
        assert "about 5" in stage.told()
        await stage.press("b", "escape")
        await stage.page(SessionsPage)


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
    assert ran.code == 2 and "so there is no review here" in ran.err and "`show SESSION`" in ran.err
    assert not (tmp_path / "kept").exists(), "asking makes no records"


def test_there_the_first_facilitator_is_made_in_lines_of_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    commands = Commands(capsys, monkeypatch, (review_command.join,))
    commands.terminal("Bea", "short", WORDS, "something else entirely", WORDS, WORDS, "the NHS", "NHS")
    ran = commands.run(tmp_path, "review", passphrase=None)
    assert ran.code == 0 and "Bea can review here" in ran.out and "`report SESSION -o FILE`" in ran.out
    assert "fewer than 12" in ran.out and "not the same" in ran.out and WORDS not in ran.out
    room = closed_room(tmp_path)
    assert room.enter(WORDS).sector == "nhs"
    room.close()
    asked = commands.terminal()
    again = commands.run(tmp_path, "review", passphrase=None)
    assert again.code == 2 and not asked and "so there is no review here" in again.err


def test_who_leaves_the_questions_makes_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands(capsys, monkeypatch, (review_command.join,))
    commands.terminal("Bea", WORDS)
    ran = commands.run(tmp_path, "review", passphrase=None)
    assert ran.code == 2 and "nobody was made" in ran.err
    assert not (tmp_path / "kept").exists()
