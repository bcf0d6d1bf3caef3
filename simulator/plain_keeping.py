"""Plain mode: what is kept of a session and who can read it, said and chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from simulator.errors import SimulatorError
from simulator.plain_talk import Talk, either, kept, numbered, whole_number

if TYPE_CHECKING:
    from simulator.events import Keep
    from simulator.practice import Practice
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
GROUP_HELP: Final = (
    "Type the number of the group you practise in, or press Enter for none.",
    "In none, what you share is read by facilitators who look after everybody.",
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


def join_a_group(talk: Talk, practice: Practice, keep: Keep) -> None:
    """Once a sitting, where somebody shares and is in none of the ward's groups: which one, if any.

    Raises EndOfInput and Leave.
    """
    groups = kept(talk, practice.groups_to_join) if keep == "shared" else ()
    if not groups:
        return
    lines = [
        "Your ward has groups. The facilitators of a group read what those in it share.",
        *numbered(groups),
    ]
    talk.say(*lines)
    question = f"Do you practise in one of them: {either(len(groups))}? Enter means in none."
    while typed := talk.ask(question, about=GROUP_HELP, again=lines):
        number = whole_number(typed)
        if number is not None and 1 <= number <= len(groups):
            group = groups[number - 1]
            kept(talk, partial(practice.join_group, group))
            talk.say(f"You are in {group} from now on.")
            return
        if typed in ("none", "no"):
            break
        talk.fits_nothing(typed)
    kept(talk, lambda: practice.join_group(None))


def change_keep(talk: Talk, session: Session, practice: Practice) -> None:
    """Say what is kept, ask, and change it where that was wanted."""
    talk.say(KEEPS[session.keep])
    chosen = which_keep(talk, session.keep)
    join_a_group(talk, practice, chosen)
    if chosen != session.keep:
        try:
            kept(talk, lambda: session.set_keep(chosen))
        except SimulatorError as refused:  # begun under a name that has a PIN, or a review of it has begun
            talk.say(refused.message, refused.advice, "It stays as it was.")
    talk.say(KEEPS[session.keep])
