"""One thing to keep, one thing to try, and when: the last part, for the trainee to come back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from simulator.tui.screens.say import SayPage
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from simulator.told import Part

KEEP: Final = "One thing to keep, from what you did?"
TRY: Final = "One thing to try, on the ward or in the next scene?"
WHEN: Final = "When will you try it?"
YOURS: Final = "It stands on your own page, for you to come back to. You can leave it out."
OPEN: Final = "A day, a shift, a handover. You can leave it open."


class KeepPage(SayPage):
    """Three steps; the third only where there is something to try."""

    PART: ClassVar[Part] = "keep"
    HELP = (
        "One thing to keep and one to try, in your own words. Enter goes on; empty leaves it out. "
        "Afterwards comes aftercare, and then the list of scenarios."
    )
    _trying = ""

    def above(self) -> Content:
        debrief = self.session.debrief()
        if self.step == 1:
            return paragraphs([plain(TRY, "bold"), plain(YOURS, "$quiet")])
        if self.step == 2:
            return paragraphs(
                [plain(f"To try: {self._trying}", "$you"), plain(WHEN, "bold"), plain(OPEN, "$quiet")]
            )
        questions = [plain(f"To take with you: {question}") for question in debrief.questions]
        return paragraphs([*questions, plain(self._sure()), plain(KEEP, "bold"), plain(YOURS, "$quiet")])

    def _sure(self) -> str:
        """How sure the trainee felt, where they said so."""
        said = zip(self.session.confidence, ("before", "after"), strict=True)
        points = [f"{value} {when}" for value, when in said if value is not None]
        return f"How sure you felt, of 10: {', '.join(points)}. It is no measure of skill." if points else ""

    def field(self) -> str:
        return "line"

    def there(self) -> str:
        debrief = self.session.debrief()
        return (debrief.to_keep, debrief.to_try, debrief.when)[self.step] or ""

    def keep(self, answer: str) -> Callable[[], object]:
        session, trying = self.session, self._trying
        if self.step == 0:
            return lambda: session.keep_one(answer)
        if self.step == 1:
            when = (session.debrief().when or "") if answer.strip() else ""
            return lambda: session.try_one(answer, when)
        return lambda: session.try_one(trying, answer)

    def after(self, answer: str) -> int | None:
        if self.step == 0:
            return 1
        if self.step == 1 and answer.strip():
            self._trying = answer
            return 2
        return None

    def leave(self) -> Callable[[], object]:
        """What was said before stays; what was not asked yet is left out."""

        def left() -> None:
            debrief = self.session.debrief()
            if self.step == 0 and not debrief.to_keep:
                self.session.keep_one("")
            if self.step <= 1 and not debrief.to_try:
                self.session.try_one("")

        return left
