"""The trainee app: choose, be briefed, play, look back. Its services are handed to it; it decides nothing."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from simulator.errors import SimulatorError, StoreTrouble
from simulator.start import Start
from simulator.tui.base import BaseApp, told_on_leaving
from simulator.tui.groups import ask_group
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.themes import DARK
from simulator.tui.words import KEEPS

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from scenarios.shelf import Shelf
    from simulator.practice import Practice
    from simulator.session import Keep, Session
    from simulator.told import Part

Value = TypeVar("Value")
_FINISHED = frozenset({"ended", "stepped-out"})


class TraineeApp(BaseApp):
    """Choose, briefing, scene, end; pause, help and aftercare from anywhere."""

    TITLE = "Words First"
    CSS_PATH = ["app.tcss", "screens/choose.tcss"]  # the first page's own is not loaded by itself
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+e",
            "aftercare",
            "aftercare",
            show=False,
            key_display="ctrl+e",
            id="app.aftercare-anywhere",
            tooltip="Aftercare, also while you are typing",
            priority=True,
        ),
        Binding(
            "a",
            "aftercare",
            "aftercare",
            id="app.aftercare",
            tooltip="Who to talk to, and a minute to come back to yourself",
        ),
    ]

    def __init__(
        self,
        practice: Practice,
        *,
        shelf: Shelf | Callable[[], Shelf],
        start: Start | str | Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
        theme: str = DARK,
        crash_folder: Path | None = None,
    ) -> None:
        super().__init__(clock=clock, theme=theme, crash_folder=crash_folder)
        self.practice = practice
        self.shelf = shelf
        self.start = start if isinstance(start, Start) else Start()
        self._where = None if start is None or isinstance(start, Start) else str(start)
        self.today = today
        self.session: Session | None = None
        self._left_at: Part | None = None

    @property
    def may_report(self) -> bool:
        return (self.session.keep if self.session is not None else self.practice.keep) != "none"

    def get_default_screen(self) -> Screen[Any]:
        return ChoosePage()

    def on_mount(self) -> None:
        super().on_mount()
        if self.start.resume:
            self.resume(self.start.session)
        elif self.start.loaded is not None:
            self.brief(self.start.loaded)
        elif self._where is not None:
            self.open(self._where)

    # from page to page

    @work(exclusive=True, group="opening")
    async def open(self, where: str) -> None:
        """Read a scenario and show its briefing; what is wrong with it is told instead."""
        from scenarios.load import NoSuchScenario, ScenarioError, load

        try:
            loaded = await asyncio.to_thread(load, where)
        except (NoSuchScenario, ScenarioError, OSError) as error:
            self.tell("This scenario cannot be opened.", shortened(str(error)))
            return
        self.brief(loaded)

    def brief(self, loaded: Loaded) -> None:
        """Show what is known before a scene, and what may be chosen about it."""
        from simulator.tui.screens.briefing import BriefingPage

        keep = self.start.keep or self.practice.keep
        self._only(BriefingPage(loaded, keep, self.start.timed))

    def begin(self, loaded: Loaded, keep: Keep, confidence: int | None, timed: bool) -> None:
        """Draw who is met, and start."""
        named = self.start

        def start(kept_as: Keep) -> Session:
            return self.practice.start(
                loaded,
                kept_as,
                opening=named.opening,
                cast=named.cast,
                seed=named.seed,
                confidence=confidence,
                timed=timed,
            )

        unkept = partial(self.kept, partial(start, "none"), self.play)
        ask_group(self, keep, partial(self.kept, partial(start, keep), self.play, without=unkept))

    @work(exclusive=True, group="opening")
    async def resume(self, session: str | None, dimension: str | None = None, *, back: bool = False) -> None:
        """Go on with a session, on the very scenario it began with; `back`: look back on it at once."""
        try:
            found = await asyncio.to_thread(self.practice.resume, session)
        except SimulatorError as error:
            self.tell(error.message, error.advice)
            return
        if not back or found.now().ended is False:
            self.play(found)
            return
        self.session = found
        self._left_at = None
        if dimension is not None and found.debrief_open:
            self._open_rating(found, dimension)
        else:
            self.look_back(found)

    def _open_rating(self, session: Session, dimension: str) -> None:
        from simulator.tui.screens.opened import RatingPage

        self.look_on(session, "feedback")
        names = {rating.dimension: rating.name for rating in session.debrief().ratings}
        if dimension in names:
            self.push_screen(RatingPage(session, dimension, names[dimension]))

    def own_page(self) -> None:
        """What the trainee practised, kept and tried: theirs alone."""
        from simulator.tui.screens.own import OwnPage

        self.push_screen(OwnPage())

    def play(self, session: Session) -> None:
        """Show the scene."""
        from simulator.tui.screens.scene import ScenePage

        self.session = session
        self._only(ScenePage(session))

    def look_back(self, session: Session) -> None:
        """After a scene: the first part that waits; after a moment taken again both roads, and on from there."""
        left_at, self._left_at = self._left_at, None
        if left_at is not None and session.debrief_open:
            from simulator.tui.screens.fork import ForkPage

            self._only(ForkPage(session, "keep" if left_at == "fork" else left_at))
            return
        self.look_on(session, session.part() or "felt")

    def look_on(self, session: Session, part: Part | None) -> None:
        """Show a part of the debrief; None is the way out, by aftercare."""
        if part is None:
            from simulator.tui.screens.aftercare import AftercarePage

            self._only(AftercarePage(last=True))
            return
        from simulator.tui.walk import page

        self._only(page(part, session))

    def look_at(self, session: str, dimension: str | None = None) -> None:
        """Open a session that was kept, to look back on it; with a dimension, at its suggested rating."""
        self.resume(session, dimension, back=True)

    def home(self) -> None:
        """Back to the chooser; what was played is put by."""
        self.put_by()
        if self.session is not None:
            self.session.close()
        self.session, self._left_at = None, None
        self._only(None)
        chooser = self.screen_stack[0]
        if isinstance(chooser, ChoosePage):
            chooser.look_again()

    def _only(self, page: Screen[Any] | None) -> None:
        """Leave the chooser and this page alone on the stack."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if page is not None:
            self.push_screen(page)
        self.mind_the_size()

    # saving

    def kept(
        self,
        call: Callable[[], Value],
        then: Callable[[Value], None],
        *,
        session: Session | None = None,
        instead: Callable[[], None] | None = None,
        without: Callable[[], None] | None = None,
    ) -> None:
        """Do what must be kept before anything is shown; where that fails, nothing moves until settled."""
        try:
            value = call()
        except StoreTrouble as trouble:
            from simulator.tui.screens.trouble import trouble_page

            def again() -> None:
                self.kept(call, then, session=session, instead=instead, without=without)

            def let_go() -> None:
                if session is None:
                    (without or again)()
                    return
                self.kept(
                    lambda: session.set_keep("none"), lambda _: again(), session=session, instead=instead
                )

            def decided(answer: str | None) -> None:
                {"again": again, "nothing": let_go, "leave": self.abandon}.get(answer or "", again)()

            self.push_screen(trouble_page(trouble, session is not None or without is not None), decided)
            return
        except SimulatorError as error:
            self.tell(error.message, error.advice)
            if instead is not None:
                instead()
            return
        then(value)

    def abandon(self) -> None:
        """Leave what could not be saved: back to the chooser without another try."""
        if self.session is not None:
            self.session.close()
        self.session = None
        self._only(None)

    def put_by(self) -> None:
        """Suspend what is being played, so that it can go on later from exactly here."""
        session = self.session
        if session is None or session.state in _FINISHED:
            return
        try:
            session.suspend()
        except SimulatorError:
            return  # every turn that was shown is saved already; only the mark "suspended" is missing

    # pages over others

    def tell(self, what: str, then: str = "") -> None:
        """Say what happened, in words, and wait until it has been read."""
        self.push_screen(AskPage(what, then, [Choice("ok", "Go on")]))

    def pause(self, session: Session) -> None:
        """Cover the page at once, then stop the clock."""
        from simulator.tui.screens.pause import PausePage

        def resumed(answer: str | None) -> None:
            self.kept(session.unpause, lambda _: None, session=session)
            if answer == "out":
                self.step_out(session)

        self.push_screen(PausePage(), resumed)
        self.kept(session.pause, lambda _: None, session=session)

    def again(self, session: Session, turn: int, go: Callable[[], None]) -> None:
        """Ask before taking a turn again."""
        asked = AskPage(
            f"Take turn {turn} again?",
            "You go back to just before what you said there, and the person is as they were then. "
            "What you did before stays in the record, as your own earlier try.",
            [Choice("yes", "Take it again from here"), Choice("no", "Stay where I am")],
        )
        self.push_screen(asked, lambda answer: go() if answer == "yes" else None)

    def again_from_the_end(self, session: Session, turn: int) -> None:
        """Ask, then go back into the scene at an earlier turn; what was being looked at is gone on with after."""

        def go() -> None:
            parts = [part for page in self.screen_stack if (part := getattr(page, "PART", None))]
            self._left_at = parts[-1] if parts else None
            self.kept(lambda: session.rewind(turn), lambda _: self.play(session), session=session)

        self.again(session, turn, go)

    def step_out(self, session: Session) -> None:
        """Ask which way of leaving is meant; stepping out is kind and final, leaving for now is not."""
        later = (
            [] if session.keep == "none" else [Choice("later", "Leave it for now, and go on another time")]
        )
        asked = AskPage(
            "Step out of the scene?",
            "You can, at any time and for any reason. Nothing of it is judged.",
            [Choice("out", "Step out"), *later, Choice("stay", "Stay in the scene")],
        )

        def decided(answer: str | None) -> None:
            if answer == "out":
                self.kept(session.step_out, lambda said: self._stepped_out(session, said), session=session)
            elif answer == "later":
                self.home()

        self.push_screen(asked, decided)

    def _stepped_out(self, session: Session, said: str) -> None:
        from simulator.tui.screens.aftercare import AftercarePage

        self._only(AftercarePage(said, last=True))

    def action_aftercare(self) -> None:
        from simulator.tui.screens.aftercare import AftercarePage

        if not isinstance(self.screen, AftercarePage):
            back = any(hasattr(page, "PART") for page in self.screen_stack)
            self.push_screen(AftercarePage(may_finish=back))

    def ask_keep(self, session: Session, then: Callable[[], None]) -> None:
        """Ask what is kept of this session; nothing erases at once, and that is said before."""
        choices = [
            Choice(
                keep, f"{words[0].capitalize()}{' (as it is now)' if keep == session.keep else ''}", words[1]
            )
            for keep, words in KEEPS.items()
        ]
        asked = AskPage(
            "What is kept of this session?",
            "“Nothing” erases it at once and cannot be undone.",
            choices,
            start=session.keep,
        )

        def decided(answer: str | None) -> None:
            if answer is not None and answer in KEEPS and answer != session.keep:
                keep: Any = answer
                ask_group(self, keep, lambda: self.kept(lambda: session.set_keep(keep), lambda _: then()))

        self.push_screen(asked, decided)


def shortened(text: str, most: int = 5) -> str:
    """The first lines of a long list of problems, and where to find the rest."""
    lines = text.splitlines()
    rest = len(lines) - most
    return (
        text
        if rest <= 0
        else "\n".join([*lines[:most], f"… and {rest} more; words-first check tells them all."])
    )


def run(
    practice: Practice,
    *,
    shelf: Shelf | Callable[[], Shelf],
    start: Start | str | Path | None = None,
    theme: str = DARK,
    crash_folder: Path | None = None,
) -> int:
    """Run the trainee app here; returns the exit code. `start`: what was asked for, or an id or path."""
    app = TraineeApp(practice, shelf=shelf, start=start, theme=theme, crash_folder=crash_folder)
    code = app.run()
    said = told_on_leaving(app)
    if said is not None:
        print(said, file=sys.stderr)
    return app.return_code or code or 0
