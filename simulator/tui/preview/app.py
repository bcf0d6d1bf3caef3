"""The preview app: it notices saves, has every play tried in the background, and shows the author's desk."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any, ClassVar, Protocol

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from scenarios import watch
from scenarios.explore import Explored
from scenarios.findings import of_one_reading, of_plays
from scenarios.load import Loaded, Reading, read_scenario
from scenarios.problems import Problem
from scenarios.proving import BrokenOff, Proving
from simulator.text import clean_line
from simulator.tui.base import AGAIN_WITHIN, BaseApp, told_on_leaving
from simulator.tui.preview.desk import Desk
from simulator.tui.preview.page import DeskPage
from simulator.tui.screens.help import HelpPage
from simulator.tui.themes import DARK


class Tried(Protocol):
    """Every play of one scene being tried; both may be called from any thread."""

    def explored(self) -> Explored:
        """What they come to. Raises BrokenOff."""

    def stop(self) -> None:
        """End it."""


class DeskHelp(HelpPage):
    """What the desk is for and its keys, without what help tells trainees."""

    CSS_PATH = "../screens/reading.tcss"

    def _blocks(self) -> list[Any]:
        return super()._blocks()[: bool(self._purpose) + 1 + len(self._keys)]


class PreviewApp(BaseApp):
    """One file being written. Two threads bring what is new, as messages: saves, and what all plays come to."""

    TITLE = "Words First"
    CSS_PATH = ["../app.tcss", "preview.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-usual"), (100, "-roomy")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q",
            "leave",
            "quit",
            show=False,
            id="preview.leave",
            key_display="ctrl+q",
            tooltip="Leave the preview",
            priority=True,
        ),
        Binding(
            "ctrl+c",
            "leave_twice",
            "quit",
            show=False,
            id="preview.leave-twice",
            key_display="ctrl+c",
            tooltip="Twice within two seconds: leave the preview",
            priority=True,
        ),
    ]

    @dataclass
    class WasRead(Message):
        """The file was read, at the start or after a save."""

        reading: Reading

    @dataclass
    class WasJudged(Message):
        """What that reading tells is wrong."""

        reading: Reading
        problems: Sequence[Problem]

    @dataclass
    class WasTried(Message):
        """Every play was tried; `explored` is None where that was broken off."""

        reading: Reading
        explored: Explored | None
        problems: Sequence[Problem]

    def __init__(
        self,
        path: Path,
        desk: Desk,
        *,
        shown: str | None = None,
        proving: Callable[[Loaded], Tried] = Proving,
        clock: Callable[[], float] = time.monotonic,
        theme: str = DARK,
        crash_folder: Path | None = None,
    ) -> None:
        super().__init__(clock=clock, theme=theme, crash_folder=crash_folder)
        self.path = path
        self.shown = clean_line(shown or str(path))
        self.desk = desk
        self.walks: list[list[str]] = []
        self.judged = 0
        self._proving = proving
        self._tried: Tried | None = None
        self._leaving = Event()

    def get_default_screen(self) -> Screen[Any]:
        return DeskPage(self.desk)

    @property
    def page(self) -> DeskPage:
        """The desk, whatever lies over it."""
        page = self.screen_stack[0]
        assert isinstance(page, DeskPage)
        return page

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._aside(self._watch))

    def _aside(self, work: Callable[[], None]) -> Callable[[], None]:
        """A thread that never keeps the program from ending; a fault in it ends the app as any of ours does."""

        def guarded() -> None:
            try:
                work()
            except Exception as fault:
                if not self._leaving.is_set():
                    self.call_later(self._handle_exception, fault)

        return Thread(target=guarded, daemon=True).start

    # noticing saves

    def _watch(self) -> None:
        """In a thread: read the file now, and again after every save."""
        watcher = watch.Watcher([self.path], False, lambda _: None, check=self._saved)
        watcher.begin()
        while not self._leaving.wait(watch.SETTLE if watcher.unsettled else watch.EVERY):
            watcher.tick()

    def _saved(self, path: Path, _shown: str) -> Sequence[Problem]:
        """In the thread: one reading, told at once, then what it says is wrong."""
        reading = read_scenario(path, self.shown)
        if reading.loaded is not None:
            _ = reading.loaded.scene  # compiled here, so that the screen need not wait for it
        self.post_message(self.WasRead(reading))
        self.post_message(self.WasJudged(reading, of_one_reading(reading) + of_plays(reading, None)))
        return []

    @on(WasRead)
    def _was_read(self, event: WasRead) -> None:
        first = not self.desk.ready
        words = self.desk.take_reading(event.reading)
        if self.desk.loaded is not None and self.desk.loaded is event.reading.loaded:
            self._try_every_play(event.reading)
        self.page.show_all(words)
        if first:
            self.page.go_to("play" if self.desk.ready else "problems")

    @on(WasJudged)
    def _was_judged(self, event: WasJudged) -> None:
        self.judged += 1
        self.desk.take_problems(event.reading, event.problems)
        self.page.show_problems()

    # trying every play

    def _try_every_play(self, reading: Reading) -> None:
        """Begin anew; what is being tried of an older file ends."""
        loaded = reading.loaded
        assert loaded is not None
        self._stop_trying()
        tried = self._tried = self._proving(loaded)

        def work() -> None:
            try:
                explored = tried.explored()
            except BrokenOff:
                self.post_message(self.WasTried(reading, None, []))
                return
            self.post_message(self.WasTried(reading, explored, of_plays(reading, explored)))

        self._aside(work)()

    def _stop_trying(self) -> None:
        if self._tried is not None:
            self._tried.stop()
            self._tried = None

    @on(WasTried)
    def _was_tried(self, event: WasTried) -> None:
        self.desk.take_proof(event.reading, event.explored, event.problems)
        self.page.show_problems()

    # walks, help, leaving

    def note_walk(self, lines: list[str]) -> None:
        """Print a walk when the app ends."""
        if lines not in self.walks:
            self.walks.append(lines)

    def copy_walk(self, lines: list[str]) -> None:
        """Hand a walk to the terminal's clipboard."""
        self.copy_to_clipboard("\n".join(lines) + "\n")
        self.page.say("Copied, where this terminal allows it.")

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpPage):
            self.push_screen(DeskHelp(self.screen))

    def say_once_more(self) -> None:
        self.notify("Press ctrl+c once more to leave.", markup=False, timeout=AGAIN_WITHIN + 1)

    def put_by(self) -> None:
        """Nothing is kept; what runs in the background ends."""
        self._leaving.set()
        self._stop_trying()

    def on_unmount(self) -> None:
        self.put_by()


def run(
    path: Path,
    *,
    shown: str | None = None,
    seed: int = 0,
    opening: str | None = None,
    cast: str | None = None,
    theme: str = DARK,
) -> int:
    """Run the preview here; returns the exit code. Walks that were asked for are printed on the way out."""
    app = PreviewApp(path, Desk(seed, opening, cast), shown=shown, theme=theme)
    code = app.run()
    if app.walks:
        print("\n\n".join("\n".join(lines) for lines in app.walks))
    told = told_on_leaving(app)
    if told is not None:
        print(told, file=sys.stderr)
    return app.return_code or code or 0
