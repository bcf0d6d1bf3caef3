"""Two moments looked at together: what was heard, what it may have done, a real question, and room to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content

from simulator.tui.screens.say import SayPage
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.told import Part

NO_RIGHT: Final = "There is no right answer. You can leave it out."
NONE: Final = "There was too little of a scene to ask about a moment of it. ctrl+s goes on."


class MomentsPage(SayPage):
    """A step a moment, the first that waits to begin with."""

    PART: ClassVar[Part] = "moments"
    HELP = (
        "Two moments of the scene: what was said there, what it may have done, and a question. Say what you "
        "were thinking, if you like; ctrl+s goes on. ctrl+o opens the turn. esc leaves both out."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+o",
            "open",
            "open turn",
            key_display="ctrl+o",
            id="moments.open",
            priority=True,
            tooltip="Open the turn that this is about, with everything there is to it",
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.moments = session.debrief().moments

    def begin(self) -> None:
        waiting = (place for place, moment in enumerate(self.moments) if moment.answer is None)
        self.ask(next(waiting, 0))

    def above(self) -> Content:
        if not self.moments:
            return plain(NONE)
        moment = self.moments[self.step]
        of = " of the first take" if self.session.debrief().retake_ratings else ""
        place = f"Moment {self.step + 1} of {len(self.moments)}, turn {moment.turn}{of}"
        return paragraphs(
            [
                plain(place, "bold $person"),
                plain(moment.observation),
                plain(moment.view),
                plain(moment.question, "bold"),
                plain(NO_RIGHT, "$quiet"),
            ]
        )

    def action_open(self) -> None:
        """The turn behind this moment; what was typed stays."""
        from simulator.tui.screens.opened import TurnsPage

        if self.moments:
            turn = self.moments[self.step].turn
            self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", [("", True, (turn,))]))

    def there(self) -> str:
        return self.session.debrief().moments[self.step].answer or "" if self.moments else ""

    def keep(self, answer: str) -> Callable[[], object]:
        step = self.step
        return (lambda: self.session.inquire(step, answer)) if self.moments else (lambda: None)

    def after(self, answer: str) -> int | None:
        return self.step + 1 if self.step + 1 < len(self.moments) else None

    def leave(self) -> Callable[[], object]:
        """What was answered before stays; what waits is left out."""

        def left() -> None:
            for place, moment in enumerate(self.session.debrief().moments):
                if moment.answer is None:
                    self.session.inquire(place, "")

        return left
