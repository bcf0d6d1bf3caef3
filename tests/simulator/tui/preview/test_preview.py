"""The author's desk: saves and returns with real files, jumping, walks, panes, and what is never done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import watch
from scenarios.load import Reading, read_scenario
from scenarios.problems import Problem
from simulator.tui.preview.app import DeskHelp
from simulator.tui.preview.desk import BROKEN, NOT_YET, READS_AGAIN, SAME, UNCHANGED
from simulator.tui.preview.panes import OVER, Outline, Problems
from simulator.tui.screens.ask import AskPage
from simulator.tui.widgets.replies import Replies
from simulator.tui.widgets.transcript import Transcript
from tests.simulator.tui.preview.room import TEXT, room

BROKEN_TEXT = TEXT.replace("\nmoments:", "\nmoments: [")
GUARDED = TEXT.replace("techniques: [vague-wait]", "techniques: [vague-wait]\n        when: trust >= 9")
WIDE, SMALL = (120, 40), (80, 24)


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_it_looks_like(
    size: tuple[int, int], tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    at = f"{size[0]}x{size[1]}"
    async with room(tmp_path, size=size) as here:

        def keep(name: str) -> None:
            golden(f"preview-{name}-{at}", here.text())

        keep("first")
        await here.reply("own-it")
        await here.reply("wait")
        keep("play")
        await here.press("tab")
        keep("problems")
        await here.prove()
        await here.press("tab")
        keep("outline")
        await here.save(GUARDED)
        await here.press("escape")
        keep("stopped")
        await here.save(BROKEN_TEXT)
        keep("broken")
        await here.press("w")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        await here.pilot.pause()
        keep("walk")


async def test_every_save_comes_back_to_the_same_place(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.reply("own-it")
        await here.reply("wait")
        await here.press("u")
        await here.reply("wait")
        state, order = here.desk.play.state, here.desk.play.offered
        await here.save(TEXT.replace("It'll be here soon.", "Soon, I should think."))
        assert here.said() == SAME
        assert (here.desk.play.state, here.desk.play.offered) == (state, order)
        assert "Soon, I should think." in here.listed("#transcript"), "an earlier line is drawn anew"
        assert list(here.desk.way.entries) == ["own-it", "wait", "rewind:2", "wait"]
        await here.save(GUARDED)
        assert here.said() == "`wait` is no longer offered at turn 2; stopped before it."
        assert (here.desk.place, here.desk.play.turn) == ("what-now", 2)
        assert here.desk.way.entries == ("own-it",)


async def test_a_save_within_a_second_is_told_without_a_key(tmp_path: Path) -> None:
    assert watch.EVERY + 2 * watch.SETTLE < 0.8
    async with room(tmp_path) as here:
        await here.save(TEXT.replace("title: The tea trolley", "title: The trolley <nme>"))
        assert "unknown-placeholder" in here.listed("#problems")
        os.utime(here.path)
        await here.save(TEXT)
        assert "unknown-placeholder" not in here.listed("#problems")


async def test_a_file_that_no_longer_reads_keeps_the_last_good_scene(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.prove()
        await here.reply("own-it")
        await here.save(BROKEN_TEXT)
        assert here.said() == BROKEN
        assert "error" in here.listed("#problems")
        assert "checked once the file reads" in here.text()
        await here.reply("wait")
        await here.press("j", "home", "enter")
        assert here.desk.place == "where-is-it"
        await here.save(TEXT)
        assert here.said() == READS_AGAIN
        assert "all " in here.desk.tried(), "the proof of the same bytes still holds"
        assert len(here.proofs) == 1
        here.path.unlink()
        await here.until(lambda: here.desk.broken)
        assert "not-a-file" in here.listed("#problems")


async def test_a_file_that_never_read_begins_when_it_does(tmp_path: Path) -> None:
    async with room(tmp_path, BROKEN_TEXT, size=SMALL) as here:
        assert here.said() == NOT_YET
        assert here.in_front(Problems)
        await here.press("s", "u", "t", "r", "o", "c", "w", "a", "j", "escape")
        await here.press("enter", "1")
        assert here.app.return_code is None
        await here.save(TEXT)
        assert here.desk.place == "where-is-it"
        assert here.in_front(Replies)
        await here.reply("own-it")


async def test_one_reading_comes_at_once_and_every_play_follows(tmp_path: Path) -> None:
    loose = TEXT.replace(
        "endings:\n  tea:", "endings:\n  never: {outcome: settled, text: Never.}\n  tea:"
    ).replace("to: what-now, felt", "to: nowhere, felt")
    async with room(tmp_path, loose) as here:
        assert "unknown-target" in here.listed("#problems")
        assert here.proofs == []
        await here.save(loose.replace("nowhere", "what-now"))
        assert "checking every play …" in here.text()
        assert "unreachable" not in here.listed("#problems")
        await here.prove()
        assert "unreachable" in here.listed("#problems")
        assert f"all {here.desk.explored.states} states tried" in here.text()  # type: ignore[union-attr]
        assert "no play comes here" in here.listed("#outline")
        await here.press("j", "end", "up", "up", "enter")
        assert here.said() == "No play comes to `never`, so there is no way to jump there."


async def test_a_newer_save_ends_the_proof_of_the_older(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.save(TEXT.replace("soon.", "very soon."))
        assert [proof.stopped for proof in here.proofs] == [True, False]
        assert here.desk.proof == "running", "what the older came to is forgotten"
        await here.prove()
        await here.save(TEXT)
        assert here.desk.tried() == "checking every play …"
    assert here.proofs[-1].stopped, "and leaving ends the last"


async def test_saving_without_a_change_keeps_everything(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.prove()
        await here.reply("own-it")
        before = here.desk.play
        os.utime(here.path, ns=(1, 1))
        await here.save(TEXT)
        assert here.said() == UNCHANGED
        assert here.desk.play is before
        assert len(here.proofs) == 1


async def test_a_proof_that_breaks_off_is_told(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.proofs[0].stop()
        await here.until(lambda: here.desk.proof == "broken-off")
        await here.pilot.pause()
        assert "broke off" in here.text()
        await here.press("j", "end", "enter")
        assert here.said() == "No play that comes to `stopped` has been found."


async def test_a_save_is_read_once_and_explored_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = []

    def counted(path: Path, shown: str) -> Reading:
        readings.append(path)
        return read_scenario(path, shown)

    monkeypatch.setattr("simulator.tui.preview.app.read_scenario", counted)
    monkeypatch.setattr("scenarios.proving.Proving.explored", lambda _: pytest.fail("not in this process"))
    async with room(tmp_path) as here:
        await here.reply("own-it")
        await here.save(GUARDED)
        await here.save(BROKEN_TEXT)
        assert len(readings) == 3


# jumping


async def test_jumping_waits_for_the_proof_and_never_makes_a_place_up(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.press("j")
        assert here.in_front(Outline)
        await here.press("end", "enter")
        assert here.said() == "Jumping to `stopped` comes in a moment: every play is still being tried."
        assert here.desk.play.turn == 1
        await here.prove()
        await here.press("enter")
        assert here.desk.place == "stopped"
        assert here.said() == "`stopped`, 1 reply in, from `late-night`."
        assert OVER in here.listed("#replies")
        await here.press("enter")
        assert (here.desk.place, here.desk.way.opening) == ("where-is-it", "late-night")
        await here.press("j", "home", "down", "enter")
        assert here.desk.place == "what-now"
        assert here.in_front(Replies)


async def test_where_one_has_been_can_be_jumped_to_before_the_proof(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.reply("own-it")
        await here.press("r", "j", "home", "down", "enter")
        assert (here.desk.place, here.desk.way.entries) == ("what-now", ("own-it",))
        await here.save(TEXT.replace("reveals: [waited]\n", "reveals: [waited]\n        when: trust >= 9\n"))
        await here.press("j", "home", "down", "enter")
        assert "comes in a moment" in here.said(), "the way there no longer holds"


async def test_a_problem_shows_its_whole_sentence_and_leads_to_its_place(tmp_path: Path) -> None:
    text = TEXT.replace("ends: tea, then", "ends: stopped, then").replace("        felt: Soon. Right.\n", "")
    async with room(tmp_path, text, size=SMALL) as here:
        await here.prove()
        codes = [problem.code for problem in here.desk.problems]
        assert codes[0] == "walk-fails", "errors first"
        await here.press("tab", "enter")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        await here.pilot.pause()
        assert "Change `ends`, or the replies." in here.text()
        await here.press("1")
        await here.until(lambda: here.app.screen is here.page)
        await here.pilot.pause()
        assert here.desk.place == "tea", "the play that shows it"
        await here.press("tab", *["down"] * codes.index("no-felt"), "enter")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        await here.pilot.pause()
        assert "Play from what-now" in here.text()
        await here.press("1")
        await here.until(lambda: here.desk.place == "what-now")


async def test_the_cursor_waits_on_the_most_useful_problem_and_stays_where_it_is_used(tmp_path: Path) -> None:
    spoilt = TEXT.replace("title: The tea trolley", "title: The trolley <nme>")
    async with room(tmp_path) as here:
        problems = here.page.query_one(Problems)
        await here.save(spoilt)
        assert (problems.highlighted, len(here.desk.problems)) == (0, 2)
        assert here.desk.problems[0].severity == "error"
        await here.press("tab", "down")
        await here.save(TEXT)
        await here.save(spoilt)
        assert (problems.highlighted, here.desk.problems[1].severity) == (1, "warning")


async def test_a_problem_outside_any_moment_offers_no_jump(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.press("tab", "enter")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        await here.pilot.pause()
        assert (
            "no-lived-experience-review" in here.text()
            and "Play" not in here.text().split("Hold a review")[1]
        )
        await here.press("escape")
        await here.until(lambda: here.app.screen is here.page)


# the other keys


async def test_openings_people_restart_and_earlier_turns(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.reply("own-it")
        await here.press("c")
        assert (here.desk.way.cast, here.desk.way.entries) == ("Joanne", ("own-it",))
        assert "Joanne" in here.listed("#transcript")
        await here.press("c", "o")
        assert (here.desk.way.cast, here.desk.way.opening, here.desk.play.turn) == ("Marcus", "late-night", 1)
        await here.press("o", "s")
        assert (here.desk.way.opening, here.desk.place) == ("usual", "what-now")
        await here.reply("wait")
        await here.press("t")
        assert here.in_front(Transcript)
        await here.press("up", "t")
        assert (here.desk.place, here.desk.play.turn) == ("where-is-it", 1)
        await here.press("u")
        assert here.desk.play.turn == 1
        await here.press("r")
        assert here.desk.way.entries == ()


async def test_the_authors_notes_can_be_put_away(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.reply("own-it")
        assert "tension" in here.text() and "ring-now" in here.text() and "waited" in here.text()
        await here.press("a")
        left = "\n".join(line.split("│")[0] for line in here.text().splitlines())
        assert "tension" not in left and "ring-now" not in left and "waited" not in left
        await here.press("a")
        assert "ring-now" in here.text()


async def test_a_walk_is_shown_copied_and_printed_but_never_written(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.reply("calm")
        await here.press("u")
        await here.reply("own-it")
        await here.reply("ring-now")
        await here.press("w")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        await here.pilot.pause()
        assert "replies: [own-it, ring-now]" in here.text() and "ends: tea" in here.text()
        await here.press("1")
        await here.until(lambda: here.app.screen is here.page)
        lines = ["  - name: to tea", "    opening: usual", "    replies: [own-it, ring-now]", "    ends: tea"]
        assert here.app.walks == [lines]
        assert here.app.clipboard.splitlines() == lines
        assert "Copied" in here.said()
    assert here.path.read_text(encoding="utf-8") == TEXT
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["tea.yaml"]


async def test_help_is_the_desks_own(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.press("question_mark")
        await here.until(lambda: isinstance(here.app.screen, DeskHelp) and here.app.screen.is_mounted)
        await here.pilot.pause()
        shown = here.app.screen.query_one("#help").text()  # type: ignore[attr-defined]
        assert "Save the file in your editor" in shown and "as a walk" in shown
        for trainees in ("facilitator", "What is kept", "Pause with p"):
            assert trainees not in shown
        await here.press("escape")
        await here.until(lambda: here.app.screen is here.page)
        await here.save(GUARDED)
        await here.press("question_mark")
        await here.save(TEXT)
        assert here.app.return_code is None, "a save behind another page breaks nothing"


async def test_panes_are_a_key_away_at_every_width(tmp_path: Path) -> None:
    async with room(tmp_path, size=SMALL) as here:
        for kind in (Problems, Outline, Replies):
            await here.press("tab")
            assert here.in_front(kind)
            assert here.app.focused is not None and here.app.focused.region.height > 0
        await here.press("shift+tab")
        assert here.in_front(Outline)
        await here.pilot.resize_terminal(*WIDE)
        await here.until(lambda: here.page.query_one("#play").display, "both sides")
        await here.pilot.resize_terminal(99, 30)
        await here.until(lambda: not here.page.query_one("#play").display, "one side")
        await here.pilot.resize_terminal(40, 12)
        await here.press("escape", "1")
        await here.until(lambda: here.desk.play.turn == 2)
        assert here.app.return_code is None


@pytest.mark.parametrize("keys", [("q",), ("ctrl+q",), ("ctrl+c", "ctrl+c")])
async def test_leaving(keys: tuple[str, ...], tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.pilot.press(*keys)
        await here.until(lambda: here.app.return_code == 0)


async def test_a_fault_of_ours_in_the_background_ends_in_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(_: Reading) -> list[Problem]:
        raise ZeroDivisionError

    monkeypatch.setattr("simulator.tui.preview.app.of_one_reading", wrong)
    with pytest.raises(ZeroDivisionError):
        async with room(tmp_path):
            pass
    assert len(list((tmp_path / "crashes").iterdir())) == 1


# text that is not ours

HOSTILE = "[@click=app.quit]x[/] [/b] [$error]y"


async def test_hostile_text_shows_letter_for_letter(tmp_path: Path) -> None:
    quoted = f'"{HOSTILE}"'
    text = TEXT.replace("So what now?", "x").replace("person: So what happens now?", f"person: {quoted}")
    text = text.replace("say: It'll be here soon.", f"say: {quoted}").replace(
        "name: Marcus", f"name: {quoted}"
    )
    text = text.replace("outcome: settled", f"outcome: {quoted}")
    async with room(tmp_path, text) as here:
        assert here.app.return_code is None
        await here.save(text.replace(f"outcome: {quoted}", "outcome: settled"))
        await here.reply("own-it")
        assert here.text().count(HOSTILE) >= 2
        await here.press("w")
        await here.until(lambda: isinstance(here.app.screen, AskPage))
        assert here.app.return_code is None


@pytest.mark.parametrize("size", [SMALL, WIDE, (40, 12)], ids=str)
async def test_hostile_files_are_told_and_do_nothing(size: tuple[int, int], tmp_path: Path) -> None:
    async with room(tmp_path, size=size, shown=f"{HOSTILE}\x1b]0;x\x07") as here:
        key = "[@click=app.quit]" + "k" * 3000
        for text in ("\x1b[31m", "", "[]", "- " * 200, f"{key}: 1", "format: 1\n" + "x: \u4f60\n" * 200):
            await here.spoil(text)
            assert here.desk.broken
            await here.press("tab")
            shown = here.text()
            assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)
        await here.press("tab", "enter")
        assert here.app.return_code is None
