"""The person speaks, out of role: how it came out, how the whole of it was for them, what it was about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from simulator.errors import SimulatorError
from simulator.shown_review import HEADING, review_lines
from simulator.tui.screens.part import ReadPage, Row, part
from simulator.tui.words import plain, spoken

if TYPE_CHECKING:
    from simulator.told import Part


class FeltPage(ReadPage):
    """To read, and no more."""

    PART: ClassVar[Part] = "felt"
    HELP = (
        "How it came out, in words, and how it was for the person, out of role. There is no score and no pass "
        "or fail. Enter reads on; ctrl+s goes on."
    )

    def made(self) -> Iterator[Row]:
        debrief, person = self.session.debrief(), self.session.person
        if self.session.keep == "shared":
            yield from self._said()
        if debrief.felt:
            yield Row(part(f"{person}, out of role, looking back", spoken(debrief.felt)))
        yield Row(part("How it came out", plain(debrief.outcome, "bold"), spoken(debrief.ending)))
        yield Row(part(f"What it was about for {person}", spoken(debrief.matters)))
        own = [text for text in (debrief.word, debrief.account, debrief.reflection) if text]
        if own:
            yield Row(part("As you told it", plain("\n".join(own), "$you")))
        yield Row(part("Where this comes from", plain(debrief.credits_note, "$quiet")))

    def _said(self) -> Iterator[Row]:
        """What facilitators said to the trainee since; the own page tells where it cannot be read."""
        said = None
        with suppress(SimulatorError):
            said = self.ward.practice.said_to(self.session.id)
        if lines := review_lines(said):
            yield Row(part(HEADING, "\n".join(lines)))
