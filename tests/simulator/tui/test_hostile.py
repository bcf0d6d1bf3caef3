"""Text that is not ours shows letter for letter, or as a replacement mark; it never does anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from scenarios.shelf import Shelf
from simulator.shown import Line, Now, Silence
from simulator.shown_debrief import (
    Asked,
    Debrief,
    DebriefTurn,
    EvidenceShown,
    RatingShown,
    RetakeShown,
    Roads,
    RoadStep,
    RoadTurn,
    Scale,
    TagShown,
    Thing,
    TimelinePoint,
    Voice,
)
from simulator.shown_own import OwnLine, OwnRating, OwnSource, Practised, Suggestion
from simulator.shown_own import OwnPage as Shown
from simulator.told import Part
from simulator.tui.app import TraineeApp
from simulator.tui.screens.aftercare import AftercarePage
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.screens.briefing import BriefingPage
from simulator.tui.screens.contest import ContestPage
from simulator.tui.screens.felt import FeltPage
from simulator.tui.screens.opened import RatingPage, TurnsPage
from simulator.tui.screens.own import OwnPage, SourcesPage
from simulator.tui.screens.scene import ScenePage
from simulator.tui.walk import PARTS
from tests.simulator.tui.stage import TODAY, Stage, entry, staged, tea

LITERAL = {
    "brackets and an action": "[ [/] see [/b] here [@click=app.quit]x[/]",
    "a link, a variable, a code": "[link='file:///x']y[/link] [$error]$primary[/] :skull: \\",
}
CLEANED = {
    "escapes, C1, NUL, bidi, a surrogate; emoji, wide letters, right to left": (
        "a\x1b]52;c;eHl6\x07b \x9b31m \x00 b\u202e\u2066 \ud800 \U0001f469\u200d\U0001f4bb "
        "\u4f60\u597d\u4e16\u754c \u0645\u0631\u062d\u0628\u0627"
    ),
}
LONG = {
    "10,000 letters without a space, words, and 500 marks on one letter": (
        "x" * 10_000 + " words and words" * 600 + " a" + "\u0301" * 500
    ),
}
EVERY = {**LITERAL, **CLEANED, **LONG}


ONLY_A_TITLE = ("word", "account")
"""Pages that show of a scene only who was met and its title, which is cut where there is little room."""


class Hostile:
    """A session whose every text is the same hostile one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.title = self.role = self.setting = self.person = self.trainee = text
        self.keep, self.timed, self.state, self.id = "mine", True, "running", "s"
        self.loaded = tea()
        self.debrief_open = True
        self.confidence = (3, 4)

    def now(self) -> Now:
        from scenarios.unfold import Offer

        offers = tuple(Offer(f"r{place}", self._text, kind) for place, kind in enumerate(("say", "do")))
        return Now(1, 1, self._text, self._text, offers, Silence(12, self._text), False, True)

    def transcript(self) -> list[Line]:
        kinds: Any = ("person", "cue", "trainee", "deed", "quiet", "reach", "note", "take")
        return [Line(kind, self._text, 1, 1) for kind in kinds]

    def part(self) -> Part:
        return "word"

    def scales(self) -> tuple[Scale, ...]:
        text = self._text
        return (Scale("C1", text, text, (text,) * 5, text, None),)

    def roads(self) -> Roads:
        text = self._text
        road = RoadTurn(text, text, "say", text, 1, 2, 3)
        return Roads(1, 1, 2, (RoadStep(1, road, road), RoadStep(2, None, road)), text, None)

    def debrief(self) -> Debrief:
        text = self._text
        tag = TagShown(text, text, True, text)
        turn = DebriefTurn(1, 1, text, "r", "say", text, text, text, text, text, True, 1, (tag,))
        points = (TimelinePoint(0, 5, 5, 5, ()), TimelinePoint(1, 6, 4, 10, (text,)))
        proof = EvidenceShown(1, text, text, -2, 1.0, 2.0, True, "say", text)
        rating = RatingShown("C1", text, 2.0, text, 4, 2, (proof,), text, text, text)
        return Debrief(
            outcome=text,
            ending=text,
            felt=text,
            matters=text,
            came_to_light=((text, True), (text, False)),
            turns=(turn,),
            points=points,
            statements=(Voice(text, (1,), (1,)),),
            first=(turn,),
            feedback=(Thing(True, 1, text, "say", text, text, text, text, text, text, text),),
            not_judged=(text,),
            moments=(Asked(1, text, text, text, text),),
            ratings=(rating,),
            retake_ratings=(RetakeShown(2, (rating,)),),
            claim=text,
            word=text,
            account=text,
            question=text,
            reflection=text,
            blind=True,
            confidence=(3, 4),
            questions=(text,),
            to_keep=text,
            to_try=text,
            when=text,
            legal_note=text,
            credits_note=text,
        )

    def suspend(self) -> None:
        self.state = "suspended"

    def close(self) -> None:
        self.state = "ended"


def own_page_of(text: str) -> Shown:
    """An own page whose every text is this one."""
    line = OwnLine("s", text, TODAY, True, text, text)
    rating = OwnRating("C1", text, 2.0, 1, (OwnSource("s", text, TODAY, 2.0, (1,)),))
    seen = Practised("s", text, text, TODAY, text, "shared", False)
    return Shown((seen,), (line,), (rating,), (), Suggestion(text, text, text), text)


async def every_page(stage: Stage, text: str) -> dict[str, str]:
    """What each page shows of a text, top of the page."""
    app: TraineeApp = stage.app
    session: Any = Hostile(text)
    shown = {}
    await stage.until(lambda: "practising as" in stage.text())
    shown["choose"] = stage.text()
    app._only(ScenePage(session))
    await stage.page(ScenePage)
    shown["scene"] = stage.text()
    # what is long costs long: two pages stand for the others then, made of the same blocks
    long = len(text) > 1_000
    for part in ("timeline",) if long else PARTS:
        await stage.to_part(part, session)
        shown[part] = stage.text()
    over: list[Screen[Any]] = [
        TurnsPage(session, text, [(text, False, (1,))]),
        RatingPage(session, "C1", text),
        ContestPage(text, text, "mine"),
        OwnPage(),
        SourcesPage(own_page_of(text).ratings[0], text),
    ]
    stage.practice.own = own_page_of(text)
    for page in over[:1] if long else over:
        app._only(page)
        await stage.page(type(page))
        await stage.until(lambda: "Looking" not in stage.text(), "the own page is filled")
        shown[type(page).__name__] = stage.text()
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
                wanted = text[:30] if page in ONLY_A_TITLE else text
                assert wanted in " ".join(what.split()), f"{page}:\n{what}"
            if text in CLEANED.values():
                assert "\ufffd" in what, page


async def test_and_in_the_smallest_window(tmp_path: Path) -> None:
    text = "[@click=app.quit]x[/]" + "\u4f60" * 2000
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
        page = await stage.to_own_say(there=True)
        await stage.press(*"[/b]", "enter")
        await stage.until(lambda: page.step == 1)
        await stage.ready()
        await stage.press("escape")
        await stage.part("account")
        await stage.press(*"[@click=app.quit]x", "ctrl+s")
        await stage.part("self-rating")
        await stage.press("escape")
        await stage.page(FeltPage)
        await stage.pilot.pause()
        assert "[/b]" in stage.text() and "[@click=app.quit]x" in stage.text()


async def test_a_hostile_scenario_is_briefed_letter_for_letter(tmp_path: Path) -> None:
    from tests.simulator.tui.stage import scenario

    text = "[@click=app.quit]quiet[/] [/]"
    loaded = scenario(title=text, summary=text, setting=text, role=text, content_notes=[text], aims=[text])
    async with staged(tmp_path) as stage:
        stage.app.brief(loaded)
        await stage.page(BriefingPage)
        assert stage.text().count("[@click=app.quit]quiet[/]") >= 3
