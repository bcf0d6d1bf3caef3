"""A scene, key by key: answering, quiet, pausing, going back, hands-on, leaving, and what is not saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.tui.pace import GRACE, Grace, Quiet, reading
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.screens.help import HelpPage
from simulator.tui.screens.pause import PausePage
from simulator.tui.screens.scene import ScenePage
from simulator.tui.widgets.replies import QuietBar, Replies
from simulator.tui.widgets.transcript import Transcript
from tests.simulator.tui.stage import Stage, Ticking, scenario, staged


async def test_person_text_and_first_reply_are_both_in_sight(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.scene()
        assert "They said three. It's ten past." in stage.text()
        assert "\n  1  " in stage.text()
        for gauge in ("tension", "trust", "safety"):
            assert gauge not in stage.text().lower()


async def test_a_key_meant_for_the_last_turn_answers_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        page.grace.shown()
        await stage.press("1", "enter", "s")
        await stage.pilot.pause()
        assert page.session.now().turn == 1
        stage.clock.pass_s(GRACE)
        await stage.press("1", "1", "2")
        await stage.until(lambda: page.session.now().turn == 2)
        await stage.pilot.pause()
        assert page.session.now().turn == 2, "the second and third key fell into the grace of the next turn"


async def test_arrows_and_enter_answer(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("down", "enter")
        await stage.until(lambda: page.session.now().turn == 2)
        said = page.session.transcript()
        chosen = next(line for line in said if line.kind in ("trainee", "deed"))
        assert chosen.text in "You take a step back and open your hands."


async def test_quiet_by_choice_and_quiet_by_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("s")
        await stage.until(lambda: page.session.now().turn == 2)
        assert not _last(stage).timed
        page = await stage.scene()
        page.tick()
        stage.clock.pass_s(11)
        page.tick()
        assert page.session.now().turn == 1
        assert "━" in str(page.query_one(QuietBar).content)
        stage.clock.pass_s(30)
        page.tick()
        assert page.session.now().turn == 2
        assert _last(stage).timed


async def test_quiet_stands_still_in_a_pause_and_behind_any_page(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        page.tick()
        for keys, kind, back in (
            ("p", PausePage, "p"),
            ("question_mark", HelpPage, "escape"),
            ("a", AftercarePage, "q"),
        ):
            await stage.press(keys)
            await stage.page(kind)
            stage.clock.pass_s(1000)
            page.tick()
            await stage.press(back)
            await stage.page(ScenePage)
            page.tick()
            await stage.ready()
            page.tick()
        assert page.session.now().turn == 1
        assert stage.practice.records.kinds == ["Began", "Paused", "Unpaused"]


async def test_quiet_is_not_timed_where_it_is_turned_off(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene(timed=False)
        page.tick()
        stage.clock.pass_s(1000)
        page.tick()
        assert page.session.now().turn == 1
        await stage.press("n")
        await stage.until(lambda: page.timed)
        page.tick()
        await stage.press("n")
        await stage.until(lambda: not page.timed)
        stage.clock.pass_s(1000)
        page.tick()
        assert page.session.now().turn == 1


async def test_reaching_is_answered_in_place_and_changes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("h")
        await stage.until(lambda: "Words come first" in stage.text())
        assert isinstance(stage.app.focused, Replies)
        assert page.session.now().turn == 1
        assert stage.practice.records.kinds == ["Began", "Reached"]
        await stage.reply("own-it")


async def test_taking_a_turn_again(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("t")
        assert isinstance(stage.app.focused, Replies), "nothing has been said that could be taken again"
        await stage.reply("own-it")
        await stage.press("t")
        await stage.until(lambda: isinstance(stage.app.focused, Transcript))
        await stage.press("t")
        asked = await stage.page(AskPage)
        assert "Take turn 1 again?" in stage.text()
        await stage.press("2")
        await stage.until(lambda: stage.app.screen is not asked)
        assert page.session.now().take == 1
        await stage.press("enter")
        await stage.page(AskPage)
        await stage.press("enter")
        await stage.until(lambda: page.session.now().take == 2)
        assert isinstance(stage.app.focused, Replies)
        assert "again from turn 1" in stage.text()


async def test_stepping_out_is_kind_and_goes_to_aftercare(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("escape")
        await stage.page(AskPage)
        await stage.press("escape")
        await stage.until(lambda: stage.app.screen is page)
        await stage.press("x", "1")
        await stage.page(AftercarePage)
        assert page.session.state == "stepped-out"
        assert "always all right" in stage.text()
        await stage.press("enter")
        await stage.page(ChoosePage)


async def test_leaving_for_now_suspends(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        await stage.press("x", "2")
        await stage.page(ChoosePage)
        assert page.session.state == "suspended"


async def test_leaving_for_now_is_not_offered_where_nothing_is_kept(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.scene(keep="none")
        await stage.press("x")
        await stage.page(AskPage)
        assert "another time" not in stage.text()


async def test_not_saved_try_again(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        stage.practice.records.broken = True
        await stage.press("1")
        await stage.page(AskPage)
        assert "Not saved yet" in stage.text() and "Make room on the disk." in stage.text()
        assert page.session.now().turn == 1 and "Calm down" not in page.query_one(Transcript).text()
        await stage.press("1")
        await stage.until(lambda: "Not saved yet" in stage.text())
        stage.practice.records.broken = False
        await stage.press("1")
        await stage.until(lambda: page.session.now().turn == 2)
        assert stage.practice.records.kinds == ["Began", "Answered"]
        await stage.page(ScenePage)


async def test_not_saved_go_on_without_keeping(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()
        stage.practice.records.broken = True
        await stage.press("1")
        await stage.page(AskPage)
        await stage.press("2")
        await stage.until(lambda: page.session.now().turn == 2)
        assert page.session.keep == "none" and stage.practice.records.erased


async def test_not_saved_leave(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.scene()
        stage.practice.records.broken = True
        await stage.press("1")
        await stage.page(AskPage)
        await stage.press("3")
        await stage.page(ChoosePage)
        assert stage.app.session is None


async def test_a_start_that_cannot_be_kept_can_go_on_without(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.practice.broken_start = True
        stage.app.begin(scenario(), "mine", None, True)
        await stage.page(AskPage)
        await stage.press("2")
        page = await stage.page(ScenePage)
        assert page.session.keep == "none"


async def test_long_replies_wrap_and_leave_the_person_in_sight(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        long = "I hear that this has gone on for a long time and that nobody has told you anything. " * 5
        replies = [
            {"id": f"r{n}", "say": f"{n} {long}", "techniques": ["space"], "to": "a"} for n in range(1, 10)
        ]
        moments = {"a": {"person": "Who is going to tell me?", "replies": replies}}
        await stage.scene(scenario(moments=moments, whenever=[], walks=[], **_openings("a")))
        text = stage.text()
        assert "Who is going to tell me?" in text and "\n  1  " in text


def _openings(moment: str) -> dict[str, object]:
    facts = {"waited": {"says": "Waited", "hidden": True}}
    opening = {"usual": {"moment": moment, "tension": 5, "trust": 3, "safety": 4}}
    return {"facts": facts, "openings": opening}


def _last(stage: Stage) -> Any:
    return stage.practice.records.rows[-1].event


def test_grace_and_quiet_by_the_clock() -> None:
    clock = Ticking()
    grace = Grace(clock)
    told = [grace.open]
    grace.shown()
    told.append(grace.open)
    clock.pass_s(GRACE)
    told.append(grace.open)
    grace.shut()
    assert [*told, grace.open] == [False, False, True, False]
    quiet = Quiet(clock)
    quiet.begin(12, reading(8))
    quiet.go()
    clock.pass_s(2)
    assert quiet.share_left == 1.0
    clock.pass_s(6)
    assert quiet.share_left == 0.5
    quiet.hold()
    clock.pass_s(100)
    over = [quiet.over]
    assert quiet.share_left == 0.5
    quiet.go()
    clock.pass_s(6)
    over.append(quiet.over)
    assert quiet.share_left == 0.0
    quiet.begin(0)
    quiet.go()
    assert [*over, quiet.over] == [False, True, False] and not quiet.running
