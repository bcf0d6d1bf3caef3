"""The first facilitator: what they are told and asked, at the app's door or in lines of text without it."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING, Final

from facilitator import asking
from facilitator.passphrases import SHORTEST
from facilitator.rows import SECTORS
from scenarios.commands import WRONG_USE, Stop, shown

if TYPE_CHECKING:
    from facilitator.room import Room

FIRST: Final = (
    "Nobody reviews on these records yet. You are about to be the first facilitator here.",
    "You will see the sessions that trainees have shared, and no others. You can leave notes, rate, answer what "
    "they see differently, and sign off. Whatever you do is written down with your name and the time, and "
    "trainees can see who has looked.",
)
NAME: Final = "What are you called? Colleagues and trainees see this name."
CHOOSE: Final = (
    f"Choose a passphrase of {SHORTEST} characters or more; three or four words that have nothing to do with "
    "each other are easy to keep in mind. Nobody can look it up for you, so keep it somewhere safe."
)
AGAIN: Final = "The same once more, so that a slip of a finger does not lock you out."
TOO_SHORT: Final = f"That has fewer than {SHORTEST} characters."
NOT_THE_SAME: Final = "Those two were not the same. Choose it again."
WITHOUT_A_SCREEN: Final = (
    "`words-first sessions`, `show SESSION`, `report SESSION -o FILE`, `cohort` and `export` do without a full screen; "
    "notes, ratings and signing off need one."
)
_SECTOR: Final = "Where do you review from: nhs, voluntary, or nothing at all?"
_NOT_MADE: Final = "nobody was made a facilitator."


def make_in_lines(arguments: Namespace) -> bool:
    """Ask in plain prompts for what the first facilitator needs, and make them; False where there is one already.

    Raises Stop where the answers end before that, and SimulatorError.
    """
    from facilitator.room import open_room

    if asking.anything(arguments):
        with closing(open_room(arguments.records)) as room:
            if not room.empty:
                return False
    print("\n".join(FIRST))
    try:
        name = _line(NAME)
        passphrase = _passphrase()
        while (sector := _line(_SECTOR).strip().casefold()) not in SECTORS:
            pass
    except EOFError:
        raise Stop(_NOT_MADE, WRONG_USE) from None
    with closing(open_room(arguments.records)) as room:
        _make(room, name, passphrase, sector)
    return True


def _make(room: Room, name: str, passphrase: str, sector: str) -> None:
    for warning in room.warnings:
        print(shown(warning), file=sys.stderr)
    me = room.make_first(name, passphrase, sector)
    print(f"{shown(me.name)} can review here from now on.")
    print(WITHOUT_A_SCREEN)


def _passphrase() -> str:
    from getpass import getpass

    print(CHOOSE)
    while True:
        given = getpass("It is not shown: ")
        if len(given.strip()) < SHORTEST:
            print(TOO_SHORT)
        elif getpass(f"{AGAIN} ").strip() != given.strip():
            print(NOT_THE_SAME)
        else:
            return given


def _line(question: str) -> str:
    return input(f"{question} ")
