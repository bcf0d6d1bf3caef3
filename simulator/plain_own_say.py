"""Plain mode, right after the scene: the trainee's own say, before anything is said to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from simulator.plain_talk import Talk, counted, either, kept, numbered, whole_number

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown_debrief import Scale

ASKED: Final = 3
"""How many dimensions are asked about; the others wait for whoever would like to rate more."""

OUT_OF_IT: Final = "That was practice, and it is over. {person} is made up, and you are yourself again."
BREATHE: Final = "If you like, let one breath out slowly before you go on."
WORD: Final = "First your own say: one word for how it was? Enter leaves it out."
WORD_HELP: Final = (
    "One word for how it was, or how you are now, is enough. It is yours, and nothing is judged by it.",
    "Press Enter to leave it out.",
)
SURE: Final = "How sure do you feel now, from 0, not at all, to 10, completely? Enter leaves it out."
SURE_HELP: Final = (
    "Type a whole number from 0 to 10, or press Enter to leave it out.",
    "It is there for you to look back on, beside how sure you felt before. It is no measure of skill.",
)
ACCOUNT: Final = "What happened, as you would tell it? Answer on one line. Enter leaves it out."
ACCOUNT_HELP: Final = (
    "Tell it in your own words, on one line. Please name no real people.",
    "Press Enter to leave it out.",
)
VIEW: Final = (
    "Now how you see it, before anybody says anything about it.",
    "Three is safe, decent practice. It is for talking it over; it is no mark.",
)
VIEW_HELP: Final = (
    "Type the number of the line that comes nearest to what you did, from 1 to 5.",
    "Press Enter to leave this one out, or type skip to leave out all that are left.",
)
CLOSE_HELP: Final = (
    "1 or Enter goes on. Your own ratings stay as they are, and the debrief opens.",
    "2 lets you rate the others too, or change one.",
)
MORE_HELP: Final = ("Type the number of one to rate it, or press Enter to go back.",)
STAND_BESIDE: Final = "Your own ratings stand beside what comes now."
LEFT_OUT: Final = "That is left out. It is noted that no rating of your own came first."


class OwnSay:
    """What waits of it, in order. Each part is saved at once and can be left out."""

    def __init__(self, talk: Talk, session: Session) -> None:
        self.talk = talk
        self.session = session

    def ask(self) -> None:
        """Until the debrief may open. Raises EndOfInput and Leave."""
        if self.session.before_reveal() == "word":
            self._word()
        if self.session.before_reveal() == "account":
            self._account()
        if self.session.before_reveal() == "self-rating":
            self._view()

    def _word(self) -> None:
        session = self.session
        again = (session.now().ending or "",)
        self.talk.say(OUT_OF_IT.format(person=session.person), BREATHE)
        word = self.talk.ask(WORD, about=WORD_HELP, again=again, free=True)
        kept(self.talk, lambda: session.say_word(word))
        sure = self.talk.ask_number(SURE, 10, about=SURE_HELP)
        if sure is not None:
            kept(self.talk, lambda: session.say_confidence(sure))

    def _account(self) -> None:
        again = (self.session.now().ending or "",)
        text = self.talk.ask(ACCOUNT, about=ACCOUNT_HELP, again=again, free=True)
        kept(self.talk, lambda: self.session.say_account(text))

    def _view(self) -> None:
        self.talk.gap()
        self.talk.say(*VIEW)
        asked = self.session.scales()[:ASKED]
        for place, scale in enumerate(asked, start=1):
            where = f"{place} of {len(asked)}: "
            if scale.rated is None and not self._rated(scale, where):
                break
        self._close()

    def _rated(self, scale: Scale, where: str = "") -> bool:
        """One dimension, rated or left out. False where all that are left are to be left out."""
        lines = scale_lines(scale, where)
        self.talk.gap()
        self.talk.say(*lines)
        rest = "Enter leaves this one out, and skip all that are left."
        if scale.rated is not None:
            rest = f"You put yourself at {scale.rated}. Enter leaves it so."
        while True:
            question = f"Where would you put yourself: 1 to 5? {rest}"
            typed = self.talk.ask(question, about=VIEW_HELP, again=lines)
            point = whole_number(typed)
            if typed in ("", "skip"):
                return typed == ""
            if point is not None and 1 <= point <= 5:
                kept(self.talk, partial(self.session.rate_self, scale.dimension, point))
                return True
            self.talk.fits_nothing(typed)

    def _close(self) -> None:
        others = len(self.session.scales()) - ASKED
        choices = numbered(["Go on.", f"Rate more, or change one: there are {counted(others, 'other')}."])
        while True:
            self.talk.gap()
            self.talk.say(*choices)
            typed = self.talk.ask("1 or 2? Enter takes 1.", about=CLOSE_HELP, again=choices)
            if typed in ("", "1", "skip", "go on"):
                break
            if typed in ("2", "more"):
                self._more()
            else:
                self.talk.fits_nothing(typed)
        rated = any(scale.rated is not None for scale in self.session.scales())
        kept(self.talk, self.session.close_self_rating)
        self.talk.say(STAND_BESIDE if rated else LEFT_OUT)

    def _more(self) -> None:
        while True:
            scales = self.session.scales()
            lines = numbered(_named(scale) for scale in scales)
            self.talk.gap()
            self.talk.say(*lines)
            question = f"Which one: {either(len(scales))}? Enter goes back."
            typed = self.talk.ask(question, about=MORE_HELP, again=lines)
            number = whole_number(typed)
            if typed == "":
                return
            if number is None or not 1 <= number <= len(scales):
                self.talk.fits_nothing(typed)
            elif not self._rated(scales[number - 1]):
                return


def scale_lines(scale: Scale, where: str = "") -> list[str]:
    """A dimension with its five anchors, and what words on a screen cannot show of it."""
    lines = [f"{where}{scale.name}. {scale.definition}", *numbered(scale.anchors)]
    if scale.facilitator:
        lines.append(f"Words on a screen do not show all of it. {scale.facilitator}")
    return lines


def _named(scale: Scale) -> str:
    return f"{scale.name}." if scale.rated is None else f"{scale.name}. You put yourself at {scale.rated}."
