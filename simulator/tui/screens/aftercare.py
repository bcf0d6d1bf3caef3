"""Aftercare: who to talk to, and a minute to come back to oneself. One key away from every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.tui.base import Page
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, paragraphs, plain

if TYPE_CHECKING:
    from simulator.tui.app import TraineeApp

OPENING: Final = (
    "Practising can stir things up, from the ward or from your own life. "
    "That says nothing bad about you or your work."
)
GROUNDING: Final = (
    "A minute, if you want one: feel your feet on the floor. Look round and name, to yourself, three things "
    "you can see and two you can hear. Let one breath out slowly. You are here, and the scene is not real."
)
HONEST: Final = "This program cannot listen; a person can. Nobody is told that you looked here."


class AftercarePage(Page):
    """Grounding words and contacts. `last`: the scene was left, so the way on is to the chooser.

    `may_finish`: asked for while looking back, which can be finished from here.
    """

    CSS_PATH = "reading.tcss"
    HELP = "People and places to turn to, as your ward has filled them in. Nothing here is recorded."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter",
            "back",
            "go back",
            key_display="esc",
            id="aftercare.back",
            tooltip="Go back to where you were",
        ),
        Binding(
            "escape,enter",
            "home",
            "to the list",
            key_display="esc",
            id="aftercare.home",
            tooltip="Back to the list of scenarios",
        ),
        Binding(
            "q",
            "finish",
            "finish",
            id="aftercare.finish",
            tooltip="Leave the rest for another time: back to the list of scenarios",
        ),
        Binding("q", "back", "go back", show=False, id="aftercare.back-too", system=True, tooltip="Go back"),
        Binding(
            "q",
            "home",
            "to the list",
            show=False,
            id="aftercare.home-too",
            system=True,
            tooltip="Back to the list",
        ),
        Binding(
            "k", "keep", "what is kept", id="aftercare.keep", tooltip="Change what is kept of this session"
        ),
    ]

    def __init__(self, said: str = "", *, last: bool = False, may_finish: bool = False) -> None:
        super().__init__()
        self._said, self._last, self._may_finish = said, last, may_finish

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title("Aftercare")
        with VerticalScroll(id="page"):
            yield Static(self._told(), classes="words")
        yield KeyBar()

    def _told(self) -> Content:
        from simulator.settings import aftercare

        care = aftercare(self.ward.practice.settings)
        contacts = [
            joined(plain(contact.name, "bold $person"), plain(f"\n{contact.how}"))
            for contact in care.contacts
        ]
        return paragraphs(
            [
                plain(self._said),
                plain(OPENING),
                plain(GROUNDING),
                *contacts,
                plain(care.note),
                plain(HONEST, "$quiet"),
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("back", "home"):
            return self._last == (action == "home")
        if action == "finish":
            return self._may_finish
        return not (action == "keep" and (not self._last or self.ward.session is None))

    def action_back(self) -> None:
        self.dismiss()

    def action_home(self) -> None:
        self.ward.home()

    def action_finish(self) -> None:
        self.ward.home()

    def action_keep(self) -> None:
        session = self.ward.session
        if session is not None:
            self.ward.ask_keep(session, lambda: None)
