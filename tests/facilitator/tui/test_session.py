"""What a facilitator says of one session: kept as it was meant, and never lost or put over what others said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import TextArea

from facilitator.tui.rate import RatePage
from facilitator.tui.session import SECTIONS, SessionPage
from facilitator.tui.write import WritePage
from simulator.tui.screens.ask import AskPage
from tests.facilitator.rooms import colleague, room_at
from tests.facilitator.tui.desk import Desk, desk, played, rich
from tests.simulator.service import FakeClock, at, begin


async def write(stage: Desk, text: str) -> WritePage:
    """Put words into the page to write on."""
    page: WritePage = await stage.page(WritePage)
    page.query_one(TextArea).text = text
    return page


def shows_section(page: SessionPage, number: int) -> bool:
    """Whether the page shows this section."""
    return page.section == number


def facts(folder: Path, session: str) -> list[tuple[str, dict[str, Any]]]:
    """What was said of a session, as it is kept."""
    room = room_at(folder, FakeClock())
    try:
        return [(fact.kind, fact.body) for fact in room.open(session, "").facts]
    finally:
        room.close()


async def test_a_note_says_whom_it_is_for_and_is_kept_so(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    async with desk(tmp_path) as stage:
        await stage.session()
        await stage.press("down", "n")
        page = await write(stage, "For us alone.")
        await stage.shows("FOR FACILITATORS ONLY. It is not shown to Sam.")
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
        await stage.press("N")
        await write(stage, "For you.")
        await stage.press("ctrl+t")
        await stage.shows("FOR Sam TO READ")
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
        assert "▪ facilitators only  Bea" in stage.told() and "✎ for Sam to read  Bea" in stage.told()
        await stage.press("n")
        page = await write(stage, "Let go")
        await stage.press("escape")
        await stage.shows("not kept")
        assert stage.app.screen is page, "words are not lost by one key"
        await stage.press("escape")
        await stage.page(SessionPage)
    assert facts(tmp_path, session.id) == [
        ("note", {"take": 1, "turn": 1, "text": "For us alone.", "for_trainee": False}),
        ("note", {"take": 1, "turn": None, "text": "For you.", "for_trainee": True}),
    ]


async def test_two_at_once_are_told_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    other = colleague(tmp_path, "Robin")
    async with desk(tmp_path, name="Bea") as stage:
        page = await stage.session()
        theirs = other.open(session.id)
        theirs.note(None, "Mine came first.", False)
        await stage.press("n")
        writing = await write(stage, "Mine came second.")
        await stage.press("ctrl+s")
        await stage.shows("Robin has written in this review since you opened it")
        assert writing.query_one(TextArea).text == "Mine came second."
        assert len(page.review.facts) == 1, "the page beneath shows theirs by then"
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
        theirs.refresh()
        theirs.note(None, "And once more.", False)
        await stage.press("n")
        writing = await write(stage, "Still typing")
        stage.app.look()
        await stage.until(lambda: len(page.review.facts) == 3, "theirs is read")
        assert writing.query_one(TextArea).text == "Still typing"
        await stage.press("escape", "escape")
        await stage.shows("Robin wrote in this review while you were reading")
    texts = [body["text"] for _, body in facts(tmp_path, session.id)]
    assert texts == ["Mine came first.", "Mine came second.", "And once more."]
    other.close()


async def in_no_section(stage: Desk, page: SessionPage, sways: tuple[str, ...]) -> None:
    """None of these words is in any section, nor beside it."""
    for number in range(1, len(SECTIONS) + 1):
        await stage.press(str(number))
        await stage.until(partial(shows_section, page, number))
        shown = stage.told() + "".join(b.plain for line in page.lines for b in line.detail)
        assert not [words for words in sways if words in shown], SECTIONS[number - 1]


async def test_rating_is_blind_until_ones_own_is_in(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    other = colleague(tmp_path, "Robin")
    other.open(session.id).rate("C5", 1, "Robin's reason")
    other.close()
    sways = ("Suggested", "Robin's reason", "I did give a choice", "got in its way")
    async with desk(tmp_path, name="Bea") as stage:
        page = await stage.session()
        await in_no_section(stage, page, sways)
        await stage.press("4", "end", "up", "enter")
        await stage.page(AskPage)
        await stage.shows("Give your own rating of it first")
        await stage.press("enter")
        await stage.page(SessionPage)
        await stage.press("3", "down", "enter")
        await stage.page(RatePage)
        assert not [words for words in sways if words in stage.told()]
        await stage.press("5")
        await write(stage, "They gave two real choices.")
        await stage.press("ctrl+s")
        await stage.page(RatePage)
        await stage.until(lambda: "Suggested" in stage.told())
        assert all(words in stage.told() for words in sways)
        await stage.press("1")
        await write(stage, "")
        await stage.press("ctrl+s")
        await stage.shows("a point or more apart")
        await write(stage, "On second thoughts.")
        await stage.press("ctrl+s")
        await stage.page(RatePage)
        await stage.until(lambda: "On second thoughts." in stage.told())
        rows = [line for line in stage.app.screen.lines if line.block.plain.startswith("› Turn 1 ")]  # type: ignore[attr-defined]
        assert rows and rows[0].opens is not None
        rows[0].opens()
        await stage.page(SessionPage)
        assert page.section == 1 and page.line is not None and page.line.turn == (1, 1)
    ratings = [body for kind, body in facts(tmp_path, session.id) if kind == "rating"]
    assert [(each["value"], each["seen"]) for each in ratings] == [(1, False), (5, False), (1, True)]


async def test_the_suggestions_can_be_seen_first_and_that_is_recorded(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    async with desk(tmp_path) as stage:
        await stage.session()
        await stage.press("3", "u")
        await stage.page(AskPage)
        await stage.press("1")
        await stage.page(SessionPage)
        await stage.until(lambda: "You have seen the suggestions" in stage.told())
        assert "from 3 turns" in stage.told()
    assert facts(tmp_path, session.id) == [("unblinded", {})]


async def answer_the_contest(stage: Desk) -> None:
    """Overrule the tag that the trainee sees differently, with a reason."""
    await stage.press("4", "end", "enter")
    await stage.page(AskPage)
    await stage.shows("I meant it kindly.")
    await stage.press("2")
    await write(stage, "Kindly meant, and it still made it smaller.")
    await stage.press("ctrl+s")
    await stage.page(SessionPage)
    await stage.shows("Bea overruled: Kindly meant")


async def test_contests_statements_a_second_view_a_signature_and_opening_it_again(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    async with desk(tmp_path) as stage:
        page = await stage.session()
        await answer_the_contest(stage)
        await stage.press("5", "down", "enter")
        await stage.page(AskPage)
        await stage.press("2")
        await stage.page(SessionPage)
        await stage.shows("you: 2, hardly")
        assert page.section == 5, "the digit that answers is no key of the page beneath"
        await stage.press("d")
        await stage.page(AskPage)
        await stage.press("1")
        await stage.shows("Waiting for a second reviewer from the voluntary sector.")
        await stage.press("o")
        await stage.page(AskPage)
        await stage.shows("1 thing that the")
        await stage.press("1")
        await stage.shows("Signed off by Bea; waiting")
        await stage.press("n")
        await write(stage, "Too late")
        await stage.press("ctrl+s")
        await stage.shows("Reopen it first")
        await stage.press("escape", "escape")
        await stage.page(SessionPage)
        await stage.press("o")
        await write(stage, "I had not heard the second take.")
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
        await stage.until(lambda: page.review.signed_by == ())
        await stage.press("7")
        await stage.shows("Bea reopened")
    kinds = [kind for kind, _ in facts(tmp_path, session.id)]
    assert kinds == ["answer", "voice", "second", "signed", "reopened"]


async def test_everything_about_the_play_is_somewhere(tmp_path: Path) -> None:
    session = rich(tmp_path, FakeClock())
    session.close()
    async with desk(tmp_path) as stage:
        page = await stage.session()
        talk = stage.told() + "".join(b.plain for line in page.lines for b in line.detail)
        for words in (
            "paused 1 min 5 s", "Reached for hands-on at turn 2. Tension was 8 of 10", "Take 2, from turn 1 of take 1",
            "Offered, not taken", "Tension: 5 → 8, up 3", "Tells the person to calm down", "≠ Sam: I meant it kindly.",
            "Time on it: 4 s", "Out of role: You said a time", "Could also be: You have been waiting",
        ):  # fmt: skip
            assert words in talk, words
        await stage.press("2")
        for words in (
            "└─ Take 2, from turn 1",
            "came to light: He waited",
            "reached for hands-on, tension 8",
            "Never",
        ):
            assert words in stage.told(), words
        await stage.press("4")
        for words in ("tired", "It turned when I said a time.", "Say a time.", "on Thursday's shift"):
            assert words in stage.told(), words


async def test_of_who_stepped_out_after_an_ending_nothing_that_judges(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    session.rewind(2)
    session.step_out()
    session.close()
    async with desk(tmp_path) as stage:
        await stage.session()
        await stage.shows("It came to an ending")
        await stage.press("2")
        await stage.shows("Take 1, 2 turns: came to an ending")


@pytest.mark.parametrize("state", ["in play", "stepped out"])
async def test_what_was_not_played_to_an_end_can_be_read_and_noted_but_not_rated(
    tmp_path: Path, state: str
) -> None:
    session = begin(at(tmp_path), "shared")
    session.answer("calm")
    acts: dict[str, Callable[[], object]] = {"stepped out": session.step_out, "in play": session.suspend}
    acts[state]()
    session.close()
    async with desk(tmp_path) as stage:
        page = await stage.session()
        for number in range(1, len(SECTIONS) + 1):
            await stage.press(str(number))
            await stage.until(partial(shows_section, page, number))
            assert isinstance(stage.app.screen, SessionPage), stage.text()
        await stage.press("o")
        await stage.page(AskPage)
        await stage.press("1")
        await stage.page(AskPage)
        await stage.shows("Notes can be left")
        await stage.press("enter")
        await stage.page(SessionPage)
        await stage.press("N")
        await write(stage, "How are you?")
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
    assert [kind for kind, _ in facts(tmp_path, session.id)] == ["note"]


async def test_other_peoples_words_mark_nothing_up(tmp_path: Path) -> None:
    session = played(tmp_path, word="[bold]x[/] [/nothing] \x1b[31m \u202e")
    session.close()
    async with desk(tmp_path, (80, 24)) as stage:
        await stage.session()
        await stage.press("N")
        await write(stage, "[red][/x] [@click=app.quit]here[/]")
        await stage.press("ctrl+s")
        await stage.page(SessionPage)
        assert "[red][/x] [@click=app.quit]here[/]" in stage.told()
        await stage.press("4")
        await stage.shows("[bold]x[/] [/nothing]")
        assert "\x1b" not in stage.told() and "\u202e" not in stage.told()
