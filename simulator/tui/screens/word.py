"""Right after the scene: a breath, one word for how it was, out of the role; and how sure one feels now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from simulator.tui.screens.say import SayPage
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from simulator.told import Part

OVER: Final = "That was practice, and it is over. {person} is made up, and you are yourself again."
BREATH: Final = "If you like, let one breath out slowly before you go on."
WORD: Final = "One word for how it was?"
LEAVE_OUT: Final = "You can leave it out."
SURE: Final = "How sure do you feel now, from 0 to 10?"
NO_SKILL: Final = "It is there for you to look back on, and is no measure of skill. You can leave it out."


class WordPage(SayPage):
    """Two steps: the word, then 0 to 10."""

    PART: ClassVar[Part] = "word"
    HELP = (
        "A word for how it was, then how sure you feel, from 0 to 10. Both are yours, and both can be left "
        "out. What you say is kept only as you have chosen."
    )

    def above(self) -> Content:
        if self.step:
            return paragraphs([plain(SURE, "bold"), plain(NO_SKILL, "$quiet")])
        over = OVER.format(person=self.session.person)
        return paragraphs([plain(f"{over} {BREATH}"), plain(WORD, "bold"), plain(LEAVE_OUT, "$quiet")])

    def field(self) -> str:
        return "sure" if self.step else "line"

    def keep(self, answer: str) -> Callable[[], object]:
        if not self.step:
            return lambda: self.session.say_word(answer)
        return (lambda: self.session.say_confidence(int(answer))) if answer else (lambda: None)

    def after(self, answer: str) -> int | None:
        return None if self.step else 1

    def leave(self) -> Callable[[], object]:
        return (lambda: None) if self.step else self.session.skip_word
