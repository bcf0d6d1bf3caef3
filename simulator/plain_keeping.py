"""Plain mode: what is kept of a session and who can read it, said and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import SimulatorError
from simulator.plain_talk import Talk, kept

if TYPE_CHECKING:
    from simulator.events import Keep
    from simulator.session import Session

KEEPS: Final[dict[Keep, str]] = {
    "none": "Nothing of this session is kept. When you leave, it is gone.",
    "mine": "This session is kept for you. Only you are shown it.",
    "shared": "This session is kept, and your facilitator can read every take, and any reach for hands-on.",
}
KEEP_WORDS: Final[dict[str, Keep]] = {
    "nothing": "none",
    "none": "none",
    "me": "mine",
    "mine": "mine",
    "facilitator": "shared",
    "shared": "shared",
}
KEEP_HELP: Final = (
    "Nothing means that not a word is written anywhere.",
    "Me means that it is kept and shown to you alone.",
    "Facilitator means that it is kept and that your facilitator can read it, take by take, "
    "with what you say about it afterwards.",
    "You can change this after the scene.",
)


def which_keep(talk: Talk, now: Keep) -> Keep:
    """Ask what is to be kept; Enter leaves it as it is. Raises EndOfInput and Leave."""
    word = {"none": "nothing", "mine": "me", "shared": "facilitator"}[now]
    question = f"What is kept of this session, and for whom: nothing, me or facilitator? Enter takes {word}."
    while True:
        typed = talk.ask(question, about=KEEP_HELP, again=KEEP_HELP)
        if typed == "":
            return now
        if typed in KEEP_WORDS:
            return KEEP_WORDS[typed]
        talk.fits_nothing(typed)


def change_keep(talk: Talk, session: Session) -> None:
    """Say what is kept, ask, and change it where that was wanted."""
    talk.say(KEEPS[session.keep])
    chosen = which_keep(talk, session.keep)
    if chosen != session.keep:
        try:
            kept(talk, lambda: session.set_keep(chosen))
        except SimulatorError as refused:  # begun under a name that has a PIN, or a review of it has begun
            talk.say(refused.message, refused.advice, "It stays as it was.")
    talk.say(KEEPS[session.keep])
