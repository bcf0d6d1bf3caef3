"""Text that is not ours shows letter for letter, or as a replacement mark; it never does anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenarios.shelf import Shelf
from simulator.shown import Debrief, DebriefTurn, Line, Now, Silence
from simulator.tui.app import TraineeApp
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.screens.briefing import BriefingPage
from simulator.tui.screens.debrief import DebriefPage
from simulator.tui.screens.reflect import ReflectPage
from simulator.tui.screens.scene import ScenePage
from tests.simulator.tui.stage import Stage, entry, staged, tea

LITERAL = {
    "brackets and an action": "[ [/] see [/b] here [@click=app.quit]x[/]",
    "a link, a variable, a code": "[link='file:///x']y[/link] [$error]$primary[/] :skull: \\",
}
OTHER = {
    "emoji, wide letters": "\U0001f469\u200d\U0001f4bb \u4f60\u597d\u4e16\u754c",
    "right to left": "\u0645\u0631\u062d\u0628\u0627",
}
CLEANED = {"escapes, C1, NUL, bidi, a surrogate": "a\x1b]52;c;eHl6\x07b \x9b31m \x00 b\u202e\u2066 \ud800"}
LONG = {
    "20,000 letters without a space": "x" * 20_000,
    "words, and 500 marks on one letter": "words and words " * 1200 + "a" + "\u0301" * 500,
}
EVERY = {**LITERAL, **OTHER, **CLEANED, **LONG}


class Hostile:
    """A session whose every text is the same hostile one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.title = self.role = self.setting = self.person = self.trainee = text
        self.keep, self.timed, self.state, self.id = "mine", True, "running", "s"
        self.loaded = tea()
        self.debrief_open = True
        self.reflection_question = text

    def now(self) -> Now:
        from scenarios.unfold import Offer

        offers = tuple(Offer(f"r{place}", self._text, kind) for place, kind in enumerate(("say", "do")))
        return Now(1, 1, self._text, self._text, offers, Silence(12, self._text), False, True)

    def transcript(self) -> list[Line]:
        kinds: Any = ("person", "cue", "trainee", "deed", "quiet", "reach", "note", "take")
        return [Line(kind, self._text, 1, 1) for kind in kinds]

    def debrief(self) -> Debrief:
        text = self._text
        turn = DebriefTurn(1, 1, text, "r", "say", text, text, text, text, text, True, 1)
        return Debrief(
            text, text, text, text, ((text, True), (text, False)), (turn,), text, text, text, text, text
        )

    def suspend(self) -> None:
        self.state = "suspended"

    def close(self) -> None:
        self.state = "ended"


async def every_page(stage: Stage, text: str) -> dict[str, str]:
    """What each page shows of a text, top of the page."""
    app: TraineeApp = stage.app
    session: Any = Hostile(text)
    shown = {}
    await stage.until(lambda: "practising as" in stage.text())
    shown["choose"] = stage.text()
    for kind in (ScenePage, ReflectPage, DebriefPage):
        app._only(kind(session))
        await stage.page(kind)
        await stage.pilot.pause()
        shown[kind.__name__] = stage.text()
    app._only(AftercarePage(text))
    await stage.page(AftercarePage)
    shown["aftercare"] = stage.text()
    app._only(AskPage(text, text, [Choice("a", text, text)]))
    await stage.page(AskPage)
    shown["ask"] = stage.text()
    app.notify(text, markup=False)
    await stage.pilot.pause()
    return shown


@pytest.mark.parametrize("text", EVERY.values(), ids=EVERY)
async def test_every_page_survives_it(text: str, tmp_path: Path) -> None:
    row = entry(text, summary=text, role=text, content_notes=(text,))
    async with staged(tmp_path, shelf=Shelf((row,), (), ((text, text),))) as stage:
        shown = await every_page(stage, text)
        assert stage.app.return_code is None
        for page, what in shown.items():
            assert not any(ord(letter) < 32 and letter != "\n" for letter in what), page
            assert not set("\x1b\x9b\u202e\u2066\x00") & set(what), page
            if text in LITERAL.values():
                assert text in what, f"{page}:\n{what}"
            if text in CLEANED.values():
                assert "\ufffd" in what, page


@pytest.mark.parametrize("text", ["[@click=app.quit]x[/]", "\u4f60" * 3000], ids=["action", "wide"])
async def test_and_in_the_smallest_window(text: str, tmp_path: Path) -> None:
    row = entry(text, summary=text, role=text, content_notes=(text,))
    async with staged(tmp_path, (40, 12), shelf=Shelf((row,))) as stage:
        await every_page(stage, text)
        assert stage.app.return_code is None


async def test_what_is_typed_is_only_ever_text(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.until(lambda: "practising as" in stage.text())
        await stage.press(*"[/]")
        await stage.until(lambda: "Nothing here fits" in stage.text())
        await stage.to_the_end()
        await stage.press("enter")
        page = await stage.page(ReflectPage)
        await stage.ready()
        await stage.press(*"[/b]", "enter")
        await stage.until(lambda: page._asking)
        await stage.ready()
        await stage.press(*"[@click=app.quit]x", "ctrl+s")
        await stage.page(DebriefPage)
        assert "[/b]" in stage.text() and "[@click=app.quit]x" in stage.text()


async def test_a_hostile_scenario_is_briefed_letter_for_letter(tmp_path: Path) -> None:
    from tests.simulator.tui.stage import scenario

    text = "[@click=app.quit]quiet[/] [/]"
    loaded = scenario(title=text, summary=text, setting=text, role=text, content_notes=[text], aims=[text])
    async with staged(tmp_path) as stage:
        stage.app.brief(loaded)
        await stage.page(BriefingPage)
        assert stage.text().count("[@click=app.quit]quiet[/]") >= 3
