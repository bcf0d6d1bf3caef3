"""Once a sitting, where somebody shares and is in none of the ward's groups: whose facilitators are to see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from simulator.tui.screens.ask import AskPage, Choice

if TYPE_CHECKING:
    from simulator.events import Keep
    from simulator.tui.app import TraineeApp

QUESTION: Final = "Do you practise in one of these groups?"
ABOUT: Final = "Its facilitators can read what you share. You need not be in any."
NO_GROUP: Final = "In none of them"
NO_GROUP_ABOUT: Final = "Facilitators who look after everybody can read what you share."
_NONE: Final = "none"


def ask_group(ward: TraineeApp, keep: Keep, then: Callable[[], None]) -> None:
    """Ask where there is something to ask, and go on. Nothing chosen means none."""
    practice = ward.practice

    def asked(groups: tuple[str, ...]) -> None:
        if not groups:
            then()
            return
        choices = [Choice(str(place), group) for place, group in enumerate(groups)]
        box = AskPage(QUESTION, ABOUT, [*choices, Choice(_NONE, NO_GROUP, NO_GROUP_ABOUT)], start=_NONE)

        def decided(answer: str | None) -> None:
            group = None if answer in (None, _NONE) else groups[int(answer)]
            ward.kept(lambda: practice.join_group(group), lambda _: then(), instead=then, without=then)

        ward.push_screen(box, decided)

    ward.kept(
        lambda: practice.groups_to_join() if keep == "shared" else (), asked, instead=then, without=then
    )
