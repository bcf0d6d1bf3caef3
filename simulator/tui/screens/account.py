"""What happened, told by the trainee, before anybody else says anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from simulator.tui.screens.say import SayPage
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from simulator.told import Part

ACCOUNT: Final = "What happened, as you would tell it?"
OWN: Final = (
    "In your own words, before anybody else says anything. Please name no real people. You can leave it out."
)


class AccountPage(SayPage):
    """One step."""

    PART: ClassVar[Part] = "account"
    HELP = (
        "Tell what happened as you saw it, in as few or as many words as you like; ctrl+s goes on. "
        "It is kept only as you have chosen, and can be left out."
    )

    def above(self) -> Content:
        return paragraphs([plain(ACCOUNT, "bold"), plain(OWN, "$quiet")])

    def keep(self, answer: str) -> Callable[[], object]:
        return lambda: self.session.say_account(answer)
