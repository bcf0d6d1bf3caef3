"""The table reads a page at a time, the newest question wins, and every way of narrowing it is said in words."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from facilitator.room import Room
from facilitator.rows import EVERYTHING, Filter, Row
from facilitator.tui.filters import changed, finder, told
from facilitator.tui.session import SessionPage
from facilitator.tui.sessions import AT_ONCE, SessionsPage
from facilitator.tui.table import columns, line
from simulator.errors import SimulatorError
from simulator.tui.screens.ask import AskPage
from tests.facilitator.rooms import room_at
from tests.facilitator.tui.desk import TODAY, desk, played, rich
from tests.simulator.service import FakeClock, records_file, sql


def row(place: int, trainee: str = "Sam") -> Row:
    """A row of no particular session."""
    when = datetime(2026, 11, 3, tzinfo=UTC)
    return Row(str(place), trainee, "tea", f"Scene {place}", when, "ended", "settled", 1, 4, False, "waiting", "",
               "", trainee.casefold(), place)  # fmt: skip


async def test_a_page_at_a_time_and_the_cursor_asks_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [row(place) for place in range(AT_ONCE * 2 + 5)]
    asked: list[Any] = []

    def page(self: Room, which: Filter, sort: str, limit: int, after: Row | None = None) -> list[Row]:
        asked.append(None if after is None else after.session)
        begin = 0 if after is None else many.index(after) + 1
        return many[begin : begin + limit]

    monkeypatch.setattr(Room, "page", page)
    monkeypatch.setattr(Room, "count", lambda self, which: len(many))
    async with desk(tmp_path, (80, 24)) as stage:
        table = await stage.table(AT_ONCE)
        assert asked == [None] and f"{len(many)} sessions" in stage.text()
        await stage.press("end")
        await stage.until(lambda: len(table.rows) == AT_ONCE * 2, "the next page")
        assert asked == [None, many[AT_ONCE - 1].session]
        await stage.press("end")
        await stage.until(lambda: len(table.rows) == len(many), "the last page")
        await stage.press("end")
        await stage.shows(f"Scene {len(many) - 1}")
        assert len(asked) == 3, "there is nothing more to ask for"
        await stage.press("home")
        await stage.shows("Scene 0")
        assert "trainee" in stage.text().splitlines()[2], "the heading stays in sight"


async def test_the_newest_question_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = threading.Event()

    def page(self: Room, which: Filter, *_: Any) -> list[Row]:
        if which.words == "k":
            assert late.wait(10)
            return [row(1, "Too late")]
        return [row(2, "In time")]

    monkeypatch.setattr(Room, "page", page)
    async with desk(tmp_path) as stage:
        table = await stage.table(1)
        await stage.press("slash", "k", "e")
        await stage.until(lambda: stage.app.table.which.words == "ke")
        late.set()
        await stage.until(lambda: [each.trainee for each in table.rows] == ["In time"])
        await stage.until(
            lambda: not stage.app.workers._workers or all(w.is_finished for w in stage.app.workers)
        )
        assert [each.trainee for each in table.rows] == ["In time"]


async def test_narrow_by_words_state_and_trainee_and_take_it_all_away(tmp_path: Path) -> None:
    clock = FakeClock()
    for trainee, word in (("Sam", "kettle"), ("Robin", "lighthouse")):
        played(tmp_path, trainee, word=word, clock=clock).close()
        clock.pass_ms(1_000)
    rich(tmp_path, clock, "Priya").close()
    async with desk(tmp_path, clock=clock) as stage:
        table = await stage.table(3)
        page: SessionsPage = stage.app.table

        async def rows(*trainees: str) -> None:
            await stage.until(lambda: [each.trainee for each in table.rows] == list(trainees), str(trainees))

        await stage.press("slash")
        page.query_one("#words", Input).value = "lightho"
        await rows("Robin")
        await stage.shows("words: “lightho”")
        await stage.press("enter", "x")
        await rows("Priya", "Robin", "Sam")
        await stage.press("c")
        await rows("Priya")
        await stage.shows("≠ contested")
        await stage.press("w")
        await stage.shows("review: awaiting review · contested: contested by the trainee")
        await stage.press("x", "s")
        await stage.page(AskPage)
        await stage.press("3")
        await rows("Priya", "Robin", "Sam")
        await stage.shows("by trainee")
        await stage.press("slash")
        page.query_one("#words", Input).value = "nobody said this"
        await stage.shows("Nothing fits all of that")
        await stage.press("down", "x")
        await stage.until(lambda: len(table.rows) == 3, "all of them again")
        await stage.until(lambda: table.has_focus, "the cursor is back in the table")
        await stage.press("down")
        assert table.cursor == 1


async def test_a_damaged_session_is_told_as_what_it_is_and_the_rest_opens(tmp_path: Path) -> None:
    clock = FakeClock()
    played(tmp_path, "Sam", clock=clock).close()
    clock.pass_ms(1_000)
    broken = played(tmp_path, "Robin", clock=clock)
    broken.close()
    sql(records_file(tmp_path), "UPDATE event SET body = replace(body, 'tired', 'tyred') WHERE session_id = ?",
        broken.id.replace("-", ""))  # fmt: skip
    async with desk(tmp_path, clock=clock) as stage:
        await stage.table(2)
        await stage.press("enter")
        await stage.page(AskPage)
        await stage.shows("The record of this session is damaged")
        await stage.press("enter")
        await stage.page(SessionsPage)
        await stage.shows("! record damaged")
        await stage.press("down", "enter")
        page = await stage.page(SessionPage)
        assert page.review.row.trainee == "Sam"


async def test_a_session_named_on_the_command_line_opens_at_once(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.close()
    async with desk(tmp_path, session=session.id[:8]) as stage:
        await stage.passphrase()
        page = await stage.page(SessionPage)
        assert page.review.session == session.id


def test_what_can_be_chosen_and_how_it_reads(tmp_path: Path) -> None:
    played(tmp_path, "Sam", group="Ash ward").close()
    room = room_at(tmp_path)
    which = EVERYTHING
    for name, typed in (
        ("scenario", "te"),
        ("trainee", "s"),
        ("group", "ash"),
        ("outcome", "plan"),
        ("second", "y"),
    ):
        found = finder(room, name, TODAY)(typed)
        assert len(found) == 1, name
        which = changed(which, name, found[0][0])
    assert which == Filter(scenario="tea", trainee="Sam", group="Ash ward", outcome="settled", second=True)
    assert told(which) == (
        "scenario: tea · trainee: Sam… · how it ended: a plan both made · second view: waited for · group: Ash ward"
    )
    which = changed(changed(EVERYTHING, "since", "2026-11-01"), "until", "2026-11-30")
    assert told(which) == "from: 1 Nov 2026 on · until: 30 Nov 2026"
    assert which.until is not None and which.until.day in (30, 1), "the day itself is among them"
    assert changed(which, "since", "").since is None
    assert finder(room, "since", TODAY)("2026-13") == []
    with pytest.raises(SimulatorError, match="no day"):
        changed(EVERYTHING, "since", "yesterday")
    assert changed(EVERYTHING, "trainee", "") == EVERYTHING
    assert replace(which, words="x").words == "x"


@pytest.mark.parametrize("width", [40, 63, 64, 80, 111, 112, 200])
def test_a_line_has_exactly_the_cells_there_are(width: int) -> None:
    from rich.cells import cell_len

    hostile = replace(row(3, "明 [bold]\x1b[31m/"), title="long " * 60, contested=True)
    cells = [(column, column.says(hostile)) for column in columns(width)]
    text = line(cells, width)
    assert cell_len(text) == width and "\x1b" not in text and "…" in text
    assert "≠" in text, "contested is told in every width"
