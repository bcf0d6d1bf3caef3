"""The chooser: filtering, what is unfinished, who is practising, and what it says where there is nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenarios.shelf import Shelf
from simulator.errors import AlreadyOpen
from simulator.kept import Unfinished
from simulator.session import Session
from simulator.start import Start
from simulator.tui.app import shortened
from simulator.tui.screens.ask import AskPage
from simulator.tui.screens.briefing import BriefingPage, Form, briefing
from simulator.tui.screens.choose import ChoosePage, fits
from simulator.tui.screens.scene import ScenePage
from simulator.tui.screens.who import WhoPage
from simulator.tui.words import ago, either
from tests.simulator.tui.stage import TODAY, FakePractice, Stage, blocks, entry, scenario, staged, tea

YESTERDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)


async def filled(stage: Stage) -> None:
    await stage.until(lambda: "practising as" in stage.text(), "the chooser is filled")


async def test_typing_narrows_by_title_role_and_content_note(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await filled(stage)
        listed = blocks(stage, "#list")
        assert (
            listed.index("The tea trolley") < listed.index("The light at night") < listed.index("broken.yaml")
        )
        assert "not yet reviewed by people with lived experience" in listed
        await stage.press(*"peer")
        await stage.until(lambda: "The tea trolley" not in blocks(stage, "#list"))
        assert "The light at night" in blocks(stage, "#list")
        await stage.press("escape", *"VOICES")
        await stage.until(lambda: "The light at night" not in blocks(stage, "#list"))
        await stage.press(*"zz")
        await stage.until(lambda: "Nothing here fits" in stage.text())


async def test_an_empty_shelf_says_what_to_do(tmp_path: Path) -> None:
    async with staged(tmp_path, shelf=Shelf(())) as stage:
        await stage.until(lambda: "words-first play FILE" in stage.text())


async def test_what_is_unfinished_stands_first_and_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [Unfinished("s", "The tea trolley", "tea", YESTERDAY, 1, "mine")]
    async with staged(tmp_path, waiting=waiting) as stage:
        await stage.until(lambda: "1 turn in, begun yesterday" in stage.text())
        session = stage.practice.start(tea(), "mine", opening="usual", cast="Marcus", seed=1)
        session.answer("own-it")
        monkeypatch.setattr(stage.practice, "resume", lambda name=None: session)
        await stage.press("enter")
        page = await stage.page(ScenePage)
        assert page.session is session and "So what happens now?" in stage.text()


async def test_opening_reads_the_file_and_briefs(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await filled(stage)
        await stage.press("enter")
        await stage.page(BriefingPage)
        for word in ("raised voices", "the day room", "healthcare assistant"):
            assert word in stage.text()
        await stage.press("escape")
        await stage.page(ChoosePage)


async def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    async with staged(tmp_path, start=tmp_path / "missing.yaml") as stage:
        await stage.page(AskPage)
        assert "cannot be opened" in stage.text()
        await stage.press("enter")
        await stage.page(ChoosePage)


async def test_the_briefing_form(tmp_path: Path) -> None:
    async with staged(tmp_path, start=None) as stage:
        stage.app.brief(tea())
        await stage.page(BriefingPage)
        await stage.press("down", "left", "down", *["right"] * 6, "down", "left")
        form = stage.app.screen.query_one(Form)
        assert (form.keep, form.confidence, form.timed) == ("none", 5, False)
        assert "Nothing is kept." in stage.text() and "5 of 10" in stage.text()
        await stage.press("up", "up", "left", "k", "b")
        assert isinstance(stage.app.screen, BriefingPage), "not yet read"
        await stage.ready()
        await stage.press("b")
        page = await stage.page(ScenePage)
        assert page.session.keep == "none" and not page.timed


def test_the_briefing_says_all_that_is_promised() -> None:
    told = "\n".join(block.plain for block in briefing(tea().scenario))
    for word in (
        "Marcus or Joanne",
        "raised voices",
        "Hands-on is not available",
        "p pauses",
        "x steps out",
        "erases at once",
        "Not yet reviewed by people with lived experience",
        "drafted from published guidance",
    ):
        assert word in told
    alone = {
        "cast": [{"name": "Ade", "pronouns": "they", "about": "Older."}],
        "matters": "m",
        "cues": {0: "(Still.)"},
    }
    told = "\n".join(block.plain for block in briefing(scenario(person=alone).scenario))
    assert "Ade. Older." in told and "drawn" not in told


async def test_who_is_practising_can_be_changed_and_made(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await filled(stage)
        await stage.press("ctrl+t")
        await stage.page(WhoPage)
        await stage.until(lambda: "Robin  has a PIN" in stage.text() and "Sam  now" in stage.text())
        await stage.press("down", "enter", *"1234", "enter")
        await stage.until(lambda: "practising as Robin" in stage.text())
        await stage.press("ctrl+t")
        await stage.until(lambda: "Somebody new" in stage.text())
        await stage.press("end", "enter", *"Moss", "enter", "enter")
        await stage.until(lambda: "practising as Moss" in stage.text())


@pytest.mark.parametrize(
    ("day", "words"),
    [(20, "today"), (21, "today"), (19, "yesterday"), (15, "5 days ago")],
)
def test_how_long_ago(day: int, words: str) -> None:
    assert ago(datetime(2026, 11, day, 11, tzinfo=UTC), TODAY) == words


def test_small_words() -> None:
    assert ago(datetime(2026, 5, 4, 11), TODAY) == "on 4 May 2026"
    assert either(["A"]) == "A" and either(["A", "B", "C"]) == "A, B or C"
    assert fits("tea VOI", "The tea", "voices") and not fits("tea x", "The tea")
    assert entry().title == "The tea trolley"


async def test_straight_into_an_unfinished_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = FakePractice(tmp_path)
    session = practice.start(tea(), "mine", opening="usual", cast="Marcus", seed=1)
    asked: list[str | None] = []

    def resume(name: str | None = None) -> Session:
        asked.append(name)
        return session

    monkeypatch.setattr(practice, "resume", resume)
    async with staged(tmp_path, practice=practice, start=Start(resume=True)) as stage:
        page = await stage.page(ScenePage)
        assert page.session is session and asked == [None]


async def test_straight_into_a_scenario(tmp_path: Path) -> None:
    async with staged(tmp_path, start=Start(loaded=tea(), keep="shared", timed=False)) as stage:
        await stage.page(BriefingPage)
        form = stage.app.screen.query_one(Form)
        assert (form.keep, form.timed) == ("shared", False)


async def test_a_session_that_went_on_elsewhere_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path) as stage:
        page = await stage.scene()

        def gone(reply: str) -> None:
            raise AlreadyOpen("This session went on in another window.", "Go on there.")

        monkeypatch.setattr(page.session, "answer", gone)
        await stage.press("1")
        await stage.page(AskPage)
        assert "another window" in stage.text()
        await stage.press("enter")
        await stage.page(ScenePage)
        await stage.ready()
        assert page.grace.open


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["usual", "smallest"])
async def test_long_problems_are_cut_and_can_be_read_on(size: tuple[int, int], tmp_path: Path) -> None:
    async with staged(tmp_path, size) as stage:
        stage.app.tell("This scenario cannot be opened.", shortened("\n".join(map(str, range(50)))))
        await stage.page(AskPage)
        assert "cannot be opened" in stage.text() and "Go on" in stage.text()
        await stage.press("enter")
        stage.app.tell("Much to say.", "words " * 2000)
        await stage.page(AskPage)
        before = stage.text()
        assert "Go on" in before
        await stage.press("pagedown")
        await stage.until(lambda: "Much to say." not in stage.text())
        assert "Go on" in stage.text()


def test_shortened() -> None:
    assert shortened("a\nb") == "a\nb"
    assert shortened("\n".join("abcdefg")).endswith("e\n… and 2 more; words-first check tells them all.")
