"""Looking back, key by key: one's own say first, then each part, which can be left out, gone back to and left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.claims import CLAIM
from simulator.told import Part
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.screens.contest import ContestPage
from simulator.tui.screens.felt import FeltPage
from simulator.tui.screens.fork import ForkPage
from simulator.tui.screens.opened import RatingPage, TurnsPage
from simulator.tui.screens.part import Reading
from simulator.tui.screens.scene import ScenePage
from simulator.tui.walk import PARTS, before, following, whereabouts
from simulator.tui.widgets.chart import Chart
from simulator.tui.widgets.sure import Sure
from tests.simulator.tui.stage import ROUGH, Stage, blocks, staged

READ: tuple[Part, ...] = ("felt", "timeline", "side", "feedback", "fork")


# the order


def test_the_order_and_the_quiet_line() -> None:
    assert whereabouts("self-rating") == "3 of 10, how you see it"
    assert [following(part) for part in PARTS] == [*PARTS[1:], None]
    assert [before(part) for part in PARTS] == [None] * 4 + list(PARTS[3:-1])


async def test_the_whole_way_by_keys(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_own_say()
        await stage.press(*"tired", "enter")
        await stage.until(lambda: stage.app.screen.query_one(Sure).display)
        await stage.ready()
        await stage.press("1", "0", "left", "enter")
        await stage.part("account")
        await stage.press(*"He waited", "ctrl+s")
        await stage.part("self-rating")
        await stage.press("4")
        await stage.ready()
        await stage.press("down", "down", "enter")
        await stage.ready()
        await stage.press("ctrl+s")
        await stage.ready()
        await stage.press("enter")
        await stage.part("felt")
        await stage.press("ctrl+s")
        await stage.part("timeline")
        await stage.press("ctrl+s")
        await stage.part("moments")
        await stage.press(*"Hope", "ctrl+s")
        await stage.ready()
        await stage.press("ctrl+s")
        for part in ("side", "feedback", "fork"):
            await stage.part(part)
            await stage.press("end", "enter")
        page = await stage.part("keep")
        await stage.press(*"Sorry", "enter")
        await stage.until(lambda: page.step == 1)
        await stage.ready()
        await stage.press(*"A time", "enter")
        await stage.until(lambda: page.step == 2)
        await stage.ready()
        await stage.press(*"Monday", "enter")
        await stage.page(AftercarePage)
        debrief = page.session.debrief()
        assert (debrief.word, debrief.account, debrief.blind) == ("tired", "He waited", True)
        assert sorted(each.own for each in debrief.ratings if each.own) == [2, 4]
        assert [moment.answer for moment in debrief.moments] == ["Hope", ""]
        assert (debrief.to_keep, debrief.to_try, debrief.when) == ("Sorry", "A time", "Monday")
        assert page.session.confidence == (None, 9) and page.session.part() is None
        await stage.press("enter")
        await stage.page(ChoosePage)


# leaving out, leaving, coming back


async def test_every_part_can_be_left_out_with_one_key(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("felt")
        for part in PARTS[4:]:
            await stage.press("escape")
            await stage.part(part)
        await stage.press("escape")
        await stage.page(AftercarePage)
        assert [moment.answer for moment in page.session.debrief().moments] == ["", ""]
        assert page.session.part() is None


@pytest.mark.parametrize("part", ["feedback", "moments"])
async def test_leaving_goes_to_aftercare_and_back_or_out(part: Part, tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part(part)
        await stage.press("ctrl+e")
        await stage.page(AftercarePage)
        await stage.press("escape")
        await stage.ready_again(page)
        if part in READ:
            await stage.press("q")
            await stage.page(AftercarePage)
            await stage.press("enter")
        else:
            await stage.press("ctrl+e", "q")
        await stage.page(ChoosePage)
        assert stage.app.session is None


async def test_what_was_said_is_kept_at_once_and_gone_on_from(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        session = stage.looked_back()
        page = await stage.to_part("moments", session)
        await stage.press(*"Hope", "ctrl+s")
        await stage.until(lambda: page.step == 1)
        assert stage.practice.records.kinds[-1] == "Inquired"
        await stage.ready()
        await stage.press("ctrl+e", "q")
        await stage.page(ChoosePage)
        again = stage.looked_back()
        again.inquire(0, "Hope")
        stage.app.look_back(again)
        page = await stage.part("moments")
        assert page.step == 1, "the first moment was answered"


async def test_what_cannot_be_saved_waits(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_own_say()
        stage.practice.records.broken = True
        await stage.press(*"tired", "enter")
        await stage.page(AskPage)
        assert page.step == 0 and "Not saved yet" in stage.text()
        stage.practice.records.broken = False
        await stage.press("1")
        await stage.until(lambda: page.step == 1)
        assert stage.practice.records.kinds[-1] == "Word"


async def test_the_part_before(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_part("side")
        await stage.press("ctrl+b")
        await stage.part("moments")
        await stage.press("ctrl+b")
        await stage.part("timeline")
        await stage.press("ctrl+b")
        await stage.part("felt")
        await stage.press("ctrl+b")
        await stage.pilot.pause()
        assert isinstance(stage.app.screen, FeltPage), "one's own say is closed once the debrief is open"


# what is shown

NO_FIGURE = re.compile(r"Began |As the scene has it|Two roads from|Take \d+, beside it|Take \d+ ended")
"""How it stood before any turn, what the figures go from and to, and headings."""


def numbers(page: Reading) -> Iterator[str]:
    """Rows that tell a figure and do not open to where it comes from."""
    for row in page.rows:
        if re.search(r"\d", row.block.plain) and row.opens is None and row.turn is None:
            yield row.block.plain


async def test_every_number_opens_to_its_turns(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        session = stage.looked_back(ROUGH)
        session.rewind(2)
        session.answer("own-it")
        session.answer("ring-now")
        for part in READ:
            page = await stage.to_part(part, session)
            left = [told for told in numbers(page) if not NO_FIGURE.match(told)]
            assert left == [], part
            opening = [row.opens for row in page.rows[:-1] if row.opens and part != "fork"]
            for opens in opening[:: 1 + len(opening) // 8]:
                opens()
                await stage.until(lambda: isinstance(stage.app.screen, TurnsPage | RatingPage))
                await stage.until(lambda: stage.app.screen.is_mounted)
                told = blocks(stage, "#told")
                assert "Turn " in told or "not enough seen: no turns" in told
                await stage.app.pop_screen()


async def test_a_rating_opens_to_evidence_and_evidence_to_its_turn(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("feedback", stage.looked_back(ROUGH))
        await stage.to_row(page.rating("C4"))
        await stage.press("enter")
        rating = await stage.page(RatingPage)
        told = blocks(stage, "#told")
        assert CLAIM in told and "Turn 3: It'll be here soon." in told
        await stage.to_row(next(place for place, row in enumerate(rating.rows) if row.opens))
        await stage.press("enter")
        await stage.page(TurnsPage)
        assert "Soon. Right." in blocks(stage, "#told")
        await stage.press("escape", "escape")
        await stage.until(lambda: stage.app.screen is page)


async def test_a_statement_opens_to_the_turns_for_and_against(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_part("side", stage.looked_back(ROUGH))
        await stage.to_row(1)
        await stage.press("enter")
        await stage.page(TurnsPage)
        told = blocks(stage, "#told")
        assert "Spoke for it" in told and "Spoke against it" in told and "Turn 4" in told


async def test_a_moment_opens_its_turn_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("moments", stage.looked_back(ROUGH))
        await stage.press(*"I was", "ctrl+o")
        await stage.page(TurnsPage)
        assert "Only tea. To you." in blocks(stage, "#told")
        await stage.press("escape")
        await stage.ready_again(page)
        assert page.answer == "I was"


async def test_the_chart_is_also_a_table(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("timeline", stage.looked_back(ROUGH))
        drawn = page.query_one(Chart)
        assert "^0" in stage.text() and "tension 8, up 3" in stage.text()
        await stage.press("down", "down")
        await stage.until(lambda: "^2" in stage.text(), "the cursor's turn is marked")
        await stage.press("v")
        await stage.until(lambda: not drawn.display)
        await stage.pilot.pause()
        assert "^2" not in stage.text() and "tension 7, down 1" in stage.text()
        await stage.press("v")
        await stage.until(lambda: drawn.display)


async def test_nothing_is_told_by_colour_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for colour in (False, True):
        if colour:
            monkeypatch.setenv("NO_COLOR", "1")
        async with staged(tmp_path) as stage:
            for part in ("timeline", "side", "feedback", "fork"):
                await stage.to_part(part, stage.looked_back(ROUGH))
                shown.append(stage.text())
    assert shown[:4] == shown[4:]


# seeing it differently


async def test_a_rating_and_a_tag_can_be_seen_differently(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("feedback", stage.looked_back(ROUGH, keep="shared"))
        await stage.to_row(page.rating("C4"))
        await stage.press("c")
        await stage.page(ContestPage)
        assert "your facilitator reads it" in stage.text()
        await stage.press(*"Too low", "ctrl+s")
        await stage.ready_again(page)
        await stage.until(lambda: "You see it differently: Too low" in blocks(stage, "#told"))
        assert page.listed.highlighted == page.rating("C4"), "the cursor stays"
        await stage.press("c")
        await stage.page(ContestPage)
        await stage.press(*"!", "escape")
        await stage.ready_again(page)
        assert page.session.debrief().ratings[3].contest == "Too low"
        await stage.to_row(0)
        await stage.press("enter")
        turn = await stage.page(TurnsPage)
        assert turn.rows[0].contest is None
        await stage.press("c", "down", "c")
        await stage.page(ContestPage)
        await stage.press(*"I meant it", "ctrl+s")
        await stage.until(lambda: "You see it differently: I meant it" in blocks(stage, "#told"))
        assert stage.practice.records.kinds[-2:] == ["Contested", "Contested"]


# the fork


async def again(stage: Stage, *replies: str) -> None:
    """Say yes, play it again, and on."""
    await stage.page(AskPage)
    await stage.press("1")
    await stage.page(ScenePage)
    await stage.ready()
    for reply in replies:
        await stage.reply(reply)
    await stage.press("enter")


async def test_a_fork_and_then_both_roads(tmp_path: Path) -> None:
    async with staged(tmp_path, (120, 40)) as stage:
        page = await stage.to_part("fork", stage.looked_back(ROUGH))
        assert "Two roads" not in blocks(stage, "#told")
        await stage.to_row(2)
        await stage.press("enter")
        await again(stage, "own-it", "ring-now")
        page = await stage.part("fork")
        assert "Two roads from turn 2" in stage.text()
        beside = [
            line
            for line in stage.text().splitlines()
            if "Take 1, turn 2" in line and "Take 2, turn 2" in line
        ]
        assert len(beside) == 1, "two columns where there is room"
        await stage.press("ctrl+s")
        await stage.part("keep")
        assert page.session.now().take == 2


async def test_trying_from_another_part_comes_back_to_it(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.to_part("timeline")
        await stage.press("down", "t")
        await again(stage, "step-back", "ring-now")
        page = await stage.part("fork")
        assert isinstance(page, ForkPage)
        one_below = [line for line in stage.text().splitlines() if "Take 1" in line and "Take 2" in line]
        assert not one_below, "one after the other where there is little room"
        await stage.press("ctrl+s")
        await stage.part("timeline")


async def test_a_thing_to_try_is_tried_from_there(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("feedback", stage.looked_back(ROUGH))
        place = next(at for at, row in enumerate(page.rows) if "You could try" in row.block.plain)
        await stage.to_row(place)
        turn = page.rows[place].turn
        await stage.press("t")
        await stage.page(AskPage)
        assert f"Take turn {turn} again?" in stage.text()
        await stage.press("2")
        await stage.until(lambda: stage.app.screen is page)


async def test_what_is_kept_can_be_changed_while_looking_back(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("felt")
        for keys, keep in (("3", "shared"), ("1", "none")):
            await stage.press("k")
            await stage.page(AskPage)
            await stage.press(keys)
            await stage.until(lambda: stage.app.screen is page)
            await stage.until(lambda keep=keep: page.session.keep == keep)  # type: ignore[misc]
        assert stage.practice.records.erased


async def test_the_cursor_comes_along_with_a_page(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.to_part("feedback", stage.looked_back(ROUGH))
        told = page.listed
        for key in ("pagedown", "pagedown", "pageup"):
            was = told.scroll_offset.y
            await stage.press(key)
            await stage.until(lambda was=was: told.scroll_offset.y != was)  # type: ignore[misc]
            await stage.pilot.pause()
            top = told._index_to_line[told.highlighted]
            assert told.scroll_offset.y <= top < told.scroll_offset.y + told.size.height
