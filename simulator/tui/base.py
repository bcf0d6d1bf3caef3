"""What every app of ours shares: it gives the terminal back, shows no traceback, and minds its colours."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from simulator.terminal import SMALLEST
from simulator.tui import crash
from simulator.tui.themes import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from textual.types import CSSPathType

OUR_FAULT: Final = 70
AGAIN_WITHIN: Final = 2.0
_OURS: Final = {theme.name: theme for theme in THEMES}


class Page(Screen[None]):
    """A whole page: title line, body, the keys that can be pressed. Its help is `HELP`, in plain words."""

    HELP: ClassVar[str] = ""


class BaseApp(App[int], inherit_bindings=False):
    """Signals, crashes, colours, sizes, leaving. A subclass says in `put_by` what to save on the way out."""

    CSS_PATH: ClassVar[CSSPathType | None] = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-usual"), (110, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-medium"), (32, "-tall")]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1,question_mark",
            "help",
            "help",
            key_display="?",
            id="app.help",
            tooltip="What can be done here, and with which key",
        ),
        Binding(
            "ctrl+l",
            "other_theme",
            "light or dark",
            show=False,
            id="app.theme",
            key_display="ctrl+l",
            tooltip="Change between the light and the dark colours",
            priority=True,
        ),
        Binding(
            "ctrl+q",
            "leave",
            "quit",
            show=False,
            id="app.leave",
            key_display="ctrl+q",
            tooltip="Leave Words First; your place is kept unless you chose to keep nothing",
            priority=True,
        ),
        Binding(
            "ctrl+c",
            "leave_twice",
            "quit",
            show=False,
            id="app.leave-twice",
            key_display="ctrl+c",
            tooltip="Twice within two seconds: leave Words First, as ctrl+q does",
            priority=True,
        ),
    ]

    _ours_alone = False  # the framework asks for its own default while it is being made

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        theme: str = DARK,
        crash_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.clock = clock
        self.crash_folder = crash_folder
        self.crash_file: Path | None = None
        self._ours_alone = True
        self.crashed = False
        self._asked_to_leave = float("-inf")
        for ours in THEMES:
            self.register_theme(ours)
        self.theme = theme if theme in _OURS else DARK

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our own alone: the ANSI themes turn text black on black where colour is refused (NO_COLOR)."""
        return dict(_OURS) if self._ours_alone else super().available_themes

    def on_mount(self) -> None:
        self.set_class(self.no_color or self.console.color_system in (None, "standard"), "-few-colours")
        self._watch_signals()

    # signals

    def _watch_signals(self) -> None:
        """SIGTERM and SIGHUP end the app as leaving does, so the terminal is given back. Not on Windows."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self._end_by, int(number))
            except (NotImplementedError, RuntimeError, ValueError):
                return  # Windows, or an app in a thread: there is nobody to ask

    def _end_by(self, number: int) -> None:
        self.put_by()
        self.exit(None, return_code=128 + number)

    # crashes

    def _handle_exception(self, error: Exception) -> None:
        """Our fault: put by what can be, write a report without a word of what was said, and end."""
        if not self.crashed:
            self.crashed = True
            self.crash_file = self._report(error)
            self.put_by_quietly()
        self._return_code = OUR_FAULT
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    @property
    def may_report(self) -> bool:
        """Whether a crash may leave a report on disk; not where the trainee chose that nothing is kept."""
        return True

    def _report(self, fault: Exception) -> Path | None:
        return crash.write(fault, self.crash_folder) if self.may_report else None

    def put_by_quietly(self) -> None:
        """As `put_by`, on the way out of a crash, where a second fault must not hide the first."""
        try:
            self.put_by()
        except Exception as second:
            self._report(second)

    def put_by(self) -> None:
        """Save what must be saved before the app ends. May be called more than once."""

    # leaving

    def action_leave(self) -> None:
        self.put_by()
        self.exit(0)

    def action_leave_twice(self) -> None:
        now = self.clock()
        if now - self._asked_to_leave <= AGAIN_WITHIN:
            self.action_leave()
            return
        self._asked_to_leave = now
        self.say_once_more()

    def say_once_more(self) -> None:
        """What is said after the first ctrl+c. What it says of keeping is for a subclass to say otherwise."""
        self.notify(
            "Press ctrl+c once more to leave. Where you are is kept, unless you chose to keep nothing.",
            markup=False,
            timeout=AGAIN_WITHIN + 1,
        )

    # help, colours, the palette

    def action_help(self) -> None:
        from simulator.tui.screens.help import HelpPage

        if not isinstance(self.screen, HelpPage):
            self.push_screen(HelpPage(self.screen))

    def action_other_theme(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: what has a key here and now, by its own words."""
        offered: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id is None or binding.system or not active.enabled or not binding.tooltip:
                continue
            if binding.description in offered:
                continue
            offered.add(binding.description)
            action = binding.action

            async def call(action: str = action, node: object = active.node) -> None:
                await self.run_action(action, node)  # type: ignore[arg-type]

            yield SystemCommand(f"{binding.description.capitalize()}", binding.tooltip, call)

    # sizes

    @property
    def too_small(self) -> bool:
        columns, rows = self.size
        return columns < SMALLEST[0] or rows < SMALLEST[1]

    def _check_resize(self) -> None:
        """Before any page is laid out at a size no list can live in, a page that can is put over it."""
        self.mind_the_size()
        super()._check_resize()

    def mind_the_size(self) -> None:
        """Cover the page where the window is too small, uncover it where it is large enough again."""
        from simulator.tui.screens.small import SmallPage

        if not self._screen_stack:
            return
        covered = isinstance(self.screen, SmallPage)
        if self.too_small and not covered:
            self.push_screen(SmallPage())
        elif covered and not self.too_small:
            self.pop_screen()


def told_on_leaving(app: BaseApp) -> str | None:
    """The one sentence for standard error after a crash, or None."""
    if not app.crashed:
        return None
    if not app.may_report:
        return "Words First stopped because of a fault of its own. Nothing was kept, so there is no report of it."
    if app.crash_file is None:
        return "Words First stopped because of a fault of its own, and could not write a report about it."
    return (
        "Words First stopped because of a fault of its own; what was said is not in the report, "
        f"which is at {app.crash_file}"
    )
