"""The review app: the door, the table of sessions, and what is said of one. It decides nothing; the room does."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from facilitator.errors import Locked
from facilitator.tui.door import DoorPage
from facilitator.tui.help import ReviewHelp
from facilitator.tui.sessions import SessionsPage
from simulator.errors import SimulatorError
from simulator.tui.base import AGAIN_WITHIN, BaseApp, told_on_leaving
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.screens.help import HelpPage
from simulator.tui.themes import DARK

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from facilitator.room import Room
    from facilitator.tui.group import SceneWords

LOOK_EVERY_S: Final = 5.0
"""How often the lock is minded, and an open review read again for what others have written."""
QUIETLY: Final = ""
"""Reading again what is open already is no new look at it: no line on the trail."""


class ReviewApp(BaseApp):
    """The door first, and again after ten minutes without a key; then sessions, and one of them."""

    TITLE = "Words First"
    CSS_PATH = ["../../simulator/tui/app.tcss", "review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q",
            "leave",
            "quit",
            show=False,
            id="review.quit",
            key_display="ctrl+q",
            tooltip="Leave; what was kept is kept",
            priority=True,
        ),
        Binding(
            "ctrl+c",
            "leave_twice",
            "quit",
            show=False,
            id="review.quit-twice",
            key_display="ctrl+c",
            tooltip="Twice within two seconds: leave, as ctrl+q does",
            priority=True,
        ),
        Binding(
            "ctrl+o",
            "lock",
            "lock",
            show=False,
            id="review.lock",
            key_display="ctrl+o",
            tooltip="Cover the screen until the passphrase is given; nothing typed is lost",
            priority=True,
        ),
    ]

    def __init__(
        self,
        room: Room,
        *,
        session: str | None = None,
        name: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        scene_words: SceneWords | None = None,
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
        theme: str = DARK,
        crash_folder: Path | None = None,
    ) -> None:
        super().__init__(clock=clock, theme=theme, crash_folder=crash_folder)
        self.room = room
        self.today = today
        self.scene_words = scene_words
        self._session = session
        self._called = name

    def get_default_screen(self) -> Screen[Any]:
        return SessionsPage()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(LOOK_EVERY_S, self.look)
        self.push_screen(DoorPage(self.room, self._called), self._entered)

    # the door

    def _entered(self, _: object) -> None:
        for page in self.screen_stack:
            if isinstance(page, SessionsPage):
                page.begin()
        if self._session is not None:
            session, self._session = self._session, None
            self.open(session)

    def action_lock(self) -> None:
        """Cover the screen now."""
        self._cover("The screen is covered.")

    def _cover(self, why: str) -> None:
        """Put the door in front of whatever there is, and let nobody read on; what was typed there stays."""
        name = self.room.me.name
        self.room.leave()
        self.clear_notifications()
        self.push_screen(DoorPage(self.room, name, why))

    def mind_the_lock(self) -> bool:
        """Whether the screen is covered, or had to be now."""
        if self._covered:
            return True
        if self.room.locked:
            self._cover("Nobody has touched a key for ten minutes, so the screen is covered.")
            return True
        return False

    def look(self) -> None:
        """Now and then: mind the lock, and let an open review say what others have written meanwhile."""
        from facilitator.tui.session import SessionPage

        if self.mind_the_lock():
            return
        for page in self.screen_stack:
            if isinstance(page, SessionPage):
                page.look_again()

    async def on_event(self, event: events.Event) -> None:
        """Every key says that somebody is there; the first after ten minutes only covers the screen."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste) and not event.is_forwarded:
            if not self._covered and self.mind_the_lock():
                return
            self.room.touch()
        await super().on_event(event)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return [] if isinstance(screen, DoorPage) else super().get_system_commands(screen)

    # pages

    @work(exclusive=True, group="opening")
    async def open(self, session: str, then: Callable[[Review], None] | None = None) -> None:
        """Open a session; where it cannot be shown, say what it is instead."""
        try:
            review = await asyncio.to_thread(self.room.open, session)
        except SimulatorError as error:
            self.failed(error)
            self.table.look()
            return
        if then is not None:
            then(review)
            return
        from facilitator.tui.session import SessionPage

        await self.push_screen(SessionPage(review))
        self.mind_the_size()

    @property
    def table(self) -> SessionsPage:
        """The table, whatever lies over it."""
        page = self.screen_stack[0]
        assert isinstance(page, SessionsPage)
        return page

    def failed(self, error: SimulatorError) -> None:
        """Say what went wrong, and what to do; a lock covers the screen."""
        if isinstance(error, Locked) and self.room.locked:
            self.mind_the_lock()
            return
        self.tell(error.message, error.advice)

    def tell(self, what: str, then: str = "") -> None:
        """Say something in words, and wait until it has been read."""
        self.push_screen(AskPage(what, then, [Choice("ok", "Go on")]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the door nothing can be asked of the app but to leave."""
        return not (action in ("help", "lock", "command_palette") and self._covered)

    @property
    def _covered(self) -> bool:
        return any(isinstance(page, DoorPage) for page in self._screen_stack)

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpPage | DoorPage):
            self.push_screen(ReviewHelp(self.screen))

    def say_once_more(self) -> None:
        self.notify("Press ctrl+c once more to leave.", markup=False, timeout=AGAIN_WITHIN + 1)


def run(
    room: Room,
    *,
    session: str | None = None,
    name: str | None = None,
    scene_words: SceneWords | None = None,
    theme: str = DARK,
    crash_folder: Path | None = None,
) -> int:
    """Run the review app here until it is left; returns the exit code."""
    app = ReviewApp(
        room, session=session, name=name, scene_words=scene_words, theme=theme, crash_folder=crash_folder
    )
    code = app.run()
    said = told_on_leaving(app)
    if said is not None:
        print(said, file=sys.stderr)
    return app.return_code or code or 0
